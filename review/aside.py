"""What a review that was set aside leaves to the next: its decisions, as they could be typed (method, section 10)."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from msgspec import Struct

from review.commitments import Commitment
from review.events import Batch, CallStated, ClosedOut, Noted, StepGiven
from review.fold import Minutes
from review.line_edits import as_typed
from review.meeting import Meeting
from review.money import Unit

ASKS_AFTER: Final = timedelta(hours=6)
"""Age of the last fact beyond which a running review asks what is to become of it."""
_THOUSAND: Final = Decimal(1_000)
_HUNDREDTH: Final = Decimal("0.01")


class Offered(Struct, frozen=True, kw_only=True):
    """Decisions that were not held, offered as drafts; what cannot be typed is named to be decided again."""

    day: date
    """The day of the review that was set aside."""
    steps: dict[str, str] = {}
    """Deal to the line that closed it out."""
    notes: dict[str, dict[str, str]] = {}
    """Deal to question to answer."""
    calls: dict[str, tuple[str, str]] = {}
    """Person to the number, as it is typed, and its reason."""
    next_calls: dict[str, tuple[str, str]] = {}
    """The same for the period after the running one."""
    others: dict[str, tuple[str, ...]] = {}
    """Deal to what else was decided, in words; under the empty key what belongs to no deal."""


def last_fact(minutes: Minutes) -> datetime:
    """Give the instant of the last fact of a review."""
    return minutes.batches[-1].at


def asks_first(minutes: Minutes, now: datetime) -> bool:
    """Tell whether a running review is so old that it asks before it goes on."""
    return now - last_fact(minutes) > ASKS_AFTER


def offered(minutes: Minutes, today: date) -> Offered:
    """Give the decisions of a review that was set aside, as drafts for one on `today`."""
    meeting, undone = minutes.meeting, minutes.undone
    steps: dict[str, str] = {}
    notes: dict[str, dict[str, str]] = {}
    calls: dict[str, tuple[str, str]] = {}
    next_calls: dict[str, tuple[str, str]] = {}
    others: dict[str, tuple[str, ...]] = {}
    for batch in minutes.batches:
        if batch.id in undone or not batch.decision:
            continue
        for event in batch.events:
            if isinstance(event, ClosedOut | StepGiven):
                steps[event.deal] = _line(meeting, event.step, today)
            elif isinstance(event, Noted):
                notes.setdefault(event.deal, {})[event.question] = event.text
            elif isinstance(event, CallStated):
                said = next_calls if event.call.period > meeting.day else calls
                said[event.call.person] = (_typed(event.call.commit, meeting.settings.call_unit), event.call.reason)
        if not any(isinstance(event, ClosedOut | StepGiven | Noted | CallStated) for event in batch.events):
            deal = _deal(batch)
            others[deal] = (*others.get(deal, ()), batch.what)
    return Offered(day=meeting.day, steps=steps, notes=notes, calls=calls, next_calls=next_calls, others=others)


def _deal(batch: Batch) -> str:
    """Give the deal that a decision is about; empty where it is about none."""
    return next((deal for event in batch.events if (deal := getattr(event, "deal", ""))), "")


def _line(meeting: Meeting, step: Commitment, today: date) -> str:
    """Write a step as it is typed; a day that has passed is left to be asked for."""
    rep = meeting.record(step.deal).rep if step.deal else ""
    owner = None if step.owner == rep else meeting.person(step.owner)
    return as_typed(step.text, step.due if step.due >= today else None, owner, agreed=step.agreed)


def _typed(amount: Decimal, unit: Unit) -> str:
    """Write an amount as it is typed where `unit` is usual."""
    if unit == "1":
        return f"{amount:f}"
    return f"{(amount / _THOUSAND).quantize(_HUNDREDTH).normalize():f}k"


def say_offered(found: Offered) -> str:
    """Say in a line what waits as it was typed, and what is to be decided again."""
    calls = len(found.calls) + len(found.next_calls)
    counted = ((len(found.steps), "step"), (calls, "call"), (len(found.notes), "deal with answers"))
    waits = [f"{count} {word if count == 1 else _plural(word)}" for count, word in counted if count]
    again = [words for every in found.others.values() for words in every]
    parts = [f"{', '.join(waits)} stand as drafts"] if waits else []
    if again:
        parts.append(f"decide again: {', '.join(again)}")
    return "; ".join(parts) or "nothing was decided there"


def _plural(word: str) -> str:
    return "deals with answers" if word.startswith("deal") else f"{word}s"
