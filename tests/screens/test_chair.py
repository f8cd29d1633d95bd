import re
from pathlib import Path

import pytest

from review.errors import CloseoutError
from review.intents import EnterSection, OpenDeal, StateCall, TakeTurn
from review.private_notes import PrivateBatch, decide, fold
from review.results import Refusal
from screens.chair import Chair
from screens.chair_call import Blank, ReadCall
from screens.dialogs.ask import Ask
from screens.dialogs.base import Dialog
from tests.screens.office import Office, a_session, second_week
from tests.screens.test_following import LATER, Watch, text_of
from tui.registry import STANDARD
from tui.second import Beside
from tui.theme import PLUM, ROSE, themes
from tui.widgets.data import Mode

SIZES = [(40, 12), (80, 24), (120, 36), (200, 60)]


class Desk:
    """The private desk in memory, beside a session or none."""

    def __init__(self, office: Office, session=None):
        self.office = office
        self.watch = Watch(office, session)
        self.clock = office.clock
        self.today = office.today
        self.batches: list[PrivateBatch] = []
        self.sheets: list[str] = []
        self.broken = ""

    def look(self):
        return self.watch.look()

    def standing(self):
        return self.office.standing()

    def entries(self):
        return fold(self.batches)

    def note(self, intent):
        if self.broken:
            raise CloseoutError(self.broken)
        answer = decide(self.entries(), intent, self.today)
        if isinstance(answer, Refusal):
            return answer
        self.batches.append(PrivateBatch(id=f"b{len(self.batches)}", at=self.clock.now(), event=answer))
        return None

    def write_sheet(self, person):
        self.sheets.append(person)
        return Path(f"private/one-to-one-{person}.md")

    def desk_do(self, _):
        raise AssertionError("the call is only read")


@pytest.fixture
def office():
    return second_week()


@pytest.fixture
def desk(office):
    return Desk(office, a_session(office))


async def seen(pilot):
    if isinstance(pilot.app.screen, Chair):
        pilot.app.screen.tick()
    await pilot.pause()
    return text_of(pilot)


def open_deal_of(desk, person):
    session = desk.watch.session
    if session.meeting.section != "inspection":
        session.do(EnterSection(section="inspection"))
    deal = next(slot.deal for slot in session.meeting.queue if slot.rep == person)
    session.do(OpenDeal(deal=deal))
    return session.meeting.record(deal).crm.title


async def answer(pilot, text):
    await pilot.press(*("space" if letter == " " else letter for letter in text), "enter")
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_it_follows_the_rooms_rep_and_deal_with_one_prompt_at_any_size(desk, size):
    title = open_deal_of(desk, "marcus")
    async with Beside(desk).run_test(size=size) as pilot:
        text = await seen(pilot)
        assert title in text
        assert "Ask first" in text
        assert "One thing" in text
        title = open_deal_of(desk, "wei")
        text = await seen(pilot)
        assert title in text


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_private_stands_on_the_border_above_and_below_also_of_dialogs(desk, size):
    async with Beside(desk).run_test(size=size) as pilot:
        lines = (await seen(pilot)).splitlines()
        assert " PRIVATE " in lines[0]
        assert " PRIVATE " in lines[-1]
        await pilot.press("n")
        await pilot.pause()
        dialog = pilot.app.screen
        assert isinstance(dialog, Dialog)
        assert str(dialog.query_one(".dialog-plane").border_title).strip() == "PRIVATE"


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_inside_the_border_header_card_and_footer_stand_in_one_line(desk, size):
    async with Beside(desk).run_test(size=size) as pilot:
        lines = (await seen(pilot)).splitlines()
        name = next(line for line in lines if "Closeout" in line).index("Closeout")
        badge = next(line for line in lines if " KEYS " in line).index(" KEYS ")
        card = pilot.app.screen.query_one("#plane").region.x
        # A narrow card has no margin: there the words stand under each other, else the edges.
        assert (name, badge) == ((card + 1, card) if size[0] < 120 else (card, card))


async def test_the_room_is_never_taken_for_it_by_its_colours(desk):
    async with Beside(desk).run_test() as pilot:
        assert pilot.app.theme == PLUM
        await pilot.app.run_action("theme")
        assert pilot.app.theme == ROSE


async def test_a_commit_is_not_calibrated_before_the_rep_has_said_it(desk):
    session = desk.watch.session
    session.do(TakeTurn(section="forecast", person="marcus"))
    async with Beside(desk).run_test(size=(120, 36)) as pilot:
        text = await seen(pilot)
        assert "shown once Marcus has said the number" in text
        assert session.do(StateCall(person="marcus", commit="190", reason="more", confirmed=True)) is None
        text = await seen(pilot)
        assert "shown once Marcus" not in text
        assert "190k stated" in text
        assert "No completed quarter is scored yet." in text


async def test_each_kind_of_entry_is_written_and_stands(desk):
    title = open_deal_of(desk, "marcus")
    async with Beside(desk).run_test(size=(120, 50)) as pilot:
        for key, said in (("n", "asked early"), ("w", "I call Dana"), ("a", "how was it")):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(pilot.app.screen, Ask)
            await answer(pilot, said)
        await pilot.press("f")
        await pilot.pause()
        await pilot.press("ctrl+u")
        await answer(pilot, "buyers act")
        text = await seen(pilot)
        assert "asked early" in text
        assert "“I call Dana”" in text
        assert "how was it" in text
        assert "buyers act" in text
        assert "proposed" not in text
        assert {entry.person for entry in desk.entries()} == {"marcus"}
        assert desk.entries()[0].deal
        assert title in text


