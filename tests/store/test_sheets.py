import csv
import io
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from textwrap import fill, wrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from review.sheets.blank import Kind, Sheet
from store.errors import Refused
from store.sheets import chat, delimited, workbook
from store.sheets.folder import write_again, write_sheets
from store.sheets.layout import ANSWER, CODE, COLUMNS, DATE, OWNER
from store.sheets.reading import read_bytes
from tests.builders import a_deal, a_ledger, some_settings
from tests.review.sheets import a_pipeline, take, the_sheets, why

STEP = "Walk @Dana through the redlines"
FILLED = {
    (Kind.PROMISE, "p1"): ("moved", date(2026, 11, 26), ""),
    (Kind.COMMIT, "tom-reed"): ("420k", None, ""),
    (Kind.STEP, "d1"): (STEP, date(2026, 11, 27), "Wei Lin"),
    (Kind.CONFIRMED, "d2"): ("Ines", date(2026, 11, 18), ""),
    (Kind.PAPER, "d2"): ("legal", date(2026, 11, 17), ""),
}
MEANT = {
    "“Send Dana the draft contract”: moved to Thu 26 Nov",
    "call: commit 420k",
    "Northwind: next step “Walk Dana through the redlines”, Fri 27 Nov, Wei",
    "Initech: Ines confirmed Fri 18 Dec on Wed 18 Nov",
    "Initech: legal moved Tue 17 Nov",
}


@pytest.fixture(name="sheet")
def a_sheet():
    return the_sheets(a_pipeline())["tom-reed"]


def meant(data: bytes, order="dmy"):
    answered = take(a_pipeline(), read_bytes(data, "tom", order))
    assert why(answered) == []
    return {f"{one.about}: {one.said}" for one in answered.taken}


# Comma-separated text


def table(sheet: Sheet, write=lambda day: day.isoformat()):
    """The rows of a sheet that was filled in."""
    rows = list(csv.reader(io.StringIO(delimited.render(sheet).decode("utf-8-sig"))))
    first = rows.index(list(COLUMNS)) + 1
    for row, blank in zip(rows[first:], sheet.blanks, strict=True):
        answer, day, who = FILLED.get((blank.kind, blank.ident), ("", None, ""))
        row[ANSWER : OWNER + 1] = [answer, write(day) if day else "", who]
    return rows, first


