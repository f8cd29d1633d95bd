"""The sizes at which screens change their form, known before the first frame."""

from typing import Any, Final

from textual.geometry import Size
from textual.screen import Screen

WIDTHS: Final = [(0, "-narrow"), (120, "-mid"), (140, "-wide")]
HEIGHTS: Final = [(0, "-low"), (36, "-middle"), (40, "-tall")]
WALL: Final = (170, 48)
"""Columns and rows from which a screen hangs on a wall: its time and subject are twice as large."""


class Sized(Screen[None]):
    """A screen that is laid out once for a size."""

    def _screen_resized(self, size: Size) -> None:
        """Lay out anew: Textual tells a size as it shows the screen, and again by events that say the same."""
        # A change of theme, or coming back to the screen, may have laid it out for this size before it is told.
        take_wall(self, size)
        if size != self._size:
            super()._screen_resized(size)


def take_size(screen: Screen[Any]) -> None:
    """Give a screen the classes of the terminal's size; Textual does so only after it was drawn once without."""
    width, height = screen.app.size
    for size, steps in ((width, WIDTHS), (height, HEIGHTS)):
        taken = next(name for least, name in reversed(steps) if size >= least)
        for _, name in steps:
            screen.set_class(name == taken, name)
    take_wall(screen, screen.app.size)


def take_wall(screen: Screen[Any], size: Size) -> None:
    """Say whether a screen is as large as a wall."""
    screen.set_class(size.width >= WALL[0] and size.height >= WALL[1], "-wall")
