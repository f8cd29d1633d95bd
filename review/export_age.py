"""How old the export is on which a review would stand."""

from datetime import date, datetime, tzinfo
from typing import Protocol

from msgspec import Struct

from review.words import counted


class Dated(Protocol):
    """Says when an export was taken and read: the ledger that rests on it, or what the lobby shows of that."""

    @property
    def export_day(self) -> date | None:
        """The day it shows."""
        ...

    @property
    def export_read_at(self) -> str:
        """The instant at which it was read, in ISO 8601; empty where that is not known."""
        ...


class Age(Struct, frozen=True):
    """The age in words, and whether the export shows the review's day."""

    words: str
    fresh: bool


def export_age(export: Dated, today: date, now: datetime, zone: tzinfo | None) -> Age | None:
    """Say how old the export is; to the minute where it was read on the review's day. None without an export."""
    if export.export_day is None:
        return None
    days = (today - export.export_day).days
    if days > 0:
        return Age(f"{counted(days, 'day')} old", False)
    if days < 0:
        return Age("of a later day", False)
    read = read_at(export)
    if read is None or read.astimezone(zone).date() != today or read > now:
        return Age("of today", True)
    return Age(f"{say_span(int((now - read).total_seconds()))} old", True)


def read_at(export: Dated) -> datetime | None:
    """Give the instant at which the export was read; None where that is not known."""
    try:
        read = datetime.fromisoformat(export.export_read_at)
    except ValueError:
        return None
    return read if read.tzinfo is not None else None


def say_span(seconds: int) -> str:
    """Write a span in hours and minutes: '1 h 38 min', '12 min', '2 h'."""
    hours, minutes = divmod(max(0, seconds) // 60, 60)
    parts = [f"{hours} h"] if hours else []
    parts += [f"{minutes} min"] if minutes or not hours else []
    return " ".join(parts)
