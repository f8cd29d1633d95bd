"""What every kind of file comes down to: rows of cells, each as text, with the texts that the file itself typed."""

from collections.abc import Iterator
from typing import Final, Protocol

BATCH = 250
"""Rows at a time: they still are in the processor's cache when they are sorted into columns."""


LONGEST: Final = 1_000_000
"""Characters of a cell."""
TOO_LONG: Final = "a cell holds more than a million characters, which is no list of deals"


class Broken(Exception):
    """The bytes are no table; the argument says why, with the row where there is one."""


class Grid(Protocol):
    """One sheet of cells; the rows are read when they are asked for."""

    @property
    def head(self) -> list[list[str]]:
        """The first rows, among which the header is looked for."""

    @property
    def worksheet(self) -> str:
        """Name of the sheet in its workbook; empty where the file has no sheets."""

    @property
    def hidden(self) -> bool:
        """Whether the workbook hides the sheet."""

    @property
    def first(self) -> int:
        """Number of the first row: 1, or 0 where the keys of JSON are a row before the first."""

    @property
    def delimiter(self) -> str:
        """What parts the cells of a row, a comma where nothing does."""

    @property
    def warnings(self) -> list[str]:
        """What a person should know of the reading; complete once all rows were read."""

    @property
    def typed(self) -> dict[int, set[str]]:
        """Column to its texts that are typed: dates as 2026-12-31, numbers with a point, true or false."""

    def batches(self) -> Iterator[list[list[str]]]:
        """Give all rows, blank ones too, some thousands at a time; raises `Broken`."""
