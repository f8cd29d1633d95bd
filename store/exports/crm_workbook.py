"""A workbook that goes back as it came: every sheet, hidden column and checksum untouched, the decided cells set."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from review.origin import Origin
from store.crm.fold import fold, tidy_header
from store.errors import Damaged
from store.exports.crm_cells import Cell, Row

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_DEPTH = 20
"""Rows among which the header stands."""


def filled(original: bytes, origin: Origin, rows: Sequence[Row]) -> bytes:
    """Set the cells of the rows in the workbook they came from. Raises Damaged where a row or column is not there."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(original))
    sheet, header, columns = _table(book.worksheets, origin.headers)
    waiting = {row.ident: row for row in rows}
    for line in range(header + 1, sheet.max_row + 1):
        ident = sheet.cell(line, columns["id"]).value
        row = waiting.pop(str(ident).strip(), None) if ident is not None else None
        for field, value in row.cells.items() if row else ():
            _set(sheet, line, columns[field], value)
    if waiting:
        raise Damaged(
            f"The workbook that was kept has no row for {next(iter(waiting.values())).title}. Read it in again."
        )
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _table(sheets: Sequence["Worksheet"], headers: Mapping[str, str]) -> tuple["Worksheet", int, dict[str, int]]:
    """Find the sheet, the row of the header, and the column of each field."""
    wanted = {field: fold(tidy_header(header)) for field, header in headers.items()}
    for sheet in sheets:
        for number, texts in _heads(sheet):
            if all(header in texts for header in wanted.values()):
                return sheet, number, {field: texts.index(header) + 1 for field, header in wanted.items()}
    raise Damaged("The workbook that was kept has other columns than the export. Read it in again.")


def _heads(sheet: "Worksheet") -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(sheet.iter_rows(max_row=_DEPTH, values_only=True), 1):
        yield number, [fold(tidy_header(cell)) if isinstance(cell, str) else "" for cell in cells]


def _set(sheet: "Worksheet", line: int, column: int, value: Cell) -> None:
    """Set a true date, a true number, or a text that is no formula."""
    cell = sheet.cell(line, column)
    sheet.cell(line, column, datetime.combine(value, time()) if isinstance(value, date) else value)
    if isinstance(value, str):
        cell.data_type = "s"
