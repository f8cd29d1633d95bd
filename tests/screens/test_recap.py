from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from review.calls import after_room
from review.intents import Lock, TakeCall
from review.ports import Incoming
from review.recap import owner_lists
from screens.live import LiveScreen
from screens.recap import RecapScreen
from tests.screens.office import SETTINGS, Office, a_session, export, go_through, second_week
from tui.look import Look
from tui.widgets.footer import KeyFooter

SIZES = ((80, 24), (120, 36), (160, 45))


class After(Look[None]):
    """An app that shows the recap of a review that was just locked."""

    def __init__(self, office, session):
        super().__init__()
        self.office, self.session = office, session
        self.moved = []
        self.copied = []

    def on_mount(self):
        self.push_screen(RecapScreen(self.office, self.session))

    def copy_to_clipboard(self, text):
        self.copied.append(text)

    def on_live_screen_moved(self, message: LiveScreen.Moved):
        self.moved.append(message.to)


@pytest.fixture(scope="module")
def world():
    return second_week().stands


def locked(ledger, **settings):
    office = Office(ledger, settings=replace(SETTINGS, **settings), now=datetime(2026, 11, 23, 10, tzinfo=UTC))
    session = a_session(office, away=("diego",))
    go_through(session, office.clock)
    for person, entry in after_room(session.meeting).items():
        if entry.asks:
            session.do(TakeCall(person=person))
    assert session.do(Lock()) is None
    return After(office, session)


@pytest.fixture
def app(world):
    return locked(world.ledger)


def text(app):
    return "\n".join(line.text.rstrip() for line in app.screen._compositor.render_strips())


async def settle(pilot):
    await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_the_hour_stands_on_one_page(app, size):
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        screen = text(app)
        for said in (
            "commit after the room", "stated 1,320k", "won 154k", "gap 731k to 1,600k", "Pipeline of Q4",
            "0 unexplained",
            "16 Nov", "3,113k", "+90k", "vanished", "now", "2,433k", "planned", "55:30 · 8 deals, 8 with a step",
            "c copy",
        ):  # fmt: skip
            assert said in screen, said
        if size[0] >= 120:
            for said in (
                "✓ locked, 10:55, 4:30 early",
                "of 60:00",
                "8 deals opened",
                "■ still without",
                "Sofia 4, Wei 4",
                "26:40",
            ):
                assert said in screen, said


async def test_nothing_on_the_page_rates_a_person(app):
    async with app.run_test(size=(160, 60)) as pilot:
        await settle(pilot)
        screen = text(app)
        row = app.session.meeting.locked.row
        assert row.kept_by == {} or "of" in screen
        for words in ("kept rate", "accuracy", "bias", "attainment", "win rate", "quota"):
            assert words not in screen.lower()


async def test_the_target_is_left_out_where_the_room_does_not_see_it(world):
    app = locked(world.ledger, quota_on_screen="none")
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert "gap" not in text(app)
        assert "1,600k" not in text(app)
        assert "won 154k" in text(app)


async def test_the_line_is_copied_and_also_stands_in_a_file_that_is_named_on_a_small_screen_too(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("c", "c")
        await settle(pilot)
        assert app.copied == [app.session.meeting.locked.paste] * 2
        assert list(app.office.saved) == ["exports/r1123.md"]
        assert "✓ copied   also in exports/" in text(app)
        assert "exports/r1123.md" in text(app)


async def test_a_file_that_cannot_be_written_is_said(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.office.broken = "The disk is full."
        await pilot.press("c")
        await settle(pilot)
        assert "■ not saved" in text(app)
        assert "The disk is full." in text(app)


async def test_an_export_is_looked_at_before_it_is_saved(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("p", "2")
        await settle(pilot)
        assert "owner,text" in text(app)
        assert "exports/r1123.csv" in text(app)
        await pilot.press("escape")
        assert app.office.saved == {}
        await pilot.press("p", "2", "enter")
        await settle(pilot)
        assert list(app.office.saved) == ["exports/r1123.csv"]
        assert "✓ saved" in text(app)


async def test_every_key_of_a_preview_fits_eighty_columns(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("p", "2")
        await settle(pilot)
        assert "Enter save   c copy too   n what is new   ↑↓ scroll   Esc back" in text(app)


async def test_only_what_is_new_for_a_format_is_saved_once(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("p", "3", "n")
        await settle(pilot)
        assert "Sofia,Only this" in text(app)
        assert "n everything" in text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert list(app.office.saved) == ["exports/r1123-new.jira"]
        await pilot.press("p", "3", "n")
        await settle(pilot)
        assert "nothing is new since the last time" in text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert list(app.office.saved) == ["exports/r1123-new.jira"]


async def test_an_export_is_copied_and_saved_all_the_same(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("p", "2", "c")
        await settle(pilot)
        assert app.copied == ["owner,text\nTom,Send it\n"]
        assert list(app.office.saved) == ["exports/r1123.csv"]
        assert "✓ copied" in text(app)


async def test_the_hour_is_told_as_it_went(app):
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)
        screen = text(app)
        assert "The hour as it went" in screen
        first, last = screen.index("Forecast   "), screen.index("Inspection   26:40 of 30:00")
        assert first < screen.index("Sofia Diaz’s commit 190k") < last < screen.index("closed out")
        await pilot.press("escape")
        await settle(pilot)
        assert "The hour as it went" not in text(app)


async def test_a_deal_without_gets_its_step_after_the_lock_and_the_recap_says_so(app):
    meeting = app.session.meeting
    paste = meeting.locked.paste
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        await pilot.press("a", "1")
        await settle(pilot)
        await pilot.press(*"Call @Dana about the redlines fri", "enter")
        await settle(pilot)
        assert app.session.meeting.amendments
        assert "amended 23 Nov" in text(app)
        assert app.session.meeting.locked.paste == paste


async def test_a_commitment_is_mended_through_the_same_gate(app):
    mine = next(one for one in owner_lists(app.session.meeting) if one.person == "ruth")
    (commitment,) = mine.commitments
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.screen._ask_line(f"c {commitment.id}")
        await settle(pilot)
        field = app.screen.query_one("Input")
        assert field.value.startswith(commitment.text)
        field.value = "Follow up"
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert app.session.meeting.ledger.commitments[commitment.id] == commitment
        app.screen.query_one("Input").value = "Book the big room with @Ann 4 dec ra"
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        after = app.session.meeting.ledger.commitments[commitment.id]
        assert (after.text, after.due.day) == ("Book the big room with @Ann", 4)


async def test_leaving_goes_back_to_the_lobby(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        titles = [entry.title for entry in app.screen.query_one(KeyFooter).entries]
        assert titles[0] == "copy the line"
        assert "forecast call" in titles
        await pilot.press("q")
        await settle(pilot)
        assert app.moved == ["lobby"]


async def test_the_first_review_says_the_opening_state_instead_of_a_bridge():
    office = Office(now=datetime(2026, 11, 16, 10, tzinfo=UTC))
    office.take_import(Incoming(export=export(0), said=()))
    session = a_session(office)
    session.do(Lock())
    app = After(office, session)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        screen = text(app)
        assert "no commit was stated in this review" in screen
        assert "the opening state" in screen
        assert "unexplained" not in screen


async def test_the_page_holds_everything_on_the_smallest_screen(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.screen.query_one("#plane").max_scroll_y == 0
        for said in ("Pipeline of Q4", "unexplained", "planned", "actual", "not in CRM", "c copy"):
            assert said in text(app)
