"""The cases of dirty data that are about what goes back to a CRM, each with a small export of its own."""

from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace

from review.deals import Status
from review.intents import Change, CloseOut, Lock, OpenDeal
from review.people import Person
from review.truth import not_in_crm
from store.crm.knowledge import profiles
from store.crm.read import read_export
from store.experience import experience_of
from store.exports.crm import Source, Update, update_of
from tests.cli.running import MONDAY
from tests.store.round_trip import Team, do
from tests.store.test_crm_update import HALM, HEADER, NORDWIND, ROWS, cells, decided, sheet

DAY = timedelta(days=1)
LONG = "Send the redlines that legal marked up " + "x" * 300


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path / "workspace", tmp_path)


def changed(
    field: Literal["category", "close_date", "amount", "stage"], text: str, deal: str = NORDWIND
) -> tuple[object, ...]:
    return OpenDeal(deal=deal), Change(deal=deal, field=field, text=text)


def test_quirk_9_a_name_with_quotation_marks_and_commas_goes_back_byte_for_byte(team: Team) -> None:
    name = '"""The Best"" Account, ""Relic, The"" – phase 2"'
    header = "Deal : id,Deal : Name,Deal : Account name,Deal : Owner,Deal : Total Deal Value,Deal : Deal stage"
    row = f'70001,{name},"King, Tucker & Rowe",Ada Blum,120000,Proposal'
    update = decided(team, sheet(row, header=header), *changed("amount", "1", "70001"))
    assert team.ledger.deals["70001"].crm.name == '"The Best" Account, "Relic, The" – phase 2'
    assert f'70001,{name},"King, Tucker & Rowe",1' in update.files[0].data.decode()


def test_quirk_20_a_header_goes_back_exactly_as_it_was_written(team: Team) -> None:
    header = "Deal ID, Deal Name ,Owner,Stage,Deal - Value*,Close Date"
    update = decided(team, sheet("1,Lifts,Ada Blum,Proposal,5,2026-12-18", header=header), *changed("amount", "7", "1"))
    assert update.files[0].data.decode().splitlines()[0] == "Deal ID,Deal - Value*"


@pytest.mark.parametrize(("own", "written"), [("Datensatz-ID", "Datensatz-ID"), ("deal_id", "Record ID")])
def test_quirk_20_a_portal_in_another_language_gets_its_own_header_back_and_a_warehouse_the_crms(
    team: Team, own: str, written: str
) -> None:
    header = f"{own},Deal-Name,Zuständiger Mitarbeiter,Deal-Phase,Betrag,Abschlussdatum,property_dealname"
    row = "9001,Lifts,Ada Blum,Proposal,5,2026-12-18,Lifts"
    update = decided(team, sheet(row, header=header), *changed("amount", "7", "9001"))
    assert update.files[0].data.decode().splitlines()[0] == f"{written},Betrag"


def test_quirk_29_without_ids_nothing_is_written_and_it_is_said_what_to_add(team: Team) -> None:
    header = HEADER.removeprefix("Opportunity ID,")
    team.read(sheet(*(row.partition(",")[2] for row in ROWS), header=header), MONDAY)
    do(team.review(), Lock())
    with pytest.raises(Exception, match="Add “Opportunity ID” to the report"):
        team.update()


def test_quirk_32_the_age_of_the_export_is_said_and_a_newer_value_of_the_crm_is_not_written_over(team: Team) -> None:
    decided(team, sheet(*ROWS), *changed("amount", "1"))
    late = team.update(MONDAY + 3 * DAY)
    assert "3 days ago: what somebody has set in the CRM since then may be written over." in " ".join(late.said)
    team.read(sheet(ROWS[0].replace("120000", "130000"), ROWS[1]), MONDAY + DAY)
    assert team.update(MONDAY + DAY).files == ()
    assert [str(team.ledger.deals[NORDWIND].crm.amount)] == ["130000"]


