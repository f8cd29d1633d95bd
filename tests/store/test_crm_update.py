import csv
import io
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from review.commitments import Commitment, Origin, Verdict
from review.crm_step import is_ours, say_step, shortened
from review.deals import Ending, EndReason
from review.intents import Change, CloseOut, EndDeal, GiveVerdict, Lock, OpenDeal
from review.standing import step_of
from review.truth import not_in_crm
from store.crm.knowledge import profiles
from store.errors import Damaged, Refused
from store.exports.crm import Source, Update, update_of
from tests.cli.running import MONDAY
from tests.store.round_trip import Team, do

HEADER = "Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Amount,Stage,Close Date,Created Date,Next Step"
ROWS = (
    "006Hs00001abcDE,Lifts,Nordwind,Ada Blum,120000,Proposal,2026-12-18,2026-08-03,",
    "006Hs00001abcde,Service,Halm & Co,Ben Ode,48000.50,Negotiation,2026-12-11,2026-07-20,Send the offer",
)
DAY = timedelta(days=1)
LINE = "Call @Dana about the order form ! thu"
OURS = "26 Nov 2026, Ada Blum: Call Dana about the order form"
SUITE = (
    "ID,Opportunity Name,Account Name,Assigned User Name,Opportunity Amount,Sales Stage,Expected Close Date,Next Step"
)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path / "workspace", tmp_path)


def sheet(*rows: str, header: str = HEADER) -> bytes:
    return "\r\n".join((header, *rows)).encode()


def decided(team: Team, data: bytes, *intents: object, ending: str = "csv") -> Update:
    """Read an export in, decide in a review, and give the update."""
    team.read(data, MONDAY, ending)
    session = team.review()
    do(session, *intents, Lock())
    return team.update()


def cells(update: Update, file: int = 0) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(update.files[file].data.decode(), newline="")))


def first(team: Team) -> str:
    return next(iter(team.ledger.deals))


NORDWIND, HALM = "006Hs00001abcDE", "006Hs00001abcde"


def test_a_step_goes_back_without_its_signs_behind_its_date_and_owner(team: Team) -> None:
    update = decided(team, sheet(*ROWS), OpenDeal(deal=NORDWIND), CloseOut(deal=NORDWIND, line=LINE))
    assert cells(update) == [{"Id": NORDWIND, "NextStep": OURS}]


def test_a_step_that_is_too_long_is_cut_visibly_and_keeps_date_and_owner(team: Team) -> None:
    long = "Walk @Dana " + "through the redlines " * 20
    data = sheet("a1,Lifts,Nordwind,Ada Blum,12,Proposal,12/18/2026,", header=SUITE)
    update = decided(team, data, OpenDeal(deal="a1"), CloseOut(deal="a1", line=f"{long}thu"))
    text = cells(update)[0]["Next Step"]
    assert len(text) <= 100
    assert text.startswith("26 Nov 2026, Ada Blum: Walk Dana through the redlines")
    assert text.endswith("…")
    team.read(sheet(f'a1,Lifts,Nordwind,Ada Blum,12,Proposal,12/18/2026,"{text}"', header=SUITE), MONDAY + DAY)
    assert team.update(MONDAY + DAY).files == ()


def test_the_step_that_a_review_sent_is_no_new_step_in_the_crm(team: Team) -> None:
    decided(team, sheet(*ROWS), OpenDeal(deal=NORDWIND), CloseOut(deal=NORDWIND, line=LINE))
    team.read(sheet(f'{ROWS[0]}"{OURS}"', ROWS[1]), MONDAY + DAY)
    record = team.ledger.deals[NORDWIND]
    assert record.crm.next_step == OURS
    assert not any(change.field == "next_step" for change in record.history)
    step = team.ledger.commitments[record.step]
    closed = {**team.ledger.commitments, step.id: replace(step, standing="done")}
    assert step_of(record, closed) is None, "a step that is done is not offered again because the CRM still shows it"


