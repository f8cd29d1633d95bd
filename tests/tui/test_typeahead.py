"""Keys mean what they mean one by one, however fast they come."""

import asyncio
from typing import Any, ClassVar

import pytest
from textual import events

from tui import typeahead
from tui.look import Look
from tui.typeahead import Passed, Typeahead
from tui.widgets.field import FieldRow

NAMED = {
    "⌫": "backspace",
    "␡": "delete",
    "←": "left",
    "⇤": "home",
    "✂": "ctrl+u",
    "␠": "space",
    "⏎": "enter",
    "⇥": "tab",
    "⎋": "escape",
}
LETTERS = {**dict.fromkeys(NAMED), "␠": " "}


class Lines(Look[None]):
    """Two lines; Enter goes to the next, as do the forms."""

    BINDINGS: ClassVar = [("t", "type", ""), ("escape", "leave", "")]

    def compose(self):
        yield FieldRow("Step", value="before", id="first")
        yield FieldRow("Why", id="second")

    def on_mount(self):
        self.query_one("#first", FieldRow).type_here()

    def on_field_row_entered(self):
        self.query_one("#second", FieldRow).type_here()

    def action_leave(self):
        self.screen.set_focus(None)

    def action_type(self):
        self.query_one("#second", FieldRow).type_here()


@pytest.mark.parametrize(
    ("burst", "first", "second"),
    [
        ("✂eur", "eur", ""),
        ("abx⌫c", "beforeabc", ""),
        ("⇤an", "anbefore", ""),
        ("←←x", "befoxre", ""),
        ("⇤␡␡a", "afore", ""),
        ("✂one␠✂two", "two", ""),
        ("✂one⏎two⌫", "one", "tw"),
        ("✂one⇥two", "one", "two"),
        ("s⎋xytand", "befores", "and"),
        ("⎋⎋t⌫ab⇥c", "beforec", "ab"),
    ],
)
async def test_keys_that_come_at_once_mean_what_they_mean_one_by_one(burst, first, second):
    app = Lines()
    async with app.run_test() as pilot:
        await pilot.pause()
        for sign in burst:
            app.post_message(events.Key(NAMED.get(sign, sign), LETTERS.get(sign, sign)))
        await pilot.pause(0.2)
        assert (app.query_one("#first", FieldRow).text, app.query_one("#second", FieldRow).text) == (first, second)


class Busy:
    """A screen that keeps everything waiting, and its app."""

    focused = None

    def __init__(self):
        self.screen = self
        self.given, self.posted, self.later = [], [], []

    def check_consume_key(self, *_):
        return False

    def post_message(self, message):
        self.posted.append(message)
        return True

    def call_later(self, callback, *args):
        self.later.append((callback, args))

    async def give_out(self, key):
        key._set_forwarded()
        self.given.append(key.key)


async def test_what_comes_back_late_for_a_key_does_not_end_the_one_under_way(monkeypatch):
    monkeypatch.setattr(typeahead, "PATIENCE", 0.01)
    busy: Any = Busy()
    keys = Typeahead(busy, busy.give_out)
    for sign in ">sC":
        await keys.take(events.Key(sign, sign))
    await asyncio.sleep(0.05)
    callback, args = busy.later.pop()
    await callback(*args)
    assert busy.given == [">", "s"]
    slow = busy.posted[0]
    await keys.passed(Passed(slow.target, slow.turn, rounds=1))
    await callback(*args)
    assert busy.given == [">", "s"]
    await keys.passed(Passed(slow.target, busy.posted[-1].turn, rounds=1))
    assert busy.given == [">", "s", "C"]
