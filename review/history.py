"""What the same period brought in earlier years, per head, carried to today's team (method, section 7)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct

from review.closed import closed_day, is_won, won_in, worth
from review.figures import ZERO, Figure, known, lacking, mean
from review.periods import Period, period_of, ramped_headcount
from review.records import DealRecord, Ledger
from review.settings import Settings


class PastYear(Struct, frozen=True, kw_only=True):
    """The same period of one earlier year."""

    period: Period
    won: Decimal
    headcount: Decimal | None
    """Ramped; None where it is not known: then the year is left out and named."""
    deals: tuple[str, ...]

    @property
    def a_head(self) -> Decimal | None:
        """Won for each ramped head; None where the headcount is not known or nobody was there."""
        return self.won / self.headcount if self.headcount else None


class Historical(Struct, frozen=True, kw_only=True):
    """Mean of won a head in the same period of earlier years × today's ramped headcount × the manager's factor."""

    figure: Figure
    years: tuple[PastYear, ...]
    """Those that count, oldest first."""
    left_out: tuple[PastYear, ...]
    headcount: Decimal | None
    factor: Decimal


def historical(ledger: Ledger, settings: Settings, day: date, factor: Decimal = Decimal(1)) -> Historical:
    """Forecast the period of `day` from the same period of earlier years, back to the first deal known to be won."""
    period = period_of(day, settings)
    heads = ramped_headcount(period, settings)
    years = _years(ledger, settings, period)
    counted = tuple(year for year in years if year.a_head is not None)
    average = mean([year.a_head for year in counted if year.a_head is not None])
    deals = tuple(deal for year in counted for deal in year.deals)
    if not years:
        figure = lacking("no won deals of this period in earlier years")
    elif average is None:
        figure = lacking("headcount of the earlier years is not known", deals=deals)
    elif not heads:
        figure = lacking("headcount of this period is not known", deals=deals)
    else:
        figure = known(average * heads * factor, deals)
    return Historical(
        figure=figure,
        years=counted,
        left_out=tuple(year for year in years if year.a_head is None),
        headcount=heads,
        factor=factor,
    )


def _years(ledger: Ledger, settings: Settings, period: Period) -> tuple[PastYear, ...]:
    won_days = [day for record in ledger.deals.values() if is_won(record) and (day := closed_day(record)) is not None]
    found: list[PastYear] = []
    if not won_days:
        return ()
    for back in range(1, period.first.year - min(won_days).year + 2):
        past = period_of(period.first.replace(year=period.first.year - back), settings)
        if past.last < min(won_days):
            break
        found.insert(0, _past_year(ledger, settings, past))
    return tuple(found)


def _past_year(ledger: Ledger, settings: Settings, past: Period) -> PastYear:
    won = won_in(ledger, past)
    return PastYear(
        period=past,
        won=sum((worth(record) for record in won.values()), ZERO),
        headcount=ramped_headcount(past, settings) if _is_known(ledger, settings, past, won.values()) else None,
        deals=tuple(won),
    )


def _is_known(ledger: Ledger, settings: Settings, past: Period, won: Iterable[DealRecord]) -> bool:
    """Tell whether the headcount of an earlier period is known.

    Everybody needs a start date, or deals that show them there by then; whoever won something has to be of the team.
    """
    undated = {person.id for person in settings.reps if person.start is None}
    there = {
        record.rep
        for record in ledger.deals.values()
        if any(day is not None and day <= past.last for day in (record.crm.created, closed_day(record)))
    }
    team = {person.id for person in settings.reps}
    return bool(team) and undated <= there and all(record.rep in team for record in won)
