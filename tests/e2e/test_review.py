import csv
import io
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from review.proposal_edits import change
from store.clock import RealClock
from store.office import DiskOffice
from store.workspace import Workspace
from tests.e2e.terminal import Terminal
from tui.widgets.figures import figure

pytestmark = pytest.mark.xdist_group("review")

CLOSEOUT = Path(sys.executable).with_name("closeout")
SAMPLE = "revops_opportunities.csv"
FIRST, SECOND = "2026-05-20", "2026-05-27"
WIDE = (120, 36)
READY = "Enter starts the review"
MANAGER = "Wanda Cole"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "reviews"


@pytest.fixture
def sample(crm_samples: Path) -> Path:
    return crm_samples / SAMPLE


def closeout(workspace: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run a command that opens no screen."""
    command = [CLOSEOUT, "--workspace", workspace, *arguments]
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, timeout=60)


def done(workspace: Path, *arguments: str | Path) -> str:
    result = closeout(workspace, *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout


@contextmanager
def opened(workspace: Path, *arguments: str, size: tuple[int, int] = WIDE) -> Iterator[Terminal]:
    with Terminal([CLOSEOUT, *arguments], size=size, workspace=workspace) as terminal:
        yield terminal


@pytest.fixture(scope="module")
def set_up_once(tmp_path_factory: pytest.TempPathFactory, crm_samples: Path) -> Path:
    workspace = Workspace(tmp_path_factory.mktemp("set up") / "reviews")
    office = DiskOffice(workspace, RealClock(), date.fromisoformat(FIRST))
    incoming = office.read_file(str(crm_samples / SAMPLE))
    office.take_import(incoming)
    proposals = change(office.proposals(), "manager", MANAGER).proposals
    assert proposals is not None
    office.keep_settings(proposals.settings)
    return workspace.root


@pytest.fixture
def set_up(set_up_once: Path, workspace: Path) -> Path:
    """A workspace with the sample read in and the proposals of the set-up page taken."""
    shutil.copytree(set_up_once, workspace)
    return workspace


def take_the_proposals(terminal: Terminal) -> None:
    terminal.wait_for("224 open deals, 10 owners")
    terminal.type(MANAGER)
    terminal.wait_for("✓ Wanda Cole drives")
    terminal.press("enter")
    terminal.wait_for("2  from you")
    terminal.press("f2")
    terminal.wait_for(READY)


def begin(terminal: Terminal) -> None:
    terminal.wait_for(READY)
    terminal.press("enter")
    terminal.wait_for("▸ FORECAST")
    terminal.wait_for("on time")
    # The screen comes at once, but a terminal takes it in pieces, the footer last.
    terminal.wait_gone("start the review")


def leave(terminal: Terminal) -> None:
    terminal.press("ctrl+q")
    assert terminal.wait_end() == 0


# The long one

STATED = ["**Aisha** 716k, stated 1,160k", "**Diego** 1,232k"]
PROMISED = {
    ("Call Dana on the order form", "Aisha Okonkwo", "2026-05-21", "Hooli Dynamics", "next step"),
    ("Send mutual close plan for sign-off", "Aisha Okonkwo", "2026-05-22", "Acme Corp", "next step"),
    ("2 first meetings, 110k new pipeline", "Aisha Okonkwo", "2026-05-26", "", "number for the week"),
    (
        "Complete the next step for Pendant Publishing Technologies",
        "Diego Marquez",
        "2026-05-21",
        "Pendant Publishing Technologies",
        "complete the next step",
    ),
    ("Session on Soylent Corp with Wanda Cole", "Diego Marquez", "2026-05-22", "Soylent Corp", "offline session"),
    ("Set in the CRM: LexCorp Holdings lost", "Hannes Vogel", "2026-05-21", "LexCorp Holdings", "set it in the CRM"),
    ("Agree the start date with Omar", "Zoe Zimmer", "2026-05-26", "Mooby Dynamics", "next step"),
    ("Redlines back to Ruth, one call on clause nine", "Lakshmi Iyer", "2026-05-22", "Pied Piper Health", "next step"),
    ("Price list for every rep", "Marcus Bell", "2026-05-22", "Pied Piper Health", "action"),
}
LEFT = {
    "Hooli Dynamics": "closed out",
    "Acme Corp": "closed out",
    "Pendant Publishing Technologies": "parked",
    "Soylent Corp": "offline",
    "LexCorp Holdings": "lost",
    "Mooby Dynamics": "closed out",
    "Pied Piper Health": "closed out",
}
READERS = (("Aisha", 3), ("Diego", 2), ("Lakshmi", 1), ("Marcus", 1), ("Zoe", 1))
"""Who reads how many commitments aloud; what is to be set in the CRM is not read."""
DUE = (
    (3, ("Call Dana on the order form", "Send mutual close plan", "2 first meetings")),
    (2, ("Complete the next step for", "Session on Soylent Corp")),
    (0, ()),
    (1, ("Redlines back to Ruth",)),
    (1, ("Price list for every rep",)),
)
"""Promises of the first review that the second asks for, rep by rep."""


def test_one_whole_review_and_the_promises_of_it_a_week_later(workspace: Path, sample: Path) -> None:
    said = done(workspace, "import", sample, "--as-of", FIRST)
    assert "224 open worth 21,246,500" in " ".join(said.split())
    with opened(workspace, "--as-of", FIRST) as terminal:
        take_the_proposals(terminal)
        begin(terminal)
        state_commits(terminal)
        inspect_six_deals(terminal)
        killed_at = kill_while_typing(terminal, workspace)
    with opened(workspace, "--as-of", FIRST) as terminal:
        take_up_again(terminal, killed_at)
        finish(terminal, workspace)
    check_markdown(done(workspace, "export", "--to", "markdown", "--output", "-"))
    check_csv(done(workspace, "export", "--to", "csv", "--output", "-"))
    done(workspace, "import", sample, "--as-of", SECOND)
    with opened(workspace, "--as-of", SECOND) as terminal:
        promises_are_asked(terminal)


def state_commits(terminal: Terminal) -> None:
    terminal.wait_for("Commit for Q2")
    terminal.press("s")
    terminal.wait_for("TYPE")
    terminal.type("1160")
    terminal.wait_for("✓ $1,160,000")
    terminal.press("enter")
    terminal.wait_for("implies 1,165k")
    terminal.press("enter")
    terminal.wait_for("rep 2 of 10")
    terminal.press("s")
    terminal.wait_for("TYPE")
    terminal.type("123")
    terminal.wait_for("✓ $123,000")
    terminal.press("enter")
    terminal.wait_for("is that right? Enter again takes it")
    terminal.type("2")
    terminal.wait_for("✓ $1,232,000")
    terminal.press("enter")
    terminal.wait_for("8 to go")
    terminal.press(">")
    terminal.wait_for("▸ INSPECTION")


def inspect_six_deals(terminal: Terminal) -> None:
    stands(terminal, "Hooli Dynamics")
    terminal.press("f6")
    terminal.wait_for("which category?")
    terminal.press("b")
    terminal.wait_for("Hooli Dynamics is in best case.")
    step(terminal, "Follow up thu", "cannot close out: that names nothing: with whom, about what?")
    terminal.press("enter")
    retype(terminal, "Follow up thu", "Call @Dana on the order form ! thu", "closes Hooli Dynamics out")
    terminal.press("enter")

    stands(terminal, "Acme Corp")
    terminal.press("s")
    terminal.wait_for("cannot keep it: by when?")
    terminal.press("enter")
    terminal.type("fri")
    terminal.wait_for("✓ Fri 22 May")
    terminal.wait_for("closes Acme Corp out")
    terminal.press("enter")

    stands(terminal, "Pendant Publishing Technologies")
    terminal.press("f4")

    stands(terminal, "Soylent Corp")
    terminal.press("o")
    terminal.wait_for("Soylent Corp, offline")
    terminal.wait_for(MANAGER)
    terminal.press("enter")
    terminal.wait_for("offline with Wanda Cole")
    terminal.type("fri")
    terminal.wait_for("✓ Fri 22 May")
    terminal.press("enter")

    stands(terminal, "LexCorp Holdings")
    terminal.press("f3")
    terminal.wait_for("How does LexCorp Holdings end?")
    terminal.press("l")
    terminal.wait_for("LexCorp Holdings: lost. Why?")
    terminal.press("2")
    terminal.wait_for("what do we take from it?")
    terminal.type("Ask earlier who else is in")
    terminal.wait_for("Ask earlier who else is in")
    terminal.press("enter")

    stands(terminal, "Mooby Dynamics")
    redate(terminal)
    step(terminal, "Agree the start date with @Omar tue zz", "cannot close out: who is “zz”?")
    assert not terminal.shows("closes Mooby Dynamics out")
    terminal.press("enter")
    terminal.wait_for("are nobody’s initials")
    terminal.type("Zoe Zimmer")
    terminal.wait_for("Zoe Zimmer")
    terminal.press("enter")
    terminal.wait_for("closes Mooby Dynamics out")
    terminal.press("enter")


def redate(terminal: Terminal) -> None:
    terminal.wait_for("Fri 10 Jul")
    terminal.press("f7")
    terminal.wait_for("what changes?")
    terminal.press("d")
    terminal.wait_for("It closes Fri 10 Jul")
    terminal.type("24 jul")
    terminal.wait_for("✓ Fri 24 Jul")
    terminal.press("enter")
    terminal.wait_for("Why does it move to Fri 24 Jul?")
    terminal.press("1")
    terminal.wait_for("close date changed")
    terminal.wait_for("10 Jul → 24 Jul")
    terminal.press("u")
    terminal.wait_for("undone")
    terminal.wait_gone("10 Jul → 24 Jul")
    terminal.press("U")
    terminal.wait_for("done again")
    terminal.wait_for("10 Jul → 24 Jul")


def kill_while_typing(terminal: Terminal, workspace: Path) -> float:
    """Add a commitment, then kill the program in the middle of a next step; give seconds left and when that was."""
    stands(terminal, "Pied Piper Health")
    terminal.press("f5")
    terminal.wait_for("Who does what")
    terminal.type("Price list for every rep fri mb")
    terminal.wait_for("✓ Marcus Bell")
    terminal.press("enter")
    terminal.wait_gone("Who does what")
    step(terminal, "Redlines back to @Ruth, one ca", "cannot close out: by when?")
    draft = workspace / "reviews" / f"{FIRST}.draft.json"
    terminal.wait_until(lambda: "one ca" in draft.read_text(encoding="utf-8"), "the draft on disk")
    left = seconds_left(terminal)
    at = time.monotonic()
    terminal.kill()
    return left + at


def take_up_again(terminal: Terminal, killed_at: float) -> None:
    stands(terminal, "Pied Piper Health")
    terminal.wait_for("Redlines back to @Ruth, one ca")
    terminal.wait_for("TYPE")
    assert abs(seconds_left(terminal) + time.monotonic() - killed_at) <= 2
    terminal.type("ll on clause nine fri")
    terminal.wait_for("closes Pied Piper Health out")
    terminal.press("enter")
    stands(terminal, "Initech Partners")


def finish(terminal: Terminal, workspace: Path) -> None:
    terminal.press(">")
    terminal.wait_for("▸ CREATION")
    terminal.wait_for("competitor · Ask")
    terminal.wait_for("Aisha: new pipeline?")
    terminal.press("i")
    terminal.wait_for("TYPE")
    terminal.type("2 meetings, 110k")
    terminal.wait_for("2 meetings, 110k")
    terminal.press("enter")
    terminal.wait_for("Diego: new pipeline?")
    terminal.press("esc")
    terminal.wait_for("KEYS")
    terminal.press(">")
    terminal.wait_for("▸ ACTIONS")
    terminal.wait_for("Enter takes 716k")
    terminal.press("enter")
    for owner, count in READERS:
        beside(terminal, f"reads {count} commitment{'s' if count > 1 else ''}")
        terminal.wait_for(f"▸ {owner}")
        terminal.press("enter")
    check_csv(done(workspace, "export", "--to", "csv", "--output", "-"), "open (draft)")
    terminal.wait_for("Enter on to the lock")
    terminal.press("enter")
    terminal.wait_for("Enter locks the review")
    terminal.press("enter")
    terminal.wait_for("commit after the room")
    leave(terminal)


def check_markdown(text: str) -> None:
    assert "review: 2026-05-20\nstatus: locked\n" in text
    boxes = re.findall(r"^- \[ \] (.+?)(?: · opp_\d{4})? `\w+`$", text, re.MULTILINE)
    assert sorted(boxes) == sorted(box(*promise) for promise in PROMISED)
    deals = dict(re.findall(r"^- \*\*(.+)\*\* \(\w+\): ([a-z ]+?)(?: – .*)?$", text, re.MULTILINE))
    assert {deal: way for deal, way in deals.items() if way != "dropped"} == LEFT
    assert len(deals) == 17
    forecast = text[text.index("## Forecast Q2") : text.index("## Deals")]
    assert re.findall(r"^- (.+)$", forecast, re.MULTILINE) == STATED
    assert "\ncommit 1,948k · won 1,225k\n" in forecast
    changes = re.findall(r"^  - (.+ → .+)$", text, re.MULTILINE)
    assert changes == ["category commit → best case", "close date Fri 10 Jul → Fri 24 Jul (legal)"]
    assert "\n  - Hooli Dynamics −444k to best case\n" in text
    assert "\n- **LexCorp Holdings 27k**: competitor – Ask earlier who else is in\n" in text


def box(text: str, owner: str, due: str, deal: str, origin: str) -> str:
    day = date.fromisoformat(due)
    named = [deal] if deal and deal not in text else []
    return " · ".join([text, f"{day:%a} {day.day} {day:%b}", *named, origin])


def check_csv(text: str, status: str = "open") -> None:
    rows = list(csv.DictReader(io.StringIO(text)))
    found = [(row["commitment"], row["owner"], row["due"], row["deal"], row["origin"]) for row in rows]
    assert sorted(found) == sorted(PROMISED)
    assert {(row["review"], row["status"]) for row in rows} == {(FIRST, status)}


def promises_are_asked(terminal: Terminal) -> None:
    begin(terminal)
    for count, texts in DUE:
        beside(terminal, f"{count or 'no'} promise{'s' if count > 1 else ''} fell due")
        for text in texts:
            terminal.wait_for(text)
        terminal.press("tab")
    terminal.press("shift+tab")
    terminal.wait_for("Price list for every rep")
    terminal.press("d")
    beside(terminal, "1 with a verdict")


def beside(terminal: Terminal, words: str) -> None:
    """Wait until words stand beside a name, which is whole in large type: where it is long, they break."""
    terminal.wait_until(lambda: {*words.split()} <= {*terminal.text().split()}, words)


def stands(terminal: Terminal, deal: str) -> None:
    """Wait until a deal's card is on the screen, with letters as commands."""
    terminal.wait_for(f"▸ {deal[:18]}")


def step(terminal: Terminal, line: str, says: str) -> None:
    terminal.press("s")
    terminal.wait_for("TYPE")
    terminal.type(line)
    terminal.wait_for(line)
    terminal.wait_for(says)


def retype(terminal: Terminal, old: str, new: str, says: str) -> None:
    terminal.press(*["backspace"] * len(old))
    terminal.wait_gone(old[: len(old) // 2])
    terminal.type(new)
    terminal.wait_for(new)
    terminal.wait_for(says)


def seconds_left(terminal: Terminal) -> int:
    """Read the large figure over “left of” in the rail."""
    found: list[int] = []

    def reads() -> bool:
        lines = terminal.screen()
        under = next((at for at, line in enumerate(lines) if "left of" in line), None)
        if under is None:
            return False
        column = lines[under].index("left of")
        shown = [line[column:].rstrip() for line in lines[under - 5 : under - 1]]
        found[:] = [
            seconds
            for seconds in range(3600)
            if [row.rstrip() for row in figure(f"{seconds // 60}:{seconds % 60:02}")] == shown
        ]
        return bool(found)

    terminal.wait_until(reads, "a time in the rail")
    return found[0]


# The short ones


def test_with_no_data_it_says_the_two_things_to_do(workspace: Path) -> None:
    with opened(workspace, size=(80, 24)) as terminal:
        terminal.wait_for("closeout import FILE")
        terminal.wait_for("closeout demo")
        terminal.wait_for("i reads in an export")
        assert not terminal.shows("Enter start")
        leave(terminal)


def test_the_demonstration_opens_the_lobby_and_ends_with_what_to_do_next(workspace: Path) -> None:
    with opened(workspace, "demo") as terminal:
        terminal.wait_for(READY)
        leave(terminal)
        assert terminal.shows("Now with yours: closeout import FILE")
    assert not workspace.exists()


BROKEN = """
from screens.lobby import Lobby
from tui.cli.main import main

def broken(lobby):
    customer = "Northwind"
    raise LookupError("no such thing")

Lobby.read = broken
main()
"""


def test_a_failure_that_should_not_be_ends_in_one_sentence_without_anything_of_a_customer(set_up: Path) -> None:
    with Terminal(
        [sys.executable, "-c", BROKEN], size=WIDE, workspace=set_up, cwd=Path(__file__).parents[2]
    ) as terminal:
        assert terminal.wait_end() == 1
        said = " ".join(terminal.text().split())
        assert re.search(r"something failed that should not \(LookupError at \S+:7\). What was saved is safe.", said)
        assert "no such thing" not in said
        assert "Northwind" not in said
        assert "Traceback" not in said


def test_leaving_a_running_review_is_asked_once(set_up: Path) -> None:
    with opened(set_up, "--as-of", FIRST, size=(80, 24)) as terminal:
        begin(terminal)
        terminal.press("ctrl+q")
        terminal.wait_for("closeout brings you back to this second")
        terminal.press("n")
        terminal.wait_gone("closeout brings you back")
        assert terminal.shows("▸ FORECAST")
        terminal.press("ctrl+q")
        terminal.wait_for("closeout brings you back to this second")
        terminal.press("y")
        assert terminal.wait_end() == 0


def test_a_terminal_that_vanishes_loses_nothing(set_up: Path) -> None:
    with opened(set_up, "--as-of", FIRST) as terminal:
        begin(terminal)
        terminal.press("s")
        terminal.type("42")
        terminal.wait_for("✓ $42,000")
        draft = set_up / "reviews" / f"{FIRST}.draft.json"
        terminal.wait_until(lambda: '"42"' in draft.read_text(encoding="utf-8"), "the draft on disk")
        terminal.kill(signal.SIGHUP)
        terminal.wait_end()
    with opened(set_up) as terminal:
        terminal.wait_for("▸ FORECAST")
        terminal.wait_for("✓ $42,000")
        terminal.wait_for("Wed 20 May 2026")


def test_a_window_made_tiny_and_large_again_shows_what_it_showed(set_up: Path) -> None:
    with opened(set_up, "--as-of", FIRST) as terminal:
        begin(terminal)
        before = without_clock(terminal)
        terminal.resize(20, 5)
        terminal.wait_until(lambda: "KEYS" in terminal.screen()[-1], "the footer in its fifth row")
        terminal.resize(*WIDE)
        terminal.wait_until(lambda: without_clock(terminal) == before, "the same screen as before")


def test_keys_typed_faster_than_the_screen_changes_break_nothing(set_up: Path) -> None:
    with opened(set_up, "--as-of", FIRST, size=(80, 24)) as terminal:
        begin(terminal)
        terminal.type(">")
        terminal.wait_for("▸ INSPECTION")
        terminal.type("oo")
        terminal.wait_for("Hooli Dynamics, offline")
        terminal.type("\r\x1b\x1b\r\x1b\x1b")
        terminal.press("esc", "esc", "esc")
        terminal.wait_gone("Hooli Dynamics, offline")
        terminal.type(">>")
        terminal.wait_for("▸ ACTIONS")


def test_a_second_program_is_told_that_a_review_runs(set_up: Path, sample: Path) -> None:
    with opened(set_up, "--as-of", FIRST) as terminal:
        begin(terminal)
        with opened(set_up, size=(80, 24)) as other:
            assert other.wait_end() == 3
            assert other.shows("This workspace is in use for a review by another Closeout")
        beside = closeout(set_up, "import", sample, "--as-of", FIRST)
        assert (beside.returncode, beside.stdout, len(beside.stderr.splitlines())) == (3, "", 1)
        assert terminal.shows("▸ FORECAST")


def without_clock(terminal: Terminal) -> list[str]:
    """Give the plane without header and rail, where time passes."""
    return [line[:84].rstrip() for line in terminal.screen()[4:]]
