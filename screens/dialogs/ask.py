"""One line of text, with what is understood of it while it is typed."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content

from screens.dialogs.base import Dialog
from tui.widgets.data import Feedback
from tui.widgets.field import FieldRow
from tui.widgets.static import Static


def anything(text: str) -> Feedback:
    """Take any text that is not empty."""
    return Feedback(ok=bool(text.strip()))


class Ask(Dialog[str]):
    """Answer with the text; Enter takes it only when `check` says it is in order."""

    DEFAULT_CSS = """
    Ask FieldRow.-tall { height: auto; min-height: 4; }
    Ask FieldRow.-tall .feedback { height: auto; min-height: 2; max-height: 5; }
    """
    AUTO_FOCUS = "Input"

    def __init__(
        self,
        title: str,
        label: str,
        *,
        body: str | Content = "",
        prompt: str = "",
        value: str = "",
        check: Callable[[str], Feedback] = anything,
        takes: str = "take it",
    ) -> None:
        """Ask for one line; `check` is called on every change, `takes` is what Enter does."""
        super().__init__(title, body)
        self._takes = takes
        self._check = check
        self._row = FieldRow(label, prompt, value, tall=True)

    def compose_body(self) -> ComposeResult:
        """Yield the line."""
        yield self._row

    def leave_line(self) -> Content:
        """Say the keys that work now."""
        leave = Content.assemble(("Esc", "bold $accent"), (" back, nothing changes", "$dim"))
        if not self._check(self._row.text).ok:
            return leave
        return Content.assemble(("Enter", "bold $accent"), (f" {self._takes}   ", "bold $bright"), leave)

    def on_mount(self) -> None:
        """Say what is understood of a prefilled text."""
        self._judge()

    def on_field_row_changed(self, message: FieldRow.Changed) -> None:
        """Judge the text anew."""
        message.stop()
        self._judge()

    def on_field_row_entered(self, message: FieldRow.Entered) -> None:
        """Take the text, or leave the reason standing where it is."""
        message.stop()
        if self._check(message.text).ok:
            self.dismiss(message.text)

    def _judge(self) -> None:
        self._row.feedback = self._check(self._row.text)
        self.query_one(".dialog-leave", Static).update(self.leave_line())
