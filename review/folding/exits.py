"""How the five exits change a meeting (method, section 4)."""

from datetime import datetime

from msgspec.structs import replace

from review import events as e
from review.collecting import without_deal
from review.commitments import Judged, Origin, Standing
from review.deals import Category, Ending
from review.folding import deals
from review.folding.change import credited, on_commitment, with_record
from review.folding.register import folds
from review.meeting import Left, Meeting
from review.records import Exit


def _left(meeting: Meeting, deal: str, way: Exit, words: str) -> Meeting:
    others = {known: left for known, left in meeting.left.items() if known != deal}
    return replace(_without_first_exit(meeting, deal, way), left={**others, deal: Left(way, words)})


def _without_first_exit(meeting: Meeting, deal: str, way: Exit) -> Meeting:
    """Close what today's earlier exit left to do: a parked deal's homework, a session that is set anew or needless."""
    if deal not in meeting.left:
        return meeting
    gone = {Origin.PARKED, Origin.OFFLINE} if way in (Exit.OFFLINE, Exit.ENDED) else {Origin.PARKED}
    for c in meeting.ledger.commitments.values():
        if c.origin in gone and c.deal == deal and c.review == meeting.review and c.is_open:
            after = replace(c, standing=Standing.REPLACED, judged=Judged.APART, closed_on=meeting.day)
            meeting = on_commitment(meeting, after)
    return meeting


@folds(e.ClosedOut)
def _closed_out(meeting: Meeting, event: e.ClosedOut, at: datetime) -> Meeting:  # noqa: ARG001
    if event.deal not in meeting.ledger.deals:
        return meeting
    ledger = deals.put_step(meeting.ledger, event.deal, event.step, meeting.day, in_writing=event.in_writing)
    meeting = replace(meeting, ledger=without_deal(ledger, event.deal, meeting.day))
    return meeting if event.in_writing else _left(meeting, event.deal, Exit.CLOSED_OUT, event.step.text)


@folds(e.StepGiven)
def _step_given(meeting: Meeting, event: e.StepGiven, at: datetime) -> Meeting:  # noqa: ARG001
    if event.deal not in meeting.ledger.deals:
        return meeting
    ledger = deals.put_step(meeting.ledger, event.deal, event.step, meeting.day)
    return replace(meeting, ledger=without_deal(ledger, event.deal, meeting.day))


@folds(e.DealEnded)
def _ended(meeting: Meeting, event: e.DealEnded, at: datetime) -> Meeting:  # noqa: ARG001
    record = meeting.ledger.deals.get(event.deal)
    if record is None:
        return meeting
    after = deals.ended(record, event, meeting.review, meeting.day)
    ledger = without_deal(with_record(meeting.ledger, event.deal, after), event.deal, meeting.day)
    meeting = replace(meeting, ledger=ledger)
    if event.kind in (Ending.LOST, Ending.NO_DECISION) and event.category_then is Category.COMMIT:
        meeting = credited(meeting, event.deal, f"ended as {event.kind.value}")
    return _left(meeting, event.deal, Exit.ENDED, event.kind.value)


@folds(e.TakenOffline)
def _offline(meeting: Meeting, event: e.TakenOffline, at: datetime) -> Meeting:  # noqa: ARG001
    meeting = _left(meeting, event.deal, Exit.OFFLINE, event.session.text)
    return on_commitment(meeting, event.session)


@folds(e.Parked)
def _parked(meeting: Meeting, event: e.Parked, at: datetime) -> Meeting:  # noqa: ARG001
    return _left(on_commitment(meeting, event.homework), event.deal, Exit.PARKED, event.homework.text)


@folds(e.Dropped)
def _dropped(meeting: Meeting, event: e.Dropped, at: datetime) -> Meeting:  # noqa: ARG001
    return _left(meeting, event.deal, Exit.DROPPED, "time ran out")
