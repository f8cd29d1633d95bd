"""Decisions on the card of a deal: answers, marks, evidence and changed values (method, section 4)."""

from datetime import date
from decimal import Decimal

from review.dates import read_date, short_date
from review.deals import Category
from review.decisions.answer import Answer, Context, Decided, course, decides
from review.decisions.exits import must_be_here
from review.events import CauseGiven, DealChanged, EvidenceGiven, ExceptionGranted, Fact, MarkGiven, Noted
from review.evidence import EvidenceLine, read_evidence
from review.intents import Change, GiveEvidence, GiveMark, GrantException, WriteNote
from review.intents_deal import NameCause
from review.meeting import Meeting
from review.money import read_amount
from review.questions import cause_in
from review.results import Refusal
from review.truth import encode


@decides(WriteNote)
def write_note(meeting: Meeting, intent: WriteNote, context: Context) -> Answer:  # noqa: ARG001
    """Keep the answer to a question; an empty one is passed over."""
    text = " ".join(intent.text.split())
    if intent.deal not in meeting.ledger.deals:
        return Refusal("That deal is not in the export.")
    if not text:
        return course(())
    title = meeting.record(intent.deal).crm.title
    noted = Noted(deal=intent.deal, question=intent.question, text=text)
    cause = cause_in(text) if intent.question == "cause" else None
    events = (noted,) if cause is None else (noted, CauseGiven(deal=intent.deal, cause=cause))
    return Decided(events, f"{intent.question} of {title}")


@decides(NameCause)
def name_cause(meeting: Meeting, intent: NameCause, context: Context) -> Answer:  # noqa: ARG001
    """Keep why a close date moved that the CRM moved; a move in the room asks it at once."""
    if intent.deal not in meeting.ledger.deals:
        return Refusal("That deal is not in the export.")
    given = CauseGiven(deal=intent.deal, cause=intent.cause)
    return Decided((given,), f"cause of {meeting.record(intent.deal).crm.title}: {intent.cause.value}")


@decides(GiveMark)
def give_mark(meeting: Meeting, intent: GiveMark, context: Context) -> Answer:  # noqa: ARG001
    """Set one of the five marks to yes, no or not known."""
    if intent.deal not in meeting.ledger.deals:
        return Refusal("That deal is not in the export.")
    word = {True: "yes", False: "no", None: "not known"}[intent.yes]
    title = meeting.record(intent.deal).crm.title
    return Decided(
        (MarkGiven(deal=intent.deal, mark=intent.mark, yes=intent.yes),), f"{intent.mark.value} of {title}: {word}"
    )


def understand_evidence(meeting: Meeting, deal: str, line: str) -> EvidenceLine:
    """Read an evidence line against the deal's effective close date."""
    return read_evidence(
        line,
        today=meeting.day,
        close_date=meeting.effective(deal).close_date,
        order=meeting.settings.date_order,
        paper_stages=meeting.settings.paper_stages,
        people=meeting.settings.people,
    )


@decides(GiveEvidence)
def give_evidence(meeting: Meeting, intent: GiveEvidence, context: Context) -> Answer:  # noqa: ARG001
    """Record who confirmed which date when, and where the paper stands."""
    refused = must_be_here(meeting, intent.deal)
    if refused is not None:
        return refused
    seen = understand_evidence(meeting, intent.deal, intent.line)
    if seen.problems:
        return Refusal(seen.problems[0].sentence, "evidence")
    if seen.confirmation is None and seen.paper is None:
        return Refusal("Like “Dana confirmed 18 dec on fri, legal tue”.", "evidence")
    events: list[Fact] = []
    deal = meeting.effective(intent.deal)
    if seen.moves_close_date_to is not None:
        day = seen.moves_close_date_to
        if not intent.move:
            return Refusal(
                f"That is not the deal’s close date. Enter again moves it to {short_date(day)}.",
                "evidence",
                confirm="yes",
            )
        frm, to = encode(deal.close_date), encode(day)
        events.append(DealChanged(deal=intent.deal, field="close_date", frm=frm, to=to, cause=intent.cause))
    events.append(EvidenceGiven(deal=intent.deal, confirmation=seen.confirmation, paper=seen.paper))
    return Decided(tuple(events), f"evidence for {deal.title}")


@decides(Change)
def change(meeting: Meeting, intent: Change, context: Context) -> Answer:  # noqa: ARG001
    """Decide another close date, amount, stage or category."""
    refused = must_be_here(meeting, intent.deal)
    if refused is not None:
        return refused
    deal = meeting.effective(intent.deal)
    old = getattr(deal, intent.field)
    new = _value(meeting, intent)
    if isinstance(new, Refusal):
        return new
    if encode(old) == encode(new):
        return course(())
    if intent.field == "close_date" and old is not None and new is not None and new > old and intent.cause is None:
        return Refusal("Why does it move later? Choose the cause.", "cause")
    words = {"close_date": "close date", "category": "category", "amount": "amount", "stage": "stage"}[intent.field]
    return Decided(
        (DealChanged(deal=intent.deal, field=intent.field, frm=encode(old), to=encode(new), cause=intent.cause),),
        f"{words} of {deal.title} to {_say(new)}",
    )


def _value(meeting: Meeting, intent: Change) -> date | Decimal | Category | str | Refusal:
    """Read the new value as typed; raises nothing, refuses with what would be accepted."""
    if intent.field == "close_date":
        day = read_date(intent.text, meeting.day, meeting.settings.date_order)
        if day is None:
            return Refusal("A date like 18 dec, +2w or 2026-12-18.", "close_date")
        if day < meeting.day:
            return Refusal(f"{short_date(day)} has passed: when will it close?", "close_date")
        return day
    if intent.field == "amount":
        amount = read_amount(intent.text, "1")
        if amount is None:
            return Refusal("An amount like 184000, 184k or 1.2m.", "amount")
        return amount
    if intent.field == "category":
        wanted = next((c for c in Category if c.value == intent.text.strip().casefold()), None)
        if wanted is None:
            return Refusal(f"One of: {', '.join(c.value for c in Category)}.", "category")
        return wanted
    stages = [stage.name for stage in meeting.settings.stages]
    typed = intent.text.strip().casefold()
    exact = [name for name in stages if name.casefold() == typed]
    found = exact or [name for name in stages if typed and name.casefold().startswith(typed)]
    if len(found) != 1:
        return Refusal(f"One of the stages: {', '.join(stages)}.", "stage")
    return found[0]


def _say(value: date | Decimal | Category | str) -> str:
    if isinstance(value, date):
        return short_date(value)
    return f"{value:,}" if isinstance(value, Decimal) else str(value)


@decides(GrantException)
def grant_exception(meeting: Meeting, intent: GrantException, context: Context) -> Answer:  # noqa: ARG001
    """Except a deal from the two-slip rule for this lock, with a reason that is printed."""
    refused = must_be_here(meeting, intent.deal)
    if refused is not None:
        return refused
    reason = " ".join(intent.reason.split())
    if not reason:
        return Refusal("On what fact about the deal? It is printed in the recap.", "reason")
    if meeting.effective(intent.deal).category is not Category.COMMIT:
        return Refusal("The rule only moves deals that are in commit.")
    title = meeting.record(intent.deal).crm.title
    return Decided((ExceptionGranted(deal=intent.deal, reason=reason),), f"exception for {title}")
