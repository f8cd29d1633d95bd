"""What a wall screen is given to show, and what that is made from."""

from typing import Final, NamedTuple

from msgspec import Struct
from textual.content import Content

from review.meeting import Meeting
from review.onscreen import Point
from review.ports import Draft
from tui.widgets.data import plain
from tui.widgets.drawing import Draw

Said = tuple[Content, Content]
"""A label and what stands behind it."""
EMPTY: Final = Content("")
LINES: Final = 12
"""Lines of a list."""


def _nothing(_: int) -> Content:
    return EMPTY


class Shown(Struct, frozen=True):
    """What stands in the plane."""

    subject: str
    beside: tuple[str, str] = ("", "")
    facts: tuple[tuple[str, str], ...] = ()
    groups: tuple[tuple[Said, ...], ...] = ()
    """Rows of one grid, an empty one between groups where there is room."""
    drawn: Draw = _nothing
    """A list above the rows."""
    asks: str = ""
    """What is asked now, in a few words; large where there is room."""
    marks: Content = EMPTY
    """The gate or the counts in one short line, for a pane."""


class Look(NamedTuple):
    """What a scope is shown from."""

    meeting: Meeting
    point: Point
    draft: Draft
    columns: int
    lines: int


def label(word: str) -> Content:
    """Set a word in the first column."""
    return Content.styled(plain(word), "$dim")
