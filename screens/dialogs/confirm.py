"""Yes or no, with the sentence that says what yes does."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from screens.dialogs.base import Dialog
from tui.widgets.data import plain
from tui.widgets.static import Static


class KeyChoice(Static):
    """A key with its word; a click is the key."""

    DEFAULT_CSS = """
    KeyChoice { width: auto; height: 1; }
    """

    def __init__(self, key: str, word: str, action: str, *, strong: bool = False) -> None:
        """Show `key` and `word`; run `action` of the screen on a click."""
        style = "bold $bright" if strong else "$foreground"
        super().__init__(Content.assemble((key, "bold $accent"), (f" {plain(word)}", style)))
        self._action = action

    async def on_click(self) -> None:
        """Do what the key does."""
        await self.screen.run_action(f"screen.{self._action}")


class Confirm(Dialog[bool]):
    """Ask once; Enter or `y` is yes, `n` is no, Esc is no answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "answer(True)", "Yes", show=False),
        Binding("n", "answer(False)", "No", show=False),
    ]

    def __init__(self, title: str, sentence: str | Content, *, yes: str = "yes", no: str = "no") -> None:
        """Say in `sentence` what happens; `yes` and `no` are the words of the two answers."""
        super().__init__(title, sentence)
        self._yes, self._no = yes, no

    def compose_raised(self) -> ComposeResult:
        """Yield the two answers, the next key first."""
        yield KeyChoice("Enter", self._yes, "answer(True)", strong=True)
        yield KeyChoice("n", self._no, "answer(False)")

    def action_answer(self, answer: bool) -> None:
        """Take the answer."""
        self.dismiss(answer)
