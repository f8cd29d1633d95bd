"""What a clock can do to a meeting: stop, jump, change its zone, pass midnight, and days that come seldom."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from textual.pilot import Pilot

from review.clock import Reading, read_clock
from review.dates import say_date
from review.intents import EnterSection, Lock, OpenDeal, Pause, Promise, Resume
from review.start import expected, plan
from store.office import DiskOffice
from store.reviews import Reviews
from store.settings_file import read_seen, write_settings
from store.workspace import Workspace
from tests.faults.places import templates
from tests.faults.room import app_on, said
from tui.cli.main import closeout

MONDAY = date(2026, 11, 23)
TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)


class Machine:
    """A machine's two clocks: the one on the wall, which can be set, and the steady one."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.ticks = 1000.0

    def now(self) -> datetime:
        return self.at

    def steady(self) -> float:
        return self.ticks

    def runs(self, **span: float) -> None:
        """Let time pass, as it does."""
        passed = timedelta(**span)
        self.at += passed
        self.ticks += passed.total_seconds()

    def sleeps(self, **span: float) -> None:
        """Close the lid: the steady clock stands meanwhile."""
        self.at += timedelta(**span)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return templates(tmp_path_factory.mktemp("made"))[False]


@pytest.fixture
def workspace(made: Workspace, tmp_path: Path) -> Workspace:
    return in_zone(Workspace(Path(shutil.copytree(made.root, tmp_path / "reviews"))), "UTC")


def in_zone(workspace: Workspace, zone: str, **changes: Any) -> Workspace:
    settings, seen = read_seen(workspace.settings)
    write_settings(workspace.settings, replace(settings, timezone=zone, **changes), seen)
    return workspace


async def begun(app: Any, pilot: Pilot[None], machine: Machine) -> None:
    """Start the review, be eight minutes in, and open the first deal with half a step typed."""
    await pilot.press("enter")
    await pilot.pause()
    passes(app, machine, minutes=8)
    app.session.do(EnterSection(section="inspection"))
    app.session.do(OpenDeal(deal=app.session.meeting.queue[0].deal))
    await app.go_to("inspection")
    await pilot.pause()
    await pilot.press("s", *"Redlines")
    await beat(app, pilot)


def passes(app: Any, machine: Machine, **span: float) -> None:
    """Let time pass with its signs of life."""
    until = machine.at + timedelta(**span)
    while machine.at < until:
        machine.runs(seconds=min(50, (until - machine.at).total_seconds()))
        app.beat()


async def beat(app: Any, pilot: Pilot[None]) -> None:
    """Give the next sign of life, and let the screen follow."""
    app.beat()
    await pilot.pause()
    if hasattr(app.screen, "refresh_state"):
        app.screen.refresh_state()
    await pilot.pause()


def read(app: Any, machine: Machine) -> Reading:
    return read_clock(app.session.meeting.clock, machine.now())


def where(app: Any) -> tuple[object, ...]:
    meeting = app.session.meeting
    return meeting.section, meeting.deal, meeting.queue, app.drafting.draft.texts


@pytest.mark.parametrize(("answer", "away"), [("n", 3600), ("y", 0)])
async def test_after_an_hour_asleep_the_meeting_is_where_it_was_and_the_manager_says_whether_it_counts(
    workspace: Workspace, answer: str, away: int
) -> None:
    machine = Machine(TEN)
    async with app_on(workspace, machine, MONDAY) as (app, pilot, _):
        await begun(app, pilot, machine)
        before, place = read(app, machine), where(app)
        machine.sleeps(hours=1)
        await beat(app, pilot)
        assert "60 min away – count them?" in said(app)
        # While somebody types a letter is text: the question waits in the quiet line, with its key.
        await pilot.press("escape", "t")
        await pilot.pause()
        await pilot.press(answer)
        await pilot.pause()
        assert where(app) == place
        after = read(app, machine)
        assert (after.away, after.elapsed) == (away, before.elapsed + 3600 - away)
        assert after.planned_end == before.planned_end
        machine.runs(seconds=20)
        await beat(app, pilot)
        assert "away – count" not in said(app)
    machine.runs(seconds=20)
    async with app_on(workspace, machine, MONDAY) as (app, pilot, _):
        assert "away – count" not in said(app)
        assert where(app) == place
        assert read(app, machine).elapsed == after.elapsed + 40


