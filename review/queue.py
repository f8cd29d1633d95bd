"""The queue of a review: its slots, and the changes that the manager makes to it by hand (method, section 6)."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from review.words import in_words


class Slot(Struct, frozen=True, kw_only=True):
    """One deal's place in the queue, with its reason."""

    deal: str
    rep: str
    number: int
    """1 at stake, 2 by turn, 3 the focus of the week."""
    kind: str
    """One word or two: 'commit', 'second slip', 'passes', 'signals', 'parked', 'dropped', 'skipped', 'by turn', 'new',
    'focus', 'added'."""
    reason: str
    """In words: 'no paper stage yet', 'last opened 12 Oct'."""
    tone: Literal["watch", "act", "ok", ""] = ""
    seconds: int = 0
    """What the deal is expected to take."""
    by_turn: bool = False
    """Whether longest not inspected chose it; the cycle counts these."""


class Turn(Struct, frozen=True, kw_only=True):
    """What one rep's part of the cycle rests on."""

    rep: str
    active: int
    attended: int = 0
    """Reviews of the last few that the rep attended; 0 before there are any, then the cycle rests on the plan."""
    by_turn: int = 0
    """Deals of the rep that were opened by turn in these."""
    reviews: int | None
    """None where no deal of the rep was opened by turn."""


class Plan(Struct, frozen=True, kw_only=True):
    """A planned queue."""

    slots: tuple[Slot, ...] = ()
    beyond: tuple[Slot, ...] = ()
    """Deals behind the line, “if time”."""
    away: tuple[Slot, ...] = ()
    """What would have stood in the plan for those who are absent; next week these rank as skipped."""
    focus: str = ""
    cycle_weeks: int | None = None
    """Within how many reviews every active deal comes up; None where that cannot be said."""
    left_out: tuple[str, ...] = ()
    """Person ids left out of the cycle: no deal of theirs was opened by turn."""
    turns: tuple[Turn, ...] = ()
    """What the cycle rests on, rep by rep."""
    room: int = 0
    """Seconds that deals may take: the section less two minutes."""
    sentence: str = ""
    """What did not fit: 'eight first deals, room for three'; empty where everything does."""
    measured: bool = False
    """Whether the paces were measured or are the settings' figures."""

    @property
    def seconds(self) -> int:
        """Give what the deals above the line are expected to take."""
        return sum(slot.seconds for slot in self.slots)

    @property
    def minutes(self) -> int:
        """Give the planned minutes, rounded up."""
        return -(-self.seconds // 60)


def fitted(slots: tuple[Slot, ...], room: int) -> tuple[tuple[Slot, ...], tuple[Slot, ...]]:
    """Part what fits from what does not: the last slot 3 goes first, then the last slot 2, then the last slot 1."""
    kept = list(slots)
    gone: list[Slot] = []
    total = sum(slot.seconds for slot in kept)
    while kept and total > room:
        highest = max(slot.number for slot in kept)
        place = max(place for place, slot in enumerate(kept) if slot.number == highest)
        total -= kept[place].seconds
        gone.append(kept.pop(place))
    return tuple(kept), tuple(reversed(gone))


ORDINALS = {1: "first", 2: "second", 3: "third"}


def say_fit(kept: tuple[Slot, ...], gone: tuple[Slot, ...]) -> str:
    """Say what does not fit: 'eight first deals, room for three'."""
    said: list[str] = []
    for number in sorted({slot.number for slot in gone}):
        left = sum(slot.number == number for slot in kept)
        every = left + sum(slot.number == number for slot in gone)
        what = f"{ORDINALS.get(number, 'further')} {'deal' if every == 1 else 'deals'}"
        said.append(f"{in_words(every)} {what}, room for {in_words(left) if left else 'none'}")
    return " · ".join(said)


def added(plan: Plan, slot: Slot, at: int | None = None) -> Plan:
    """Put a deal into the queue, at the end or at a place; one that stands beyond the line comes in from there."""
    if any(known.deal == slot.deal for known in plan.slots):
        return plan
    waiting = next((known for known in plan.beyond if known.deal == slot.deal), slot)
    place = len(plan.slots) if at is None else max(0, min(at, len(plan.slots)))
    slots = (*plan.slots[:place], waiting, *plan.slots[place:])
    return replace(plan, slots=slots, beyond=without(plan.beyond, slot.deal))


def removed(plan: Plan, deal: str) -> Plan:
    """Take a deal out of the queue and from behind the line."""
    return replace(plan, slots=without(plan.slots, deal), beyond=without(plan.beyond, deal))


def moved(plan: Plan, deal: str, by: int) -> Plan:
    """Move a deal up (negative) or down by some places; it stops at the ends."""
    return replace(plan, slots=shifted(plan.slots, deal, by))


def without(slots: tuple[Slot, ...], deal: str) -> tuple[Slot, ...]:
    """Give the slots without a deal."""
    return tuple(slot for slot in slots if slot.deal != deal)


def shifted(slots: tuple[Slot, ...], deal: str, by: int) -> tuple[Slot, ...]:
    """Give the slots with one deal moved by some places."""
    place = next((place for place, slot in enumerate(slots) if slot.deal == deal), None)
    if place is None:
        return slots
    rest = [*slots[:place], *slots[place + 1 :]]
    rest.insert(max(0, min(place + by, len(rest))), slots[place])
    return tuple(rest)
