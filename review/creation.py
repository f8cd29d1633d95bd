"""What was created, won and lost since the last lock, and whether creation keeps pace (method, section 8)."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from review.closed import closed_day, is_lost, is_won, worth
from review.deals import Category, Status
from review.figures import ZERO, Figure, Lack, lacking, ratio
from review.past import Interval
from review.records import AtLock, DealRecord, Ledger, LockRow
from review.truth import effective, is_duplicate

FILTER_HINT = 10
"""More deals than this appearing at once ask whether a filter changed."""
INTERVALS = 4
"""Intervals between locks that replacement looks back on, the running one included."""


class Birth(StrEnum):
    """How a deal that was first seen since the last lock came."""

    CREATED = "created"
    APPEARED = "appeared"
    TRANSFERRED = "transferred"


class Creation(Struct, frozen=True, kw_only=True):
    """The deals that are new since the last lock, each in one list, and what closed in the meantime."""

    created: Figure
    approximate: bool
    """Shown with `~`: the export has no created dates, so first seen counts as created."""
    appeared: Figure
    asks_filter: bool
    """So many older deals appeared that a filter may have changed."""
    transferred: Figure
    """Deals with another owner before, known to us or new; never created."""
    won: Figure
    lost: Figure
    """No decision in, duplicates out."""


def creation(ledger: Ledger, rep: str | None = None) -> Creation:
    """Say what came and went since the last lock, for one person or the team; amounts are today's."""
    everyone = {key: record for key, record in ledger.current.items() if rep is None or record.rep == rep}
    new = {key: birth_of(record, ledger) for key, record in everyone.items() if is_new(record, ledger)}
    handed = (key for key, record in everyone.items() if new.get(key) is Birth.TRANSFERRED or changed_hands(record))
    closed = [key for key, record in everyone.items() if closed_since(record, ledger)]
    appeared = [key for key, birth in new.items() if birth is Birth.APPEARED]
    return Creation(
        created=_sum(ledger, (key for key, birth in new.items() if birth is Birth.CREATED)),
        approximate=not has_created_dates(ledger),
        appeared=_sum(ledger, appeared),
        asks_filter=len(appeared) > FILTER_HINT,
        transferred=_sum(ledger, handed),
        won=_sum(ledger, (key for key in closed if is_won(ledger.deals[key]))),
        lost=_sum(ledger, (key for key in closed if is_lost(ledger.deals[key]))),
    )


class Replacement(Struct, frozen=True, kw_only=True):
    """Created against won plus lost; 1.0 keeps pace."""

    recent: Figure
    """Over the last four intervals between locks, the running one included."""
    week: Figure
    """The running interval alone."""
    intervals: int
    created: Decimal
    gone: Decimal


def replacement(ledger: Ledger) -> Replacement:
    """Set what was created against what was won and lost, for the team."""
    week = creation(ledger)
    created, gone = _value(week.created), _value(week.won) + _value(week.lost)
    rows = intervals_before(ledger)
    running = ledger.lock_export_day is not None
    all_created = sum((row.created for row in rows), created)
    all_gone = sum((row.won_amount + row.lost_amount for row in rows), gone)
    return Replacement(
        recent=_pace(all_created, all_gone, running=running),
        week=_pace(created, gone, running=running),
        intervals=len(rows) + 1 if running else 0,
        created=all_created,
        gone=all_gone,
    )


def intervals_before(ledger: Ledger) -> tuple[Interval | LockRow, ...]:
    """Give the intervals that replacement looks back on besides the running one, oldest first.

    The first lock has no interval before it, and its row is left out, unless exports of before it tell of one.
    """
    told = ledger.locks if ledger.past.since is not None else ledger.locks[1:]
    every: tuple[Interval | LockRow, ...] = (*ledger.past.intervals, *told)
    return every[-(INTERVALS - 1) :]


def _pace(created: Decimal, gone: Decimal, *, running: bool) -> Figure:
    if not running:
        return lacking("no lock yet to compare with")
    if not gone:
        return lacking("nothing won or lost", Lack.NOTHING)
    return ratio(created, gone, "")


def is_new(record: DealRecord, ledger: Ledger) -> bool:
    """Tell whether a deal was first seen since the last lock and stands in the pipeline, or closed since."""
    if ledger.lock_export_day is None or record.lock is not None:
        return False
    deal = effective(record)
    return deal.status is not Status.OPEN or is_duplicate(record) or deal.category is not Category.OMITTED


def birth_of(record: DealRecord, ledger: Ledger) -> Birth:
    """Say how a deal came that the last lock did not know."""
    if record.inherited is not None:
        return Birth.TRANSFERRED
    since = ledger.lock_export_day
    if not has_created_dates(ledger):
        return Birth.CREATED
    created = record.crm.created
    return Birth.CREATED if since is not None and created is not None and created >= since else Birth.APPEARED


def has_created_dates(ledger: Ledger) -> bool:
    """Tell whether the export has a column for the created date."""
    if ledger.columns:
        return "created" in ledger.columns
    return any(ledger.deals[ident].crm.created is not None for ident in ledger.deals)


def changed_hands(record: DealRecord) -> bool:
    """Tell whether a deal that the last lock knew has another owner now; one closed before the lock is passed over.

    Who came onto the team's list since owned the deals before: the export shows no other owner.
    """
    lock = record.lock
    if lock is None or lock.owner == record.rep or record.inherited is None:
        return False
    return not was_closed(lock) or effective(record).status is Status.OPEN


def was_closed(lock: AtLock) -> bool:
    """Tell whether a deal was won, lost or a duplicate at the lock, not merely missing from the export."""
    return lock.closed or (not lock.open and lock.in_export)


def closed_since(record: DealRecord, ledger: Ledger) -> bool:
    """Tell whether a deal was won, lost or ended as a duplicate since the last lock.

    A deal that the lock did not know counts where it was created since, or where its closing is dated on or after the
    export on which the lock stood: one that had closed long before and only now shows up did not close since.
    """
    since = ledger.lock_export_day
    if since is None or not (is_won(record) or is_lost(record) or is_duplicate(record)):
        return False
    if record.lock is not None:
        return not was_closed(record.lock)
    created = record.crm.created
    day = closed_day(record)
    return (created is not None and created >= since) or record.ended is not None or (day is not None and day >= since)


def _sum(ledger: Ledger, keys: Iterable[str]) -> Figure:
    deals = tuple(keys)
    return Figure(value=sum((worth(ledger.deals[key]) for key in deals), ZERO), deals=deals)


def _value(figure: Figure) -> Decimal:
    return figure.value or ZERO