async def test_a_key_right_after_waking_up_does_not_swallow_the_time_away(workspace: Workspace) -> None:
    machine = Machine(TEN)
    async with app_on(workspace, machine, MONDAY) as (app, pilot, _):
        await begun(app, pilot, machine)
        before = read(app, machine)
        machine.sleeps(hours=1)
        machine.runs(seconds=3)
        app.screen.do(Pause())
        app.screen.do(Resume())
        await beat(app, pilot)
        await pilot.press("escape", "t")
        await pilot.pause()
        assert "60 min away – count them?" in said(app)
        await pilot.press("n")
        await pilot.pause()
        after = read(app, machine)
        assert (after.away, after.elapsed) == (3600, before.elapsed + 3)
        assert after.planned_end == before.planned_end


async def test_a_clock_set_back_and_forward_again_leaves_the_meeting_on_time(workspace: Workspace) -> None:
    machine = Machine(TEN)
    async with app_on(workspace, machine, MONDAY) as (app, pilot, _):
        await begun(app, pilot, machine)
        before = read(app, machine)
        machine.at -= timedelta(hours=1)
        # A fact before the next sign of life: no hour comes of that.
        app.screen.do(Pause())
        app.screen.do(Resume())
        await beat(app, pilot)
        assert read(app, machine).elapsed == before.elapsed
        passes(app, machine, minutes=2)
        machine.at += timedelta(hours=1)
        await beat(app, pilot)
        await pilot.press("escape", "t")
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        after = read(app, machine)
        assert (after.elapsed, after.away, after.behind) == (before.elapsed + 120, 0, before.behind)
        assert after.planned_end == before.planned_end


async def test_a_clock_set_back_an_hour_takes_nothing_from_the_meeting_and_asks_nothing(workspace: Workspace) -> None:
    machine = Machine(TEN)
    async with app_on(workspace, machine, MONDAY) as (app, pilot, _):
        await begun(app, pilot, machine)
        before, place = read(app, machine), where(app)
        machine.at -= timedelta(hours=1)
        await beat(app, pilot)
        assert "min away" not in said(app)
        assert where(app) == place
        assert read(app, machine).elapsed == before.elapsed
        passes(app, machine, minutes=5)
        await beat(app, pilot)
        assert read(app, machine).elapsed == before.elapsed + 300
        await pilot.press("escape", "f5")
        await pilot.press(*"Send Dana the annex tue mb", "enter")
        await pilot.pause()
        promised = [
            each for each in app.session.meeting.ledger.commitments.values() if each.text.startswith("Send Dana")
        ]
        assert [each.due for each in promised] == [date(2026, 11, 24)]
    machine.runs(seconds=30)
    async with app_on(workspace, machine, MONDAY) as (app, pilot, _):
        assert "min away" not in said(app)
        assert app.session.meeting.day == MONDAY
        assert read(app, machine).elapsed == before.elapsed + 330


