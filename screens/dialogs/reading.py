"""Reading in an export: which file, and what was read, before anything is kept."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.worker import get_current_worker

from review.errors import CloseoutError
from review.importing import older_than_last
from review.ports import Incoming
from review.records import Ledger
from review.unclear import Unclear
from screens.dialogs.ask import Ask
from screens.dialogs.base import Dialog
from screens.dialogs.confirm import KeyChoice
from screens.dialogs.scrolled import Scrolled
from tui.widgets.data import Feedback, Tone, plain
from tui.widgets.static import Static

Read = Callable[[str], Incoming]


def path_of(text: str) -> str:
    """Take a path as it is typed, or dropped into a terminal: without quotes and with its spaces."""
    bare = text.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "'\"":
        return bare[1:-1]
    return bare if Path(bare).expanduser().is_file() else bare.replace("\\ ", " ")


LARGE = 1_000_000
"""Bytes from which a file is read aside: the clock goes on meanwhile."""


class AskFile(Ask):
    """Ask for the file; it is read as soon as there is one of that name."""

    def __init__(self, read: Read, ledger: Ledger) -> None:
        """Read by `read`; one that shows an earlier day than `ledger` is refused."""
        self._reader, self._ledger = read, ledger
        self._known: tuple[str, Feedback] = ("", Feedback(ok=False))
        self.found: Incoming | Unclear | None = None
        """What was read, or what has to be answered first."""
        what = "An export" if ledger.export_day is None else "A newer export"
        super().__init__(
            "Read in an export",
            "File",
            body=f"{what} from the CRM. It is read and shown first; nothing is kept before you take it.",
            prompt="the path of a CSV file, or drop it here",
            check=self._look,
        )

    def _look(self, text: str) -> Feedback:
        path = path_of(text)
        if path != self._known[0]:
            size = size_of(path)
            if size is None:
                said = Feedback(ok=False, marks=((Tone.UNKNOWN, "no file of that name yet", ""),) if path else ())
                self._take(path, said, None)
            elif size < LARGE:
                self._take(path, *self._judged(path))
            else:
                self._take(path, Feedback(ok=False, marks=((Tone.UNKNOWN, reading(size), ""),)), None)
                self.run_worker(partial(self._read_aside, path), thread=True, exclusive=True, group="file")
        return self._known[1]

    def _take(self, path: str, said: Feedback, found: Incoming | Unclear | None) -> None:
        self._known, self.found = (path, said), found

    def _read_aside(self, path: str) -> None:
        said, found = self._judged(path)
        if not get_current_worker().is_cancelled and self.is_mounted:
            self.app.call_from_thread(self._was_read, path, said, found)

    def _was_read(self, path: str, said: Feedback, found: Incoming | Unclear | None) -> None:
        if self.is_mounted and path == self._known[0]:
            self._take(path, said, found)
            self._judge()

    def _judged(self, path: str) -> tuple[Feedback, Incoming | Unclear | None]:
        found = read_or_why(partial(self._reader, path))
        if isinstance(found, Unclear):
            return Feedback(marks=((Tone.WATCH, _unclear(found), ""),)), found
        if isinstance(found, CloseoutError):
            return Feedback(ok=False, marks=((Tone.ACT, "cannot be used", f": {found}"),)), None
        refused = older_than_last(self._ledger, found.export)
        if refused is not None:
            return Feedback(ok=False, marks=((Tone.ACT, "older", f": {refused.sentence}"),)), None
        rows = f"{len(found.export.deals):,} rows"
        return Feedback(marks=((Tone.OK, rows, f", {found.export.crm} headers"),)), found

    @property
    def path(self) -> str:
        """The file that was read last."""
        return self._known[0]


def size_of(path: str) -> int | None:
    """Give the bytes of the file that is meant; None where there is none of that name."""
    if not path:
        return None
    try:
        found = Path(path).expanduser()
        return found.stat().st_size if found.is_file() else None
    except (OSError, RuntimeError):
        return None


def reading(size: int) -> str:
    """Say that so many bytes are read."""
    return f"reading {size / 1e6:.0f} MB …"


def read_or_why(read: Callable[[], Incoming]) -> Incoming | CloseoutError:
    """Read a file; where it cannot be taken as it is, give what is unclear or wrong."""
    try:
        return read()
    except CloseoutError as error:
        return error


class StillReading(Dialog[Incoming | CloseoutError]):
    """Say that a large file is read with what was answered, beside the clock; the answer is what was read."""

    def __init__(self, size: int, read: Callable[[], Incoming]) -> None:
        """Read `size` bytes by `read`."""
        super().__init__("Read in an export", reading(size))
        self._reader = read
        self._found: Incoming | CloseoutError | None = None

    def on_mount(self) -> None:
        """Read aside."""
        self.run_worker(self._read_aside, thread=True)

    def _read_aside(self) -> None:
        found = read_or_why(self._reader)
        if not get_current_worker().is_cancelled and self.is_mounted:
            self.app.call_from_thread(self._was_read, found)

    def _was_read(self, found: Incoming | CloseoutError) -> None:
        self._found = found
        self.on_screen_resume()

    def on_screen_resume(self) -> None:
        """Go on once the file is read; while another question lies over this one, that waits."""
        if self._found is not None:
            self.dismiss(self._found)


def _unclear(unclear: Unclear) -> str:
    """Say how much is to be answered, or that the file looks like no list of deals."""
    if unclear.refusal:
        return "its headers are those of no list of deals; Enter, to say which column is what"
    many = len(unclear.open)
    return "one thing to answer; Enter asks" if many == 1 else f"{many} things to answer; Enter asks"


class NotUsed(Dialog[None]):
    """Say why a file cannot be used."""

    def __init__(self, sentence: str) -> None:
        """Say it."""
        super().__init__("Not read in", plain(sentence))


class TakeExport(Scrolled[str]):
    """Show what was read; Enter takes it, `c` looks at its columns first."""

    DEFAULT_CSS = """
    TakeExport .said { padding: 0 2; height: auto; margin-bottom: 1; }
    TakeExport.-low .said, TakeExport .said.-close { margin-bottom: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "answer('take')", "Take", show=False),
        Binding("c", "answer('columns')", "Columns", show=False),
    ]

    def __init__(self, sentences: Sequence[str]) -> None:
        """Show `sentences`, a line each."""
        super().__init__("This was read")
        self._sentences = tuple(sentences)

    def compose_body(self) -> ComposeResult:
        """Yield the sentences."""
        for at, (sentence, below) in enumerate(zip(self._sentences, (*self._sentences[1:], ""), strict=True)):
            style = "bold $bright" if at == 0 else "$foreground"
            # What is listed stands close under the line that counts it.
            close = " -close" if below.startswith("  ") else ""
            yield Static(Content.styled(plain(sentence), style), classes=f"said{close}", markup=False)

    def compose_raised(self) -> ComposeResult:
        """Yield the answer."""
        yield KeyChoice("Enter", "takes it: queue and figures stand on it from now on", "answer('take')", strong=True)
        yield KeyChoice("c", "which column is what", "answer('columns')")

    def action_answer(self, answer: str) -> None:
        """Take it, or look at its columns."""
        self.dismiss(answer)
