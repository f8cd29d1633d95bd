"""What the review asks of the outside world; `tui.cli` puts the real things in, tests put in others."""

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from review.events import Batch
from review.records import Ledger


class Clock(Protocol):
    """Time that a test can replace."""

    def now(self) -> datetime:
        """Give the instant, aware and in UTC."""
        ...

    def steady(self) -> float:
        """Give seconds of a clock that nobody sets."""
        ...


class BatchLog(Protocol):
    """An append-only list of batches; what `append` returned from is durable."""

    def append(self, batch: Batch) -> None:
        """Write one batch; raises CloseoutError where it could not be saved."""
        ...


class Freezer(Protocol):
    """Keeps the snapshot of a lock."""

    def freeze(self, review: str, ledger: Ledger) -> str:
        """Write the snapshot and give its digest; raises CloseoutError where it could not be saved."""
        ...


class Draft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state of a screen that is no fact yet."""

    texts: dict[str, str] = {}
    """Field to what stands in it; the screens choose the keys."""
    place: dict[str, str] = {}
    """Where one is: screen, deal, field; the screens choose the keys."""
    seen: datetime | None = None
    """Sign of life by the wall clock, UTC."""
    ticks: float = 0.0
    """Sign of life by the monotonic clock, seconds; comparable on the same boot only."""


class Drafts(Protocol):
    """Keeps what is being typed."""

    def keep(self, draft: Draft) -> None:
        """Write the draft; failing to is no error."""
        ...

    def read(self) -> Draft:
        """Give the draft kept last; an empty one where there is none that can be read."""
        ...