def test_a_step_that_somebody_wrote_into_the_crm_since_is_not_written_over(team: Team) -> None:
    decided(team, sheet(*ROWS), OpenDeal(deal=NORDWIND), CloseOut(deal=NORDWIND, line=LINE))
    team.read(sheet(f"{ROWS[0]}Dana sends the order form on Friday", ROWS[1]), MONDAY + DAY)
    update = team.update(MONDAY + DAY)
    assert update.files == ()
    assert update.said[1].startswith("Left out – A newer next step stands in the CRM, and stays: Nordwind")


def test_a_value_that_the_crm_changed_by_itself_wins_and_does_not_go_back(team: Team) -> None:
    decided(team, sheet(*ROWS), OpenDeal(deal=NORDWIND), Change(deal=NORDWIND, field="amount", text="99000"))
    assert cells(team.update())[0]["Amount"] == "99000"
    team.read(sheet(ROWS[0].replace("120000", "111000"), ROWS[1]), MONDAY + DAY)
    assert team.ledger.third_values == ("Nordwind: review said 99,000, CRM now 111,000",)
    assert team.update(MONDAY + DAY).files == ()


def test_what_the_crm_does_not_show_yet_goes_on_being_written(team: Team) -> None:
    decided(team, sheet(*ROWS), OpenDeal(deal=NORDWIND), Change(deal=NORDWIND, field="amount", text="99000"))
    team.read(sheet(*ROWS), MONDAY + DAY)
    assert len(not_in_crm(team.ledger)) == 1
    assert cells(team.update(MONDAY + DAY)) == [{"Id": NORDWIND, "Amount": "99000"}]


def test_an_id_goes_back_with_all_its_characters(team: Team) -> None:
    long = "006Hs00001abcDEIAY"
    data = sheet(ROWS[0].replace(NORDWIND, long))
    update = decided(team, data, OpenDeal(deal=NORDWIND), Change(deal=NORDWIND, field="amount", text="1"))
    assert cells(update)[0]["Id"] == long


def test_a_damaged_id_is_never_written_back(team: Team) -> None:
    bad = "006Hs00001abcDEAAA"
    data = sheet(ROWS[0].replace(NORDWIND, bad), ROWS[1])
    change = Change(deal=NORDWIND, field="amount", text="1")
    update = decided(team, data, OpenDeal(deal=NORDWIND), change, OpenDeal(deal=HALM), CloseOut(deal=HALM, line=LINE))
    assert [row["Id"] for row in cells(update)] == [HALM]
    assert "Left out – Damaged ids are never written back" in update.said[-1]
    assert update.said[-1].endswith("Nordwind.")


def test_without_ids_there_is_no_file_but_the_reason(team: Team) -> None:
    header = HEADER.partition(",")[2]
    rows = [row.partition(",")[2] for row in ROWS]
    team.read(sheet(*rows, header=header), MONDAY)
    do(team.review(), Lock())
    with pytest.raises(Refused, match=r"no column with ids.*Add “Opportunity ID” to the report"):
        team.update()


def test_an_export_whose_form_was_not_kept_has_to_be_read_in_again(team: Team) -> None:
    decided(team, sheet(*ROWS), OpenDeal(deal=NORDWIND), Change(deal=NORDWIND, field="amount", text="1"))
    export = team.reviews.export(team.ledger.export)
    team.reviews.keep_export(replace(export, origin=None))
    with pytest.raises(Refused, match="Read it in again, then export"):
        team.update()


