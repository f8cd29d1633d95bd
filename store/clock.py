"""The clock of a workspace: the machine's, or one that runs faster to rehearse an hour in a minute."""

import time
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from review.ports import Clock
from store import documents
from store.kinds import CLOCK
from store.workspace import Workspace


class Pace(Struct, frozen=True, kw_only=True):
    """How fast the clock of a workspace runs, and from when."""

    factor: float
    anchor: datetime
    """The instant, aware UTC, at which it showed the same as the machine's."""


class RealClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the instant in UTC."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Give seconds of the clock that nobody sets."""
        return time.monotonic()


class SpedClock:
    """A clock that has run faster since its anchor; every program that opens the workspace sees the same."""

    def __init__(self, pace: Pace, real: Clock | None = None) -> None:
        """Take the pace; `real` is the machine's clock unless a test has another."""
        self._pace = pace
        self._real = real or RealClock()

    def now(self) -> datetime:
        """Give the instant it shows."""
        passed = self._real.now() - self._pace.anchor
        return self._pace.anchor + timedelta(seconds=passed.total_seconds() * self._pace.factor)

    def steady(self) -> float:
        """Give steady seconds at the same pace."""
        return self._real.steady() * self._pace.factor


def clock_of(workspace: Workspace) -> Clock:
    """Give the clock of a workspace; the machine's where no other was set. Raises Damaged, TooNew, NotReadable."""
    pace = _pace(workspace)
    return RealClock() if pace is None or pace.factor == 1 else SpedClock(pace)


def factor_of(workspace: Workspace) -> int:
    """Give how many times as fast as the machine's the clock runs, rounded. Raises Damaged, TooNew, NotReadable."""
    pace = _pace(workspace)
    return 1 if pace is None else round(pace.factor)


def _pace(workspace: Workspace) -> Pace | None:
    return documents.load(workspace.clock, CLOCK, Pace).value


def speed_up(workspace: Workspace, factor: float, now: datetime) -> None:
    """Let the clock of a workspace run `factor` times as fast from now on. Raises NotSaved."""
    documents.save(workspace.clock, CLOCK, Pace(factor=factor, anchor=now))
