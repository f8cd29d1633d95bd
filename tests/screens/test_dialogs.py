from typing import Any

import pytest
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from screens.dialogs.ask import Ask
from screens.dialogs.base import Dialog
from screens.dialogs.choose import Choice, ChoiceRow, Choose
from screens.dialogs.confirm import Confirm
from tui.look import Look
from tui.widgets.data import Feedback, Tone
from tui.widgets.static import Static

NOTHING = object()


class Under(Look[None]):
    """An app that asks one thing."""

    def __init__(self, dialog: Dialog[Any]) -> None:
        super().__init__()
        self.dialog = dialog
        self.answer: object = NOTHING

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.take)

    def take(self, answer: object) -> None:
        self.answer = answer


def shown(app: Look[None]) -> str:
    screen: Screen[Any] = app.screen
    return "\n".join(line.text.rstrip() for line in screen._compositor.render_strips())


def confirm() -> Confirm:
    return Confirm("Leave the review?", "Nothing is lost: it goes on where it is.", yes="leave", no="stay")


def choose() -> Choose:
    return Choose(
        "Why is it parked?",
        (Choice("buyer", "the buyer is away"), Choice("me", "I do not know", "ask Wei"), Choice("z", "other", key="o")),
        chosen="me",
    )


def date_only(text: str) -> Feedback:
    good = text == "fri"
    return Feedback(good, ((Tone.OK, "Fri 27 Nov", "") if good else (Tone.ACT, "no date in it", ""),))


def ask() -> Ask:
    return Ask("Move it", "New date", prompt="By when?", value="fr", check=date_only)


@pytest.mark.parametrize(("key", "answer"), [("enter", True), ("y", True), ("n", False), ("escape", None)])
async def test_a_question_is_answered_by_one_key(key: str, answer: object) -> None:
    app = Under(confirm())
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Nothing is lost" in shown(app)
        await pilot.press(key)
        assert app.answer is answer


@pytest.mark.parametrize(("number", "answer"), [(0, True), (1, False)])
async def test_a_question_is_answered_by_a_click(number: int, answer: bool) -> None:
    app = Under(confirm())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(list(app.screen.query("KeyChoice"))[number])
        assert app.answer is answer


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (("1",), "buyer"),
        (("o",), "z"),
        (("enter",), "me"),
        (("down", "down", "enter"), "z"),
        (("home", "enter"), "buyer"),
        (("up", "up", "up", "enter"), "buyer"),
        (("end", "enter"), "z"),
        (("escape",), None),
    ],
)
async def test_one_of_a_list_is_chosen_by_keys(keys: tuple[str, ...], answer: str | None) -> None:
    app = Under(choose())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        assert app.answer == answer


async def test_one_of_a_list_is_chosen_by_a_click() -> None:
    app = Under(choose())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(list(app.screen.query(ChoiceRow))[2])
        assert app.answer == "z"


async def test_a_key_of_no_line_chooses_nothing() -> None:
    app = Under(choose())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("9", "q")
        assert app.answer is NOTHING


async def test_a_long_list_keeps_the_raised_line_in_sight() -> None:
    app = Under(Choose("Which?", [Choice(str(number), f"deal number {number}") for number in range(60)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        await pilot.pause()
        assert "deal number 59" in shown(app)
        assert "Esc" in shown(app)


async def test_text_is_judged_while_it_is_typed_and_taken_only_when_in_order() -> None:
    app = Under(ask())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "■ no date in it" in shown(app)
        assert "Enter" not in shown(app)
        await pilot.press("enter")
        assert app.answer is NOTHING
        await pilot.press("i")
        await pilot.pause()
        assert "✓ Fri 27 Nov" in shown(app)
        assert "Enter take it" in shown(app)
        await pilot.press("enter")
        assert app.answer == "fri"


async def test_escape_leaves_a_line_of_text_without_an_answer() -> None:
    app = Under(ask())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("i", "escape")
        assert app.answer is None


@pytest.mark.parametrize(
    "dialog",
    [
        lambda: Confirm("[/x]", Content("[ACME] [/]"), yes="[/b]"),
        lambda: Confirm("[/x]", "[ACME] [/]", yes="[/b]"),
        lambda: Choose("[/x]", [Choice("a", "[ACME] [/]", "[/i]")], body="[/]"),
        lambda: Ask("[/x]", "[/]", body="[ACME] [/]", prompt="[/p]"),
    ],
)
async def test_names_in_a_dialog_are_never_read_as_markup(dialog: Any) -> None:
    app = Under(dialog())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "[/x]" in shown(app)
        assert "[ACME] [/]" in shown(app)


async def test_an_answer_that_comes_late_does_not_close_the_question_above() -> None:
    first, second = ask(), confirm()
    app = Under(first)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.push_screen(second)
        first.dismiss("fri")
        await pilot.pause()
        assert app.screen is second
        assert app.answer is NOTHING
        await pilot.press("y")
        await pilot.pause()
        await pilot.press("i", "enter")
        assert app.answer == "fri"


@pytest.mark.parametrize("size", [(80, 24), (200, 60), (24, 8)])
async def test_a_dialog_fits_every_screen(size: tuple[int, int]) -> None:
    app = Under(confirm())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        plane = app.screen.query_one(".dialog-plane").region
        assert app.screen.region.contains_region(plane)


class Listed(Dialog[None]):
    """Shows so many lines over a raised row."""

    def __init__(self, lines: int) -> None:
        super().__init__("All of it")
        self.lines = lines

    def compose_body(self) -> ComposeResult:
        yield Static("\n".join(f"line {number}" for number in range(self.lines)))

    def compose_raised(self) -> ComposeResult:
        yield Static("the sum")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
@pytest.mark.parametrize("lines", [5, 300])
async def test_a_dialog_is_as_high_as_its_text_and_leaves_no_row_empty_while_there_is_more(lines, size) -> None:
    app = Under(Listed(lines))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        plane, leave = app.screen.query_one(".dialog-plane"), app.screen.query_one(".dialog-leave")
        assert plane.region.bottom - leave.region.bottom == 1
        if lines == 5:
            assert app.screen.query_one(".dialog-text").region.height == 5
        else:
            assert plane.region.height == size[1] * 9 // 10


async def test_what_is_asked_in_an_empty_line_does_not_look_as_if_it_were_typed() -> None:
    app = Under(Ask("Read in an export", "File", prompt="the path of a file"))
    async with app.run_test() as pilot:
        await pilot.pause()

        def bold(words: str) -> bool:
            strips = app.screen._compositor.render_strips()
            said = [part for strip in strips for part in strip if words in part.text]
            return any(part.style is not None and part.style.bold for part in said)

        assert "he path of a file" in shown(app)
        assert not bold("he path of a file")
        await pilot.press(*"deals")
        await pilot.pause()
        assert bold("deals")
