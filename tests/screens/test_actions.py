"""Actions as the room sees it: the call after the room, causes, and commitments read aloud."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from review.commitments import Origin, Standing
from review.deals import Ending, EndReason
from review.intents import Change, EndDeal, EnterSection, StateCall
from screens.actions import Actions
from screens.dialogs.ask import Ask
from screens.drafting import Drafting
from screens.live import LiveScreen
from tests.builders import MONDAY, a_deal, a_ledger, a_promise, a_session, some_settings, with_promises
from tests.review import pieces
from tests.review import test_causes as causes
from tests.screens.office import Drafts
from tests.screens.test_forecast import legend, rail, seen, shown
from tui.look import Look
from tui.widgets.data import Mode, Tone

FRIDAY = MONDAY + timedelta(days=4)
DEALS = (
    a_deal("d1", name="Northwind", category="commit", amount=184_000),
    a_deal("d2", name="Initech", category="commit", amount=60_000),
    a_deal("d3", name="Umbrella", category="commit", amount=100_000, owner="Wei Lin"),
)


def mine(ident="p1", owner="tom-reed", **more):
    """A promise whose day is still to come."""
    return a_promise(ident, **{"owner": owner, "due": FRIDAY, "made": MONDAY, "review": "now", **more})


def after_inspection():
    """Two deals of Tom have left the commit that he stated; Wei's call stands."""
    session = a_session(a_ledger(*DEALS))
    session.must(
        StateCall(person="tom-reed", commit="1420", confirmed=True),
        StateCall(person="wei-lin", commit="100", confirmed=True),
        EnterSection(section="inspection"),
        Change(deal="d1", field="category", text="best case"),
        EndDeal(deal="d2", kind=Ending.LOST, reason=EndReason.PRICE),
    )
    return session


class Room(Look[None]):
    """An app that shows Actions alone."""

    def __init__(self, *promises, session=None, drafts=None, **more):
        super().__init__()
        self.session = session or a_session(with_promises(a_ledger(*DEALS), *promises), **more)
        self.session.must(EnterSection(section="actions"))
        self.drafting = Drafting(drafts or Drafts())
        self.went = ""

    def on_mount(self):
        self.push_screen(Actions(self.session, self.drafting))

    def on_live_screen_moved(self, message: LiveScreen.Moved) -> None:
        self.went = message.to

    @property
    def meeting(self):
        return self.session.meeting

    @property
    def actions(self):
        return next(screen for screen in self.screen_stack if isinstance(screen, Actions))

    def promise(self, ident):
        return self.meeting.ledger.commitments[ident]


def asked(app):
    dialog = app.screen
    assert isinstance(dialog, Ask)
    return dialog


def answer(app, text):
    """Put a text into the dialog's line, as if it had been typed."""
    asked(app)._row.line.value = text


# The call after the room


async def test_the_call_after_the_room_opens_actions_and_enter_takes_it() -> None:
    app = Room(session=after_inspection())
    async with app.run_test(size=(160, 45)) as pilot:
        text = await seen(pilot)
        assert "stated 1,420k → 1,176k" in text
        assert "Northwind −184k to best case · Initech −60k lost" in text
        assert legend(app)["Enter"] == "take 1,176k"
        assert "Wei " not in text.split("After the room")[0]
        await pilot.press("enter")
        call = app.meeting.calls["tom-reed"]
        assert (call.commit, call.after_room) == (1_420_000, 1_176_000)
        assert call.titles == ("Northwind", "Initech")


async def test_another_number_is_typed_in_its_place() -> None:
    app = Room(session=after_inspection())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*"1.2m")
        assert "$1,200,000" in await seen(pilot)
        await pilot.press("enter")
        assert app.meeting.calls["tom-reed"].after_room == 1_200_000


async def test_what_is_no_number_is_refused_under_its_line() -> None:
    app = Room(session=after_inspection())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("1", "x", "enter")
        assert "■ number" in await seen(pilot)
        assert app.meeting.calls["tom-reed"].after_room is None
        assert app.actions.mode is Mode.TYPE


async def test_the_rail_names_no_key_that_is_dead_while_a_call_is_asked() -> None:
    app = Room(session=after_inspection())
    async with app.run_test(size=(160, 45)) as pilot:
        assert not app.actions.available("worth_copying")
        assert "names one behaviour" not in await seen(pilot)


