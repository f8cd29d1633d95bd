"""The bare app in our look: themes, skin, palette. `tui.app` builds on it, and tests of single screens use it."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, TypeVar

from textual.app import App
from textual.command import Provider

from tui.palette import Commands
from tui.room import HEIGHTS, WIDTHS
from tui.theme import OWN_VARIABLES, PAPER, PETROL, THEMES

Result = TypeVar("Result")


class Look(App[Result]):
    """An app that looks like Closeout and knows nothing yet."""

    CSS_PATH = Path(__file__).with_name("app.tcss")
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    TITLE = "Closeout"

    def __init__(self, theme: str = PETROL) -> None:
        """Dress the app; `theme` is “petrol” or “paper”."""
        super().__init__()
        for one in THEMES:
            self.register_theme(one)
        self.theme = theme if theme in (PETROL, PAPER) else PETROL
        # Textual gives the palette a priority binding, which would open it over dialogs; the registry binds it.
        self._bindings.key_to_bindings.pop(self.COMMAND_PALETTE_BINDING, None)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Let style sheets be read before a theme is set."""
        return OWN_VARIABLES

    def action_theme(self) -> None:
        """Change between dark and light."""
        self.theme = PAPER if self.theme == PETROL else PETROL