def test_quirk_41_the_close_date_that_a_crm_moves_on_closing_is_no_slip(team: Team) -> None:
    team.read(sheet(*ROWS), MONDAY)
    do(team.review(), Lock())
    closed = ROWS[0].replace("Proposal", "Closed Won").replace("2026-12-18", "2027-02-01")
    pushed = ROWS[1].replace("2026-12-11", "2027-02-01")
    team.read(sheet(closed, pushed), MONDAY + 7 * DAY)
    do(team.review(MONDAY + 7 * DAY), Lock())
    won, later = team.ledger.deals[NORDWIND], team.ledger.deals[HALM]
    assert (won.crm.status, won.pushes, later.pushes) == (Status.WON, 0, 1)


def test_quirk_55_the_owner_is_never_written_and_one_who_has_left_is_named(team: Team) -> None:
    decided(team, sheet(*ROWS), *changed("amount", "1"), *changed("amount", "2", HALM))
    now = team.reviews.now()
    people = tuple(
        replace(person, left=MONDAY - DAY) if person.name == "Ben Ode" else person for person in now.settings.people
    )
    assert any(isinstance(person, Person) and person.left for person in people)
    source = Source(
        ledger=now.ledger, settings=replace(now.settings, people=people), today=MONDAY, name="x", original=bytes,
        export=team.reviews.export(now.ledger.export), profile=profiles()["salesforce"],
    )  # fmt: skip
    update = update_of(source)
    assert {header for row in cells(update) for header in row} == {"Id", "Amount"}
    assert "Owned by somebody who has left: Halm & Co. The owner is never written" in " ".join(update.said)


@pytest.mark.parametrize(("crm", "limit"), [("salesforce", 255), ("suitecrm", 100)])
def test_quirk_58_a_step_is_counted_behind_its_date_and_owner_and_cut_where_one_sees_it(
    team: Team, crm: str, limit: int
) -> None:
    decided(team, sheet(*ROWS), OpenDeal(deal=NORDWIND), CloseOut(deal=NORDWIND, line=f"{LONG}! thu"))
    text = cells(written_for(team, crm))[0]["NextStep" if crm == "salesforce" else "Next Step"]
    assert len(text) == limit
    assert text.startswith("26 Nov 2026, Ada Blum: Send the redlines")
    assert text.endswith("…")


def written_for(team: Team, crm: str) -> Update:
    now = team.reviews.now()
    return update_of(
        Source(
            ledger=now.ledger, settings=now.settings, export=team.reviews.export(now.ledger.export), today=MONDAY,
            profile=profiles()[crm], name="x", original=bytes,
        )
    )  # fmt: skip


def test_quirk_59_only_changed_cells_of_changed_rows_are_written(team: Team) -> None:
    update = decided(team, sheet(*ROWS), *changed("amount", "1"), *changed("close_date", "4 dec", HALM))
    assert cells(update) == [
        {"Id": NORDWIND, "CloseDate": "", "Amount": "1"}, {"Id": HALM, "CloseDate": "2026-12-04", "Amount": ""}
    ]  # fmt: skip
    by_hand = written_for(team, "pipedrive")
    assert [sorted(row) for file in (0, 1) for row in cells(by_hand, file)] == [
        ["Close Date", "Opportunity ID"], ["Amount", "Opportunity ID"]
    ]  # fmt: skip
    assert {crm: profile.write.clear for crm, profile in profiles().items() if profile.write.clear is not None} == {
        "salesforce": "#N/A",
        "odoo": "",
    }


def test_quirk_60_an_amount_that_products_make_up_is_named_and_the_next_import_tells(team: Team) -> None:
    rows = (f"{ROWS[0]},true", f"{ROWS[1]},false")
    update = decided(
        team, sheet(*rows, header=f"{HEADER},HasOpportunityLineItem"), *changed("amount", "1"),
        *changed("amount", "2", HALM),
    )  # fmt: skip
    assert "Nordwind has products. Salesforce ignores the amount" in " ".join(update.said)
    assert "Halm" not in " ".join(update.said)
    kept = (rows[0], rows[1].replace("48000.50", "2"))
    team.read(sheet(*kept, header=f"{HEADER},HasOpportunityLineItem"), MONDAY + DAY)
    assert [record.crm.id for record, _ in not_in_crm(team.ledger)] == [NORDWIND]


