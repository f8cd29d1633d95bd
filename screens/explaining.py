"""One key from what a screen says to the facts that it stands on."""

from typing import TYPE_CHECKING

from tui.room import RoomScreen

if TYPE_CHECKING:
    from review.why import Reason


class Explaining(RoomScreen):
    """Opens what stands behind the screen; nothing can be changed there.

    It stands last among the bases of a screen: Textual takes styles from the first one alone.
    """

    def reasons(self) -> "tuple[str, tuple[Reason, ...]]":
        """Give what is explained, and its facts."""
        return "", ()

    def action_why(self) -> None:
        """Show what the screen rests on."""
        from screens.dialogs.why import Why  # loaded when it is first asked for

        title, reasons = self.reasons()
        self.app.push_screen(Why(title, reasons))

    def action_explain(self) -> None:
        """Show what the screen rests on, where the usual key opens the history."""
        self.action_why()