async def test_a_question_that_was_asked_stands_no_more(desk):
    open_deal_of(desk, "marcus")
    async with Beside(desk).run_test(size=(120, 36)) as pilot:
        await pilot.press("a")
        await pilot.pause()
        await answer(pilot, "how was it")
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "how was it" not in await seen(pilot)
        assert desk.entries()[0].settled == "asked"


async def test_a_note_that_the_disk_refuses_is_said_and_not_shown(desk):
    open_deal_of(desk, "marcus")
    async with Beside(desk).run_test(size=(120, 36)) as pilot:
        desk.broken = "Not saved: the disk is full."
        await pilot.press("n")
        await pilot.pause()
        await answer(pilot, "asked early")
        text = await seen(pilot)
        assert "■ not saved   Not saved: the disk is full." in text
        assert desk.entries() == ()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_cannot_be_read_is_said_to_the_end_and_gone_once_it_can(desk, size):
    def broken():
        raise CloseoutError(LATER)

    reads, desk.standing = desk.standing, broken
    async with Beside(desk).run_test(size=size) as pilot:
        await pilot.pause()
        said = " ".join(text_of(pilot).replace("┃", " ").split())
        assert re.search("install the.* later.* Closeout.* to.* go.* on", said)
        desk.standing = reads
        assert isinstance(pilot.app.screen, Chair)
        pilot.app.screen.read()
        await pilot.pause()
        assert "later Closeout" not in text_of(pilot)


async def test_one_key_blanks_everything_even_a_note_being_typed_and_brings_it_back(desk):
    title = open_deal_of(desk, "marcus")
    async with Beside(desk).run_test(size=(120, 36)) as pilot:
        await pilot.press("n", "a", "b", "c")
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Blank)
        shows = text_of(pilot)
        assert not [word for word in (title, "Ask first", "abc", "Note on", "Marcus") if word in shows]
        await pilot.press("n", "q", "x", "enter")
        assert isinstance(pilot.app.screen, Blank)
        await pilot.click(offset=(40, 10))
        assert isinstance(pilot.app.screen, Blank), "one click may be meant for the window"
        await pilot.click(offset=(40, 10), times=2)
        await pilot.pause()
        assert "abc" in text_of(pilot)
        await pilot.press("f9", "f9")
        await pilot.pause()
        assert "abc" in text_of(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "Ask first" in await seen(pilot)


async def test_another_rep_can_be_looked_at_and_the_room_followed_again(desk):
    open_deal_of(desk, "marcus")
    async with Beside(desk).run_test(size=(120, 36)) as pilot:
        await pilot.press("tab")
        screen = pilot.app.screen
        assert isinstance(screen, Chair)
        assert screen.person is not None
        assert screen.person.id == "wei"
        open_deal_of(desk, "sofia")
        await seen(pilot)
        assert screen.person.id == "wei"
        await pilot.press(".")
        assert screen.person.id == "sofia"


async def test_between_reviews_it_prepares_a_talk(office):
    desk = Desk(office)
    async with Beside(desk).run_test(size=(120, 36)) as pilot:
        text = await seen(pilot)
        assert "no review is running" in text
        assert "Ask next" in text
        await pilot.press("s")
        await pilot.pause()
        assert desk.sheets == ["sofia"]
        assert "private/one-to-one-sofia.md" in await seen(pilot)


async def test_the_forecast_call_is_read_and_nothing_in_it_is_recorded(desk):
    async with Beside(desk).run_test(size=(120, 36)) as pilot:
        await pilot.press("c")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, ReadCall)
        call = screen
        text = text_of(pilot)
        assert "Three methods" in text
        assert " PRIVATE " in text.splitlines()[0]
        for word in ("k states", "p writes", "Space chooses", "c a commitment"):
            assert word not in text
        for key in ("v", "space", "k", "p", "c", "h"):
            await pilot.press(key)
            await pilot.pause()
            assert pilot.app.screen is screen
        # First the rep speaks, then what was before is shown.
        assert call.view is not None
        assert call.view.scored_people == ()
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Chair)


async def test_no_key_is_shown_that_is_dead(desk):
    async with Beside(desk).run_test(size=(200, 60)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, Chair)
        shown = {e.title for e in STANDARD.footer("chair", Mode.KEYS, lambda command: screen.live(command, Mode.KEYS))}
        assert "settle" not in shown
        assert "with the room" not in shown
        assert {"note", "their words", "blank"} <= shown
        await pilot.press("q")
    assert pilot.app.return_code == 0


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "theme", [theme for theme in themes() if theme.name in (PLUM, ROSE)], ids=lambda theme: theme.name
)
def test_its_text_is_readable_on_every_plane(theme):
    planes = (theme.background, theme.surface, theme.panel)
    named = (theme.variables["dim"], theme.variables["bright"])
    texts = (theme.foreground, theme.accent, theme.success, theme.warning, theme.error, *named)
    assert min(contrast(text, plane) for text in texts for plane in planes) >= 4.5
    assert contrast(theme.variables["on-accent"], theme.accent) >= 4.5
