"""A screen of made-up data in our look, at every size; what it promises the room is checked here."""

from typing import Any

import pytest
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from screens.help import Help
from tui.look import Look
from tui.room import RoomScreen
from tui.theme import PAPER
from tui.widgets.data import (
    BackRowView,
    ClockView,
    Feedback,
    HeaderView,
    Mode,
    Piece,
    RailGroup,
    RailLine,
    RailView,
    Tone,
    status,
)
from tui.widgets.drawing import Fitted
from tui.widgets.field import FieldRow
from tui.widgets.figures import Figure
from tui.widgets.footer import KeyFooter
from tui.widgets.rail import Rail, fitted
from tui.widgets.rows import Facts, Line, NextKey, Row, Subject

SIZES = ((80, 24), (120, 36), (160, 45), (200, 60))

HEADER = HeaderView(
    what="Weekly pipeline review",
    short_what="Pipeline review",
    date="Mon 23 Nov 2026",
    note="focus: close plans",
    clock="10:22",
    punctual="on time",
    ends="ends 11:00",
    pieces=(
        Piece("Forecast", 10, "done"),
        Piece("Inspection", 30, "now", 0.41),
        Piece("Creation", 10),
        Piece("Actions", 10),
    ),
)
CLOCK = ClockView(
    figure="17:42",
    of="left of 30:00",
    pace="1:46 for each deal",
    short_pace="1:46 each",
    punctual="on time",
    ends="ends 11:00",
)
RAIL = RailView(
    clock=CLOCK,
    groups=(
        RailGroup(
            title="deal 8 of 17",
            right="10 to go",
            strip=(Tone.PLAIN,) * 6 + (Tone.WATCH, Tone.NOW) + (Tone.DIM,) * 9,
            under="6 closed out",
            watch="1 parked",
        ),
        RailGroup(
            lines=(
                RailLine("Northwind", "Marcus", tone=Tone.NOW),
                RailLine("Umbrella", "Marcus"),
                RailLine("Stark", "Wei"),
            )
        ),
    ),
    place="8 of 17 · next: Umbrella, Marcus",
)
STEP = Feedback(
    marks=(
        (Tone.OK, "step", ""),
        (Tone.OK, "Tue 24 Nov", ", tomorrow"),
        (Tone.OK, "Marcus Bell", ""),
        (Tone.PLAIN, "agreed with Dana", ""),
    )
)
REFUSED = Feedback(ok=False, marks=((Tone.ACT, "step", ""), (Tone.OK, "Fri 27 Nov", ", in 4 days")))


@pytest.mark.parametrize(("room", "apart"), [(17, True), (16, False), (15, False)])
def test_the_lines_of_the_rail_stand_apart_on_a_wall_where_all_of_them_have_room(room: int, apart: bool) -> None:
    said = [line.rstrip() for line in fitted(RAIL, 30, room, apart=True).plain.split("\n")]
    at = next(number for number, line in enumerate(said) if "Northwind" in line)
    assert len(said) <= room
    assert [line.split()[0] for line in said[at + 1 :] if line] == ["Umbrella", "Stark"]
    assert (said[at + 1] == "") is apart


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (0, "■ date Dana, Mon 16 Nov   ■ paper legal, Mon 2 Nov"),
        (40, "■ date  Dana, Mon 16 Nov\n■ paper legal, Mon 2 Nov"),
        (23, "■ date Dana, Mon 16 Nov\n■ paper legal, Mon 2 Nov"),
    ],
)
def test_marks_one_under_the_other_are_read_as_a_column_where_it_has_room(width: int, said: str) -> None:
    marks = ((Tone.ACT, "date", " Dana, Mon 16 Nov"), (Tone.ACT, "paper", " legal, Mon 2 Nov"))
    assert Feedback(ok=False, marks=marks).line(width).plain == said


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (0, "✓ step   ✓ Tue 24 Nov, tomorrow   ✓ Marcus Bell   agreed with Dana"),
        (66, "✓ step   ✓ Tue 24 Nov, tomorrow   ✓ Marcus Bell   agreed with Dana"),
        (65, "✓ step   ✓ Tue 24 Nov, tomorrow   ✓ Marcus Bell\nagreed with Dana"),
        (40, "✓ step   ✓ Tue 24 Nov, tomorrow\n✓ Marcus Bell   agreed with Dana"),
    ],
)
def test_what_is_understood_breaks_between_two_marks_never_inside_a_name(width: int, said: str) -> None:
    assert STEP.line(width).plain == said


