"""The table in a file: which sheet, which header, the rows as columns."""

import hashlib
import re
from collections.abc import Sequence

from msgspec import Struct

from review.answers import Answers
from review.unclear import Unclear
from store.crm import asking
from store.crm.fold import fold, tidy_header
from store.crm.grid import Broken, Grid
from store.crm.kinds import grids_of
from store.crm.knowledge import known_keys
from store.crm.refusals import not_imported
from store.crm.sheet import WIDEST, Body, Header, LeftOut, find_header, gather

_CODE = re.compile(
    r"^\s*(?:from [\w.]+ import \w|import [\w.]+(?: as \w+)?;?\s*$|def \w+\s*\(|(?:async )?function\b.*\(|#!\s*/|<\?php"
    r"|#include\b|(?:export )?(?:const|let|var) \w+.*=|export default\b|package [\w.]+;|using [\w.]+;"
    r"|(?:[\w.$]+\s*(?::[^=]*)?=\s*)?[\[{(]+\s*[\"'\[{(]|INSERT INTO\b|CREATE TABLE\b)",
    re.MULTILINE,
)
"""How the lines of a program begin, and those of its lists."""
_ALIKE = 0.7
"""Of the known headers of the best sheet: a sheet with so many may hold the deals as well."""


class Table(Struct, frozen=True, kw_only=True):
    """Rows below a header, every cell as text."""

    file: str
    """Name of the file for people, or of the files."""
    headers: tuple[str, ...]
    """As people read them: white space tidied, no quotes around."""
    written: tuple[str, ...]
    """The same headers exactly as the file has them."""
    header_row: int
    """As the file counts, its first row being 1; 0 for JSON, whose keys are in no row."""
    body: Body
    digest: str
    """Of the bytes read, for the export's id."""
    delimiter: str = ","
    """What parts the cells of a row, a comma where nothing does."""
    worksheet: str = ""
    """Name of the sheet in its workbook; empty where the file has no sheets."""
    notes: tuple[str, ...] = ()
    """Sentences about the reading: guessed encodings, where the header was found, what was hidden."""
    titles: tuple[str, ...] = ()
    """What stands alone in a row above the header."""
    left_out: tuple[LeftOut, ...] = ()
    """Rows that are no rows of the table whatever its columns mean."""


def table_of(data: bytes, *, file: str, answers: Answers) -> Table:
    """Find the table in the bytes of one file; raises `Refused` where there is none, or `Unclear`."""
    try:
        grids = grids_of(data)
        grid, header = _chosen(grids, file, answers)
        return _table(grid, header, data, file)
    except Broken as broken:
        raise not_imported(file, str(broken), answers.crm) from broken


def tables_of(data: bytes, *, file: str, answers: Answers) -> list[Table]:
    """Find the tables of all sheets that may hold the deals, each called by its sheet; raises `Refused`."""
    try:
        seen = _candidates(grids_of(data), answers)
        return [_table(grid, header, data, grid.worksheet) for grid, header in seen]
    except Broken as broken:
        raise not_imported(file, str(broken), answers.crm) from broken


def _chosen(grids: Sequence[Grid], file: str, answers: Answers) -> tuple[Grid, Header]:
    """Choose the sheet with the deals: the one named, else the one whose header is known best."""
    if answers.worksheet:
        grids = _named(grids, answers.worksheet)
    seen = _candidates(grids, answers)
    if len(seen) > 1:
        alike = len({frozenset(map(fold, filter(None, grid.head[header.at]))) for grid, header in seen}) == 1
        raise Unclear(file, [asking.worksheet(tuple(grid.worksheet for grid, _ in seen), together=alike)])
    return seen[0]


def _candidates(grids: Sequence[Grid], answers: Answers) -> list[tuple[Grid, Header]]:
    """Give the sheets whose headers are known best, nearly as well as any; raises `Broken` where none has one."""
    found = [(grid, header) for grid in grids if (header := find_header(grid, answers.mapping))]
    known = [one for one in found if one[1].hits]
    if not found or (len(grids) > 1 and not known):
        raise Broken(_no_header(grids))
    if len(found) == 1:
        return found
    best = max(header.hits for _, header in known)
    alike = [one for one in known if one[1].hits >= _ALIKE * best and len(one[0].head) > one[1].at + 1]
    return [one for one in alike if not one[0].hidden] or alike or known


