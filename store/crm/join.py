"""One export from several files: their rows one below the other, each row still known by its file."""

import hashlib
import re
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from msgspec import structs

from review.answers import Answers
from store.crm.asking import EVERY_SHEET
from store.crm.column import Column
from store.crm.fold import fold
from store.crm.grid import Broken
from store.crm.kinds import grids_of
from store.crm.others import other_kind
from store.crm.records import NO_LIST
from store.crm.refusals import bytes_of, not_imported
from store.crm.rows import RowOf
from store.crm.sheet import Body, find_header
from store.crm.table import Table, table_of, tables_of
from store.errors import Refused

_ENDINGS: Final = frozenset(
    {".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".json", ".jsonl", ".ndjson"}
)
_SHOWN: Final = 6
_SHEET: Final = "Worksheet"
_CELLS: Final = re.compile(r"[,;|][^\s\d]|\t")
"""What parts cells; in prose a space comes after it."""
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SYSTEM: Final = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


def read_table(paths: Sequence[Path], answers: Answers) -> Table:
    """Read the table of a file, of several that are one export, or of a folder; raises `Refused` or `Unclear`."""
    found = list(dict.fromkeys(file for path in paths for file in files_in(path)))
    if len(found) == 1:
        return _noted(whole(bytes_of(found[0]), found[0].name, answers), others_in(paths))
    beside = {*found} - {*paths}
    tables: list[Table] = []
    strange: list[str] = []
    for path, name in zip(found, _names(found), strict=True):
        data = bytes_of(path)
        if path in beside and (what := _no_export(data)):
            strange.append(f"{name} ({what})")
            continue
        table = table_of(data, file=name, answers=answers)
        if path in beside and (kind := other_kind(table.headers)):
            strange.append(f"{name} ({kind.removeprefix('is ')})")
            continue
        tables.append(table)
    if not tables:
        raise Refused(f"There is no list of deals in {paths[0].name or paths[0]}: {', '.join(strange)}.")
    _refuse_strangers(tables)
    return _noted(tables[0] if len(tables) == 1 else _joined(tables), (*strange, *others_in(paths)))


def whole(data: bytes, name: str, answers: Answers) -> Table:
    """Read the table of one file, or all sheets of a workbook as one where that is the answer."""
    if answers.worksheet != EVERY_SHEET:
        return table_of(data, file=name, answers=answers)
    tables = list(map(_with_its_sheet, tables_of(data, file=name, answers=answers)))
    _refuse_strangers(tables)
    return structs.replace(_joined(tables), file=name)


def _with_its_sheet(table: Table) -> Table:
    """Add the sheet's name as a column: it may be an owner's, or say won and lost."""
    named = Column([table.worksheet] * len(table.body.numbers))
    body = structs.replace(table.body, columns=[*table.body.columns, named])
    return structs.replace(table, headers=(*table.headers, _SHEET), written=(*table.written, _SHEET), body=body)


def _no_export(data: bytes) -> str:
    """Say what a file of a folder is that is plainly no export; empty where it may be one, damaged or not."""
    if not data.strip() or data.startswith(_WORKBOOKS):
        return ""
    try:
        (grid,) = grids_of(data)
    except Broken as broken:
        return NO_LIST if str(broken) == NO_LIST else ""
    if find_header(grid) is not None or _CELLS.search("\n".join(map(grid.delimiter.join, grid.head))):
        return ""
    return NO_LIST if not grid.first else "a text and no table"


def _noted(table: Table, others: Sequence[str]) -> Table:
    """Add what of a folder was not read."""
    if not others:
        return table
    shown = ", ".join(others[:_SHOWN]) + (f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else "")
    return structs.replace(table, notes=(*table.notes, f"Not read, of what lies in the folder: {shown}."))


def files_in(path: Path) -> list[Path]:
    """Give the exports of a folder by name, or the file itself."""
    if not path.is_dir():
        return [path]
    try:
        inside = sorted(path.iterdir())
    except OSError as error:
        raise Refused(f"{path.name or path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error
    files = list(filter(_is_export, inside))
    if not files:
        raise Refused(f"There is no export in the folder {path.name or path}: no file ends in .csv, .xlsx or .json.")
    return files


def others_in(paths: Sequence[Path]) -> tuple[str, ...]:
    """Name what else lies in folders and may be an export under another name; what a system or a program left, not."""
    inside = (one for path in paths if path.is_dir() for one in sorted(path.iterdir()))
    return tuple(
        one.name
        for one in inside
        if not _is_export(one) and not one.name.startswith((".", "~$")) and one.name.lower() not in _SYSTEM
    )


def _is_export(path: Path) -> bool:
    """Tell by its name whether a file of a folder is read."""
    return path.suffix.lower() in _ENDINGS and not path.name.startswith((".", "~$")) and not path.is_dir()


def _names(paths: Sequence[Path]) -> list[str]:
    """Name files for people, with their folder where two have one name."""
    names = [path.name for path in paths]
    return [str(path) if names.count(path.name) > 1 else path.name for path in paths]


def _refuse_strangers(tables: Sequence[Table]) -> None:
    """Raise `Refused` where a table has other columns than the rest; one that is no list of deals is named."""
    for table in tables:
        if kind := other_kind(table.headers):
            rest = next(one.file for one in tables if one is not table)
            raise not_imported(f"{table.file} with {rest}", f"{table.file} {kind}")
    first = tables[0]
    keys = _keys(first)
    for table in tables[1:]:
        more, fewer = _keys(table).keys() - keys.keys(), keys.keys() - _keys(table).keys()
        if not more and not fewer:
            continue
        unlike = [f"{table.file} has {_some(table, more)}"] if more else []
        unlike += [f"{first.file} has {_some(first, fewer)}"] if fewer else []
        raise not_imported(
            f"{first.file} with {table.file}",
            f"they are not one export ({', '.join(unlike)}); give files with the same columns, or one file",
        )


def _keys(table: Table) -> dict[tuple[str, int], int]:
    """Map each header, and which of several equal ones it is, to its column."""
    found: dict[tuple[str, int], int] = {}
    for at, header in enumerate(table.headers):
        key, nth = fold(header), 0
        while (key, nth) in found:
            nth += 1
        found[key, nth] = at
    return found


def _some(table: Table, keys: set[tuple[str, int]]) -> str:
    """Name some columns of a table."""
    found = [f"“{table.headers[at] or 'a column without a header'}”" for key, at in _keys(table).items() if key in keys]
    return ", ".join(found[:_SHOWN]) + (f" and {len(found) - _SHOWN} more columns" if len(found) > _SHOWN else "")


def _joined(tables: Sequence[Table]) -> Table:
    """Put tables with the same columns one below the other."""
    first = tables[0]
    columns: list[Column] = []
    places = [_keys(table) for table in tables]
    for key in places[0]:
        parts = [table.body.columns[place[key]] for table, place in zip(tables, places, strict=True)]
        columns.append(Column(list(chain.from_iterable(part.cells for part in parts)), None, _typed(parts)))
    numbers = [RowOf(row, place, table.file) for place, table in enumerate(tables) for row in table.body.numbers]
    uneven: dict[int, list[str]] = {}
    start = 0
    for table in tables:
        uneven |= {start + at: row for at, row in table.body.uneven.items()}
        start += len(table.body.numbers)
    digest = hashlib.blake2b("".join(table.digest for table in tables).encode(), digest_size=6).hexdigest()
    return structs.replace(
        first,
        file=_list([table.file for table in tables]),
        body=Body(numbers, columns, uneven),
        digest=digest,
        notes=tuple(f"{table.file}: {note}" for table in tables for note in table.notes),
        left_out=tuple(chain.from_iterable(table.left_out for table in tables)),
    )


def _typed(parts: Sequence[Column]) -> frozenset[str]:
    return frozenset(chain.from_iterable(part.typed for part in parts))


def _list(names: Sequence[str]) -> str:
    """Name all of a few files, the number of many."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) <= 3 else f"{len(names)} files ({names[0]}, …)"
