"""Options that stand before or after any command, and the place where every error becomes one sentence."""

import functools
import os
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, NoReturn, ParamSpec

import click
from msgspec import Struct
from msgspec.structs import replace

from review.errors import CloseoutError
from review.plain import in_json, plain
from store.workspace import Workspace, place

if TYPE_CHECKING:
    from store.journal import Journal
    from store.reviews import Reviews

P = ParamSpec("P")
BROKEN: Final = 1
EXPECTED: Final = (
    CloseoutError,
    BrokenPipeError,
    RecursionError,
    click.exceptions.Exit,
    click.ClickException,
    click.Abort,
)
"""What ends a command in good order."""
REPORTED: Final = "report: "
"""How the note of an error begins that names the file of its report."""


class Invocation(Struct, frozen=True):
    """What was asked for besides the command itself."""

    workspace: str | None = None
    as_of: date | None = None
    verbose: bool = False

    @property
    def today(self) -> date:
        """The review's day: the one asked for, otherwise the machine's."""
        return self.as_of or datetime.now().astimezone().date()

    def place(self) -> Workspace:
        """Give the workspace asked for; nothing is made yet."""
        return Workspace(place(self.workspace, os.environ))

    def journal(self) -> "Journal":
        """Give the log of the workspace."""
        from store.journal import Journal

        return Journal(self.place().root)

    def reviews(self, *, mend: bool = False, writes: bool = True) -> "Reviews":
        """Give what reads and writes the reviews there; not even what was worked out is kept unless it `writes`."""
        from store.reviews import Reviews

        workspace = self.place()
        workspace.settle()
        return Reviews(workspace, mend=mend, writes=writes)


def invocation() -> Invocation:
    """Give what stands for the command that is running."""
    found = click.get_current_context().find_root().obj
    return found if isinstance(found, Invocation) else Invocation()


def _keep(ctx: click.Context, param: click.Parameter, value: object) -> None:  # noqa: ARG001
    """Put an option's value into the invocation, wherever on the line it stands."""
    root = ctx.find_root()
    known = root.obj if isinstance(root.obj, Invocation) else Invocation()
    if isinstance(value, date):
        root.obj = replace(known, as_of=value)
    elif isinstance(value, str):
        root.obj = replace(known, workspace=value)
    elif value is True:
        root.obj = replace(known, verbose=True)


class _Day(click.ParamType[date]):
    """A calendar day as 2026-11-23."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it; raises UsageError with the form it has."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}” is no date; write it as 2026-11-23.", param, ctx)


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every command takes."""
    options = (
        click.option("--workspace", metavar="DIR", expose_value=False, is_eager=True, callback=_keep,
                     help="The folder to work in; otherwise CLOSEOUT_WORKSPACE or your data folder."),
        click.option("--as-of", type=_Day(), metavar="DATE", expose_value=False, is_eager=True,
                     callback=_keep, help="The review's day, to rehearse on an old export."),
        click.option("--verbose", is_flag=True, expose_value=False, is_eager=True, callback=_keep,
                     help="Say more of what is done, and keep a log of it."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def say(*lines: str, err: bool = False) -> None:
    """Print lines for people on standard output, or standard error; no word of a file or a name steers the terminal."""
    for line in lines:
        click.echo("\n".join(map(plain, line.split("\n"))), err=err)


def say_json(text: str) -> None:
    """Print one JSON document on standard output."""
    click.echo(in_json(text))


def aside(line: str) -> None:
    """Print a line on standard error where more was asked for."""
    if invocation().verbose:
        say(line, err=True)


def fail(sentence: str, status: int = BROKEN) -> NoReturn:
    """Print one sentence on standard error and leave with a status."""
    say(f"closeout: {sentence}", err=True)
    sys.exit(status)


class _told:  # noqa: N801 - entered, never held
    """Writes to the log that a command ran, where that is asked for, and a report where it fails as it never should."""

    def __enter__(self) -> None:
        self._began = time.monotonic()
        self._note("begins")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        how = "is done" if kind is None else f"ends with {kind.__name__}"
        self._note(f"{how} after {time.monotonic() - self._began:.3f} s")
        if error is None or not isinstance(error, Exception) or isinstance(error, EXPECTED):
            return
        from tui.cli.crash import kept  # needed hardly ever

        path = kept(error, trace, self._command(), invocation().place())
        if path is not None:
            error.add_note(f"{REPORTED}{path}")

    def _note(self, what: str) -> None:
        asked = invocation()
        if asked.verbose and asked.place().exists:
            asked.journal().note(f"{self._command()} {what}")

    @staticmethod
    def _command() -> str:
        return click.get_current_context().command_path


def plainly(function: Callable[P, None]) -> Callable[P, None]:
    """Turn what went wrong into one sentence and its exit status; no traceback reaches a user."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            with _told():
                function(*args, **kwargs)
        except CloseoutError as error:
            fail(str(error), error.status)
        except BrokenPipeError:
            # Whoever read our output has gone; nobody is left to be told.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(BROKEN)
        except RecursionError:
            fail("Something in that file is nested too deeply to be read.")

    return run
