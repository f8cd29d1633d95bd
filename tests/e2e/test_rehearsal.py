"""A whole hour rehearsed in a real terminal, an hour a minute: late start, overruns, a pause, a drop, a late rep."""

import re
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from review.event import Event
from review.events import Dropped, LengthsSet, Locked, Paused, PresenceSet, Resumed, SectionEntered, Started
from store.clock import RealClock, speed_up
from store.demo.build import build
from store.office import DiskOffice
from store.reviews import Reviews
from store.workspace import Workspace
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.xdist_group("rehearsal")

CLOSEOUT = Path(sys.executable).with_name("closeout")
SPEED = 60
LATE = timedelta(minutes=3)
NOON = 12
PUNCTUAL = re.compile(r"(\d+:\d\d(?::\d\d)?) (early|late)|on time")
ASKED = "Where the minutes come from"
SECTIONS = ("forecast", "inspection", "creation", "actions")


@pytest.fixture
def rehearsal(tmp_path: Path) -> tuple[Workspace, date]:
    """A demonstration whose meeting should have begun three minutes ago; two people are not here yet."""
    workspace = Workspace(tmp_path / "rehearsal")
    now = RealClock().now()
    # The room's clock stands at noon, wherever that is: a rehearsed hour never reaches midnight.
    zone = f"Etc/GMT{now.hour - NOON:+d}"
    there = now.astimezone(ZoneInfo(zone))
    today = there.date()
    build(workspace, today)
    office = DiskOffice(workspace, RealClock(), today)
    settings = office.standing().settings
    start = (there - LATE).time().replace(second=0, microsecond=0)
    office.keep_settings(replace(settings, weekday=today.weekday(), start=start, timezone=zone, late_start="keep end"))
    speed_up(workspace, SPEED, now)
    return workspace, today


def recounted(workspace: Workspace, review: str) -> dict[str, int]:
    """Count the seconds of each section from the facts alone, in plain arithmetic; the clock shows whole seconds."""
    batches = Reviews(workspace).minutes_log(review).read().batches
    spent = dict.fromkeys(SECTIONS, 0)
    section, since, paused = "forecast", batches[0].at.replace(microsecond=0), False
    for batch in batches:
        at = batch.at.replace(microsecond=0)
        for event in batch.events:
            if not isinstance(event, SectionEntered | Paused | Resumed | Locked):
                continue
            if not paused:
                spent[section] += round((at - since).total_seconds())
            since = at
            if isinstance(event, SectionEntered):
                section = event.section
            else:
                paused = isinstance(event, Paused)
    return spent


def readapted(planned: dict[str, int], events: Sequence[Event]) -> dict[str, int]:
    """Give the seconds of each section after all that moved minutes, from the facts alone."""
    lengths = dict(planned)
    for event in events:
        if isinstance(event, LengthsSet):
            lengths |= event.lengths
    return lengths


def shown_times(screen: str) -> dict[str, tuple[int, int | None]]:
    """Read the recap's line of times: the seconds of each section, and those it was adapted to where that is said."""
    lines = screen.splitlines()
    names = next(at for at, line in enumerate(lines) if re.search(r"Forecast +Inspection +Creation +Actions", line))
    times = re.findall(r"(\d+:\d\d)(?: of (\d+:\d\d))?", lines[names + 1])
    assert len(times) == len(SECTIONS), screen
    return {
        section: (_seconds(actual), _seconds(adapted) if adapted else None)
        for section, (actual, adapted) in zip(SECTIONS, times, strict=True)
    }


def test_an_hour_with_everything_that_goes_wrong_ends_as_planned_or_says_why_not(
    rehearsal: tuple[Workspace, date],
) -> None:
    workspace, today = rehearsal
    command: list[str | Path] = [CLOSEOUT, "--workspace", workspace.root, "--as-of", today.isoformat()]
    with Terminal(command, size=(120, 36)) as terminal:
        terminal.wait_for("Enter starts the review")
        terminal.press("h")
        terminal.wait_for("Who is here?")
        terminal.press("2")
        terminal.press("enter")
        terminal.wait_for("Enter starts the review")
        terminal.press("enter")
        terminal.wait_for("▸ FORECAST")
        terminal.wait_for("late, end kept")
        terminal.wait_for("over,", timeout=60)
        terminal.press(">")
        terminal.wait_for("▸ INSPECTION")
        terminal.wait_for("behind → ")
        terminal.press("t")
        terminal.wait_for("first by turn")
        terminal.press("h")
        terminal.wait_for("Who is here?")
        terminal.press("2")
        terminal.press("enter")
        terminal.press("p")
        terminal.wait_for("paused")
        terminal.press("p")
        terminal.wait_for("over,", timeout=60)
        terminal.press(">")
        terminal.wait_for("▸ CREATION")
        terminal.press("t")
        # What the line names is taken at once; where a prompt or the call to the actions stands there, it is asked.
        terminal.wait_until(lambda: terminal.shows("t other plans") or terminal.shows(ASKED), "what became of the time")
        if terminal.shows(ASKED):
            terminal.press("1")
            # A machine that is busy may have run the hour out by now, and then there is no plan left to take.
            terminal.press("esc")
        terminal.wait_for("closing", timeout=60)
        terminal.press(">")
        terminal.wait_for("▸ ACTIONS")
        terminal.wait_for("ending", timeout=60)
        terminal.press(">")
        terminal.wait_for("Enter locks")
        terminal.press("enter")
        terminal.wait_for("copy the line")
        terminal.wait_until(lambda: PUNCTUAL.search("\n".join(terminal.screen())) is not None, "how punctual it was")
        shown = "\n".join(terminal.screen())
        terminal.press("ctrl+q")
        terminal.wait_end()
    reviews = Reviews(workspace)
    review = reviews.last_held()
    assert review is not None
    minutes, _ = reviews.minutes(review)
    events = [event for batch in minutes.batches for event in batch.events]
    started = events[0]
    assert isinstance(started, Started)
    assert started.planned_start is not None, "it began late, and the end is kept"
    assert {type(event) for event in events} >= {Paused, Resumed, LengthsSet, PresenceSet}
    assert any(isinstance(event, Dropped) for event in events)
    row = minutes.meeting.ledger.locks[-1]
    assert row.actual == recounted(workspace, review)
    assert sum(row.planned.values()) == 3600
    assert row.adapted == readapted(row.planned, events)
    for section, (actual, adapted) in shown_times(shown).items():
        assert actual == row.actual[section], shown
        assert adapted in (None, row.adapted[section]), shown
    locked_at = minutes.batches[-1].at
    off = (locked_at - (started.planned_start + timedelta(hours=1))).total_seconds()
    said = PUNCTUAL.search(shown)
    assert said is not None, shown
    if said[1]:
        assert abs(abs(off) - _seconds(said[1])) <= 1
        assert (said[2] == "late") is (off > 0)


def _seconds(figure: str) -> int:
    found = 0
    for part in figure.split(":"):
        found = found * 60 + int(part)
    return found
