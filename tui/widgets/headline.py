"""A large figure with a few lines beside it that are drawn to their width; one or two lines where the screen is low."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from tui.widgets.drawing import Draw
from tui.widgets.figures import Figure, capitals
from tui.widgets.static import Static


def bar(parts: Sequence[tuple[float, str]], width: int) -> Content:
    """Draw one heavy line whose parts, each a weight and a style, share `width` cells; the last takes what is left."""
    total = sum(weight for weight, _ in parts)
    if not parts or total <= 0 or width <= 0:
        return Content("")
    drawn, gone, at = list[tuple[str, str]](), 0.0, 0
    for weight, style in parts:
        gone += weight
        end = width if weight and gone >= total else min(width, round(gone / total * width))
        drawn.append(("━" * max(0, end - at), style))
        at = max(at, end)
    return Content.assemble(*drawn)


class Headline(Horizontal):
    """What the room sees first: a figure, large, and what it says in words."""

    DEFAULT_CSS = """
    Headline { height: 4; padding: 0 2; }
    Headline > .beside { width: 1fr; height: 4; margin-left: 4; text-wrap: nowrap; text-overflow: clip; }
    Headline > .short { display: none; width: 1fr; height: auto; max-height: 2; text-wrap: nowrap; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Start empty."""
        super().__init__(id=id)
        self._figure = ""
        self._drawn = (0, 0)
        """The widths that were drawn to last."""
        self._beside: Draw = lambda _: Content("")
        self._short: Draw = lambda _: Content("")

    def compose(self) -> ComposeResult:
        """Lay out the figure, what stands beside it, and the short form."""
        yield Figure()
        yield Static(classes="beside", markup=False)
        yield Static(classes="short", markup=False)

    def show(self, figure: str, beside: Draw, short: Draw) -> None:
        """Change what is said; `short` draws what stands under the figure's words where the screen is low."""
        wider = figure != self._figure
        self._figure, self._beside, self._short = figure, beside, short
        if self.is_mounted:
            self._draw()
            if wider:
                # What stands beside another figure has another width, once that is laid out.
                self.call_after_refresh(self._settle)

    def on_mount(self) -> None:
        """Draw at once."""
        self._draw()

    def on_resize(self) -> None:
        """Draw to the new width, once the parts have theirs."""
        self.call_after_refresh(self._draw)

    def _settle(self) -> None:
        """Draw anew where the parts have got another width."""
        if self._drawn != self._widths():
            self._draw()

    def _widths(self) -> tuple[int, int]:
        beside, short = self.query_one(".beside", Static), self.query_one(".short", Static)
        return beside.size.width, short.size.width

    def _draw(self) -> None:
        self._drawn = self._widths()
        self.query_one(Figure).text = self._figure
        beside, short = self.query_one(".beside", Static), self.query_one(".short", Static)
        if beside.display and beside.size.width > 0:
            beside.update(self._beside(beside.size.width))
        if short.display and short.size.width > 0:
            name = Content.styled(capitals(self._figure), "bold $bright")
            said = self._short(short.size.width - name.cell_length - 2).split("\n", allow_blank=True)
            lines = [Content.assemble(name, "  ", said[0] if said else Content("")), *said[1:]]
            short.update(Content("\n").join(lines))
