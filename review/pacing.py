"""What can be done about the time: catch-up, minutes added, the call to actions, shares (method, section 10)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from review.clock import ClockFacts, Reading, SectionTime, read_clock, remaining_when_left
from review.settings import Prompt, SectionId

QUIET = 15
"""Seconds behind under which nothing is proposed."""
LONG_DEAL = 120
"""Seconds on a deal from which 'offline' is offered."""
SHORTEST_CALL = 300
"""Seconds before the end at which the call to actions comes at the latest."""

PlanKind = Literal["catch up", "shrink the rest", "end later", "minutes"]


class Change(Struct, frozen=True):
    """One section's length before and after, in seconds."""

    section: SectionId
    was: int
    becomes: int


class Plan(Struct, frozen=True, kw_only=True):
    """A proposal: other lengths for sections, and by how much the end moves; shown before it is confirmed."""

    kind: PlanKind
    seconds: int
    """What it is about: the seconds behind, or added to a section (negative: taken from it)."""
    changes: tuple[Change, ...] = ()
    """In the order of the agenda, only sections that change."""
    end_moves: int = 0

    @property
    def lengths(self) -> dict[str, int]:
        """The new lengths by section, as the fact takes them."""
        return {each.section: each.becomes for each in self.changes}


class ActionsCall(Struct, frozen=True, kw_only=True):
    """When the room has to go to the actions so that everything can be read aloud."""

    at: datetime
    minute: int
    """The same as seconds of the meeting: 52:10."""
    needed: int
    """Seconds for reading aloud."""
    commitments: int
    due: bool
    """Whether the instant has come; also true where waiting longer would move the planned end."""


# Catch-up


def plans(facts: ClockFacts, now: datetime) -> tuple[Plan, ...]:
    """List what can be done about being behind, the proposed one first; each differs from those before it."""
    found: list[Plan] = []
    for plan in (catch_up(facts, now), shrink_the_rest(facts, now), end_later(facts, now)):
        if plan is not None and all((plan.changes, plan.end_moves) != (each.changes, each.end_moves) for each in found):
            found.append(plan)
    return tuple(found)


def catch_up(facts: ClockFacts, now: datetime) -> Plan | None:
    """Distribute what the meeting is behind over all sections that are not over; None under 15 seconds."""
    reading = read_clock(facts, now)
    return _shortened(reading, "catch up", [each for each in reading.sections if each.state != "done"])


def shrink_the_rest(facts: ClockFacts, now: datetime) -> Plan | None:
    """Catch up from the sections to come alone, so that the running one keeps its time."""
    reading = read_clock(facts, now)
    return _shortened(reading, "shrink the rest", [each for each in reading.sections if each.state == "to come"])


def end_later(facts: ClockFacts, now: datetime) -> Plan | None:
    """Leave every section as it is and move the end."""
    return _shortened(read_clock(facts, now), "end later", [])


def add_minutes(facts: ClockFacts, now: datetime, section: SectionId, minutes: int) -> Plan | None:
    """Give a section more minutes, taken from the others, or fewer, given to nobody.

    None where nothing would change: the section is over, or has nothing left that could be taken.
    """
    reading = read_clock(facts, now)
    target = next((each for each in reading.sections if each.section == section), None)
    if target is None or target.state == "done" or reading.ended:
        return None
    seconds = max(minutes * 60, -target.remains)
    if seconds == 0:
        return None
    others = [each for each in reading.sections if each.state != "done" and each.section != section]
    taken, rest = _take(max(0, seconds), others)
    return Plan(
        kind="minutes",
        seconds=seconds,
        changes=_changes(reading, taken | {section: -seconds}),
        end_moves=rest,
    )


def _shortened(reading: Reading, kind: PlanKind, sources: Sequence[SectionTime]) -> Plan | None:
    if reading.ended or reading.behind < QUIET:
        return None
    taken, rest = _take(reading.behind, sources)
    return Plan(kind=kind, seconds=reading.behind, changes=_changes(reading, taken), end_moves=rest)


