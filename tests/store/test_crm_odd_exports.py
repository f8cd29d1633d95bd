"""Exports as people really send them: kept by hand, summed up, renamed, opened in a spreadsheet on the way."""

import io
import tomllib
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from review.answers import Answers
from review.deals import Status
from review.people import Person
from review.records import Ledger
from review.settings import Settings
from review.unclear import Unclear
from store.crm.answers import load_answers
from store.crm.meaning import Experience, Given, deals_of
from store.crm.read import read_bytes
from store.crm.table import table_of
from store.errors import Refused

DAY = date(2026, 11, 22)


def read(text, *, answers=None):
    data = text if isinstance(text, bytes) else text.encode()
    return read_bytes(data, file="x.csv", settings=Settings(), day=DAY, answers=answers or Answers())


def workbook(*rows, merged=()):
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Deals", 0)
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def values(reading, field):
    return [getattr(deal, field) for deal in reading.export.deals]


def said(reading):
    return " ".join(reading.report.sentences())


GROUPED = """"Opportunity Owner  ↑","Stage  ↑","Opportunity Name","Opportunity ID","Amount","Close Date"
"Tom Reed","3 - Proposal","Atlas","0065f00000AbCdE","$22,700.00","12/18/2026"
"","","Borea","0065f00000AbCdF","$12,300.00","1/15/2027"
"","Subtotal","","","$35,000.00",""
"","","Count","2","",""
"","4 - Negotiation","Corvus","0065f00000AbCdG","$50,000.00","11/30/2026"
"","Count","","1","",""
"Subtotal","","","","$85,000.00",""
"","Count","","3","",""
"Total","","","","$85,000.00",""
"Count","","","3","",""
"Confidential Information - Do Not Distribute"
"""


def test_sums_and_counts_of_a_summary_report_are_no_deals_wherever_their_word_stands():
    reading = read(GROUPED, answers=Answers(fill_down=True))
    assert values(reading, "name") == ["Atlas", "Borea", "Corvus"]
    assert values(reading, "owner") == ["Tom Reed"] * 3
    assert values(reading, "stage") == ["3 - Proposal", "3 - Proposal", "4 - Negotiation"]
    assert (reading.report.read, reading.report.rows) == (11, 3)


def test_subtotals_behind_merged_groups_are_no_deals():
    rows = (
        ("Opportunity Owner ↑", "Stage ↑", "Opportunity Name", "Account Name", "Amount", "Close Date"),
        ("Tom Reed", "Proposal", "Atlas", "Atlas Inc", 22_700, date(2026, 12, 18)),
        (None, None, "Borea", "Borea", 12_300, date(2027, 1, 15)),
        (None, "Subtotal", "Sum", None, 35_000, None),
        (None, None, "Count", None, 2, None),
        ("Wei Lin", "Negotiation", "Corvus", "Corvus", 50_000, date(2026, 11, 30)),
        ("Total", None, "Sum", None, 85_000, None),
        (None, None, "Count", None, 3, None),
    )
    reading = read(workbook(*rows, merged=("A2:A5", "B2:B3")))
    assert values(reading, "name") == ["Atlas", "Borea", "Corvus"]
    assert values(reading, "owner") == ["Tom Reed", "Tom Reed", "Wei Lin"]
    assert values(reading, "stage") == ["Proposal", "Proposal", "Negotiation"]


def test_the_header_of_subitems_is_no_deal_and_a_number_of_theirs_breaks_nothing():
    rows = (
        ("Name", "Subitems", "Owner", "Stage", "Deal Value", "Close Probability"),
        ("Atlas", None, "Tom Reed", "Proposal", 12_000, 0.6),
        ("Subitems", "Name", "Owner", "Status", None, None),
        (None, "call Dana", "Tom Reed", "Done", None, None),
        (None, None, None, None, 21_000, None),
        ("Borea", None, "Wei Lin", "Discovery", None, 0.2),
    )
    reading = read(workbook(*rows))
    assert (values(reading, "name"), values(reading, "amount")) == (["Atlas", "Borea"], [12_000, None])


