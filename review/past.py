"""What is kept of the time before the first review (method, section 11, “Baselines”)."""

from datetime import date
from decimal import Decimal

from msgspec import Struct


class Interval(Struct, frozen=True, kw_only=True):
    """What came and went between two exports of before the first review, as a lock's row says it."""

    day: date
    """The later one's."""
    created: Decimal
    won: int
    lost: int
    won_amount: Decimal
    lost_amount: Decimal


class Past(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What exports of before the first review have told (method, section 11)."""

    files: tuple[str, ...] = ()
    """Names of those that count, by date."""
    days: tuple[date, ...] = ()
    """The days of those that show the whole pipeline, oldest first."""
    since: date | None = None
    """The last of them, where the first review was set against it."""
    intervals: tuple[Interval, ...] = ()
    """Between those that the first review stood on, oldest first."""
