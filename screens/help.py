"""Every key of a screen, in groups; a click on a line does what its key does."""

from collections.abc import Callable
from functools import partial

from textual.app import ComposeResult
from textual.content import Content

from screens.dialogs.base import Dialog
from tui.at_hand import at_hand
from tui.command import Command
from tui.registry import Registry, shown
from tui.room import RoomScreen
from tui.widgets.rows import Row


class CommandRow(Row):
    """A command with its keys; a click is the key."""

    DEFAULT_CSS = """
    CommandRow.-live:hover { background: $panel; }
    """

    def __init__(self, command: Command, live: bool) -> None:
        """Say its keys, what it is called and what it does; dim where it would do nothing now."""
        key, title, words = ("bold $accent", "bold $bright", "$foreground") if live else ("$dim", "$dim", "$dim")
        keys = Content("  ").join(Content.styled(shown(each), key) for each in command.keys)
        super().__init__(keys, Content.assemble((command.title, title), "  ", (command.tooltip, words)))
        self.set_class(live, "-live")
        self.command = command
        """What the line is about."""

    def on_click(self) -> None:
        """Leave the help, and do it."""
        screen = self.screen
        if isinstance(screen, Help) and self.has_class("-live"):
            screen.dismiss(self.command)


class Help(Dialog[Command]):
    """The help of one screen, made from the registry; answers with the command that was clicked."""

    DEFAULT_CSS = """
    Help Row.gap { margin-top: 1; }
    """

    def __init__(
        self, registry: Registry, scope: str, live: Callable[[Command], bool], *, all_keys: bool = True
    ) -> None:
        """Show the commands of `scope`; those that are not `live` now are dim, or missing without `all_keys`."""
        super().__init__("Keys")
        self._live, self._all = live, all_keys
        listed = ((name, tuple(filter(self._lists, commands))) for name, commands in registry.help(scope))
        self._groups = tuple((name, commands) for name, commands in listed if commands)

    def _lists(self, command: Command) -> bool:
        return bool(command.keys) and (self._all or self._live(command))

    @classmethod
    def of(cls, room: RoomScreen) -> "Help":
        """Show the commands of a screen; a page that teaches lists those alone that work on it."""
        return cls(room.registry, room.SCOPE, partial(at_hand, room), all_keys=not room.teaches)

    def compose_body(self) -> ComposeResult:
        """Yield a heading and its keys for each group."""
        for at, (name, commands) in enumerate(self._groups):
            yield Row("", Content.styled(name, "$dim"), classes="gap" if at else None)
            yield from (CommandRow(command, self._live(command)) for command in commands)

    def leave_line(self) -> Content:
        """Say how one leaves."""
        aside = "   a click on a line does it" + ("; what is dim does nothing now" if self._all else "")
        return Content.assemble(("Esc", "bold $accent"), (" back", "$foreground"), (aside, "$dim"))