@pytest.mark.parametrize(
    ("zone", "start", "shown", "end"),
    [
        ("Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "02:30", "02:30"),
        ("Europe/Berlin", datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "01:30", "03:30"),
        ("America/New_York", datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "01:30", "01:30"),
    ],
)
async def test_an_hour_in_which_summer_time_begins_or_ends_has_sixty_minutes(
    workspace: Workspace, zone: str, start: datetime, shown: str, end: str
) -> None:
    day = start.date()
    first = int(shown[:2]), int(shown[3:])
    in_zone(workspace, zone, weekday=day.weekday(), start=datetime(day.year, day.month, day.day, *first).time())  # noqa: DTZ001
    machine = Machine(start - timedelta(seconds=10))
    async with app_on(workspace, machine, day) as (app, pilot, _):
        assert f"{shown}" in said(app)
        machine.at = start
        await pilot.press("enter")
        await pilot.pause()
        assert f"ends {end}" in said(app)
        passes(app, machine, minutes=48)
        await beat(app, pilot)
        assert "min away" not in said(app)
        assert read(app, machine).meeting == 48 * 60


async def test_past_midnight_the_review_keeps_its_date_also_after_a_restart(workspace: Workspace) -> None:
    machine = Machine(datetime(2026, 11, 23, 23, 40, tzinfo=UTC))
    async with app_on(workspace, machine, MONDAY) as (app, pilot, _):
        await begun(app, pilot, machine)
        passes(app, machine, minutes=17)
        await beat(app, pilot)
        assert "Mon 23 Nov 2026" in said(app)
        assert f"{read(app, machine).planned_end:%H:%M}" == "00:40"
        assert "min away" not in said(app)
        await pilot.press("escape", "f5", *"Send Dana the annex tue mb", "enter")
        await pilot.pause()
    machine.runs(seconds=50)
    async with app_on(workspace, machine, MONDAY) as (app, pilot, _):
        promised = [
            each for each in app.session.meeting.ledger.commitments.values() if each.text.startswith("Send Dana")
        ]
        assert [each.due for each in promised] == [date(2026, 11, 24)]
        assert app.session.meeting.day == MONDAY
        assert read(app, machine).meeting == round(
            (machine.at - datetime(2026, 11, 23, 23, 40, tzinfo=UTC)).total_seconds()
        )
        assert "Mon 23 Nov 2026" in said(app)


@pytest.mark.parametrize(
    ("day", "typed", "due", "shown"),
    [
        (date(2028, 2, 28), "tomorrow", date(2028, 2, 29), "Tue 29 Feb"),
        (date(2028, 2, 28), "29 feb", date(2028, 2, 29), "Tue 29 Feb"),
        (date(2028, 2, 29), "+1w", date(2028, 3, 7), "Tue 7 Mar"),
        (date(2027, 2, 22), "28 feb", date(2027, 2, 28), "Sun 28 Feb"),
        (date(2026, 12, 28), "fri", date(2027, 1, 1), "Fri 1 Jan"),
        (date(2026, 12, 28), "next mon", date(2027, 1, 4), "Mon 4 Jan"),
        (date(2026, 12, 31), "next mon", date(2027, 1, 4), "Mon 4 Jan"),
        (date(2027, 1, 3), "next sun", date(2027, 1, 10), "Sun 10 Jan"),
    ],
)
def test_days_that_come_seldom_are_meant_as_they_are_said(
    workspace: Workspace, day: date, typed: str, due: date, shown: str
) -> None:
    in_zone(workspace, "UTC", weekday=day.weekday())
    machine = Machine(datetime(day.year, day.month, day.day, 10, tzinfo=UTC))
    office = DiskOffice(workspace, machine, day)
    standing = office.standing()
    here = expected(standing.settings, day)
    session = office.begin(standing, here, plan(standing.ledger, standing.settings, day, here))
    assert session.do(Promise(line=f"Send Dana the annex {typed} mb")) is None
    assert session.do(EnterSection(section="actions")) is None
    assert session.do(Lock()) is None
    office.finish()
    now = Reviews(workspace).now()
    made = next(each for each in now.ledger.commitments.values() if each.text == "Send Dana the annex")
    assert made.due == due
    assert say_date(due, day).startswith(shown)
    # The review is in the history under its own day, and the next one is a week on.
    assert now.ledger.locks[-1].day == day
    listed = CliRunner().invoke(closeout, ["--workspace", str(workspace.root), "--as-of", f"{day}", "actions"]).output
    assert f"{shown}{'' if due.year == day.year else f' {due.year}'}" in " ".join(listed.split())
