"""The deals of one period, sorted once into won, open and apart; every forecast figure counts these (method, 7)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct

from review.closed import closed_day, is_won
from review.deals import Category, Deal, Status
from review.figures import ZERO
from review.periods import Period, period_of
from review.records import DealRecord, Ledger
from review.settings import Settings, Stage
from review.truth import effective


class Item(Struct, frozen=True, kw_only=True):
    """One deal with the effective values that the forecast counts."""

    deal: str
    title: str
    rep: str
    amount: Decimal | None
    category: Category
    stage: str
    close_date: date | None
    probability: Decimal | None
    """The deal's own, 0 to 100."""

    @property
    def worth(self) -> Decimal:
        """The amount; none counts as 0."""
        return self.amount or ZERO


class Pipeline(Struct, frozen=True, kw_only=True):
    """What closes in one period, for the team or one person."""

    period: Period
    day: date
    won: tuple[Item, ...]
    open: tuple[Item, ...]
    """Open, not omitted, close date in the period, its past days included."""
    apart: tuple[Item, ...]
    """Open, not omitted, without a close date or with one before the current period: in no figure."""

    @property
    def won_amount(self) -> Decimal:
        """What is won in the period."""
        return total(self.won)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every deal that the figures of the period rest on."""
        return tuple(item.deal for item in (*self.won, *self.open))


def total(items: Iterable[Item]) -> Decimal:
    """Add the amounts up; none counts as 0."""
    return sum((item.worth for item in items), ZERO)


def is_running(record: DealRecord, deal: Deal) -> bool:
    """Tell whether the deal, given with its effective values, is open, in the export and not omitted."""
    return (
        record.missing_since is None
        and record.ended is None
        and deal.status is Status.OPEN
        and deal.category is not Category.OMITTED
    )


def pipeline_of(
    ledger: Ledger, settings: Settings, day: date, *, period: Period | None = None, rep: str | None = None
) -> Pipeline:
    """Sort the deals of a period – the one of `day` if none is given – for one person or the whole team."""
    current = period_of(day, settings)
    wanted = period or current
    won: list[Item] = []
    running: list[Item] = []
    apart: list[Item] = []
    for key, record in ledger.closing(wanted.first, wanted.last).items():
        if rep is not None and record.rep != rep:
            continue
        deal = effective(record)
        item = _item(key, record, deal)
        inside = deal.close_date is not None and wanted.first <= deal.close_date <= wanted.last
        if is_running(record, deal):
            if inside:
                running.append(item)
            elif deal.close_date is None or deal.close_date < current.first:
                apart.append(item)
        elif deal.status is Status.WON and is_won(record) and _won_inside(record, wanted):
            won.append(item)
    return Pipeline(period=wanted, day=day, won=tuple(won), open=tuple(running), apart=tuple(apart))


def _won_inside(record: DealRecord, period: Period) -> bool:
    day = closed_day(record)
    return day is not None and period.first <= day <= period.last


def _item(key: str, record: DealRecord, deal: Deal) -> Item:
    return Item(
        deal=key,
        title=deal.title,
        rep=record.rep,
        amount=deal.amount,
        category=deal.category,
        stage=deal.stage,
        close_date=deal.close_date,
        probability=deal.probability,
    )


def stage_named(settings: Settings, name: str) -> Stage | None:
    """Find a stage by its name, case ignored."""
    wanted = name.strip().casefold()
    return next((stage for stage in settings.stages if stage.name.casefold() == wanted), None)


def stage_place(settings: Settings, name: str) -> int | None:
    """Give the place of a stage in the order in which deals pass them; None for one that the settings do not name."""
    stage = stage_named(settings, name)
    return None if stage is None else settings.stages.index(stage)


def is_qualified(settings: Settings, stage: str) -> bool:
    """Tell whether a stage counts as qualified: from the one named in `qualified_from`; from the first if none is."""
    start = stage_place(settings, settings.qualified_from)
    if start is None:
        return True
    place = stage_place(settings, stage)
    return place is not None and place >= start
