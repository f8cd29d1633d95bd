"""A rep's sheet as a workbook: drop-downs, dates as dates, and everything but the answers locked."""

import io
from datetime import date
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from review.plain import plain
from review.sheets.blank import Blank, Sheet
from store.sheets.layout import ANSWER, CODE, COLUMNS, DATE, OWNER, cells_of, is_dated, is_owned

WIDTHS = (46, 20, 40, 44, 16, 12, 60, 14)
LINE = 15
"""Height of a line of text, in points."""
DAY = "ddd d mmm yyyy"
TEXT = "@"
MOST_LISTED = 255
"""Characters that a drop-down's list may have; a longer one gets none, the answers stand beside it."""
_HEAD = PatternFill("solid", fgColor="FF22404A")
_ASKED = PatternFill("solid", fgColor="FFFFF7DB")
_EDGE = Side(style="thin", color="FFB8B8B8")


def render(sheet: Sheet) -> bytes:
    """Write the workbook."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "Review"
    head = len(sheet.said) + 1
    for row, line in enumerate(sheet.said, 1):
        cell = page.cell(row, 1)
        _put(page, row, 1, line)
        cell.font = Font(bold=row == 1, size=13 if row == 1 else 11)
    for column, title in enumerate(COLUMNS, 1):
        cell = page.cell(head, column, title)
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = _HEAD
    for row, blank in enumerate(sheet.blanks, head + 1):
        _line(page, row, sheet, blank)
    for column, width in enumerate(WIDTHS, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = f"A{head + 1}"
    page.print_title_rows = f"{head}:{head}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.protection.sheet = True
    page.protection.formatColumns = False
    page.protection.formatRows = False
    page.protection.sort = False
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _put(page: Worksheet, row: int, column: int, text: str) -> None:
    """Write a text that stays text, whatever it begins with."""
    cell = page.cell(row, column)
    cell.value = plain(text)
    cell.data_type = "s"


def _line(page: Worksheet, row: int, sheet: Sheet, blank: Blank) -> None:
    cells = cells_of(sheet, blank)
    # Not every program makes a row as high as its text by itself.
    deep = max(len(wrap(text, WIDTHS[at] - 2)) for at, text in enumerate(cells) if at != CODE)
    page.row_dimensions[row].height = LINE * deep + 3
    for column, text in enumerate(cells, 1):
        cell = page.cell(row, column)
        if text:
            _put(page, row, column, text)
        cell.alignment = Alignment(wrap_text=column - 1 != CODE, vertical="top")
        cell.border = Border(bottom=_EDGE)
        if column - 1 == CODE:
            cell.font = Font(color="FF9A9A9A", size=8)
    if not blank.answers:
        return
    open_cells = [ANSWER, *([DATE] if is_dated(blank) else []), *([OWNER] if is_owned(blank) else [])]
    for at in open_cells:
        cell = page.cell(row, at + 1)
        cell.protection = Protection(locked=False)
        cell.fill = _ASKED
        cell.number_format = DAY if at == DATE else TEXT
    if blank.choices:
        _drop_down(page, f"{get_column_letter(ANSWER + 1)}{row}", blank.choices)
    if is_dated(blank):
        _only_days(page, f"{get_column_letter(DATE + 1)}{row}")


def _drop_down(page: Worksheet, place: str, choices: tuple[str, ...]) -> None:
    """Offer the answers there are; another one may be typed, as for “legal tue”."""
    listed = ",".join(choice.replace(",", " ") for choice in choices)
    if len(listed) > MOST_LISTED:
        return
    offer = DataValidation(type="list", formula1='"{}"'.format(listed.replace('"', '""')), allow_blank=True)
    offer.showErrorMessage = False
    page.add_data_validation(offer)
    offer.add(place)


def _only_days(page: Worksheet, place: str) -> None:
    """Take a date; what is typed as words, like “fri”, is read as people say it."""
    first = date(2000, 1, 1)
    rule = DataValidation(type="date", operator="greaterThan", formula1=f"DATE({first.year},1,1)", allow_blank=True)
    rule.showErrorMessage = False
    page.add_data_validation(rule)
    rule.add(place)
