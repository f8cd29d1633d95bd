"""What rests on exports of before the first review, and the words that say so (method, section 11, “Baselines”)."""

from collections.abc import Iterable
from datetime import date

from review.closed import closed_day
from review.past import Past
from review.records import DealRecord, Ledger
from review.words import counted, day_month

FROM_EXPORTS = "from exports"


def compared_with(ledger: Ledger) -> date | None:
    """Give the day of what a review is set against: the last lock, or the last export of before the first one."""
    return ledger.last_lock.day if ledger.last_lock is not None else ledger.past.since


def say_compared(ledger: Ledger) -> str:
    """Say since when something is counted: '16 Nov', or '16 Nov, from exports'; empty where nothing stood before."""
    day = compared_with(ledger)
    if day is None:
        return ""
    return day_month(day) if ledger.last_lock is not None else f"{day_month(day)}, {FROM_EXPORTS}"


def age_from_exports(record: DealRecord, ledger: Ledger) -> bool:
    """Tell whether the age in a stage reaches back before the first import, and no date of the CRM's says so."""
    if not record.from_exports or ledger.began is None or record.crm.stage_entered is not None:
        return False
    return record.stage_since < ledger.began


def closed_from_exports(ledger: Ledger, deals: Iterable[str]) -> bool:
    """Tell whether a figure over closed deals counts some that closed before the first import."""
    if ledger.began is None or not ledger.past.files:
        return False
    records = (ledger.deals[ident] for ident in deals if ident in ledger.deals)
    return any(
        record.from_exports and (day := closed_day(record)) is not None and day < ledger.began for record in records
    )


def say_past(past: Past) -> str:
    """Say what was read in: '12 exports of before the first review, 1 Nov to 17 Jan, and 1 list of closed deals'."""
    whole, lists = len(past.days), len(past.files) - len(past.days)
    said = []
    if whole:
        first, last = past.days[0], past.days[-1]
        span = day_month(first) if first == last else f"{day_month(first)} to {day_month(last)}"
        said.append(f"{counted(whole, 'export')} of before the first review, {span}")
    if lists:
        said.append(f"{counted(lists, 'list')} of closed deals")
    return " and ".join(said)
