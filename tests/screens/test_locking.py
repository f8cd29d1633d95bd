from datetime import UTC, datetime

import pytest

from review.calls import after_room
from review.hanging import Case, Hanging, Loose
from review.intents import TakeCall
from screens.drafting import Drafting
from screens.live import LiveScreen
from screens.locking import Locking
from tests.screens.office import Office, a_session, go_through, second_week
from tui.look import Look
from tui.widgets.footer import KeyFooter


class Ending(Look[None]):
    """An app that shows the lock and notes where the room goes."""

    def __init__(self, session, office):
        super().__init__()
        self.session, self.office = session, office
        self.moved = []

    def on_mount(self):
        self.push_screen(Locking(self.session, Drafting(self.office.drafts("x"))))

    def on_live_screen_moved(self, message: LiveScreen.Moved):
        self.moved.append(message.to)


@pytest.fixture(scope="module")
def world():
    return second_week().stands


@pytest.fixture
def app(world):
    office = Office(world.ledger, now=datetime(2026, 11, 23, 10, tzinfo=UTC))
    session = a_session(office, away=("diego",))
    go_through(session, office.clock)
    return Ending(session, office)


def take_calls(session):
    for person, entry in after_room(session.meeting).items():
        if entry.asks:
            session.do(TakeCall(person=person))


def text(app):
    return "\n".join(line.text.rstrip() for line in app.screen._compositor.render_strips())


def footer(app):
    return [entry.title for entry in app.screen.query_one(KeyFooter).entries]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_it_says_what_is_open_and_what_becomes_of_it(app, size):
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = text(app)
        sums = "8 in the room + 0 written +" if size[0] == 120 else "8 closed out in the room + 0 in writing +"
        for said in (sums, "18 without", "■ call open", "■ cannot lock:"):
            assert said in screen, said
        assert "left of 10:00" in screen
        if size[1] == 60:
            for said in (
                "▲ not answered", "asked again next week", "▲ still queued", "dropped: first by turn next week",
                "▲ best case", "leave commit at the lock", "▲ due to leave", "its rep was away", "▲ not heard",
                "▲ without", "one commitment for each owner, due Tue 24 Nov", "▲ no lesson", "Moor & Finch",
            ):  # fmt: skip
                assert said in screen, said


async def test_many_deals_that_leave_commit_for_one_reason_are_counted_and_the_consequence_stays_in_sight(
    app, monkeypatch
):
    cases = tuple(Case(f"Deal {number}", "no confirmed date, no paper process") for number in range(24))
    due = Hanging(kind=Loose.DUE, cases=cases, becomes="leave commit next week unless the evidence comes")
    monkeypatch.setattr("screens.locking.hanging", lambda _: (due,))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        said = " ".join(text(app).split())
        assert "Deal 0, Deal 1, Deal 2, Deal 3, Deal 4, Deal 5 and 18 more" in said
        assert "→ leave commit next week" in said


async def test_on_a_wall_everybody_who_is_open_is_named(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "more" in text(app)
        await pilot.resize_terminal(200, 60)
        await pilot.pause()
        await pilot.pause()
        assert " more" not in text(app)


async def test_enter_is_dead_while_a_call_is_open_and_the_reason_stands_there(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "lock" not in footer(app)
        await pilot.press("enter")
        assert app.session.meeting.locked is None
        await pilot.press("backspace")
        await pilot.pause()
        assert app.moved == ["actions"]


async def test_enter_locks_and_goes_on_to_the_recap(app):
    take_calls(app.session)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "Enter locks the review" in text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.session.meeting.locked is not None
        assert app.moved == ["recap"]


async def test_a_review_is_set_aside_only_when_one_is_sure(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("x", "escape")
        await pilot.pause()
        assert not app.session.meeting.aside
        await pilot.press("x", "enter")
        await pilot.pause()
        assert app.session.meeting.aside
        assert app.moved == ["lobby"]


async def test_y_traces_what_the_lock_will_do_to_its_facts(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert "The lock: what it rests on" in text(app)
        await pilot.press("end")
        await pilot.pause()
        assert "still standing" in text(app)
        await pilot.press("y")
        await pilot.pause()
        assert isinstance(app.screen, Locking)
