"""Workbooks: XLSX, and the older XLS and the open ODS, to sheets of text cells."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Final

from review.words import counted
from store.crm.grid import BATCH, Broken
from store.crm.packed import DAMAGED, Hidden, Packed, check_span, look_into, sheet_parts

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Cell = str | float | bool | date | datetime | time | timedelta
OLD: Final = b"\xd0\xcf\x11\xe0"
"""How the files of older Microsoft programs begin, and of newer ones with a password."""
PACKED: Final = b"PK\x03\x04"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_HEAD = 25
_EXACT = 1e15
"""From here on a spreadsheet has lost the last digits of a whole number."""


class Sheet:
    """One sheet of a workbook."""

    def __init__(self, sheet: "CalamineSheet", hidden: bool, inside: Hidden, fill: bool) -> None:
        self.worksheet, self.hidden = sheet.name, hidden
        self.typed: dict[int, set[str]] = {}
        self.first, self.delimiter = 1, ","
        self.warnings: list[str] = []
        self._sheet = sheet
        self._inside = inside
        self._merged = self._to_fill() if fill else {}
        self.head = [self._texts(row) for row in self._rows(_HEAD)]

    def batches(self) -> Iterator[list[list[str]]]:
        """Give all rows, some thousands at a time."""
        rows = self._rows()
        while batch := [self._texts(row) for row in islice(rows, BATCH)]:
            yield batch
        self.warnings += self._said()

    def _rows(self, count: int | None = None) -> Iterator[list[Cell]]:
        """Give rows as the workbook types them, cells merged downwards filled."""
        carried: dict[int, tuple[int, Cell]] = {}
        for number, row in enumerate(islice(self._sheet.iter_rows(), count)):
            for column, last in self._merged.get(number, ()):
                carried[column] = (last, row[column])
            for column, (last, cell) in list(carried.items()):
                if number > last:
                    del carried[column]
                elif row[column] == "":
                    row[column] = cell
            yield row

    def _to_fill(self) -> dict[int, list[tuple[int, int]]]:
        """Map row to the column and the last row of each cell that is merged downwards: a group beside its deals.

        Where most of a row's cells are, it is one deal over several rows, and the rows below are not deals.
        """
        start = self._sheet.start
        found: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, _) in self._sheet.merged_cell_ranges or ():
            if bottom > top and start is not None and left - start[1] in range(self._sheet.width):
                found.setdefault(top, []).append((left - start[1], bottom))
        return {top: merged for top, merged in found.items() if len(merged) * 2 <= self._sheet.width}

    def _texts(self, row: Sequence[Cell]) -> list[str]:
        return [cell if type(cell) is str else self._text(at, cell) for at, cell in enumerate(row)]

    def _text(self, at: int, cell: Cell) -> str:
        text = text_of(cell)
        self.typed.setdefault(at, set()).add(text)
        return text

    def _said(self) -> Iterator[str]:
        """Say what the sheet hides, and what it lacks."""
        hides = self._inside
        if self.hidden:
            yield f"The sheet “{self.worksheet}” is hidden in the workbook; it was read all the same."
        if hides.rows:
            yield f"{_are(hides.rows, 'row')} hidden or filtered out in the workbook and read all the same."
        if hides.columns:
            yield f"{_are(hides.columns, 'column')} hidden in the workbook and read all the same."
        if hides.uncounted:
            yield (
                f"{_are(hides.uncounted, 'formula')} without a stored result and read as empty: open the file in a"
                " spreadsheet, save it and import it again."
            )
        if hides.errors:
            yield f"{_are(hides.errors, 'cell')} an error such as #REF! and read as empty."


def _are(number: int, noun: str) -> str:
    """Write '1 row is', '343 rows are'."""
    return f"{counted(number, noun)} {'is' if number == 1 else 'are'}"


def text_of(cell: Cell) -> str:
    """Write a typed cell in the one form that no reader can mistake."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float | int):
        return _number(float(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    return cell if isinstance(cell, str) else str(cell)


def _number(value: float) -> str:
    """Write a number with the 15 digits that a spreadsheet keeps."""
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    text = f"{value:.15G}"
    # A long number shows its lost digits, as a spreadsheet shows it: an id like this is damaged.
    return text if abs(value) >= _EXACT else format(Decimal(text), "f")


def sheets_of(data: bytes, *, fill: bool = True) -> Sequence[Sheet]:
    """Give the sheets that hold cells, hidden ones too; raises `Broken` where there is no workbook to read.

    `fill`: whether a cell that is merged downwards stands in every row it covers.
    """
    parts: dict[str, str] = {}
    packed = None
    if data.startswith(PACKED):
        packed = Packed(data)
        parts = _parts(packed)
    elif _LOCKED in data:
        raise Broken("this workbook is locked with a password; save it without one")
    if not parts:
        # Reading the older kinds can end the whole program where they are damaged.
        from store.crm.trial import try_out

        try_out(data)
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    book = _open(data)
    found: list[Sheet] = []
    for one in book.sheets_metadata:
        if one.typ != SheetTypeEnum.WorkSheet:
            continue
        part = parts.get(one.name, "")
        inside = look_into(packed, part) if packed and part else Hidden()
        found.append(_sheet(book, one.name, one.visible != SheetVisibleEnum.Visible, inside, fill))
    return found


def _parts(packed: Packed) -> dict[str, str]:
    """Map sheet to its part in an XLSX workbook; raises `Broken` where it is another kind of packed file."""
    names = packed.names
    if "xl/workbook.xml" in names:
        return sheet_parts(packed)
    if "xl/workbook.bin" in names:
        raise Broken("this is a binary workbook (.xlsb); save it as .xlsx")
    if b"opendocument.spreadsheet" in packed.text("mimetype")[:200]:
        if "manifest:encryption-data" in packed.text("META-INF/manifest.xml").decode("utf-8", "replace"):
            raise Broken("this workbook is locked with a password; save it without one")
        check_span(packed, "content.xml")
        return {}
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise Broken("this is a document and no workbook; save its table as XLSX or CSV")
    if any(name.endswith(".iwa") for name in names):
        raise Broken("this is a Numbers document; in Numbers choose File → Export To → CSV and import that")
    raise Broken("this is a packed file (zip); unpack it and import what is inside")


def _open(data: bytes) -> "CalamineWorkbook":
    # Only workbooks need it.
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        return load_workbook(io.BytesIO(data))
    except PasswordError as error:
        raise Broken("this workbook is locked with a password; save it without one") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Broken(DAMAGED) from error


def _sheet(book: "CalamineWorkbook", name: str, hidden: bool, inside: Hidden, fill: bool) -> Sheet:
    from python_calamine import CalamineError

    try:
        return Sheet(book.get_sheet_by_name(name), hidden, inside, fill)
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Broken(DAMAGED) from error
