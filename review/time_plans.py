"""What the manager can do about the time, as one line each and one intent each (method, section 10)."""

from collections.abc import Mapping
from datetime import datetime

from review.clock import read_clock
from review.clock_words import say_plan
from review.intents import SetLengths
from review.lock_row import seconds_on
from review.meeting import Meeting
from review.pacing import Plan
from review.presence import third_deals_for
from review.queue import Slot
from review.queue_plan import SPARE_SECONDS


def third_deals_of(meeting: Meeting, plan: Plan, now: datetime) -> tuple[Slot, ...]:
    """Give the third deals that a plan to catch up sends to next week: those that a shorter inspection has no room for.

    Adding minutes by hand sends none.
    """
    becomes = next((change.becomes for change in plan.changes if change.section == "inspection"), None)
    if becomes is None or plan.kind == "minutes":
        return ()
    actual = next(each.actual for each in read_clock(meeting.clock, now).sections if each.section == "inspection")
    return third_deals_for(meeting, becomes - actual - SPARE_SECONDS - _still_needed(meeting, now))


def _still_needed(meeting: Meeting, now: datetime) -> int:
    """Count what the deal on the screen still needs by its pace."""
    slot = next((slot for slot in meeting.to_go if slot.deal == meeting.deal), None)
    return 0 if slot is None else max(0, slot.seconds - seconds_on(meeting, slot.deal, now))


def as_intent(meeting: Meeting, plan: Plan, now: datetime) -> SetLengths:
    """Make the intent of a plan, from the clock as it stands when it is taken."""
    lengths: dict[str, int] = {each.section: each.adapted for each in read_clock(meeting.clock, now).sections}
    for change in plan.changes:
        lengths[change.section] = change.becomes
    drops = tuple(slot.deal for slot in third_deals_of(meeting, plan, now))
    return SetLengths(lengths=lengths, end_moves=plan.end_moves, why=plan.kind, drops=drops)


def titles_of(meeting: Meeting) -> Mapping[str, str]:
    """Give the names of the sections."""
    return {section.id: section.title for section in meeting.settings.sections}


def say_time_plan(meeting: Meeting, plan: Plan, now: datetime) -> str:
    """Say a plan in one line: “3:10 behind → two third deals to next week”."""
    return say_plan(plan, titles_of(meeting), len(third_deals_of(meeting, plan, now)))
