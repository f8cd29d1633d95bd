"""Who is in the room: a list in which each name is turned on or off."""

from collections.abc import Collection, Sequence
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from screens.dialogs.base import Dialog
from tui.widgets.data import LABEL_WIDTH, Tone, plain, status
from tui.widgets.static import Static

LETTERS: Final = "123456789abcdefghijklmnopqrstuvwxyz"


class PersonRow(Static):
    """One person of the list; a click turns them on or off."""

    DEFAULT_CSS = """
    PersonRow { height: 1; padding: 0 2; }
    PersonRow.-chosen { background: $panel; border-left: outer $accent; padding-left: 1; }
    """

    def __init__(self, at: int, key: str, name: str) -> None:
        """Stand at place `at`, under `key`."""
        super().__init__(markup=False)
        self.at, self._key, self._who = at, key, plain(name)

    def show(self, here: bool, chosen: bool) -> None:
        """Say whether the person is here."""
        self.set_class(chosen, "-chosen")
        name = (self._who, "bold $bright" if here else "$foreground")
        said = Content.assemble((f"{self._key}  ", "bold $accent"), name)
        gap = " " * max(3, LABEL_WIDTH * 2 - said.cell_length)
        word = status(Tone.OK, "here") if here else status(Tone.WATCH, "away")
        self.update(Content.assemble(said, gap, word))

    def on_click(self) -> None:
        """Turn the person on or off."""
        screen = self.screen
        if isinstance(screen, WhoIsHere):
            screen.at = self.at
            screen.action_turn()


class WhoIsHere(Dialog[frozenset[str]]):
    """Answer with the ids of those who are here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("space", "turn", "Here or away", show=False),
        Binding("enter", "take", "Take", show=False),
    ]
    AUTO_FOCUS = ""
    at: reactive[int] = reactive(0, init=False)

    def __init__(self, people: Sequence[tuple[str, str]], present: Collection[str]) -> None:
        """Ask about `people`, each an id and a name."""
        super().__init__("Who is here?")
        self._people = tuple(people)
        self._here = {ident for ident, _ in people if ident in present}

    def compose_body(self) -> ComposeResult:
        """Yield a line for each person."""
        keys = LETTERS.ljust(len(self._people))
        for at, (_, name) in enumerate(self._people):
            yield PersonRow(at, keys[at].strip(), name)

    def leave_line(self) -> Content:
        """Say the keys there are."""
        parts = (("Enter", "take it"), ("Space", "here or away"), ("↑↓", "move"), ("Esc", "back"))
        return Content("   ").join(
            Content.assemble((key, "bold $accent"), (f" {what}", "$dim" if key == "Esc" else "$foreground"))
            for key, what in parts
        )

    def on_mount(self) -> None:
        """Show who is here."""
        self._show()

    def watch_at(self) -> None:
        """Raise another line."""
        self._show()

    def _show(self) -> None:
        for row in self.query(PersonRow):
            row.show(self._people[row.at][0] in self._here, row.at == self.at)
            if row.at == self.at:
                row.scroll_visible(animate=False)

    def action_move(self, step: int) -> None:
        """Go up or down, and stop at the ends."""
        self.at = max(0, min(len(self._people) - 1, self.at + step))

    def action_turn(self) -> None:
        """Turn the raised person on or off."""
        if self._people:
            self._here ^= {self._people[self.at][0]}
            self._show()

    def action_take(self) -> None:
        """Answer with those who are here."""
        self.dismiss(frozenset(self._here))

    def on_key(self, event: events.Key) -> None:
        """Turn the person on or off whose key was pressed."""
        if event.character and event.character in LETTERS[: len(self._people)]:
            event.stop()
            self.at = LETTERS.index(event.character)
            self.action_turn()
