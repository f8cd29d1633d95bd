"""An export beside what stood before: what is new, gone and changed, and what looks wrong about it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from statistics import median

from msgspec import Struct

from review.deals import Deal, Export, Status, deal_key
from review.importing import FIELDS
from review.keys import known_by_key, rekeyed, with_known_ids
from review.records import Ledger
from review.words import day_month, listed

MANY = 10
"""Open deals gone from which their number is worth a word, if they are also a `SHARE` of those that were there."""
SHARE = Decimal("0.15")
_NAMED = 5
_OWNERS = 3
_SCALED = 5
"""Deals of both exports that are needed to compare the scale of their amounts."""
_TIMES = 20


class Compared(Struct, frozen=True, kw_only=True):
    """What an export shows against the one that stood before."""

    day: date
    """The day that the earlier export shows."""
    new: int
    gone: tuple[str, ...]
    """Names of the open deals that are not in it any more."""
    closed_gone: int
    """Closed deals that are not in it any more, which is usual."""
    changed: int
    same: int
    warnings: tuple[str, ...] = ()

    def sentences(self) -> tuple[str, ...]:
        """Say it, a line each."""
        first = (
            f"Against the export of {day_month(self.day)}: {self.new:,} new, {len(self.gone):,} open gone,"
            f" {self.changed:,} changed, {self.same:,} as they were."
        )
        few = f"Gone: {_first(self.gone)}. Vanished is not lost; the review asks." if self.gone else ""
        return (first, *((few,) if few else ()), *self.warnings)


def compare(ledger: Ledger, export: Export) -> Compared | None:
    """Compare an export, not taken in yet, with what stands; None where nothing was read in before."""
    if ledger.export_day is None:
        return None
    known, rows = rekeyed(ledger, known_by_key(ledger, export)), with_known_ids(ledger, export)
    before = {key: record for key, record in known.deals.items() if record.missing_since is None}
    here = {deal_key(deal.id): deal for deal in rows.deals}
    both = [(before[key].crm, deal) for key, deal in here.items() if key in before]
    # One that the review has ended may be absent from now on: that agrees.
    running = {key: record for key, record in before.items() if record.ended is None}
    missing = [record.crm for key, record in running.items() if key not in here]
    gone = [deal for deal in missing if deal.status is Status.OPEN]
    fields = [field for field in FIELDS if field == "status" or field in export.columns]
    changed = sum(any(getattr(old, field) != getattr(new, field) for field in fields) for old, new in both)
    was_open = sum(record.crm.status is Status.OPEN for record in running.values())
    return Compared(
        day=ledger.export_day,
        new=len(here) - len(both),
        gone=tuple(sorted(deal.title for deal in gone)),
        closed_gone=len(missing) - len(gone),
        changed=changed,
        same=len(both) - changed,
        warnings=(*_filtered(gone, was_open, rows.deals), *_scale(both)),
    )


def _filtered(gone: Sequence[Deal], was_open: int, rows: Iterable[Deal]) -> Iterable[str]:
    """Warn where so many open deals are gone, or all of one owner's, that the export may show a part only."""
    owners = {deal.owner for deal in rows}
    without = Counter(deal.owner for deal in gone if deal.owner and deal.owner not in owners)
    if len(gone) >= MANY and len(gone) >= SHARE * was_open:
        yield (
            f"{len(gone):,} rows may have been filtered out: so many open deals of the last export are not in this one."
            " Look at the filter of the report, and whether you may see every deal."
        )
    if owners and without:
        named = [f"{owner} ({count:,})" for owner, count in without.most_common(_OWNERS)]
        more = f" and {len(without) - _OWNERS:,} more" if len(without) > _OWNERS else ""
        yield f"No deal of {listed(named)}{more} is in it any more; before, there were as many open as that."


def _scale(both: Iterable[tuple[Deal, Deal]]) -> Iterable[str]:
    """Warn where amounts have become so many times larger or smaller that they must be in another unit."""
    ratios = [new.amount / old.amount for old, new in both if old.amount and new.amount and old.amount > 0]
    if len(ratios) < _SCALED:
        return
    middle = median(ratios)
    if middle >= _TIMES:
        yield f"Amounts are about {middle:,.0f} times those of the last export. Are they in cents?"
    elif 0 < middle <= Decimal(1) / _TIMES:
        yield f"Amounts are about one {1 / middle:,.0f}th of those of the last export. Are they in thousands?"


def _first(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return f"{shown} and {len(names) - _NAMED:,} more" if len(names) > _NAMED else shown
