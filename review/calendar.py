"""Working days: weekends, holidays and absences (method, section 10)."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from review.people import Person
from review.settings import Settings

SATURDAY = 5
ONE = timedelta(days=1)
FAR = 3660
"""Days after which a search gives up; nobody is away for ten years."""


class Workdays(Struct, frozen=True, kw_only=True):
    """The team's calendar."""

    country: str = ""
    holidays: frozenset[date] = frozenset()
    """The team's own, besides those of the country."""

    @classmethod
    def of(cls, settings: Settings) -> "Workdays":
        """Give the calendar that the settings describe."""
        return cls(country=settings.country, holidays=frozenset(settings.holidays))

    def is_working(self, day: date, person: Person | None = None) -> bool:
        """Tell whether the team works on a day, and the person where one is given."""
        if day.weekday() >= SATURDAY or day in self.holidays:
            return False
        if self.country and day in public_holidays(self.country, day.year):
            return False
        return person is None or not person.is_away(day)

    def on_or_after(self, day: date, person: Person | None = None) -> date:
        """Give the first working day that is not before `day`; `day` itself where none is found in ten years."""
        return next((at for at in _days(day, ONE) if self.is_working(at, person)), day)

    def next_working(self, day: date, person: Person | None = None) -> date:
        """Give the first working day after `day`."""
        return self.on_or_after(day + ONE, person)

    def previous_working(self, day: date, person: Person | None = None) -> date:
        """Give the last working day before `day`."""
        return next((at for at in _days(day - ONE, -ONE) if self.is_working(at, person)), day - ONE)

    def between(self, first: date, last: date) -> int:
        """Count the team's working days after `first` up to and with `last`; 0 where `last` is not later."""
        days = (last - first).days
        if days <= 0:
            return 0
        weeks, rest = divmod(days, 7)
        count = weeks * 5 + sum(
            (first + timedelta(days=weeks * 7 + step)).weekday() < SATURDAY for step in range(1, rest + 1)
        )
        return count - sum(first < off <= last and off.weekday() < SATURDAY for off in self._off(first, last))

    def _off(self, first: date, last: date) -> frozenset[date]:
        if not self.country:
            return self.holidays
        years = range(first.year, min(last.year, first.year + FAR // 365) + 1)
        return self.holidays.union(*(public_holidays(self.country, year) for year in years))


def _days(day: date, step: timedelta) -> Iterable[date]:
    for count in range(FAR):
        try:
            yield day + step * count
        except OverflowError:
            return


@lru_cache(maxsize=64)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """Give the public holidays of a country in a year; none for a country that is not known."""
    # Takes long to import, and many teams never name a country.
    import holidays

    try:
        return frozenset(holidays.country_holidays(country.upper(), years=year))
    except NotImplementedError:
        return frozenset()
