"""Who is new in the team, and what the deals that they took over bring along (method, section 6, “New”)."""

from datetime import date

from review.people import Person
from review.periods import is_ramping
from review.queue_plan import FEW_DEALS
from review.records import DealRecord, Ledger
from review.settings import Settings
from review.standing import active_deals
from review.words import day_month


def is_new_rep(person: Person, ledger: Ledger, settings: Settings, day: date) -> bool:
    """Tell whether somebody does not carry a full quota yet, or has fewer than three active deals."""
    if is_ramping(person, day):
        return True
    active = active_deals(ledger, settings, day)
    return sum(ledger.deals[ident].rep == person.id for ident in active) < FEW_DEALS


def say_inherited(record: DealRecord) -> str:
    """Say whose deal it was, and until when: 'from Tom Reed, 16 Nov'; empty where it changed no hands."""
    if record.inherited is None:
        return ""
    owner, day = record.inherited
    return f"from {owner or 'nobody'}, {day_month(day)}"