@pytest.mark.parametrize(
    ("size", "count", "rows"), [((120, 36), 2, 3), ((120, 36), 8, 2), ((80, 24), 3, 3), ((80, 24), 9, 1)]
)
async def test_few_commitments_stand_apart_for_reading_aloud_and_many_close(
    size: tuple[int, int], count: int, rows: int
) -> None:
    app = Room(*(mine(f"p{number}", deal="d1", text=f"Promise {number} to Dana") for number in range(count)))
    async with app.run_test(size=size) as pilot:
        lines = (await seen(pilot)).splitlines()
        at = [next(row for row, line in enumerate(lines) if f"Promise {number}" in line) for number in range(count)]
        assert {after - before for before, after in pairwise(at)} == {rows}


async def test_undo_asks_for_the_call_again() -> None:
    app = Room(session=after_inspection())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("enter", "u")
        assert "the call after the room" in await seen(pilot)


# One cause, many deals


async def test_one_cause_is_taken_as_one_commitment_of_the_manager() -> None:
    ledger = pieces.a_ledger(*causes.THREE, locks=causes.LOCKS)
    app = Room(session=a_session(ledger, settings=some_settings()))
    async with app.run_test(size=(120, 36)) as pilot:
        text = await seen(pilot)
        assert "legal: 3 deals, 2 people, $610k – one fix or two?" in text
        assert "Tom" not in text
        await pilot.press("enter")
        (made,) = app.meeting.ledger.commitments.values()
        assert (made.owner, made.origin) == ("ada-hall", Origin.CAUSE)
        assert "One fix for legal on 3 deals" in await seen(pilot)
        assert "reads 1 commitment" in shown(app)


async def test_a_cause_can_be_left_for_this_week() -> None:
    ledger = pieces.a_ledger(*causes.THREE, locks=causes.LOCKS)
    app = Room(session=a_session(ledger, settings=some_settings()))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("n")
        assert "one fix" not in await seen(pilot)
        assert app.meeting.ledger.commitments == {}


# Reading aloud


async def test_each_owner_reads_and_enter_goes_on_until_the_lock() -> None:
    app = Room(mine(), mine("p2", "wei-lin"), mine("p3", "wei-lin"), mine("own", "ada-hall"))
    async with app.run_test(size=(160, 45)) as pilot:
        assert "reads 1 commitment" in await seen(pilot)
        assert rail(app).groups[0].title == "owner 1 of 3"
        assert app.actions.reading_now.person == "ada-hall"
        assert "next: Tom, 1 commitment" in shown(app)
        await pilot.press("enter", "enter")
        assert "then the lock" in await seen(pilot)
        assert rail(app).groups[0].right == "2 of 4 heard"
        await pilot.press("enter")
        assert app.meeting.heard == ("ada-hall", "tom-reed", "wei-lin")
        assert "each with an owner and a date" in await seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert app.went == "lock"


async def test_a_line_says_date_deal_and_whether_it_is_agreed_ours_or_moved() -> None:
    app = Room(
        mine("a", origin=Origin.STEP, deal="d1", agreed=True),
        mine("b", origin=Origin.STEP, deal="d2", customers=()),
        mine("c", early_moves=1, first_due=MONDAY - timedelta(days=3)),
        mine("d", origin=Origin.STEP, deal="d2", customers=(), carried=2, first_due=MONDAY - timedelta(days=14)),
    )
    async with app.run_test(size=(160, 45)) as pilot:
        text = await seen(pilot)
        for said in (
            "Fri 27 Nov",
            "Northwind · agreed with Dana",
            "Initech · ours only",
            "moved once, from Fri 20 Nov",
            "moved twice, from Mon 9 Nov · Initech · ours only",
        ):
            assert said in text, said
        assert "✓ each has a date" in text


async def test_a_date_that_is_past_is_red_and_m_gives_another() -> None:
    app = Room(mine(due=MONDAY - timedelta(days=3)))
    async with app.run_test(size=(120, 36)) as pilot:
        assert "■ 1 date past" in await seen(pilot)
        assert "■ Fri 20 Nov" in shown(app)
        await pilot.press("m")
        answer(app, "Send @Dana the draft contract thu")
        await pilot.press("enter")
        assert app.promise("p1").due == date(2026, 11, 26)
        assert "✓ each has a date" in await seen(pilot)


