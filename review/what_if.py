"""What the period would bring if chosen deals slipped or came in early; nothing is written (method, section 7)."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from review.deals import Category
from review.forecast import implied
from review.methods import Methods, compare
from review.periods import Period
from review.pipeline import Item, Pipeline, pipeline_of
from review.records import Call, Ledger
from review.settings import Settings


class WhatIf(Struct, frozen=True, kw_only=True):
    """The forecasts as they are and as they would be."""

    before: Methods
    after: Methods
    """Its roll-up is moved by as much as the implied commit: a stated number has the same weights."""
    slips: tuple[str, ...]
    """Deals that took part; others that were toggled do not close in the period, or already do."""
    pull_ins: tuple[str, ...]

    @property
    def commit_moves(self) -> Decimal:
        """How far the implied commit moves."""
        return self.after.implied.commit - self.before.implied.commit


def what_if(
    ledger: Ledger,
    settings: Settings,
    day: date,
    *,
    slips: Collection[str] = (),
    pull_ins: Collection[str] = (),
    calls: Iterable[Call] | None = None,
    factor: Decimal = Decimal(1),
) -> WhatIf:
    """Let deals of the period slip out of it, and others come in as commit deals that close on its last day."""
    stated = None if calls is None else tuple(calls)
    before = compare(ledger, settings, day, calls=stated, factor=factor)
    outside = {item.deal: item for item in _outside(ledger, settings, day, before.pipeline)}
    out = tuple(item.deal for item in before.pipeline.open if item.deal in slips)
    pulled = tuple(deal for deal in dict.fromkeys(pull_ins) if deal in outside)
    last = before.pipeline.period.last
    coming = tuple(replace(outside[deal], category=Category.COMMIT, close_date=last) for deal in pulled)
    staying = tuple(item for item in before.pipeline.open if item.deal not in out)
    moved = replace(before.pipeline, open=(*staying, *coming))
    shift = implied(moved).commit - before.implied.commit
    after = compare(ledger, settings, day, calls=stated, factor=factor, deals=moved, shift=shift)
    return WhatIf(before=before, after=after, slips=out, pull_ins=pulled)


def _outside(ledger: Ledger, settings: Settings, day: date, deals: Pipeline) -> Iterable[Item]:
    """Give the open deals that close outside the period, or have no date."""
    inside = {item.deal for item in deals.open}
    ever = pipeline_of(ledger, settings, day, period=Period("", date.min, date.max))
    return (item for item in (*ever.open, *ever.apart) if item.deal not in inside)
