"""Effective values: what the review decided holds over the CRM until an export agrees or differs (method, 2)."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation

import msgspec

from review.deals import Category, Deal, Ending, Status
from review.periods import Period, periods_ahead
from review.records import DealRecord, DecidedField, Decision, Ledger
from review.settings import Settings

ENDED_STATUS = {Ending.WON: Status.WON, Ending.LOST: Status.LOST, Ending.NO_DECISION: Status.LOST}


def encode(value: date | Decimal | str | None) -> str:
    """Write a value the way decisions store it; None becomes the empty text."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    return str(value)


def decode(field: DecidedField, text: str) -> date | Decimal | Category | str | None:
    """Read a value that `encode` wrote; raises ValueError for a text that is none."""
    if field == "close_date":
        return date.fromisoformat(text) if text else None
    if field == "amount":
        try:
            return Decimal(text) if text else None
        except InvalidOperation:
            raise ValueError(text) from None
    return Category(text) if field == "category" else text


def effective(record: DealRecord) -> Deal:
    """Give the deal as the review sees it: decisions over the CRM's values."""
    deal = record.crm
    for decision in record.decisions:
        deal = msgspec.structs.replace(deal, **{decision.field: decode(decision.field, decision.value)})
    if record.ended is not None:
        deal = msgspec.structs.replace(deal, status=ENDED_STATUS.get(record.ended.kind, Status.LOST))
    elif record.vanished in ("won", "lost"):
        deal = msgspec.structs.replace(deal, status=Status(record.vanished))
    return deal


def is_duplicate(record: DealRecord) -> bool:
    """Tell whether a review ended the deal as a duplicate, which no figure counts."""
    return record.ended is not None and record.ended.kind is Ending.DUPLICATE


def is_open(record: DealRecord) -> bool:
    """Tell whether the deal is open by effective values and still in the export."""
    return effective(record).status is Status.OPEN and record.missing_since is None


def is_active(record: DealRecord, settings: Settings, today: date) -> bool:
    """Tell whether the deal is active: open, not omitted, closing soon enough (method, section 7)."""
    return is_active_until(record, horizon(settings, today).last)


def is_active_until(record: DealRecord, last: date) -> bool:
    """Tell whether the deal is active, `last` being the last day on which a deal may close and be active."""
    if record.missing_since is not None or record.ended is not None:
        return False
    deal = effective(record)
    if deal.status is not Status.OPEN or deal.category is Category.OMITTED:
        return False
    return deal.close_date is None or deal.close_date <= last


def is_later(record: DealRecord, settings: Settings, today: date) -> bool:
    """Tell whether the deal is open but closes beyond the active periods: counted apart."""
    return is_later_than(record, horizon(settings, today).last)


def is_later_than(record: DealRecord, last: date) -> bool:
    """Tell the same, `last` being the last day on which a deal may close and be active."""
    if not is_open(record) or is_active_until(record, last):
        return False
    return effective(record).category is not Category.OMITTED


def horizon(settings: Settings, today: date) -> Period:
    """Give the last period whose deals are active."""
    return periods_ahead(today, settings, settings.thresholds.active_periods)[-1]


def not_in_crm(ledger: Ledger) -> tuple[tuple[DealRecord, str], ...]:
    """List what the review decided and no export has shown yet, with the decision in words."""
    found: list[tuple[DealRecord, str]] = []
    for record in ledger.current.values():
        if record.ended is not None:
            words = [] if record.ended.agreed else [record.ended.kind.value]
        else:
            left = not_there(record, ledger.columns) if record.missing_since is None else ()
            words = [say_decision(decision) for decision in left]
        if words:
            found.append((record, ", ".join(words)))
    return tuple(found)


def not_there(record: DealRecord, columns: Collection[str]) -> tuple[Decision, ...]:
    """List the decisions that the CRM does not show; one that took an earlier one back to the CRM's value it does.

    What the export has no column for, it can never show: the decision simply holds. Of a deal that the CRM has lost
    nothing is left to be set there.
    """
    if record.ended is None and record.crm.status is Status.LOST:
        return ()
    return tuple(
        d for d in record.decisions if tells(columns, d.field) and d.value != encode(getattr(record.crm, d.field))
    )


def tells(columns: Collection[str], field: str) -> bool:
    """Tell whether an export with these columns says anything of a field; one whose columns are not known does."""
    return not columns or field in columns


def say_decision(decision: Decision) -> str:
    """Say what was decided in a few words: 'best case', '15 Jan 2027'."""
    value = decode(decision.field, decision.value)
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    if isinstance(value, Decimal):
        return f"{value:,}"
    return str(value) if value else "no date"
