"""Text that is painted only where it says something else, and laid out anew only where it needs another room."""

from collections.abc import Callable
from typing import Final

import textual.widgets
from textual.content import Content
from textual.geometry import Size
from textual.visual import VisualType
from textual.widget import Widget

KEY_STYLE: Final = "bold $accent"
"""How every line writes a key, and nothing else."""


def own_key_of(widget: Widget) -> Callable[[str], str] | None:
    """Give what says which own key stands for one that is named; None where the keys are as they come."""
    return getattr(widget.screen, "own_key", None) if widget.is_attached else None


def with_keys(said: Content, own_key: Callable[[str], str]) -> Content:
    """Write every key that is named in a text as `own_key` says it."""
    for span in sorted(said.spans, key=lambda span: span.start, reverse=True):
        if str(span.style) != KEY_STYLE:
            continue
        named = said.plain[span.start : span.end]
        own = named.replace(named.strip(), own_key(named.strip())) if named.strip() else named
        if own != named:
            said = Content.assemble(said[: span.start], (own, KEY_STYLE), said[span.end :])
    return said


class Static(textual.widgets.Static):
    """Textual's static without what it costs to say the same again, or other words in the same room.

    A layout goes over every widget of the screen; painting one line does not. Where somebody has keys of their own,
    the screen's `own_key` says which stands for one that is named here.
    """

    _said_with_own_keys = False

    def on_mount(self) -> None:
        """Say people's own keys also where the words came before there was a screen."""
        own_key = None if self._said_with_own_keys else own_key_of(self)
        if own_key is not None and isinstance(self.content, Content):
            self.update(self.content)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Say something else."""
        own_key = own_key_of(self)
        if own_key is not None and isinstance(content, Content):
            content, self._said_with_own_keys = with_keys(content, own_key), True
        before = self.content
        if isinstance(content, Content) and isinstance(before, Content) and content.is_same(before):
            return
        # What is hidden is laid out when it is shown.
        layout = layout and self.is_mounted and self.display
        room = self._room() if layout and self.content_size else None
        super().update(content, layout=False)
        if layout and (room is None or room != self._room()):
            # Where a layout was asked for already, Textual would give the room of the words before.
            self._box_model_cache.clear()
            self.refresh(layout=True)

    def _room(self) -> Size:
        """Give the cells that the words take, as far as words decide it."""
        styles, parent, screen = self.styles, self.parent, self.app.size
        outer = parent if isinstance(parent, Widget) else self
        free = styles.is_auto_width or outer.styles.is_auto_width
        width = self.get_content_width(outer.content_size, screen) if free else 0
        height = styles.height
        if height is not None and height.is_cells:
            return Size(width, 0)
        return Size(width, self.get_content_height(outer.content_size, screen, self.content_size.width))
