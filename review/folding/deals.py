"""How decisions on a deal change its record."""

from datetime import date

from msgspec.structs import replace

from review.commitments import Commitment, Judged, Standing
from review.deals import Mark
from review.events import CauseGiven, DealChanged, DealEnded, EvidenceGiven, MarkGiven, Noted
from review.folding.change import with_commitment, with_record
from review.forecast import unless_lapsed
from review.meeting import Meeting
from review.pipeline import stage_place
from review.records import Change, DealRecord, Decision, Ended, Ledger, MarkSet, Movement, Note
from review.settings import Settings
from review.truth import encode

KEPT_NOTES = 8
KEPT_HISTORY = 40


def noted(record: DealRecord, event: Noted, day: date) -> DealRecord:
    """Keep an answer; one given again the same day takes the place of the earlier one."""
    others = tuple(note for note in record.notes if (note.question, note.on) != (event.question, day))
    record = replace(record, notes=(*others, Note(event.question, event.text, day))[-KEPT_NOTES:])
    if event.question == "buyer":
        moved = Movement(on=day, what=event.text, buyer=True)
        return replace(record, movement=moved, buyer_movement=moved)
    return record


def cause_given(record: DealRecord, event: CauseGiven, day: date) -> DealRecord:
    """Keep why the close date moved behind the move itself; said again the same day, the last word counts."""
    said = Change(field="cause", frm="", to=event.cause.value, on=day, cause=event.cause)
    rest = (change for change in record.history if (change.field, change.on) != ("cause", day))
    return replace(record, history=(*rest, said)[-KEPT_HISTORY:])


def mark_given(record: DealRecord, event: MarkGiven, day: date) -> DealRecord:
    """Set a mark, or take it back to not known."""
    marks: dict[Mark, MarkSet] = {mark: value for mark, value in record.marks.items() if mark is not event.mark}
    if event.yes is not None:
        marks[event.mark] = MarkSet(event.yes, day)
    return replace(record, marks=marks)


def evidence_given(record: DealRecord, event: EvidenceGiven, day: date) -> DealRecord:
    """Keep the half or halves that were said; a confirmation is a buyer's action of its day."""
    if event.confirmation is not None:
        moved = Movement(on=event.confirmation.said_on, what=f"{event.confirmation.who} confirmed", buyer=True)
        record = replace(record, confirmation=event.confirmation, buyer_movement=_later(record.buyer_movement, moved))
        record = replace(record, movement=_later(record.movement, moved))
        record = replace(record, named=(*record.named, (event.confirmation.who, day)))
    return record if event.paper is None else replace(record, paper=event.paper)


def _later(known: Movement | None, new: Movement) -> Movement:
    return new if known is None or new.on >= known.on else known


def deal_changed(record: DealRecord, event: DealChanged, meeting: Meeting) -> DealRecord:
    """Let the review's value hold over the CRM's until an export agrees or differs."""
    review, day = meeting.review, meeting.day
    old = next((decision for decision in record.decisions if decision.field == event.field), None)
    crm_value = encode(getattr(record.crm, event.field))
    rest = tuple(decision for decision in record.decisions if decision.field != event.field)
    decision = Decision(
        field=event.field,
        value=event.to,
        crm_then=crm_value,
        review=review,
        day=day,
        by_rule=bool(event.rule),
        earlier=() if old is None else (*old.earlier, old.value),
    )
    held = rest if event.to == crm_value and old is None else (*rest, decision)
    change = Change(
        field=event.field,
        frm=event.frm,
        to=event.to,
        on=day,
        cause=event.cause,
        note=event.rule or "decided in the review",
    )
    record = replace(record, decisions=held, history=(*record.history, change)[-KEPT_HISTORY:])
    if event.field == "stage":
        record = replace(record, stage_since=day, stage_since_known=True)
    record = unless_lapsed(record)
    return _moved_by(record, event, meeting.settings, day) if not event.rule else record


def _moved_by(record: DealRecord, event: DealChanged, settings: Settings, day: date) -> DealRecord:
    """Note what counts as movement: category, amount, a stage forward, a close date pulled in – never another push."""
    if event.field == "close_date" and not event.to < event.frm:
        return record
    places = stage_place(settings, event.frm), stage_place(settings, event.to)
    if event.field == "stage" and not (places[0] is not None and places[1] is not None and places[0] < places[1]):
        return record
    what = {
        "close_date": "pulled in",
        "category": "category changed",
        "amount": "amount changed",
        "stage": "stage moved",
    }
    return replace(record, movement=_later(record.movement, Movement(on=day, what=what[event.field])))


def ended(record: DealRecord, event: DealEnded, review: str, day: date) -> DealRecord:
    """Mark a deal as ended from this moment on."""
    return replace(
        record,
        ended=Ended(
            kind=event.kind,
            reason=event.reason,
            review=review,
            day=day,
            lesson=event.lesson,
            category_then=event.category_then,
        ),
        loss_lesson=event.lesson or record.loss_lesson,
    )


def put_step(ledger: Ledger, deal: str, step: Commitment, day: date, *, in_writing: bool = False) -> Ledger:
    """Make a commitment the deal's next step.

    A new one ends the step before it, unless that one fell due and still waits for its verdict.
    """
    record = ledger.deals[deal]
    before = ledger.commitments.get(record.step)
    waits = before is not None and before.is_due(day) and not before.let_go
    if before is not None and before.id != step.id and before.is_open and not waits:
        judged = before.judged if before.judged is not Judged.NOT_YET else Judged.APART
        replaced = replace(before, standing=Standing.REPLACED, judged=judged, closed_on=day)
        ledger = with_commitment(ledger, replaced)
    ledger = with_commitment(ledger, step)
    names = tuple((customer, day) for customer in step.customers)
    record = replace(record, step=step.id, step_in_writing=in_writing, named=(*record.named, *names)[-20:])
    return with_record(ledger, deal, record)
