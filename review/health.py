"""The health figures: win rate, cycle, won size, velocity, marks, agreed steps, punctuality (method, section 12)."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from review.closed import closed_between, closed_day, is_lost, is_won, won_in, worth
from review.deals import Mark
from review.figures import ZERO, Figure, known, lacking, mean, median, ratio
from review.health_window import Window, health_window
from review.periods import Period
from review.pipeline import is_qualified, is_running
from review.records import DealRecord, Ledger, LockRow
from review.settings import Settings
from review.truth import effective, is_active


class WinRate(Struct, frozen=True, kw_only=True):
    """Won against won plus lost in the window; deals without an amount left out."""

    by_count: Figure
    by_amount: Figure
    won: tuple[str, ...]
    lost: tuple[str, ...]


def win_rate(ledger: Ledger, settings: Settings, day: date, rep: str | None = None) -> WinRate:
    """Give the win rates of one person or the team."""
    window = health_window(settings, day)
    found = closed_between(ledger, window.first, window.periods[-1].last, rep)
    closed = {ident: record for ident, record in found.items() if worth(record)}
    won = {ident: record for ident, record in closed.items() if is_won(record)}
    lost = {ident: record for ident, record in closed.items() if is_lost(record)}
    none = "nothing with an amount was won or lost in the window"
    return WinRate(
        by_count=ratio(len(won), len(won) + len(lost), none, closed),
        by_amount=ratio(_sum(won.values()), _sum(closed.values()), none, closed),
        won=tuple(won),
        lost=tuple(lost),
    )


class Cycle(Struct, frozen=True, kw_only=True):
    """Days from created to won."""

    type: str | None
    """The deal type; None for all types together."""
    count: int
    mean: Figure
    median: Figure


def cycle(ledger: Ledger, settings: Settings, day: date, rep: str | None = None) -> Cycle:
    """Give the cycle over deals of every type that were won in the window."""
    return _cycle(None, _lengths(ledger, health_window(settings, day), rep))


def cycles_by_type(ledger: Ledger, settings: Settings, day: date, rep: str | None = None) -> tuple[Cycle, ...]:
    """Give the cycle of each deal type that was won in the window, by the type's name."""
    by_type: dict[str, list[tuple[str, int]]] = {}
    for key, days in _lengths(ledger, health_window(settings, day), rep):
        by_type.setdefault(effective(ledger.deals[key]).type, []).append((key, days))
    return tuple(_cycle(kind, by_type[kind]) for kind in sorted(by_type))


def _lengths(ledger: Ledger, window: Window, rep: str | None) -> list[tuple[str, int]]:
    """List won deals with their days; without a created date, or with one after the closing, a deal tells nothing."""
    found = []
    for key, record in ledger.closing(window.first, window.periods[-1].last).items():
        if (rep is not None and record.rep != rep) or not is_won(record):
            continue
        won, created = closed_day(record), record.crm.created
        if won is not None and created is not None and created <= won and window.holds(won):
            found.append((key, (won - created).days))
    return found


def _cycle(kind: str | None, lengths: Sequence[tuple[str, int]]) -> Cycle:
    days = [length for _, length in lengths]
    ids = tuple(key for key, _ in lengths)
    none = "no deal with a created date was won in the window"
    return Cycle(
        type=kind,
        count=len(days),
        mean=_figure(mean(days), none, ids),
        median=_figure(median(days), none, ids),
    )


class WonSize(Struct, frozen=True):
    """The average amount of the deals won in one period."""

    period: Period
    count: int
    average: Figure


def won_sizes(ledger: Ledger, settings: Settings, day: date, rep: str | None = None) -> tuple[WonSize, ...]:
    """Give the average won size of each period of the window; won deals without an amount left out."""
    found = []
    for period in health_window(settings, day).periods:
        won = {ident: record for ident, record in won_in(ledger, period, rep).items() if worth(record)}
        average = ratio(_sum(won.values()), len(won), "nothing with an amount was won in this period", won)
        found.append(WonSize(period, len(won), average))
    return tuple(found)


class Velocity(Struct, frozen=True, kw_only=True):
    """Money a day: qualified open deals × average won × win rate by count ÷ median cycle in days."""

    a_day: Figure
    qualified: tuple[str, ...]
    average_won: Figure
    win_rate: Figure
    cycle: Figure


