import csv
import json
from pathlib import Path

from store.reviews import Reviews
from store.workspace import Workspace
from tests.cli.running import started

DAY = ("--as-of", "2026-11-23")
STEP = "Get the order number from @Ines !"


def fill(path: Path, *answers: tuple[str, str, str, str]) -> Path:
    """Fill a table in: what is asked, and its answer, date and owner, in the first row of that kind that is empty."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for asked, *said in answers:
        row = next(row for row in rows if len(row) == 8 and row[1] == asked and not row[3])
        row[3:6] = said
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def tom(out: Path) -> Path:
    return out / "2026-11-23-tom-reed.csv"


def test_sheets_go_out_for_every_rep_and_say_how_they_come_back(run, demo: Path, tmp_path: Path) -> None:
    result = run("prep", "--sheets", tmp_path / "out", *DAY)
    assert "Sheets for the review of Mon 23 Nov 2026" in result.output
    assert "closeout import --answers" in result.output
    assert len(list((tmp_path / "out").iterdir())) == 8 * 3
    again = run("prep", "--sheets", tmp_path / "out", *DAY)
    assert again.exit_code == 1
    assert "somebody may have filled it in" in again.stderr


def test_what_nobody_answered_changes_nothing(run, demo: Path, tmp_path: Path) -> None:
    run("prep", "--sheets", tmp_path / "out", *DAY)
    before = (demo / "desk.json").read_bytes()
    result = run("import", "--answers", tmp_path / "out", *DAY)
    assert result.output.startswith("0 answers taken")
    assert (demo / "desk.json").read_bytes() == before


def test_answers_are_shown_taken_and_taken_back(run, demo: Path, tmp_path: Path) -> None:
    run("prep", "--sheets", tmp_path / "out", *DAY)
    sheet = fill(tom(tmp_path / "out"), ("kept?", "done", "", ""), ("next step", STEP, "27/11/2026", "tr"))
    before = (demo / "desk.json").read_bytes()
    shown = run("import", "--answers", sheet, "--dry-run", *DAY).output
    assert "2 answers would be taken" in shown
    assert "next step “Get the order number from Ines”, Fri 27 Nov, Tom" in shown
    assert (demo / "desk.json").read_bytes() == before
    assert "2 answers taken" in run("import", "--answers", sheet, *DAY).output
    assert Reviews(Workspace(demo)).now().ledger.written.keys() == {"tom-reed"}
    assert "2 taken before" in run("import", "--answers", sheet, *DAY).output
    assert "Undone: took 2 answers" in run("import", "--undo", *DAY).output
    assert Reviews(Workspace(demo)).now().ledger.written == {}


def test_refused_lines_come_back_as_a_small_sheet(run, demo: Path, tmp_path: Path) -> None:
    run("prep", "--sheets", tmp_path / "out", *DAY)
    sheet = fill(tom(tmp_path / "out"), ("next step", "follow up", "fri", ""))
    result = run("import", "--answers", sheet, "--sheets", tmp_path / "back", *DAY)
    assert result.exit_code == 0
    assert "with whom, about what?" in " ".join(result.output.split())
    small = tmp_path / "back" / "2026-11-23-tom-reed-open.csv"
    fill(small, ("next step", STEP, "fri", ""))
    assert "1 answer taken" in run("import", "--answers", small, *DAY).output


def test_answers_as_json_are_one_document(run, demo: Path, tmp_path: Path) -> None:
    run("prep", "--sheets", tmp_path / "out", *DAY)
    sheet = fill(tom(tmp_path / "out"), ("kept?", "done", "", ""), ("next step", "call", "fri", ""))
    found = json.loads(run("import", "--answers", sheet, "--json", *DAY).stdout)
    assert found["taken"][0]["said"] == "done"
    assert found["refused"][0]["sentence"] == "with whom, about what?"


def test_beside_a_running_review_answers_wait(run, demo: Path, tmp_path: Path) -> None:
    run("prep", "--sheets", tmp_path / "out", *DAY)
    started(demo)
    result = run("import", "--answers", tmp_path / "out", *DAY)
    assert result.exit_code == 3
    assert "is not finished" in result.stderr


def test_a_file_that_is_no_sheet_is_refused_with_what_to_do(run, demo: Path, deals: Path) -> None:
    result = run("import", "--answers", deals, *DAY)
    assert result.exit_code == 1
    assert "holds no line of a sheet" in result.stderr


def test_answers_without_a_file_ask_for_one(run, demo: Path) -> None:
    assert run("import", "--answers", *DAY).exit_code == 2
