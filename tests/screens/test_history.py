import shutil
from datetime import UTC, date, datetime

import pytest

from review.commitments import Verdict
from review.deals import Ending, EndReason
from review.intents import CloseOut, EndDeal, EnterSection, GiveVerdict, Lock, OpenDeal
from screens.history import History
from screens.lobby import Lobby
from screens.past_recap import PastRecap
from screens.recap import RecapScreen
from screens.story import Story
from store.demo.build import build
from store.office import DiskOffice
from store.workspace import Workspace
from tests.screens.office import Clock, a_session
from tui.app import Closeout
from tui.widgets.field import FieldRow
from tui.widgets.footer import KeyFooter

TODAY = date(2026, 11, 23)
SIZES = ((80, 24), (120, 36), (160, 45))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """Four locked reviews on disk; nothing here writes."""
    found = Workspace(tmp_path_factory.mktemp("history") / "demo")
    build(found, TODAY)
    return found


@pytest.fixture
def app(workspace):
    return Closeout(DiskOffice(workspace, Clock(datetime(2026, 11, 23, 9, 52, tzinfo=UTC)), TODAY))


def text(app):
    return "\n".join(line.text.rstrip() for line in app.screen._compositor.render_strips())


async def settled(app, pilot):
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_the_history_lists_every_lock_under_its_quarter(app, size):
    async with app.run_test(size=size) as pilot:
        await pilot.press("y")
        await pilot.pause()
        shown = text(app)
        assert "Q4 2026" in shown
        for day in ("Mon 16 Nov", "Mon 9 Nov", "Mon 2 Nov", "Mon 26 Oct"):
            assert day in shown
        assert "review 4, Mon 16 Nov 2026" in shown
        await pilot.press("down", "down")
        await pilot.pause()
        assert "review 2, Mon 2 Nov 2026" in text(app)


async def test_enter_reads_the_recap_of_a_lock_and_nothing_on_it_can_be_changed(app):
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("y", "down", "enter")
        await settled(app, pilot)
        shown = text(app)
        assert "Mon 9 Nov 2026" in shown
        assert "commit after the room" in shown
        assert "amend" not in shown
        await pilot.press("a")
        await pilot.pause()
        assert text(app) == shown
        await pilot.press("q")
        await pilot.pause()
        assert app.screen.line.review == "2026-11-09"


@pytest.mark.parametrize("size", SIZES)
async def test_the_figures_over_time_are_drawn_with_their_numbers_in_words(app, size):
    async with app.run_test(size=size) as pilot:
        await pilot.press("y", "g")
        await pilot.pause()
        shown = text(app)
        assert "Commit against won, Q4 2026" in shown
        for name in ("with a step", "kept", "agreed steps", "replacement", "coverage", "minutes"):
            assert name in shown
        assert "71 %" in shown
        assert "54:16" in shown
        await pilot.press("g")
        await pilot.pause()
        assert "Mon 16 Nov" in text(app)


async def test_back_leads_from_the_figures_over_time_to_the_locks_first(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("y", "g")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, History)
        assert "Mon 16 Nov" in text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, History)


