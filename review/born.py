"""Deals born late: created when they were nearly decided already (method, section 5)."""

from datetime import date

from review.bearings import THIRDS, Bearings
from review.deals import Deal, Status
from review.records import DealRecord
from review.words import day_month

MIN_STAGES = 3
RENEWAL = "renewal"


def born_late(record: DealRecord, deal: Deal, bearings: Bearings) -> str:
    """Say that a deal was born late, with the evidence; empty where it was not or where that is not known."""
    if record.inherited is not None or RENEWAL in deal.type.casefold() or not _was_created(record, deal, bearings):
        return ""
    if deal.status is Status.WON:
        won = deal.close_date or bearings.day
        days = max(0, (won - record.first_seen).days)
        if days <= bearings.settings.thresholds.born_late_days:
            return f"won {day_month(won)}, first seen {day_month(record.first_seen)}"
    first = first_stage(record, deal)
    if len(bearings.stages) >= MIN_STAGES and bearings.stage_third(first) == THIRDS:
        return f"first seen {day_month(record.first_seen)} in {first}"
    return ""


def first_stage(record: DealRecord, deal: Deal) -> str:
    """Give the stage in which a deal was first seen."""
    return next((change.frm for change in record.history if change.field == "stage"), deal.stage)


def _was_created(record: DealRecord, deal: Deal, bearings: Bearings) -> bool:
    """Tell whether the deal was created, not only seen, since the lock before it was first seen (method, section 8)."""
    since = _lock_before(record, bearings)
    if since is None or record.from_exports:
        return False
    if deal.created is None:
        return "created" not in bearings.ledger.columns
    return deal.created >= since


def _lock_before(record: DealRecord, bearings: Bearings) -> date | None:
    ledger = bearings.ledger
    if record.lock is None and ledger.lock_export_day is not None:
        return ledger.lock_export_day
    # Locks stand by the day of their export: from the last one it is not far.
    stood = (row.export_day or row.day for row in reversed(ledger.locks))
    return next((day for day in stood if day < record.first_seen), None)