def test_what_has_no_column_in_the_export_is_named_and_stays_out(team: Team) -> None:
    header = HEADER.removesuffix(",Next Step")
    rows = [row.rpartition(",")[0] for row in ROWS]
    update = decided(
        team, sheet(*rows, header=header), OpenDeal(deal=NORDWIND), CloseOut(deal=NORDWIND, line=LINE),
        Change(deal=NORDWIND, field="amount", text="1"), Change(deal=NORDWIND, field="category", text="commit"),
    )  # fmt: skip
    assert cells(update) == [{"Id": NORDWIND, "Amount": "1"}]
    assert "Left out – Next step: the export has no such column; add “Next Step” to it: Nordwind." in update.said
    assert "Left out – Forecast category: the export has no such column; add “Forecast Category” to it: Nordwind." in (
        update.said
    )


def test_an_amount_in_another_currency_is_set_by_hand(team: Team) -> None:
    header = f"{HEADER},Amount Currency,Amount (Converted)"
    rows = (f"{ROWS[0]},EUR,130000", f"{ROWS[1]},USD,48000.50")
    update = decided(
        team, sheet(*rows, header=header), OpenDeal(deal=NORDWIND),
        Change(deal=NORDWIND, field="amount", text="1"), OpenDeal(deal=HALM),
        Change(deal=HALM, field="amount", text="2"),
    )  # fmt: skip
    assert cells(update) == [{"Id": HALM, "Amount": "2"}]
    assert "Left out – Amount: the CRM has it in another currency; set it there: Nordwind." in update.said


def test_a_duplicate_is_left_to_the_crm(team: Team) -> None:
    end = EndDeal(deal=NORDWIND, kind=Ending.DUPLICATE, reason=EndReason.OTHER)
    update = decided(team, sheet(*ROWS), OpenDeal(deal=NORDWIND), end)
    assert update.files == ()
    assert "Left out – Ended as a duplicate, to be deleted or merged in the CRM: Nordwind." in update.said


def test_a_won_deal_takes_the_stage_that_the_export_has_for_won_deals(team: Team) -> None:
    won = "006Hs00001zzzzz,Old,Tarn,Ada Blum,5,Closed - Won,2026-10-02,2026-08-03,"
    end = EndDeal(deal=NORDWIND, kind=Ending.WON, reason=EndReason.OTHER)
    update = decided(team, sheet(*ROWS, won), OpenDeal(deal=NORDWIND), end)
    assert cells(update) == [{"Id": NORDWIND, "StageName": "Closed - Won"}]


def test_a_value_is_cleared_as_its_crm_wants_it(team: Team) -> None:
    decided(team, sheet(*ROWS), OpenDeal(deal=NORDWIND), Change(deal=NORDWIND, field="amount", text="1"))
    now = team.reviews.now()
    record = now.ledger.deals[NORDWIND]
    emptied = replace(record, decisions=(replace(record.decisions[0], value=""),))
    ledger = replace(now.ledger, current={**now.ledger.deals, NORDWIND: emptied})
    for crm, shown in (("salesforce", "#N/A"), ("odoo", ""), ("hubspot", None)):
        export = team.reviews.export(ledger.export)
        source = Source(
            ledger=ledger, settings=now.settings, export=export, profile=profiles()[crm], today=MONDAY, name="x",
            original=bytes,
        )  # fmt: skip
        update = update_of(source)
        if shown is None:
            assert update.said[1] == "Left out – Amount: to be emptied by hand: Nordwind."
        else:
            assert [row["Amount"] for row in cells(update)] == [shown]


WEEK = timedelta(weeks=1)


def after_a_step_that_is_done(team: Team, header: str, row: str, shown: str) -> Update:
    """Send a step to the CRM, call it done a week later with none after it, and give the update."""
    update = decided(team, sheet(row.format(""), header=header), OpenDeal(deal="a1"), CloseOut(deal="a1", line=LINE))
    assert update.files
    team.read(sheet(row.format(shown), header=header), MONDAY + WEEK)
    session = team.review(MONDAY + WEEK)
    do(session, GiveVerdict(commitment=team.ledger.deals["a1"].step, verdict=Verdict.DONE), Lock())
    return team.update(MONDAY + WEEK)


