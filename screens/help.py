"""Every key of a screen, in groups; a click on a line does what its key does."""

from textual.app import ComposeResult
from textual.content import Content

from screens.dialogs.base import Dialog
from tui.command import Command
from tui.registry import Registry, shown
from tui.widgets.rows import Row


class CommandRow(Row):
    """A command with its keys; a click is the key."""

    DEFAULT_CSS = """
    CommandRow:hover { background: $panel; }
    """

    def __init__(self, command: Command) -> None:
        """Say its keys, what it is called and what it does."""
        keys = Content("  ").join(Content.styled(shown(key), "bold $accent") for key in command.keys)
        said = Content.assemble((command.title, "bold $bright"), "  ", (command.tooltip, "$foreground"))
        super().__init__(keys, said)
        self._command = command

    def on_click(self) -> None:
        """Leave the help, and do it."""
        screen = self.screen
        if isinstance(screen, Help):
            screen.dismiss(self._command)


class Help(Dialog[Command]):
    """The help of one screen, made from the registry; answers with the command that was clicked."""

    DEFAULT_CSS = """
    Help Row.gap { margin-top: 1; }
    """

    TALL = True

    def __init__(self, registry: Registry, scope: str) -> None:
        """Show the commands of `scope`."""
        super().__init__("Keys")
        self._groups = registry.help(scope)

    def compose_body(self) -> ComposeResult:
        """Yield a heading and its keys for each group."""
        for at, (name, commands) in enumerate(self._groups):
            yield Row("", Content.styled(name, "$dim"), classes="gap" if at else None)
            for command in commands:
                if command.keys:
                    yield CommandRow(command)

    def leave_line(self) -> Content:
        """Say how one leaves."""
        return Content.assemble(
            ("Esc", "bold $accent"), (" back", "$foreground"), ("   a click on a line does it", "$dim")
        )
