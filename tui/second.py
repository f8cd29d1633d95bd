"""The programs of a second terminal: what the room sees, and what the manager alone sees."""

from textual.screen import ModalScreen

from review.ports import Watch
from screens.following import Following
from screens.help import Help
from tui.look import Look
from tui.registry import STANDARD, Registry
from tui.room import RoomScreen


class Second(Look[None]):
    """An app beside the one that runs the review."""

    def __init__(self, registry: Registry, theme: str) -> None:
        """Take the keys and the colours."""
        super().__init__(theme)
        self.registry = registry

    @property
    def failure(self) -> BaseException | None:
        """What ended the program, where it was not somebody leaving."""
        return self._exception

    def _fatal_error(self) -> None:
        """End without Textual's traceback: it prints the values of the moment, customers' names among them."""
        if "debug" in self.features:
            super()._fatal_error()
        else:
            self._close_messages_no_wait()

    def action_help(self) -> None:
        """Show every key of the screen."""
        if isinstance(self.screen, RoomScreen):
            self.push_screen(Help(self.screen.registry, self.screen.SCOPE))

    async def action_quit(self) -> None:
        """Leave at once: nothing runs here."""
        while isinstance(self.screen, ModalScreen):
            await self.pop_screen()
        self.exit()


class Follow(Second):
    """Shows what the room sees."""

    def __init__(self, watch: Watch, registry: Registry = STANDARD, theme: str = "petrol") -> None:
        """Follow what `watch` sees."""
        super().__init__(registry, theme)
        self._watch = watch

    def on_mount(self) -> None:
        """Open the one screen there is."""
        self.push_screen(Following(self._watch, self.registry))
