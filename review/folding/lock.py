"""What a lock leaves behind: the ledger that the next review stands on (method, section 11)."""

from datetime import date

from msgspec.structs import replace

from review.commitments import Commitment
from review.events import Locked
from review.kept import COUNTED
from review.meeting import Meeting
from review.pinned import Pinned
from review.records import DealRecord, Exit, Ledger, Stay
from review.snapshot import at_lock, movable, moved_later
from review.truth import effective

KEPT_CLOSED_DAYS = 60


def lock(meeting: Meeting, event: Locked) -> Meeting:
    """Freeze every deal as it stands now, and add the row of this review."""
    stays = {judged.deal: judged.stay for judged in event.stays}
    told, settled = frozenset(event.told_evidence), frozenset(event.settled)
    records = {
        ident: _freeze(meeting, ident, record, stays, _told(record, ident, meeting.day, told, settled))
        for ident, record in meeting.ledger.current.items()
    }
    counted = settle_promises(meeting.ledger, meeting.review, meeting.day)
    ledger = replace(
        counted,
        current=records,
        calls=(*meeting.ledger.calls, *meeting.calls.values(), *meeting.next_calls.values()),
        commitments={ident: c for ident, c in counted.commitments.items() if _is_remembered(c, meeting.day)},
        locks=(*meeting.ledger.locks, event.row),
        lock_export_day=meeting.ledger.export_day,
        third_values=(),
        pinned=_pinned(meeting, event),
        written={},
        told={},
        won=event.won,
        picks=event.picks,
    )
    return replace(meeting, ledger=ledger)


def _pinned(meeting: Meeting, event: Locked) -> Pinned:
    before = meeting.ledger.pinned
    earlier = before.learned_on if before is not None else None
    settings = meeting.settings
    return Pinned(
        thresholds=settings.thresholds,
        paper_below=settings.paper_below,
        learned_on=meeting.day if event.learned else earlier,
    )


def settle_promises(ledger: Ledger, review: str, day: date) -> Ledger:
    """Let promises that were judged at the desk count at this lock; what was done early waits for its date."""
    fresh = {
        ident: replace(c, judged_in=review)
        for ident, c in ledger.commitments.items()
        if not c.judged_in and c.judged in COUNTED and not (c.done_early and c.due >= day)
    }
    return replace(ledger, commitments={**ledger.commitments, **fresh}) if fresh else ledger


def _is_remembered(commitment: Commitment, day: date) -> bool:
    """Tell whether a commitment is still needed: open, closed lately, or done early and not counted yet."""
    closed = commitment.closed_on
    if commitment.is_open or closed is None or (day - closed).days < KEPT_CLOSED_DAYS:
        return True
    return commitment.done_early and commitment.due >= day


def _told(record: DealRecord, ident: str, day: date, told: frozenset[str], settled: frozenset[str]) -> date | None:
    """Give the day on which the rep was told of missing evidence; once nothing is missing, a new gap is told anew."""
    if ident in settled:
        return None
    return day if ident in told and record.evidence_told is None else record.evidence_told


def _freeze(
    meeting: Meeting, ident: str, record: DealRecord, stays: dict[str, Stay | None], told: date | None
) -> DealRecord:
    effective(record)
    left = meeting.left.get(ident)
    opened = ident in meeting.opened and left is not None and left.exit is not Exit.DROPPED
    before = record.lock
    now = at_lock(record, meeting.day)
    later = moved_later(before, movable(now))
    first = before is None or (before.from_exports and record.first_close is None)
    planned = any(slot.deal == ident for slot in meeting.queue)
    away = {slot.deal for slot in meeting.away}
    step, own = meeting.ledger.commitments.get(record.step), record.own_steps
    # A step that was forgotten long ago may have left its id to one on another deal.
    if step is not None and step.deal == ident:
        is_new = step.review == meeting.review or before is None or step.made > before.day
        own = (own + 1 if step.ours_only else 0) if is_new else own
    return replace(
        record,
        lock=now,
        first_close=movable(now) if first else record.first_close,
        pushes=record.pushes + (1 if later else 0),
        past_pushes=record.past_pushes + (1 if later and first else 0),
        last_opened=meeting.day if opened else record.last_opened,
        locks_unopened=0 if opened else record.locks_unopened + 1,
        last_exit=left.exit if left else (Exit.DROPPED if planned and not meeting.is_away(record.rep) else None),
        skipped=left is None and meeting.is_away(record.rep) and (planned or ident in away),
        parks=record.parks if left is None else record.parks + 1 if left.exit is Exit.PARKED else 0,
        own_steps=own,
        stay=stays.get(ident),
        exception="",
        evidence_told=told,
        step_in_writing=False,
        returned=False,
        decisions=tuple(d if d.review else replace(d, review=meeting.review) for d in record.decisions),
    )