async def test_a_second_search_begins_with_its_own_words(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("y", "slash", *"redlines", "enter")
        await settled(app, pilot)
        await pilot.press("slash", *"dana")
        await settled(app, pilot)
        assert app.screen.query_one(FieldRow).text == "dana"


async def test_a_page_without_a_lock_is_not_offered(tmp_path):
    office = DiskOffice(Workspace(tmp_path / "new"), Clock(datetime(2026, 11, 23, 9, 52, tzinfo=UTC)), TODAY)
    app = Closeout(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("y")
        await pilot.pause()
        assert isinstance(app.screen, Lobby)


async def test_search_finds_a_step_and_enter_opens_the_deal_or_the_review(app):
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("y", "slash", *"northwind", "enter")
        await settled(app, pilot)
        shown = text(app)
        assert "Platform renewal" in shown
        assert "step: Redlines back, call Dana on the open clauses" in shown
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, Story)
        assert "“Send Dana the three-year offer”, due Thu 29 Oct" in text(app)
        assert "locks it stood in, opened in 4" in text(app)
        await pilot.press("q", "tab", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, PastRecap)


async def test_enter_leads_from_the_words_to_what_was_found_and_shows_as_soon_as_it_does(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("y", "slash", *"northwind")
        for _ in range(100):
            await settled(app, pilot)
            if "8 found" in text(app):
                break
        assert "TYPE   Enter to what was found" in text(app)
        await pilot.click(KeyFooter, offset=(text(app).splitlines()[-1].index("Enter"), 0))
        await pilot.pause()
        assert "KEYS   Enter open" in text(app)


async def test_what_nobody_said_is_not_found(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("y", "slash", *"zzz", "enter")
        await settled(app, pilot)
        assert "nothing was found" in text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_two_locks_are_compared(app, size):
    async with app.run_test(size=size) as pilot:
        await pilot.press("y", "down", "space")
        await settled(app, pilot)
        if size[0] == 80:
            # The mark takes nothing away from the figures of its line.
            (marked,) = (line for line in text(app).splitlines() if "chosen" in line)
            assert marked.split()[-2:] == ["42k", "chosen"]
        await pilot.press("up", "space", "down", "down", "c")
        await settled(app, pilot)
        shown = text(app)
        assert "2 Nov 2026 to 16 Nov 2026" in shown
        assert "→" in shown


async def test_people_are_shown_only_after_the_manager_said_so(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("y", "t")
        await settled(app, pilot)
        assert "win rate" in text(app)
        assert "Marcus" not in text(app)
        await pilot.press("q", "P")
        await pilot.pause()
        assert "Marcus Bell" not in text(app)
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, History)
        await pilot.press("P", "enter")
        await settled(app, pilot)
        assert "PRIVATE" in text(app)
        assert "Marcus Bell" in text(app)


async def test_enter_on_the_teams_figures_shows_the_deals_that_they_rest_on(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("y", "t")
        await settled(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        for said in ("what it rests on", "at the lock of", "Wyeth Paper: 60k", "created 20 Aug 2026"):
            assert said in text(app), said


async def test_a_damaged_review_is_said_and_the_history_goes_on(tmp_path):
    workspace = Workspace(tmp_path / "demo")
    build(workspace, TODAY)
    for name in ("2026-11-09.json", "2026-11-09.json.previous"):
        (workspace.reviews / name).write_bytes(b"not what was written")
    app = Closeout(DiskOffice(workspace, Clock(datetime(2026, 11, 23, 9, 52, tzinfo=UTC)), TODAY))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("y", "down", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, History)
        assert "cannot be read" in text(app)


async def test_from_a_recap_the_history_opens_an_earlier_one_and_leads_back(workspace, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(workspace.root, copy)
    office = DiskOffice(Workspace(copy), Clock(datetime(2026, 11, 23, 9, 52, tzinfo=UTC)), TODAY)
    app = Closeout(office)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("enter")
        await settled(app, pilot)
        session = app.session
        assert session is not None
        session.do(EnterSection(section="actions"))
        assert session.do(Lock()) is None
        await app.go_to("recap")
        await settled(app, pilot)
        assert isinstance(app.screen, RecapScreen)
        await pilot.press("y", "down", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, PastRecap)
        assert "Mon 16 Nov 2026" in text(app)
        await pilot.press("q")
        await settled(app, pilot)
        assert isinstance(app.screen, History)
        await pilot.press("q")
        await settled(app, pilot)
        assert isinstance(app.screen, RecapScreen)


async def test_a_deals_story_tells_what_became_of_a_promise_after_the_deal_had_ended(tmp_path):
    found = Workspace(tmp_path / "demo")
    build(found, TODAY)
    at, later = datetime(2026, 11, 23, 9, 52, tzinfo=UTC), datetime(2026, 11, 30, 9, 52, tzinfo=UTC)
    office = DiskOffice(found, Clock(at), TODAY)
    session = a_session(office)
    deal = session.meeting.queue[0].deal
    session.do(EnterSection(section="inspection"))
    session.do(OpenDeal(deal=deal))
    assert session.do(CloseOut(deal=deal, line="Send the last redlines to @Dana tue")) is None
    step = session.meeting.record(deal).step
    assert session.do(EndDeal(deal=deal, kind=Ending.LOST, reason=EndReason.PRICE)) is None
    session.do(EnterSection(section="actions"))
    assert session.do(Lock()) is None
    office.finish()
    office = DiskOffice(found, Clock(later), later.date())
    session = a_session(office)
    assert session.do(GiveVerdict(commitment=step, verdict=Verdict.NOT_NEEDED)) is None
    session.do(EnterSection(section="actions"))
    assert session.do(Lock()) is None
    office.finish()
    office = DiskOffice(found, Clock(later), later.date())
    app = Closeout(office)
    async with app.run_test(size=(120, 90)) as pilot:
        app.push_screen(Story(deal, office, office.standing()))
        await settled(app, pilot)
        told = " ".join(text(app).split())
        assert "Mon 30 Nov 2026 after its end" in told
        assert "not needed “Send the last redlines to Dana”" in told


async def test_pages_beside_the_hour_spend_one_row_on_their_header_and_say_what_enter_opens(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("y", "c")
        await settled(app, pilot)
        assert app.screen.query_one("#plane").region.y == 3
        assert "Enter opens the deal’s story" in text(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "Enter opens the recap of that review" in text(app)


async def test_an_empty_search_shows_what_one_can_look_for(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("y", "slash")
        await settled(app, pilot)
        shown = text(app)
        assert "Ostrava Rail" in shown
        assert "whatever that rep promised" in shown
        app.screen.query_one(FieldRow).text = "Northwind"
        await pilot.press("enter")
        await settled(app, pilot)
        assert "For example" not in text(app)
        assert "Platform renewal" in text(app)
