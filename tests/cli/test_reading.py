import json
import os
from pathlib import Path

from store.reviews import Reviews
from store.workspace import Workspace
from tests.cli.running import started


def test_an_import_says_what_was_read_and_what_comes_next(run, deals: Path) -> None:
    result = run("import", deals, "--as-of", "2026-11-23")
    assert result.exit_code == 0
    assert "3 deals from deals.csv" in result.output
    assert "2 owners: Ada Blum 2" in " ".join(result.output.split())
    assert "stage age counts from today" in result.output
    assert "closeout prep" in result.output


def test_the_sample_is_read_with_its_figures(run, crm_samples: Path) -> None:
    result = run("import", crm_samples / "revops_opportunities.csv", "--as-of", "2026-05-20", "--json")
    report = json.loads(result.output)
    assert (report["rows"], report["open"], report["won"], report["lost"]) == (251, 224, 20, 7)
    assert report["open_amount"] == "21246500.00" or float(report["open_amount"]) == 21246500
    assert {each["name"]: each["deals"] for each in report["categories"]} == {
        "commit": 54,
        "best case": 30,
        "pipeline": 140,
    }
    assert len(report["owners"]) == 10


def test_a_dry_run_changes_nothing(run, deals: Path, place: Path) -> None:
    result = run("import", "--dry-run", deals, "--as-of", "2026-11-23")
    assert result.exit_code == 0
    assert "Nothing was changed." in result.output
    assert not place.exists()


def test_a_dry_run_leaves_a_workspace_as_it_was(run, demo: Path, deals: Path) -> None:
    before = {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()}
    run("import", "--dry-run", deals, "--as-of", "2026-11-24")
    assert {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()} == before


def test_a_dry_run_takes_nothing_back_either(run, demo: Path) -> None:
    before = {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()}
    result = run("import", "--undo", "--dry-run")
    assert result.exit_code == 2
    assert "stands by itself" in result.stderr
    assert {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()} == before


def test_a_day_that_is_none_is_said_with_the_form_it_has(run, deals: Path) -> None:
    result = run("import", deals, "--as-of", "tomorrow")
    assert result.exit_code == 2
    assert "“tomorrow” is no date; write it as 2026-11-23." in result.stderr


def test_a_device_is_no_file_to_read(run) -> None:
    assert "/dev/null is a device and no file" in run("import", "/dev/null").stderr


def test_a_file_that_holds_no_deals_is_refused_and_leaves_no_workspace(run, tmp_path: Path, place: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("name,birthday\nAda,3 March\n", encoding="utf-8")
    result = run("import", path)
    assert result.exit_code == 1
    assert "was not imported" in result.stderr
    assert "Ask the CRM for" in result.stderr
    assert result.stdout == ""
    assert not place.exists()


def test_a_file_that_is_not_there_is_refused_in_a_sentence(run, tmp_path: Path, place: Path) -> None:
    result = run("import", tmp_path / "none.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no such file" in result.stderr
    assert not place.exists()


def test_no_file_is_wrong_usage_and_names_the_report_to_ask_for(run) -> None:
    result = run("import", "--crm", "salesforce")
    assert result.exit_code == 2
    assert "In Salesforce" in result.stderr


def test_an_import_can_be_taken_back_once(run, deals: Path) -> None:
    run("import", deals, "--as-of", "2026-11-23")
    result = run("import", "--undo")
    assert (result.exit_code, result.output) == (0, "Took back deals.csv, 3 rows.\n")
    again = run("import", "--undo")
    assert again.exit_code == 1
    assert "Nothing was read in" in again.stderr


def test_an_export_older_than_the_last_is_taken_only_where_that_is_said(run, deals: Path) -> None:
    run("import", deals, "--as-of", "2026-11-23")
    refused = run("import", deals, "--as-of", "2026-11-20")
    assert refused.exit_code == 1
    assert "--older" in refused.stderr
    assert run("import", deals, "--as-of", "2026-11-20", "--older").exit_code == 0


def test_an_export_is_of_the_day_of_its_file(run, deals: Path, place: Path) -> None:
    os.utime(deals, (1795348800, 1795348800))  # 22 November 2026, noon in UTC
    run("import", deals)
    assert str(Reviews(Workspace(place)).now().ledger.export_day) == "2026-11-22"


def test_beside_a_review_that_is_not_finished_an_import_says_how_to_do_it_there(run, demo: Path, deals: Path) -> None:
    started(demo)
    result = run("import", deals, "--as-of", "2026-11-23")
    assert result.exit_code == 3
    assert "The review of 23 Nov is not finished" in result.stderr
    assert "import" in result.stderr
