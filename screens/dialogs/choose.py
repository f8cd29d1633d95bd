"""Choose one of a list: by its key, by arrows and Enter, or by a click."""

from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from screens.dialogs.base import Dialog
from tui.widgets.data import LABEL_WIDTH, plain
from tui.widgets.rows import words
from tui.widgets.static import Static

NUMBERS: Final = "123456789"


class Choice(Struct, frozen=True):
    """One thing to choose."""

    id: str
    title: str
    note: str = ""
    """Said dim behind it."""
    key: str = ""
    """A letter of its own; the first nine others get 1 to 9."""


class ChoiceRow(Static):
    """A line of the list."""

    DEFAULT_CSS = """
    ChoiceRow { height: auto; padding: 0 2; }
    ChoiceRow.-chosen { background: $panel; border-left: outer $accent; padding-left: 1; }
    """

    def __init__(self, at: int, key: str, choice: Choice) -> None:
        """Stand at place `at`, under `key`."""
        super().__init__()
        self.at, self._key, self._choice = at, key, choice

    def show(self, chosen: bool) -> None:
        """Raise the line that Enter takes."""
        self.set_class(chosen, "-chosen")
        title = "bold $bright" if chosen else "$foreground"
        # The colour “dim” is too weak on the raised plane.
        note = "$foreground" if chosen else "$dim"
        said = Content.assemble((f"{self._key or ' '}  ", "bold $accent"), (plain(self._choice.title), title))
        if self._choice.note:
            said = said.pad_right(max(LABEL_WIDTH * 2 - said.cell_length, 3))
            room = self.content_size.width - said.cell_length
            # Under a long title there is no column left to stand in.
            lines = Content.styled(plain(self._choice.note), note).wrap(room) if room >= LABEL_WIDTH else []
            said += Content("\n" + " " * said.cell_length).join(lines or [Content.styled(self._choice.note, note)])
        self.update(said)

    def on_resize(self) -> None:
        """Wrap the note to the new width."""
        self.show(self.has_class("-chosen"))

    def on_click(self) -> None:
        """Take the line."""
        screen = self.screen
        if isinstance(screen, Choose):
            screen.take(self.at)


class Choose(Dialog[str]):
    """Answer with the id of what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("home", "move(-9999)", "First", show=False),
        Binding("end", "move(9999)", "Last", show=False),
        Binding("enter", "take", "Take", show=False),
    ]
    AUTO_FOCUS = ""
    at: reactive[int] = reactive(0, init=False)
    """The place of the raised line."""

    def __init__(self, title: str, choices: Sequence[Choice], *, body: str | Content = "", chosen: str = "") -> None:
        """Offer `choices`; the one with the id `chosen` is raised first."""
        super().__init__(title, words(body) if body else "")
        self._choices = tuple(choices)
        free = iter(key for key in NUMBERS if key not in {choice.key for choice in choices})
        self._keys = [choice.key or next(free, "") for choice in self._choices]
        start = next((at for at, choice in enumerate(self._choices) if choice.id == chosen), 0)
        self.set_reactive(Choose.at, start)

    def compose_body(self) -> ComposeResult:
        """Yield a line for each choice."""
        for at, (key, choice) in enumerate(zip(self._keys, self._choices, strict=True)):
            yield ChoiceRow(at, key, choice)

    def leave_line(self) -> Content:
        """Say the keys there are."""
        return Content.assemble(
            ("Enter", "bold $accent"),
            (" take   ", "$foreground"),
            ("↑↓", "bold $accent"),
            (" move   ", "$foreground"),
            ("Esc", "bold $accent"),
            (" back, nothing changes", "$dim"),
        )

    def on_mount(self) -> None:
        """Raise the first line."""
        self.watch_at()

    def watch_at(self) -> None:
        """Raise another line."""
        for row in self.query(ChoiceRow):
            row.show(row.at == self.at)
            if row.at == self.at:
                row.scroll_visible(animate=False)

    def action_move(self, step: int) -> None:
        """Go up or down, and stop at the ends."""
        self.at = max(0, min(len(self._choices) - 1, self.at + step))

    def action_take(self) -> None:
        """Take the raised line."""
        self.take(self.at)

    def take(self, at: int) -> None:
        """Answer with the line at a place."""
        if 0 <= at < len(self._choices):
            self.dismiss(self._choices[at].id)

    def on_key(self, event: events.Key) -> None:
        """Take the line whose key was pressed."""
        if event.character and event.character in self._keys:
            event.stop()
            self.take(self._keys.index(event.character))
