import csv
import io
from pathlib import Path

import pytest

from review.commitments import Origin
from review.intents import CloseOut, Lock, Mend, OpenDeal, Promise
from store.demo.deals import deal_id
from tests.cli.running import MONDAY, started


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_last_review_is_written_into_the_exports_of_the_workspace(run, demo: Path) -> None:
    result = run("export", "--to", "markdown")
    path = demo / "exports" / "2026-11-16-recap.md"
    assert result.exit_code == 0
    assert str(path) in result.output.replace("\n", "")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("---\ncloseout: 1\nreview: 2026-11-16\nstatus: locked\n")
    assert "DRAFT" not in text
    assert "- **Redgate 62k**: competitor – We met the economic buyer after the decision." in text
    assert "- [ ] " in text


def test_commitments_as_csv_have_every_column_and_line_ends_of_the_standard(run, demo: Path) -> None:
    data = run("export", "--to", "csv", "--output", "-").stdout_bytes
    assert data.count(b"\r\n") == data.count(b"\n")
    found = rows(data.decode())
    assert list(found[0]) == [
        "id", "commitment", "owner", "email", "due", "deal", "deal_id", "account", "origin", "status", "carried",
        "review",
    ]  # fmt: skip
    step = next(each for each in found if each["deal"] == "Northwind" and each["origin"] == "next step")
    assert step["commitment"] == "Redlines back, call Dana on the open clauses"
    assert (step["owner"], step["email"]) == ("Marcus Bell", "marcus.bell@example.com")
    assert (step["due"], step["status"], step["carried"]) == ("2026-11-19", "open", "0")
    assert step["deal_id"] == deal_id("Northwind")
    assert step["review"] == "2026-11-16"


def test_a_file_that_is_there_is_not_written_over_unasked(run, demo: Path) -> None:
    run("export", "--to", "csv")
    path = demo / "exports" / "2026-11-16-commitments.csv"
    path.write_text("mine")
    refused = run("export", "--to", "csv")
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert path.read_text() == "mine"
    assert run("export", "--to", "csv", "--force").exit_code == 0
    assert path.read_text() != "mine"


def test_a_running_review_is_exported_as_a_draft(run, demo: Path) -> None:
    session = started(demo)
    northwind = deal_id("Northwind")
    session.do(OpenDeal(deal=northwind))
    assert session.do(CloseOut(deal=northwind, line="Call @Dana on the two open clauses ! thu wl")) is None
    assert session.do(Promise(line="Board paper for Elena fri", owner="tom-reed")) is None

    text = run("export", "--to", "markdown", "--output", "-").stdout
    assert "status: draft" in text
    assert "**DRAFT**" in text
    assert "- [ ] Call Dana on the two open clauses · Thu 26 Nov · Northwind · next step" in text
    assert text.count("Call Dana on the two open clauses · ") == 1

    found = rows(run("export", "--to", "csv", "--output", "-").stdout)
    assert {each["commitment"]: each["owner"] for each in found} == {
        "Call Dana on the two open clauses": "Wei Lin",
        "Board paper for Elena": "Tom Reed",
    }
    assert {each["status"] for each in found} == {"open (draft)"}


def test_a_step_of_an_earlier_review_that_is_kept_is_exported_with_this_one(run, demo: Path) -> None:
    session = started(demo)
    ledger = session.meeting.ledger
    standing = [(ident, ledger.commitments.get(record.step)) for ident, record in ledger.deals.items()]
    ident, step = next((ident, step) for ident, step in standing if step and step.is_open and step.due > MONDAY)
    assert session.do(CloseOut(deal=ident, line="")) is None
    found = rows(run("export", "--to", "csv", "--output", "-").stdout)
    assert [(each["id"], each["review"]) for each in found] == [(step.id, step.review)]
    assert step.review != session.meeting.review


def test_a_promise_of_an_earlier_review_that_was_mended_is_exported_with_this_one(run, demo: Path) -> None:
    session = started(demo)
    commitments = session.meeting.ledger.commitments.values()
    older = next(each for each in commitments if each.is_open and each.origin is Origin.ACTION)
    assert session.do(Mend(commitment=older.id, line="Write the playbook, second part fri")) is None
    found = rows(run("export", "--to", "csv", "--output", "-").stdout)
    assert [(each["id"], each["commitment"]) for each in found] == [(older.id, "Write the playbook, second part")]


def test_an_earlier_review_is_exported_by_its_name(run, demo: Path) -> None:
    text = run("export", "2026-11-02", "--to", "markdown", "--output", "-").stdout
    assert "# Pipeline review, Mon 2 Nov 2026" in text


def test_an_unknown_review_is_refused_with_those_there_are(run, demo: Path) -> None:
    result = run("export", "2026-11-03", "--to", "csv")
    assert result.exit_code == 1
    assert "2026-11-16" in result.stderr


def test_an_unknown_target_is_refused_with_those_there_are(run, demo: Path) -> None:
    result = run("export", "--to", "fax")
    assert result.exit_code == 1
    assert "markdown, html, eml" in result.stderr


def test_without_a_review_there_is_nothing_to_export_but_open_commitments(run, deals: Path) -> None:
    run("import", deals, "--as-of", "2026-11-23")
    refused = run("export", "--to", "csv")
    assert refused.exit_code == 1
    assert "No review was started here yet" in refused.stderr
    result = run("export", "--to", "csv", "--all-open", "--output", "-")
    assert result.exit_code == 0
    assert result.stdout.startswith("id,commitment,owner")


def test_all_open_lists_what_older_reviews_left_too(run, demo: Path) -> None:
    mine = rows(run("export", "--to", "csv", "--output", "-").stdout)
    every = rows(run("export", "--to", "csv", "--all-open", "--output", "-").stdout)
    assert {each["id"] for each in every} - {each["id"] for each in mine}
    assert {each["review"] for each in every} > {"2026-11-16"}


def test_only_actions_leaves_the_next_steps_out(run, demo: Path) -> None:
    found = rows(run("export", "--to", "csv", "--only", "actions", "--output", "-").stdout)
    assert found
    assert "next step" not in {each["origin"] for each in found}
    text = run("export", "--to", "markdown", "--only", "actions", "--output", "-").stdout
    assert "## Deals" not in text
    assert "Competitor sheet for rail, one page" in text


@pytest.mark.parametrize("name", ["", "missing/file.csv"])
def test_a_place_where_no_file_can_be_is_refused(run, demo: Path, tmp_path: Path, name: str) -> None:
    result = run("export", "--to", "csv", "--output", tmp_path / name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "closeout: " in result.stderr


def test_a_review_that_was_locked_just_now_is_the_one_that_is_exported(run, demo: Path) -> None:
    session = started(demo)
    assert session.do(Lock()) is None
    assert "review: 2026-11-23\nstatus: locked" in run("export", "--to", "markdown", "--output", "-").stdout


def test_only_the_owner_can_read_what_is_exported(run, demo: Path) -> None:
    run("export", "--to", "csv")
    assert (demo / "exports" / "2026-11-16-commitments.csv").stat().st_mode & 0o777 == 0o600
