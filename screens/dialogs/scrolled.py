"""A dialog with more to read than fits: arrows, pages and the ends."""

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content

from screens.dialogs.base import Dialog

Result = TypeVar("Result")


class Scrolled(Dialog[Result]):
    """Takes the height of the screen and moves its text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("pagedown,space", "scroll(10)", "Page down", show=False),
        Binding("pageup", "scroll(-10)", "Page up", show=False),
        Binding("end", "scroll(99999)", "End", show=False),
        Binding("home", "scroll(-99999)", "Start", show=False),
    ]
    AUTO_FOCUS = ""
    TALL = True

    def leave_line(self) -> Content:
        """Say the keys there are."""
        keys = (("↑↓", "line"), ("PgUp PgDn", "page"), ("Esc", "back, nothing changes"))
        return Content.assemble(
            *(part for key, does in keys for part in ((key, "bold $accent"), (f" {does}   ", "$dim")))
        )

    def action_scroll(self, step: int) -> None:
        """Move the text."""
        self.query_one(".dialog-text").scroll_relative(y=step, animate=False)
