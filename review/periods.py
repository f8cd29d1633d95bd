"""Fiscal quarters and months, and what people owe in them (method, section 7)."""

import calendar
from datetime import date
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from review.people import Person
from review.settings import Settings

RAMP = (Decimal(0), Decimal("0.25"), Decimal("0.5"), Decimal("0.75"))
"""Share of the quota in the first months; 1 from the fifth on."""
FIRST_MONTH_BY = 15
"""Who starts by this day of a month has it as the first; otherwise the next."""
LAST_DAYS = 14
"""Days at the end of a period in which the next one's call is asked too."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Period(Struct, frozen=True):
    """A fiscal quarter or a month, both days included."""

    label: str
    """'Q4', or 'Nov'."""
    first: date
    last: date

    @property
    def name(self) -> str:
        """Name it with the year it ends in: 'Q4 2026'."""
        return f"{self.label} {self.last.year}"

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: object) -> bool:
        """Tell whether a day lies in it."""
        return isinstance(day, date) and self.first <= day <= self.last


def period_of(day: date, settings: Settings) -> Period:
    """Give the period that a day lies in."""
    return _period(day, 0 if settings.period == "month" else settings.fiscal_start)


@lru_cache(1024)
def _period(day: date, fiscal_start: int) -> Period:
    """Give the month that a day lies in, or the quarter where the month is named in which the fiscal year starts."""
    if not fiscal_start:
        return Period(MONTHS[day.month - 1], day.replace(day=1), _end_of_month(day))
    months_in = (day.month - fiscal_start) % 12
    first = add_months(day.replace(day=1), -(months_in % 3))
    return Period(f"Q{months_in // 3 + 1}", first, _end_of_month(add_months(first, 2)))


def next_period(period: Period, settings: Settings) -> Period:
    """Give the period after one."""
    return period_of(date.fromordinal(period.last.toordinal() + 1), settings)


def previous_period(period: Period, settings: Settings) -> Period:
    """Give the period before one."""
    return period_of(date.fromordinal(period.first.toordinal() - 1), settings)


def asked_next(day: date, settings: Settings) -> Period | None:
    """Give the period whose call is asked after the running one's: the next one, in the last two weeks (section 7)."""
    current = period_of(day, settings)
    return next_period(current, settings) if (current.last - day).days < LAST_DAYS else None


def periods_ahead(day: date, settings: Settings, count: int) -> tuple[Period, ...]:
    """Give `count` periods, the first being the one that the day lies in."""
    found = [period_of(day, settings)]
    while len(found) < count:
        found.append(next_period(found[-1], settings))
    return tuple(found)


def add_months(first: date, months: int) -> date:
    """Move the first day of a month by some months."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_of(period: Period) -> tuple[date, ...]:
    """Give the first days of the months of a period."""
    months = [period.first]
    while add_months(months[-1], 1) <= period.last:
        months.append(add_months(months[-1], 1))
    return tuple(months)


def ramp_share(person: Person, month: date) -> Decimal:
    """Give the share of a full quota that a person carries in a month: 0 to 1.

    The first month is that of the start date if that is by the 15th, otherwise the next; shares end with the month in
    which somebody left.
    """
    if person.left is not None and month > person.left.replace(day=1):
        return Decimal(0)
    if person.start is None:
        return Decimal(1)
    begins = person.start.replace(day=1)
    if person.start.day > FIRST_MONTH_BY:
        begins = add_months(begins, 1)
    passed = (month.year - begins.year) * 12 + month.month - begins.month
    if passed < 0:
        return Decimal(0)
    return RAMP[passed] if passed < len(RAMP) else Decimal(1)


def is_ramping(person: Person, day: date) -> bool:
    """Tell whether a person carries less than a full quota in the month of a day."""
    return ramp_share(person, day.replace(day=1)) < 1


def began_lately(person: Person, day: date) -> bool:
    """Tell whether somebody is there or comes who does not carry a full quota yet for having begun lately."""
    return person.start is not None and (person.left is None or person.left >= day) and is_ramping(person, day)


def in_first_month(person: Person, day: date) -> bool:
    """Tell whether a day lies in a person's first month, or between the start and it."""
    return person.start is not None and person.start <= day and ramp_share(person, day.replace(day=1)) == 0


def period_quota(person: Person, period: Period) -> Decimal | None:
    """Give what a person owes in a period: Σ over its months of quota ÷ months × share; None without a quota."""
    if person.quota is None:
        return None
    months = months_of(period)
    shares = sum((ramp_share(person, month) for month in months), Decimal(0))
    return person.quota * shares / len(months)


def ramped_headcount(period: Period, settings: Settings) -> Decimal:
    """Count the team's shares of a period: 1 for a rep at full quota throughout."""
    months = months_of(period)
    shares = (ramp_share(person, month) for person in settings.reps for month in months)
    return sum(shares, Decimal(0)) / len(months)