ODOO = "id,name,partner_id,user_id,expected_revenue,stage_id,date_deadline,Next Step"
SALES = "Id,Name,Account.Name,Owner.Name,Amount,StageName,CloseDate,NextStep"
BY_DATE = "id,Deal,Client,Rep,Value,Stage,Expected Close,Next Step,Next Step Date"


@pytest.mark.parametrize(("header", "column", "shown"), [(SALES, "NextStep", "#N/A"), (ODOO, "Next Step", "")])
def test_a_step_that_is_over_with_none_after_it_is_emptied_in_the_crm(
    team: Team, header: str, column: str, shown: str
) -> None:
    row = "a1,Lifts,Nordwind,Ada Blum,12,Proposal,2026-12-18,{}"
    update = after_a_step_that_is_done(team, header, row, f'"{OURS}"')
    assert [{column: shown}.items() <= found.items() for found in cells(update)] == [True], update.preview
    team.read(sheet(row.format(""), header=header), MONDAY + WEEK + DAY)
    assert team.update(MONDAY + WEEK + DAY).files == ()


def test_where_nobody_knows_how_to_empty_a_field_its_step_and_date_are_named(team: Team) -> None:
    row = "a1,Lifts,Nordwind,Ada Blum,12,Proposal,2026-12-18,{}"
    update = after_a_step_that_is_done(team, BY_DATE, row + ",2026-11-26", "Ada Blum: Call Dana about the order form")
    assert update.files == ()
    assert " ".join(update.said).endswith(
        "Left out – Next step: to be emptied by hand: Nordwind. Left out – Next step date: to be emptied by hand:"
        " Nordwind."
    )


def test_a_step_that_somebody_wrote_in_the_crm_is_never_emptied(team: Team) -> None:
    row = "a1,Lifts,Nordwind,Ada Blum,12,Proposal,2026-12-18,{}"
    assert after_a_step_that_is_done(team, SALES, row, "Dana sends the redlines").files == ()


def test_a_board_without_a_status_is_closed_by_the_stage_that_says_so(team: Team) -> None:
    header = "Name,Person,Deal Stage,Deal Value,Close Probability,Forecast Value,Item ID"
    data = sheet("Lifts,Ada Blum,Proposal,12,40,5,8001", "Gone,Ada Blum,Lost,9,0,0,8003", header=header)
    lost = EndDeal(deal="8001", kind=Ending.LOST, reason=EndReason.PRICE, lesson="Ask for the budget first")
    update = decided(team, data, OpenDeal(deal="8001"), lost)
    assert cells(update) == [{"Item ID": "8001", "Name": "Lifts", "Deal Stage": "Lost"}]


def test_a_file_is_split_where_the_importer_takes_no_more_rows(team: Team) -> None:
    update = decided(
        team, sheet(*ROWS), OpenDeal(deal=NORDWIND), Change(deal=NORDWIND, field="amount", text="1"),
        OpenDeal(deal=HALM), Change(deal=HALM, field="amount", text="2"),
    )  # fmt: skip
    assert len(update.files) == 1
    now = team.reviews.now()
    profile = profiles()["salesforce"]
    small = replace(profile, write=replace(profile.write, rows=1))
    source = Source(
        ledger=now.ledger, settings=now.settings, export=team.reviews.export(now.ledger.export), profile=small,
        today=MONDAY, name="2026-11-23-crm", original=bytes,
    )  # fmt: skip
    split = update_of(source)
    assert [file.name for file in split.files] == ["2026-11-23-crm-1-of-2.csv", "2026-11-23-crm-2-of-2.csv"]
    assert [row["Id"] for number in (0, 1) for row in cells(split, number)] == [NORDWIND, HALM]


def test_an_export_that_is_days_old_is_said(team: Team) -> None:
    decided(team, sheet(*ROWS), OpenDeal(deal=NORDWIND), Change(deal=NORDWIND, field="amount", text="1"))
    update = team.update(MONDAY + 3 * DAY)
    assert any(one.startswith("It rests on the export of 23 Nov, 3 days ago") for one in update.said)


