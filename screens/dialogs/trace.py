"""What a line of the forecast call rests on: deal by deal, with what they add up to."""

from itertools import zip_longest
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from screens.call_traces import Trace, TraceRow
from screens.dialogs.base import Dialog
from tui.widgets.data import plain, spread
from tui.widgets.static import Static

NAME: Final = 28
SHARE: Final = 8
GAP: Final = 2
LEAST: Final = 12
"""Cells that what a row says has at least, however narrow the screen is."""


class Tracing(Dialog[None]):
    """Lists the deals; nothing can be changed here."""

    DEFAULT_CSS = """
    Tracing .dialog-text { scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    Tracing .rows { height: auto; padding: 0 1 0 2; text-wrap: nowrap; text-overflow: clip; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q", "leave", "Back", show=False),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("pagedown,space", "scroll(10)", "Page down", show=False),
        Binding("pageup", "scroll(-10)", "Page up", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(self, trace: Trace) -> None:
        """Show `trace`."""
        super().__init__(plain(trace.title), Content.styled(plain(trace.note), "$foreground") if trace.note else "")
        self._trace = trace

    def compose_body(self) -> ComposeResult:
        """Yield the rows as one text."""
        yield Static(classes="rows", markup=False)

    def compose_raised(self) -> ComposeResult:
        """Yield what they add up to."""
        if self._trace.total is not None:
            yield Static(classes="sum", markup=False)

    def leave_line(self) -> Content:
        """Say how one moves and leaves."""
        return Content.assemble(
            ("↑↓", "bold $accent"), (" move   ", "$foreground"), ("Esc", "bold $accent"), (" back", "$dim")
        )

    def on_mount(self) -> None:
        """Draw once there is room."""
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Draw to the new width."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        rows = self.query_one(".rows", Static)
        width = rows.content_size.width
        if width < NAME:
            return
        shares = any(row.share for row in self._trace.rows)
        rows.update(Content("\n").join(drawn(row, width, shares=shares) for row in self._trace.rows))
        if self._trace.total is not None:
            total = drawn(self._trace.total, width, shares=shares).stylize("bold $bright")
            self.query_one(".sum", Static).update(total)

    def action_scroll(self, step: int) -> None:
        """Move the text."""
        self.query_one(".dialog-text").scroll_relative(y=step, animate=False)


def drawn(row: TraceRow, width: int, *, shares: bool) -> Content:
    """Draw one row: the name and what it is on as many lines as they need, the amount at the right end of the first."""
    right = Content.styled(row.amount + (row.share.rjust(SHARE) if shares else ""), "bold $bright")
    room = width - NAME - (right.cell_length + GAP if right.cell_length else 0)
    names = [line.rstrip() for line in Content.styled(plain(row.name), "$foreground").wrap(NAME - 2)]
    said = [line.rstrip() for line in Content.styled(plain(row.what), "$dim").wrap(max(room, LEAST))]
    blank = Content("")
    lines = [
        Content.assemble(name, " " * (NAME - name.cell_length), what)
        for name, what in zip_longest(names or [blank], said or [blank], fillvalue=blank)
    ]
    return Content("\n").join([spread(lines[0], right, width), *(line.rstrip() for line in lines[1:])])
