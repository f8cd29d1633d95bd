import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from store.demo.build import build
from store.workspace import Workspace
from tui.cli.main import closeout

MONDAY = date(2026, 11, 23)

DEALS = """\
Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Amount,Stage,Forecast Category,Close Date,Created Date
006A1,Ten new lifts,Nordwind,Ada Blum,120000,Proposal,Commit,2026-12-18,2026-08-03
006A2,Service contract,Halm & Co,Ben Ode,48000.50,Negotiation,Best Case,2026-12-11,2026-07-20
006A3,Pilot,[Ørsted /x],Ada Blum,9000,Discovery,Pipeline,2027-01-29,2026-10-12
"""

Run = Callable[..., Result]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the workspace of a test is; not made yet."""
    return tmp_path / "workspace"


@pytest.fixture
def run(place: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the workspace of the test."""
    monkeypatch.setenv("CLOSEOUT_WORKSPACE", str(place))
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str | Path) -> Result:
        result = CliRunner().invoke(closeout, [str(each) for each in arguments], prog_name="closeout")
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        return result

    return run


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    """A small export."""
    path = tmp_path / "deals.csv"
    path.write_text(DEALS, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def demo_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of the demonstration for Monday 23 November 2026."""
    root = tmp_path_factory.mktemp("demo") / "workspace"
    build(Workspace(root), MONDAY)
    return root


@pytest.fixture
def demo(demo_once: Path, place: Path) -> Path:
    """A copy of the demonstration that a test may change."""
    shutil.copytree(demo_once, place)
    return place
