import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from review.settings import Settings
from review.unclear import Unclear
from store.crm.answers import Answers
from store.crm.read import read_bytes
from store.errors import Refused

DAY = date(2026, 5, 20)
HEADER = ["Deal ID", "Deal Name", "Owner", "Amount", "Stage", "Close Date"]
ROW = ["D1", "Renewal", "Ann Lee", 1234.5, "Proposal", date(2026, 6, 30)]


def at(day, hour):
    return datetime(2026, 6, day, hour, 45)  # noqa: DTZ001 - a workbook knows no zones


def workbook(*rows, title="Deals"):
    book = openpyxl.Workbook()
    book.worksheets[0].title = title
    for row in rows:
        book.worksheets[0].append(list(row))
    return book


def saved(book):
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read(book, **answers):
    data = book if isinstance(book, bytes) else saved(book)
    return read_bytes(data, file="deals.xlsx", settings=Settings(), day=DAY, answers=Answers(**answers))


def said(reading):
    return " ".join(reading.report.warnings)


def test_a_workbook_comes_out_typed_without_a_question():
    (deal,) = read(workbook(HEADER, ROW)).export.deals
    assert (deal.id, deal.amount, deal.close_date) == ("D1", Decimal("1234.5"), date(2026, 6, 30))


def test_numbers_of_a_workbook_are_what_they_are_and_ask_nothing():
    rows = [[10676775052, "A", "Ann", 1.234, "Proposal", at(30, 17)], [7, "B", "Ann", 0, "S", None]]
    deals = read(workbook(HEADER, *rows)).export.deals
    assert [(deal.id, deal.amount) for deal in deals] == [("10676775052", Decimal("1.234")), ("7", 0)]
    assert deals[0].close_date == date(2026, 6, 30)


def test_quirk_13_title_rows_above_the_header_of_a_workbook():
    reading = read(workbook(["Pipeline of the team"], [at(20, 8)], [], HEADER, ROW, ["Total", None, None, 5]))
    assert "header was found in row 4" in said(reading)
    assert [(one.row, one.reason[:14]) for one in reading.report.left_out] == [(6, "a line of sums")]


def test_quirk_17_hidden_rows_and_columns_are_read_and_counted():
    book = workbook(HEADER, ROW, ["D2", *ROW[1:]], ["D3", *ROW[1:]])
    book.active.row_dimensions[3].hidden = book.active.row_dimensions[4].hidden = True
    book.active.column_dimensions["A"].hidden = True
    reading = read(book)
    assert [deal.id for deal in reading.export.deals] == ["D1", "D2", "D3"]
    assert "2 rows are hidden or filtered out" in said(reading)
    assert "1 column is hidden" in said(reading)


def test_quirk_18_the_sheet_with_deals_is_found_wherever_it_stands():
    book = workbook(["Read me"], ["Exported by Ann"], title="Info")
    for row in (HEADER, ROW):
        if "Data" not in book.sheetnames:
            book.create_sheet("Data")
        book["Data"].append(row)
    book.create_chartsheet("Chart")
    assert read(book).export.deals[0].id == "D1"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_quirk_18_a_hidden_sheet_of_deals_is_read_and_said(state):
    book = workbook(["Read me"], title="Info")
    for row in (HEADER, ROW):
        if "Data" not in book.sheetnames:
            book.create_sheet("Data")
        book["Data"].append(row)
    book["Data"].sheet_state = state
    assert "“Data” is hidden in the workbook" in said(read(book))


def test_quirk_18_a_workbook_without_deals_is_refused_with_its_sheets():
    book = workbook(["Read me"], title="Info")
    book.create_sheet("Pivot").sheet_state = "veryHidden"
    with pytest.raises(Refused, match=r"none of its sheets.*“Info”, “Pivot” \(hidden\)"):
        read(book)


def test_sheets_with_the_same_columns_are_one_list_where_somebody_says_so():
    book = workbook(HEADER[:2] + HEADER[3:], ["D1", "Renewal", 5, "Proposal", date(2026, 6, 30)], title="Ann Lee")
    other = book.create_sheet("Bo Berg")
    other.append(HEADER[:2] + HEADER[3:])
    other.append(["D2", "Pilot", 7, "Proposal", date(2026, 6, 30)])
    with pytest.raises(Unclear, match=r"or all of them\?") as asked:
        read(book)
    assert 'worksheet = "Ann Lee"  # Ann Lee, Bo Berg, * for all of them' in str(asked.value)
    reading = read(book, worksheet="*", mapping={"Worksheet": "owner"})
    assert [(deal.id, deal.owner) for deal in reading.export.deals] == [("D1", "Ann Lee"), ("D2", "Bo Berg")]
    other["A2"] = None
    other["B2"] = None
    again = read(book, worksheet="*", mapping={"Worksheet": "owner"})
    assert "row 2 of Bo Berg: no id and no name" in " ".join(again.report.sentences())


def test_sheets_called_open_won_and_lost_say_which_deals_are():
    book = workbook(HEADER, ROW, title="Open")
    for at, name in enumerate(("Won", "Lost"), 2):
        sheet = book.create_sheet(name)
        sheet.append(HEADER)
        sheet.append([f"D{at}", *ROW[1:]])
    found = read(book, worksheet="*").export.deals
    assert [deal.status.value for deal in found] == ["open", "won", "lost"]


def test_two_sheets_of_deals_are_a_question_that_worksheet_answers():
    book = workbook(HEADER, ROW, title="West")
    for row in (HEADER, ["D9", *ROW[1:]]):
        if "East" not in book.sheetnames:
            book.create_sheet("East")
        book["East"].append(row)
    with pytest.raises(Unclear, match=r"“West” and “East”.*--worksheet") as asked:
        read(book)
    assert [one.value for one in asked.value.open[0].choices] == ["West", "East", "*"]
    assert read(book, worksheet="east").export.deals[0].id == "D9"
    with pytest.raises(Refused, match="no sheet “North”; its sheets are “West”, “East”"):
        read(book, worksheet="North")


