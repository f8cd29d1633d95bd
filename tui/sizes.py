"""The sizes at which screens change their form, known before the first frame."""

from typing import Any, Final

from textual.screen import Screen

WIDTHS: Final = [(0, "-narrow"), (120, "-mid"), (140, "-wide")]
HEIGHTS: Final = [(0, "-low"), (36, "-middle"), (40, "-tall")]


def take_size(screen: Screen[Any]) -> None:
    """Give a screen the classes of the terminal's size; Textual does so only after it was drawn once without."""
    width, height = screen.app.size
    for size, steps in ((width, WIDTHS), (height, HEIGHTS)):
        taken = next(name for least, name in reversed(steps) if size >= least)
        for _, name in steps:
            screen.set_class(name == taken, name)
