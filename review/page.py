"""A page made of small tables, before it has a form: what it says, not where its letters stand."""

from msgspec import Struct


class Column(Struct, frozen=True):
    """One column of a table."""

    head: str = ""
    right: bool = False
    """Whether figures stand in it, set to the right."""
    most: int = 20
    """Cells that it takes at most."""


class Row(Struct, frozen=True):
    """One line of a table: a cell for each column, and behind them as many parts as there is room for."""

    cells: tuple[str, ...]
    parts: tuple[str, ...] = ()


class Block(Struct, frozen=True, kw_only=True):
    """One table with its heading."""

    title: str
    note: str = ""
    """A sentence behind the heading."""
    columns: tuple[Column, ...] = (Column(),)
    last: str = ""
    """The head of what the parts say."""
    rows: tuple[Row, ...] = ()
    divider: str = ", "
    """What stands between two parts."""
    deep: int = 1
    """Lines that the parts of a row may take on a screen."""


class Page(Struct, frozen=True, kw_only=True):
    """Title, a few sentences, tables, and what has to be said at the end."""

    title: str
    lines: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
