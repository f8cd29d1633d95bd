"""Whether there is enough pipeline: three coverages, and the number to create each week (method, section 8)."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from review.figures import ONE, ZERO, Figure, Lack, known, lacking, ratio, whole
from review.forecast import weighted
from review.health import cycle, win_rate
from review.periods import Period, next_period, period_of
from review.pipeline import Pipeline, is_qualified, pipeline_of, total
from review.records import Ledger
from review.settings import Settings
from review.targets import target

HEALTHY = (Decimal(3), Decimal(4))
"""Total coverage that is healthy at the start of a period."""
AHEAD_DAYS = 21
"""A deal created now closes in a period whose end is at least the median cycle and this far ahead."""


class Coverage(Struct, frozen=True, kw_only=True):
    """The three coverages of a person or the team."""

    total: Figure
    """Open pipeline closing in the period ÷ quota; healthy 3 to 4 at the start of a period."""
    to_go: Figure
    """Weighted open ÷ (quota − won); 1.0 is enough."""
    next: Figure
    """Qualified pipeline closing in the next period ÷ its quota."""
    next_needs: Figure
    """What `next` is set against: 1 ÷ win rate by amount."""
    next_period: Period


def coverage(ledger: Ledger, settings: Settings, day: date, rep: str | None = None) -> Coverage:
    """Set open pipeline against quota, for the period of `day` and the next."""
    now = pipeline_of(ledger, settings, day, rep=rep)
    later = next_period(now.period, settings)
    then = pipeline_of(ledger, settings, day, period=later, rep=rep)
    qualified = [item for item in then.open if is_qualified(settings, item.stage)]
    quota = target(settings, now.period, rep)
    rate = win_rate(ledger, settings, day, rep).by_amount
    weighed = weighted(now, settings)
    return Coverage(
        total=total_coverage(now, settings, rep),
        to_go=_to_go(weighed.open_value, quota, now.won_amount, now.ids),
        next=_over(total(qualified), target(settings, later, rep), tuple(item.deal for item in qualified)),
        next_needs=_inverse(rate),
        next_period=later,
    )


def total_coverage(now: Pipeline, settings: Settings, rep: str | None = None) -> Figure:
    """Set the open pipeline of a period against its quota."""
    return _over(total(now.open), target(settings, now.period, rep), tuple(item.deal for item in now.open))


def _over(amount: Decimal, quota: Figure, deals: tuple[str, ...]) -> Figure:
    if quota.value is None:
        return lacking(quota.why, deals=deals)
    return ratio(amount, quota.value, "the quota is 0", deals)


def _to_go(open_value: Decimal, quota: Figure, won: Decimal, deals: tuple[str, ...]) -> Figure:
    if quota.value is None:
        return lacking(quota.why, deals=deals)
    if won >= quota.value:
        return lacking("quota met", Lack.MET, deals)
    return known(open_value / (quota.value - won), deals)


def _inverse(rate: Figure) -> Figure:
    if rate.value is None:
        return rate
    return ratio(ONE, rate.value, "the win rate is 0", rate.deals)


class CreationNumber(Struct, frozen=True, kw_only=True):
    """What has to be created each week for the period in which a deal created now can still close."""

    a_week: Figure
    """Lacking where there is no cycle, win rate or quota: then the number is typed."""
    period: Period | None = None
    cut_off: date | None = None
    """Last day of the period less the median cycle."""
    days: int = 0
    """From today to the cut-off; weeks are these ÷ 7, unrounded."""
    cycle: Figure
    win_rate: Figure
    quota: Figure
    open: Decimal = ZERO
    from_team: bool = False
    """Cycle or win rate are the team's because the person has none yet."""

    @property
    def weeks(self) -> Decimal:
        """Weeks to the cut-off, unrounded."""
        return Decimal(self.days) / 7

    @property
    def needed(self) -> Decimal | None:
        """Quota ÷ win rate: the pipeline that the quota takes."""
        if self.quota.value is None or not self.win_rate.value:
            return None
        return self.quota.value / self.win_rate.value


def creation_number(ledger: Ledger, settings: Settings, day: date, rep: str | None = None) -> CreationNumber:
    """Give the pipeline to create each week, for one person or the team."""
    days, days_from_team = _own_or_team(lambda who: cycle(ledger, settings, day, who).median, rep)
    rate, rate_from_team = _own_or_team(lambda who: _usable(win_rate(ledger, settings, day, who).by_amount), rep)
    from_team = days_from_team or rate_from_team
    if days.value is None:
        return CreationNumber(
            a_week=lacking(days.why), cycle=days, win_rate=rate, quota=lacking(days.why), from_team=from_team
        )
    length = whole(days.value)
    period = _period_for(day, length, settings)
    cut_off = period.last - timedelta(days=length)
    quota = target(settings, period, rep)
    there = pipeline_of(ledger, settings, day, period=period, rep=rep)
    left = (cut_off - day).days
    return CreationNumber(
        a_week=_a_week(quota, rate, total(there.open), left, tuple(item.deal for item in there.open)),
        period=period,
        cut_off=cut_off,
        days=left,
        cycle=days,
        win_rate=rate,
        quota=quota,
        open=total(there.open),
        from_team=from_team,
    )


def _a_week(quota: Figure, rate: Figure, there: Decimal, days: int, deals: tuple[str, ...]) -> Figure:
    if rate.value is None or quota.value is None:
        return lacking(rate.why if rate.value is None else quota.why, deals=deals)
    needed = max(ZERO, quota.value / rate.value - there)
    return known(needed * 7 / days, deals)


def _own_or_team(figure_of: Callable[[str | None], Figure], rep: str | None) -> tuple[Figure, bool]:
    own = figure_of(rep)
    if own.value is not None or rep is None:
        return own, False
    return figure_of(None), True


def _usable(rate: Figure) -> Figure:
    return lacking("the win rate is 0", deals=rate.deals) if rate.value == 0 else rate


def _period_for(day: date, cycle_days: int, settings: Settings) -> Period:
    """Give the earliest period whose last day is at least the cycle and three weeks ahead."""
    period = period_of(day, settings)
    while (period.last - day).days < cycle_days + AHEAD_DAYS:
        period = next_period(period, settings)
    return period
