"""What every dialog is: a plane with a title, a body and one raised row; Esc leaves it without an answer."""

from typing import ClassVar, Final, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from tui.sizes import HEIGHTS, WIDTHS, take_size
from tui.widgets.data import plain
from tui.widgets.keywords import KeyWords
from tui.widgets.rows import Raised
from tui.widgets.static import Static

Result = TypeVar("Result")

MOST: Final = 90
"""Percent of the screen that a dialog is high at most."""
LEAST: Final = 3
"""Rows of text that a dialog shows on the smallest screen."""


class Dialog(ModalScreen[Result | None]):
    """A question over the screen.

    A subclass yields its body and what stands in its raised row, and answers by `dismiss(result)`; it never saves.
    """

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 70%; }
    Dialog .dialog-text { height: auto; max-height: 52vh; }
    Dialog.-tall-dialog .dialog-plane { height: 90%; }
    Dialog.-tall-dialog .dialog-text { height: 1fr; max-height: 100%; }
    Dialog .dialog-leave { padding: 0 2; margin-top: 1; height: 1; color: $dim; }
    Dialog Raised { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", show=False)]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    TALL: ClassVar[bool] = False
    """Whether it takes the height of the screen, for long texts."""

    def __init__(self, title: str, body: str | Content = "") -> None:
        """Ask under `title`; `body` is a sentence or two, shown as it is."""
        super().__init__(classes="-tall-dialog" if self.TALL else None)
        self._title = plain(title)
        self._body = body if isinstance(body, Content) else Content(plain(body))

    def compose(self) -> ComposeResult:
        """Lay out the plane."""
        take_size(self)
        with Vertical(classes="dialog-plane"):
            yield Static(self._title, classes="dialog-title", markup=False)
            if self._body:
                yield Static(self._body, classes="dialog-body", markup=False)
            with VerticalScroll(classes="dialog-text"):
                yield from self.compose_body()
            raised = list(self.compose_raised())
            if raised:
                yield Raised(*raised)
            yield KeyWords(self.leave_line(), classes="dialog-leave", markup=False)

    def compose_body(self) -> ComposeResult:
        """Yield what stands between sentence and raised row."""
        yield from ()

    def compose_raised(self) -> ComposeResult:
        """Yield what the next key acts on."""
        yield from ()

    def leave_line(self) -> Content:
        """Say how one leaves."""
        return Content.assemble(("Esc", "bold $accent"), (" back, nothing changes", "$dim"))

    def on_mount(self) -> None:
        """Fit once everything has its height."""
        self.call_after_refresh(self.fit)

    def on_resize(self) -> None:
        """Fit to the new size."""
        self.call_after_refresh(self.fit)

    def fit(self) -> None:
        """Let the text take the rows that the other parts leave, and none it does not need."""
        if self.TALL or not self.is_mounted:
            return
        plane, text = self.query_one(".dialog-plane"), self.query_one(".dialog-text")
        others = plane.gutter.height + sum(
            part.outer_size.height + part.styles.margin.height
            for part in plane.children
            if part is not text and part.display and not part.styles.is_docked
        )
        text.styles.max_height = max(LEAST, self.size.height * MOST // 100 - others)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Answer; a dialog that another one covers stays, or its answer would close that one."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
