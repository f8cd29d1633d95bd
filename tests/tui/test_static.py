import pytest
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from tui.look import Look
from tui.widgets.figures import Figure
from tui.widgets.static import Static


class Page(Look[None]):
    CSS = """
    #fixed { width: 20; height: 1; }
    #tall { width: 20; height: auto; }
    #wide { width: auto; height: 1; }
    #hidden { display: none; height: auto; }
    Figure { width: 1fr; }
    """

    def compose(self):
        yield Static(Content("12:00"), id="fixed")
        yield Static(Content("12:00"), id="tall")
        with Horizontal():
            yield Static(Content("12:00"), id="wide")
            yield Static(Content("12:00"), id="hidden")
        yield Figure("12:00")


@pytest.fixture
def asked(monkeypatch):
    """What asked for a layout and for paint, in the order of asking."""
    layouts: list[str | None] = []
    paints: list[str | None] = []
    refresh = Widget.refresh

    def remembered(self, *regions, repaint=True, layout=False, recompose=False):
        (layouts if layout else paints).append(self.id)
        return refresh(self, *regions, repaint=repaint, layout=layout, recompose=recompose)

    monkeypatch.setattr(Widget, "refresh", remembered)
    return layouts, paints


@pytest.mark.parametrize(
    ("ident", "said", "laid_out"),
    [
        ("fixed", "12:01", False),
        ("fixed", "a text that is longer than its line", False),
        ("tall", "12:01", False),
        ("tall", "a text that is longer than its line", True),
        ("tall", "two\nlines", True),
        ("wide", "12:01", False),
        ("wide", "12:01:30", True),
        ("hidden", "two\nlines", False),
    ],
)
async def test_words_are_laid_out_anew_only_where_they_need_another_room(asked, ident, said, laid_out):
    async with Page().run_test() as pilot:
        await pilot.pause()
        for found in asked:
            found.clear()
        pilot.app.query_one(f"#{ident}", Static).update(Content(said))
        assert bool(asked[0]) is laid_out
        await pilot.pause()
        assert pilot.app.query_one(f"#{ident}", Static).content == Content(said)


async def test_the_same_words_cost_nothing(asked):
    async with Page().run_test() as pilot:
        await pilot.pause()
        for found in asked:
            found.clear()
        pilot.app.query_one("#tall", Static).update(Content("12:00"))
        assert asked == ([], [])


async def test_a_second_on_the_large_clock_lays_nothing_out(asked):
    async with Page().run_test() as pilot:
        await pilot.pause()
        for found in asked:
            found.clear()
        pilot.app.query_one(Figure).text = "12:01"
        await pilot.pause()
        assert not asked[0]
        assert asked[1]


async def test_words_that_grew_while_hidden_have_their_room_once_shown():
    async with Page().run_test() as pilot:
        hidden = pilot.app.query_one("#hidden", Static)
        hidden.update(Content("two\nlines"))
        hidden.display = True
        await pilot.pause()
        assert hidden.size.height == 2
