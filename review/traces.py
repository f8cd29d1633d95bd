"""What the figures and lines of a screen rest on, fact by fact; nothing in it rates a person (method, 2 to 11).

For one deal see `review.why`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from review.after_room import AfterRoom
from review.bearings import take_bearings
from review.calendar import Workdays
from review.calls import called_period, closing, pending, say_line, standing_calls
from review.causes import SharedCause
from review.clock_words import say_seconds
from review.dates import short_date
from review.deals import Category
from review.figures import ZERO
from review.hanging import hanging
from review.meeting import Meeting
from review.money import short_money
from review.pace import pace_of
from review.people import Person
from review.pipeline import Item, pipeline_of
from review.queue import Plan, Slot
from review.recap import Recap
from review.records import Call, Ledger
from review.settings import Settings
from review.signals import read_signals
from review.slips import ENOUGH
from review.standing import Part, parts
from review.truth import effective
from review.why import Reason
from review.words import counted, listed

BY_RULE = "moved by a rule"
COUNTED = f"slips, {ENOUGH} move it"


def queue_reasons(plan: Plan, ledger: Ledger, settings: Settings, day: date) -> tuple[Reason, ...]:
    """Say of every deal of the queue why it stands there, with all its signals; then what made the queue so long."""
    bearings = take_bearings(ledger, settings, day, Workdays.of(settings))
    found: list[Reason] = []
    for slot in (*plan.slots, *plan.beyond):
        record = ledger.deals[slot.deal]
        waits = " – if time" if slot in plan.beyond else ""
        found.append(Reason(record.crm.title, f"{_slot(slot)}{waits}", slot.tone))
        shown = read_signals(record, effective(record), bearings)
        found += [Reason("", f"{signal.word}: {signal.whole}") for signal in shown]
    return (*found, *_length(plan, ledger, settings))


def _slot(slot: Slot) -> str:
    return f"slot {slot.number}, {slot.kind}: {slot.reason}"


def _length(plan: Plan, ledger: Ledger, settings: Settings) -> Iterator[Reason]:
    pace = pace_of(ledger.locks, settings.thresholds)
    held = min(len(ledger.locks), settings.thresholds.pace_reviews)
    how = f"median of the last {counted(held, 'review')}" if pace.measured else "as set, none measured"
    yield Reason("pace", f"a commit deal {say_seconds(pace.commit)}, another {say_seconds(pace.other)}: {how}")
    fits = f"; {plan.sentence}" if plan.sentence else ", all fit"
    planned = f"{counted(len(plan.slots), 'deal')} take {say_seconds(plan.seconds)}"
    yield Reason("room", f"{planned} of {say_seconds(plan.room)}, the section less 2:00{fits}")


def forecast_reasons(meeting: Meeting, person: Person | None) -> tuple[Reason, ...]:
    """Say what a rep's number is set against, deal by deal, or what the team's line adds up.

    What the export implies is not told before the number is in: ask, then show.
    """
    if person is None:
        return tuple(_of_team(meeting))
    call = standing_calls(meeting).get(person.id)
    if call is None:
        return (Reason("commit", "shown with its deals once the number is in"),)
    return tuple(_of_rep(meeting, person, call))


def _of_rep(meeting: Meeting, person: Person, call: Call) -> Iterator[Reason]:
    yield Reason("stated", _call(call))
    deals = pipeline_of(meeting.ledger, meeting.settings, meeting.day, rep=person.id)
    commit = [item for item in deals.open if item.category is Category.COMMIT]
    yield from (Reason("won", _item(item, meeting.day), "ok") for item in deals.won)
    yield from (Reason("commit", _item(item, meeting.day)) for item in commit)
    implied = sum((item.worth for item in (*deals.won, *commit)), ZERO)
    off = call.commit - implied
    beside = "as stated" if not off else f"stated {_signed(off)}, which no deal explains"
    yield Reason("implied commit", f"{short_money(implied)}, {beside}")


def _of_team(meeting: Meeting) -> Iterator[Reason]:
    for rep, call in standing_calls(meeting).items():
        yield Reason(meeting.name(rep), _call(call))
    found = closing(meeting)
    yield Reason("commit", f"{short_money(found.commit)}, these calls added up; each includes what is won")
    deals = pipeline_of(meeting.ledger, meeting.settings, meeting.day)
    yield from (Reason("won", _item(item, meeting.day), "ok") for item in deals.won)
    yield Reason("won", f"{short_money(found.won)} in {called_period(meeting).label}")
    if found.target is not None and found.gap is not None:
        less = f"{short_money(found.target)} − {short_money(found.commit)}"
        yield Reason("gap", f"target less commit: {less} = {short_money(found.gap)}")


def _call(call: Call) -> str:
    carried = ", carried over" if call.carried else ", in writing" if call.in_writing else ""
    said = f"{short_money(call.commit)} on {short_date(call.day)}{carried}"
    if call.after_room is not None:
        return f"{said}, {' · '.join((*call.lines, f'after the room {short_money(call.after_room)}'))}"
    return f"{said}: {call.reason}" if call.reason else said


def _item(item: Item, day: date) -> str:
    closes = f", closes {short_date(item.close_date, day)}" if item.close_date else ""
    return f"{item.title}  {short_money(item.amount) if item.amount is not None else 'no amount: 0'}{closes}"


def _signed(amount: Decimal) -> str:
    return f"{'+' if amount > 0 else '−'}{short_money(abs(amount))}"


def room_reasons(meeting: Meeting, calls: Iterable[AfterRoom]) -> tuple[Reason, ...]:
    """Say what each call after the room adds up, with the rule behind a move that the lock will make."""
    rules = pending(meeting)
    lacking = {one.deal: one.evidence for one in rules.evidence.leave}
    found: list[Reason] = []
    for entry in calls:
        found.append(Reason(meeting.name(entry.person), f"stated {short_money(entry.stated)}"))
        for line in entry.lines:
            rule = (
                f"two slips, {rules.slips[line.deal].moves}" if line.deal in rules.slipping else lacking.get(line.deal)
            )
            waits = f"; at the lock: {rule}" if line.pending and rule else ""
            found.append(Reason("", f"{say_line(line)}{waits}", "watch"))
        found.append(Reason("after the room", short_money(entry.after)))
    return tuple(found)


def cause_reasons(meeting: Meeting, shared: SharedCause) -> tuple[Reason, ...]:
    """Say on which deals a cause stands and by what fact, without people."""
    return tuple(Reason(meeting.record(deal).crm.title, words) for deal, words in shared.facts)


def lock_reasons(meeting: Meeting) -> tuple[Reason, ...]:
    """Say every open thing with its evidence and what the lock does to it, then in which part each active deal is."""
    found: list[Reason] = []
    for one in hanging(meeting):
        becomes = f" → {one.becomes}" if one.becomes else ""
        for case in one.cases:
            said = f"{case.name}: {case.evidence}" if case.evidence else case.name
            found.append(Reason(one.kind.value, f"{said}{becomes}", "watch"))
    return (*found, *_slips(meeting), *_parts(meeting))


def _slips(meeting: Meeting) -> Iterator[Reason]:
    """Say the counted slips that do not move a deal at this lock, and why not."""
    for ident, judged in pending(meeting).slips.items():
        if judged.sentence and not judged.demotes:
            name = "called early" if judged.early else "second slip" if judged.waits else COUNTED
            yield Reason(name, f"{meeting.record(ident).crm.title}: {judged.sentence}")


def _parts(meeting: Meeting) -> Iterator[Reason]:
    for part, deals in parts(meeting).items():
        if deals:
            titles = ", ".join(meeting.record(ident).crm.title for ident in deals)
            yield Reason(part.value, f"{len(deals)}: {titles}", "watch" if part is Part.WITHOUT else "ok")


def recap_reasons(recap: Recap) -> tuple[Reason, ...]:
    """Say what the rules did at the lock and on which facts, and what the figures of the recap add up."""
    found = [Reason(BY_RULE, line, "watch") for line in recap.moved]
    found += [Reason(COUNTED, line, "watch") for line in recap.slips]
    found += [Reason("called early", line, "ok") for line in recap.early]
    found += [Reason("due to leave", f"{listed(one.titles)}: {one.reason}", "watch") for one in recap.told]
    found += [Reason("threshold", line) for line in recap.learning]
    for call in recap.calls:
        carried = ", carried over" if call.carried else ""
        said = f"{short_money(call.stated)}{carried}"
        if call.lines:
            said = f"{said}, {' · '.join(call.lines)} → {short_money(call.stands)}"
        name = f"{call.name}, {call.period}" if call.period else call.name
        found.append(Reason(name, said + (f": {call.reason}" if call.reason else "")))
    for deal in recap.deals:
        step = f": {deal.step}" if deal.step else ""
        found.append(Reason(deal.exit, f"{deal.title}{step}{''.join(f' · {change}' for change in deal.changes)}"))
    found += [Reason("without", f"{name}: {', '.join(deals)}", "watch") for name, deals in recap.without]
    return tuple(found)
