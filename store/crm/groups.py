"""Group values that a summary report writes once, in the first row of each group, and leaves blank below."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from review.unclear import Ask
from store.crm import asking
from store.crm.mapping import Columns

_FIELDS: Final = ("owner", "stage", "category", "account")
"""Fields that reports are grouped by."""
_FEW: Final = 3
_ARROW: Final = re.compile("[↑↓]\\s*$")


def ungrouped(
    columns: Columns, texts: dict[str, Sequence[str]], repeat: bool | None, summed: bool = False
) -> tuple[dict[str, Sequence[str]], tuple[Ask, ...]]:
    """Repeat what stands once for each group in the rows below; where nobody said whether (None), ask it as well.

    In a file that was `summed`, one blank row below a value is enough to ask.
    """
    # What a report is grouped by stands before what it lists; a category that few deals have stands behind.
    end = columns.place.get("name", columns.place.get("id", len(columns.headers)))
    before = (field for field in _FIELDS if columns.place.get(field, end) < end)
    here = sorted(before, key=columns.place.__getitem__)
    headers: dict[str, str] = {field: columns.header(field) for field in here}
    grouped = () if repeat is False else _grouped({field: texts[field] for field in here}, headers, summed)
    if not grouped:
        return texts, ()
    blank = texts[grouped[0]].count("")
    asked = () if repeat else (asking.fill_down([columns.header(field) for field in grouped], blank),)
    return texts | {field: _filled_down(texts[field]) for field in grouped}, asked


def _grouped(columns: Mapping[str, Sequence[str]], headers: Mapping[str, str], summed: bool) -> tuple[str, ...]:
    """Name the columns, given in the order of the sheet, that hold a value once for each group.

    Each value stands once in its outer group, whose first row has one, and at least as many rows have none, unless
    the header says that it is grouped by or sums stood between the groups.
    """
    found: list[str] = []
    outer: Sequence[str] = ()
    for field, cells in columns.items():
        blank = cells.count("")
        # A report marks the columns that it groups by with an arrow.
        few = not blank if summed or _ARROW.search(headers[field]) else blank < _FEW or blank * 2 < len(cells)
        if few:
            continue
        starts = [bool(cell) for cell in outer] or [at == 0 for at in range(len(cells))]
        if not _once_in_each(cells, starts):
            continue
        found.append(field)
        # An inner group begins where its own value stands or an outer one does, which then has one as well.
        outer = cells
    return tuple(found)


def _once_in_each(cells: Sequence[str], starts: Sequence[bool]) -> bool:
    seen: set[str] = set()
    for cell, start in zip(cells, starts, strict=True):
        if start:
            seen = set()
        if (start and not cell) or cell in seen:
            return False
        if cell:
            seen.add(cell)
    return True


def _filled_down(cells: Sequence[str]) -> list[str]:
    """Repeat each value in the blank cells below it."""
    last = ""
    return [last := cell or last for cell in cells]
