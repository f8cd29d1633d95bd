"""Deals that close beyond the active periods: counted apart, asked in the first review of a month (method, 7)."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from review.records import Ledger
from review.settings import Settings
from review.truth import effective, horizon, is_later_than


class Later(Struct, frozen=True, kw_only=True):
    """The deals that are not active because they close too far ahead."""

    deals: tuple[str, ...]
    """The one that closes first comes first."""
    amount: Decimal
    after: str
    """Label of the last active period."""
    asks: bool
    """Whether this review asks whether they still stand: the first one held in its month."""


def later_deals(ledger: Ledger, settings: Settings, today: date) -> Later:
    """Count the later deals on a review's day."""
    last = horizon(settings, today)
    found = [ident for ident, record in ledger.current.items() if is_later_than(record, last.last)]
    found.sort(key=lambda ident: (effective(ledger.deals[ident]).close_date or date.max, ident))
    return Later(
        deals=tuple(found),
        amount=sum((effective(ledger.deals[ident]).amount or Decimal(0) for ident in found), Decimal(0)),
        after=last.label,
        asks=bool(found) and is_first_of_month(ledger, today),
    )


def is_first_of_month(ledger: Ledger, today: date) -> bool:
    """Tell whether no review was held yet in the month of a review's day."""
    return not any((row.day.year, row.day.month) == (today.year, today.month) for row in ledger.locks)
