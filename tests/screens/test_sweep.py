"""The sweep as the room sees it: one key in the last minutes, one line a deal."""

from datetime import timedelta

import pytest

from review.intents import EnterSection
from review.standing import Part, parts
from screens.actions import Actions
from screens.creation import Creation
from screens.dialogs.sweep import AskSweep
from screens.drafting import Drafting
from screens.inspection import Inspection
from screens.locking import Locking
from screens.strip import Strip
from tests.builders import MONDAY, a_deal, a_ledger, a_session
from tests.screens.office import Drafts
from tests.screens.test_forecast import seen
from tui.look import Look
from tui.widgets.field import FieldRow

SCREENS = {"inspection": Inspection, "creation": Creation, "actions": Actions, "lock": Locking}
DEALS = (
    a_deal("d1", name="Northwind", category="commit", amount=200_000),
    a_deal("d2", name="Umbrella", amount=100_000),
    a_deal("d3", name="Stark", owner="Wei Lin"),
    a_deal("d4", name="Halm", next_step="Redlines with @Dana", next_step_date=MONDAY + timedelta(days=2)),
)


class Room(Look[None]):
    """An app that shows one section alone."""

    def __init__(self, scope="actions", *, drafts=None, session=None, deals=DEALS, **more):
        super().__init__()
        self.scope = scope
        self.session = session or a_session(a_ledger(*deals), **more)
        self.session.must(EnterSection(section="actions" if scope == "lock" else scope))
        self.drafting = Drafting(drafts or Drafts())

    def on_mount(self):
        self.push_screen(SCREENS[self.scope](self.session, self.drafting))

    @property
    def meeting(self):
        return self.session.meeting


async def test_s_asks_deal_by_deal_and_enter_takes_a_line_and_goes_on() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("S")
        text = await seen(pilot)
        assert "3 deals still without a step, a date or an owner" in text
        assert "Tom Reed" in text
        assert "Northwind   200k · commit" in text
        assert "then Umbrella, Tom" in text
        await pilot.press(*"Walk @Dana through it thu !", "enter")
        text = await seen(pilot)
        assert app.meeting.step("d1").text == "Walk @Dana through it"
        assert "2 deals still without" in text
        assert "Umbrella   100k" in text
        await pilot.press(*"Call @Ann about the order form wed", "enter")
        assert "Wei Lin" in await seen(pilot)
        await pilot.press(*"Call @Bo about the annex wed", "enter")
        text = await seen(pilot)
        assert not isinstance(app.screen, AskSweep)
        assert "Nothing is left to sweep." in text
        assert not parts(app.meeting)[Part.WITHOUT]
        await pilot.press("u")
        await pilot.pause()
        assert app.meeting.step("d3") is None


async def test_initials_that_nobody_has_are_given_a_name_without_leaving_the_sweep() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("S", *"Send @Dana the annex thu ps")
        assert "Enter say who “ps” is" in await seen(pilot)
        await pilot.press("enter")
        text = await seen(pilot)
        assert "Who is it?" in text
        assert "“ps” are nobody’s initials." in text
        await pilot.press("escape")
        assert "Send @Dana the annex thu ps" in await seen(pilot)
        await pilot.press("enter", *"Priya Shah", "enter")
        assert "Enter close it out, next" in await seen(pilot)
        await pilot.press("enter")
        step = app.meeting.step("d1")
        assert (step.text, step.owner) == ("Send @Dana the annex", "priya-shah")
        assert "2 deals still without" in await seen(pilot)


async def test_a_deal_whose_owner_is_nobody_of_the_team_gets_one_in_the_sweep() -> None:
    app = Room(deals=(a_deal("d1", name="Northwind", owner="Zoe Novak"),))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("S", *"Send @Dana the annex thu")
        assert "Enter add an owner" in await seen(pilot)
        await pilot.press("enter")
        assert "Zoe Novak" in await seen(pilot)
        await pilot.press("enter", "enter")
        assert app.meeting.step("d1").owner == "zoe-novak"


async def test_a_line_that_the_gate_refuses_stays_with_its_reason() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("S", *"follow up thu", "enter")
        text = await seen(pilot)
        assert isinstance(app.screen, AskSweep)
        assert "step" in app.screen.query_one("#sweep-step", FieldRow).feedback.marks[0][1]
        assert not app.screen.query_one("#sweep-step", FieldRow).feedback.ok
        assert "close it out" not in text
        assert app.meeting.step("d1") is None


async def test_arrows_go_past_a_deal_and_what_was_typed_waits_there_even_after_leaving() -> None:
    drafts = Drafts()
    app = Room(drafts=drafts)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("S", *"Walk @Dana", "down")
        assert "Umbrella   100k" in await seen(pilot)
        await pilot.press("down", "down")
        assert "Walk @Dana" in await seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, AskSweep)
        await pilot.press("S")
        assert "Walk @Dana" in await seen(pilot)


@pytest.mark.parametrize("scope", ["inspection", "creation", "actions", "lock"])
async def test_it_is_one_key_away_from_inspection_to_the_lock(scope: str) -> None:
    deals = (*DEALS, *(a_deal(f"t{number}", name=f"Deal {number}") for number in range(4)))
    app = Room(scope, deals=deals)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("S")
        await pilot.pause()
        assert isinstance(app.screen, AskSweep)


async def test_no_dead_key_is_shown_where_nothing_is_without() -> None:
    app = Room(deals=DEALS[3:])
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        assert not app.screen.query_one(Strip).notice.key
        await pilot.press("S")
        await pilot.pause()
        assert not isinstance(app.screen, AskSweep)


@pytest.mark.parametrize("scope", ["actions", "lock"])
async def test_the_quiet_line_offers_it_once_the_queue_is_done(scope: str) -> None:
    app = Room(scope)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        notice = app.screen.query_one(Strip).notice
        assert (notice.text, notice.key) == ("3 deals still without a step.", "S")


async def test_it_says_that_it_asks_only_those_who_are_here() -> None:
    app = Room("lock", present=("tom-reed",))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert app.screen.query_one(Strip).notice.text == "2 deals of those here still without a step."


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_the_line_and_what_is_understood_are_in_sight_at_every_size(size: tuple[int, int]) -> None:
    app = Room()
    async with app.run_test(size=size) as pilot:
        await pilot.press("S", *"Walk @Dana through it thu")
        text = await seen(pilot)
        for part in ("Northwind", "Thu 26 Nov", "close it out, next", "Esc"):
            assert part in text
