"""A person at the keyboard of the real program, who knows what the screen has shown, and a hand that kills it."""

import os
import random
import signal
import sys
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

from review.fold import Minutes
from review.intents import EnterSection, OpenDeal
from review.ports import Draft
from review.start import expected, plan
from store.check import check
from store.clock import RealClock
from store.demo.build import build
from store.drafts import DraftFile
from store.office import DiskOffice
from store.reviews import Reviews
from store.workspace import Workspace
from tests.e2e.terminal import Terminal

CLOSEOUT = Path(sys.executable).with_name("closeout")
MONDAY = date(2026, 11, 23)
REVIEW = MONDAY.isoformat()
DRAFT_LASTS = 0.5
"""Seconds of typing that a kill may cost."""
SOON = 0.25
"""Seconds after a key in which it is written and shown, with room to spare."""


def running_review(root: Path) -> Workspace:
    """Make the demonstration with its fifth review begun and in Inspection; nobody holds it."""
    workspace = Workspace(root)
    build(workspace, MONDAY)
    office = DiskOffice(workspace, RealClock(), MONDAY)
    standing = office.standing()
    here = expected(standing.settings, MONDAY)
    session = office.begin(standing, here, plan(standing.ledger, standing.settings, MONDAY, here))
    session.do(EnterSection(section="inspection"))
    session.do(OpenDeal(deal=session.meeting.queue[0].deal))
    office.finish()
    return workspace


def opened(workspace: Workspace, *, size: tuple[int, int] = (80, 24)) -> Terminal:
    """Open the program on a workspace in a terminal of its own."""
    return Terminal([CLOSEOUT, "--as-of", REVIEW], size=size, workspace=workspace.root)


def minutes_of(workspace: Workspace) -> Minutes:
    """Fold the running review from disk. Raises CloseoutError."""
    return Reviews(workspace).minutes(REVIEW)[0]


def facts_in(workspace: Workspace) -> list[str]:
    """Give the text of every commitment that stands in the running review, however often."""
    minutes = minutes_of(workspace)
    ids = [batch.id for batch in Reviews(workspace).minutes_log(REVIEW).read().batches]
    assert len(ids) == len(set(ids)), "a batch is there twice"
    return [each.text for each in minutes.meeting.ledger.commitments.values() if each.review == REVIEW]


def unsound(workspace: Workspace) -> list[str]:
    """Give what a look through every file finds, besides what a killed program may leave."""
    return [finding.sentence for finding in check(workspace) if not finding.harmless]


class Hand:
    """Promises, closes out, parks, takes back and types, and notes each fact when the screen shows it."""

    def __init__(self, terminal: Terminal, chance: random.Random, count: int) -> None:
        """Drive `terminal`; the texts are numbered from `count`."""
        self.terminal = terminal
        self.chance = chance
        self.count = count
        self.shown: dict[str, bool] = {}
        """Fact to whether it stands; one that was taken back does not."""
        self.doing = ""
        """The fact under way: after a kill it may be there or not."""
        self.typed: list[tuple[float, str]] = []
        """What was typed into the step, with the moment at which the screen had shown it."""
        self.died = 0.0
        """When it was killed."""
        self.entered = threading.Event()
        """Set whenever a key went that writes."""

    def work(self) -> None:
        """Do one thing after the other until the program is gone."""
        try:
            while True:
                self.chance.choices((self.promise, self.take_back, self.type), (6, 2, 2))[0]()
        except OSError:
            return
        except AssertionError as error:
            if "the command has ended" not in str(error):
                raise

    def promise(self) -> None:
        """Add a commitment: it is shown as promised once it is on disk."""
        self.count += 1
        text = f"Task {self.count:04}"
        self.doing = text
        self.terminal.press("f5")
        self.terminal.wait_for("Who does what")
        self.terminal.type(f"{text} fri mb")
        self.terminal.wait_for("✓ Marcus")
        self._enter("enter")
        self.terminal.wait_for(f"promised   Marcus: {text}")
        self.shown[text] = True
        self.doing = ""

    def take_back(self) -> None:
        """Take the last promise back, and sometimes make it again."""
        last = next((text for text, stands in reversed(self.shown.items()) if stands), None)
        if last != f"Task {self.count:04}":
            return
        self.doing = last
        self._enter("u")
        self.terminal.wait_for("✓ undone")
        self.shown[last] = False
        if self.chance.random() < 0.5:
            self._enter("U")
            self.terminal.wait_for("✓ done again")
            self.shown[last] = True
        self.doing = ""

    def type(self) -> None:
        """Type into the step without ending it, then leave the field."""
        self.count += 1
        word = f"draft{self.count}"
        self.terminal.press("s")
        self.terminal.wait_for(" TYPE ")
        self.terminal.type(word)
        self.terminal.wait_for(word)
        self.typed.append((time.monotonic(), word))
        self.entered.set()
        time.sleep(self.chance.uniform(0, 2 * DRAFT_LASTS))
        self.terminal.press("esc")
        self.terminal.wait_for(" KEYS ")

    def _enter(self, key: str) -> None:
        self.terminal.press(key)
        self.entered.set()


def killer(terminal: Terminal, hand: Hand, chance: random.Random) -> threading.Thread:
    """Start what kills the program: at any moment, or in the moment after a key that writes."""
    after_keys = chance.randrange(0, 3)
    pause = chance.uniform(0, SOON) if after_keys else chance.uniform(0, 3 * SOON)

    def kill() -> None:
        for _ in range(after_keys):
            hand.entered.wait(timeout=10)
            hand.entered.clear()
        time.sleep(pause)
        hand.died = time.monotonic()
        os.kill(terminal.pid, signal.SIGKILL)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    return thread


def lives(workspace: Workspace) -> None:
    """Give a sign of life, so that opening a copy of an older workspace asks about no time away."""
    DraftFile(workspace.draft(REVIEW)).keep(Draft(seen=datetime.now(UTC)))


def draft_on(workspace: Workspace) -> str:
    """Give all that is kept of what was being typed."""
    return " ".join(DraftFile(workspace.draft(REVIEW)).read().texts.values())
