import pytest
from textual.app import ComposeResult
from textual.geometry import Size
from textual.widgets import Static

from screens.dialogs.base import Dialog
from tui.look import Look
from tui.room import RoomScreen


class Early(RoomScreen):
    """Notes which form it has when its rows are made, before anything is drawn."""

    HAS_RAIL = False

    def compose_plane(self) -> ComposeResult:
        self.app.forms = {name for name in self.classes if not name.startswith("-low")}  # type: ignore[attr-defined]
        yield Static()


class EarlyDialog(Dialog[None]):
    def compose_body(self) -> ComposeResult:
        self.app.forms = {name for name in self.classes if not name.startswith("-low")}  # type: ignore[attr-defined]
        yield Static()


@pytest.mark.parametrize(("width", "form"), [(80, "-narrow"), (120, "-mid"), (160, "-wide")])
async def test_a_screen_and_a_dialog_know_their_form_before_they_are_drawn(width: int, form: str) -> None:
    app: Look[None] = Look()
    async with app.run_test(size=(width, 24)) as pilot:
        for screen in (Early(), EarlyDialog("Title")):
            app.push_screen(screen)
            await pilot.pause()
            assert app.forms == {form}  # type: ignore[attr-defined]
            assert screen.has_class("-low")


async def test_a_screen_that_is_laid_out_before_it_is_told_its_size_hangs_on_a_wall_no_longer() -> None:
    app: Look[None] = Look()
    async with app.run_test(size=(200, 60)) as pilot:
        screen = Early()
        app.push_screen(screen)
        await pilot.pause()
        assert screen.has_class("-wall")
        # As a change of theme does, or coming back to it, in the moment between the two.
        screen._refresh_layout(Size(80, 24))
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not screen.has_class("-wall")