def test_an_owner_whose_name_looks_like_a_formula_makes_no_formula(team: Team) -> None:
    header = "ID,Deal,Client,Rep,Value,Stage,Close Date,Created,Next Step,Next Step Due"
    data = f"{header}\r\n1,Lifts,Nordwind,=Ada(),5,Proposal,2026-12-18,2026-08-03,,2026-11-20"
    update = decided(team, data.encode(), OpenDeal(deal="1"), CloseOut(deal="1", line=LINE))
    assert cells(update)[0]["Next Step"] == "'=Ada(): Call Dana about the order form"
    again = data.rpartition(",,")[0] + ",'=Ada(): Call Dana about the order form,2026-11-26"
    team.read(again.encode(), MONDAY + DAY)
    assert team.update(MONDAY + DAY).files == ()


def a_step(text: str) -> Commitment:
    return Commitment(
        id="s", text=text, owner="ada-blum", due=date(2026, 11, 26), first_due=date(2026, 11, 26), made=MONDAY,
        review="r", origin=Origin.STEP,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        (OURS, True),
        ("Ada Blum: Call Dana about the order form", True),
        ("Call Dana about the order form", True),
        ("26 Nov 2026, Ada Blum: Call Dana about the or…", True),
        ("26 Nov 2026, Ada Blum: Call Dana about the offer…", False),
        ("Call Dana about the order form, then Ruth", False),
        ("26 Nov 2026, Ada Blum: ", False),
        ("…", False),
        ("", False),
    ],
)
def test_our_own_step_is_known_again(text: str, ours: bool) -> None:
    assert is_ours(text, a_step("Call @Dana about the order form !")) is ours


def test_a_step_with_a_colon_is_known_again_with_and_without_its_owner() -> None:
    step = a_step("Redlines: send them to @Dana")
    assert is_ours("Redlines: send them to Dana", step)
    assert is_ours(say_step(step, "Ada Blum", dated=True), step)
    assert is_ours(shortened(say_step(step, "Ada Blum", dated=True), 45), step)


# Dynamics 365

HIDDEN = ("(Do Not Modify) Opportunity", "(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On")
SHOWN = ("Topic", "Potential Customer", "Status", "Forecast category", "Est. revenue", "Est. Close Date", "Owner")
DYNAMICS = (
    ("8a0e-01", "+QkxW9/xyz==", "Lifts", "Nordwind", "Open", "Committed", 120000, date(2026, 12, 18), "Ada Blum", ""),
    ("8a0e-02", "=fAkEsum==", "Service", "Halm & Co", "Open", "Best case", 48000.5, date(2026, 12, 11), "Ben Ode", ""),
    ("8a0e-03", "zz9==", "Pilot", "Tarn", "Open", "Pipeline", None, None, "Ada Blum", "Ask Ruth"),
)


