from datetime import timedelta
from pathlib import Path

import pytest

import tui.cli.opening as opening
from review.fold import speed_of
from review.start import expected, plan
from store.clock import clock_of, factor_of
from store.office import DiskOffice
from store.reviews import Reviews
from store.workspace import Workspace
from tests.cli.running import MONDAY, started


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Workspace]:
    """Workspaces that would have been opened on a screen."""
    found: list[Workspace] = []

    def show(workspace: Workspace, today: object) -> None:
        assert Reviews(workspace).last_held() == "2026-11-16"
        assert factor_of(workspace) in (1, 60)
        found.append(workspace)

    monkeypatch.setattr(opening, "show", show)
    return found


def test_the_demonstration_is_thrown_away_and_leads_to_ones_own(run, shown) -> None:
    result = run("demo", "--as-of", "2026-11-23")
    assert result.exit_code == 0
    assert result.output.endswith("Now with yours: closeout import FILE\n")
    assert not shown[0].root.exists()


def test_the_demonstration_can_be_kept_and_gone_on_with(run, shown, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    assert run("demo", "--keep", folder, "--as-of", "2026-11-23").exit_code == 0
    started(folder)
    assert run("demo", "--keep", folder, "--as-of", "2026-11-23").exit_code == 0
    assert Reviews(shown[1]).running() == "2026-11-23"


def test_demo_says_that_it_has_a_workspace_of_its_own(run, tmp_path: Path) -> None:
    result = run("demo", "--workspace", tmp_path / "mine")
    assert result.exit_code == 2
    assert "--keep DIR keeps it in a folder" in result.stderr
    assert not (tmp_path / "mine").exists()


def test_the_demonstration_does_not_touch_a_folder_with_something_else_in_it(run, shown, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    result = run("demo", "--keep", tmp_path)
    assert result.exit_code == 1
    assert "not empty" in result.stderr
    assert not shown


def test_the_clock_of_a_rehearsal_runs_faster_for_every_program(run, shown, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    run("demo", "--keep", folder, "--speed", "60", "--as-of", "2026-11-23")
    first, second = clock_of(Workspace(folder)), clock_of(Workspace(folder))
    assert abs(first.now() - second.now()) < timedelta(seconds=30)
    assert factor_of(Workspace(folder)) == 60


def test_a_running_review_keeps_its_day(run, demo: Path) -> None:
    started(demo)
    assert opening._day(Workspace(demo), MONDAY + timedelta(days=1)) == MONDAY


def test_a_rehearsal_pins_how_fast_its_clock_runs(demo: Path) -> None:
    workspace = Workspace(demo)
    office = DiskOffice(workspace, clock_of(workspace), MONDAY, speed=60)
    standing = office.standing()
    present = expected(standing.settings, MONDAY)
    session = office.begin(standing, present, plan(standing.ledger, standing.settings, MONDAY, present))
    office.finish()
    assert speed_of(session.minutes) == 60