class Demo(RoomScreen):
    """An inspection screen that knows one deal."""

    SCOPE = "inspection"

    def compose_plane(self) -> ComposeResult:
        yield Subject()
        yield Facts(classes="gap", markup=False)
        moved = Content.assemble("close date 4 Dec → ", ("18 Dec", "bold $bright"), ", pushed 3×")
        yield Row("since 16 Nov", moved, classes="gap group")
        did = Content.assemble("“Security review booked”, Thu 19 Nov   ", status(Tone.OK, "the buyer did it"))
        yield Row("promised", did)
        slip = "4 Dec → 18 Dec; a second in a row moves it to best case"
        yield Row(status(Tone.WATCH, "slip pending"), slip, classes="gap")
        yield Row(status(Tone.WATCH, "paper is old"), "last moved 2 Nov, 21 days ago")
        yield Row(status(Tone.UNKNOWN, "not known"), "champion · criteria written down")
        yield Line()
        yield FieldRow("Buyer", "What did the buyer do?", "Dana (CFO) signed off the security annex", id="buyer")
        yield FieldRow("Risk", "What one thing could stop this closing on the 18th?", id="risk").add_class("gap")
        date = Content.assemble(status(Tone.OK, "date"), "    Dana, Fri 20 Nov")
        yield Row("Commit", date, classes="gap close")
        paper = Content.assemble(
            status(Tone.ACT, "paper"),
            "   which stage, last moved when?   ",
            ("without it: out of commit at lock", "$error"),
        )
        yield Row("", paper)
        text = "Redlines back, call @Dana on the two open clauses ! tue"
        yield FieldRow("Step", "What happens next, with whom, by when?", text, tall=True, id="step").add_class("gap")
        yield NextKey(classes="gap indent")

    def on_mount(self) -> None:
        subject = self.query_one(Subject)
        subject.name_text, subject.beside = "Northwind", ("Marcus Bell", "Platform renewal")
        self.query_one(Facts).show(
            (
                ("amount", "$184,000"),
                ("category", "COMMIT"),
                ("stage", "Negotiation, 51 days"),
                ("closes", "Fri 18 Dec"),
            )
        )
        self.show_header(HEADER)
        self.show_rail(RAIL)
        self.query_one("#step", FieldRow).feedback = STEP
        self.query_one(NextKey).say("Enter", "closes Northwind out")
        self.show_back_row(
            BackRowView("17:42", "What is the next step?", Tone.PLAIN, "Northwind, Marcus", "s", "type the step"),
            (Tone.OK, "on time", ", ends 11:00 · deal 8 of 17"),
        )

    refused = False
    done: str = ""

    def available(self, command_id: str) -> bool:
        return not (command_id == "close_out" and self.refused)

    def action_close_out(self) -> None:
        self.done = "close_out"

    def action_step(self) -> None:
        self.query_one("#step", FieldRow).type_here()

    def action_evidence(self) -> None:
        self.done = "evidence"

    def action_end_deal(self) -> None: ...
    def action_park(self) -> None:
        self.done = "park"

    def action_commitment(self) -> None: ...
    def action_category(self) -> None: ...
    def action_change(self) -> None: ...


class DemoApp(Look[None]):
    def get_default_screen(self) -> Demo:
        return Demo()

    def action_help(self) -> None:
        self.push_screen(Help(demo(self).registry, "inspection", lambda command: command.id != "park"))


def demo(app: Look[None]) -> Demo:
    screen = app.screen_stack[-1]
    assert isinstance(screen, Demo)
    return screen


def mode(app: Look[None]) -> Mode:
    return demo(app).mode


def refuse(screen: Demo) -> None:
    """Bring the demo to where time is ending and the step is refused."""
    screen.refused = True
    screen.query_one("#step", FieldRow).text = "Follow up fri"
    screen.query_one("#step", FieldRow).feedback = REFUSED
    screen.query_one(NextKey).refuse("cannot close out", "with whom, about what?")
    clock = ClockView(
        "2:10", "left of 30:00", Tone.ACT, "ending", "2:10 for each deal", "", "on time", Tone.OK, "ends 11:00"
    )
    screen.show_rail(RailView(clock, RAIL.groups, RAIL.place))
    screen.refresh_keys()