def test_currencies_by_their_names_are_never_added_up_as_one():
    rows = 'Atlas,A,"12,000.00",{},12/18/2026,Tom Reed,Propose\nBorea,B,"9,000.00",{},12/20/2026,Wei Lin,Qualify\n'
    text = "Topic,Potential Customer,Est. revenue,Currency,Est. close date,Owner,Sales Stage\n" + rows
    with pytest.raises(Refused, match=r"several currencies \(USD in 1 row, EUR in 1 row\)"):
        read(text.format("US Dollar", "Euro"))
    with pytest.raises(
        Refused, match=r"“Taler” is the name of none that is known\. Have the column “Currency” say codes"
    ):
        read(text.format("US Dollar", "Taler"))
    assert read(text.format("Euro", "Euro")).report.currency == "EUR"
    assert read(text.format("Taler", "Taler")).report.open_amount == 21_000


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("12 000,50 zł", "12000.50", "PLN"),
        ("12 000,50 Kč", "12000.50", "CZK"),
        ("12 000,50 kr", "12000.50", "USD"),
        ("R$ 12.000,50", "12000.50", "BRL"),
        ("US$ 12,000.50", "12000.50", "USD"),
        ("C$12,000.50", "12000.50", "CAD"),
        ("Rs. 1,20,000.50", "120000.50", "INR"),
        ("12 000,50 Ft", "12000.50", "HUF"),
        ("9 руб.", "9", "RUB"),
        ("$45k", "45000", "USD"),
    ],
)
def test_signs_of_money_that_are_letters_are_read(cell, amount, currency):
    reading = read(f'Deal ID\tDeal Name\tStage\tAmount\n1\tAtlas\tDemo\t"{cell}"\n')
    assert (values(reading, "amount"), reading.report.currency) == ([Decimal(amount)], currency)


def test_a_deal_that_is_called_count_keeps_its_place_where_more_than_figures_stand_beside_it():
    reading = read("Deal ID,Deal Name,Stage,Amount,Close Date\n7,Count,Demo,5,2026-12-18\n8,Total,,5,2026-12-18\n")
    assert values(reading, "name") == ["Count", "Total"]
    named = read("Deal,Owner,Deal ID,Amount,Stage\nTotal Energies,,7,5,\nSum Up GmbH,Tom,8,5,\nAtlas,Wei,9,5,Demo\n")
    assert values(named, "name") == ["Total Energies", "Sum Up GmbH", "Atlas"]


def test_ids_that_a_spreadsheet_has_made_equal_are_no_question_of_which_row_is_right():
    rows = "9.91E+15,Atlas,Demo,1\n9.92E+15,Borea,Demo,2\n9.91E+15,Corvus,Demo,3\n"
    with pytest.raises(Refused, match=r"different deals have the same one \(9\.91E\+15\); export it again"):
        read("Record ID,Deal Name,Deal Stage,Amount\n" + rows)


def test_of_equal_headers_the_column_of_figures_is_the_amount():
    reading = read("Deal ID,Deal Name,Stage,Amount,Amount\n1,Atlas,Demo,USD,12000\n2,Borea,Demo,USD,9000\n")
    assert values(reading, "amount") == [12000, 9000]


def test_a_status_that_holds_stages_is_the_stage_too():
    text = "Deal,Company,Status,Deal size,Close date\nAtlas,A,Proposal,12000,2026-12-18\nBorea,B,Closed—won,9000,"
    reading = read(text)
    assert values(reading, "stage") == ["Proposal", "Closed—won"]
    assert values(reading, "status") == [Status.OPEN, Status.WON]
    assert values(reading, "amount") == [12000, 9000]
    plain = read("Deal ID,Deal Name,Status,Amount\n1,Atlas,Open,5\n2,Borea,Lost,6\n")
    assert values(plain, "stage") == ["", ""]
    assert "No stage:" in said(plain)


def test_a_column_that_is_blank_in_every_row_costs_what_a_missing_one_costs():
    reading = read("Deal ID,Deal Name,Stage,Amount,Close Date\n1,Atlas,Demo,,18 Dec\n2,Borea,Demo,,Q4 2026\n")
    assert "No amount in any row of “Amount”: every total is 0" in said(reading)
    assert "No close date in any row of “Close Date”: no deal falls into a period" in said(reading)
    assert "“18 Dec” is no date with day, month and year" in said(reading)


def test_owners_that_only_their_address_names_are_owners():
    reading = read("Deal ID,Deal Name,Stage,Amount,Deal Owner Email\n1,Atlas,Demo,5,tom@acme.com\n")
    assert values(reading, "owner_email") == ["tom@acme.com"]
    assert "1 owner: tom@acme.com 1 (5)." in said(reading)
    assert "No owner" not in said(reading)


