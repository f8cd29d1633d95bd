"""The header: what, when and the wall clock; under it the hour as one line of pieces as long as their minutes."""

from collections.abc import Sequence
from typing import Final

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.data import HeaderView, Piece, plain, spread, status
from tui.widgets.footer import NARROW, margin

PRODUCT: Final = "Closeout"


def lengths(minutes: Sequence[int], width: int) -> tuple[int, ...]:
    """Share `width` cells out by minutes, one cell between pieces; lengths and gaps sum to the width.

    Equal sections are equally long: what is left over goes to the longest. Each gets a cell while there are enough.
    """
    count = len(minutes)
    if not count:
        return ()
    cells = max(width - (count - 1), 0)
    weights = [max(minute, 0) for minute in minutes]
    weights = weights if sum(weights) else [1] * count
    shares = [cells * weight // sum(weights) for weight in weights]
    shares[weights.index(max(weights))] += cells - sum(shares)
    while cells >= count and 0 in shares:
        giver = max(range(count), key=lambda at: (shares[at], -weights[at]))
        shares[giver] -= 1
        shares[shares.index(0)] += 1
    return tuple(shares)


def strip(pieces: Sequence[Piece], width: int) -> tuple[Content, Content]:
    """Draw the hour: the names, and the line under them; both are exactly `width` cells long."""
    names, bars = list[Content](), list[Content]()
    for piece, cells in zip(pieces, lengths([piece.minutes for piece in pieces], width), strict=True):
        names.append(_fitted(_name(piece), cells))
        bars.append(_bar(piece, cells))
    gap = Content(" ")
    return gap.join(names), gap.join(bars)


def _fitted(name: Content, cells: int) -> Content:
    short = name.truncate(cells, ellipsis=True) if cells > 0 else Content("")
    return short.pad_right(cells - short.cell_length)


def _name(piece: Piece) -> Content:
    title = plain(piece.title)
    if piece.state == "done":
        return Content.assemble(("✓", "$success"), " ", (title, "$dim"))
    if piece.state == "now":
        return Content.assemble(("▸ " + title.upper(), "bold $bright"))
    return Content.styled(title, "$dim")


def _bar(piece: Piece, cells: int) -> Content:
    if piece.state == "done":
        return Content.styled("━" * cells, "$foreground")
    gone = min(cells, max(0, round(cells * piece.spent))) if piece.state == "now" else 0
    return Content.assemble(("━" * gone, "$bright"), ("━" * (cells - gone), "$line"))


class HeaderLine(Widget):
    """One line of the header."""

    DEFAULT_CSS = """
    HeaderLine { height: 1; text-wrap: nowrap; text-overflow: clip; }
    """
    content: reactive[Content] = reactive(Content(""), always_update=True, init=False)

    def render(self) -> Content:
        """Show it."""
        return self.content

    def show(self, content: Content) -> None:
        """Repaint only when something changed."""
        if not content.is_same(self.content):
            self.content = content


class HourHeader(Widget):
    """Four rows, three where the screen is low."""

    DEFAULT_CSS = """
    HourHeader { dock: top; height: 6; padding: 1 2; layout: vertical; }
    HourHeader .title { margin-bottom: 1; }
    """

    ALLOW_SELECT = False
    view: reactive[HeaderView] = reactive(HeaderView("", "", ""), repaint=False)

    def compose(self) -> ComposeResult:
        """Lay out the three lines."""
        yield HeaderLine(classes="title")
        yield HeaderLine(classes="names")
        yield HeaderLine(classes="bars")

    def on_mount(self) -> None:
        """Draw as soon as there is room."""
        self._draw()

    def on_resize(self) -> None:
        """Share the new width out."""
        self._draw()

    def watch_view(self) -> None:
        """Draw what changed."""
        self._draw()

    def _draw(self) -> None:
        lines = list(self.query(HeaderLine))
        if len(lines) != 3:
            return
        screen = self.app.size.width
        # A border round the screen takes from it.
        width = (self.outer_size.width or screen) - 2 * margin(screen)
        names, bars = strip(self.view.pieces, width)
        for line, content in zip(lines, (title_line(self.view, width, screen < NARROW), names, bars), strict=True):
            line.show(content)


def title_line(view: HeaderView, width: int, narrow: bool) -> Content:
    """Draw the first line: product · what · date · note … clock; the note, then `what` in short, give way first."""
    clock = Content.styled(plain(view.clock), "bold $bright")
    if narrow and view.punctual:
        ends = f", {plain(view.ends)}" if view.ends else ""
        clock = Content.assemble(status(view.punctual_tone, view.punctual), (ends, "$foreground"), "   ", clock)
    short = view.short_what or view.what
    choices = ((view.what, view.date, view.note), (view.what, view.date), (short, view.date), (view.date,))
    for parts in choices[1:] if narrow else choices:
        said = " · ".join(plain(part) for part in parts if part)
        left = Content.assemble((PRODUCT, "bold $bright"), "  ", (said, "$dim"))
        if left.cell_length + 2 + clock.cell_length <= width:
            break
    return spread(left, clock, width)
