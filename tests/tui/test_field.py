"""A line to type in takes its keys in the order in which they were pressed, however fast they come."""

import pytest
from textual import events

from tui.look import Look
from tui.widgets.field import FieldRow

NAMED = {"⌫": "backspace", "␡": "delete", "←": "left", "⇤": "home", "✂": "ctrl+u", "␠": "space"}
LETTERS = {**dict.fromkeys(NAMED), "␠": " "}


class One(Look[None]):
    def compose(self):
        yield FieldRow("Step", value="before")

    def on_mount(self):
        self.query_one(FieldRow).type_here()


@pytest.mark.parametrize(
    ("burst", "text"),
    [
        ("✂eur", "eur"),
        ("abx⌫c", "beforeabc"),
        ("⇤an", "anbefore"),
        ("←←x", "befoxre"),
        ("⇤␡␡a", "afore"),
        ("✂one␠✂two", "two"),
    ],
)
async def test_keys_that_come_at_once_mean_what_they_mean_one_by_one(burst, text):
    app = One()
    async with app.run_test() as pilot:
        await pilot.pause()
        for sign in burst:
            app.post_message(events.Key(NAMED.get(sign, sign), LETTERS.get(sign, sign)))
        await pilot.pause()
        await pilot.pause()
        assert app.query_one(FieldRow).text == text
