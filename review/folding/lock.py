"""What a lock leaves behind: the ledger that the next review stands on (method, section 11)."""

from msgspec.structs import replace

from review.deals import Status
from review.events import Locked
from review.meeting import Meeting
from review.records import AtLock, DealRecord, Exit, Stay
from review.truth import effective, is_open

KEPT_CLOSED_DAYS = 60


def lock(meeting: Meeting, event: Locked) -> Meeting:
    """Freeze every deal as it stands now, and add the row of this review."""
    stays = {judged.deal: judged.stay for judged in event.stays}
    told = set(event.told_evidence)
    records = {ident: _freeze(meeting, ident, record, stays, told) for ident, record in meeting.ledger.deals.items()}
    calls = (*(call for call in meeting.ledger.calls), *meeting.calls.values())
    commitments = {
        ident: commitment
        for ident, commitment in meeting.ledger.commitments.items()
        if commitment.is_open
        or commitment.closed_on is None
        or (meeting.day - commitment.closed_on).days < KEPT_CLOSED_DAYS
    }
    ledger = replace(
        meeting.ledger,
        deals=records,
        calls=calls,
        commitments=commitments,
        locks=(*meeting.ledger.locks, event.row),
        lock_export_day=meeting.ledger.export_day,
        third_values=(),
    )
    return replace(meeting, ledger=ledger)


def _freeze(
    meeting: Meeting, ident: str, record: DealRecord, stays: dict[str, Stay | None], told: set[str]
) -> DealRecord:
    deal = effective(record)
    left = meeting.left.get(ident)
    opened = ident in meeting.opened and left is not None and left.exit is not Exit.DROPPED
    before = record.lock
    later = (
        before is not None
        and before.open
        and before.close_date is not None
        and deal.close_date is not None
        and deal.close_date > before.close_date
    )
    planned = any(slot.deal == ident for slot in meeting.queue)
    away = {slot.deal for slot in meeting.away}
    new_step = meeting.ledger.commitments.get(record.step)
    fresh = new_step is not None and new_step.review == meeting.review and left is not None
    own = record.own_steps
    if fresh and new_step is not None:
        own = own + 1 if new_step.ours_only else 0
    return replace(
        record,
        lock=AtLock(
            day=meeting.day,
            open=is_open(record),
            category=deal.category,
            amount=deal.amount,
            close_date=deal.close_date,
            stage=deal.stage,
            owner=record.rep,
            in_export=record.missing_since is None,
            closed=deal.status is not Status.OPEN,
        ),
        pushes=record.pushes + (1 if later else 0),
        last_opened=meeting.day if opened else record.last_opened,
        locks_unopened=0 if opened else record.locks_unopened + 1,
        last_exit=left.exit if left else (Exit.DROPPED if planned and meeting.is_present(record.rep) else None),
        skipped=left is None and not meeting.is_present(record.rep) and (planned or ident in away),
        parks=record.parks + 1 if left is not None and left.exit is Exit.PARKED else 0,
        own_steps=own,
        stay=stays.get(ident),
        exception="",
        evidence_told=meeting.day if ident in told and record.evidence_told is None else record.evidence_told,
        step_in_writing=False,
    )
