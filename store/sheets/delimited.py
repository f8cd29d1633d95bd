"""A rep's sheet as comma-separated text, with the mark that lets spreadsheets read accents."""

import csv
import io

from review.sheets.blank import Sheet
from store.formulas import guarded
from store.sheets.layout import CODE, COLUMNS, cells_of


def render(sheet: Sheet) -> bytes:
    """Write what to do, the headers, and a row for each line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for line in sheet.said:
        writer.writerow([guarded(line)])
    writer.writerow(COLUMNS)
    for blank in sheet.blanks:
        cells = cells_of(sheet, blank)
        writer.writerow([*(guarded(cell) for cell in cells[:CODE]), cells[CODE]])
    return text.getvalue().encode("utf-8-sig")
