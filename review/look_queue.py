"""The deals that a review on this export would inspect, each with what the export says against it."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from review.bearings import Bearings
from review.deals import Category, Deal
from review.look_changes import Naming, say_date
from review.queue import Plan, Slot
from review.queue_plan import plan_queue
from review.records import DealRecord
from review.signals import is_long_in_stage, last_movement
from review.start import expected
from review.truth import effective
from review.words import counted


class Inspect(Struct, frozen=True, kw_only=True):
    """One deal of the queue."""

    place: int
    rep: str
    title: str
    amount: Decimal | None
    category: str
    kind: str
    """Why the method takes it: 'commit', 'second slip', 'signals', 'by turn', 'focus'."""
    why: tuple[str, ...]
    """In words, what weighs most first."""
    deal: str


def inspect(bearings: Bearings, naming: Naming) -> tuple[Plan, tuple[Inspect, ...]]:
    """Plan the queue for everybody who owns deals."""
    plan = plan_queue(
        bearings.ledger,
        settings=bearings.settings,
        day=bearings.day,
        present=expected(bearings.settings, bearings.day),
        workdays=bearings.workdays,
    )
    return plan, tuple(_inspect(place, slot, bearings, naming) for place, slot in enumerate(plan.slots, 1))


def _inspect(place: int, slot: Slot, bearings: Bearings, naming: Naming) -> Inspect:
    record = bearings.ledger.deals[slot.deal]
    deal = effective(record)
    told = naming.told(slot.deal, record)
    return Inspect(
        place=place,
        rep=told.rep,
        title=told.title,
        amount=deal.amount,
        category=deal.category.value,
        kind=slot.kind,
        why=(_lead(slot, deal, bearings.day), *(against(record, deal, bearings) or (_ask(slot, deal),))),
        deal=slot.deal,
    )


def _lead(slot: Slot, deal: Deal, day: date) -> str:
    """Say what the deal is said to be, and for when."""
    what = f"second slip: {slot.reason}" if slot.kind == "second slip" else deal.category.value
    if deal.close_date is None:
        return f"{what}, no close date"
    if deal.close_date < day:
        return f"{what}, was to close {say_date(deal.close_date)}"
    return f"{what} {say_date(deal.close_date)}"


def _ask(slot: Slot, deal: Deal) -> str:
    """Say why a deal is looked at that nothing in the export speaks against."""
    if deal.category is Category.COMMIT:
        return "confirmed by whom?"
    return "the largest of its owner" if slot.kind == "signals" else slot.kind


def against(record: DealRecord, deal: Deal, bearings: Bearings) -> tuple[str, ...]:
    """Say what stands against a deal by what its export shows, briefly, what weighs most first."""
    found: list[str] = []
    lock = record.lock
    if deal.close_date is not None and deal.close_date < bearings.day:
        found.append(f"{counted((bearings.day - deal.close_date).days, 'day')} ago")
    if lock is not None and lock.close_date and deal.close_date and deal.close_date > lock.close_date:
        found.append(f"was {say_date(lock.close_date)}")
    if lock is not None and lock.category is Category.COMMIT and deal.category is not Category.COMMIT:
        found.append("was commit")
    if "next_step" in bearings.ledger.columns and not deal.next_step:
        found.append("no step")
    if deal.next_step_date is not None and deal.next_step_date < bearings.day:
        found.append(f"step due {say_date(deal.next_step_date)}")
    moved = last_movement(record, deal, bearings)
    if moved is not None and (days := (bearings.day - moved[0]).days) >= bearings.stale_days(deal.stage):
        found.append(f"quiet {counted(days, 'day')}")
    if record.stage_since_known and (said := is_long_in_stage(record, deal, bearings)):
        found.append(f"in {said}")
    if deal.amount is None:
        found.append("no amount")
    return tuple(found)
