"""What every section screen is: header, plane, rail, footer, and two states, KEYS and TYPE."""

import asyncio
from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.containers import Container, VerticalScroll
from textual.reactive import reactive
from textual.widget import Widget

from tui.command import Command
from tui.pointing import Pointing
from tui.registry import STANDARD, Registry
from tui.settling import Settling
from tui.sizes import HEIGHTS, WIDTHS, take_size
from tui.widgets.backrow import BackRow
from tui.widgets.data import BackRowView, HeaderView, Mode, RailView, Tone
from tui.widgets.field import FieldRow
from tui.widgets.footer import KeyFooter
from tui.widgets.header import HourHeader
from tui.widgets.rail import Rail


class RoomScreen(Pointing, Settling):
    """A screen that the room sees.

    A subclass sets `SCOPE`, yields its rows from `compose_plane`, has an `action_<id>` for each command that it can
    do and says in `available` which of them are alive. State comes down by `show_header`, `show_rail`, `show_back_row`.
    """

    SCOPE: ClassVar[str] = ""
    """The scope of the registry whose commands work here."""
    HAS_RAIL: ClassVar[bool] = True
    AUTO_FOCUS = ""
    teaches = False  # Whether it is a page that teaches: its help lists what works there, and nothing else.
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    back_row: reactive[bool] = reactive(False, init=False, toggle_class="-back-row")

    def __init__(self, registry: Registry = STANDARD, *, id: str | None = None) -> None:
        """Bind the keys of `registry`."""
        super().__init__(id=id)
        self.registry = registry
        self.own_key = self._own_key if registry is not STANDARD else None
        """Says which key of somebody's own stands for one that a text names; None while the keys are as they come."""
        self._bindings = BindingsMap.merge([BindingsMap(registry.bindings(self.SCOPE)), self._bindings])

    def compose(self) -> ComposeResult:
        """Lay out what every screen has; the rest comes from `compose_plane`."""
        take_size(self)
        yield HourHeader()
        with Container(id="room"):
            if self.HAS_RAIL:
                with Rail():
                    yield from self.compose_rail()
            with VerticalScroll(id="plane", can_focus=False):
                yield from self.compose_plane()
        yield BackRow()
        yield KeyFooter()

    def compose_plane(self) -> ComposeResult:
        """Yield the rows of the main plane."""
        yield from ()

    def compose_rail(self) -> ComposeResult:
        """Yield what stands in the rail besides its own."""
        yield from ()

    # State comes down

    def show_header(self, view: HeaderView) -> None:
        """Give the header its view."""
        self.query_one(HourHeader).view = view

    def show_rail(self, view: RailView) -> None:
        """Give the rail its view."""
        if self.HAS_RAIL:
            self.query_one(Rail).view = view

    def show_back_row(self, view: BackRowView, status: tuple[Tone, str, str] = (Tone.OK, "", "")) -> None:
        """Give the back-row view what it says, and the status at the right end of its footer."""
        self._behind, self._aside = view, status
        self._show_aside()

    # Commands

    def available(self, command_id: str) -> bool:
        """Say whether a command can be done in the state on screen; subclasses ask their state."""
        return True

    def wording(self) -> Mapping[str, str]:
        """Give other words for commands or groups in the footer, by id, as the state asks for."""
        return {"back_row": "back to the card"} if self.back_row else {}

    def ranks(self) -> Mapping[str, int]:
        """Give other ranks for commands or groups in the footer, by id, as the state asks for."""
        return {"back_row": 9} if self.back_row else {}

    def live(self, command: Command, mode: Mode | None = None) -> bool:
        """Say whether a key would do something now: only then is it shown."""
        if mode is not None and mode not in command.mode:
            return False
        if not self._runner(command.id) or not self._ready(command.id):
            return False
        return not command.unless or not any(
            other.group == command.unless and self._runner(other.id) and self._ready(other.id)
            for other in self.registry.at(self.SCOPE)
        )

    def _ready(self, command_id: str) -> bool:
        return (command_id != "type" or self.next_open() is not None) and self.available(command_id)

    def _runner(self, command_id: str) -> Widget | object | None:
        """Find who does a command: this screen, else the app."""
        return next((owner for owner in (self, self.app) if hasattr(owner, f"action_{command_id}")), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let dead keys do nothing."""
        if action != "command":
            return super().check_action(action, parameters)
        if self.app.screen is not self:
            # The key was typed before the dialog that lies over this screen was there.
            return False
        command = self.registry.find(self.SCOPE, str(parameters[0]))
        return command is not None and self._answers(command)

    def _own_key(self, named: str) -> str:
        return self.registry.own_key(self.SCOPE, self.mode, named, lambda command: self.live(command, self.mode))

    def _answers(self, command: Command) -> bool:
        found = [one for one in self.registry.at(self.SCOPE) if one.id == command.id]
        return any(self.live(one, self.mode) for one in found)

    async def action_command(self, command_id: str) -> None:
        """Run a command by its id: what keys, footer and palette do."""
        owner = self._runner(command_id)
        if owner is not None:
            await self.run_action(f"app.{command_id}" if owner is self.app else f"screen.{command_id}")
            # A dialog that a worker asks by opens now, before a key typed right behind asks the same again.
            await asyncio.sleep(0)

    async def on_key_footer_chosen(self, message: KeyFooter.Chosen) -> None:
        """Do for a click on a key what the key does."""
        message.stop()
        if self.check_action("command", (message.command,)):
            await self.action_command(message.command)

    async def do_chosen(self, command: Command | None) -> None:
        """Do what was clicked in the help, where it can be done now."""
        if command is not None and self.live(command):
            await self.action_command(command.id)

    # Two states

    def fields(self) -> list[FieldRow]:
        """Give the lines one can type in now, in their order."""
        return [row for row in self.query(FieldRow) if row.display and not row.disabled]

    def next_open(self) -> FieldRow | None:
        """Give the first empty line, or the last one."""
        rows = self.fields()
        return next((row for row in rows if not row.text), rows[-1] if rows else None)

    def action_type(self) -> None:
        """Type in the next empty line."""
        row = self.next_open()
        if row is not None:
            row.type_here()

    def action_keys_mode(self) -> None:
        """Leave the line; letters are commands again."""
        self.set_focus(None)

    async def action_back_row(self) -> None:
        """Turn the back-row view on or off."""
        await self.query_one(BackRow).lay_out()
        self.back_row = not self.back_row
        self.set_focus(None)

    def action_palette(self) -> None:
        """Open the list of all commands."""
        self.app.action_command_palette()

    async def on_field_row_entered(self, message: FieldRow.Entered) -> None:
        """Answer Enter once: Textual calls the handlers of all classes, so subclasses change `entered` instead."""
        message.stop()
        await self.entered(message.field, message.text)

    async def entered(self, field: FieldRow, text: str) -> None:
        """Pass a line with Enter; on the last one Enter is the command that stands on it."""
        rows = self.fields()
        at = rows.index(field) if field in rows else len(rows)
        if at + 1 < len(rows):
            rows[at + 1].type_here()
            return
        for command in self.registry.at(self.SCOPE):
            if "enter" in command.keys and self.live(command, Mode.TYPE):
                await self.action_command(command.id)
                return

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Move the cursor; the state follows at once, so that a key typed right behind it is not lost."""
        super().set_focus(widget, scroll_visible, from_app_focus)
        self.mode = Mode.TYPE if self._types() else Mode.KEYS

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Letters are text as soon as a line has the cursor."""
        self.mode = Mode.TYPE if self._types() else Mode.KEYS
        if self.mode is Mode.TYPE:
            self.back_row = False
            self._keep_end_in_sight(event.widget)

    def _keep_end_in_sight(self, line: Widget) -> None:
        """Show what stands under the last line – the next key, or the reason why not – whenever it is typed in."""
        rows = self.fields()
        if rows and line is rows[-1].line:
            self.call_after_refresh(self.query_one("#plane").scroll_end, animate=False)

    def on_descendant_blur(self) -> None:
        """Letters are commands when no line has the cursor."""
        self.mode = Mode.TYPE if self._types() else Mode.KEYS

    def _types(self) -> bool:
        focused = self.focused
        return focused is not None and focused.check_consume_key("a", "a")

    def watch_mode(self) -> None:
        """Show the word and its keys."""
        self.refresh_keys()

    def watch_back_row(self) -> None:
        """Show the status in the footer while the rail is away."""
        self._show_aside()
        self.refresh_keys()

    def on_mount(self) -> None:
        """Show the keys of the first state."""
        self.refresh_keys()

    def settled(self) -> None:
        """Keep what one types in sight."""
        if self.mode is Mode.TYPE and self.focused is not None:
            self._keep_end_in_sight(self.focused)

    def on_screen_resume(self) -> None:
        """Show the keys again after a dialog."""
        self.refresh_keys()

    def refresh_keys(self) -> None:
        """Show the keys that are alive now; call it whenever the state changes."""
        if not self.is_mounted:
            return
        footer = self.query_one(KeyFooter)
        footer.mode = self.mode
        footer.entries = self.registry.footer(
            self.SCOPE,
            self.mode,
            lambda command: self.live(command, self.mode),
            self.wording(),
            self.ranks(),
        )
        self.refresh_bindings()

    _behind: BackRowView | None = None
    _aside: tuple[Tone, str, str] = (Tone.OK, "", "")

    def _show_aside(self) -> None:
        """Hand on what is said only while it shows: every second there is another time to draw large."""
        if self.is_mounted:
            self.query_one(KeyFooter).aside = self._aside if self.back_row else (Tone.OK, "", "")
            if self.back_row and self._behind is not None:
                self.query_one(BackRow).view = self._behind