def workbook(rows: tuple[tuple[Any, ...], ...]) -> bytes:
    """Make what “Export to Excel” gives: hidden columns A to C, a table, a filtered row, a very hidden sheet."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "My Open Opportunities"
    page.append((*HIDDEN, *SHOWN, "Next Step"))
    for row in rows:
        page.append((row[0], None, date(2026, 11, 20), *row[2:]))
        page.cell(page.max_row, 2, str(row[1])).data_type = "s"
        page.cell(page.max_row, 9).number_format = "mm-dd-yy"
    for column in "ABC":
        page.column_dimensions[column].hidden = True
    page.row_dimensions[3].hidden = True
    page.add_table(Table(displayName="Table1", ref=f"A1:K{len(rows) + 1}"))
    page.add_data_validation(DataValidation(type="list", formula1="hiddenSheet!$A$2:$C$2", sqref="G2:G4"))
    other = book.create_sheet("hiddenSheet")
    other.append(("opportunity:token",))
    other.append(("Pipeline", "Best case", "Committed"))
    other.sheet_state = "veryHidden"
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def into_dynamics(before: bytes, sent: bytes) -> bytes:
    """Import a workbook: rows whose hidden columns came back whole take what was changed in the others."""
    old, new = opened(before).worksheets[0], opened(sent).worksheets[0]
    rows = []
    for was, now in zip(old.iter_rows(min_row=2), new.iter_rows(min_row=2), strict=True):
        assert [cell.value for cell in was[:3]] == [cell.value for cell in now[:3]], "a hidden column was touched"
        assert all(cell.data_type != "f" for cell in now)
        values = [cell.value for cell in now]
        if values != [cell.value for cell in was]:
            values[1] = f"new {values[1]}"
        close = values[8].date() if isinstance(values[8], datetime) else None
        rows.append((*values[:2], *values[3:8], close, *values[9:]))
    return workbook(tuple((row[0], row[1], *row[2:]) for row in rows))


def test_dynamics_gets_its_own_workbook_back_with_the_hidden_columns_untouched(team: Team) -> None:
    data = workbook(DYNAMICS)
    update = decided(
        team, data,
        OpenDeal(deal="8a0e-01"), CloseOut(deal="8a0e-01", line=LINE),
        Change(deal="8a0e-01", field="category", text="best case"),
        OpenDeal(deal="8a0e-02"), Change(deal="8a0e-02", field="close_date", text="4 dec"),
        Change(deal="8a0e-02", field="amount", text="52500.75"),
        OpenDeal(deal="8a0e-03"), EndDeal(deal="8a0e-03", kind=Ending.LOST, reason=EndReason.PRICE),
        ending="xlsx",
    )  # fmt: skip
    assert [file.name for file in update.files] == ["2026-11-23-crm.xlsx"]
    book = opened(update.files[0].data)
    page, other = book.worksheets
    assert other.sheet_state == "veryHidden"
    assert [page.column_dimensions[column].hidden for column in "ABC"] == [True] * 3
    assert page.row_dimensions[3].hidden
    assert list(page.tables) == ["Table1"]
    assert page["B2"].value == "+QkxW9/xyz=="
    assert (page["B3"].value, page["B3"].data_type) == ("=fAkEsum==", "s")
    assert (page["G2"].value, page["K2"].value) == ("Best case", OURS)
    assert (page["I3"].number_format, page["I3"].is_date, page["H3"].value) == ("mm-dd-yy", True, 52500.75)
    assert update.said[-1] == "Left out – To be closed as lost by hand in Dynamics 365: Tarn."

    team.read(into_dynamics(data, update.files[0].data), MONDAY + DAY, "xlsx")
    assert [record.crm.id for record, _ in not_in_crm(team.ledger)] == ["8a0e-03"]
    assert team.ledger.third_values == ()
    assert team.update(MONDAY + DAY).files == ()


def test_a_dynamics_list_that_is_no_workbook_cannot_go_back(team: Team) -> None:
    header = ",".join((*HIDDEN, *SHOWN))
    row = "8a0e-01,x,2026-11-20,Lifts,Nordwind,Open,Committed,5,2026-12-18,Ada Blum"
    team.read(sheet(row, header=header), MONDAY)
    do(team.review(), Lock())
    with pytest.raises(Refused, match="takes back nothing but its own workbook"):
        team.update()


def test_a_workbook_that_is_gone_is_said(team: Team) -> None:
    decided(
        team, workbook(DYNAMICS), OpenDeal(deal="8a0e-01"), Change(deal="8a0e-01", field="amount", text="1"),
        ending="xlsx",
    )  # fmt: skip
    for path in team.workspace.imports.glob("*.xlsx"):
        path.write_bytes(b"PK\x03\x04 something else")
    with pytest.raises(Damaged, match="missing or damaged"):
        team.update()
