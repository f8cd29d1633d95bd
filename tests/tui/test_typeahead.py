"""Keys mean what they mean one by one, however fast they come."""

from typing import ClassVar

import pytest
from textual import events

from tui.look import Look
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
