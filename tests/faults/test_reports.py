import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from review.intents import Promise
from store import journal
from store.journal import Journal
from store.workspace import Workspace
from tests.faults.places import office_of, templates
from tui.cli import desk
from tui.cli.main import closeout, unexpected


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return templates(tmp_path_factory.mktemp("made"))[True]


@pytest.fixture
def workspace(made: Workspace, tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(made.root, tmp_path / "reviews")))


def run(workspace: Workspace, *arguments: str):
    return CliRunner().invoke(closeout, ["--workspace", str(workspace.root), *arguments], prog_name="closeout")


def test_a_failure_leaves_a_report_without_a_word_of_a_deal(workspace, monkeypatch, capsys) -> None:
    def broken(*args, **kwargs):
        customer, amount = "Northwind", 184_000
        raise KeyError(f"{customer} {amount}")

    monkeypatch.setattr(desk, "there", broken)
    result = run(workspace, "prep")
    assert isinstance(result.exception, KeyError)
    unexpected(KeyError, result.exception, result.exception.__traceback__)
    said = " ".join(capsys.readouterr().err.split())
    assert re.search(r"something failed that should not \(KeyError at \S*test_reports\.py:\d+\)", said)
    assert "Northwind" not in said
    (report,) = (workspace.root / "logs").glob("crash-*.txt")
    assert f"A report without anything of your deals is in {report}" in said
    assert report.stat().st_mode & 0o777 == 0o600
    text = report.read_text()
    assert "KeyError" in text
    assert "command   closeout prep" in text
    assert re.search(r"cli/desk\.py:\d+ in prep", text)
    assert "Northwind" not in text
    assert "184" not in text
    assert str(workspace.root) not in text


def test_a_refusal_or_a_wrong_option_leaves_no_report(workspace) -> None:
    assert run(workspace, "export", "2020-01-06", "--to", "csv").exit_code == 1
    assert run(workspace, "prep", "--no-such-option").exit_code == 2
    assert not (workspace.root / "logs").exists()


def test_the_log_says_what_was_written_and_never_what_it_says(workspace) -> None:
    office = office_of(workspace)
    office.journal = Journal(workspace.root)
    session = office.running()
    assert session is not None
    session.do(Promise(line="Call Dana at Northwind fri mb"))
    office.finish()
    assert run(workspace, "--verbose", "actions").exit_code == 0
    log = workspace.root / "logs" / journal.LOG
    text = log.read_text()
    assert re.search(r"Committed was written in \d+\.\d ms", text)
    assert "closeout actions begins" in text
    assert "closeout actions is done after" in text
    assert not re.search("Dana|Northwind|Marcus", text)
    assert log.stat().st_mode & 0o777 == 0o600


def test_nothing_is_logged_unless_asked_for(workspace) -> None:
    run(workspace, "actions")
    assert not (workspace.root / "logs").exists()


def test_the_log_goes_round(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(journal, "LONGEST", 200)
    for number in range(20):
        Journal(tmp_path).note(f"line {number}")
    logs = sorted((tmp_path / "logs").iterdir())
    assert [path.name for path in logs] == ["closeout.log", "closeout.log.1"]
    assert sum(path.stat().st_size for path in logs) < 800
    assert "line 19" in logs[0].read_text()
