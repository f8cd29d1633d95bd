"""A long list under headings: labels in sixteen cells, figures at the right, one line marked as the current one."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from textual import events
from textual.content import Content
from textual.geometry import Region, Size, Spacing
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from tui.widgets.data import LABEL_WIDTH, spread

MARK: Final = "▸ "
NOTHING: Final = Content("")


class ListLine(Struct, frozen=True):
    """One line; a heading cannot be the current one."""

    id: str
    label: Content
    text: Content
    right: Content = NOTHING
    heading: bool = False
    shorter: tuple[Content, ...] = ()
    """What is said instead where there is too little room, the longest first."""


def room_for_text(width: int) -> int:
    """Give the cells for the text of a line without a right end, in a list `width` cells wide."""
    return max(0, width - 2 - len(MARK) - LABEL_WIDTH - 1)


def drawn(said: ListLine, width: int, current: bool) -> Content:
    """Draw one line `width` cells wide."""
    if said.heading:
        return spread(Content.assemble("  ", said.label.stylize("bold $bright")), said.right, width)
    mark = Content.styled(MARK, "bold $accent") if current else Content("  ")
    label = said.label.truncate(LABEL_WIDTH - 1, ellipsis=True)
    room = width - len(MARK) - LABEL_WIDTH - said.right.cell_length - 1
    text = next((one for one in (said.text, *said.shorter) if one.cell_length <= room), (said.text, *said.shorter)[-1])
    text = text.stylize("bold $bright") if current else text
    left = Content.assemble(mark, label.pad_right(LABEL_WIDTH - label.cell_length), text)
    return spread(left, said.right, width)


class Listing(ScrollView, can_focus=False):
    """Shows the lines, and draws only those in sight: years of them cost no more; the current one stays in sight."""

    DEFAULT_CSS = """
    Listing { height: 1fr; min-height: 4; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    """

    class Chosen(Message):
        """A line was clicked."""

        def __init__(self, to: str) -> None:
            """Say where it leads."""
            super().__init__()
            self.to = to

    def __init__(self, *, id: str | None = None) -> None:
        """Start empty."""
        super().__init__(id=id)
        self._rows: tuple[ListLine | None, ...] = ()
        """The lines as they stand; None is the empty row over a heading."""
        self._current = ""

    def show(self, lines: Sequence[ListLine], current: str) -> None:
        """Change what is said, and which line is the current one."""
        rows = list[ListLine | None]()
        for line in lines:
            rows += [None, line] if line.heading and rows else [line]
        before, same = self._current, tuple(rows) == self._rows
        self._rows, self._current = tuple(rows), current
        self._measure()
        if same:
            for ident in {before, current}:
                self.refresh_line(self._row_of(ident))
        else:
            self.refresh()

    def _row_of(self, ident: str) -> int:
        return next((at for at, row in enumerate(self._rows) if row is not None and row.id == ident), 0)

    def on_click(self, event: events.Click) -> None:
        """Say which line is under the pointer."""
        offset = event.get_content_offset(self)
        at = offset.y + self.scroll_offset.y if offset is not None else len(self._rows)
        row = self._rows[at] if at < len(self._rows) else None
        if row is not None and not row.heading:
            event.stop()
            self.post_message(self.Chosen(row.id))

    def on_resize(self) -> None:
        """Draw to the new width, and keep the current line in sight."""
        self._measure()

    @property
    def lines(self) -> tuple[ListLine, ...]:
        """What is shown."""
        return tuple(row for row in self._rows if row is not None)

    @property
    def _width(self) -> int:
        # One column stays free for the scroll bar, another at the left for the padding of the plane.
        return self.size.width - 2

    def _measure(self) -> None:
        self.virtual_size = Size(max(0, self._width), len(self._rows))
        self.call_after_refresh(self._keep_in_sight, self._row_of(self._current))

    def render_line(self, y: int) -> Strip:
        """Draw one row of those in sight."""
        at, width = y + self.scroll_offset.y, self._width
        row = self._rows[at] if at < len(self._rows) else None
        if row is None or width < LABEL_WIDTH * 2:
            return Strip.blank(self.size.width, self.rich_style)
        content = drawn(row, width, row.id == self._current)
        strips = Visual.to_strips(self, content, self.size.width, 1, self.visual_style, pad=True)
        return strips[0]

    def _keep_in_sight(self, row: int) -> None:
        # The heading above the first line of a part is kept in sight with it.
        self.scroll_to_region(Region(0, row, 1, 1), spacing=Spacing(2, 0, 1, 0), animate=False, force=True)
