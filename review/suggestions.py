"""What the export suggests of a promise that fell due; a person gives the verdict (method, section 3)."""

from datetime import timedelta
from decimal import Decimal

from msgspec import Struct

from review.closed import is_lost, is_won
from review.commitments import Commitment, Origin, Verdict
from review.creation import creation
from review.crm_step import is_ours, shortened
from review.figures import ZERO
from review.meeting import Meeting
from review.money import short_money
from review.pipeline import stage_place
from review.records import DealRecord
from review.settings import Settings
from review.words import counted

LONGEST, BRIEF = 40, 27
"""Letters that are shown of a CRM's text: one line of a small screen, alone and behind other words."""


class Suggestion(Struct, frozen=True):
    """A verdict that Enter takes, with what it rests on."""

    verdict: Verdict
    words: str
    """'stage moved – done?'"""


def suggested(meeting: Meeting, commitment: Commitment) -> Suggestion | None:
    """Say what became of a next step as far as the deal in the export tells; None where it tells nothing."""
    if commitment.origin is Origin.NUMBER:
        return _number(meeting, commitment)
    record = meeting.ledger.deals.get(commitment.deal)
    if record is None or commitment.origin is not Origin.STEP:
        return None
    if is_won(record):
        return Suggestion(Verdict.DONE, "the deal is won – done?")
    if is_lost(record):
        return Suggestion(Verdict.NOT_NEEDED, "the deal is lost – no longer needed?")
    fresh = new_in_crm(record, commitment)
    if any(_forward(frm, to, meeting.settings) for frm, to in _moves(record, commitment)[0]):
        return Suggestion(Verdict.DONE, f"stage moved{f', {say_fresh(fresh, BRIEF)}' if fresh else ''} – done?")
    if fresh:
        return Suggestion(Verdict.DONE, f"{say_fresh(fresh)} – done?")
    return _by_buyer(record, commitment)


def new_in_crm(record: DealRecord, step: Commitment) -> str:
    """Give the text that the CRM shows as next step since a step was agreed; empty where it is the same, or ours."""
    now = record.crm.next_step
    fresh = any(to and frm != to for frm, to in _moves(record, step)[1])
    return now if fresh and not is_ours(now, step) else ""


def say_fresh(text: str, most: int = LONGEST) -> str:
    """Say which step the CRM has besides ours."""
    return f"CRM now: “{shortened(text, most)}”"


def _number(meeting: Meeting, commitment: Commitment) -> Suggestion | None:
    """Set a number for the week against what its owner created since the last lock; meetings are asked."""
    last = meeting.opening.last_lock
    if not commitment.amount or last is None or commitment.made != last.day:
        return None
    created, promised = creation(meeting.ledger, commitment.owner).created.value or ZERO, Decimal(commitment.amount)
    asked = f", {counted(commitment.meetings, 'first meeting')}" if commitment.meetings else ""
    verdict = Verdict.DONE if created >= promised else Verdict.NOT_DONE
    return Suggestion(verdict, f"{short_money(created)} created of {short_money(promised)}{asked} – {verdict.value}?")


Moves = list[tuple[str, str]]
"""Values before and after."""


def _moves(record: DealRecord, commitment: Commitment) -> tuple[Moves, Moves]:
    """Give what exports changed of stage and next step since the promise was made.

    What a promise of the last lock or an earlier one is set against is that lock's snapshot besides: an export of the
    same day may have been read in after it.
    """
    changes = [change for change in record.history if change.on > commitment.made and not change.note]
    stages = [(change.frm, change.to) for change in changes if change.field == "stage"]
    steps = [(change.frm, change.to) for change in changes if change.field == "next_step"]
    lock = record.lock
    if lock is not None and commitment.made <= lock.day:
        stages.append((lock.stage, record.crm.stage))
        steps.append((lock.next_step, record.crm.next_step))
    return stages, steps


def _forward(frm: str, to: str, settings: Settings) -> bool:
    before, after = stage_place(settings, frm), stage_place(settings, to)
    return before is not None and after is not None and after > before


def _by_buyer(record: DealRecord, commitment: Commitment) -> Suggestion | None:
    """Ask whether the buyer did it where a mail or meeting of theirs came after the promise, not long after its day."""
    on = record.crm.last_inbound
    if on is None or not commitment.made < on <= commitment.due + timedelta(days=7):
        return None
    return Suggestion(Verdict.BUYER, f"~ heard from them on {on.day} {on:%b} – the buyer did it?")
