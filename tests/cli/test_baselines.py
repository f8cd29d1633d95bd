"""Exports of before the first review, from the command line."""

import json
import os
from datetime import UTC, date, datetime

import pytest

from store.reviews import Reviews
from store.workspace import Workspace

DAY = ("--as-of", "2026-11-23")
HEAD = "Opportunity ID,Opportunity Name,Opportunity Owner,Amount,Stage,Forecast Category,Close Date,Created Date"


def row(ident="006A1", close="2026-12-18", stage="Proposal", category="Commit"):
    return f"{ident},Ten new lifts,Ada Blum,120000,{stage},{category},{close},2026-08-03"


@pytest.fixture
def older(tmp_path):
    """Two exports of October, the second with the close date moved later."""
    folder = tmp_path / "older"
    folder.mkdir()
    for day, close in (("2026-10-05", "2026-11-20"), ("2026-10-19", "2026-12-04")):
        lines = (HEAD, row(close=close), row("006A9", "2026-12-24", category="Pipeline"))
        (folder / f"deals {day}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def now(place):
    return Reviews(Workspace(place)).now()


def test_older_exports_are_read_for_the_day_in_their_names_and_say_what_rests_on_them(run, deals, place, older):
    run("import", deals, *DAY)
    output = run("import", "--baseline", older).output
    assert "Mon  5 Oct 2026, by its name  2 open, 0 won, 0 lost  deals 2026-10-05.csv" in output
    assert "No review was held." in " ".join(output.split())
    ledger = now(place).ledger
    assert (ledger.deals["006A1"].pushes, ledger.held) == (1, 0)
    prepared = run("prep", *DAY).output
    assert "Since 19 Oct" in prepared
    assert "1 vanished · from exports" in prepared
    assert "From exports: 2 exports of before the first review, 5 Oct to 19 Oct" in run("history", *DAY).output


def test_the_same_ones_again_change_nothing(run, deals, place, older):
    run("import", deals, *DAY)
    run("import", "--baseline", older)
    before = now(place)
    assert "read in before" in run("import", "--baseline", older).output
    assert now(place) == before


def test_before_the_first_import_they_wait_for_it(run, deals, place, older):
    assert "Next: closeout import FILE" in run("import", "--baseline", older).output
    assert not now(place).ledger.deals
    run("import", deals, *DAY)
    assert now(place).ledger.deals["006A1"].pushes == 1


def test_a_dry_run_leaves_nothing(run, place, older):
    assert "Nothing was changed." in run("import", "--baseline", "--dry-run", older).output
    assert not place.exists()


def test_a_file_without_a_date_that_was_saved_today_is_asked_for_its_day(run, deals, tmp_path):
    run("import", deals, *DAY)
    path = tmp_path / "export.csv"
    path.write_text(f"{HEAD}\n{row()}\n", "utf-8")
    result = run("import", "--baseline", path)
    assert (result.exit_code, "Say that day with --as-of DATE" in result.output) == (1, True)
    assert "2 Nov 2026, as you say" in run("import", "--baseline", path, "--as-of", "2026-11-02").output
    aged = datetime(2026, 9, 7, 12, tzinfo=UTC).timestamp()
    os.utime(path, (aged, aged))
    assert "7 Sep 2026, by the file’s time" in run("import", "--baseline", path).output


@pytest.mark.parametrize(
    ("name", "said"),
    [("deals 2026-11-23.csv", "only older ones are the past"), ("other 2026-10-05.csv", "there is one export a day")],
)
def test_what_is_no_older_export_is_refused_and_nothing_changes(run, deals, place, older, name, said):
    run("import", deals, *DAY)
    run("import", "--baseline", older)
    before = now(place)
    path = older.parent / name
    path.write_text(f"{HEAD}\n{row('006A7')}\n", "utf-8")
    result = run("import", "--baseline", path)
    assert (result.exit_code, said in " ".join(result.output.split())) == (1, True)
    assert now(place) == before


def test_one_day_cannot_be_that_of_several(run, older):
    assert "these are several" in run("import", "--baseline", older, "--as-of", "2026-10-01").output


def test_a_list_of_closed_deals_gives_a_win_rate(run, deals, tmp_path, older):
    run("import", deals, *DAY)
    run("import", "--baseline", older)
    closed = tmp_path / "closed.csv"
    rows = (
        HEAD,
        row("006B1", "2026-07-10", "Closed Won", "Closed"),
        row("006B2", "2026-07-11", "Closed Lost", "Omitted"),
    )
    closed.write_text("\n".join(rows) + "\n", "utf-8")
    assert "closed deals alone: 1 won, 1 lost" in run("import", "--baseline", closed).output
    assert "50 %" in run("history", *DAY).output


@pytest.mark.parametrize("last", ["--baseline", "--calls", "--roster"])
def test_undo_takes_back_what_was_read_in_last_and_then_what_was_before(run, deals, place, older, tmp_path, last):
    run("import", deals, *DAY)
    calls, people = tmp_path / "calls.csv", tmp_path / "people.csv"
    calls.write_text("rep_name,week_of,commit_amount\nAda Blum,2026-11-16,80000\n", "utf-8")
    people.write_text("name,email\nAda Blum,ada@ours.example\n", "utf-8")
    before = now(place).ledger
    run("import", last, {"--baseline": older, "--calls": calls, "--roster": people}[last])
    assert now(place).ledger != before
    assert "Undone: read in" in run("import", "--undo").output
    assert now(place).ledger == before
    assert "Took back deals.csv" in run("import", "--undo").output
    assert "Nothing was read in" in run("import", "--undo").output


def test_as_data_for_other_programs(run, older):
    (first, _) = json.loads(run("import", "--baseline", older, "--json").output)
    assert (first["day"], first["how"], first["report"]["open"]) == (str(date(2026, 10, 5)), "by its name", 2)


def test_before_the_first_lock_an_export_of_between_two_imports_is_the_past_too(run, deals, place, older, tmp_path):
    run("import", deals, "--as-of", "2026-10-20")
    run("import", deals, *DAY)
    path = tmp_path / "deals 2026-11-10.csv"
    path.write_text(f"{HEAD}\n{row()}\n", "utf-8")
    assert "10 Nov 2026, by its name" in run("import", "--baseline", path).output
    assert now(place).ledger.past.days == (date(2026, 11, 10),)
    same = tmp_path / "deals 2026-10-20.csv"
    same.write_text(f"{HEAD}\n{row()}\n", "utf-8")
    assert "there is one export a day" in " ".join(run("import", "--baseline", same).output.split())
