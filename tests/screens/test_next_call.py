"""The next period's call as the room sees it: asked after this period's, taken again after the room."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from review.deals import Ending, EndReason
from review.intents import EndDeal, EnterSection, StateCall
from review.ports import Standing
from review.records import Call
from screens.call_lines import lines_of
from screens.call_view import call_view
from tests.builders import a_deal, a_ledger, a_session, some_settings
from tests.screens import test_actions, test_forecast
from tests.screens.test_forecast import legend, rail, seen
from tui.widgets.field import FieldRow

THE_21ST = date(2026, 12, 21)
Q4, Q1 = date(2026, 10, 1), date(2027, 1, 1)
DEALS = (
    a_deal("d1", name="Northwind", category="commit", amount=200_000, close=date(2026, 12, 29)),
    a_deal("d2", name="Umbrella", category="commit", amount=100_000, close=date(2027, 2, 3)),
    a_deal("d3", name="Stark", category="commit", owner="Wei Lin", close=date(2027, 2, 3)),
)


def called(*calls):
    """A ledger with calls of the week before: person, period, commit."""
    ledger = a_ledger(*DEALS, day=THE_21ST - timedelta(days=1))
    last = THE_21ST - timedelta(days=7)
    stated = tuple(Call(person=p, period=period, commit=Decimal(n), day=last, review="b") for p, period, n in calls)
    return replace(ledger, calls=stated)


def forecast(*calls, day=THE_21ST):
    return test_forecast.Room(session=a_session(called(*calls), day=day))


async def test_the_next_periods_number_is_asked_under_the_number_that_is_in() -> None:
    app = forecast(("tom-reed", Q4, 200_000))
    async with app.run_test(size=(120, 36)) as pilot:
        assert "Q1" not in await seen(pilot)
        await pilot.press("enter")
        text = await seen(pilot)
        assert "And for Q1" in text
        assert "The number, in k: 420" in text
        await pilot.press(*"90", "enter")
        text = await seen(pilot)
        assert app.meeting.next_calls["tom-reed"].commit == 90_000
        assert "Then Q1" in text
        assert "90k   the export implies 100k – you say 10k less" in text
        assert "Q1 90k" in next(line for line in rail(app).groups[0].lines if line.text == "Tom").note
        assert "Wei" in app.forecast.forward_word()


async def test_enter_keeps_what_was_said_for_it_last_week() -> None:
    app = forecast(("tom-reed", Q4, 200_000), ("tom-reed", Q1, 80_000))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("enter")
        assert app.forecast.forward_word() == "keep 80k for Q1"
        await pilot.press("enter")
        await pilot.pause()
        assert app.meeting.next_calls["tom-reed"].commit == 80_000


async def test_another_number_asks_what_changed_and_f_says_it_anew() -> None:
    app = forecast(("tom-reed", Q4, 200_000), ("tom-reed", Q1, 80_000))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("enter", *"95", "enter")
        await pilot.pause()
        assert app.screen.query_one("#reason", FieldRow).display
        await pilot.press(*"Umbrella grew", "enter")
        await pilot.pause()
        call = app.meeting.next_calls["tom-reed"]
        assert (call.commit, call.reason) == (95_000, "Umbrella grew")
        assert app.meeting.calls["tom-reed"].commit == 200_000
        assert legend(app)["f"] == "next period"
        await pilot.press("f", *"97", "enter")
        await pilot.pause()
        assert app.meeting.next_calls["tom-reed"].commit == 97_000


async def test_a_quarter_that_still_runs_is_asked_for_nothing_else() -> None:
    app = forecast(("tom-reed", Q4, 200_000), day=date(2026, 11, 23))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("enter")
        text = await seen(pilot)
        assert "Q1" not in text
        assert "f" not in legend(app)
        assert "Wei" in app.forecast.forward_word()


async def test_the_teams_page_adds_the_next_period_up_apart() -> None:
    tom, wei = "tom-reed", "wei-lin"
    app = forecast((tom, Q4, 80_000), (tom, Q1, 80_000), (wei, Q4, 0), (wei, Q1, 80_000))
    async with app.run_test(size=(120, 36)) as pilot:
        for _ in range(6):
            await pilot.press("enter")
            await pilot.pause()
        text = await seen(pilot)
        assert app.forecast.person is None
        assert "160k   2 numbers for the next period" in text


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45)])
async def test_the_line_is_in_sight_at_every_size(size: tuple[int, int]) -> None:
    app = forecast(("tom-reed", Q4, 200_000), ("tom-reed", Q1, 80_000))
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        text = await seen(pilot)
        assert "And for Q1" in text
        assert "Enter keeps 80k" in text


async def test_actions_asks_for_each_call_that_the_room_changed() -> None:
    session = a_session(called(), day=THE_21ST)
    session.must(
        StateCall(person="tom-reed", commit="200", confirmed=True),
        StateCall(person="tom-reed", commit="100", confirmed=True, following=True),
        EnterSection(section="inspection"),
        EndDeal(deal="d1", kind=Ending.LOST, reason=EndReason.PRICE),
        EndDeal(deal="d2", kind=Ending.LOST, reason=EndReason.PRICE),
    )
    app = test_actions.Room(session=session)
    async with app.run_test(size=(120, 36)) as pilot:
        text = await seen(pilot)
        assert "Tom, Q1" in text
        assert "Umbrella −100k lost" in text
        await pilot.press("enter")
        await pilot.pause()
        assert app.meeting.calls["tom-reed"].after_room == 0
        assert app.meeting.next_calls["tom-reed"].after_room is None
        assert "Commit for Q1" in await seen(pilot)
        await pilot.press(*"20", "enter")
        await pilot.pause()
        assert app.meeting.next_calls["tom-reed"].after_room == 20_000


def test_the_forecast_call_adds_up_what_was_said_for_the_next_period() -> None:
    ledger = called(("tom-reed", Q4, 200_000), ("tom-reed", Q1, 80_000))
    view = call_view(Standing(ledger=ledger, settings=some_settings()), THE_21ST, (), ())
    line = next(line for line in lines_of(view) if line.line.id == "Q1 so far")
    assert "80k   1 call, without Wei" in line.line.text.plain
    assert line.trace is not None
    trace = line.trace()
    assert [(row.name, row.amount) for row in trace.rows] == [("Tom", "$80,000"), ("Wei", "")]
    quiet = call_view(Standing(ledger=called(), settings=some_settings()), date(2026, 11, 23), (), ())
    assert all(line.line.id != "Q1 so far" for line in lines_of(quiet))