def test_owners_that_are_codes_are_named_as_soon_as_there_is_a_list_of_people():
    data = b"Deal ID,Deal Name,Stage,Amount,Rep ID\n1,Atlas,Demo,5,REP-01\n"
    tom = Person(id="tom-reed", name="Tom Reed", initials="tr", aliases=("REP-01",))
    table = table_of(data, file="x.csv", answers=Answers())
    before = Experience(before=Ledger(roster=(tom,)))
    reading = deals_of(table, Given(settings=Settings(), day=DAY, experience=before))
    assert "1 owner: Tom Reed 1 (5)." in said(reading)


def test_the_sign_of_a_currency_in_a_header_names_it():
    reading = read("Deal ID,Deal Name,Stage,Value T€\n1,Atlas,Demo,12\n")
    assert (values(reading, "amount"), reading.report.currency) == ([Decimal(12000)], "EUR")


def test_lines_to_paste_hold_what_is_likely_as_well(tmp_path):
    text = "Deal,Endkunde (Firma),Verantwortlich,Stage,Amount,Close Date\nAtlas,Atlas GmbH,Jo Weiß,Demo,5,2026-12-18\n"
    with pytest.raises(Unclear) as asked:
        read(text)
    lines = asked.value.sentence.partition("\n\n")[2]
    assert '# "Endkunde (Firma)" = "account"  # likely (Atlas GmbH)' in lines
    assert tomllib.loads(lines) == {"mapping": {"Verantwortlich": "owner"}}
    path = tmp_path / "map.toml"
    path.write_text(lines.replace('# "', '"'), encoding="utf-8")
    assert values(read(text, answers=load_answers(path)), "account") == ["Atlas GmbH"]


def test_a_list_that_nobody_knows_says_how_its_columns_are_named():
    text = "Buddy,Client / project,Vibe,How big\nTom,Atlas,proposal out,12.5\nWei,Borea,first talk,9\n"
    with pytest.raises(Unclear, match=r'in a file for --map, as in \[mapping\] "Buddy" = "name"') as asked:
        read(text)
    assert "no column has a stage, an amount or a close date" in asked.value.sentence
    assert '# "Vibe" = ""  # proposal out, first talk' in asked.value.sentence
    named = {"Buddy": "owner", "Client / project": "name", "Vibe": "stage", "How big": "amount"}
    assert values(read(text, answers=Answers(mapping=named)), "amount") == [Decimal("12.5"), 9]


def test_a_column_headed_by_nothing_but_a_currency_is_proposed_as_the_amount():
    text = "Buddy,Client / project,Vibe,£ (k)\nTom,Atlas,proposal out,12.5\nWei,Borea,first talk,9\n"
    with pytest.raises(Unclear, match=r"Amount: is it “£ \(k\)” \(12\.5, 9\)\?"):
        read(text)
    named = {"Client / project": "name", "£ (k)": "amount"}
    assert values(read(text, answers=Answers(mapping=named)), "amount") == [12500, 9000]


def test_a_table_that_lies_on_its_side_is_told_to_be_turned():
    text = "Deal Name,Atlas,Borea\nStage,Proposal,Won\nAmount,12000,9000\nClose Date,2026-12-18,\nOwner,Tom,Wei\n"
    with pytest.raises(Refused, match="its deals side by side, one in each column; turn it round"):
        read(text)


def test_a_row_with_more_cells_than_a_spreadsheet_has_columns_is_named_as_such():
    with pytest.raises(Refused, match=r"its first row has 20,005 cells, more than any spreadsheet has columns"):
        read(",".join(["Deal ID", "Deal Name", "Stage", "Amount", "Owner", *["c"] * 20_000]) + "\n1,A,S,5,T\n")


def test_a_numbers_document_is_named_with_the_way_out_of_it():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("Index/Document.iwa", "x")
    with pytest.raises(Refused, match="this is a Numbers document; in Numbers choose File → Export To → CSV"):
        read(packed.getvalue())


def test_coppers_own_id_and_ages_are_known():
    header = "Copper ID,Name,Company,Owned By,Stage,Status,Value,Win Probability,Last Stage At,Inactive Days"
    reading = read(f"{header}\n1001,Atlas,Atlas Inc,Tom Reed,Proposal,Open,12000,50,2026-11-05,3\n")
    assert (reading.report.crm, values(reading, "id")) == ("Copper", ["1001"])
    assert values(reading, "stage_entered") == [date(2026, 11, 5)]
    assert values(reading, "last_activity") == [date(2026, 11, 19)]
