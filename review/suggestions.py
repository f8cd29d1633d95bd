"""What the export suggests of a promise that fell due; a person gives the verdict (method, section 3)."""

from datetime import timedelta

from msgspec import Struct

from review.closed import is_won
from review.commitments import Commitment, Origin, Verdict
from review.meeting import Meeting
from review.pipeline import stage_place
from review.records import Change, DealRecord
from review.settings import Settings


class Suggestion(Struct, frozen=True):
    """A verdict that Enter takes, with what it rests on."""

    verdict: Verdict
    words: str
    """'stage moved – done?'"""


def suggested(meeting: Meeting, commitment: Commitment) -> Suggestion | None:
    """Say what became of a next step as far as the deal in the export tells; None where it tells nothing."""
    record = meeting.ledger.deals.get(commitment.deal)
    if record is None or commitment.origin is not Origin.STEP:
        return None
    if is_won(record):
        return Suggestion(Verdict.DONE, "the deal is won – done?")
    changes = [c for c in record.history if c.on > commitment.made and not c.note]
    if any(_forward(change, meeting.settings) for change in changes):
        return Suggestion(Verdict.DONE, "stage moved – done?")
    if any(change.field == "next_step" and change.to for change in changes):
        return Suggestion(Verdict.DONE, "new step in the CRM – done?")
    return _by_buyer(record, commitment)


def _forward(change: Change, settings: Settings) -> bool:
    before, after = stage_place(settings, change.frm), stage_place(settings, change.to)
    return change.field == "stage" and before is not None and after is not None and after > before


def _by_buyer(record: DealRecord, commitment: Commitment) -> Suggestion | None:
    """Ask whether the buyer did it where a mail or meeting of theirs came after the promise, not long after its day."""
    on = record.crm.last_inbound
    if on is None or not commitment.made < on <= commitment.due + timedelta(days=7):
        return None
    return Suggestion(Verdict.BUYER, f"~ heard from them on {on.day} {on:%b} – the buyer did it?")
