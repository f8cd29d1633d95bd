import errno
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.demo.hour import Ticking
from store.workspace import Workspace
from tests.faults.breaking import failing, harmed, refuse
from tests.faults.driving import REVIEW, facts_in, lives
from tests.faults.places import templates
from tests.faults.room import app_on, said, shows


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Workspace]:
    return templates(tmp_path_factory.mktemp("made"))


@pytest.fixture
def running(made, tmp_path: Path) -> Workspace:
    workspace = Workspace(Path(shutil.copytree(made[True].root, tmp_path / "reviews")))
    lives(workspace)
    return workspace


@pytest.fixture
def still(made, tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(made[False].root, tmp_path / "reviews")))


async def promise(pilot, text: str) -> None:
    await pilot.press("f5")
    await pilot.pause()
    await pilot.press(*f"{text} fri mb", "enter")
    for _ in range(20):
        # The answer goes from the dialog to the screen, to the disk and back.
        await pilot.pause()
        if re.search("promised Marcus: |Not saved", said(pilot.app)):
            return


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "Not saved: the disk is full"),
        (errno.EACCES, "Not saved: there is no permission to write there"),
    ],
)
async def test_a_disk_that_refuses_is_said_and_one_key_saves_when_it_gives_in(running, code, sentence) -> None:
    async with app_on(running) as (app, pilot, _):
        with failing(code):
            await promise(pilot, "Later")
            assert sentence in said(app)
            assert "promised Marcus: Later" not in said(app)
            assert facts_in(running) == ["First"]
            await pilot.press("r")
            await pilot.pause()
            assert sentence in said(app)
        await pilot.press("r")
        assert await shows(pilot, "It is on disk now.")
        assert facts_in(running) == ["First", "Later"]
        await pilot.press("r")
        await pilot.pause()
        assert facts_in(running) == ["First", "Later"]


async def test_each_call_that_fails_once_is_said_and_the_refused_fact_is_nowhere_after_the_next(running) -> None:
    async with app_on(running) as (app, pilot, office):
        expected = ["First"]
        app.drafting.end()  # else its thread could take the call that is to fail
        for at in range(0, 14, 4):
            with harmed(refuse, at) as calls:
                app.drafting.flush()
                await promise(pilot, f"No{at}")
            assert calls.hit
            if "Not saved: the disk is full" in said(app):
                assert facts_in(running) == expected
            else:
                expected.append(f"No{at}")
            await promise(pilot, f"Yes{at}")
            expected.append(f"Yes{at}")
            assert f"promised Marcus: Yes{at}" in said(app)
            assert facts_in(running) == expected
            assert app.session.minutes.batches == office._reviews.minutes_log(REVIEW).read().batches
        assert len(expected) < 9, "none was refused"


async def test_the_folder_taken_away_is_said_and_going_on_works_when_it_is_back(running) -> None:
    away = running.root.with_name("away")
    async with app_on(running) as (app, pilot, _):
        running.root.rename(away)
        await promise(pilot, "Later")
        assert "Not saved: the folder is gone" in said(app)
        away.rename(running.root)
        await pilot.press("r")
        assert await shows(pilot, "It is on disk now.")
        assert facts_in(running) == ["First", "Later"]


async def test_a_section_that_could_not_be_entered_shows_as_soon_as_that_is_saved(running) -> None:
    async with app_on(running) as (app, pilot, _):
        before = app.screen.SECTION
        with failing():
            await pilot.press("greater_than_sign")
            await pilot.pause()
            assert "Not saved: the disk is full" in said(app)
            assert before == app.screen.SECTION
        await pilot.press("r")
        await pilot.pause()
        assert app.session.meeting.section != before
        assert app.session.meeting.section == app.screen.SECTION


async def test_an_hour_asleep_on_a_full_disk_is_said_and_asked_about_later(running) -> None:
    clock = Ticking(datetime.now(UTC))
    async with app_on(running, clock) as (app, pilot, _):
        clock.at += timedelta(hours=1)
        with failing():
            app.beat()
            await pilot.pause()
            assert "Not saved: the disk is full" in said(app)
        await pilot.press("r")
        assert await shows(pilot, "It is on disk now.")


async def test_an_answer_about_time_away_that_cannot_be_saved_is_said(running) -> None:
    clock = Ticking(datetime.now(UTC))
    async with app_on(running, clock) as (app, pilot, _):
        clock.at += timedelta(hours=1)
        app.beat()
        await pilot.pause()
        assert "give the time back" in said(app)
        with failing():
            await pilot.press("n")
            await pilot.pause()
            assert "Not saved: the disk is full" in said(app)
        await pilot.press("r")
        assert await shows(pilot, "It is on disk now.")


async def test_a_start_that_cannot_be_saved_is_said_and_enter_tries_again(still) -> None:
    async with app_on(still) as (app, pilot, _):
        with failing():
            await pilot.press("enter")
            await pilot.pause()
            assert "the disk is full" in said(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.session is not None
        assert facts_in(still) == []


async def test_settings_broken_while_the_review_runs_are_said_in_the_lobby_and_read_when_mended(running) -> None:
    async with app_on(running) as (app, pilot, _):
        sound = running.settings.read_bytes()
        running.settings.write_text("[team\nquota = ")
        await promise(pilot, "Later")
        assert "promised Marcus: Later" in said(app)
        await app.go_to("lobby")
        await pilot.pause()
        assert "closeout.toml, line 1" in said(app)
        running.settings.write_bytes(sound)
        app.screen._look()
        await pilot.pause()
        assert "Enter starts the review" in said(app)
        assert "closeout.toml" not in said(app)
