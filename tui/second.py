"""The programs of a second terminal: what the room sees, and what the manager alone sees."""

from typing import Any

from textual.binding import Binding
from textual.screen import ModalScreen

from review.ports import PrivateDesk, Watch
from screens.chair import Chair
from screens.chair_call import Blank, frame
from screens.dialogs.base import Dialog
from screens.following import Following
from screens.help import Help
from tui.look import Look
from tui.registry import STANDARD, TYPED_KEYS, Registry
from tui.room import RoomScreen
from tui.theme import PLUM, PRIVATE, ROSE


class Second(Look[None]):
    """An app beside the one that runs the review."""

    def __init__(self, registry: Registry, theme: str) -> None:
        """Take the keys and the colours."""
        super().__init__(theme)
        self.registry = registry

    def action_help(self) -> None:
        """Show every key of the screen."""
        if isinstance(room := self.screen, RoomScreen):
            self.push_screen(Help.of(room), room.do_chosen)

    async def action_quit(self) -> None:
        """Leave at once: nothing runs here."""
        while isinstance(self.screen, ModalScreen):
            await self.pop_screen()
        self.exit()


class Beside(Second):
    """What the manager alone sees: other colours, the word on every border, and a key that blanks it."""

    CSS = """
    Screen { border-top: heavy $warning; border-bottom: heavy $warning; }
    Screen { border-title-color: $warning; border-subtitle-color: $warning; }
    Screen { border-title-style: bold; border-subtitle-style: bold; border-subtitle-align: right; }
    ModalScreen, Blank { border-top: none; border-bottom: none; }
    HourHeader, KeyFooter { margin: 0 1; }
    Chair.-low HourHeader { height: 2; padding: 0 2; }
    Chair.-narrow.-low HourHeader { height: 1; padding: 0 1; }
    Chair.-narrow.-low Rail { height: 1; }
    Chair.-pane HourHeader, Chair.-pane Line { display: none; }
    Chair.-pane Row { padding: 0 1; }
    Chair.-pane Row > .label { width: 10; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Screen .dialog-plane { padding: 1 0; border-top: heavy $warning; border-bottom: heavy $warning; }
    Screen .dialog-plane { border-title-color: $warning; border-subtitle-color: $warning; }
    """

    def __init__(self, desk: PrivateDesk, registry: Registry = STANDARD, theme: str = "petrol") -> None:
        """Sit at `desk`; the colours are the private ones of `theme`."""
        super().__init__(registry, theme)
        self.theme = PRIVATE.get(theme, PLUM)
        self._desk = desk
        blank = registry.find(Chair.SCOPE, "blank")
        self._blanks = blank.keys if blank is not None else ()
        for key in (key for key in self._blanks if key in TYPED_KEYS):
            # Before dialogs and lines too: what is private goes away at one key, whatever shows.
            self._bindings.key_to_bindings[key] = [Binding(key, "blank", show=False, priority=True)]

    def on_mount(self) -> None:
        """Open the one screen there is."""
        self.push_screen(Chair(self._desk, self.registry))

    # Textual overloads this by what it gives back; here it only passes everything on.
    def push_screen(self, screen: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        """Put the word on the border of a dialog, whoever asks for it."""
        pushed = super().push_screen(screen, *arguments, **named)
        if isinstance(screen, Dialog):
            screen.call_later(lambda: frame(screen.query_one(".dialog-plane")))
        return pushed

    def action_blank(self) -> None:
        """Show nothing, or again what showed."""
        if isinstance(self.screen, Blank):
            self.pop_screen()
        else:
            self.push_screen(Blank(self._blanks))

    def action_theme(self) -> None:
        """Change between the dark and the light private colours."""
        self.theme = ROSE if self.theme == PLUM else PLUM


class Follow(Second):
    """Shows what the room sees."""

    def __init__(self, watch: Watch, registry: Registry = STANDARD, theme: str = "petrol") -> None:
        """Follow what `watch` sees."""
        super().__init__(registry, theme)
        self._watch = watch

    def on_mount(self) -> None:
        """Open the one screen there is."""
        self.push_screen(Following(self._watch, self.registry))