def written(rows, delimiter=",", encoding="utf-8-sig"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def test_a_table_that_was_filled_in_means_what_was_written(sheet):
    assert meant(written(table(sheet)[0])) == MEANT


DAYS = {
    "serial numbers": lambda day: str((day - date(1899, 12, 30)).days),
    "serial numbers with a fraction": lambda day: f"{(day - date(1899, 12, 30)).days}.0",
    "day first": lambda day: f"{day:%d/%m/%Y}",
    "points": lambda day: f"{day.day}.{day.month}.{day.year}",
    "two digits of the year": lambda day: f"{day:%d/%m/%y}",
    "a month's name": lambda day: f"{day:%d-%b-%y}",
    "with a time": lambda day: f"{day} 00:00:00",
    "as people say it": lambda day: f"{day.day} {day:%b}".lower(),
    "with the weekday": lambda day: f"{day:%a} {day.day} {day:%b}",
    "an apostrophe before it": lambda day: f"'{day}",
}


@pytest.mark.parametrize("write", DAYS.values(), ids=DAYS)
def test_a_date_is_read_however_a_spreadsheet_writes_it(sheet, write):
    assert meant(written(table(sheet, write)[0])) == MEANT


def test_a_date_of_an_american_spreadsheet_is_read_by_the_teams_order(sheet):
    rows, _ = table(sheet, lambda day: f"{day.month}/{day.day}/{day.year}")
    assert meant(written(rows), order="mdy") == MEANT


def test_one_date_that_shows_its_order_settles_the_whole_table(sheet):
    rows, _ = table(sheet, lambda day: f"{day.month}/{day.day}/{day.year}")
    row = next(row for row in rows if "11/27/2026" in row)
    row[DATE] = "12/3/2026"
    assert "Northwind: next step “Walk Dana through the redlines”, Thu 3 Dec, Wei" in meant(written(rows))


def test_an_answer_on_a_line_without_its_code_is_refused_and_never_lost(sheet):
    rows, first = table(sheet)
    at = next(at for at, blank in enumerate(sheet.blanks) if (blank.kind, blank.ident) == (Kind.STEP, "d1"))
    rows[first + at][CODE] = ""
    rows += [[""] * 8, ["PS: off on Friday", *[""] * 7], ["Total", "", "", "", "", "", "", ""]]
    answered = take(a_pipeline(), read_bytes(written(rows), "tom.csv", "dmy"))
    assert why(answered) == [
        f"the code of this line is missing: write “{STEP} · 2026-11-27 · Wei Lin” on the line of the sheet that has one"
    ]
    assert [one.where for one in answered.refused] == [f"row {first + at + 1}"]
    assert {f"{one.about}: {one.said}" for one in answered.taken} == {one for one in MEANT if "Northwind" not in one}


def damaged(found, way):
    """Rows as a spreadsheet may give them back."""
    rows, first = found
    lines = [list(row) for row in rows]
    if way == "columns in another order":
        lines = [(row + [""] * 8)[:8][::-1] if at >= first - 1 else row for at, row in enumerate(lines)]
    elif way == "a column in front":
        lines = [["x", *row] for row in lines]
    elif way == "trailing blanks":
        lines = [[*(f"{cell}  " for cell in row), "", "", ""] for row in lines] + [[""] * 12] * 40
    elif way == "lines sorted":
        lines[first:] = sorted(lines[first:], reverse=True)
    elif way == "first lines deleted":
        lines = lines[first - 1 :]
    elif way == "headers in capitals":
        lines[first - 1] = [title.upper() for title in lines[first - 1]]
    elif way == "non-breaking spaces":
        lines[first:] = [[cell.replace(" ", "\u00a0") for cell in row] for row in lines[first:]]
    elif way == "apostrophes before answers":
        lines[first:] = [
            [f"'{c}" if at in (ANSWER, OWNER) and c else c for at, c in enumerate(r)] for r in lines[first:]
        ]
    elif way == "equals signs before answers":
        lines[first:] = [
            [f"={c}" if at in (ANSWER, OWNER) and c else c for at, c in enumerate(r)] for r in lines[first:]
        ]
    elif way == "quotes as formulas":
        lines[first:] = [[f'="{c}"' if at == ANSWER and c else c for at, c in enumerate(row)] for row in lines[first:]]
    elif way == "about cells merged":
        lines[first:] = [["", "", "", *row[3:]] for row in lines[first:]]
    elif way == "codes in capitals":
        lines[first:] = [[*row[:CODE], row[CODE].upper()] for row in lines[first:]]
    elif way == "the header twice":
        lines.append(lines[first - 1])
    return lines


WAYS = (
    "columns in another order",
    "a column in front",
    "trailing blanks",
    "lines sorted",
    "first lines deleted",
    "headers in capitals",
    "non-breaking spaces",
    "apostrophes before answers",
    "equals signs before answers",
    "quotes as formulas",
    "about cells merged",
    "codes in capitals",
    "the header twice",
)


@pytest.mark.parametrize("way", WAYS)
def test_what_a_spreadsheet_does_to_a_table_is_survived(sheet, way):
    assert meant(written(damaged(table(sheet), way))) == MEANT


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_found(sheet, delimiter, encoding):
    rows, _ = table(sheet)
    rows = [[cell.encode("cp1252", "replace").decode("cp1252") for cell in row] for row in rows]
    assert meant(written(rows, delimiter, encoding)) == MEANT


def test_smart_quotes_around_an_answer_are_taken_off(sheet):
    rows, first = table(sheet)
    rows[first:] = [
        [f"“{cell}”" if at == ANSWER and cell else cell for at, cell in enumerate(row)] for row in rows[first:]
    ]
    assert meant(written(rows)) == MEANT


@pytest.mark.parametrize("left", ["#NAME?", "#BEZUG!", "Err:509", "#N/A", "########"])
@pytest.mark.parametrize("column", [ANSWER, DATE])
def test_an_answer_that_became_a_formulas_error_is_asked_again_and_never_taken(sheet, left, column):
    rows, first = table(sheet)
    at = next(at for at, blank in enumerate(sheet.blanks) if (blank.kind, blank.ident) == (Kind.STEP, "d1"))
    rows[first + at][column] = left
    answered = take(a_pipeline(), read_bytes(written(rows), "tom", "dmy"))
    assert why(answered) == [f"a spreadsheet made “{left}” of this answer: write it once more, beginning with a letter"]
    assert [blank.ident for blank in answered.back[0].blanks] == ["d1"]
    assert len(answered.taken) == len(MEANT) - 1


def test_a_table_without_its_codes_or_headers_is_refused_with_what_to_do(sheet):
    rows, first = table(sheet)
    with pytest.raises(Refused, match="codes in its last column are missing"):
        read_bytes(written([row[:CODE] for row in rows]), "tom.csv", "dmy")
    with pytest.raises(Refused, match="names of the columns"):
        read_bytes(written(rows[first:]), "tom.csv", "dmy")


def test_no_cell_of_a_table_is_a_formula():
    ledger = a_ledger(a_deal("d1", account="=cmd|' /C calc'!A0", name="+1", next_step="@SUM(1)"))
    data = delimited.render(the_sheets(ledger)["tom-reed"]).decode("utf-8-sig")
    assert not [cell for row in csv.reader(io.StringIO(data)) for cell in row if cell[:1] in ("=", "+", "-", "@")]


# Workbooks


def opened(data: bytes) -> tuple[Workbook, Worksheet]:
    book = load_workbook(io.BytesIO(data))
    page = book.active
    assert isinstance(page, Worksheet)
    return book, page


def filled_book(sheet: Sheet) -> tuple[Workbook, Worksheet]:
    book, page = opened(workbook.render(sheet))
    first = len(sheet.said) + 2
    for row, blank in enumerate(sheet.blanks, first):
        answer, day, who = FILLED.get((blank.kind, blank.ident), ("", None, ""))
        for at, value in ((ANSWER, answer), (DATE, day), (OWNER, who)):
            if value:
                page.cell(row, at + 1, value)
    return book, page


def saved(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_workbook_that_was_filled_in_means_what_was_written(sheet):
    assert meant(saved(filled_book(sheet)[0])) == MEANT


def test_a_workbook_with_times_numbers_merged_cells_and_another_sheet_is_survived(sheet):
    book, page = filled_book(sheet)
    for row in page.iter_rows(min_row=len(sheet.said) + 2):
        if isinstance(row[DATE].value, date):
            page.cell(row[0].row or 0, DATE + 1, datetime.combine(row[DATE].value, datetime.min.time()))
        if row[ANSWER].value == "420k":
            page.cell(row[0].row or 0, ANSWER + 1, 420_000)
    page.merge_cells("A2:H2")
    page.merge_cells(start_row=len(sheet.said) + 6, end_row=len(sheet.said) + 8, start_column=1, end_column=1)
    book.create_sheet("notes").append(["my own notes"])
    assert meant(saved(book)) == MEANT


def test_an_answer_merged_over_the_lines_of_a_deal_answers_the_first_alone(sheet):
    book, page = filled_book(sheet)
    rows = [at for at in range(1, page.max_row + 1) if str(page.cell(at, 1).value).startswith("Initech")]
    step, *others = rows
    assert page.cell(step, 2).value == Kind.STEP.value
    for at in rows:
        page.cell(at, ANSWER + 1).value = page.cell(at, DATE + 1).value = None
    page.cell(step, ANSWER + 1, "Call @Ines on the order form 26 nov")
    page.merge_cells(start_row=step, end_row=others[-1], start_column=ANSWER + 1, end_column=ANSWER + 1)
    assert {one for one in meant(saved(book)) if one.startswith("Initech")} == {
        "Initech: next step “Call Ines on the order form”, Thu 26 Nov, Tom"
    }


def test_a_row_is_named_by_its_number_in_its_own_worksheet(sheet):
    book, page = filled_book(sheet)
    first = book.create_sheet("Export Summary", 0)
    for text in ("This document was exported from Numbers.", "", "Numbers Sheet Name"):
        first.append([text])
    at = next(at for at in range(1, page.max_row + 1) if page.cell(at, ANSWER + 1).value == STEP)
    page.cell(at, ANSWER + 1, "follow up")
    answered = take(a_pipeline(), read_bytes(saved(book), "tom.xlsx", "dmy"))
    assert [one.where for one in answered.refused] == [f"row {at}"]


def test_a_workbook_offers_verdicts_paper_stages_and_dates_and_locks_the_rest(sheet):
    _, page = opened(workbook.render(sheet))
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    first = len(sheet.said) + 2
    places = {blank.kind: row for row, blank in enumerate(sheet.blanks, first)}
    assert "the buyer did it" in rules[f"D{places[Kind.PROMISE]}"].formula1
    assert "legal,security" in rules[f"D{places[Kind.PAPER]}"].formula1
    assert rules[f"E{places[Kind.STEP]}"].type == "date"
    assert page.protection.sheet
    unlocked = {cell.coordinate[0] for row in page.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == {"D", "E", "F"}
    assert str(page["A1"].value).startswith("Answer where you can, leave the rest empty")
    assert str(page["A2"].value).startswith("Pipeline review of Mon 23 Nov 2026 – Tom Reed")
    assert page[f"A{places[Kind.STEP]}"].protection.locked


def test_a_row_of_a_workbook_is_as_high_as_its_longest_text(sheet):
    page = load_workbook(io.BytesIO(workbook.render(sheet))).active
    assert isinstance(page, Worksheet)
    row = next(cell.row for (cell,) in page.iter_rows(min_col=2, max_col=2) if cell.value == Kind.PAPER.value)
    assert len(str(page.cell(row, 7).value)) > 3 * page.column_dimensions["G"].width
    height = page.row_dimensions[row].height
    assert height is not None
    assert height > 3 * workbook.LINE


def test_no_cell_of_a_workbook_is_a_formula():
    ledger = a_ledger(a_deal("d1", account="=1+1", next_step="=HYPERLINK(1)"))
    _, page = opened(workbook.render(the_sheets(ledger)["tom-reed"]))
    assert not [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"]


SOFFICE = shutil.which("soffice")


SAVED_AS = {"xlsx": "xlsx", "csv": "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false"}
"""How LibreOffice is told the form; a table with semicolons and dates as they are shown."""


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (Debian package libreoffice-calc)")
@pytest.mark.parametrize("form", SAVED_AS)
def test_a_workbook_that_libreoffice_opened_and_saved_means_the_same(sheet, tmp_path: Path, form: str):
    source = tmp_path / "in"
    source.mkdir()
    (source / "tom.xlsx").write_bytes(saved(filled_book(sheet)[0]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        str(SOFFICE),
        profile,
        "--headless",
        "--convert-to",
        SAVED_AS[form],
        "--outdir",
        str(tmp_path),
        "tom.xlsx",
    ]
    subprocess.run(command, cwd=source, check=True, capture_output=True, timeout=120)
    assert meant((tmp_path / f"tom.{form}").read_bytes()) == MEANT


# Text for a chat


def pasted(sheet: Sheet) -> str:
    said = {
        (Kind.PROMISE, "p1"): "moved to 26 nov",
        (Kind.COMMIT, "tom-reed"): "420k",
        (Kind.STEP, "d1"): f"{STEP} fri wl",
        (Kind.CONFIRMED, "d2"): "Ines confirmed 18 dec on wed",
        (Kind.PAPER, "d2"): "legal tue",
    }
    text = chat.render(sheet).decode()
    for blank in sheet.blanks:
        text = text.replace(f"[{blank.code}] > ", f"[{blank.code}] > {said.get((blank.kind, blank.ident), '')}")
    return text


CHATS = {
    "as it is": lambda text: text,
    "quoted": lambda text: "\n".join(f"> {line}" for line in text.splitlines()),
    "without blank lines": lambda text: "\n".join(line for line in text.splitlines() if line.strip()),
    "from Windows": lambda text: text.replace("\n", "\r\n"),
    "with trailing blanks": lambda text: text.replace("\n", "   \n"),
    "with long dashes": lambda text: text.replace("-", "–"),
    "in smart quotes": lambda text: text.replace("Walk", "“Walk”").replace("“Walk”", "Walk"),
    "below the signs": lambda text: text.replace("] > ", "] >\n"),
    "wrapped by a mail program": lambda text: "\n".join(
        fill(line, 40, break_on_hyphens=False) for line in text.splitlines()
    ),
    "wrapped and quoted": lambda text: "\n".join(
        f"> {part}".rstrip() for line in text.splitlines() for part in (wrap(line, 40, break_on_hyphens=False) or [""])
    ),
    "with a greeting": lambda text: f"Hi Ada, here you go, [see below]\n\n{text}\nCheers, Tom",
}


@pytest.mark.parametrize("way", CHATS.values(), ids=CHATS)
def test_a_text_that_was_filled_in_means_what_was_written(sheet, way):
    assert meant(way(pasted(sheet)).encode()) == MEANT


def test_a_text_asks_nothing_twice_and_has_the_code_of_every_line(sheet):
    text = chat.render(sheet).decode()
    assert all(text.count(f"[{blank.code}]") == 1 for blank in sheet.blanks)
    assert max(map(len, text.splitlines())) < 240


# Anything


def sentence(data: bytes) -> str:
    """What is said of bytes that are no sheet; a full stop where they can be read."""
    try:
        read_bytes(data, "any", "dmy")
    except Refused as refused:
        return str(refused)
    return "."


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_a_sentence(data):
    assert sentence(data).endswith(".")


WHOLE = workbook.render(the_sheets(a_pipeline())["tom-reed"])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE)), st.binary(min_size=1, max_size=6))
def test_a_workbook_cut_or_damaged_is_read_or_refused_in_a_sentence(at, noise):
    assert sentence(WHOLE[:at]).endswith(".")
    assert sentence(WHOLE[:at] + noise + WHOLE[at + len(noise) :]).endswith(".")


# Files


def test_sheets_are_written_in_three_forms_and_never_over_what_is_there(sheet, tmp_path: Path):
    paths = write_sheets(tmp_path / "out", [sheet])
    assert [path.name for path in paths] == [f"2026-11-23-tom-reed{form}" for form in (".csv", ".xlsx", ".txt")]
    paths[0].write_text("filled in")
    with pytest.raises(Refused, match="somebody may have filled it in"):
        write_sheets(tmp_path / "out", [sheet])
    assert paths[0].read_text() == "filled in"


def test_a_sheet_that_asks_the_same_again_is_written_once(sheet, tmp_path: Path):
    first = write_again(tmp_path, sheet, "-open")
    assert write_again(tmp_path, sheet, "-open") == first
    assert len(list(tmp_path.iterdir())) == len(first)
    first[0].write_bytes(first[0].read_bytes() + b",filled in")
    second = write_again(tmp_path, sheet, "-open")
    assert [path.stem for path in second] == [f"{first[0].stem}-2"] * len(first)
    assert first[0].read_bytes().endswith(b",filled in")


def test_a_sheet_of_many_deals_is_written_and_read():
    ledger = a_ledger(*(a_deal(f"d{n}") for n in range(300)))
    sheet = the_sheets(ledger, settings=some_settings())["tom-reed"]
    assert len(read_bytes(workbook.render(sheet), "tom", "dmy").lines) == 302
