"""What mail, chats and people do to a sheet on its way back."""

import quopri
from base64 import encodebytes

import pytest

from review.sheets.blank import Sheet
from store.errors import Refused
from store.sheets import desk
from store.sheets.layout import ANSWER, DATE, HOW
from store.sheets.reading import read_bytes
from tests.review.sheets import a_pipeline, take, the_sheets, why
from tests.store.test_sheets import MEANT, STEP, filled_book, meant, pasted, saved, table, written


@pytest.fixture(name="sheet")
def a_sheet():
    return the_sheets(a_pipeline())["tom-reed"]


HEAD = "From: Tom Reed <tom@x.example>\nTo: ada@x.example\nSubject: Re: Your sheet\nMIME-Version: 1.0\n"


def quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())


def answered_inside(text: str) -> str:
    """A reply in which every answer stands below its quoted line, unquoted and with room around it."""
    lines: list[str] = ["On Fri, Ada wrote:"]
    for line in text.splitlines():
        asked, sign, answer = line.partition("] > ")
        lines += [f"> {asked}{sign}".rstrip(), *(["", answer, ""] if answer else [])]
    return "\n".join([*lines, "-- ", "Tom Reed, 26 November Street 12"])


def as_page(text: str) -> str:
    lines = text.replace("&", "&amp;").replace(">", "&gt;").splitlines()
    return f"<html><head><style>p {{}}</style></head><body>{'<br>'.join(lines)}</body></html>"


def hung_on(sheet: Sheet) -> str:
    data = encodebytes(saved(filled_book(sheet)[0])).decode()
    return (
        f'{HEAD}Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nHere it is.\n'
        '--b\nContent-Type: image/png; name="logo.png"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n'
        '--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename="tom.xlsx"\n'
        f"Content-Transfer-Encoding: base64\n\n{data}\n--b--\n"
    )


def encoded(kind: str, body: str) -> str:
    return f"{HEAD}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {kind}\n\n{body}"


WAYS = {
    "answers inside a quoted mail": answered_inside,
    "a mail, quoted-printable": lambda text: encoded(
        "quoted-printable", quopri.encodestring(quoted(text).encode()).decode()
    ),
    "a mail in base64": lambda text: encoded("base64", encodebytes(text.encode()).decode()),
    "a mail that is a page": lambda text: f"{HEAD}Content-Type: text/html\n\n{as_page(text)}",
    "a saved page": as_page,
    "signs of a page": lambda text: text.replace(">", "&gt;"),
    "the sheet’s own line at the end": lambda text: (
        "\n".join(line for line in text.splitlines() if not line.startswith("Sheet ["))
        + "\n\n"
        + next(line for line in text.splitlines() if line.startswith("Sheet ["))
    ),
    "every line apart": lambda text: text.replace("\n", "\n\n"),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_text_on_its_way_back_means_what_was_written(sheet, way):
    assert meant(way(pasted(sheet)).encode()) == MEANT


def test_a_workbook_that_hangs_on_a_mail_is_read_and_its_rows_are_named_with_it(sheet):
    assert meant(hung_on(sheet).encode()) == MEANT
    assert {line.where.split(" row ")[0] for line in read_bytes(hung_on(sheet).encode(), "m.eml", "dmy").lines} == {
        "tom.xlsx"
    }


def test_an_answer_that_stands_between_two_lines_is_refused_and_never_lost(sheet):
    text = pasted(sheet)
    line = next(line for line in text.splitlines() if STEP in line)
    asked, _, answer = line.partition("] > ")
    answered = take(a_pipeline(), read_bytes(text.replace(line, f"{asked}] >\n\n{answer}").encode(), "tom", "dmy"))
    assert why(answered) == [
        f"the code of this line is missing: write “{answer}” on the line of the sheet that has one"
    ]


@pytest.mark.parametrize(
    ("way", "sentence"),
    [
        (lambda text: text.replace("\n", " "), "run together into one"),
        (
            lambda text: "\n".join(x for x in text.splitlines() if not x.startswith("Sheet")),
            "“Sheet .….” that stands above",
        ),
        (lambda text: "{\\rtf1 " + text, "Save it as plain text"),
        (lambda _: f"{HEAD}\nAll fine, see you Monday.", "a mail without a line of a sheet"),
    ],
)
def test_what_cannot_be_told_apart_is_refused_with_what_to_do(sheet, way, sentence):
    with pytest.raises(Refused, match=sentence):
        read_bytes(way(pasted(sheet)).encode(), "tom", "dmy")


def test_what_was_written_beside_the_answers_is_said_and_the_rest_taken(sheet):
    rows, first = table(sheet)
    at = next(at for at, row in enumerate(rows) if at >= first and not row[ANSWER])
    rows[at][HOW] = "call her fri"
    rows[first].append("might slip")
    answered = take(a_pipeline(), read_bytes(written(rows), "tom.csv", "dmy"))
    assert len(answered.taken) == len(MEANT)
    (sentence,) = why(answered)
    assert f"“might slip” (row {first + 1})" in sentence
    assert f"“call her fri” (row {at + 1})" in sentence


@pytest.mark.parametrize("day", ["18.12.2026", "2026-12-18 00:00:00", "18/12/2026"])
def test_a_day_written_where_the_answer_stands_is_read_as_one(sheet, day):
    rows, _ = table(sheet)
    row = next(row for row in rows if STEP in row)
    row[ANSWER], row[DATE] = day, ""
    assert next(line.answer for line in read_bytes(written(rows), "t", "dmy").lines if "2026-12-18" in line.answer)
    row[ANSWER] = "46000"
    assert not any("2026-12-18" in line.answer for line in read_bytes(written(rows), "t", "dmy").lines)


def test_a_tab_of_notes_with_our_titles_does_not_move_the_columns(sheet):
    book, _ = filled_book(sheet)
    notes = book.create_sheet("Notes", 0)
    notes.append(["Your answer", "Date"])
    assert meant(saved(book)) == MEANT


def test_a_file_of_a_folder_that_cannot_be_a_sheet_is_named(tmp_path):
    (tmp_path / "tom.csv").write_bytes(written(table(the_sheets(a_pipeline())["tom-reed"])[0]))
    (tmp_path / "wei.docx").write_bytes(b"PK")
    (tmp_path / "~$tom.xlsx").write_bytes(b"")
    read = desk._Read.of([tmp_path], "dmy")
    assert [file.source for file in read.files] == ["tom.csv"]
    assert [(one.source, one.asks) for one in read.passed] == [("wei.docx", False)]
