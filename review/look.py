"""One look at an export, against an earlier one where there is one: no workspace, no settings (method, 5 to 8)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct

from review.as_if_locked import between
from review.bearings import take_bearings
from review.bridge import build_bridge
from review.calendar import Workdays
from review.deals import Export, Status
from review.figures import ZERO
from review.forecast import Implied, implied, weighted
from review.look_changes import LookLine, Naming, changes, titles_of
from review.look_mend import lately, mend, missing, slipped
from review.look_queue import Inspect, inspect
from review.momentum import team_momentum
from review.people import display_names
from review.periods import Period, period_of
from review.pipeline import pipeline_of, total
from review.proposals import propose
from review.records import Ledger
from review.settings import Settings


class Source(Struct, frozen=True, kw_only=True):
    """One of the files that are looked at."""

    file: str
    day: date
    day_from: str
    """Where the day comes from: '--as-of', 'its name', 'the file’s time', 'a week before'."""
    rows: int


class Bridge(Struct, frozen=True, kw_only=True):
    """From the open deals of the period then to those of now, in lines that add up."""

    start: Decimal
    end: Decimal
    lines: tuple[LookLine, ...]
    unexplained: Decimal


class Forecast(Struct, frozen=True, kw_only=True):
    """What the export says of the period."""

    won: Decimal
    commit: Decimal
    best_case: Decimal
    weighted: Decimal | None
    """None where no stage has odds."""
    left_out: dict[str, tuple[int, Decimal]]
    """Why deals are not in the weighted figure, with their number and amount."""
    open: Decimal
    before: dict[str, Decimal]
    """The same figures by the earlier export; empty where there is none."""


class Look(Struct, frozen=True, kw_only=True):
    """Everything the page says."""

    this: Source
    last: Source | None
    currency: str
    period: Period
    owners: int
    open: int
    amount: Decimal
    active: int
    momentum: int
    """Active deals with step, date and owner."""
    has_step: bool
    """Whether the export has a column for the next step."""
    has_step_date: bool
    has_category: bool
    """Whether the export tells the forecast category, or its stages propose one."""
    changes: tuple[LookLine, ...]
    slipped: LookLine
    """In commit then and now, with a date that moved more than the tolerance, into a later period, or ran out."""
    mend: tuple[LookLine, ...]
    """What is to be put right in the CRM."""
    missing_by_rep: dict[str, int]
    """Name to active deals without a next step."""
    bridge: Bridge | None
    forecast: Forecast
    queue: tuple[Inspect, ...]
    seconds: int
    room: int
    """Seconds that the queue may take."""
    focus: str
    notes: tuple[str, ...] = ()


def team_of(this: Export, last: Export | None = None) -> Settings:
    """Propose team, stages and odds from what the exports hold."""
    settings = Settings() if last is None else propose(last, Settings(), last.day).settings
    return propose(this, settings, this.day).settings


def look(
    this: Export,
    last: Export | None = None,
    *,
    settings: Settings,
    day_from: str = "",
    last_from: str = "",
    notes: Iterable[str] = (),
) -> Look:
    """Look at an export on its day, and at what is different from an earlier one."""
    ledger = between(last, this, settings)
    bearings = take_bearings(ledger, settings, this.day, Workdays.of(settings))
    running = [(ident, record.crm) for ident, record in ledger.deals.items() if record.crm.status is Status.OPEN]
    naming = Naming(titles_of(running), display_names(settings.people))
    planned, queue = inspect(bearings, naming)
    still = [deal for deal in this.deals if deal.status is Status.OPEN]
    active = tuple(bearings.active())
    return Look(
        this=_source(this, day_from),
        last=_source(last, last_from) if last else None,
        currency=settings.currency,
        period=bearings.period,
        owners=len({deal.owner or deal.owner_email for deal in still} - {""}),
        open=len(still),
        amount=sum((deal.amount or ZERO for deal in still), ZERO),
        active=len(active),
        momentum=team_momentum(bearings, number=1).recorded,
        has_step="next_step" in this.columns,
        has_step_date="next_step_date" in this.columns,
        has_category="category" in this.columns or bool(settings.category_by_stage),
        changes=changes(ledger, settings, bearings.period, naming) if last else lately(bearings, naming),
        slipped=slipped(bearings, naming),
        mend=tuple(found for found in mend(active, bearings, naming, this.columns) if found.deals),
        missing_by_rep=missing(active, naming) if "next_step" in this.columns else {},
        bridge=_bridge(ledger, settings, this.day, naming) if last else None,
        forecast=_forecast(ledger, last, settings, this.day),
        queue=queue,
        seconds=planned.seconds,
        room=planned.room,
        focus=planned.focus,
        notes=tuple(notes),
    )


def _source(export: Export, day_from: str) -> Source:
    return Source(file=export.source, day=export.day, day_from=day_from, rows=len(export.deals))


def _bridge(ledger: Ledger, settings: Settings, day: date, naming: Naming) -> Bridge:
    built = build_bridge(ledger, settings, day)
    lines = tuple(
        LookLine(
            kind=each.kind.value,
            deals=tuple(naming.told(step.deal, ledger.deals[step.deal]) for step in each.steps),
            amount=each.amount,
        )
        for each in built.lines
    )
    return Bridge(start=built.start or ZERO, end=built.end, lines=lines, unexplained=built.unexplained)


def _forecast(ledger: Ledger, last: Export | None, settings: Settings, day: date) -> Forecast:
    deals = pipeline_of(ledger, settings, day)
    figures, weighed = implied(deals), weighted(deals, settings)
    left_out: dict[str, tuple[int, Decimal]] = {}
    for each in weighed.left_out:
        number, amount = left_out.get(each.why.value, (0, ZERO))
        left_out[each.why.value] = (number + 1, amount + each.item.worth)
    before: dict[str, Decimal] = {}
    if last is not None:
        then = pipeline_of(between(None, last, settings), settings, last.day, period=period_of(day, settings))
        was: Implied = implied(then)
        before = {"won": then.won_amount, "commit": was.commit, "best_case": was.best_case, "open": total(then.open)}
        before["weighted"] = weighted(then, settings).value
    return Forecast(
        won=deals.won_amount,
        commit=figures.commit,
        best_case=figures.best_case,
        weighted=weighed.value if any(stage.odds is not None for stage in settings.stages) else None,
        left_out=left_out,
        open=total(deals.open),
        before=before,
    )
