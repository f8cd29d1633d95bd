"""Every key of a screen, in groups; a click on a line does what its key does."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content

from screens.dialogs.base import Dialog
from tui.command import Command
from tui.registry import Registry, shown
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
        self._command = command

    def on_click(self) -> None:
        """Leave the help, and do it."""
        screen = self.screen
        if isinstance(screen, Help) and self.has_class("-live"):
            screen.dismiss(self._command)


class Help(Dialog[Command]):
    """The help of one screen, made from the registry; answers with the command that was clicked."""

    DEFAULT_CSS = """
    Help Row.gap { margin-top: 1; }
    """

    def __init__(self, registry: Registry, scope: str, live: Callable[[Command], bool]) -> None:
        """Show the commands of `scope`; those that are not `live` now are dim."""
        super().__init__("Keys")
        self._groups, self._live = registry.help(scope), live

    def compose_body(self) -> ComposeResult:
        """Yield a heading and its keys for each group."""
        for at, (name, commands) in enumerate(self._groups):
            yield Row("", Content.styled(name, "$dim"), classes="gap" if at else None)
            for command in commands:
                if command.keys:
                    yield CommandRow(command, self._live(command))

    def leave_line(self) -> Content:
        """Say how one leaves."""
        return Content.assemble(
            ("Esc", "bold $accent"),
            (" back", "$foreground"),
            ("   a click on a line does it; what is dim does nothing now", "$dim"),
        )