async def test_mending_starts_from_the_line_as_it_stands() -> None:
    app = Room(mine("a", agreed=True), mine("b", text="Book the room"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("m")
        assert asked(app)._row.text == "Send @Dana the draft contract ! 27 nov 2026"
        await pilot.press("enter")
        assert (app.promise("a").agreed, app.promise("a").due) == (True, FRIDAY)
        await pilot.press("down", "m")
        answer(app, "Book the large room wed wl")
        await pilot.press("enter")
        assert (app.promise("b").text, app.promise("b").owner) == ("Book the large room", "wei-lin")


async def test_a_line_is_added_to_who_reads_and_dropped_with_a_note() -> None:
    app = Room(mine())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("+")
        answer(app, "Ask Legal for the annex")
        await pilot.press("enter")
        assert "reads 2 commitments" in await seen(pilot)
        await pilot.press("x", "enter")
        assert app.promise("p1").is_open
        answer(app, "no longer wanted")
        await pilot.press("enter")
        assert app.promise("p1").standing is Standing.DROPPED
        assert "reads 1 commitment" in await seen(pilot)


async def test_backspace_goes_back_to_the_owner_before() -> None:
    app = Room(mine(), mine("p2", "wei-lin"))
    async with app.run_test(size=(120, 36)) as pilot:
        assert "Backspace" not in legend(app)
        await pilot.press("enter", "enter", "backspace")
        assert app.actions.reading_now.person == "wei-lin"
        await pilot.press("backspace")
        assert app.actions.reading_now.person == "tom-reed"


async def test_who_is_away_reads_next_week() -> None:
    app = Room(mine(), mine("p2", "wei-lin"), present=("ada-hall", "tom-reed"))
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.press("enter")
        assert "away, waits a week" in await seen(pilot)
        assert app.actions.reading_now is None
        assert rail(app).groups[0].lines[-1].tone is Tone.DIM


async def test_worth_copying_comes_up_from_the_fourth_review() -> None:
    app = Room(mine())
    async with app.run_test(size=(120, 36)):
        assert "w" not in legend(app)
        assert len(rail(app).groups) == 1
    app = Room(mine(), settings=some_settings(thresholds={"shows_more_from": 1}))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("w")
        answer(app, "Tom asked the CFO for the date")
        await pilot.press("enter")
        assert app.meeting.worth_copying == "Tom asked the CFO for the date"
        assert rail(app).groups[1].words == "Tom asked the CFO for the date"


async def test_with_no_commitment_the_lock_is_next() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        shown = await seen(pilot)
        assert "nobody promised anything" in shown
        assert "whatever + adds" in " ".join(shown.split())
        await pilot.press(">")
        await pilot.pause()
        assert app.went == "lock"


async def test_who_reads_is_the_same_after_a_kill() -> None:
    app = Room(mine(), mine("p2", "wei-lin"), mine("p3", "wei-lin"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("enter", "down")
        app.drafting.flush()
    back = Room(session=app.session, drafts=app.drafting._drafts)
    async with back.run_test(size=(120, 36)):
        assert back.actions.reading_now.person == "wei-lin"
        assert back.actions.chosen.id == "p3"


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45), (200, 60)])
async def test_a_long_list_shows_the_chosen_line_at_every_size(size: tuple[int, int]) -> None:
    app = Room(*(mine(f"p{n:02}", text=f"Promise number {n:02}") for n in range(20)))
    async with app.run_test(size=size) as pilot:
        assert "Promise number 00" in await seen(pilot)
        assert "Enter heard" in shown(app)
        await pilot.press(*["down"] * 19)
        assert "▸ Fri 27 Nov      Promise number 19" in await seen(pilot)
        assert not app.screen.query_one("#plane").show_vertical_scrollbar


async def test_promises_from_outside_are_shown_and_never_read_as_markup() -> None:
    app = Room(mine(text="Send [/x] the [red]draft"))
    async with app.run_test(size=(120, 36)) as pilot:
        assert "Send [/x] the [red]draft" in await seen(pilot)


async def test_y_traces_the_call_after_the_room_to_its_deals() -> None:
    app = Room(session=after_inspection())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("y")
        text = await seen(pilot)
        assert "The call after the room: what it rests on" in text
        assert "Northwind −184k to best case" in text
