"""The focus of the week, which moves with the period (method, section 6)."""

from datetime import date
from enum import StrEnum

from review.bearings import THIRDS, Bearings
from review.deals import Deal, Mark
from review.periods import Period, period_of
from review.records import DealRecord, Ledger
from review.settings import Settings
from review.signals import is_long_in_stage, is_stale
from review.words import day_month

MARKS = frozenset({Mark.EVENT, Mark.ECONOMIC_BUYER})
"""What is answered of a new deal besides its step (method, section 8)."""
NEW_FOR = 2
"""Reviews for which a deal that nobody opened is new."""


class Focus(StrEnum):
    """What slot 3 looks for this week."""

    EARLY = "new and early deals"
    STUCK = "stuck and single-threaded deals"
    CLOSE_PLANS = "close plans"

    @property
    def next(self) -> "Focus":
        """Give the focus that the change key goes to."""
        everything = tuple(Focus)
        return everything[(everything.index(self) + 1) % len(everything)]


def third_of(period: Period, day: date) -> int:
    """Give the third of a period that a day lies in, 1 to 3; days outside count to the nearest end."""
    days = (period.last - period.first).days + 1
    place = min(max((day - period.first).days, 0), days - 1)
    return place * THIRDS // days + 1


def focus_of(day: date, settings: Settings) -> Focus:
    """Give the focus of a day: the first, second or last third of its period."""
    return tuple(Focus)[third_of(period_of(day, settings), day) - 1]


def focus_reason(focus: Focus, record: DealRecord, deal: Deal, bearings: Bearings) -> str:
    """Say why a deal belongs to the focus; empty where it does not."""
    if focus is Focus.EARLY:
        if is_unmarked(record, bearings):
            return "new, its three marks are open"
        return f"early, in {deal.stage}" if bearings.stage_third(deal.stage) == 1 else ""
    if focus is Focus.STUCK:
        return (
            is_stale(record, deal, bearings)
            or is_long_in_stage(record, deal, bearings)
            or single_threaded(record, bearings)
        )
    return _close_plan(deal, bearings)


def single_threaded(record: DealRecord, bearings: Bearings) -> str:
    """Say that at most one person at the customer was named in steps and marks of the last four weeks."""
    days = bearings.settings.thresholds.named_days
    names: dict[str, str] = {}
    for name, on in record.named:
        if bearings.recently(on, days):
            names.setdefault(name.casefold(), name)
    if len(names) > 1:
        return ""
    return f"single-threaded, only {next(iter(names.values()))}" if names else "single-threaded, nobody named"


def _close_plan(deal: Deal, bearings: Bearings) -> str:
    if deal.close_date is None or deal.close_date < bearings.period.first:
        return ""
    coming = bearings.next_period
    inside = deal.close_date <= bearings.period.last
    if not inside and (deal.close_date > coming.last or third_of(coming, deal.close_date) > 1):
        return ""
    return f"closes {day_month(deal.close_date)}"


def is_new(record: DealRecord, ledger: Ledger) -> bool:
    """Tell whether a deal is new and its marks were not gone through in the room.

    New = first seen since the last lock or the one before, and never opened; from then on it takes its turn like any
    other. In the first review every deal is merely not inspected yet.
    """
    if not ledger.locks or record.born_checked or record.last_opened is not None or record.from_exports:
        return False
    if record.inherited is not None:
        return False
    if record.lock is None:
        return True
    # Counted in locks, not in days: an export of a review's own day may have been read in after its lock.
    return len(ledger.locks) > 1 and record.locks_unopened < NEW_FOR


def is_unmarked(record: DealRecord, bearings: Bearings) -> bool:
    """Tell whether a deal is new and lacks one of its marks: event, economic buyer, a step that stands.

    Marks that were given on a sheet or on the card count like those that were gone through in the room.
    """
    if not is_new(record, bearings.ledger):
        return False
    step = bearings.step(record)
    stands = step is not None and step.due is not None and step.due >= bearings.day and not bearings.lacks(step)
    return not (stands and record.marks.keys() >= MARKS)
