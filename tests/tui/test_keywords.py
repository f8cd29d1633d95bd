import pytest
from textual.content import Content

from screens.dialogs.base import Dialog
from tui.look import Look
from tui.widgets.keywords import KeyWords, key_of, label_at

LINE = Content.assemble(
    ("Enter", "bold $accent"), " take   ", ("↑↓", "bold $accent"), " move   ", ("Esc", "bold $accent"), " back"
)


@pytest.mark.parametrize(("word", "label"), [("Enter", "Enter"), ("take", "Enter"), ("Esc", "Esc"), ("back", "Esc")])
def test_a_key_and_the_words_behind_it_mean_the_key(word: str, label: str) -> None:
    assert label_at(LINE, LINE.plain.index(word)) == label


def test_a_line_without_keys_means_none() -> None:
    assert label_at(Content("nothing to press"), 3) == ""


@pytest.mark.parametrize(
    ("label", "key"), [("Enter", "enter"), ("Esc", "escape"), ("F2", "f2"), ("d", "d"), (">", "greater_than_sign")]
)
def test_a_label_is_the_key_of_that_name(label: str, key: str) -> None:
    assert key_of(label).key == key


async def test_a_dialog_is_left_by_a_click_on_what_says_so() -> None:
    app: Look[None] = Look()
    async with app.run_test(size=(80, 24)) as pilot:
        dialog: Dialog[None] = Dialog("Title")
        app.push_screen(dialog)
        await pilot.pause()
        line = dialog.query_one(".dialog-leave", KeyWords)
        await pilot.click(line, offset=(line.content_region.x - line.region.x + 1, 0))
        await pilot.pause()
        assert app.screen is not dialog
