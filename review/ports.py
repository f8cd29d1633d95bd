"""What the review asks of the outside world; `tui.cli` puts the real things in, tests put in others."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from review.words import counted

if TYPE_CHECKING:
    from review.answers import Answers
    from review.contact import Contact
    from review.deals import Export
    from review.desk_call import DeskIntent
    from review.events import Batch, ColumnsConfirmed
    from review.fold import Minutes
    from review.outlook import Opening, Outlook
    from review.private_notes import Entry, Settle, Write
    from review.proposals import Proposals
    from review.queue import Plan
    from review.records import Ledger
    from review.results import Refusal
    from review.session import Session
    from review.settings import Settings
    from review.sheets.filled import ReadSheets
    from review.unclear import Ask


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

    def append(self, batch: "Batch") -> object:
        """Write one batch; what it gives is of no concern. Raises CloseoutError where it could not be saved."""
        ...


class Freezer(Protocol):
    """Keeps the snapshot of a lock."""

    def freeze(self, review: str, ledger: "Ledger") -> str:
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
        """Write the draft; raises CloseoutError where it could not be written, which loses no fact."""
        ...

    def read(self) -> Draft:
        """Give the draft kept last; an empty one where there is none that can be read."""
        ...


class Standing(Struct, frozen=True, kw_only=True):
    """All that stands between reviews."""

    ledger: "Ledger"
    settings: "Settings"
    outlook: "Outlook | None" = None
    """What the lobby says of it, where it is the next review that stands on it."""


class Saved(Struct, frozen=True):
    """An export as text, where it would go or went, and how many more files go beside it."""

    text: str
    path: Path | None = None
    said: tuple[str, ...] = ()
    """What has changed or was withdrawn since the last time and is to be mended by hand."""
    empty: bool = False
    """Whether nothing is new."""
    beside: int = 0

    def at(self, path: Path | None) -> str:
        """Say where it went, or would go."""
        return f"{path or ''}" + (f" and {counted(self.beside, 'file')} beside it" if self.beside else "")


class Incoming(Struct, frozen=True, kw_only=True):
    """An export that was read and is not kept yet."""

    export: "Export"
    said: tuple[str, ...]
    """What is said of it, a line each."""
    learned: "ColumnsConfirmed | None" = None
    """What a person said of its columns, to be remembered with it."""
    original: bytes = b""
    """The file itself, where it has to go back to the CRM as it came."""
    asks: "tuple[Ask, ...]" = ()
    """The mapping page; the lines of it that nobody has answered for yet are not sure."""

    @property
    def doubts(self) -> "tuple[Ask, ...]":
        """Questions about its values, without whose answers it can be taken all the same."""
        return tuple(ask for ask in self.asks if not ask.sure and not ask.is_column)


class Watched(Struct, frozen=True, kw_only=True):
    """What a second terminal sees of a workspace: the latest review, running or over."""

    minutes: "Minutes | None" = None
    """None before the first review."""
    draft: Draft = Draft()
    contact: "Contact | None" = None
    """What was last heard of the program that runs the review."""
    trouble: str = ""
    """Why something newer cannot be read, once that is no passing state."""


class Watch(Protocol):
    """Looks at a workspace that another program writes; takes no lock and writes nothing."""

    @property
    def clock(self) -> Clock:
        """The clock of the workspace."""
        ...

    def look(self) -> Watched:
        """Give what stands now; the same object while nothing has changed. Never raises CloseoutError."""
        ...


class CallDesk(Protocol):
    """What the forecast call stands on, and where it records."""

    @property
    def clock(self) -> Clock:
        """The clock of the workspace."""
        ...

    @property
    def today(self) -> date:
        """The review's day: the machine's, or the one asked for."""
        ...

    def standing(self) -> Standing:
        """Read what stands now; raises CloseoutError."""
        ...

    def desk_do(self, intent: "DeskIntent") -> "Refusal | None":
        """Decide and record something of the forecast call; raises CloseoutError."""
        ...


class PrivateDesk(CallDesk, Protocol):
    """The manager's own desk beside the running review: reads everything, writes the private notes alone."""

    def look(self) -> Watched:
        """Give what the room sees, as `Watch` does."""
        ...

    def entries(self) -> "tuple[Entry, ...]":
        """Give every private entry, settled ones too; raises CloseoutError."""
        ...

    def note(self, intent: "Write | Settle") -> "Refusal | None":
        """Decide and record a private entry; raises CloseoutError."""
        ...

    def write_sheet(self, person: str) -> Path:
        """Write the one-to-one sheet of a rep into the private folder; raises CloseoutError."""
        ...


