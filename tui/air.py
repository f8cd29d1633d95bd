"""The empty rows of a plane: they are given up, the least telling first, where there are too few for its lines."""

from typing import Final

from textual.widget import Widget

from tui.widgets.field import FieldRow
from tui.widgets.rows import Facts, Line, NextKey

GROUP: Final = 5
"""How much the empty row in front of a group tells: the most."""


def _empty(row: Widget) -> int:
    """Give the empty rows that stand around a row of the plane while there is room."""
    if isinstance(row, Facts) and row.size.height == 1:
        return 0
    return 2 if isinstance(row, Line) else int(row.has_class("gap"))


def _telling(row: Widget) -> int:
    """Give how much an empty row tells: those between the lines of a form the least."""
    if isinstance(row, FieldRow):
        return 4 if row.has_class("-tall") else 0
    if row.has_class("close"):
        return 0
    if isinstance(row, Line | NextKey):
        return 1 if isinstance(row, Line) else 2
    return GROUP if row.has_class("group") else 3


def give_up_air(plane: Widget, *, low: bool) -> bool:
    """Shut as few empty rows of a plane as it takes for the others to fit; `low`: also those under a large figure.

    Says whether a row moves by that.
    """
    rows = [child for child in plane.children if child.display and child.styles.dock == "none"]
    if not rows or not plane.content_size:
        return False
    shut = [row for row in rows if row.has_class("-shut")]
    taken = max(row.virtual_region_with_margin.bottom for row in rows) + sum(_empty(row) for row in shut)
    docked = sum(row.outer_size.height for row in plane.children if row.display and row.styles.dock == "bottom")
    over = taken - (plane.content_size.height - docked)
    # What scrolls in any case keeps the air under its large figure.
    kept = GROUP if over > sum(map(_empty, rows)) and not low else GROUP + 1
    for row in sorted(filter(_empty, reversed(rows)), key=_telling):
        if _telling(row) >= kept:
            over = 0
        row.set_class(over > 0, "-shut")
        over -= _empty(row)
    return shut != [row for row in rows if row.has_class("-shut")]