def text(app: Look[None]) -> list[str]:
    """Read the screen."""
    lines = app.screen._compositor.render_strips()
    return [line.text.rstrip() for line in lines]


def footer(screen: Screen[Any]) -> list[str]:
    return [entry.title for entry in screen.query_one(KeyFooter).entries]


@pytest.mark.parametrize("size", SIZES)
async def test_every_line_of_the_deal_is_in_sight(size: tuple[int, int]) -> None:
    app = DemoApp()
    async with app.run_test(size=size) as pilot:
        await pilot.press("s")
        await pilot.pause()
        screen = "\n".join(text(app))
        for said in (
            "Closeout", "10:22", "▸ INSPECTION", "left", "of 30:00", "next" if size[0] < 120 else "Umbrella",
            "Marcus Bell", "$184,000", "COMMIT", "Negotiation, 51 days", "Fri 18 Dec", "pushed 3×",
            "✓ the buyer did it", "▲ slip pending", "▲ paper is old", "? not known", "Dana (CFO)",
            "What one thing could stop", "✓ date", "■ paper", "! tue", "✓ step", "Enter closes Northwind out", "TYPE",
        ):  # fmt: skip
            assert said in screen, said
        assert not app.screen.query_one("#plane").show_vertical_scrollbar


@pytest.mark.parametrize("size", SIZES[:2])
async def test_the_reason_stands_where_the_next_key_stood(size: tuple[int, int]) -> None:
    app = DemoApp()
    async with app.run_test(size=size) as pilot:
        await pilot.press("s")
        refuse(demo(app))
        await pilot.pause()
        screen = "\n".join(text(app))
        assert "■ cannot close out: with whom, about what?" in screen
        assert "Enter" not in screen
        assert "■ ending" in screen


async def test_labels_and_values_stand_in_one_grid() -> None:
    app = DemoApp()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("s")
        lines = text(app)
        at = {
            word: next(line.index(word) for line in lines if word in line)
            for word in (
                "since 16 Nov",
                "▲ slip",
                "Buyer",
                "Step",
                "close date",
                "4 Dec → 18 Dec;",
                "Dana (CFO)",
                "Redl",
            )
        }
        assert list(at.values()) == [5, 5, 5, 5, 21, 21, 21, 21]


@pytest.mark.parametrize("key", ["s", "i"])
async def test_nothing_shifts_when_a_line_is_chosen(key: str) -> None:
    app = DemoApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        before = text(app)[:-1]
        await pilot.press(key)
        await pilot.pause()
        after = [line.replace("▌", " ").rstrip() for line in text(app)[:-1]]
        assert after == before


async def test_letters_are_commands_until_a_line_has_the_cursor() -> None:
    app = DemoApp()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = demo(app)
        assert mode(app) is Mode.KEYS
        await pilot.press("i")
        assert mode(app) is Mode.TYPE
        await pilot.press("e", "s")
        assert screen.query_one("#risk", FieldRow).text == "es"
        assert screen.done == ""
        await pilot.press("escape")
        assert mode(app) is Mode.KEYS
        await pilot.press("e")
        assert screen.done == "evidence"


async def test_escape_leaves_a_line_and_never_the_screen() -> None:
    app = DemoApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("s", "escape", "escape", "escape")
        assert isinstance(app.screen, Demo)
        assert demo(app).query_one("#step", FieldRow).text.endswith("! tue")


async def test_a_prefilled_line_is_not_wiped_by_the_first_key() -> None:
    app = DemoApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("s", "s")
        assert demo(app).query_one("#step", FieldRow).text.endswith("! tues")


async def test_function_keys_work_while_typing() -> None:
    app = DemoApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("s", "f4")
        assert demo(app).done == "park"


async def test_enter_passes_a_line_and_closes_out_on_the_last() -> None:
    app = DemoApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("enter", "enter")
        assert demo(app).focused is demo(app).query_one("#step", FieldRow).line
        await pilot.press("enter")
        assert demo(app).done == "close_out"


