"""Where the seconds of a review went: stretches between its facts, in the order in which they were recorded."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from review.clock_facts import ClockFacts, Entered, Gap, Paused, Resumed, Timed, has_ended, whole_second
from review.settings import SectionId

Kind = Literal["running", "paused", "away"]


class Stretch(Struct, frozen=True):
    """Seconds between two facts, both counted from 1970, and where they went."""

    first: int
    last: int
    section: SectionId
    kind: Kind

    @property
    def seconds(self) -> int:
        """How long it was; never negative."""
        return self.last - self.first


class _Walk:
    """A walk along the facts."""

    def __init__(self, facts: ClockFacts) -> None:
        self.pieces: list[Stretch] = []
        self.at = whole_second(facts.started_at)
        self.section = facts.plan[0].section
        self.paused = False
        self.behind = 0
        """Seconds by which the clock on the wall was set back and not yet forward again."""

    def pass_to(self, instant: datetime, *, away: bool = False) -> None:
        """Let time pass; a wall clock that ran backwards adds nothing."""
        second = whole_second(instant)
        if second > self.at:
            kind: Kind = "paused" if self.paused else "away" if away else "running"
            self.pieces.append(Stretch(self.at, second, self.section, kind))
        self.at = second

    def take(self, fact: Timed) -> None:
        """Go on to the next fact."""
        if isinstance(fact, Gap):
            if whole_second(fact.first) > self.at:
                self.pass_to(fact.first)
            self._jump(whole_second(fact.last) - self.at, away=fact.counted is False)
            self.pass_to(fact.last, away=fact.counted is False)
            return
        self.pass_to(fact.at)
        if isinstance(fact, Entered):
            self.section = fact.section
        elif isinstance(fact, Paused | Resumed):
            self.paused = isinstance(fact, Paused)

    def _jump(self, seconds: int, *, away: bool) -> None:
        """Let a clock that was set back come forward again: of what does not count, that was no time at all."""
        if seconds < 0:
            self.behind -= seconds
        elif away:
            again = min(seconds, self.behind)
            self.behind -= again
            self.at += again


def stretches(facts: ClockFacts, now: datetime) -> list[Stretch]:
    """Cut the review up to now into stretches; whatever its clock counts is a sum of them."""
    walk = _Walk(facts)
    for fact in facts.facts:
        walk.take(fact)
    if not has_ended(facts):
        walk.pass_to(now)
    return walk.pieces


def total(pieces: list[Stretch], kind: Kind | None = None) -> int:
    """Add up the seconds of all stretches, or of one kind."""
    return sum(piece.seconds for piece in pieces if kind is None or piece.kind == kind)


def spent(facts: ClockFacts, since: datetime, until: datetime) -> int:
    """Count the seconds between two instants without pauses and gaps that do not count."""
    begin, end, seconds = whole_second(since), whole_second(until), 0
    pieces = stretches(facts, until)
    # Where the clock was set back an instant comes twice: the later one is meant.
    beyond = 0 if begin < whole_second(facts.started_at) else len(pieces)
    first = max((number for number, piece in enumerate(pieces) if piece.first <= begin <= piece.last), default=beyond)
    for number, piece in enumerate(pieces[first:]):
        low = max(piece.first, begin) if number == 0 else piece.first
        stops = low <= end <= piece.last
        if piece.kind == "running":
            seconds += max(0, (end if stops else piece.last) - low)
        if stops:
            break
    return seconds
