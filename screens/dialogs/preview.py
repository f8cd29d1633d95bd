"""An export as it will be written; Enter saves it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens.dialogs.base import Dialog
from tui.widgets.data import plain


class Preview(Dialog[bool]):
    """Show a text that scrolls."""

    DEFAULT_CSS = """
    Preview .text { padding: 0 2; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "Save", show=False),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("pagedown,space", "scroll(10)", "Page down", show=False),
        Binding("pageup", "scroll(-10)", "Page up", show=False),
        Binding("end", "scroll(99999)", "End", show=False),
        Binding("home", "scroll(-99999)", "Start", show=False),
    ]
    AUTO_FOCUS = ""
    TALL = True

    def __init__(self, title: str, text: str, path: str) -> None:
        """Show `text`, which would go to `path`."""
        super().__init__(title, Content.styled(plain(path), "$dim"))
        self._text = "\n".join(plain_line(line) for line in text.splitlines())

    def compose_body(self) -> ComposeResult:
        """Yield the text."""
        yield Static(Content.styled(self._text, "$foreground"), classes="text", markup=False)

    def leave_line(self) -> Content:
        """Say the keys there are."""
        parts = (("Enter", "save it"), ("↑↓", "scroll"), ("Esc", "back, nothing is saved"))
        return Content("   ").join(
            Content.assemble((key, "bold $accent"), (f" {what}", "$dim" if key == "Esc" else "$foreground"))
            for key, what in parts
        )

    def action_save(self) -> None:
        """Save it."""
        self.dismiss(True)

    def action_scroll(self, step: int) -> None:
        """Move the text."""
        self.query_one(".dialog-text").scroll_relative(y=step, animate=False)


def plain_line(line: str) -> str:
    """Show a line of a file as it is, its indent kept, without control codes."""
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + plain(line)
