"""The program on a workspace on disk: coming back, setting aside, reading in while the hour runs."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace
from textual import events

from review.aside import asks_first, offered
from review.deals import Category
from review.intents import AddPerson, Change, CloseOut, Promise, StateCall, Undo
from review.ports import Incoming
from screens.lobby import Lobby
from screens.locking import Locking
from store.office import DiskOffice
from store.workspace import Workspace
from tests.screens.office import LAST, SETTINGS, Clock, a_session, deals, export
from tui.app import Closeout
from tui.cli.opening import say_clashes
from tui.registry import STANDARD

BEGAN = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
WIDE = (120, 36)


def text(app):
    return "\n".join(line.text.rstrip() for line in app.screen._compositor.render_strips())


async def settle(pilot):
    await pilot.pause()
    await pilot.pause()


@pytest.fixture
def workspace(tmp_path):
    """A workspace with a review that runs: a deal closed out, one moved to best case, a call stated."""
    office = DiskOffice(Workspace(tmp_path), Clock(BEGAN), LAST)
    office.keep_settings(SETTINGS)
    office.take_import(Incoming(export=export(0), said=()))
    session = a_session(office)
    session.do(StateCall(person="tom", commit="420.5", confirmed=True))
    session.do(CloseOut(deal="d22", line="Call @Dana on the two open clauses ! 3 dec wl"))
    session.do(Change(deal="d1", field="category", text="best case"))
    session.do(CloseOut(deal="d3", line="Send the annex to @Ann thu"))
    office.finish()
    return office.workspace


def back(workspace, **later):
    """The program started again, some time later."""
    now = BEGAN + timedelta(**later)
    return Closeout(DiskOffice(workspace, Clock(now), now.date()))


async def test_a_review_left_for_hours_asks_first_and_goes_on_where_it_was(workspace):
    app = back(workspace, hours=7)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "The review of Mon 16 Nov is still running" in text(app)
        assert "Its last fact is 7 h old." in text(app)
        await pilot.press("1")
        await settle(pilot)
        assert "420 min away" in text(app)


async def test_a_review_left_for_less_asks_only_about_the_time(workspace):
    app = back(workspace, hours=6)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "still running" not in text(app)
        assert "360 min away" in text(app)


async def test_locking_it_as_it_stands_leads_to_the_lock_on_its_own_date(workspace):
    app = back(workspace, days=1)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert isinstance(app.screen, Locking)
        assert "Mon 16 Nov 2026" in text(app)


async def test_no_answer_leaves_the_review_as_it_is(workspace):
    app = back(workspace, days=1)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        before = workspace.minutes("2026-11-16").read_bytes()
        await pilot.press("escape")
        await settle(pilot)
        assert app.return_code is not None
    assert workspace.minutes("2026-11-16").read_bytes() == before


async def test_what_is_set_aside_waits_as_drafts_of_the_next_review(workspace):
    app = back(workspace, days=14, hours=-1)
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        await pilot.press("3")
        await settle(pilot)
        assert isinstance(app.screen, Lobby)
        assert "Mon 16 Nov: 2 steps, 1 call stand as drafts; decide again:" in text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert app.session.meeting.day.isoformat() == "2026-11-30"
        assert app.session.meeting.calls == {}
        assert app.drafting.text("forecast:tom:number") == "420.5k"
        assert app.drafting.text("d22:step") == "Call @Dana on the two open clauses 3 dec 2026 wl !"
        assert app.drafting.text("d3:step") == "Send the annex to @Ann"
        assert app.drafting.text("d1:again").startswith("Mon 16 Nov: ")
    assert app.office.opening().offered is None, "the review that runs is the last one"


def test_undone_decisions_are_not_offered(workspace):
    office = DiskOffice(workspace, Clock(BEGAN), LAST)
    session = office.running()
    assert session is not None
    session.do(Undo())
    found = offered(session.minutes, LAST)
    assert list(found.steps) == ["d22"]
    assert not asks_first(session.minutes, BEGAN + timedelta(hours=6))
    assert asks_first(session.minutes, BEGAN + timedelta(hours=6, seconds=1))


async def test_an_export_is_read_in_while_the_hour_runs_and_decisions_stand(workspace, tmp_path):
    app = back(workspace, minutes=5)
    newer = replace(export(0), id="e9", source="later.csv", deals=tuple(d for d in deals(0) if d.id != "d5"))
    app.office.read_file = lambda *_: Incoming(export=newer, said=("31 deals.",))
    file = tmp_path / "later.csv"
    file.write_text("there")
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("I")
        await settle(pilot)
        await pilot.press(*str(file))
        await pilot.press("enter")
        await settle(pilot)
        assert "This was read" in text(app)
        await pilot.press("enter")
        await settle(pilot)
        meeting = app.session.meeting
        assert meeting.ledger.export == "e9"
        assert meeting.ledger.deals["d5"].missing_since is not None
        assert meeting.effective("d1").category is Category.BEST_CASE
        assert "decisions stand" in text(app)


async def test_whoever_was_added_on_the_spot_answers_for_a_promise_behind_the_reps(workspace):
    office = DiskOffice(workspace, Clock(BEGAN), LAST)
    session = office.running()
    assert session is not None
    session.do(AddPerson(name="Zoe Novak"))
    session.do(Promise(line="Send the security answers to @Ann thu", owner="zoe-novak"))
    assert [person.id for person in session.meeting.turn_order][-1] != "zoe-novak"
    later = replace(session.meeting, day=datetime(2026, 11, 23, tzinfo=UTC).date())
    assert [person.id for person in later.turn_order][-1] == "zoe-novak"
    assert session.meeting.calls["tom"].commit == Decimal(420_500)


async def test_own_keys_that_clash_are_said_on_the_first_screen_with_their_line(workspace):
    file = workspace.settings
    file.write_text(file.read_text(encoding="utf-8") + '\npark = "f2"\n', encoding="utf-8")
    line = file.read_text(encoding="utf-8").split("\n").index('park = "f2"') + 1
    said = say_clashes(workspace, STANDARD.remapped({"park": "f2"})[1])
    app = Closeout(DiskOffice(workspace, Clock(BEGAN + timedelta(minutes=3)), LAST), clashes=said)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert f"closeout.toml, line {line}: “park” keeps its keys" in text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "Your own keys" not in text(app)


async def test_one_enter_too_many_in_setting_up_does_not_start_the_hour(tmp_path):
    office = DiskOffice(Workspace(tmp_path), Clock(BEGAN), LAST)
    office.take_import(Incoming(export=export(0), said=()))
    app = Closeout(office)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press(*"Dana", "space", *"Ross", "enter")
        await settle(pilot)
        for key in ("f2", "enter", "enter"):
            app.post_message(events.Key(key, None))
        await settle(pilot)
        await settle(pilot)
        assert isinstance(app.screen, Lobby)
        await pilot.press("enter")
        await settle(pilot)
        assert office.running() is not None
