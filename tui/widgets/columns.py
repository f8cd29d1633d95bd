"""Values side by side as columns: shares that stand on a line, differences that hang on both sides of one."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content

EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
MOST: Final = 3
"""Cells that one value takes at most."""

Values = Sequence[float | None]


def places(values: Values, width: int) -> list[tuple[float | None, int]]:
    """Give each value with its cells: as many as fit, or for each cell the mean of those that share it."""
    if not values or width < 1:
        return []
    if len(values) <= width:
        return [(value, min(MOST, width // len(values))) for value in values]
    found: list[tuple[float | None, int]] = []
    for cell in range(width):
        part = values[cell * len(values) // width : (cell + 1) * len(values) // width]
        known = [value for value in part if value is not None]
        found.append((sum(known) / len(known) if known else None, 1))
    return found


def columns(values: Values, width: int, height: int, full: float, enough: float | None = None) -> list[Content]:
    """Draw columns that stand on a line, `full` being `height` rows high; those from `enough` on are bright."""
    rows: list[Content] = []
    for row in reversed(range(height)):
        parts = list[tuple[str, str]]()
        for value, cells in places(values, width):
            size = None if value is None else max(1, round(_held(value / full) * height * 8))
            strong = value is not None and (enough is None or value >= enough)
            parts += _spaced(*_standing(size, row, strong), cells)
        rows.append(_joined(parts))
    return rows


def _standing(size: int | None, row: int, strong: bool) -> tuple[str, str]:
    if size is None:
        return ("·", "$line") if row == 0 else (" ", "")
    return EIGHTHS[max(0, min(8, size - row * 8))], "$foreground" if strong else "$dim"


def differences(values: Values, width: int, height: int, full: float) -> list[Content]:
    """Draw columns up for more and down for less, each side `height` rows high at `full`."""
    sizes = [
        (None if value is None else round(max(-1.0, min(1.0, value / full)) * height * 8), cells)
        for value, cells in places(values, width)
    ]
    rows: list[Content] = []
    for row in reversed(range(height)):
        above = ((EIGHTHS[max(0, min(8, (size or 0) - row * 8))], cells) for size, cells in sizes)
        rows.append(_joined([part for letter, cells in above for part in _spaced(letter, "$foreground", cells)]))
    for row in range(height):
        rows.append(_joined([part for size, cells in sizes for part in _spaced(*_hanging(size, row), cells)]))
    return rows


def _spaced(letter: str, style: str, cells: int) -> tuple[tuple[str, str], ...]:
    """Draw one value; where it has cells enough, the last stays free."""
    return ((letter * (cells - 1), style), (" ", "")) if cells > 1 else ((letter, style),)


def _hanging(size: int | None, row: int) -> tuple[str, str]:
    """Draw a piece that hangs from the line: what stays free below it is drawn in the colour of the ground."""
    if size is None:
        return ("·", "$line") if row == 0 else (" ", "$line")
    filled = max(0, min(8, -size - row * 8))
    if filled in (0, 8):
        return ("█" if filled else " "), "$dim"
    return EIGHTHS[8 - filled], "$surface on $dim"


def marked(values: Values, marks: Values, width: int, height: int, full: float) -> list[Content]:
    """Draw columns with a mark over each, such as won against commit; a cell stays free between two."""
    if not values:
        return []
    each = max(2, min(8, width // len(values)))
    rows = []
    for row in reversed(range(height)):
        parts: list[tuple[str, str]] = []
        for value, mark in zip(values, marks, strict=True):
            parts += _pair(value, mark, row, height, full, each - 1)
        rows.append(_joined(parts).truncate(width))
    return rows


def _pair(
    value: float | None, mark: float | None, row: int, height: int, full: float, cells: int
) -> list[tuple[str, str]]:
    size = None if value is None else round(_held(value / full) * height * 8)
    at = None if mark is None else min(height - 1, int(_held(mark / full) * height))
    letter = EIGHTHS[max(0, min(8, (size or 0) - row * 8))]
    if at == row:
        # The mark takes the place of what is drawn in its row; over a whole cell it is drawn into the column.
        style = "bold $surface on $dim" if letter == "█" else "bold $bright"
        return [("━" * cells, style), (" ", "")]
    return [(letter * cells, "$dim"), (" ", "")]


def _held(share: float) -> float:
    return max(0.0, min(1.0, share))


def _joined(parts: Sequence[tuple[str, str]]) -> Content:
    """Join cells of one style into one piece each."""
    runs: list[tuple[str, str]] = []
    for text, style in parts:
        if runs and runs[-1][1] == style:
            runs[-1] = (runs[-1][0] + text, style)
        else:
            runs.append((text, style))
    return Content.assemble(*runs)
