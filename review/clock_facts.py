"""The facts that the clock of a review stands on, and the functions that append one (method, section 10)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct, structs

from review.settings import Section, SectionId

SILENT_GAP = 60
"""Seconds away that count without a question."""
PARTED = 30
"""Seconds by which wall and monotonic time may part unnoticed."""
LEFT_RUNNING = timedelta(hours=6)
"""Age of the last fact from which a running review asks before it goes on."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def whole_second(at: datetime) -> int:
    """Cut an aware instant to its whole second, counted from 1970."""
    return (at - EPOCH) // timedelta(seconds=1)


class Lengths(Struct, frozen=True, kw_only=True):
    """What the plan gives one section, in seconds."""

    section: SectionId
    planned: int
    floor: int
    locked: bool = False


class Entered(Struct, frozen=True, tag=True):
    """The room moved to a section."""

    at: datetime
    section: SectionId


class Paused(Struct, frozen=True, tag=True):
    """The section's clock was stopped."""

    at: datetime


class Resumed(Struct, frozen=True, tag=True):
    """The section's clock runs again."""

    at: datetime


class Adjusted(Struct, frozen=True, tag=True):
    """Sections got other lengths, or the end was moved; both in seconds."""

    at: datetime
    lengths: dict[str, int]
    end_moves: int = 0


class Gap(Struct, frozen=True, tag=True):
    """A time without a sign of life; the last wall time lies before the first where the clock was set back."""

    first: datetime
    last: datetime
    counted: bool | None = None
    """None until the question is answered; until then the gap counts."""

    @property
    def seconds(self) -> int:
        """How long it was, never negative."""
        return max(0, whole_second(self.last) - whole_second(self.first))

    @property
    def asks(self) -> bool:
        """Whether the manager still has to say if it counts."""
        return self.counted is None and self.seconds > SILENT_GAP


class Ended(Struct, frozen=True, tag=True):
    """The meeting ended."""

    at: datetime


Timed = Entered | Paused | Resumed | Adjusted | Gap | Ended


class ClockFacts(Struct, frozen=True, kw_only=True):
    """Everything the clock stands on; the first section runs from the start."""

    started_at: datetime
    plan: tuple[Lengths, ...]
    planned_start: datetime | None = None
    keeps_end: bool = True
    """Whether a late start keeps the scheduled end; otherwise it keeps the length."""
    facts: tuple[Timed, ...] = ()
    """In the order in which they were recorded, which a clock set back does not change."""


# The facts, appended by the fold


def started(
    at: datetime, agenda: Sequence[Section], planned_start: datetime | None = None, *, keeps_end: bool = True
) -> ClockFacts:
    """Begin a review with this agenda; its first section runs at once."""
    plan = tuple(
        Lengths(section=each.id, planned=each.minutes * 60, floor=each.floor * 60, locked=each.locked)
        for each in agenda
    )
    return ClockFacts(started_at=at, plan=plan, planned_start=planned_start, keeps_end=keeps_end)


def entered(facts: ClockFacts, section: SectionId, at: datetime) -> ClockFacts:
    """Move to a section, forward or back; a pause goes on."""
    known = any(each.section == section for each in facts.plan)
    return _with(facts, Entered(at, section)) if known and section != running(facts) else facts


def paused(facts: ClockFacts, at: datetime) -> ClockFacts:
    """Stop the section's clock; nothing changes where it stands already."""
    return facts if is_paused(facts) else _with(facts, Paused(at))


def resumed(facts: ClockFacts, at: datetime) -> ClockFacts:
    """Let the section's clock run again; nothing changes where it runs."""
    return _with(facts, Resumed(at)) if is_paused(facts) else facts


def adjusted(facts: ClockFacts, at: datetime, lengths: dict[str, int], end_moves: int = 0) -> ClockFacts:
    """Give sections new lengths and move the end, both in seconds."""
    return _with(facts, Adjusted(at, lengths, end_moves))


def gap_found(facts: ClockFacts, first: datetime, last: datetime) -> ClockFacts:
    """Record a time away; whoever finds it records it before any other fact."""
    return _with(facts, Gap(first, last))


def gap_answered(facts: ClockFacts, first: datetime, counted: bool) -> ClockFacts:
    """Say whether the gap that began at that instant counts."""
    marks = tuple(
        structs.replace(each, counted=counted) if isinstance(each, Gap) and each.first == first else each
        for each in facts.facts
    )
    return structs.replace(facts, facts=marks)


def unanswered(facts: ClockFacts) -> Gap | None:
    """Give the first time away of which nobody has said yet whether it counts."""
    return next((each for each in facts.facts if isinstance(each, Gap) and each.asks), None)


def ended(facts: ClockFacts, at: datetime) -> ClockFacts:
    """End the meeting; the clock stands from then on."""
    return _with(facts, Ended(at))


def has_ended(facts: ClockFacts) -> bool:
    """Say whether the meeting is over."""
    return any(isinstance(each, Ended) for each in facts.facts)


def running(facts: ClockFacts) -> SectionId:
    """Name the section the room is in."""
    return path(facts)[-1]


def is_paused(facts: ClockFacts) -> bool:
    """Say whether the section's clock stands."""
    stops = [isinstance(each, Paused) for each in facts.facts if isinstance(each, Paused | Resumed)]
    return bool(stops) and stops[-1]


def _with(facts: ClockFacts, fact: Timed) -> ClockFacts:
    return facts if has_ended(facts) else structs.replace(facts, facts=(*facts.facts, fact))


def path(facts: ClockFacts) -> list[SectionId]:
    """List the sections in the order in which the room went through them."""
    return [facts.plan[0].section, *(each.section for each in facts.facts if isinstance(each, Entered))]


# Signs of life


class Sign(Struct, frozen=True):
    """A sign of life: wall time, and monotonic seconds where the same run of the program measured both."""

    wall: datetime
    steady: float | None = None


def find_gap(last: Sign, now: Sign) -> Gap | None:
    """Find the time away between two signs of life; None is silent.

    A clock that was set back is a gap as well, one that adds nothing and asks nothing.
    """
    passed = (now.wall - last.wall).total_seconds()
    ran = None if last.steady is None or now.steady is None else now.steady - last.steady
    if 0 <= passed <= SILENT_GAP or (ran is not None and passed < 0 and ran - passed <= PARTED):
        return None
    # What the steady clock counted between two signs has passed and is no jump of the other clock.
    known = ran if ran is not None and 0 < ran <= SILENT_GAP and abs(passed - ran) > PARTED else 0
    return Gap(last.wall + timedelta(seconds=known), now.wall)


def was_left_running(last_fact: datetime, now: datetime) -> bool:
    """Say whether a running review has to ask before it goes on: go on, lock, or set aside."""
    return now - last_fact > LEFT_RUNNING