def velocity(ledger: Ledger, settings: Settings, day: date, rep: str | None = None) -> Velocity:
    """Multiply the four factors; where one is missing there is no velocity."""
    rates = win_rate(ledger, settings, day, rep)
    won = [ledger.deals[key] for key in rates.won]
    average = ratio(_sum(won), len(won), "nothing with an amount was won in the window", rates.won)
    days = cycle(ledger, settings, day, rep).median
    qualified = qualified_deals(ledger, settings, rep)
    return Velocity(
        a_day=_velocity(len(qualified), average, rates.by_count, days),
        qualified=qualified,
        average_won=average,
        win_rate=rates.by_count,
        cycle=days,
    )


def _velocity(qualified: int, average: Figure, rate: Figure, days: Figure) -> Figure:
    if average.value is None or rate.value is None or days.value is None:
        return lacking(next(figure.why for figure in (average, rate, days) if figure.value is None))
    return ratio(qualified * average.value * rate.value, days.value, "the median cycle is 0 days")


def qualified_deals(ledger: Ledger, settings: Settings, rep: str | None = None) -> tuple[str, ...]:
    """List the open deals from the qualified stage on."""
    return tuple(
        key
        for key, record in ledger.current.items()
        if (rep is None or record.rep == rep)
        and is_running(record, deal := effective(record))
        and is_qualified(settings, deal.stage)
    )


class Share(Struct, frozen=True, kw_only=True):
    """A share of deals with both counts."""

    rate: Figure
    yes: tuple[str, ...]
    of: int


def mark_rate(ledger: Ledger, settings: Settings, day: date, mark: Mark, rep: str | None = None) -> Share:
    """Give the share of active deals with a mark answered yes; unknown is no."""
    active = _active(ledger, settings, day, rep)
    yes = [key for key in active if (given := ledger.deals[key].marks.get(mark)) is not None and given.yes]
    return _share(yes, active, "no active deal")


def agreed_steps(ledger: Ledger, settings: Settings, day: date, rep: str | None = None) -> Share:
    """Give the share of agreed steps among the open next steps of active deals."""
    agreed: list[str] = []
    steps: list[str] = []
    for key in _active(ledger, settings, day, rep):
        step = ledger.commitments.get(ledger.deals[key].step)
        if step is not None and step.is_open:
            steps.append(key)
            if step.agreed:
                agreed.append(key)
    return _share(agreed, steps, "no active deal has an open next step")


class SectionTime(Struct, frozen=True):
    """Planned against actual seconds of a section."""

    section: str
    planned: int
    actual: int

    @property
    def over(self) -> int:
        """Seconds over the plan; negative where it took less."""
        return self.actual - self.planned


class Punctuality(Struct, frozen=True, kw_only=True):
    """One held review: planned against actual, per section and in all."""

    review: str
    day: date
    sections: tuple[SectionTime, ...]
    planned: int
    actual: int

    @property
    def over(self) -> int:
        """Seconds over the plan; negative where it ended early."""
        return self.actual - self.planned


def punctuality(locks: Iterable[LockRow]) -> tuple[Punctuality, ...]:
    """Set planned against actual time for each held review."""
    return tuple(
        Punctuality(
            review=row.review,
            day=row.day,
            sections=tuple(SectionTime(name, row.planned[name], row.actual.get(name, 0)) for name in row.planned),
            planned=sum(row.planned.values()),
            actual=row.seconds,
        )
        for row in locks
    )


def _active(ledger: Ledger, settings: Settings, day: date, rep: str | None) -> tuple[str, ...]:
    return tuple(
        key
        for key, record in ledger.current.items()
        if (rep is None or record.rep == rep) and is_active(record, settings, day)
    )


def _share(yes: Sequence[str], of: Sequence[str], none: str) -> Share:
    return Share(rate=ratio(len(yes), len(of), none, of), yes=tuple(yes), of=len(of))


def _figure(value: Decimal | None, none: str, deals: Sequence[str]) -> Figure:
    return lacking(none, deals=deals) if value is None else known(value, deals)


def _sum(records: Iterable[DealRecord]) -> Decimal:
    return sum((worth(record) for record in records), ZERO)
