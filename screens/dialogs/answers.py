"""Reading in the reps' sheets: which file or folder, and what they change, before anything is recorded."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from review.errors import CloseoutError
from review.settings import Settings
from review.sheets.filled import Answered, ReadSheets
from review.sheets.report import INDENT, difference_lines, summary
from screens.dialogs.ask import Ask
from screens.dialogs.base import Dialog
from screens.dialogs.confirm import KeyChoice
from screens.dialogs.reading import path_of
from screens.dialogs.scrolled import Scrolled
from tui.widgets.data import Feedback, Tone, plain
from tui.widgets.field import FieldRow
from tui.widgets.static import Static

Read = Callable[[str], ReadSheets]
UNDOING = "closeout import --undo takes these answers back, until the next import or lock."


class AskSheets(Ask):
    """Ask for the sheets; a folder may hold many, so they are read by Enter and not while the path is typed."""

    def __init__(self, read: Read) -> None:
        """Read by `read`; what it refuses is said where the path was typed."""
        self._reader = read
        self._refused: dict[str, str] = {}
        self.read: ReadSheets | None = None
        """What was read."""
        super().__init__(
            "Read in the reps’ sheets",
            "File or folder",
            body="What they change is shown first; nothing is recorded before you take it.",
            prompt="one sheet, or a folder of them",
            check=self._look,
            takes="look at it",
        )

    def _look(self, text: str) -> Feedback:
        path = path_of(text)
        if refused := self._refused.get(path):
            return Feedback(ok=False, marks=((Tone.ACT, "cannot be used", f": {refused}"),))
        place = Path(path).expanduser()
        if not path or not place.exists():
            return Feedback(ok=False, marks=((Tone.UNKNOWN, "nothing of that name yet", ""),) if path else ())
        what = "a folder; Enter looks at the sheets in it" if place.is_dir() else "a file; Enter looks at it"
        return Feedback(marks=((Tone.OK, what, ""),))

    def on_field_row_entered(self, message: FieldRow.Entered) -> None:
        """Read them; what cannot be used is said, and the path stays to be mended."""
        message.stop()
        message.prevent_default()
        self._refused.clear()
        if not self._look(message.text).ok:
            return
        try:
            self.read = self._reader(path_of(message.text))
        except CloseoutError as error:
            self._refused[path_of(message.text)] = error.sentence
            self._judge()
        else:
            self.dismiss(message.text)


class TakeAnswers(Scrolled[bool]):
    """Show the difference that filled-in sheets make; Enter takes all of it."""

    DEFAULT_CSS = """
    TakeAnswers .line { padding: 0 2; height: auto; }
    TakeAnswers .line.-in { padding: 0 2 0 4; }
    TakeAnswers .line.-apart { margin-top: 1; }
    TakeAnswers .undoing { padding: 0 2; height: auto; color: $dim; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,y", "take", "Take", show=False)]

    def __init__(self, answered: Answered, settings: Settings) -> None:
        """Show what is taken person by person, then what is refused and why."""
        super().__init__("Answers in writing", Content.styled(plain(summary(answered)), "bold $bright"))
        self._answered = answered
        self._lines = difference_lines(answered, settings)

    def compose_body(self) -> ComposeResult:
        """Yield the lines; who they are of stands bright above them."""
        apart = False
        for line in self._lines:
            if not line:
                apart = True
                continue
            inside = line.startswith(INDENT)
            style = "$foreground" if inside else "bold $bright"
            classes = "line -in" if inside else "line -apart" if apart else "line"
            yield Static(Content.styled(plain(line), style), classes=classes, markup=False)
            apart = False

    def compose_raised(self) -> ComposeResult:
        """Yield what Enter does; nothing where there is nothing to take or to ask again."""
        if self._answered.facts:
            again = "; what is asked again goes back as a small sheet" if self._answered.back else ""
            yield KeyChoice("Enter", f"takes all of it{again}", "take", strong=True)
            yield Static(UNDOING, classes="undoing", markup=False)
        elif self._answered.back:
            yield KeyChoice("Enter", "writes what is asked again as small sheets", "take", strong=True)

    def action_take(self) -> None:
        """Take all of it."""
        if self._answered.facts or self._answered.back:
            self.dismiss(True)


class AskedAgain(Dialog[None]):
    """Say where the small sheets are."""

    DEFAULT_CSS = """
    AskedAgain .names { padding: 0 2; height: auto; }
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        """Name each of `paths` once, whatever its forms."""
        forms = ", ".join(dict.fromkeys(path.suffix for path in paths))
        self._names = tuple(dict.fromkeys(path.stem for path in paths))
        super().__init__("Asked again", plain(f"Each as {forms}, to be sent once more, in {paths[0].parent}:"))

    def compose_body(self) -> ComposeResult:
        """Yield the names."""
        names = "\n".join(plain(name) for name in self._names)
        yield Static(Content.styled(names, "$bright"), classes="names", markup=False)

    def leave_line(self) -> Content:
        """Say the key that goes on."""
        return Content.assemble(("Esc", "bold $accent"), (" back to the lobby", "$dim"))
