"""What the export implies and what the stage odds weigh, deal by deal (method, section 7)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec
from msgspec import Struct

from review.deals import Category
from review.figures import ONE, ZERO
from review.pipeline import Item, Pipeline, pipeline_of, stage_named, total
from review.records import DealRecord, Ledger
from review.scored import Verified
from review.settings import Settings
from review.truth import effective

ODDS_DIFFER = Decimal(20)
"""Points by which a deal's own probability may differ from its stage's odds without being listed."""

IMPLIED_COMMIT = frozenset({Category.COMMIT})
IMPLIED_BEST_CASE = frozenset({Category.COMMIT, Category.BEST_CASE})


class Implied(Struct, frozen=True, kw_only=True):
    """What the categories of the open deals imply for the period, each with what is won."""

    won: Decimal
    commit: Decimal
    best_case: Decimal
    pipeline: Decimal
    """Open deals in the category pipeline, without anything else."""
    commit_deals: tuple[str, ...]
    best_case_deals: tuple[str, ...]
    """Those of the category best case alone."""
    won_deals: tuple[str, ...]


def implied(deals: Pipeline) -> Implied:
    """Add up won, commit and best case."""
    commit = [item for item in deals.open if item.category is Category.COMMIT]
    best = [item for item in deals.open if item.category is Category.BEST_CASE]
    rest = [item for item in deals.open if item.category is Category.PIPELINE]
    won = deals.won_amount
    return Implied(
        won=won,
        commit=won + total(commit),
        best_case=won + total(commit) + total(best),
        pipeline=total(rest),
        commit_deals=_ids(commit),
        best_case_deals=_ids(best),
        won_deals=_ids(deals.won),
    )


class LeftOutWhy(StrEnum):
    """Why a deal has no weight."""

    PAST = "close date past"
    NO_AMOUNT = "no amount"
    NO_STAGE = "stage not in the settings"
    NO_ODDS = "no odds for its stage"


class Weighed(Struct, frozen=True):
    """An open deal with the odds of its stage."""

    item: Item
    odds: Decimal
    """0 to 100."""

    @property
    def value(self) -> Decimal:
        """Amount times odds."""
        return self.item.worth * self.odds / 100

    @property
    def differs(self) -> bool:
        """Tell whether the deal's own probability is more than 20 points away from the odds."""
        own = self.item.probability
        return own is not None and abs(own - self.odds) > ODDS_DIFFER


class LeftOut(Struct, frozen=True):
    """An open deal of the period that the weighted figure leaves out, with the reason."""

    item: Item
    why: LeftOutWhy


class Weighted(Struct, frozen=True, kw_only=True):
    """Won plus amount times stage odds; weighed and left out are together the open deals, each once."""

    value: Decimal
    won: Decimal
    weighed: tuple[Weighed, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def open_value(self) -> Decimal:
        """The weighted open deals without what is won."""
        return sum((weighed.value for weighed in self.weighed), ZERO)

    @property
    def differs(self) -> tuple[Weighed, ...]:
        """Deals whose own probability is far from their stage's odds."""
        return tuple(weighed for weighed in self.weighed if weighed.differs)

    @property
    def weights(self) -> dict[str, Decimal]:
        """Deal id to weight, 0 to 1; a deal left out has none."""
        return {weighed.item.deal: weighed.odds / 100 for weighed in self.weighed}


def weighted(deals: Pipeline, settings: Settings) -> Weighted:
    """Weigh the open deals of the period by the odds of their stages."""
    weighed: list[Weighed] = []
    left_out: list[LeftOut] = []
    for item in deals.open:
        found = _weigh(item, settings, deals.day)
        if isinstance(found, Weighed):
            weighed.append(found)
        else:
            left_out.append(found)
    won = deals.won_amount
    return Weighted(
        value=won + sum((one.value for one in weighed), ZERO),
        won=won,
        weighed=tuple(weighed),
        left_out=tuple(left_out),
    )


def _weigh(item: Item, settings: Settings, day: date) -> Weighed | LeftOut:
    if item.close_date is not None and item.close_date < day:
        return LeftOut(item, LeftOutWhy.PAST)
    if item.amount is None:
        return LeftOut(item, LeftOutWhy.NO_AMOUNT)
    stage = stage_named(settings, item.stage)
    if stage is None:
        return LeftOut(item, LeftOutWhy.NO_STAGE)
    if stage.odds is None:
        return LeftOut(item, LeftOutWhy.NO_ODDS)
    return Weighed(item, stage.odds)


def category_weights(deals: Pipeline, counted: frozenset[Category]) -> dict[str, Decimal]:
    """Give the weights of an implied figure: 1 for the open deals of the categories it counts."""
    return {item.deal: ONE for item in deals.open if item.category in counted}


class Verification(Struct, frozen=True):
    """How many commit deals of the period the manager has verified: '5 of 9'."""

    verified: tuple[str, ...]
    open: tuple[str, ...]
    """Commit deals still to verify."""

    @property
    def of(self) -> int:
        """All commit deals of the period."""
        return len(self.verified) + len(self.open)


def verification(ledger: Ledger, settings: Settings, day: date) -> Verification:
    """Count the verified commit deals of the period of `day`."""
    commit = [item.deal for item in pipeline_of(ledger, settings, day).open if item.category is Category.COMMIT]
    done = tuple(deal for deal in commit if is_verified(ledger.deals[deal]))
    return Verification(verified=done, open=tuple(deal for deal in commit if deal not in done))


def is_verified(record: DealRecord) -> bool:
    """Tell whether the manager's verification still holds: nothing it stands on has changed."""
    word = record.verified
    deal = effective(record)
    return word is not None and (word.close_date, word.amount, word.category) == (
        deal.close_date,
        deal.amount,
        deal.category,
    )


def unless_lapsed(record: DealRecord) -> DealRecord:
    """Take a verification away that does not hold any more: values that come back do not bring it back."""
    return record if record.verified is None or is_verified(record) else msgspec.structs.replace(record, verified=None)


def verify(record: DealRecord, day: date) -> Verified:
    """Make the manager's word for a deal as it stands."""
    deal = effective(record)
    return Verified(on=day, close_date=deal.close_date, amount=deal.amount, category=deal.category)


def _ids(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.deal for item in items)
