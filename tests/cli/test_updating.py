import csv
import io
from pathlib import Path

import pytest

from review.intents import Change, CloseOut, Lock, OpenDeal
from store.demo.deals import deal_id
from tests.cli.conftest import DEALS
from tests.cli.running import MONDAY, started


def locked(run, place: Path, deals: Path) -> None:
    deals.write_text(
        DEALS.replace("Created Date", "Created Date,Next Step").replace("-03\n", "-03,\n"), encoding="utf-8"
    )
    assert run("import", deals, "--as-of", MONDAY.isoformat()).exit_code == 0
    set_up(place)
    session = started(place)
    for intent in (
        OpenDeal(deal="006A1"),
        CloseOut(deal="006A1", line="Call @Dana about the order form ! thu"),
        Change(deal="006A1", field="category", text="best case"),
        Lock(),
    ):
        assert session.do(intent) is None


def set_up(place: Path) -> None:
    from review.proposals import propose
    from store.reviews import Reviews
    from store.settings_file import write_settings
    from store.workspace import Workspace

    reviews = Reviews(Workspace(place))
    now = reviews.now()
    settings = propose(reviews.export(now.ledger.export), now.settings, MONDAY).settings
    write_settings(Workspace(place).settings, settings, None)


def test_what_was_decided_is_written_into_the_exports_of_the_workspace(run, place: Path, deals: Path) -> None:
    locked(run, place, deals)
    result = run("export", "--to", "crm", "--as-of", MONDAY.isoformat())
    path = place / "exports" / "2026-11-23-crm.csv"
    assert result.exit_code == 0
    assert str(path) in result.output.replace("\n", "")
    assert "Data Loader" in result.output
    assert list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))) == [
        {
            "Id": "006A1",
            "NextStep": "26 Nov 2026, Ada Blum: Call Dana about the order form",
            "ForecastCategoryName": "Best Case",
        }
    ]


def test_an_update_that_is_there_is_not_written_over_unasked(run, place: Path, deals: Path) -> None:
    locked(run, place, deals)
    run("export", "--to", "crm")
    path = place / "exports" / "2026-11-23-crm.csv"
    path.write_text("mine")
    refused = run("export", "--to", "crm")
    assert (refused.exit_code, path.read_text()) == (1, "mine")
    assert "--force" in refused.stderr
    assert run("export", "--to", "crm", "--force").exit_code == 0
    assert path.read_text() != "mine"


@pytest.mark.parametrize("to", ["crm", "csv"])
def test_a_folder_for_exports_that_was_tidied_away_is_made_again(run, place: Path, deals: Path, to: str) -> None:
    locked(run, place, deals)
    (place / "exports").rmdir()
    assert run("export", "--to", to).exit_code == 0
    assert len(list((place / "exports").iterdir())) == 1
    refused = run("export", "--to", to, "--output", place / "mine" / "list.csv")
    assert (refused.exit_code, "There is no folder" in refused.stderr) == (1, True)


def test_standard_output_holds_the_file_and_nothing_else(run, place: Path, deals: Path) -> None:
    locked(run, place, deals)
    result = run("export", "--to", "crm", "--output", "-")
    assert result.stdout_bytes.startswith(b"Id,NextStep,ForecastCategoryName\r\n006A1,")
    assert "1 deal for Salesforce" in result.stderr


def test_nothing_goes_back_before_the_first_lock_or_while_a_review_runs(run, place: Path, deals: Path) -> None:
    run("import", deals, "--as-of", MONDAY.isoformat())
    refused = run("export", "--to", "crm")
    assert (refused.exit_code, "No review was locked here yet" in refused.stderr) == (1, True)
    set_up(place)
    started(place)
    refused = run("export", "--to", "crm")
    assert (refused.exit_code, "A review is running. Lock it first" in refused.stderr) == (1, True)


def test_an_earlier_review_is_not_what_the_crm_gets(run, demo: Path) -> None:
    refused = run("export", "2026-11-09", "--to", "crm")
    assert (refused.exit_code, "The CRM gets what stands now, after 2026-11-16" in refused.stderr) == (1, True)


def test_choices_among_commitments_are_none_of_the_update(run, demo: Path) -> None:
    assert run("export", "--to", "crm", "--all-open").exit_code == 2
    assert run("export", "--to", "crm", "--only", "actions").exit_code == 2


def test_the_demonstration_can_be_sent_back(run, demo: Path) -> None:
    shown = run("export", "--to", "crm", "--output", "-")
    assert shown.exit_code == 0
    found = {row["Id"]: row for row in csv.DictReader(io.StringIO(shown.stdout))}
    step = found[deal_id("Northwind")]
    assert step["NextStep"] == "Marcus Bell: Redlines back, call Dana on the open clauses"
    assert step["Next Step Date"] == "2026-11-19"