def test_quirk_60_without_a_column_that_tells_of_products_it_is_said_of_every_amount(team: Team) -> None:
    update = decided(team, sheet(*ROWS), *changed("amount", "1"))
    assert "Salesforce ignores the amount of an opportunity that has products" in " ".join(update.said)


def test_quirk_61_files_are_split_at_the_limit_of_their_importer(team: Team) -> None:
    limits = {crm: profile.write.rows for crm, profile in profiles().items() if profile.write.rows}
    assert limits == {"zoho": 5000, "pipedrive": 50_000, "hubspot": 1_000_000}
    decided(team, sheet(*ROWS), *changed("amount", "1"), *changed("amount", "2", HALM))
    now, zoho = team.reviews.now(), profiles()["zoho"]
    update = update_of(
        Source(
            ledger=now.ledger, settings=now.settings, export=team.reviews.export(now.ledger.export), today=MONDAY,
            profile=replace(zoho, write=replace(zoho.write, rows=1)), name="x", original=bytes,
        )
    )  # fmt: skip
    assert [file.name for file in update.files] == ["x-1-of-2.csv", "x-2-of-2.csv"]
    assert not any(file.data.startswith(b"\xef\xbb\xbf") for file in update.files)


def test_quirk_62_what_zoho_takes_for_its_own_signs_is_replaced_and_its_dates_are_named(team: Team) -> None:
    header = "Record Id,Deal Name,Account Name,Deal Owner,Amount,Stage,Closing Date,Created Time,Next Step"
    row = "zcrm_1,Lifts,Nordwind,Ada Blum,120000,Proposal,18/12/2026,03/08/2026 10:00,"
    update = decided(
        team, sheet(row, header=header), OpenDeal(deal="zcrm_1"),
        CloseOut(deal="zcrm_1", line='Send @Dana "v2" <draft> | annex ! thu'),
        *changed("close_date", "4 dec", "zcrm_1"),
    )  # fmt: skip
    text = "".join(file.data.decode() for file in update.files)
    assert "Send Dana ”v2” ‹draft› / annex" in text
    assert "zcrm_1,2026-12-04" in text
    assert "Choose yyyy-MM-dd for dates in Zoho’s wizard" in " ".join(update.said)


def test_quirk_63_a_deal_that_is_not_in_the_file_is_asked_about_and_never_closed(team: Team) -> None:
    many = [ROWS[0], *(ROWS[1].replace(HALM, f"0061x{n:010}").replace("Halm", f"Halm {n}") for n in range(30))]
    team.read(sheet(*many), MONDAY)
    path = team.folder / "next.csv"
    path.write_bytes(sheet(ROWS[0]))
    settings = team.reviews.settings()
    before = experience_of(team.reviews, team.ledger)
    compared = read_export(path, settings=settings, day=MONDAY + DAY, experience=before).report.compared
    assert compared is not None
    assert len(compared.gone) == 30
    assert "may have been filtered out" in " ".join(compared.sentences())
    team.read(sheet(ROWS[0]), MONDAY + DAY)
    assert {team.ledger.deals[f"0061x{n:010}"].crm.status for n in range(30)} == {Status.OPEN}


def test_quirk_33_a_name_beside_the_id_and_a_stage_that_begin_like_formulas_are_hidden(team: Team) -> None:
    header = "Deal : id,Deal : Name,Deal : Account name,Deal : Owner,Deal : Deal stage,Deal : Total Deal Value"
    rows = ("+44,=Renewal  2,@Halm,Ada Blum,Proposal,12", "45,Lifts,Nordwind,Ada Blum,- Talks,9")
    team.read(sheet(*rows, header=header), MONDAY)
    session = team.review()
    ident = next(iter(team.ledger.deals))
    do(session, OpenDeal(deal=ident), Change(deal=ident, field="stage", text="- Talks"), Lock())
    assert cells(team.update()) == [
        {
            "Deal : id": "+44", "Deal : Name": "'=Renewal  2", "Deal : Account name": "'@Halm",
            "Deal : Deal stage": "'- Talks",
        }
    ]  # fmt: skip
