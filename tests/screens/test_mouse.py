"""The hour with the mouse alone: keys type text, and nothing else."""

import shutil
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual.events import MouseScrollDown
from textual.widgets import Input

from docs.scenes import make_demo, on_stage
from review.intents import Hear, TakeCall
from review.records import Exit
from tui.at_hand import at_hand


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mouse") / "demo"
    make_demo(folder)
    return folder


@asynccontextmanager
async def opened(demo, folder):
    shutil.copytree(demo, folder / "demo")
    async with on_stage(folder / "demo") as stage:
        yield Mouse(stage)


class Mouse:
    """Clicks on words that stand on the screen."""

    def __init__(self, stage):
        self.stage, self.app = stage, stage.app

    @property
    def lines(self):
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self):
        return "\n".join(line.rstrip() for line in self.lines)

    async def click(self, words, *, foot=False):
        """Click on the first place where words stand, or on them in the footer."""
        lines = self.lines
        at = next((y for y, line in enumerate(lines) if words in line and (not foot or y == len(lines) - 1)), None)
        assert at is not None, f"“{words}” is not on the screen:\n{self.text}"
        await self.stage.pilot.click(offset=(cell_len(lines[at][: lines[at].index(words)]), at))
        await self.stage.pilot.pause()

    async def key(self, words):
        """Click on a key of the footer."""
        await self.click(words, foot=True)

    async def choose(self, title):
        """Click on a command in the help."""
        await self.key("? help")
        for _ in range(20):
            if title in self.text:
                break
            await self.stage.pilot._post_mouse_events([MouseScrollDown], offset=(60, 18))
            await self.stage.pilot.pause()
        await self.click(title)

    async def type(self, text):
        """Type into the line that has the cursor."""
        assert isinstance(self.app.focused, Input), self.text
        await self.stage.type(text)


async def test_deals_are_dated_parked_closed_out_and_taken_offline(demo, tmp_path):
    async with opened(demo, tmp_path) as mouse:
        await mouse.stage.begin("inspection", minute=10)
        meeting = lambda: mouse.stage.session.meeting  # noqa: E731
        northwind, amberley, stark = (mouse.stage.deal(name) for name in ("Northwind", "Amberley", "Stark"))
        await mouse.click("d done")
        await mouse.click("y shows all")
        await mouse.click("Esc")
        await mouse.choose("F7 ")
        await mouse.click("close date")
        await mouse.type("31 jan 2027")
        await mouse.click("Enter take it")
        await mouse.click("1  legal")
        assert meeting().effective(northwind).close_date.isoformat() == "2027-01-31"
        await mouse.key("F4 park")
        assert meeting().left[northwind].exit is Exit.PARKED
        await mouse.click("s goes to the step")
        await mouse.type("Redlines back, call @Dana on the two open clauses ! tue")
        await mouse.click("Enter closes Amberley out")
        assert meeting().left[amberley].exit is Exit.CLOSED_OUT
        await mouse.choose("take offline")
        await mouse.click("Enter take it")
        await mouse.type("thu")
        await mouse.click("Enter take it")
        assert meeting().left[stark].exit is Exit.OFFLINE
        await mouse.click("Hollis Steel")
        assert meeting().deal == mouse.stage.deal("Hollis Steel")


async def test_creation_actions_lock_recap_and_an_export(demo, tmp_path):
    async with opened(demo, tmp_path) as mouse:
        await mouse.stage.begin("creation", minute=40)
        await mouse.choose("next section")
        session = mouse.stage.session
        assert session.meeting.section == "actions"
        for person in session.meeting.settings.people:
            session.do(TakeCall(person=person.id))
        await mouse.stage.settle()
        while "n leave it" in mouse.lines[-1]:
            await mouse.key("n leave it")
        _, *others = session.meeting.settings.people
        for person in others:
            session.do(Hear(owner=person.id))
        await mouse.stage.settle()
        await mouse.key("Enter")
        await mouse.key("on to the lock")
        await mouse.key("Backspace back to actions")
        await mouse.click("Enter on to the lock")
        await mouse.key("Enter lock")
        assert session.meeting.locked is not None
        await mouse.key("p preview an export")
        await mouse.click("page")
        await mouse.click("Esc")
        await mouse.key("q leave")


