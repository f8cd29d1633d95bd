"""Which deals are won or lost, and on which day, by effective values (method, section 12)."""

from datetime import date
from decimal import Decimal

from review.deals import Status
from review.figures import ZERO
from review.periods import Period
from review.records import DealRecord, Ledger
from review.truth import effective, is_duplicate


def is_won(record: DealRecord) -> bool:
    """Tell whether the deal is won: by the CRM, by a review, or by the answer to where it went."""
    return not is_duplicate(record) and effective(record).status is Status.WON


def is_lost(record: DealRecord) -> bool:
    """Tell whether the deal is lost, no decision included and duplicates left out."""
    return not is_duplicate(record) and effective(record).status is Status.LOST


def how_it_ended(record: DealRecord) -> str:
    """Say how the deal ended: won, lost, no decision or duplicate; empty for one that goes on."""
    if record.ended is not None:
        return record.ended.kind.value
    return "won" if is_won(record) else "lost" if is_lost(record) else ""


def closed_day(record: DealRecord) -> date | None:
    """Give the day that dates a closed deal; None for an open one or where no day is known.

    Won counts by its close date. Lost counts by the day it was first seen lost, and by its close date where it was lost
    already when first seen.
    """
    deal = effective(record)
    if deal.status is Status.OPEN:
        return None
    said = _said_closed(record)
    if deal.status is Status.WON:
        return deal.close_date or said
    seen = None if record.lost_at_first else record.first_lost
    return said or seen or deal.close_date


def _said_closed(record: DealRecord) -> date | None:
    """Give the day on which a review ended the deal, or on which it vanished from the export and somebody said how."""
    if record.ended is not None:
        return record.ended.day
    return (record.vanished_on or record.missing_since) if record.vanished in ("won", "lost") else None


def worth(record: DealRecord) -> Decimal:
    """Give the effective amount; none counts as 0."""
    return effective(record).amount or ZERO


def closed_between(ledger: Ledger, first: date, last: date, rep: str | None = None) -> dict[str, DealRecord]:
    """Give the deals won or lost from `first` to `last`, both included, by id; of one person or of everybody."""
    return {
        ident: record
        for ident, record in ledger.closing(first, last).items()
        if (rep is None or record.rep == rep)
        and (is_won(record) or is_lost(record))
        and (day := closed_day(record)) is not None
        and first <= day <= last
    }


def won_in(ledger: Ledger, period: Period, rep: str | None = None) -> dict[str, DealRecord]:
    """Give the deals won with a close date in the period, by id."""
    closed = closed_between(ledger, period.first, period.last, rep)
    return {ident: record for ident, record in closed.items() if is_won(record)}


def won_amount(ledger: Ledger, period: Period, rep: str | None = None) -> Decimal:
    """Give what was won in the period."""
    return sum((worth(record) for record in won_in(ledger, period, rep).values()), ZERO)
