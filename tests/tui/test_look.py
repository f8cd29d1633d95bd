"""What every screen has from the bare app: style sheets read once, the window's size, and an end that loses nothing."""

import asyncio
import os

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.widgets import Input

from tui.look import Look, Sheets
from tui.theme import DARK_PALETTE, LIGHT_PALETTE


class One(Look[None]):
    def compose(self) -> ComposeResult:
        yield Input()


def test_a_start_reads_each_style_sheet_once(monkeypatch):
    read: list[str] = []
    parse = Sheets._parse_rules

    def count(self, css, *more, **named):
        known = len(self._parse_cache)
        rules = parse(self, css, *more, **named)
        if len(self._parse_cache) > known:
            read.append(css)
        return rules

    monkeypatch.setattr("textual.css.stylesheet.Stylesheet._parse_rules", count)

    async def start():
        async with One().run_test() as pilot:
            await pilot.pause()

    asyncio.run(start())
    skin = [css for css in read if "The skin of every screen" in css]
    assert len(skin) == 1


def test_changing_the_colours_changes_them_and_back():
    async def change():
        app = One()
        async with app.run_test() as pilot:
            seen = []
            for _ in range(3):
                await pilot.pause()
                seen.append(app.screen.styles.background.hex.upper())
                app.action_theme()
            return seen

    dark, light = DARK_PALETTE["ground"].upper(), LIGHT_PALETTE["ground"].upper()
    assert asyncio.run(change()) == [dark, light, dark]


async def test_a_size_told_late_does_not_undo_the_one_the_window_has(monkeypatch):
    app = One()
    async with app.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((120, 36)))
        monkeypatch.setattr(One, "is_headless", False)
        for told in (Size(120, 36), Size(20, 5)):
            app.post_message(events.Resize(told, told))
        await pilot.pause()
        assert app.screen.size == Size(120, 36)
        monkeypatch.undo()


class Keeping(One):
    def __init__(self):
        super().__init__()
        self.kept, self.left_with = "", None

    def on_input_changed(self, event):
        self.kept = event.value

    def leave_now(self):
        self.left_with = self.kept


async def test_ended_by_the_system_it_leaves_when_all_that_shows_is_kept():
    app = Keeping()
    async with app.run_test() as pilot:
        app.query_one(Input).value = "Redlines to"
        app._be_ended()
        await pilot.pause()
        assert app.left_with == "Redlines to"
