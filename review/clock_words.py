"""How times are said: figures, and status words that come with their symbol and role."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from review.clock import Gap, Phase
from review.pacing import QUIET, ActionsCall, Plan

Role = Literal["plain", "ok", "watch", "act"]


class Status(Struct, frozen=True):
    """A status as the room sees it: symbol, word and the role that gives both their colour."""

    symbol: str
    word: str
    role: Role

    def __str__(self) -> str:
        return f"{self.symbol} {self.word}".lstrip()


_PHASES: dict[Phase, Status] = {
    "normal": Status("", "left", "plain"),
    "warning": Status("▲", "closing", "watch"),
    "danger": Status("■", "ending", "act"),
    "over": Status("■", "over", "act"),
}


def say_seconds(seconds: int) -> str:
    """Write a length of time: 17:42, and 1:02:10 from an hour on; a minus stands in front of less than nothing."""
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    figure = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return f"–{figure}" if seconds < 0 else figure


def say_left(left: int) -> str:
    """Write what is left of a section as the large figure: 17:42, and +0:15 once it is over."""
    return f"+{say_seconds(-left)}" if left < 0 else say_seconds(left)


def say_phase(phase: Phase) -> Status:
    """Give the word, symbol and role of a phase."""
    return _PHASES[phase]


def say_time(phase: Phase, left: int) -> str:
    """Say the time of a section in one piece: 17:42 left · 1:10 closing · +0:15 over."""
    return f"{say_left(left)} {say_phase(phase).word}"


def say_pace(behind: int) -> Status:
    """Say how the meeting stands; under 15 seconds it is on time."""
    if abs(behind) < QUIET:
        return Status("✓", "on time", "ok")
    if behind < 0:
        return Status("✓", f"{say_seconds(-behind)} ahead", "ok")
    return Status("▲", f"{say_seconds(behind)} behind", "watch")


def say_pause(seconds: int) -> Status:
    """Say how long the section has stood still."""
    return Status("▲", f"paused {say_seconds(seconds)}", "watch")


def say_gap(gap: Gap) -> str:
    """Ask whether the time away counts."""
    return f"{gap.seconds // 60} min away – count {'it' if gap.seconds < 120 else 'them'}?"


def say_late(late: int, length: int = 0) -> str:
    """Say what a late start lost; `length` is the seconds of the whole hour where they are kept, not the end."""
    kept = f"{length // 60} minutes kept" if length else "end kept"
    return f"started {say_seconds(late)} late, {kept}"


def say_plan(plan: Plan, titles: Mapping[str, str], third_deals: int = 0) -> str:
    """Say a plan in one line: what it is about, and where the time comes from.

    `titles` names the sections; `third_deals` is how many deals the shorter inspection sends to next week.
    """
    parts = [f"{titles[each.section]} {say_seconds(each.becomes)}" for each in plan.changes]
    if third_deals:
        parts = [say_third_deals(third_deals)]
    if plan.end_moves:
        parts.append(f"end {say_seconds(plan.end_moves)} later")
    return f"{_about(plan)} → {', '.join(parts)}"


def say_third_deals(count: int) -> str:
    """Say how many third deals wait for next week."""
    return f"{_count(count)} third {'deal' if count == 1 else 'deals'} to next week"


def say_call(call: ActionsCall) -> str:
    """Say when the actions come, and why then."""
    when = "actions now" if call.due else f"actions at {say_seconds(call.minute)}"
    if not call.commitments:
        return when
    what = "1 commitment needs" if call.commitments == 1 else f"{call.commitments} commitments need"
    return f"{what} {say_seconds(call.needed)} – {when}"


def _about(plan: Plan) -> str:
    if plan.kind != "minutes":
        return f"{say_seconds(plan.seconds)} behind"
    return f"{'+' if plan.seconds > 0 else '–'}{say_seconds(abs(plan.seconds))}"


def _count(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return words[number] if number < len(words) else str(number)
