"""What the reviews have changed: the last lock beside the first, in figures of the team."""

from collections.abc import Iterator, Sequence

from review.records import LockRow
from review.words import day_month

ENOUGH = 3
"""Locks from which a comparison says something."""


def progress(locks: Sequence[LockRow]) -> str:
    """Say what has changed since the first lock; empty before the third."""
    if len(locks) < ENOUGH:
        return ""
    first, last = locks[0], locks[-1]
    year = f" {first.day.year}" if first.day.year != last.day.year else ""
    return f"Since {day_month(first.day)}{year}: " + " · ".join(_parts(first, last))


def _parts(first: LockRow, last: LockRow) -> Iterator[str]:
    yield f"minutes past the hour {_from_to(_past(first), _past(last))}"
    before, after = with_step(first), with_step(last)
    if before is not None and after is not None:
        yield f"with a step {_from_to(before, after)} %"
    kept = [100 * row.kept // row.judged if row.judged else None for row in (first, last)]
    if kept[1] is not None:
        yield f"kept {_from_to(kept[1] if kept[0] is None else kept[0], kept[1])} %"


def _from_to(before: int, after: int) -> str:
    return f"{after}" if before == after else f"{before} → {after}"


def _past(row: LockRow) -> int:
    """Give the full minutes that a review took beyond its plan."""
    return max(0, row.seconds - sum(row.planned.values())) // 60


def with_step(row: LockRow) -> int | None:
    """Give the share of active deals with a step, a date and an owner in percent, not rounded up to the whole."""
    return 100 * (row.active - sum(row.without.values())) // row.active if row.active else None
