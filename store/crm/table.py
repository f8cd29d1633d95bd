"""The table in a file, or in several that are one export: its headers, its rows as columns, and what was left out."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from store.crm.answers import Answers
from store.crm.fold import tidy_header
from store.crm.grid import Broken, Grid
from store.crm.kinds import grids_of
from store.crm.refusals import bytes_of, not_imported
from store.crm.sheet import Body, LeftOut, find_header, gather


class Table(Struct, frozen=True, kw_only=True):
    """Rows below a header, every cell as text."""

    file: str
    """Name of the file for people, or of the files."""
    headers: tuple[str, ...]
    """As people read them: white space tidied, no quotes around."""
    written: tuple[str, ...]
    """The same headers exactly as the file has them."""
    header_row: int
    """As the file counts, its first row being 1."""
    body: Body
    digest: str
    """Of the bytes read, for the export's id."""
    worksheet: str = ""
    """Name of the sheet in its workbook; empty where the file has no sheets."""
    notes: tuple[str, ...] = ()
    """Sentences about the reading: guessed encodings, where the header was found, what was hidden."""
    left_out: tuple[LeftOut, ...] = ()
    """Rows that are no rows of the table whatever its columns mean."""


def read_table(paths: Sequence[Path], answers: Answers) -> Table:
    """Read the table of a file, or of several that are one export; raises `Refused` or `Question`."""
    path = paths[0]
    return table_of(bytes_of(path), file=path.name, answers=answers)


def table_of(data: bytes, *, file: str, answers: Answers) -> Table:
    """Find the table in the bytes of one file; raises `Refused` where there is none."""
    try:
        grids = grids_of(data)
        return _table(grids[0], data, file, answers)
    except Broken as broken:
        raise not_imported(file, str(broken), answers.crm) from broken


def _table(grid: Grid, data: bytes, file: str, answers: Answers) -> Table:
    """Sort the rows below the header into columns."""
    at = find_header(grid.head, answers.mapping)
    if at is None:
        raise not_imported(file, _no_header(grid.head), answers.crm)
    written = tuple(grid.head[at])
    body = gather(grid.batches(), at, len(written), grid.typed)
    notes = list(grid.warnings)
    if at:
        notes.append(f"The header was found in row {at + 1}.")
    return Table(
        file=file,
        headers=tuple(map(tidy_header, written)),
        written=written,
        header_row=at + 1,
        body=body,
        digest=hashlib.blake2b(data, digest_size=6).hexdigest(),
        worksheet=grid.worksheet,
        notes=tuple(notes),
    )


def _no_header(rows: list[list[str]]) -> str:
    """Say what stands where a header was expected."""
    first = next((row for row in rows if any(cell.strip() for cell in row)), None)
    if first is None:
        return "it is empty"
    cells = ", ".join(f"“{tidy_header(cell)[:30]}”" for cell in first[:6])
    number = rows.index(first) + 1
    return f"no row among the first 20 is the header of a list of deals; row {number} says {cells}"
