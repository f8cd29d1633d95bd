"""The real program, killed at random moments while somebody drives it."""

import random
import shutil
import time
from pathlib import Path

from store.workspace import Workspace
from tests.faults.driving import (
    DRAFT_LASTS,
    Hand,
    draft_on,
    facts_in,
    killer,
    lives,
    minutes_of,
    opened,
    running_review,
    unsound,
)
from tests.faults.tally import Tally

LIVES = 12
"""Kills that one workspace lives through; then a fresh one is taken."""


def kills(folder: Path, runs: int, seed: int) -> Tally:
    """Kill the program `runs` times; what the screen had shown has to be there at every next start."""
    tally = Tally("SIGKILL at a random moment, a real terminal driven")
    template = running_review(folder / "template")
    for life in range(0, runs, LIVES):
        root = folder / f"life {life}"
        shutil.copytree(template.root, root)
        _live(Workspace(root), min(LIVES, runs - life), f"{seed}/{life}", tally)
        shutil.rmtree(root)
    return tally


def _live(workspace: Workspace, deaths: int, seed: str, tally: Tally) -> None:
    lives(workspace)
    facts: dict[str, bool] = {}
    count = 0
    for death in range(deaths):
        chance = random.Random(f"{seed}/{death}")
        with opened(workspace) as terminal:
            hand = Hand(terminal, chance, count)
            hand.shown |= facts
            if chance.random() < 0.1:
                # In the middle of starting.
                time.sleep(chance.uniform(0, 1.5))
                terminal.kill()
            else:
                _resumed(workspace, hand)
                thread = killer(terminal, hand, chance)
                hand.work()
                thread.join()
                terminal.wait_end()
        facts, count = hand.shown, hand.count
        where = f"seed {seed}, death {death + 1}"
        found = unsound(workspace)
        if found:
            tally.lost += (f"{where}: {found}",)
        there = facts_in(workspace)
        if hand.doing:
            # What was under way may be there or not, and counts from now on as it was found.
            facts[hand.doing] = hand.doing in there
        tally.run(facts, there, where)
        _draft(workspace, hand, where, tally)


def _resumed(workspace: Workspace, hand: Hand) -> None:
    """The next start goes on at the deal that was on the screen."""
    meeting = minutes_of(workspace).meeting
    hand.terminal.wait_for("▸ INSPECTION", timeout=60)
    hand.terminal.wait_for(meeting.record(meeting.deal).crm.account.upper()[:20])
    if hand.terminal.shows(" TYPE "):
        hand.terminal.press("esc")
        hand.terminal.wait_for(" KEYS ")


def _draft(workspace: Workspace, hand: Hand, where: str, tally: Tally) -> None:
    due = [word for shown, word in hand.typed if hand.died - shown > DRAFT_LASTS]
    for word in due:
        tally.shown += 1
        if word in draft_on(workspace):
            tally.found += 1
        else:
            tally.lost += (f"{where}: the draft “{word}” is gone",)
