"""Every key of a screen, in groups."""

from textual.app import ComposeResult
from textual.content import Content

from screens.dialogs.base import Dialog
from tui.command import Command
from tui.registry import Registry, shown
from tui.widgets.rows import Row


class Help(Dialog[None]):
    """The help of one screen, made from the registry."""

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
                    yield self._row(command)

    def leave_line(self) -> Content:
        """Say how one leaves."""
        return Content.assemble(("Esc", "bold $accent"), (" back", "$dim"))

    def _row(self, command: Command) -> Row:
        keys = Content("  ").join(Content.styled(shown(key), "bold $accent") for key in command.keys)
        said = Content.assemble((command.title, "bold $bright"), "  ", (command.tooltip, "$foreground"))
        return Row(keys, said)
