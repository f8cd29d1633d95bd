"""Three ways to forecast the period set against each other, and the deals that explain a difference (method, 7)."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from review.figures import ZERO, Figure, known
from review.forecast import IMPLIED_BEST_CASE, IMPLIED_COMMIT, Implied, Weighted, category_weights, implied, weighted
from review.history import Historical, historical
from review.periods import period_of
from review.pipeline import Item, Pipeline, pipeline_of
from review.records import Call, Ledger
from review.rollup import RollUp, gap, roll_up
from review.settings import Settings
from review.targets import target

LOW, HIGH = Decimal("0.9"), Decimal("1.1")
MENTIONED_FROM = Decimal("0.05")
"""Share of the quota from which a distance is worth mentioning."""


class Method(StrEnum):
    """The three forecasts that are compared."""

    ROLL_UP = "roll-up"
    WEIGHTED = "weighted"
    HISTORICAL = "historical"


class Side(StrEnum):
    """On which side a forecast lies outside."""

    BELOW = "below"
    ABOVE = "above"


class DifferenceLine(Struct, frozen=True):
    """One deal's part in a difference: its weight in one figure less its weight in the other, times amount."""

    item: Item
    weight: Decimal
    other: Decimal

    @property
    def amount(self) -> Decimal:
        """The signed part."""
        return (self.weight - self.other) * self.item.worth


class Difference(Struct, frozen=True, kw_only=True):
    """A difference between two figures; the lines and what no deal explains add up to it exactly."""

    amount: Decimal
    lines: tuple[DifferenceLine, ...]
    """The largest first; deals that weigh the same in both are left out."""

    @property
    def unexplained(self) -> Decimal:
        """What no deal explains: a stated number that differs from the export."""
        return self.amount - sum((line.amount for line in self.lines), ZERO)

    def share(self, amount: Decimal) -> Decimal | None:
        """Give the share of the difference that an amount is; None where there is no difference."""
        return amount / self.amount if self.amount else None


def explain(
    one: Decimal, weights: Mapping[str, Decimal], other: Decimal, others: Mapping[str, Decimal], deals: Pipeline
) -> Difference:
    """Explain `one` less `other` by the open deals, given the weights that each figure gives them."""
    lines = [DifferenceLine(item, weights.get(item.deal, ZERO), others.get(item.deal, ZERO)) for item in deals.open]
    moved = [line for line in lines if line.amount]
    return Difference(
        amount=one - other, lines=tuple(sorted(moved, key=lambda line: (-abs(line.amount), line.item.deal)))
    )


class Finding(Struct, frozen=True, kw_only=True):
    """One forecast that lies outside what the export implies."""

    method: Method
    side: Side
    value: Decimal
    bound: Decimal
    """The bound that is crossed."""
    against: Decimal
    """The implied figure of that bound; the difference is explained to this one."""
    difference: Difference
    mentioned: bool
    """False where it is under 5 % of the quota."""

    @property
    def how_far(self) -> Decimal:
        """The distance to the bound that is crossed, never negative."""
        return abs(self.value - self.bound)

    @property
    def by_deals(self) -> bool:
        """Tell whether deals can explain it; where history is the outlier, none does."""
        return self.method is not Method.HISTORICAL


class Methods(Struct, frozen=True, kw_only=True):
    """All forecasts of one period, and which of them lie outside."""

    pipeline: Pipeline
    implied: Implied
    roll_up: RollUp
    weighted: Weighted
    historical: Historical
    target: Figure
    gap: Figure
    """Target less the roll-up."""
    findings: tuple[Finding, ...]
    """Every forecast that lies outside, those too small to mention included."""

    @property
    def compared(self) -> tuple[Method, ...]:
        """The methods that have a number."""
        figures = {Method.ROLL_UP: self.roll_up.figure, Method.HISTORICAL: self.historical.figure}
        return tuple(method for method in Method if method not in figures or figures[method].value is not None)

    @property
    def mentioned(self) -> tuple[Finding, ...]:
        """What the screen speaks of."""
        return tuple(finding for finding in self.findings if finding.mentioned)

    @property
    def consistent(self) -> bool:
        """Tell whether nothing worth mentioning lies outside."""
        return not self.mentioned


def compare(
    ledger: Ledger,
    settings: Settings,
    day: date,
    *,
    calls: Iterable[Call] | None = None,
    factor: Decimal = Decimal(1),
    deals: Pipeline | None = None,
    shift: Decimal = ZERO,
) -> Methods:
    """Set the methods against each other for the period of `day`.

    `calls` takes the place of the ledger's while a review runs, `factor` is the manager's for history; for a what-if,
    `deals` takes the place of the ledger's and `shift` is added to the roll-up.
    """
    period = period_of(day, settings)
    counted = deals or pipeline_of(ledger, settings, day)
    figures, odds = implied(counted), weighted(counted, settings)
    stated = roll_up(ledger.calls if calls is None else calls, settings, period, day)
    if stated.figure.value is not None:
        stated = replace(stated, figure=known(stated.figure.value + shift))
    past = historical(ledger, settings, day, factor)
    quota = target(settings, period)
    found = _findings(counted, figures, odds, stated.figure, past.figure, quota.value)
    return Methods(
        pipeline=counted,
        implied=figures,
        roll_up=stated,
        weighted=odds,
        historical=past,
        target=quota,
        gap=gap(quota, stated.figure),
        findings=found,
    )


def _findings(
    deals: Pipeline, figures: Implied, odds: Weighted, stated: Figure, past: Figure, quota: Decimal | None
) -> tuple[Finding, ...]:
    commit = category_weights(deals, IMPLIED_COMMIT)
    best = category_weights(deals, IMPLIED_BEST_CASE)
    low = (figures.commit, commit)
    span = (low, (figures.best_case, best))
    checks: tuple[tuple[Method, Decimal | None, Mapping[str, Decimal], tuple[Bound, Bound]], ...] = (
        (Method.ROLL_UP, stated.value, commit, (low, low)),
        (Method.WEIGHTED, odds.value, odds.weights, span),
        (Method.HISTORICAL, past.value, {}, span),
    )
    found = (
        _finding(method, value, weights, bounds, deals, quota)
        for method, value, weights, bounds in checks
        if value is not None
    )
    return tuple(finding for finding in found if finding is not None)


Bound = tuple[Decimal, Mapping[str, Decimal]]
"""An implied figure with the weights that it gives the deals."""


def _finding(
    method: Method,
    value: Decimal,
    weights: Mapping[str, Decimal],
    bounds: tuple[Bound, Bound],
    deals: Pipeline,
    quota: Decimal | None,
) -> Finding | None:
    (low, low_weights), (high, high_weights) = bounds
    if value < LOW * low:
        side, bound, against, others = Side.BELOW, LOW * low, low, low_weights
    elif value > HIGH * high:
        side, bound, against, others = Side.ABOVE, HIGH * high, high, high_weights
    else:
        return None
    if method is Method.HISTORICAL:
        difference = Difference(amount=value - against, lines=())
    else:
        difference = explain(value, weights, against, others, deals)
    mentioned = quota is None or abs(value - bound) >= MENTIONED_FROM * quota
    return Finding(
        method=method,
        side=side,
        value=value,
        bound=bound,
        against=against,
        difference=difference,
        mentioned=mentioned,
    )
