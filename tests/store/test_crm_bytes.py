"""Bytes to tables: the quirks of files, and every dialect reading back what was written."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from review.answers import Answers
from review.settings import Settings
from store.crm.read import read_bytes, read_export
from store.crm.table import table_of
from store.errors import Refused
from tui.cli.main import closeout

DAY = date(2026, 5, 20)
HEADER = ["Deal ID", "Deal Name", "Owner", "Amount", "Stage", "Close Date"]
ROW = ["D1", "Renewal", "Ann Lee", "1234.50", "Proposal", "2026-06-30"]
PLAIN = "\n".join((",".join(HEADER), ",".join(ROW)))


def read(data, file="deals.csv", **answers):
    given_bytes = data if isinstance(data, bytes) else data.encode()
    return read_bytes(given_bytes, file=file, settings=Settings(), day=DAY, answers=Answers(**answers))


def table(data):
    return table_of(data if isinstance(data, bytes) else data.encode(), file="deals.csv", answers=Answers())


def said(reading):
    return " ".join(reading.report.warnings)


def left_out(reading):
    return [(one.row, one.reason) for one in reading.report.left_out]


def test_quirk_1_a_mark_before_the_first_header_is_no_part_of_it():
    assert read(b"\xef\xbb\xbf" + PLAIN.encode()).export.deals[0].id == "D1"
    assert table("\ufeff" + PLAIN).headers[0] == "Deal ID"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_quirk_2_wide_encodings_are_read_with_and_without_their_mark(encoding):
    data = PLAIN.replace(",", "\t").replace("Renewal", "Gestión").encode(encoding)
    assert read(data).export.deals[0].name == "Gestión"
    assert said(read(data)) == ""


@pytest.mark.parametrize(
    ("encoding", "names", "label"),
    [
        ("cp1252", ["Müller Straße", "Gestión – “Premium”", "Åse Ødegård"], "Windows-1252"),
        ("cp1250", ["Łukasz Wiśniewski", "Źródło Łąka", "žluťoučký kůň"], "Windows-1250"),
        ("cp1251", ["Иван Петров", "Продление договора", "Сделка Москва"], "Windows-1251"),
        ("cp932", ["株式会社サクラ", "田中太郎の更新案件", "東京支社"], "Shift-JIS"),
        ("mac_roman", ["Café Zoë", "Müller Höchst", "Société Générale"], "Mac Roman"),
    ],
)
def test_quirk_3_an_older_encoding_is_guessed_and_said(encoding, names, label):
    rows = [",".join([f"D{number}", name, *ROW[2:]]) for number, name in enumerate(names)]
    reading = read("\n".join((",".join(HEADER), *rows)).encode(encoding))
    assert [deal.name for deal in reading.export.deals] == names
    assert f"was read as {label}" in said(reading)


def test_quirk_3_what_no_encoding_has_is_marked_and_counted():
    data = PLAIN.replace("Renewal", "Gesti\xf3n \x81").encode("latin-1")
    assert "1 character could not be read" in said(read(data))


def test_quirk_3_letters_decoded_twice_are_named():
    assert "garbled before the export" in said(read(PLAIN.replace("Renewal", "AdolesCiÃªncia")))


def test_quirk_4_semicolons_with_decimal_commas_and_a_line_that_names_them():
    text = "sep=;\r\n" + PLAIN.replace(",", ";").replace("1234.50", "9350,09")
    reading = read(text)
    assert reading.export.deals[0].amount == Decimal("9350.09")
    assert "header was found" in said(reading)


def test_quirk_5_other_signs_part_nothing():
    assert table("a!name,b^stage,id\n1!2,x,3").headers == ("a!name", "b^stage", "id")
    assert table(PLAIN.replace("Renewal", "a!b^c~d")).body.columns[1].cells == ["a!b^c~d"]


def test_quirk_6_line_ends_may_be_mixed_and_the_last_may_be_missing():
    lines = [",".join(HEADER), *(",".join([f"D{number}", *ROW[1:]]) for number in range(4))]
    assert (
        len(read(lines[0] + "\r\n" + lines[1] + "\n" + lines[2] + "\r" + lines[3] + "\r\n" + lines[4]).export.deals)
        == 4
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_quirk_7_cells_of_several_lines_are_one_cell_and_rows_keep_their_numbers(end):
    rows = [",".join([f"D{number}", *ROW[1:]]) for number in range(5000)]
    rows[3000] = rows[3000].replace("Renewal", f'"one{end}{end}.....{end}"')
    rows[4000] = "Total,,,5,,"
    reading = read(end.join((",".join(HEADER), *rows)))
    assert reading.export.deals[3000].name == f"one{end}{end}....."
    assert [row for row, _ in left_out(reading)] == [4002]


def test_quirk_8_a_header_over_two_lines_is_one_header():
    reading = read(PLAIN.replace("Close Date", '"Close\r\n  Date"'))
    assert reading.export.deals[0].close_date == date(2026, 6, 30)
    assert table(PLAIN.replace("Close Date", '"Close\n Date"')).headers[-1] == "Close Date"
    assert table(PLAIN.replace("Close Date", '"Close\n Date"')).written[-1] == "Close\n Date"


def test_quirk_10_a_picture_in_a_cell_fails_nothing_and_is_kept_as_it_was():
    blob = '<p>Call</p><img src=""data:image/png;base64,' + "A" * 300_000 + '"">'
    (deal,) = read(PLAIN.replace("Renewal", f'"{blob}"')).export.deals
    assert deal.name == blob.replace('""', '"')
    assert [
        ask.choices[ask.chosen].samples[0][-1] for ask in read(PLAIN.replace("Renewal", f'"{blob}"')).asks[1:2]
    ] == ["…"]


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x1b]0;owned\x07", "\u202e", "\u2066", "\x08", "\x9b2J"])
def test_quirk_11_signs_that_steer_a_terminal_are_kept_in_the_deal_and_never_printed(tmp_path, monkeypatch, sign):
    monkeypatch.setenv("CLOSEOUT_WORKSPACE", str(tmp_path / "workspace"))
    path = tmp_path / "deals.csv"
    path.write_text(PLAIN.replace("Ann Lee", f"Ann {sign}Lee").replace("Proposal", f"{sign}Proposal"), "utf-8")
    assert sign in read(path.read_bytes()).export.deals[0].owner
    odd = tmp_path / "odd.csv"
    odd.write_text(f"Title,{sign}AE,Kwota netto\nA,B{sign},1\n", "utf-8")
    for command in (("import", path, "--dry-run"), ("look", path), ("import", odd), ("look", odd)):
        result = CliRunner().invoke(closeout, [str(each) for each in command])
        assert len(result.output) > 100
        assert not set("\x1b\x07\u202e\u2066\x08\x9b") & set(result.output)


def test_quirk_12_footers_of_several_languages_are_left_out_and_listed():
    footers = [
        "Gesamtsumme,,,5,,",
        "Total general,,,5,,",
        "Filtered By: Owner = me,,,,,",
        "As of 20 May 2026,,,,,",
        "合計,,,5,,",
    ]
    reading = read("\n".join((PLAIN, *footers)))
    assert reading.report.rows == 1
    assert [row for row, _ in left_out(reading)] == [3, 4, 5, 6, 7]


def test_quirk_14_a_header_repeated_among_the_rows_is_left_out():
    assert left_out(read("\n".join((PLAIN, ",".join(HEADER))))) == [(3, "the header again")]


def test_quirk_15_a_line_that_only_names_a_group_is_left_out_and_listed():
    reading = read("\n".join((",".join(HEADER), "East Region,,,,,", ",".join(ROW), "    Proposition (3),,,300,,")))
    assert [row for row, _ in left_out(reading)] == [2, 4]
    assert reading.report.rows == 1


def test_quirk_16_lines_that_belong_to_the_record_above_are_no_deals():
    reading = read("\n".join((PLAIN, ",,Seats,10,,", ",,Support,5,,", "D2,Other,Ann Lee,1,Proposal,2026-06-30")))
    assert [deal.id for deal in reading.export.deals] == ["D1", "D2"]
    assert left_out(reading) == [(at, "no id and no name; it may belong to row 2") for at in (3, 4)]


def test_quirk_19_of_equal_headers_the_one_with_data_counts_and_differing_values_are_said():
    reading = read("id,name,stage,stage,amount\n1,A,,Won,5\n2,B,,Demo,6")
    assert [deal.stage for deal in reading.export.deals] == ["Won", "Demo"]
    both = read("id,name,stage,stage,amount\n1,A,Demo,Won,5")
    assert both.export.deals[0].stage == "Demo"
    assert "Stage is taken from “stage” (column 3); “stage” (column 4) could be meant too." in said(both)


def test_quirk_19_equal_headers_keep_their_own_columns():
    found = table("id,name,stage,stage\n1,A,,Won")
    assert found.headers == ("id", "name", "stage", "stage")
    assert [column.cells for column in found.body.columns] == [["1"], ["A"], [""], ["Won"]]


def test_quirk_22_two_tables_side_by_side_are_refused():
    text = "id,name,amount,,id,name,amount\n1,A,5,,7,B,6\n2,C,5,,,,\n"
    with pytest.raises(Refused, match=r"two tables stand side by side in it \(“id, name, amount…” and “id"):
        read(text)
    assert read("id,name,stage,,owner,amount\n1,A,S,,Ann,6\n").export.deals[0].owner == "Ann"


@pytest.mark.parametrize("text", [",".join(HEADER), ",".join(HEADER) + "\n,,,,,\n\n", ""])
def test_quirk_23_a_file_without_rows_has_no_deals_and_takes_none_away(text):
    with pytest.raises(Refused, match=r"there are no deals in it|it is empty"):
        read(text)


def test_quirk_33_the_guard_of_formulas_comes_off_and_ids_stay():
    (deal,) = read(PLAIN.replace("Renewal", "'=1+1").replace("D1", "'+ABC")).export.deals
    assert (deal.name, deal.id) == ("=1+1", "'+ABC")


def test_zero_bytes_are_taken_out_and_said():
    reading = read(PLAIN.replace("Renewal", "Ren\x00ewal"))
    assert reading.export.deals[0].name == "Renewal"
    assert "1 zero bytes were taken out" in said(reading)


def test_a_binary_file_is_no_table():
    with pytest.raises(Refused, match="neither text nor a workbook"):
        read(bytes(range(256)) * 50)


def test_a_header_that_nobody_knows_is_still_found_by_its_shape():
    found = table("Bericht vom 3. Mai\nNr;Potwór;Kasa\n1;A;5\n2;B;6\n")
    assert (found.headers, found.header_row) == (("Nr", "Potwór", "Kasa"), 2)


CLOSE = {"id": "oppo_1", "lead_name": "Acme", "value": 300000, "value_period": "one_time", "status_type": "active"}


@pytest.mark.parametrize(
    "document",
    [[CLOSE], {"data": [CLOSE]}, {"results": [CLOSE], "paging": {}}, {"a": {"b": {"edges": [{"node": CLOSE}]}}}],
)
def test_records_are_found_wherever_they_stand_in_json(document):
    (deal,) = read(json.dumps(document)).export.deals
    assert (deal.id, deal.account, deal.amount) == ("oppo_1", "Acme", 3000)


def test_one_record_a_line_and_hubspots_own_answer_are_read():
    lines = "\n".join(json.dumps({**CLOSE, "id": f"oppo_{number}"}) for number in range(3))
    assert len(read(lines).export.deals) == 3
    answer = {"results": [{"id": "7", "properties": {"dealname": "A", "amount": "5", "closedate": "2026-06-30"}}]}
    (deal,) = read(json.dumps(answer)).export.deals
    assert (deal.name, deal.amount, deal.close_date) == ("A", 5, date(2026, 6, 30))


def test_values_inside_records_are_columns_with_dots():
    record = {"id": "1", "name": "A", "stage": "S", "owner": {"name": "Ann"}, "tags": ["a", "b"], "n": 1.10}
    found = table(json.dumps([record]))
    assert dict(zip(found.headers, (column.cells[0] for column in found.body.columns), strict=True)) == {
        "id": "1", "name": "A", "stage": "S", "owner.name": "Ann", "tags": "a; b", "n": "1.1"
    }  # fmt: skip
    assert found.body.numbers == [1]


def test_one_page_of_an_answer_is_said_to_be_one():
    assert "one page of the answer" in said(read(json.dumps({"has_more": True, "data": [CLOSE]})))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 200_000, "nested too deeply|damaged"),
        ('{"a":' * 5_000 + "1" + "}" * 5_000, "nested too deeply|holds no list|no row among"),
        (json.dumps([{f"k{number}": 1 for number in range(3000)}]), "more than 2,000 different keys"),
        ('[{"id": 1, "name": ', "damaged"),
        ("[1, 2, 3]", "no list of deals"),
    ],
)
def test_json_that_is_no_list_of_deals_is_refused(text, reason):
    with pytest.raises(Refused, match=reason):
        read(text)


def saved(folder, **files):
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    return folder


def read_all(*paths):
    return read_export(paths, settings=Settings(), day=DAY)


def test_several_files_and_a_folder_are_one_export_and_rows_name_their_file(tmp_path):
    other = "\n".join((",".join(reversed(HEADER)), ",".join(reversed(["D2", *ROW[1:]])), ",,,Bo,,"))
    saved(tmp_path, east=PLAIN, west=other)
    (tmp_path / "notes.md").write_text("no table")
    for reading in (read_all(tmp_path), read_all(tmp_path / "east.csv", tmp_path / "west.csv")):
        assert [(deal.id, deal.amount) for deal in reading.export.deals] == [
            ("D1", Decimal("1234.50")),
            ("D2", Decimal("1234.50")),
        ]
        assert reading.export.source == "east.csv and west.csv"
        assert [(one.file, one.row) for one in reading.report.left_out] == [("west.csv", 3)]
        assert "row 3 of west.csv" in "\n".join(reading.report.sentences())


def test_a_deal_in_two_files_is_handled_as_within_one(tmp_path):
    saved(tmp_path, east=PLAIN, west=PLAIN)
    reading = read_all(tmp_path)
    assert len(reading.export.deals) == 1
    assert "the same deal as row 2 of east.csv" in "\n".join(reading.report.sentences())


def test_files_that_are_not_one_export_are_refused_with_what_tells_them_apart(tmp_path):
    saved(tmp_path, east=PLAIN, west="Deal ID,Deal Name,Value\n1,A,5")
    with pytest.raises(Refused, match=r"not one export \(west\.csv has “Value”, east\.csv has “Owner”, “Amount”"):
        read_all(tmp_path)


@pytest.mark.parametrize(
    ("stranger", "reason"),
    [
        ("rep_name,week_of,commit_amount\nAnn,2026-05-04,5", r"other\.csv holds calls"),
        ("rep_name,region,quota,manager\nAnn,West,5,Bo", r"other\.csv is a list of people"),
    ],
)
def test_a_roster_or_calls_among_the_files_are_named(tmp_path, stranger, reason):
    saved(tmp_path, deals=PLAIN, other=stranger)
    with pytest.raises(Refused, match=reason):
        read_all(tmp_path / "deals.csv", tmp_path / "other.csv")


def test_what_is_plainly_no_export_in_a_folder_is_named_and_left(tmp_path):
    saved(tmp_path, deals=PLAIN, reps="rep_name,region,quota,manager\nAnn,West,5,Bo")
    (tmp_path / "README.txt").write_text("Exports of the week, from Ann.\nAsk Bo, or Tom, for more than 1,000 rows.\n")
    (tmp_path / "cfg.json").write_text('{"colour": "red"}')
    for name in ("~$deals.xlsx", ".DS_Store", "Thumbs.db", "report.pdf", "deals.csv.bak"):
        (tmp_path / name).write_bytes(b"\x00\x01")
    (tmp_path / "old.csv").mkdir()
    reading = read_all(tmp_path)
    assert [deal.id for deal in reading.export.deals] == ["D1"]
    assert (
        "Not read, of what lies in the folder: README.txt (a text and no table), cfg.json (this JSON holds no list of"
        " deals), reps.csv (a list of people and no deals; read it with closeout import --roster), deals.csv.bak,"
        " old.csv, report.pdf."
    ) in " ".join(reading.report.sentences())


@pytest.mark.parametrize(
    "content", [b"Deal ID,Deal Name\n1,A", b"PK\x03\x04 cut off", b"", b"1,Atlas,Demo,5\n2,Borea,Demo,6\n"]
)
def test_a_file_in_a_folder_that_may_be_an_export_is_never_left_without_being_refused(tmp_path, content):
    saved(tmp_path, deals=PLAIN)
    (tmp_path / "part.csv").write_bytes(content)
    with pytest.raises(Refused):
        read_all(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        'HEADERS = ["Deal ID", "Deal Name", "Owner", "Stage", "Amount", "Close Date"]\nROWS = [\n    ["1", "A"],',
        'import os\n\nrows = [\n    ("id", "Deal Name", "Owner", "Stage", "Amount", "Close Date"),\n',
        'const rows = [["Deal ID", "Deal Name", "Stage", "Amount"],\n["1", "A", "B", 5]];',
        "INSERT INTO deals (id, name, stage, amount) VALUES\n(1, 'A', 'B', 5);",
    ],
)
def test_a_program_that_holds_a_list_of_deals_is_no_table(text):
    with pytest.raises(Refused, match="a program, or what one works on, and no table"):
        read(text)


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12).map(str.strip)
WORDS = st.sampled_from(["Proposal", "Discovery, late", 'The "Best"', "a;b|c", "two\nlines", "Größe"])
DEALS = st.lists(
    st.tuples(
        WORDS,
        st.sampled_from(["Ann Lee", "Lee, Bo", "Łukasz"]),
        st.decimals(0, 10**9, places=2),
        st.dates(date(2020, 1, 13), date(2030, 12, 31)),
    ),
    min_size=1,
    max_size=12,
)


def records_of(deals):
    return [[f"D-{at}", name, owner, amount, "Proposal", day] for at, (name, owner, amount, day) in enumerate(deals)]


def as_text(rows, delimiter, quoting, end):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows([HEADER, *rows])
    return out.getvalue()


def comes_back(data, rows):
    found = read(data, decimal_mark=".").export.deals
    assert [[d.id, d.name, d.owner, d.amount, d.stage, d.close_date] for d in found] == rows


@given(
    DEALS,
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_deals_in_any_delimited_dialect_come_back_equal(deals, delimiter, quoting, encoding, end):
    rows = records_of(deals)
    comes_back(as_text(rows, delimiter, quoting, end).encode(encoding), rows)


@given(DEALS)
def test_any_deals_in_a_workbook_come_back_equal(deals):
    rows, out, book = records_of(deals), io.BytesIO(), openpyxl.Workbook()
    for row in ([*HEADER], *rows):
        book.worksheets[0].append(row)
    book.save(out)
    comes_back(out.getvalue(), rows)


@given(DEALS, st.booleans())
def test_any_deals_in_json_come_back_equal(deals, lines):
    rows = records_of(deals)
    found = [dict(zip(HEADER, [*row[:3], float(row[3]), row[4], str(row[5])], strict=True)) for row in rows]
    comes_back(("\n".join(map(json.dumps, found)) if lines and len(found) > 1 else json.dumps(found)).encode(), rows)
