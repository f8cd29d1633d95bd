"""The command `closeout`: which commands there are, and what happens where something goes wrong."""

import sys
from types import TracebackType

import click

from tui.cli import desk, keeping, opening, reading, sending
from tui.cli.options import common, plainly


class Commands(click.Group):
    """The commands, in the order in which a week uses them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List them as they were added."""
        return list(self.commands)


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="closeout", message="closeout %(version)s")
@common
@click.pass_context
@plainly
def closeout(ctx: click.Context) -> None:
    """Drive the weekly 60-minute pipeline review from a screen the whole team looks at.

    Without a command: set up, resume the running review, or open the lobby of the next.
    """
    if ctx.invoked_subcommand is None:
        opening.open_review()


for command in (*opening.COMMANDS, *reading.COMMANDS, *desk.COMMANDS, *sending.COMMANDS, *keeping.COMMANDS):
    closeout.add_command(command)


def unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:  # noqa: ARG001
    """Say in one sentence that the program failed; nothing that was saved is touched by it."""
    if issubclass(kind, KeyboardInterrupt):
        sys.stderr.write("closeout: stopped.\n")
        return
    sys.stderr.write(
        f"closeout: something failed that should not ({kind.__name__}: {error}). What was saved is safe.\n"
    )


def main() -> None:
    """Run the command line; exit status 0 done, 1 refused or failed, 2 wrong usage, 3 workspace in use."""
    sys.excepthook = unexpected
    closeout(prog_name="closeout")
