"""Screens whose plane may be longer than the screen: it scrolls by keys."""

from textual.screen import ModalScreen

from tui.room import RoomScreen

ROWS = 3
"""Rows that one key moves."""


class Paging(RoomScreen):
    """Moves the plane; the keys are alive only where there is more than fits."""

    def available(self, command_id: str) -> bool:
        """Say whether there is anything to scroll to."""
        if command_id in ("look_up", "look_down"):
            plane = self.query_one("#plane")
            return plane.scroll_y > 0 if command_id == "look_up" else plane.scroll_y < plane.max_scroll_y
        return super().available(command_id)

    @property
    def covered(self) -> bool:
        """Whether a whole page lies over this one; under a dialog it still shows."""
        return self.app.screen is not self and not isinstance(self.app.screen, ModalScreen)

    def action_look_up(self) -> None:
        """Show what stands above."""
        self.query_one("#plane").scroll_relative(y=-ROWS, animate=False)

    def action_look_down(self) -> None:
        """Show what stands below."""
        self.query_one("#plane").scroll_relative(y=ROWS, animate=False)
