"""Screens whose plane may be longer than the screen: it scrolls by keys."""

from tui.room import RoomScreen

ROWS = 3
"""Rows that one key moves."""


class Paging(RoomScreen):
    """Moves the plane; the keys are alive only where there is more than fits."""

    def available(self, command_id: str) -> bool:
        """Say whether there is anything to scroll to."""
        if command_id in ("look_up", "look_down"):
            return self.query_one("#plane").max_scroll_y > 0
        return super().available(command_id)

    def action_look_up(self) -> None:
        """Show what stands above."""
        self.query_one("#plane").scroll_relative(y=-ROWS, animate=False)

    def action_look_down(self) -> None:
        """Show what stands below."""
        self.query_one("#plane").scroll_relative(y=ROWS, animate=False)
