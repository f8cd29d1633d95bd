"""What is kept today so that a later lock can check or score it: verification, likely picks, what a period brought."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from review.deals import Category


class Verified(Struct, frozen=True):
    """The manager's word that a commit deal is what it says; holds until one of these values changes."""

    on: date
    close_date: date | None
    amount: Decimal | None
    category: Category = Category.COMMIT


class Pick(Struct, frozen=True):
    """One deal that the manager expects to slip or to be pulled in, with its close date when it was chosen."""

    deal: str
    close_date: date | None


class Picks(Struct, frozen=True, kw_only=True):
    """The likely slips and pull-ins chosen for a period, scored at the next lock."""

    day: date
    period: date
    """First day of the period that they are about."""
    slips: tuple[Pick, ...] = ()
    pull_ins: tuple[Pick, ...] = ()
    hits: tuple[int, int] | None = None
    """Slips and pull-ins that came true; None before they were scored."""


class GapPlan(Struct, frozen=True, kw_only=True):
    """How the manager means to close the gap of a period, in words."""

    period: date
    """First day of the period."""
    text: str
    on: date


class PeriodWon(Struct, frozen=True, kw_only=True):
    """What was won in a period, as known at a lock or baseline up to 30 days after its end."""

    period: date
    """First day of the period."""
    known_on: date
    team: Decimal
    by_rep: dict[str, Decimal] = {}
    """Person id to amount won."""
    from_exports: bool = False
