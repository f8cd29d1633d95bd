"""What a lock keeps of a deal, and how the next one is set against it."""

from datetime import date

from review.deals import Status
from review.records import AtLock, DealRecord
from review.truth import effective


def at_lock(record: DealRecord, day: date, *, from_exports: bool = False) -> AtLock:
    """Give the effective values of a deal as a lock on a day keeps them."""
    deal = effective(record)
    return AtLock(
        day=day,
        open=deal.status is Status.OPEN and record.missing_since is None,
        category=deal.category,
        amount=deal.amount,
        close_date=deal.close_date,
        stage=deal.stage,
        owner=record.rep,
        in_export=record.missing_since is None,
        closed=deal.status is not Status.OPEN,
        next_step=record.crm.next_step,
        from_exports=from_exports,
    )


def movable(lock: AtLock) -> date | None:
    """Give the close date for `moved_later`: of a closed deal the first day there is, as closing is no push."""
    return date.min if lock.closed else lock.close_date


def moved_later(before: AtLock | None, close: date | None) -> bool:
    """Tell whether a close date is later than at a lock at which the deal was not closed; a filter hides no push."""
    if before is None or before.closed or before.close_date is None or close is None:
        return False
    return close > before.close_date
