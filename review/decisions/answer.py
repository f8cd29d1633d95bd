"""What a decision consists of, and the register of those who decide."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from msgspec import Struct

from review.events import Fact
from review.intents import Intent
from review.meeting import Meeting
from review.results import Refusal

SHORT = 6
"""Letters that the id of a commitment has, as long as no other one begins with them."""


class Decided(Struct, frozen=True):
    """The events that an intent leads to."""

    events: tuple[Fact, ...]
    what: str = ""
    """In words, for undo and the timeline; empty where it is no decision."""

    @property
    def decision(self) -> bool:
        """Tell whether undo takes it back."""
        return bool(self.what)


class Context(Struct, frozen=True, kw_only=True):
    """What a decision may look at besides the state: the instant, and names for what it makes."""

    now: datetime
    batch: str
    """Id of the batch that will hold the events; ids of commitments are made from it."""

    def commitment_id(self, meeting: Meeting, number: int = 0) -> str:
        """Make the id of the batch's n-th commitment: short enough to be typed, and no other commitment's."""
        tail = f"-{number + 1}" if number else ""
        tries = (f"{self.batch[:size]}{tail}" for size in range(SHORT, len(self.batch)))
        return next((ident for ident in tries if ident not in meeting.ledger.commitments), f"{self.batch}{tail}")


Answer = Decided | Refusal
I = TypeVar("I", bound=Intent)  # noqa: E741 - the usual name for 'intent' in this module alone
Decider = Callable[[Meeting, Intent, Context], Answer]
DECIDERS: dict[type[Intent], Decider] = {}


def decides(
    kind: type[I],
) -> Callable[[Callable[[Meeting, I, Context], Answer]], Callable[[Meeting, I, Context], Answer]]:
    """Register the function that decides one kind of intent."""

    def register(function: Callable[[Meeting, I, Context], Answer]) -> Callable[[Meeting, I, Context], Answer]:
        DECIDERS[kind] = function  # type: ignore[assignment]  # each is called with its own kind only
        return function

    return register


def course(events: Iterable[Fact]) -> Decided:
    """Wrap events that are no decision: clock, navigation, presence."""
    return Decided(tuple(events))