def _take(seconds: int, sources: Sequence[SectionTime]) -> tuple[dict[SectionId, int], int]:
    """Take seconds from the unlocked sections, then the locked; give what was found where, and what was not."""
    taken: dict[SectionId, int] = {}
    for locked in (False, True):
        group = [each for each in sources if each.locked is locked]
        rooms = [max(0, each.adapted - each.floor) for each in group]
        parts = share_out(seconds, [each.planned for each in group], rooms)
        taken |= {each.section: part for each, part in zip(group, parts, strict=True)}
        seconds -= sum(parts)
    return taken, seconds


def share_out(seconds: int, weights: Sequence[int], rooms: Sequence[int]) -> list[int]:
    """Divide whole seconds in proportion to the weights, none beyond its room; what finds no room is left out.

    Fractions go by largest remainder, equal ones to the earlier.
    """
    parts = [0] * len(rooms)
    rest = min(seconds, sum(rooms))
    opened = [number for number, room in enumerate(rooms) if room > 0]
    while opened:
        weighed = any(weights[number] for number in opened)
        whole = sum(weights[number] for number in opened) if weighed else len(opened)
        fair = {number: Fraction(rest * (weights[number] if weighed else 1), whole) for number in opened}
        full = [number for number in opened if fair[number] >= rooms[number]]
        if not full:
            return _rounded(parts, rest, fair)
        for number in full:
            parts[number] = rooms[number]
            rest -= rooms[number]
            opened.remove(number)
    return parts


def _rounded(parts: list[int], seconds: int, fair: dict[int, Fraction]) -> list[int]:
    for number, share in fair.items():
        parts[number] = int(share)
    missing = seconds - sum(int(share) for share in fair.values())
    for number in sorted(fair, key=lambda each: (int(fair[each]) - fair[each], each))[:missing]:
        parts[number] += 1
    return parts


def _changes(reading: Reading, taken: dict[SectionId, int]) -> tuple[Change, ...]:
    return tuple(
        Change(each.section, each.adapted, each.adapted - taken[each.section])
        for each in reading.sections
        if taken.get(each.section)
    )


# The call to actions


def call_to_actions(
    facts: ClockFacts, now: datetime, commitments: int, seconds_each: int = 12, opening: SectionId = "forecast"
) -> ActionsCall | None:
    """Say when to go to the actions so that every commitment can be read aloud; None once the room is there.

    `commitments` are those read aloud; `opening` is the section whose end fixes the upper bound.
    """
    reading = read_clock(facts, now)
    actions = next((each for each in reading.sections if each.section == "actions"), None)
    if reading.ended or actions is None or actions.state != "to come":
        return None
    wanted = max(SHORTEST_CALL, -(-commitments * seconds_each // 10) * 10)
    needed = min(wanted, remaining_when_left(facts, opening, now) // 2)
    at = reading.projected_end - timedelta(seconds=needed)
    return ActionsCall(
        at=at,
        minute=max(0, reading.meeting + _whole(reading.projected_end - reading.wall) - needed),
        needed=needed,
        commitments=commitments,
        due=reading.wall >= min(at, reading.planned_end - timedelta(seconds=needed)),
    )


def _whole(span: timedelta) -> int:
    return span // timedelta(seconds=1)


# Shares


def seconds_each(left: int, deals: int) -> int | None:
    """Divide what is left of the section among the deals to go; None where there is nothing to divide."""
    return left // deals if left > 0 and deals > 0 else None


def beyond_share(seconds: int, length: int, reps: int) -> int | None:
    """Give a rep's seconds once they are past the rep's share of the section; None before."""
    return seconds if reps > 0 and seconds * reps > length else None


def offers_offline(seconds: int) -> bool:
    """Say whether a deal has had so much time that taking it offline is offered."""
    return seconds >= LONG_DEAL


def prompt_at(prompts: Sequence[Prompt], elapsed: int, within: int | None = None) -> str:
    """Give the agenda's prompt that stands at this second of the section: the last whose minute has come.

    `within`: only one whose minute came less than so many seconds ago.
    """
    since = 0 if within is None else elapsed - within + 1
    come = [each for each in prompts if since <= each.minute * 60 <= elapsed]
    return max(come, key=lambda each: each.minute).text if come else ""
