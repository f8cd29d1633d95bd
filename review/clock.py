"""The clock of a review: what is derived from its facts and the instant now (method, section 10).

Every instant is cut to its whole second first, so that whatever is shown side by side adds up. The names of
`review.clock_facts` are given on from here: nobody else needs to know that facts and reading are two modules.
"""

from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct, structs

from review.clock_facts import (
    EPOCH,
    Adjusted,
    ClockFacts,
    Ended,
    Entered,
    Gap,
    Lengths,
    Paused,
    Sign,
    adjusted,
    ended,
    entered,
    find_gap,
    gap_answered,
    gap_found,
    has_ended,
    is_paused,
    paused,
    resumed,
    running,
    started,
    was_left_running,
    whole_second,
)
from review.settings import SectionId
from review.stretches import Stretch, spent, stretches, total

__all__ = [
    "PHASES",
    "ClockFacts",
    "Gap",
    "Lengths",
    "Phase",
    "Reading",
    "SectionTime",
    "Sign",
    "adjusted",
    "ended",
    "entered",
    "find_gap",
    "gap_answered",
    "gap_found",
    "has_ended",
    "is_paused",
    "paused",
    "phase_of",
    "read_clock",
    "remaining_when_left",
    "resumed",
    "running",
    "spent",
    "started",
    "was_left_running",
]

Phase = Literal["normal", "warning", "danger", "over"]
PHASES: Final[tuple[Phase, ...]] = ("normal", "warning", "danger", "over")
"""From the first to the worst."""
State = Literal["done", "now", "to come"]


class SectionTime(Struct, frozen=True, kw_only=True):
    """Planned, adapted and actual seconds of one section."""

    section: SectionId
    planned: int
    adapted: int
    actual: int
    state: State
    floor: int
    """Seconds below which no catch-up shortens it: its floor or its plan, or what has passed already."""
    locked: bool = False

    @property
    def remains(self) -> int:
        """Seconds it still has in the projection; none once it is over."""
        return 0 if self.state == "done" else max(0, self.adapted - self.actual)


class Reading(Struct, frozen=True, kw_only=True):
    """What the clock says at one instant; all lengths in seconds."""

    wall: datetime
    """The whole second it was read at, or the one at which the meeting ended."""
    section: SectionId
    elapsed: int
    length: int
    """Adapted length of the section."""
    planned: int
    """Original length of the section."""
    left: int
    """Negative once the section is over its length."""
    phase: Phase
    paused: bool
    paused_for: int
    """Length of the pause that is running."""
    paused_in_all: int
    away: int
    """Gaps that were answered with no."""
    meeting: int
    """Since the start, pauses and gaps included."""
    planned_end: datetime
    projected_end: datetime
    behind: int
    """Projected less planned end; negative is ahead."""
    late: int
    """What a late start lost, where the scheduled end is kept."""
    moved: int
    """By how much a late start moved the end, where the length is kept."""
    gap: Gap | None
    """The oldest gap that still has to be answered."""
    ended: bool
    sections: tuple[SectionTime, ...]


def phase_of(left: int, length: int) -> Phase:
    """Tell the phase of a section from what is left of its adapted length, both in seconds."""
    tenths = max(length, 600)
    warning = min(max(tenths + 600, 2 * length), 5 * length)
    if left < 0:
        return "over"
    if left * 10 <= min(tenths, warning):
        return "danger"
    return "warning" if left * 10 <= warning else "normal"


