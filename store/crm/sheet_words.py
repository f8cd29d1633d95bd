"""Rows that became no deals, and the cells that only sums have."""

from collections.abc import Sequence

from msgspec import Struct

from store.crm.rows import RowOf


class LeftOut(Struct, frozen=True):
    """A row of the file that became no deal."""

    row: int
    """As the file counts, its first row being 1."""
    reason: str
    file: str = ""
    """Which of several files; empty where there is one."""

    @property
    def said(self) -> str:
        """Say which row, and why."""
        return f"row {self.row}{f' of {self.file}' if self.file else ''}: {self.reason}"

    def plain(self) -> "LeftOut":
        """Give the row of one of several files as a plain number beside the file's name."""
        return LeftOut(self.row.row, self.reason, self.row.file) if isinstance(self.row, RowOf) else self


def only_sums(cells: Sequence[str]) -> bool:
    """Tell whether cells hold nothing but figures."""
    return all(any(char.isdigit() for char in cell) and not any(char.isalpha() for char in cell) for cell in cells)
