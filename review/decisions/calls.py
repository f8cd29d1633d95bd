"""Decisions on forecasts: stating a call, and taking it again after the room (method, section 7)."""

from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from review.calls import called_period, last_call, room_calls, say_line
from review.decisions.answer import Answer, Context, Decided, decides
from review.events import CallStated, CallTaken
from review.forecast import implied
from review.intents import StateCall, TakeCall
from review.meeting import Meeting
from review.money import odd_since, read_amount, read_call, say_money, short_money
from review.periods import LAST_DAYS, Period, asked_next
from review.pipeline import pipeline_of
from review.records import Call
from review.results import Refusal

ENTER_AGAIN: Final = "Enter again takes it"
"""What confirms an odd number in the room."""


@decides(StateCall)
def state_call(meeting: Meeting, intent: StateCall, context: Context) -> Answer:  # noqa: ARG001
    """State a person's commit for the period; Enter alone keeps what was stated in writing, or last week's number."""
    person = meeting.person(intent.person)
    if person is None:
        return Refusal("Nobody of that name is on the team.")
    period = called_period(meeting, following=intent.following)
    if intent.following and asked_next(meeting.day, meeting.settings) is None:
        return Refusal(f"The call for {period.label} is asked in the last {LAST_DAYS} days before it begins.", "commit")
    last = last_call(meeting.opening, person.id, period)
    stated = (meeting.next_calls if intent.following else meeting.calls).get(person.id)
    known = stated or last
    commit = _amount(meeting, intent.commit, period, person.id, known.stands if known else None)
    if commit is None:
        return Refusal("Like 420k, 1.2m, or +80 on top of what is won.", "commit")
    if not intent.confirmed and not (stated is not None and stated.in_writing and not intent.commit.strip()):
        shown = implied(pipeline_of(meeting.ledger, meeting.settings, meeting.day, period=period, rep=person.id))
        against = odd_since(commit, last.stands if last else None, shown.commit)
        if against:
            amount = say_money(commit, meeting.settings.currency)
            return Refusal(f"{amount} – is that right? {ENTER_AGAIN}: {against}.", "commit", confirm="yes")
    best = read_amount(intent.best_case, meeting.settings.call_unit) if intent.best_case.strip() else None
    if intent.best_case.strip() and best is None:
        return Refusal("A number like 420k or 1.2m.", "best case")
    if best is None and known is not None:
        best = known.best_case
    reason = " ".join(intent.reason.split())
    changed = last is not None and commit != last.stands
    if changed and not reason and not (stated and stated.reason):
        return Refusal("What changed since the last review? A few words.", "reason")
    call = Call(
        person=person.id,
        period=period.first,
        commit=commit,
        best_case=best,
        review=meeting.review,
        day=meeting.day,
        reason=reason or (stated.reason if stated and changed else ""),
    )
    what = f"commit for {period.label}" if intent.following else "commit"
    return Decided((CallStated(call=call),), f"{person.name}’s {what} {short_money(commit)}")


def _amount(meeting: Meeting, text: str, period: Period, person: str, last: Decimal | None) -> Decimal | None:
    if not text.strip():
        return last
    won = pipeline_of(meeting.ledger, meeting.settings, meeting.day, period=period, rep=person).won_amount
    return read_call(text, meeting.settings.call_unit, won)


@decides(TakeCall)
def take_call(meeting: Meeting, intent: TakeCall, context: Context) -> Answer:  # noqa: ARG001
    """Take the call after the room: what inspection changed, or another number by the rep's own word."""
    call = (meeting.next_calls if intent.following else meeting.calls).get(intent.person)
    if call is None:
        return Refusal("No call was stated yet.")
    key = (call.person, call.period)
    changed = next((entry for entry in room_calls(meeting) if (entry.person, entry.period) == key), None)
    amount = changed.after if changed else call.commit
    period = called_period(meeting, following=intent.following)
    if intent.amount.strip():
        typed = _amount(meeting, intent.amount, period, intent.person, amount)
        if typed is None:
            return Refusal("Like 420k, 1.2m, or +80 on top of what is won.", "commit")
        amount = typed
    lines = tuple(say_line(line) for line in changed.lines) if changed else ()
    titles = tuple(line.title for line in changed.lines) if changed else ()
    proposed = changed.after if changed else call.commit
    taken = replace(call, after_room=amount, lines=lines, titles=titles, proposed=proposed)
    what = f"call for {period.label}" if intent.following else "call"
    return Decided(
        (CallTaken(call=taken),), f"{meeting.name(intent.person)}’s {what} after the room {short_money(amount)}"
    )
