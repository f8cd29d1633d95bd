"""Words and lines that are drawn to the width there is, while the screen is laid out: they are right at once."""

from collections.abc import Callable
from typing import cast

from textual.content import Content
from textual.css.styles import RulesMap
from textual.geometry import Size
from textual.widget import Widget

from tui.widgets.static import own_key_of, with_keys

Draw = Callable[[int], Content]
"""Draws lines for a width in cells."""


class Fitted(Widget):
    """As high as what it draws; drawn anew when its width, the screen's height or what it shows changes."""

    DEFAULT_CSS = """
    Fitted { height: auto; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Start empty."""
        super().__init__(id=id, classes=classes)
        self._draw: Draw = lambda _: Content("")
        self._drawn: tuple[tuple[int, int], Content] | None = None
        """The width and the screen's rows that were drawn for, and what came of it."""

    def show(self, draw: Draw) -> None:
        """Draw something else; what says the same is left as it is, and what needs the same rows moves nothing."""
        before, self._draw, self._drawn = self._drawn, draw, None
        width = self.content_size.width
        # What has no place yet, or hides, is drawn when it is laid out.
        laid_out = before is not None and self.is_mounted and self.display and width > 0
        if laid_out and before is not None and self._at(width).is_same(before[1]):
            return
        # Where a layout was asked for already, Textual would give the room of what was drawn before.
        self._box_model_cache.clear()
        self.refresh(layout=laid_out and before is not None and self._rows(before[1]) != self._rows(self._at(width)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines that are drawn for a width."""
        return self._rows(self._at(width), width) if width > 0 else 0

    @property
    def content(self) -> Content:
        """What is drawn for the width there is."""
        return self._at(self.content_size.width)

    def render(self) -> Content:
        """Draw it."""
        return self.content

    def _rows(self, said: Content, width: int | None = None) -> int:
        return max(1, said.get_height(cast(RulesMap, self.styles), self.content_size.width if width is None else width))

    def _at(self, width: int) -> Content:
        room = (width, self.app.size.height)
        if self._drawn is None or self._drawn[0] != room:
            said = self._draw(width) if width > 0 else Content("")
            own_key = own_key_of(self)
            self._drawn = (room, with_keys(said, own_key) if own_key is not None else said)
        return self._drawn[1]


class Drawing(Fitted):
    """A part of a plane that is drawn line by line: none wraps."""

    DEFAULT_CSS = """
    Drawing { padding: 0 2; text-wrap: nowrap; text-overflow: clip; }
    """

    ALLOW_SELECT = False
