import os
import signal
from pathlib import Path

import pytest

from tests.faults.driving import draft_on, facts_in, opened, running_review, unsound
from tests.faults.kills import kills

pytestmark = pytest.mark.xdist_group("kills")

RUNS = 30


def test_what_the_screen_had_shown_is_there_after_each_of_thirty_kills(tmp_path: Path) -> None:
    tally = kills(tmp_path, RUNS, seed=1)
    assert tally.lost == ()
    assert tally.runs == RUNS
    assert tally.found == tally.shown > RUNS


@pytest.fixture
def typing(tmp_path: Path):
    """The program with a half-typed step, at once after the last key."""
    workspace = running_review(tmp_path / "reviews")
    with opened(workspace) as terminal:
        terminal.wait_for("▸ INSPECTION", timeout=60)
        terminal.press("s")
        terminal.wait_for(" TYPE ")
        terminal.type("Redlines to")
        terminal.wait_for("Redlines to")
        yield workspace, terminal


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ended_by_the_system_it_leaves_the_terminal_as_it_was_and_keeps_what_was_typed(typing, number) -> None:
    workspace, terminal = typing
    terminal.kill(number)
    assert terminal.wait_end() == 0
    assert not terminal.shows("Redlines")
    assert "Traceback" not in terminal.text()
    kept(workspace)


def test_when_its_terminal_vanishes_it_ends_and_keeps_what_was_typed(typing) -> None:
    workspace, terminal = typing
    terminal.vanish()
    kept(workspace)


def kept(workspace) -> None:
    assert "Redlines to" in draft_on(workspace)
    assert unsound(workspace) == []
    assert facts_in(workspace) == []
    assert os.stat(workspace.lock).st_size == 0
    with opened(workspace) as terminal:
        terminal.wait_for("Redlines to", timeout=60)
        terminal.wait_for(" TYPE ")