async def test_a_refused_step_takes_no_enter() -> None:
    app = DemoApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("s")
        refuse(demo(app))
        await pilot.press("enter")
        assert demo(app).done == ""
        assert "close out" not in footer(app.screen)


async def test_a_key_that_nothing_answers_is_not_shown() -> None:
    app = DemoApp()
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        assert "undo" not in footer(app.screen)
        assert "verdict" not in footer(app.screen)
        assert footer(app.screen)[0] == "type the step"


async def test_a_click_does_what_the_key_does() -> None:
    app = DemoApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.click(KeyFooter, offset=(text(app)[-1].index("F4"), 0))
        assert demo(app).done == "park"
        await pilot.click("#risk .label")
        assert demo(app).mode is Mode.TYPE


@pytest.mark.parametrize("size", SIZES[:3])
async def test_the_back_row_sees_time_sentence_and_key(size: tuple[int, int]) -> None:
    app = DemoApp()
    async with app.run_test(size=size) as pilot:
        await pilot.press("f9")
        await pilot.pause()
        screen = text(app)
        assert sum("███" in line for line in screen) >= 6
        assert any("type the step" in line for line in screen[:-1])
        assert "F9 back to the card" in screen[-1]
        await pilot.press("s")
        assert demo(app).mode is Mode.TYPE
        assert not demo(app).back_row


async def test_a_tick_repaints_the_time_and_nothing_else() -> None:
    app = DemoApp()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        words, figure = app.screen.query_one("Rail > .words", Fitted), app.screen.query_one(Rail).query_one(Figure)
        before = words.render()
        demo(app).show_rail(RailView(replace(CLOCK, figure="17:41"), RAIL.groups, RAIL.place))
        assert words.render() is before
        assert figure.text == "17:41"


async def test_names_are_shown_and_never_read_as_markup() -> None:
    app = DemoApp()
    async with app.run_test(size=(140, 40)) as pilot:
        subject = app.screen.query_one(Subject)
        subject.name_text, subject.beside = "[ACME] [/x]", ("[bold]Eve\x1b[31m\n", "$accent [/]")
        app.screen.query_one("#step", FieldRow).feedback = Feedback(marks=((Tone.OK, "[/x]", " [red]"),))
        app.screen.query_one("#risk", FieldRow).prompt = "[ACME] [/x]?"
        app.screen.query_one(Facts).show((("amount", "[/x]"), ("closes", "[b]")))
        demo(app).show_rail(RailView(ClockView("[/x]", "[/]"), (RailGroup("[/x]", lines=(RailLine("[/b]"),)),), "[/]"))
        demo(app).show_header(replace(HEADER, note="[/x]", pieces=(Piece("[/b]", 10, "now", 0.5),)))
        await pilot.pause()
        screen = "\n".join(text(app))
        assert "[ACME] [/X]" in screen
        assert "[ACME] [/x]?" in screen
        assert "[bold]Eve[31m" in screen
        assert "✓ [/x] [red]" in screen


async def test_help_and_palette_come_from_the_table() -> None:
    app = DemoApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert any("type the step" in line for line in text(app))
        await pilot.press("escape", "ctrl+p")
        await pilot.press(*"park")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert demo(app).done == "park"


async def test_help_scrolls_to_its_end_on_the_smallest_screen() -> None:
    app = DemoApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1", "end")
        await pilot.pause()
        assert any("Ctrl+q" in line for line in text(app))


async def test_dark_and_light_change_at_a_word() -> None:
    app = DemoApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await demo(app).action_command("theme")
        await pilot.pause()
        assert app.theme == PAPER


@pytest.mark.parametrize("size", [(20, 5), (1, 1)])
async def test_a_tiny_terminal_breaks_nothing(size: tuple[int, int]) -> None:
    app = DemoApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        before = text(app)
        await pilot.resize_terminal(*size)
        await pilot.press("f9", "f9", "s")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        await pilot.pause()
        assert text(app) == before


async def test_without_colour_every_status_still_says_its_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = DemoApp()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("s")
        assert app.no_color
        assert app.current_theme.accent == app.current_theme.variables["bright"], "the next key is as dim as its words"
        shown = "\n".join(text(app))
        assert all(word in shown for word in ("✓ date", "■ paper", "▲ slip pending", "? not known", "▸ INSPECTION"))
