import re
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from store.demo.build import build
from store.workspace import Workspace
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.xdist_group("second")

CLOSEOUT = Path(sys.executable).with_name("closeout")
MONDAY = "2026-11-23"
NARROW = (100, 30)
"""Here the time left stands in one line with its words."""
CLOCK = re.compile(r"(\d+:\d\d) +(?:left|▸)")


@pytest.fixture
def demo(tmp_path):
    workspace = Workspace(tmp_path / "demo")
    build(workspace, date.fromisoformat(MONDAY))
    return workspace.root


def opened(root, *arguments, size=NARROW, env=None):
    return Terminal([CLOSEOUT, "--workspace", root, *arguments], size=size, env=env)


def review(root):
    return opened(root, "--as-of", MONDAY)


def time_left(terminal):
    """The seconds that a terminal shows as left."""
    found = CLOCK.search(terminal.text())
    if found is None:
        return None
    minutes, seconds = found[1].split(":")
    return int(minutes) * 60 + int(seconds)


def test_two_terminals_show_the_same_and_neither_needs_the_other(demo):
    with opened(demo, "follow") as follower, review(demo) as room:
        follower.wait_for("LOCKED")
        room.wait_for("Enter starts the review")
        room.press("enter")
        room.wait_for("▸ FORECAST")
        follower.wait_for("▸ FORECAST")
        # A change shows within a second of the moment at which the room shows it.
        room.press(">")
        room.wait_for("▸ INSPECTION")
        follower.wait_for("▸ INSPECTION", timeout=1.0)
        room.wait_for("was it done?")
        room.press("d")
        room.wait_for("✓ done")
        room.press("s")
        room.wait_for(" TYPE ")
        room.type("Price list to @Ann zzz")
        room.wait_for("Price list to @Ann zzz")
        follower.wait_for("Price list to @Ann zzz", timeout=1.0)
        differences = set()
        until = time.monotonic() + 2.5
        while time.monotonic() < until:
            one, other = time_left(room), time_left(follower)
            if one is not None and other is not None:
                differences.add(abs(one - other))
            time.sleep(0.02)
        # The same clock: apart only while one of the two has drawn the new second and the other has not.
        assert 0 in differences
        assert differences <= {0, 1}
        follower.kill()
        room.type("!")
        room.wait_for("zzz!")
    room_again(demo)


def room_again(demo):
    """The program that runs the review was killed: its follower says so, and goes on when it is back."""
    with opened(demo, "follow", size=(44, 12)) as pane:
        pane.wait_for("▸ INSPECTION")
        pane.wait_for("■ last heard from")
        with review(demo) as room:
            room.wait_for("zzz")
            pane.wait_gone("last heard from", timeout=5.0)
            room.kill()
            pane.wait_for("■ last heard from", timeout=2.0)
            pane.press("q")
            assert pane.wait_end() == 0


def test_the_private_terminal_follows_the_room_and_keeps_its_notes_through_a_kill(demo):
    with review(demo) as room:
        room.wait_for("Enter starts the review")
        room.press("enter")
        room.wait_for("▸ FORECAST")
        with opened(demo, "chair") as chair:
            chair.wait_for("PRIVATE")
            chair.wait_for("Ask first")
            room.press("tab")
            room.wait_for("SOFIA REYES")
            chair.wait_for("SOFIA REYES", timeout=2.0)
            chair.press("n")
            chair.wait_for("Note on Sofia")
            chair.type("asked before telling")
            chair.press("enter")
            chair.wait_for("✓ saved")
            chair.press("f9")
            chair.wait_gone("asked before telling")
            chair.kill()
        room.press("tab")
        room.wait_gone("SOFIA REYES")
        with opened(demo, "chair") as again:
            again.press("shift+tab")
            again.wait_for("asked before telling")