def test_a_group_merged_beside_its_deals_belongs_to_each_of_them():
    book = workbook(HEADER, ROW, ["D2", "B", None, 5, "S", None], ["D3", "C", "Bo", 5, "S", None])
    book.active.merge_cells("C2:C3")
    assert [deal.owner for deal in read(book).export.deals] == ["Ann Lee", "Ann Lee", "Bo"]


def test_quirk_16_a_deal_merged_over_its_products_is_one_deal():
    book = workbook([*HEADER, "Product"], [*ROW, "Seats"], [*[None] * 6, "Support"])
    for letter in "ABCDEF":
        book.active.merge_cells(f"{letter}2:{letter}3")
    reading = read(book)
    assert len(reading.export.deals) == 1
    assert [(one.row, one.reason) for one in reading.report.left_out] == [
        (3, "no id and no name; it may belong to row 2")
    ]


def test_quirk_34_formulas_give_their_stored_result_and_none_is_said():
    book = workbook(HEADER, ["D1", "Renewal", "Ann", "=2*3", "S", None])
    data = saved(book)
    reading = read(data)
    assert reading.export.deals[0].amount is None
    assert "1 formula is without a stored result" in said(reading)
    kept = replaced(data, "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>6</v>")
    kept = replaced(kept, "xl/worksheets/sheet1.xml", b"<v />", b"<v>6</v>")
    assert read(kept).export.deals[0].amount == 6


def test_quirk_38_the_epoch_of_1904_gives_the_same_days():
    book = workbook(HEADER)
    book.epoch = CALENDAR_MAC_1904
    book.active.append(ROW)
    assert read(book).export.deals[0].close_date == date(2026, 6, 30)


def test_quirk_26_an_id_that_a_spreadsheet_cut_is_named():
    assert "1 id is damaged by a spreadsheet" in said(read(workbook(HEADER, [48760000001234567, *ROW[1:]])))


def test_quirk_64_rows_that_were_only_formatted_are_no_rows():
    book = workbook(HEADER, ROW)
    book.active["A5000"].font = Font(bold=True)
    reading = read(book)
    assert (reading.report.rows, reading.report.left_out) == (1, ())


def test_errors_in_cells_are_empty_and_counted():
    book = workbook(HEADER, ["D1", "Renewal", "Ann", "#REF!", "S", time(9, 30)])
    assert "1 cell is an error" in said(read(book))


def replaced(data, part, old, new):
    """Give a packed file with one part's bytes changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old, new) if name == part else before.read(name))
    return changed.getvalue()


def packed(parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return data.getvalue()


def test_a_far_cell_does_not_make_a_sheet_of_billions():
    data = replaced(saved(workbook(HEADER, ROW)), "xl/worksheets/sheet1.xml", b'r="F2"', b'r="XFD1048576"')
    with pytest.raises(Refused, match="spans 1,048,576 rows and 16,384 columns"):
        read(data)


def test_a_packed_bomb_is_refused_whatever_its_directory_says(monkeypatch):
    monkeypatch.setattr("store.crm.packed.LARGEST", 20_000_000)
    bomb = packed({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": bytes(30_000_000)})
    with pytest.raises(Refused, match="unpacked it comes to more than 20 MB"):
        read(bomb)
    lie = bomb.replace((30_000_000).to_bytes(4, "little"), (30_000).to_bytes(4, "little"))
    with pytest.raises(Refused, match=r"damaged|more than 20 MB"):
        read(lie)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "damaged"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (packed({"deals.csv": "id,name"}), "packed file"),
        (packed({"word/document.xml": "<x/>"}), "no workbook"),
        (packed({"xl/workbook.bin": "x"}), "binary workbook"),
    ],
    # The bytes hold the time they were packed at: as names they would differ from worker to worker.
    ids=("cut", "empty", "locked", "csv", "letter", "binary"),
)
def test_what_is_no_readable_workbook_is_refused_in_a_sentence(data, reason):
    with pytest.raises(Refused, match=reason):
        read(data)


def test_a_truncated_workbook_is_refused():
    data = saved(workbook(HEADER, ROW))
    for length in range(10, len(data), 97):
        with pytest.raises(Refused, match="damaged"):
            read(data[:length])


NAMES = "urn:oasis:names:tc:opendocument:xmlns"
CONTENT = (
    f'<d:document-content xmlns:d="{NAMES}:office:1.0" xmlns:office="{NAMES}:office:1.0"'
    f' xmlns:table="{NAMES}:table:1.0" xmlns:text="{NAMES}:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Deals">{}</table:table></office:spreadsheet></office:body></d:document-content>'
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{NAMES}:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/></manifest:manifest>'
)


def open_document(rows, repeated=1):
    """Give an ODS workbook, each row so many times."""
    lines = "".join(
        f'<table:table-row table:number-rows-repeated="{repeated}">'
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return packed({"mimetype": KIND, "META-INF/manifest.xml": MANIFEST, "content.xml": CONTENT.format(lines)})


def test_an_open_document_is_read_and_one_that_repeats_its_cells_without_end_is_refused():
    rows = [HEADER, [*ROW[:5], "2026-06-30"]]
    assert read(open_document(rows)).export.deals[0].close_date == date(2026, 6, 30)
    with pytest.raises(Refused, match="repeated beyond any list of deals"):
        read(open_document(rows, repeated=9_000_000))
