"""The command `closeout`: which commands there are, and what happens where something goes wrong."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import TracebackType
from typing import Final

import click

from review.plain import plain
from tui.cli.options import REPORTED, common, plainly

COMMANDS: Final = {
    "look": "looking",
    "demo": "opening",
    "import": "reading",
    "prep": "desk",
    "actions": "promises",
    "done": "promises",
    "drop": "promises",
    "export": "sending",
    "history": "past",
    "follow": "second",
    "chair": "second",
    "check": "keeping",
    "backup": "keeping",
    "restore": "keeping",
}
"""Command to its module here, in the order in which a week uses them."""


class Commands(click.Group):
    """The commands; each is loaded when it is asked for, so that none waits for what only another needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List them in the order of the week."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        commands: tuple[click.Command, ...] = import_module(f"tui.cli.{COMMANDS[cmd_name]}").COMMANDS
        return next((command for command in commands if command.name == cmd_name), None)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        """Read the options that stand before the command."""
        with _plain_words():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        with _plain_words():
            return super().invoke(ctx)


@contextmanager
def _plain_words() -> Iterator[None]:
    """Let what is said of a wrong word on the line hold it without what would steer the terminal."""
    try:
        yield
    except click.ClickException as error:
        error.message = plain(error.message)  # type: ignore[misc]  # said once, and not yet
        raise


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
        from tui.cli.opening import open_review

        open_review()


def unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in one sentence that the program failed and where; nothing that was saved is touched by it.

    What the error says itself is left out: it may name a customer, and a terminal is shared or copied from.
    """
    if issubclass(kind, KeyboardInterrupt):
        sys.stderr.write("closeout: stopped.\n")
        return
    from tui.cli.crash import place_of  # needed hardly ever

    what = " at ".join(filter(None, (kind.__name__, place_of(trace))))
    sys.stderr.write(f"closeout: something failed that should not ({what}). What was saved is safe.\n")
    reported = (note.removeprefix(REPORTED) for note in getattr(error, "__notes__", ()) if note.startswith(REPORTED))
    for path in reported:
        sys.stderr.write(f"A report without anything of your deals is in {path} – please send it.\n")


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; exit status 0 done, 1 refused or failed, 2 wrong usage, 3 workspace in use."""
    # Next to nothing becomes garbage while modules and a ledger are loaded, and looking for it takes its time.
    # A command ends before it would pay; a screen begins to collect when it stands (`tui.look`).
    gc.disable()
    sys.excepthook = unexpected
    closeout(arguments, prog_name="closeout")
