"""What a held review pinned of the settings, for the next one to compare with."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from review.settings import Thresholds


class Pinned(Struct, frozen=True, kw_only=True):
    """The thresholds that rules acted by, and the last lock that gave a week to a changed one."""

    thresholds: Thresholds
    paper_below: Decimal | None = None
    learned_on: date | None = None
