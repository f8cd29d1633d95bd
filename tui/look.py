"""The bare app in our look: themes, skin, palette. `tui.app` builds on it, and tests of single screens use it."""

import asyncio
import gc
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import events
from textual.app import App
from textual.command import Provider
from textual.css.stylesheet import Stylesheet
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from tui.palette import Commands
from tui.sizes import HEIGHTS, WIDTHS
from tui.terminal import Terminal
from tui.theme import OWN_VARIABLES, PAPER, PETROL, themes
from tui.typeahead import PATIENCE, Leaving, Passed, Typeahead

Result = TypeVar("Result")


class Sheets(Stylesheet):
    """The style sheets of an app, read anew only where the variables in them have changed."""

    def __init__(self, variables: dict[str, str]) -> None:
        """Begin with the variables of the theme that shows first."""
        super().__init__(variables=variables)
        self._known = variables
        self._stale = False

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the variables of a theme; those that stand already leave what was read as it is."""
        if variables != self._known:
            self._known, self._stale = variables, True
            super().set_variables(variables)

    def reparse(self) -> None:
        """Read everything anew, or only what was added since: Textual asks for it at every start."""
        if self._stale:
            super().reparse()
            self._stale = False
        else:
            self.parse()


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
        for one in themes(colour=not self.no_color):
            self.register_theme(one)
        self.theme = theme if theme in (PETROL, PAPER) else PETROL
        self.stylesheet = Sheets(self.get_css_variables())
        # Textual gives the palette a priority binding, which would open it over dialogs; the registry binds it.
        self._bindings.key_to_bindings.pop(self.COMMAND_PALETTE_BINDING, None)
        self.typeahead = Typeahead(self, super().on_event)

    def get_driver_class(self) -> type[Driver]:
        """Draw on a terminal that may vanish."""
        found = super().get_driver_class()
        return Terminal if found is LinuxDriver else found

    async def on_event(self, event: events.Event) -> None:
        """Give out keys one behind the other, sizes as they are now; everything else as Textual does."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.typeahead.take(event)
        elif isinstance(event, events.Resize) and event.pixel_size is None and not self.is_headless:
            # Textual reads the size where the signal strikes; one that strikes within another is told before it, and
            # the older size would be the last one heard. Sizes with pixels come from the terminal, in order.
            size = Size(*shutil.get_terminal_size())
            await super().on_event(events.Resize(size, size))
        else:
            await super().on_event(event)

    async def on_passed(self, message: Passed) -> None:
        """Give out the next key when everything is done with the last one."""
        await self.typeahead.passed(message)

    def on_load(self) -> None:
        """Leave in good order where the system ends the program, or its terminal vanishes."""
        if not gc.isenabled():
            # What was loaded by now stays as long as the program; screens come and go.
            gc.freeze()
        for number in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._be_ended)

    def _be_ended(self) -> None:
        """Leave as soon as everything that was typed is where it is kept, and soon in any case."""
        asyncio.get_running_loop().call_later(PATIENCE, self.leave_now)
        target = self.focused if self._screen_stack else None
        if target is None or not target.post_message(Leaving(target)):
            self.leave_now()

    def on_leaving(self, message: Leaving) -> None:
        """Go round once more, or leave."""
        if not message.again():
            self.leave_now()

    def on_ready(self) -> None:
        """Collect garbage from here on; coming up does not wait for it."""
        if not gc.isenabled():
            gc.enable()

    def leave_now(self) -> None:
        """Leave without a question."""
        self.exit()

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

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Let style sheets be read before a theme is set."""
        return OWN_VARIABLES

    def action_theme(self) -> None:
        """Change between dark and light."""
        self.theme = PAPER if self.theme == PETROL else PETROL
