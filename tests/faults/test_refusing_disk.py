import errno
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from review.card import card_of
from review.intents import CloseOut, Lock
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
        if re.search("promised Marcus: |not saved", said(pilot.app)):
            return


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "not saved the disk is full: free some space"),
        (errno.EACCES, "not saved no permission to write there: give it"),
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
        assert await shows(pilot, "promised Marcus: Later")
        assert facts_in(running) == ["First", "Later"]
        await pilot.press("r")
        await pilot.pause()
        assert facts_in(running) == ["First", "Later"]


async def test_leaving_with_a_decision_that_is_not_on_disk_says_what_would_be_lost(running) -> None:
    async with app_on(running) as (app, pilot, _):
        with failing(errno.ENOSPC):
            await promise(pilot, "Later")
            await pilot.press("ctrl+q")
            assert await shows(pilot, "is not on disk, and leaving loses it:")
            await pilot.press("n")
        await pilot.press("r")
        assert await shows(pilot, "promised Marcus: Later")
        await pilot.press("ctrl+q")
        assert await shows(pilot, "closeout brings you back to this second")
        assert "not on disk" not in said(app)


async def test_each_call_that_fails_once_is_said_and_the_refused_fact_is_nowhere_after_the_next(running) -> None:
    async with app_on(running) as (app, pilot, office):
        expected = ["First"]
        app.drafting.end()  # else its thread could take the call that is to fail
        for at in range(0, 14, 4):
            with harmed(refuse, at) as calls:
                app.drafting.flush()
                await promise(pilot, f"No{at}")
            assert calls.hit
            if "not saved the disk is full: free some space" in said(app):
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
        assert "not saved the folder is gone: put it back" in said(app)
        away.rename(running.root)
        await pilot.press("r")
        assert await shows(pilot, "promised Marcus: Later")
        assert facts_in(running) == ["First", "Later"]


async def test_a_section_that_could_not_be_entered_shows_as_soon_as_that_is_saved(running) -> None:
    async with app_on(running) as (app, pilot, _):
        before = app.screen.SECTION
        with failing():
            await pilot.press("greater_than_sign")
            await pilot.pause()
            assert "not saved the disk is full: free some space" in said(app)
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
            assert "not saved the disk is full: free some space" in said(app)
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
            assert "not saved the disk is full: free some space" in said(app)
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


async def enter_inspection(app: Any, pilot: Pilot[None]) -> Any:
    """Go to the first deal of the queue and answer its question for help, so that two facts are to be saved."""
    await pilot.press("greater_than_sign")
    await pilot.pause()
    deal = app.screen.deal
    app.screen._ask("help")
    await pilot.pause()
    await pilot.press(*"Ask legal for a day", "escape")
    await pilot.pause()
    return deal


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        (("s", *"Call @Dana on the annex ! fri", "enter"), "closed out"),
        (("f4",), "parked"),
        (("o", "enter", *"thu", "enter"), "offline"),
        (("f3", "l", "enter", *"Ask for the budget first", "enter"), "ended"),
    ],
)
async def test_a_deal_that_could_not_leave_leaves_when_it_is_saved_and_the_next_one_opens(running, keys, left) -> None:
    async with app_on(running) as (app, pilot, _):
        deal = await enter_inspection(app, pilot)
        with failing():
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            assert "not saved the disk is full: free some space" in said(app)
            assert app.screen.deal == deal
            assert deal not in app.session.meeting.left
            # Going elsewhere meanwhile does not take the place of what waits.
            await pilot.press("escape", "down")
            await pilot.pause()
        await pilot.press("r")
        await pilot.pause()
        assert left in str(app.session.meeting.left[deal])
        assert app.screen.deal not in ("", deal)
        assert left in said(app)


async def test_answers_and_the_step_behind_them_are_all_saved_by_one_key(running) -> None:
    async with app_on(running) as (app, pilot, _):
        await pilot.press("greater_than_sign")
        await pilot.pause()
        deal = app.screen.deal
        with failing():
            app.screen._ask("help")
            await pilot.pause()
            await pilot.press(*"Ask legal for a day", "escape", "s", *"Call @Dana on the annex ! fri", "enter")
            await pilot.pause()
            assert "not saved the disk is full: free some space" in said(app)
        await pilot.press("escape", "r")
        await pilot.pause()
        assert "closed out" in said(app)
        assert deal in app.session.meeting.left
        assert card_of(app.session.meeting, deal).answers["help"] == "Ask legal for a day"
        assert "Ask legal for a day" in [each.text for each in app.session.meeting.ledger.commitments.values()]


async def test_everybody_who_left_at_once_is_gone_when_the_disk_takes_it(running) -> None:
    async with app_on(running) as (app, pilot, _):
        here = app.session.meeting.present
        stay = frozenset(here[2:])
        with failing():
            app.screen._take_presence(stay)
            await pilot.pause()
            assert app.session.meeting.present == here
        await pilot.press("r")
        await pilot.pause()
        assert frozenset(app.session.meeting.present) == stay


async def test_what_is_put_right_after_the_lock_is_tried_again_by_one_key(running) -> None:
    async with app_on(running) as (app, pilot, _):
        app.session.do(Lock())
        await app.go_to("recap")
        await pilot.pause()
        deal = next(iter(app.session.meeting.ledger.current))
        with failing():
            app.screen._amend(CloseOut(deal=deal, line="Call @Dana on the annex ! fri"))
            await pilot.pause()
            assert "not saved the disk is full: free some space" in said(app)
            assert "r try again" in said(app)
        await pilot.press("r")
        assert await shows(pilot, "saved")
        assert app.session.meeting.amendments
