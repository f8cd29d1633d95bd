from datetime import UTC, date, datetime

import pytest

from screens.lobby import Lobby
from store.demo.build import build
from store.office import DiskOffice
from store.workspace import Workspace
from tests.screens.office import Clock
from tui.app import Closeout

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


async def test_a_page_without_a_lock_is_not_offered(tmp_path):
    office = DiskOffice(Workspace(tmp_path / "new"), Clock(datetime(2026, 11, 23, 9, 52, tzinfo=UTC)), TODAY)
    app = Closeout(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("y")
        await pilot.pause()
        assert isinstance(app.screen, Lobby)
