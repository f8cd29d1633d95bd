"""An export as if a review had been locked on it, so that a later export can be set against it (method, section 8)."""

from datetime import date

from msgspec.structs import replace

from review.calendar import Workdays
from review.deals import Export
from review.importing import take_in
from review.records import Ledger
from review.settings import Settings
from review.slips import LockFacts, judge_record
from review.snapshot import at_lock


def between(last: Export | None, this: Export, settings: Settings) -> Ledger:
    """Give the ledger that `this` leaves, `last` standing as if locked; one export alone is no lock."""
    if last is None:
        return take_in(Ledger(), this, settings)
    return take_in(as_if_locked(take_in(Ledger(), last, settings), settings, last.day), this, settings)


def as_if_locked(ledger: Ledger, settings: Settings, day: date) -> Ledger:
    """Give every deal what a lock leaves on it: its values, and its stay in commit. No review was held."""
    facts = LockFacts(
        day=day,
        review="",
        number=1,
        present=frozenset(person.id for person in settings.people),
        settings=settings,
        workdays=Workdays.of(settings),
    )
    deals = {
        ident: replace(record, lock=at_lock(record, day), stay=judge_record(record, facts).stay)
        for ident, record in ledger.current.items()
    }
    return replace(ledger, current=deals, lock_export_day=ledger.export_day)
