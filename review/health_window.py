"""The stretch of time that the health figures look back on (method, section 12)."""

from datetime import date

from msgspec import Struct

from review.periods import Period, period_of, previous_period
from review.settings import Settings


class Window(Struct, frozen=True):
    """The completed periods and the running one, up to today; oldest first."""

    periods: tuple[Period, ...]
    day: date

    @property
    def first(self) -> date:
        """The first day of the oldest period."""
        return self.periods[0].first

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in the window; days to come in the running period do."""
        return self.first <= day <= self.periods[-1].last


def health_window(settings: Settings, day: date) -> Window:
    """Give the last completed periods that the settings ask for, and the one of `day`."""
    periods = [period_of(day, settings)]
    for _ in range(settings.thresholds.health_window):
        periods.insert(0, previous_period(periods[0], settings))
    return Window(tuple(periods), day)


def completed_periods(settings: Settings, day: date, count: int) -> tuple[Period, ...]:
    """Give the last periods that are over on `day`, oldest first."""
    periods = [period_of(day, settings)]
    for _ in range(count):
        periods.insert(0, previous_period(periods[0], settings))
    return tuple(periods[:-1])
