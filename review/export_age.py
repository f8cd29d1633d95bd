"""How old the export is on which a review would stand."""

from datetime import date, datetime, tzinfo

from msgspec import Struct

from review.records import Ledger
from review.words import counted


class Age(Struct, frozen=True):
    """The age in words, and whether the export shows the review's day."""

    words: str
    fresh: bool


def export_age(ledger: Ledger, today: date, now: datetime, zone: tzinfo | None) -> Age | None:
    """Say how old the export is; to the minute where it was read on the review's day. None without an export."""
    if ledger.export_day is None:
        return None
    days = (today - ledger.export_day).days
    if days > 0:
        return Age(f"{counted(days, 'day')} old", False)
    if days < 0:
        return Age("of a later day", False)
    read = read_at(ledger)
    if read is None or read.astimezone(zone).date() != today or read > now:
        return Age("of today", True)
    return Age(f"{say_span(int((now - read).total_seconds()))} old", True)


def read_at(ledger: Ledger) -> datetime | None:
    """Give the instant at which the export was read; None where that is not known."""
    try:
        read = datetime.fromisoformat(ledger.export_read_at)
    except ValueError:
        return None
    return read if read.tzinfo is not None else None


def say_span(seconds: int) -> str:
    """Write a span in hours and minutes: '1 h 38 min', '12 min', '2 h'."""
    hours, minutes = divmod(max(0, seconds) // 60, 60)
    parts = [f"{hours} h"] if hours else []
    parts += [f"{minutes} min"] if minutes or not hours else []
    return " ".join(parts)