async def test_a_click_on_a_promise_an_item_or_a_line_chooses_it(demo, tmp_path):
    async with opened(demo, tmp_path) as mouse:
        await mouse.stage.begin()
        session = mouse.stage.session
        sofia = mouse.stage.person("Sofia")
        await mouse.click("Sofia")
        await mouse.click("Risk committee papers")
        await mouse.click("b the buyer did it")
        judged = [session.meeting.ledger.commitments[one] for one in session.meeting.verdicts]
        assert [(promise.owner, promise.text[:14]) for promise in judged] == [(sofia, "Risk committee")]

        await mouse.stage.go("creation")
        await mouse.click("? loss")
        await mouse.key("a reason")
        await mouse.click("price")
        await mouse.type("Ask for the budget before the offer")
        await mouse.key("Enter")
        lost = next(item.id for item in mouse.app.screen.items if item.kind == "loss")
        assert session.meeting.record(lost).loss_lesson == "Ask for the budget before the offer"
        await mouse.click("not said yet")
        assert mouse.app.screen.item.kind == "number"

        await mouse.stage.go("actions")
        for person in session.meeting.settings.people:
            session.do(TakeCall(person=person.id))
        await mouse.stage.settle()
        while "n leave it" in mouse.lines[-1]:
            await mouse.key("n leave it")
        await mouse.click("Sofia")
        *_, last = mouse.app.screen.reading_now.commitments
        await mouse.click(last.text[:20])
        assert mouse.app.screen.chosen == last
        await mouse.choose("drop ")
        await mouse.type("it was done before")
        await mouse.click("Enter")
        assert last.id not in {each.id for each in mouse.app.screen.reading_now.commitments}


async def test_the_help_does_nothing_for_a_key_that_does_nothing_now(demo, tmp_path):
    async with opened(demo, tmp_path) as mouse:
        await mouse.stage.begin("inspection", minute=10)
        await mouse.click("Amberley")
        await mouse.key("? help")
        await mouse.click("The promise was kept.")
        assert "what is dim does nothing now" in mouse.text
        assert not mouse.stage.session.meeting.verdicts


async def test_the_help_has_no_bright_key_that_does_nothing_now(demo, tmp_path):
    async with opened(demo, tmp_path) as mouse:
        await mouse.stage.begin()
        nowhere = {"keys_mode", "take", "promise_before", "previous_section"}
        assert not nowhere & bright(mouse.app.screen)
        await mouse.stage.press("down")
        assert nowhere & bright(mouse.app.screen) == {"promise_before"}
        await mouse.stage.go("creation")
        assert "item_before" not in bright(mouse.app.screen)
        assert {"item_after", "previous_section"} <= bright(mouse.app.screen)


async def test_the_back_row_keeps_its_key_whatever_size_the_window_gets(demo, tmp_path):
    async with opened(demo, tmp_path) as mouse:
        await mouse.stage.begin(minute=1.5)
        await mouse.stage.press("f9")
        for size in ((80, 24), (120, 36), (200, 60), (120, 36)):
            await mouse.stage.pilot.resize_terminal(*size)
            await mouse.stage.pilot.pause()
            assert any("done" in line for line in mouse.lines[:-1]), size


def bright(screen):
    return {command.id for command in screen.registry.at(screen.SCOPE) if at_hand(screen, command)}


async def test_a_win_an_exception_and_the_sweep(demo, tmp_path):
    async with opened(demo, tmp_path) as mouse:
        await mouse.stage.begin("inspection", minute=10)
        session = mouse.stage.session
        northwind, kestrel = (mouse.stage.deal(name) for name in ("Northwind", "Kestrel Freight"))
        await mouse.choose("F3 ")
        await mouse.click("w  won")
        await mouse.click("6  product")
        assert session.meeting.left[northwind].exit is Exit.ENDED
        await mouse.choose("whole queue")
        await mouse.click("Kestrel Freight")
        await mouse.click("Enter open")
        await mouse.click("g grants an exception")
        await mouse.type("Order signed, number on its way")
        await mouse.click("Enter take it")
        assert session.meeting.record(kestrel).exception == "Order signed, number on its way"
        await mouse.stage.go("actions")
        for person in session.meeting.settings.people:
            session.do(TakeCall(person=person.id))
        await mouse.stage.settle()
        await mouse.click("S sweep")
        await mouse.type("fri")
        await mouse.click("Enter")
        assert "27 deals still without a step" in mouse.text
