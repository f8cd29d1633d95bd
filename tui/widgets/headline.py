"""A large figure with a few lines beside it that are drawn to their width; one or two lines where the screen is low."""

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from tui.widgets.drawing import Draw, Fitted
from tui.widgets.figures import Figure, capitals


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
        self._figure = Figure()
        self._beside, self._short = Fitted(classes="beside"), Fitted(classes="short")

    def compose(self) -> ComposeResult:
        """Lay out the figure, what stands beside it, and the short form."""
        yield self._figure
        yield self._beside
        yield self._short

    def show(self, figure: str, beside: Draw, short: Draw) -> None:
        """Change what is said; `short` draws what stands under the figure's words where the screen is low."""
        self._figure.text = figure
        self._beside.show(beside)
        self._short.show(partial(_in_short, figure, short))


def _in_short(figure: str, short: Draw, width: int) -> Content:
    name = Content.styled(capitals(figure), "bold $bright")
    said = short(width - name.cell_length - 2).split("\n", allow_blank=True)
    lines = [Content.assemble(name, "  ", said[0] if said else Content("")), *said[1:]]
    return Content("\n").join(lines)
