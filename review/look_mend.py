"""What one export says against itself: slips in commit, what lacks something, what is recent (method, section 5)."""

from collections.abc import Iterable
from datetime import date, timedelta

from review.bearings import Bearings
from review.deals import Category, Deal, Status
from review.look_changes import LookDeal, LookLine, Naming, line, say_date
from review.records import DealRecord
from review.signals import last_movement
from review.slips import LockFacts, has_slipped, in_commit
from review.truth import effective

SOON = 14
"""Days ahead that 'closing soon' means."""
RECENT = 7
"""Days back that 'created lately' means where there is no earlier export."""


def lately(bearings: Bearings, naming: Naming) -> tuple[LookLine, ...]:
    """Tell what one file alone tells of the time around it."""
    created: list[LookDeal] = []
    won: list[LookDeal] = []
    soon: list[LookDeal] = []
    for ident, record in bearings.ledger.deals.items():
        deal = record.crm
        if deal.created is not None and bearings.recently(deal.created, RECENT):
            created.append(naming.told(ident, record, f"created {say_date(deal.created)}"))
        if deal.status is Status.WON and deal.close_date in bearings.period:
            won.append(naming.told(ident, record, say_date(deal.close_date)))
        if bearings.is_active(record, deal) and _closes_within(deal, bearings.day, SOON):
            soon.append(naming.told(ident, record, f"{say_date(deal.close_date)}, {deal.category.value}"))
    found = (
        line(f"created in {RECENT} days", created),
        line(f"won in {bearings.period.label}", won),
        line(f"closing in {SOON} days", soon),
    )
    return tuple(each for each in found if each.deals)


def _closes_within(deal: Deal, day: date, days: int) -> bool:
    return deal.close_date is not None and day <= deal.close_date <= day + timedelta(days=days)


def slipped(bearings: Bearings, naming: Naming) -> LookLine:
    """Find the deals in commit then and now whose date moved beyond the tolerance, left its period or ran out."""
    facts = LockFacts(
        day=bearings.day,
        review="",
        number=1,
        present=frozenset(),
        settings=bearings.settings,
        workdays=bearings.workdays,
    )
    found = []
    for ident, record in bearings.ledger.deals.items():
        lock, deal = record.lock, effective(record)
        was = lock is not None and lock.open and lock.category is Category.COMMIT
        if lock is None or not was or record.missing_since is not None or not in_commit(deal):
            continue
        moved = lock.close_date != deal.close_date
        if has_slipped(deal.close_date, lock.close_date, facts):
            words = f"{say_date(lock.close_date)} → {say_date(deal.close_date)}" if moved else ""
            past = f"{say_date(deal.close_date)} is past" if deal.close_date else "no date"
            found.append(naming.told(ident, record, words or past))
    return line("slipped in commit", found)


def mend(
    active: Iterable[tuple[DealRecord, Deal]], bearings: Bearings, naming: Naming, columns: tuple[str, ...]
) -> Iterable[LookLine]:
    """Find what lacks something that the CRM could say."""
    quiet = f"quiet {2 * bearings.settings.thresholds.stale_days}+ days"
    found: dict[str, list[LookDeal]] = {
        kind: [] for kind in ("date past", "no close date", "no amount", "no owner", "step overdue", quiet)
    }
    for record, deal in active:
        told = [
            ("date past", say_date(deal.close_date), deal.close_date is not None and deal.close_date < bearings.day),
            ("no close date", "", deal.close_date is None),
            ("no amount", "", deal.amount is None and "amount" in columns),
            ("no owner", "", not record.rep and "owner" in columns),
            ("step overdue", f"was due {say_date(deal.next_step_date)}", _overdue(deal, bearings.day)),
            (quiet, *_quiet(record, deal, bearings)),
        ]
        for kind, words, there in told:
            if there:
                found[kind].append(naming.told(deal.id, record, words))
    return [line(kind, deals) for kind, deals in found.items()]


def _overdue(deal: Deal, day: date) -> bool:
    return bool(deal.next_step) and deal.next_step_date is not None and deal.next_step_date < day


def _quiet(record: DealRecord, deal: Deal, bearings: Bearings) -> tuple[str, bool]:
    """Tell whether nothing has moved for twice the days that make a deal stale."""
    moved = last_movement(record, deal, bearings)
    if moved is None:
        return "", False
    days = (bearings.day - moved[0]).days
    return f"{days} days", days >= 2 * bearings.stale_days(deal.stage)


def missing(active: Iterable[tuple[DealRecord, Deal]], naming: Naming) -> dict[str, int]:
    """Count active deals without a next step by the name of their owner, most first."""
    found: dict[str, int] = {}
    for record, deal in active:
        if not deal.next_step:
            name = naming.people.get(record.rep, deal.owner) or "nobody"
            found[name] = found.get(name, 0) + 1
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))
