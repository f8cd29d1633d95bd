"""A long list under headings: labels in sixteen cells, figures at the right, one line marked as the current one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region, Spacing
from textual.widgets import Static

from tui.widgets.data import LABEL_WIDTH, spread

MARK: Final = "▸ "
NOTHING: Final = Content("")


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line; a heading cannot be the current one."""

    id: str
    label: Content
    text: Content
    right: Content = NOTHING
    heading: bool = False


def drawn(said: ListLine, width: int, current: bool) -> Content:
    """Draw one line `width` cells wide."""
    if said.heading:
        return spread(Content.assemble("  ", said.label.stylize("bold $bright")), said.right, width)
    mark = Content.styled(MARK, "bold $accent") if current else Content("  ")
    label = said.label.truncate(LABEL_WIDTH - 1, ellipsis=True)
    text = said.text.stylize("bold $bright") if current else said.text
    left = Content.assemble(mark, label.pad_right(LABEL_WIDTH - label.cell_length), text)
    return spread(left, said.right, width)


class Listing(VerticalScroll, can_focus=False):
    """Shows the lines; the current one stays in sight."""

    DEFAULT_CSS = """
    Listing { height: 1fr; min-height: 4; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    Listing > Static { height: auto; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Start empty."""
        super().__init__(id=id)
        self._lines: tuple[ListLine, ...] = ()
        self._current = ""

    def compose(self) -> ComposeResult:
        """Lay out the one text that holds all lines."""
        yield Static(markup=False)

    def show(self, lines: Sequence[ListLine], current: str) -> None:
        """Change what is said, and which line is the current one."""
        self._lines, self._current = tuple(lines), current
        self._draw()

    def on_resize(self) -> None:
        """Draw to the new width."""
        self._draw()

    def _draw(self) -> None:
        # One column stays free for the scroll bar, another at the left for the padding of the plane.
        width = self.size.width - 2
        if not self.is_mounted or width < LABEL_WIDTH * 2:
            return
        rows, at = list[Content](), 0
        for line in self._lines:
            if line.heading and rows:
                rows.append(Content(""))
            if line.id == self._current:
                at = len(rows)
            rows.append(drawn(line, width, line.id == self._current))
        self.query_one(Static).update(Content("\n").join(rows))
        self.call_after_refresh(self._keep_in_sight, at)

    def _keep_in_sight(self, row: int) -> None:
        # The heading above the first line of a part is kept in sight with it.
        self.scroll_to_region(Region(0, row, 1, 1), spacing=Spacing(2, 0, 1, 0), animate=False, force=True)