class Archive(Protocol):
    """Reviews that are over; nothing here is changed, and every part may be asked from another thread."""

    def minutes(self, review: str) -> "Minutes":
        """Fold a review; raises CloseoutError."""
        ...

    def ledger(self, review: str) -> "Ledger":
        """Give what the lock of a review froze; raises CloseoutError."""
        ...

    def recorded(self, review: str, *parts: Collection[str]) -> "tuple[Batch, ...]":
        """Give what was recorded in a review, nothing where it holds no text of one part; raises CloseoutError."""
        ...

    def between(self) -> "tuple[Batch, ...]":
        """Give what was recorded between reviews; raises CloseoutError."""
        ...


class Office(CallDesk, Protocol):
    """All that the screens ask of the disk; `tui.cli` gives the real one."""

    archive: Archive

    @property
    def notes(self) -> tuple[str, ...]:
        """Damage that was met when the running review was opened, in sentences."""
        ...

    def opening(self) -> "Opening":
        """Read what the lobby shows; raises CloseoutError."""
        ...

    def changed(self) -> bool:
        """Tell whether something on disk has changed since `opening` was read."""
        ...

    def running(self) -> "Session | None":
        """Open the running review, or give None; raises CloseoutError, also where another program runs it."""
        ...

    def begin(self, standing: Standing, present: Sequence[str], plan: "Plan") -> "Session":
        """Start a review; raises CloseoutError."""
        ...

    def finish(self) -> None:
        """Let the workspace go after a lock."""
        ...

    def drafts(self, review: str) -> Drafts:
        """Give the drafts of a review."""
        ...

    def proposals(self) -> "Proposals":
        """Read what Setting up proposes from the export that stands; raises CloseoutError."""
        ...

    def keep_settings(self, settings: "Settings") -> None:
        """Write the settings; raises CloseoutError."""
        ...

    def read_file(self, path: str, answers: "Answers | None" = None) -> Incoming:
        """Read an export from a file with what a person said of it; nothing is kept yet.

        Raises Unclear, with the mapping page, where more has to be said; CloseoutError.
        """
        ...

    def take_import(self, incoming: Incoming) -> None:
        """Keep an export that was read between reviews; raises CloseoutError."""
        ...

    def read_sheets(self, path: str) -> "ReadSheets":
        """Read the reps' filled-in sheets from a file or a folder; nothing is recorded yet. Raises CloseoutError."""
        ...

    def keep_export(self, incoming: Incoming) -> None:
        """Keep the rows of an export that a running review takes in; raises CloseoutError."""
        ...

    def targets(self) -> tuple[tuple[str, str, str], ...]:
        """List what a review can be exported to, as name, title and where it goes; raises CloseoutError."""
        ...

    def written(self, minutes: "Minutes", target: str, *, news: bool = False) -> Saved:
        """Give an export of a review as text; `news`: only what this target has not had yet. Raises CloseoutError."""
        ...

    def save(self, minutes: "Minutes", target: str, *, news: bool = False) -> Path | None:
        """Write an export of a review into the workspace's exports; `news` is remembered.

        None where nothing is left to be written. Raises CloseoutError.
        """
        ...
