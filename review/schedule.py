"""When the weekly review begins, and when each section does (method, section 10)."""

from datetime import UTC, date, datetime, timedelta, tzinfo

from msgspec import Struct

from review.settings import Settings

LONG_AGO = 3600
"""Seconds after the planned start from which nobody speaks of being late any more."""


class Start(Struct, frozen=True, kw_only=True):
    """The planned start of a day's review, seen from an instant."""

    at: datetime
    seconds: int
    """Until the start; negative once it has passed."""

    @property
    def late(self) -> bool:
        """Tell whether the hour should be running by now."""
        return -LONG_AGO < self.seconds < 0


class Agenda(Struct, frozen=True):
    """One section with the instant at which it begins."""

    title: str
    at: datetime
    minutes: int


def planned_start(settings: Settings, today: date, now: datetime, zone: tzinfo | None) -> Start | None:
    """Give the planned start; None where the review's day is another weekday, or is not the day of the clock.

    `zone` is the room's; None is the machine's.
    """
    if today.weekday() != settings.weekday or now.astimezone(zone).date() != today:
        return None
    naive = datetime.combine(today, settings.start)
    at = naive.replace(tzinfo=zone) if zone is not None else naive.astimezone()
    return Start(at=at, seconds=int((at - now).total_seconds()))


def agenda(settings: Settings, begin: datetime) -> tuple[Agenda, ...]:
    """Give the sections one after the other from an instant on."""
    # In a zone of the wall an hour in which summer time ends would take two.
    found, at = list[Agenda](), begin.astimezone(UTC)
    for section in settings.sections:
        found.append(Agenda(section.title, at, section.minutes))
        at += timedelta(minutes=section.minutes)
    return tuple(found)


def hour(settings: Settings) -> int:
    """Give the minutes of the whole agenda."""
    return sum(section.minutes for section in settings.sections)
