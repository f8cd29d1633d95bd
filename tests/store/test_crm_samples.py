from datetime import date

import pytest

from review.errors import CloseoutError
from review.settings import Settings
from store.crm.read import read_export
from store.errors import Refused

DAY = date(2026, 5, 20)


def read(path):
    return read_export(path, settings=Settings(), day=DAY)


def test_the_generic_pipeline_comes_out_to_the_dollar(crm_samples):
    report = read(crm_samples / "revops_opportunities.csv").report
    assert (report.rows, report.open, report.won, report.lost, report.open_amount) == (251, 224, 20, 7, 21_246_500)
    assert {one.name: one.deals for one in report.categories} == {"commit": 54, "best case": 30, "pipeline": 140}
    assert (len(report.owners), report.left_out, report.warnings) == (10, (), ())
    assert [sentence.split(":")[0] for sentence in report.missing] == ["No stage-change date", "No deal type"]


def test_a_hubspot_file_with_gaps_keeps_every_deal(crm_samples):
    reading = read(crm_samples / "hubspot_pipecheck_sample_deals.csv")
    deals = {deal.id: deal for deal in reading.export.deals}
    assert (reading.report.crm, len(deals)) == ("HubSpot", 20)
    assert (deals["D009"].amount, deals["D010"].owner, deals["D011"].close_date) == (None, "", None)
    assert deals["D001"].stage_entered == date(2026, 6, 1)


def test_rep_codes_stay_as_they_are(crm_samples):
    report = read(crm_samples / "meridian_deals.csv").report
    assert (report.rows, report.open, report.won, report.lost) == (75, 40, 27, 8)
    assert {one.name for one in report.owners} == {f"REP-{number:02}" for number in range(1, 11)}


def test_deals_without_an_owner_are_taken_and_it_is_said(crm_samples):
    reading = read(crm_samples / "opsmadeez_deals.csv")
    assert {deal.owner for deal in reading.export.deals} == {""}
    assert any(sentence.startswith("No owner: every deal needs an owner") for sentence in reading.report.missing)


def test_a_replica_of_deleted_rows_only_is_refused(crm_samples):
    with pytest.raises(Refused, match=r"10 rows left out: row 2: deleted in the CRM.*In Salesforce: Reports"):
        read(crm_samples / "sf_fivetran_opportunity.csv")


def test_hashed_deals_of_a_replica_are_read_once_none_is_deleted(crm_samples, tmp_path):
    text = (crm_samples / "sf_fivetran_opportunity.csv").read_text("utf-8")
    path = tmp_path / "opportunity.csv"
    path.write_text(text.replace("is_deleted", "was_it"), "utf-8")
    reading = read(path)
    assert (reading.report.crm, reading.report.rows) == ("Salesforce", 8)
    assert "“probability” in row 2: “1000” is no probability" in " ".join(reading.report.warnings)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (
            "hubspot_official_export_vehicles.csv",
            "no column has a stage, an amount or a close date, so these are no deals",
        ),
        ("meridian_reps.csv", "it is a list of people and no deals"),
        ("revops_forecast_history.csv", "it holds calls that were stated and no deals"),
        ("close_opportunity_statuses.json", "no row among the first 20|so these are no deals"),
    ],
)
def test_lists_that_are_no_deals_are_refused(crm_samples, name, reason):
    with pytest.raises(CloseoutError, match=reason):
        read(crm_samples / name)


def test_the_answer_of_close_comes_out_in_dollars_under_its_own_ids(crm_samples):
    reading = read(crm_samples / "close_find_multiple_opportunities.json")
    assert (reading.report.crm, reading.report.rows, reading.export.columns[0]) == ("Close", 3, "id")
    assert [(deal.id[:5], deal.amount) for deal in reading.export.deals] == [
        ("oppo_", 3000), ("oppo_", 500), ("oppo_", 600)
    ]  # fmt: skip


def test_a_folder_with_a_roster_beside_the_deals_is_refused_and_the_roster_is_named(crm_samples):
    with pytest.raises(Refused, match=r"meridian_reps\.csv is a list of people and no deals"):
        read([crm_samples / "meridian_deals.csv", crm_samples / "meridian_reps.csv"])


def test_deals_of_which_the_warehouse_holds_hardly_more_than_names_are_deals(crm_samples):
    deals = read(crm_samples / "hubspot_fivetran_deal.csv").export.deals
    assert (len(deals), sum(not deal.owner for deal in deals)) == (44, 22)