def _named(grids: Sequence[Grid], name: str) -> Sequence[Grid]:
    """Give the sheet of a name; raises `Broken` where it is not there."""
    found = [grid for grid in grids if fold(grid.worksheet) == fold(name)]
    names = ", ".join(f"“{grid.worksheet}”" for grid in grids if grid.worksheet)
    if not found:
        raise Broken(
            f"it has no sheet “{name}”; its sheets are {names}" if names else "it has no sheets to choose from"
        )
    return found


def _table(grid: Grid, header: Header, data: bytes, file: str) -> Table:
    """Sort the rows below the header into columns."""
    written = tuple(grid.head[header.at])
    headers = tuple(map(tidy_header, written))
    body = gather(grid, header.at)
    if (
        not grid.worksheet
        and grid.first
        and _CODE.search("\n".join(map(grid.delimiter.join, grid.head[: header.at + 1])))
    ):
        raise Broken("this is a program, or what one works on, and no table; export the list as CSV or XLSX")
    _refuse_two_tables(headers, body)
    notes = list(grid.warnings)
    if header.at:
        notes.append(f"The header was found in row {header.at + 1}.")
    return Table(
        file=file,
        headers=headers,
        written=written,
        header_row=grid.first + header.at,
        body=body,
        digest=digest_of(data),
        delimiter=grid.delimiter,
        worksheet=grid.worksheet,
        notes=tuple(notes),
        titles=tuple(row[0] for row in map(_filled, grid.head[: header.at]) if len(row) == 1),
    )


def _filled(row: Sequence[str]) -> list[str]:
    return [cell for cell in row if cell.strip()]


def digest_of(data: bytes) -> str:
    """Give what tells the bytes of one file from any other's."""
    return hashlib.blake2b(data, digest_size=6).hexdigest()


def _refuse_two_tables(headers: tuple[str, ...], body: Body) -> None:
    """Raise `Broken` where two tables stand side by side: of which rows belong together the file says nothing.

    An empty column alone parts nothing: people put them in for air.
    """
    for at, header in enumerate(headers):
        if header or body.columns[at]:
            continue
        left, right = headers[:at], headers[at + 1 :]
        if len(list(filter(None, left))) < 2 or len(list(filter(None, right))) < 2:
            continue
        twice = {fold(one) for one in left if one} & {fold(one) for one in right if one} & known_keys()
        if twice or _ends_early(body, range(at), range(at + 1, len(headers))):
            shown = " and ".join("“" + ", ".join(list(filter(None, side))[:3]) + "…”" for side in (left, right))
            raise Broken(f"two tables stand side by side in it ({shown}); give each its own sheet or file")


def _ends_early(body: Body, left: range, right: range) -> bool:
    """Tell whether one of two blocks of columns is filled without a gap and ends two or more rows above the other."""
    depths = _depth(body, left), _depth(body, right)
    shorter, depth = (left, depths[0]) if depths[0] < depths[1] else (right, depths[1])
    first = next((body.columns[at] for at in shorter if body.columns[at]), None)
    return abs(depths[0] - depths[1]) > 1 and first is not None and all(map(str.strip, first.cells[:depth]))


def _depth(body: Body, columns: range) -> int:
    """Give how many rows some columns reach down."""
    return max(
        (at + 1 for column in columns for at, cell in enumerate(body.columns[column].cells) if cell.strip()), default=0
    )


def _no_header(grids: Sequence[Grid]) -> str:
    """Say what stands where a header was expected."""
    named = [grid for grid in grids if grid.worksheet]
    if len(named) > 1:
        names = ", ".join(f"“{grid.worksheet}”{' (hidden)' if grid.hidden else ''}" for grid in named)
        return f"none of its sheets has the header of a list of deals; its sheets are {names}"
    rows = grids[0].head if grids else []
    first = next((row for row in rows if any(cell.strip() for cell in row)), None)
    if first is None:
        return "it is empty"
    if len(first) > WIDEST:
        return (
            f"its first row has {len(first):,} cells, more than any spreadsheet has columns; export it again with one"
            " row per deal, and only the columns that a review needs"
        )
    cells = ", ".join(f"“{tidy_header(cell)[:30]}”" for cell in first[:6])
    number = rows.index(first) + 1
    return f"no row among the first 20 is the header of a list of deals; row {number} says {cells}"
