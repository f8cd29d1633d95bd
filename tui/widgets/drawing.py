"""Lines that are drawn to the width there is."""

from collections.abc import Callable

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

Draw = Callable[[int], Content]
"""Draws lines for a width in cells."""


class Drawing(Widget):
    """As high as what it draws; drawn anew when its width or what it shows changes."""

    DEFAULT_CSS = """
    Drawing { height: auto; padding: 0 2; text-wrap: nowrap; text-overflow: clip; }
    """

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Start empty."""
        super().__init__(id=id, classes=classes)
        self._draw: Draw = lambda _: Content("")
        self._drawn: tuple[int, Content] | None = None

    def show(self, draw: Draw) -> None:
        """Draw something else."""
        self._draw, self._drawn = draw, None
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines that are drawn for a width."""
        return self._at(width).plain.count("\n") + 1 if width > 0 else 0

    def render(self) -> Content:
        """Draw for the width there is."""
        return self._at(self.content_size.width)

    def _at(self, width: int) -> Content:
        if self._drawn is None or self._drawn[0] != width:
            self._drawn = (width, self._draw(width) if width > 0 else Content(""))
        return self._drawn[1]
