"""Which of a rep's deals take the slots, and why (method, section 6)."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from review.bearings import Bearings
from review.deals import Category, Deal
from review.focus import Focus, focus_reason, is_unmarked
from review.pace import Pace
from review.queue import Slot
from review.records import DealRecord, Exit
from review.signals import RANK_COMMIT, RANK_OTHER, RANK_PASSES, RANK_SLIP, Signal, read_signals
from review.words import day_month

Tone = Literal["watch", "act", "ok", ""]
Key = tuple[date, bool, str]


class Candidate(NamedTuple):
    """An active deal that may take a slot."""

    record: DealRecord
    deal: Deal
    shown: tuple[Signal, ...]
    new: bool
    focus: str
    """Why it belongs to the focus of the week; empty where it does not."""

    def has(self, rank: int) -> bool:
        """Tell whether a signal of this rank stands on the deal."""
        return any(signal.rank == rank for signal in self.shown)

    @property
    def parked(self) -> bool:
        """Tell whether it was parked in the last held review."""
        return self.record.last_exit is Exit.PARKED

    @property
    def stake(self) -> tuple[bool, bool, bool, int]:
        """Give what is at stake, to be compared; nothing where no part is set. New deals wait for slot 3 by signals."""
        others = 0 if self.new else len(self.others)
        return (self.has(RANK_COMMIT), self.has(RANK_SLIP), self.has(RANK_PASSES), others)

    @property
    def others(self) -> list[Signal]:
        """List the other signals that are counted."""
        return [signal for signal in self.shown if signal.rank == RANK_OTHER and signal.counts]


class Pick(NamedTuple):
    """A deal chosen for a slot."""

    candidate: Candidate
    kind: str
    reason: str
    tone: Tone = ""
    by_turn: bool = False


def look_at(record: DealRecord, deal: Deal, bearings: Bearings, focus: Focus) -> Candidate:
    """Gather what the queue needs to know of a deal."""
    return Candidate(
        record=record,
        deal=deal,
        shown=read_signals(record, deal, bearings),
        new=is_unmarked(record, bearings),
        focus=focus_reason(focus, record, deal, bearings),
    )


class Picker:
    """Chooses among one rep's deals; what was chosen is not chosen again."""

    def __init__(self, candidates: Iterable[Candidate], rep_name: str, last_lock: date | None) -> None:
        """Take the rep's active deals."""
        self.left = list(candidates)
        self.rep_name = rep_name
        self.last = day_month(last_lock) if last_lock else ""

    def at_stake(self) -> Pick | None:
        """Choose for slot 1: parked last week, otherwise what is most at stake, otherwise by turn."""
        parked = [one for one in self.left if one.parked]
        if parked:
            chosen = self._take(min(parked, key=_largest))
            step = "came in writing" if chosen.record.step_in_writing else "was left open"
            return Pick(chosen, "parked", f"{self.last}, its next step {step}", "watch")
        staked = [one for one in self.left if any(one.stake)]
        if not staked:
            return self.by_turn()
        chosen = self._take(min(staked, key=_most_at_stake))
        return Pick(chosen, *_say_stake(chosen))

    def by_turn(self) -> Pick | None:
        """Choose for slot 2: dropped, skipped, then longest not inspected; new ones only where nothing else is left."""
        known = [one for one in self.left if not one.new]
        if not known:
            return self.new_one()
        chosen = self._take(min(known, key=_turn))
        kind, reason = self._say_turn(chosen)
        return Pick(chosen, kind, reason, by_turn=True)

    def new_one(self) -> Pick | None:
        """Choose a new deal without its marks, the one seen first."""
        chosen = self._first([one for one in self.left if one.new], _seen_first)
        return Pick(chosen, "new", "its three marks are open") if chosen else None

    def in_focus(self) -> Pick | None:
        """Choose for slot 3: new deals first, then those of the focus, then any."""
        new = self.new_one()
        if new is not None:
            return new
        chosen = self._first([one for one in self.left if one.focus], _longest)
        if chosen is not None:
            return Pick(chosen, "focus", chosen.focus)
        chosen = self._first(self.left, _longest)
        return Pick(chosen, "by turn", _last_opened(chosen.record), by_turn=True) if chosen else None

    @property
    def new_ones(self) -> int:
        """Count the new deals that have no slot yet."""
        return sum(one.new for one in self.left)

    def _first(self, found: Collection[Candidate], key: Callable[[Candidate], Key]) -> Candidate | None:
        return self._take(min(found, key=key)) if found else None

    def _take(self, chosen: Candidate) -> Candidate:
        self.left = [one for one in self.left if one is not chosen]
        return chosen

    def _say_turn(self, one: Candidate) -> tuple[str, str]:
        if one.parked:
            return "dropped", f"parked {self.last}, behind a larger deal"
        if one.record.last_exit is Exit.DROPPED:
            return "dropped", f"{self.last}, time ran out"
        if one.record.skipped:
            return "skipped", f"not opened {self.last}, {self.rep_name} was away"
        return "by turn", _last_opened(one.record)


def as_slot(pick: Pick, number: int, pace: Pace) -> Slot:
    """Make the slot of a chosen deal."""
    deal, record = pick.candidate.deal, pick.candidate.record
    written = ", step in writing" if record.step_in_writing and pick.kind != "parked" else ""
    return Slot(
        deal=deal.id,
        rep=record.rep,
        number=number,
        kind=pick.kind,
        reason=f"{pick.reason}{written}",
        tone=pick.tone,
        seconds=pace.of(commit=deal.category is Category.COMMIT),
        by_turn=pick.by_turn,
    )


def _largest(one: Candidate) -> tuple[Decimal, str]:
    return (-(one.deal.amount or Decimal(0)), one.deal.id)


def _most_at_stake(one: Candidate) -> tuple[bool, bool, bool, int, Decimal, str]:
    commit, slip, passes, others = one.stake
    return (not commit, not slip, not passes, -others, *_largest(one))


def _seen_first(one: Candidate) -> Key:
    return (one.record.first_seen, not one.focus, one.deal.id)


def _longest(one: Candidate) -> Key:
    return (one.record.last_opened or date.min, not one.focus, one.deal.id)


def _turn(one: Candidate) -> tuple[int, date, bool, str]:
    if one.parked or one.record.last_exit is Exit.DROPPED:
        return (0, *_longest(one))
    return (1 if one.record.skipped else 2, *_longest(one))


def _last_opened(record: DealRecord) -> str:
    return f"last opened {day_month(record.last_opened)}" if record.last_opened else "never inspected"


def _say_stake(one: Candidate) -> tuple[str, str, Tone]:
    """Say what is at stake: kind, reason and tone."""
    rank = next((rank for rank in (RANK_COMMIT, RANK_SLIP, RANK_PASSES) if one.has(rank)), RANK_OTHER)
    found = one.others if rank == RANK_OTHER else [signal for signal in one.shown if signal.rank == rank]
    first = found[0]
    if rank == RANK_COMMIT:
        said = first.evidence if len(found) == 1 else ", ".join(signal.word for signal in found)
        return "commit", said, "watch"
    if rank == RANK_SLIP:
        return "second slip", first.short or first.evidence, "watch"
    if rank == RANK_PASSES:
        return "passes", first.short or first.evidence, "ok"
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return "signals", f"{first.word}: {first.evidence}{more}", ""
