"""Columns whose headers say nothing and whose cells do: stages, ends and forecast categories by their words."""

import re
from collections.abc import Collection, Mapping

from store.crm.column import Column
from store.crm.fold import fold
from store.crm.sheet import Body
from store.crm.words import categories, end_of, nulls, statuses

_FEW = 6
"""Different words that say open, won and lost."""
_STAGES = 20
_SEVERAL = 1_000
_LONG = 60
_MOST = 0.7
_NUMBERED = re.compile(r"^\W*[0-9]{1,2}\s*[-.):–]\s*")


def status_by_cells(body: Body, free: Collection[int]) -> int | None:
    """Give the column that holds nothing but open, won and lost; None where none does, or only ends or open ones."""
    for number in free:
        cells = _said(body.columns[number], _FEW)
        if {"open", "won"} <= (meant := {statuses().get(fold(cell), "") for cell in cells}) and "" not in meant:
            return number
    return None


def near_by_cells(body: Body, free: Collection[int], there: Collection[str]) -> Mapping[str, tuple[int, ...]]:
    """Give what looks like a field that is not there: stages with an end among them, words for categories."""
    found: dict[str, tuple[int, ...]] = {}
    for number in free:
        cells = _said(body.columns[number], _STAGES)
        if "category" not in there and "category" not in found and _are_categories(cells):
            found["category"] = (number,)
        elif not {"stage", "status"} & {*there, *found} and _are_stages(cells):
            found["stage"] = (number,)
    return found


def _said(column: Column, most: int) -> Collection[str]:
    """Give a column's different cells that hold something; none of them where there are too many or long ones."""
    if column.different is column.cells and len(column.cells) > _SEVERAL:
        # Nearly all of them differ: no need to look at each.
        return ()
    cells = {cell.strip() for cell in column.distinct if cell.strip().lower() not in nulls()}
    return cells if len(cells) <= most and all(len(cell) <= _LONG for cell in cells) else ()


def _are_categories(cells: Collection[str]) -> bool:
    known = [meaning for cell in cells if (meaning := categories().get(fold(cell)))]
    return len({*known} - {"closed"}) > 1 and len(known) >= _MOST * len(cells)


def _are_stages(cells: Collection[str]) -> bool:
    words = [_NUMBERED.sub("", cell) for cell in cells]
    ends = [word for word in words if statuses().get(fold(word)) in ("won", "lost") or end_of(word)[0]]
    return bool(ends) and len(words) > len(ends) and all(any(map(str.isalpha, word)) for word in words)
