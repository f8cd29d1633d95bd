"""One column of a file: its cells, and each different cell once, so that work is done once for equal cells."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from store.crm.words import nulls
from store.formulas import unguarded

T = TypeVar("T")
_LINK = re.compile(r"(?<=\S) \(https?://(?:www\.)?notion\.(?:so|site)/[^\s()]+\)")
"""Where a page stands that a name is linked to, as Notion writes it behind the name."""
_OWN_NULLS = frozenset({"\\n", "#n/a"})
"""What a CRM writes for nothing in a deal's name, where “None” and “-” are names."""


class Column:
    """The cells of a column from the first deal to the last."""

    __slots__ = ("_distinct", "cells", "typed")

    def __init__(
        self, cells: Sequence[str], distinct: Collection[str] | None = None, typed: AbstractSet[str] = frozenset()
    ) -> None:
        self.cells = cells
        self._distinct = distinct
        self.typed = typed
        """Cells that the file itself typed: dates as 2026-12-31, numbers with a point, true or false."""

    @property
    def distinct(self) -> Collection[str]:
        """Each different cell once."""
        if self._distinct is None:
            self._distinct = set(self.cells)
        return self._distinct

    @property
    def different(self) -> Sequence[str] | Collection[str]:
        """Each different cell at least once: where nearly all of them differ, as ids do, all cells as they stand."""
        return self.cells if self._distinct is None else self._distinct

    def spread(self, values: Mapping[str, T]) -> list[T]:
        """Give each cell's value from a table of the different cells."""
        return list(map(values.__getitem__, self.cells))

    def places(self, odd: Iterable[str]) -> tuple[int, ...]:
        """Give the places, from 0, of certain cells."""
        wanted = frozenset(odd)
        return tuple(at for at, cell in enumerate(self.cells) if cell in wanted) if wanted else ()

    def unread(self, values: Mapping[str, object]) -> tuple[int, ...]:
        """Give the places of the cells that hold something and gave no value."""
        return self.places(
            cell for cell, value in values.items() if value is None and cell.strip().lower() not in nulls()
        )

    def untouched(self, none: AbstractSet[str]) -> bool:
        """Tell whether all cells can be taken as they are: no space around, no guard, no lower-case word of `none`."""
        texts = list(self.different)
        spaced = texts != list(map(str.strip, texts))
        whole = "\n" + "\n".join(texts)
        return not (spaced or "\n'" in whole or "(http" in whole) and (none - {""}).isdisjoint(map(str.lower, texts))

    def __bool__(self) -> bool:
        """Tell whether any cell holds more than white space."""
        return any(cell and not cell.isspace() for cell in self._distinct or self.cells)


def clean(column: Column, keep: bool = False) -> Sequence[str]:
    """Strip texts, take the guard off formulas, and blank the words for nothing (`keep`: only the CRM's own)."""
    none = _OWN_NULLS if keep else nulls()
    if column.untouched(none):
        return column.cells
    texts: dict[str, str] = {}
    for cell in column.distinct:
        text = _LINK.sub("", unguarded(cell.strip()))
        if text.lower() in none:
            text = ""
        texts[cell] = text
    return column.spread(texts)