def read_clock(facts: ClockFacts, now: datetime) -> Reading:
    """Read the clock at an instant."""
    pieces = stretches(facts, now)
    meeting = total(pieces)
    sections = _sections(facts, pieces)
    here = next(each for each in sections if each.section == running(facts))
    over = has_ended(facts)
    remains = 0 if over else sum(each.remains for each in sections)
    begin = whole_second(facts.started_at)
    end, late, moved = _planned_end(facts)
    wall = whole_second(_stood_still(facts) or now)
    left = here.adapted - here.actual
    return Reading(
        wall=_instant(wall),
        section=here.section,
        elapsed=here.actual,
        length=here.adapted,
        planned=here.planned,
        left=left,
        phase=phase_of(left, here.adapted),
        paused=is_paused(facts) and not over,
        paused_for=_running_pause(facts, pieces) if is_paused(facts) and not over else 0,
        paused_in_all=total(pieces, "paused"),
        away=total(pieces, "away"),
        meeting=meeting,
        # A clock that was set back takes the end with it: the meeting is where it was.
        planned_end=_instant(wall + end - begin - meeting),
        projected_end=_instant(wall + remains),
        behind=begin + meeting + remains - end,
        late=late,
        moved=moved,
        gap=next((each for each in facts.facts if isinstance(each, Gap) and each.asks), None),
        ended=over,
        sections=sections,
    )


def remaining_when_left(facts: ClockFacts, section: SectionId, now: datetime) -> int:
    """Count the seconds that the meeting still had when it first left a section, or will have if it has not yet."""
    here = facts.plan[0].section
    for number, fact in enumerate(facts.facts):
        if not isinstance(fact, Entered):
            continue
        if here == section:
            then = structs.replace(facts, facts=facts.facts[: number + 1])
            return sum(each.remains for each in read_clock(then, fact.at).sections)
        here = fact.section
    return sum(each.remains for each in read_clock(facts, now).sections if each.section != section)


def _sections(facts: ClockFacts, pieces: list[Stretch]) -> tuple[SectionTime, ...]:
    order = [each.section for each in facts.plan]
    done = _done(facts, order)
    if has_ended(facts):
        done.add(running(facts))
    adapted: dict[str, int] = {each.section: each.planned for each in facts.plan}
    for fact in facts.facts:
        if isinstance(fact, Adjusted):
            adapted |= fact.lengths
    here = "" if has_ended(facts) else running(facts)
    rows = []
    for each in facts.plan:
        actual = sum(p.seconds for p in pieces if p.kind == "running" and p.section == each.section)
        rows.append(
            SectionTime(
                section=each.section,
                planned=each.planned,
                adapted=adapted[each.section],
                actual=actual,
                state="now" if each.section == here else "done" if each.section in done else "to come",
                floor=max(min(each.floor, each.planned), actual),
                locked=each.locked,
            )
        )
    return tuple(rows)


def _done(facts: ClockFacts, order: list[SectionId]) -> set[SectionId]:
    """Whatever was left for a later section, or skipped, is over until it is entered again."""
    done: set[SectionId] = set()
    here = order[0]
    for fact in facts.facts:
        if isinstance(fact, Entered):
            done |= set(order[order.index(here) : order.index(fact.section)])
            done.discard(fact.section)
            here = fact.section
    return done


def _planned_end(facts: ClockFacts) -> tuple[int, int, int]:
    """Give the planned end, and what a late start lost of the time or moved of the end.

    A schedule that is over altogether no longer counts.
    """
    begin, length = whole_second(facts.started_at), sum(each.planned for each in facts.plan)
    moves = sum(fact.end_moves for fact in facts.facts if isinstance(fact, Adjusted))
    scheduled = begin if facts.planned_start is None else whole_second(facts.planned_start)
    late = begin - scheduled if 0 < begin - scheduled < length else 0
    lost, moved = (late, 0) if facts.keeps_end else (0, late)
    return begin - lost + length + moves, lost, moved


def _running_pause(facts: ClockFacts, pieces: list[Stretch]) -> int:
    """Count what has passed since the last pause began."""
    number, began = [(number, fact.at) for number, fact in enumerate(facts.facts) if isinstance(fact, Paused)][-1]
    return total(pieces) - total(stretches(structs.replace(facts, facts=facts.facts[: number + 1]), began))


def _stood_still(facts: ClockFacts) -> datetime | None:
    return next((fact.at for fact in facts.facts if isinstance(fact, Ended)), None)


def _instant(second: int) -> datetime:
    return EPOCH + timedelta(seconds=second)
