"""`closeout` and `closeout demo`: what opens the screen."""

import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from store.errors import Refused
from store.workspace import Workspace
from tui.cli.options import common, invocation, plainly, say
from tui.cli.place import check_day

if TYPE_CHECKING:
    from tui.registry import Clash

FASTEST = 600
ENOUGH_ROOM = "closeout opens a screen; run it in a terminal. closeout prep and closeout actions print instead."


def open_review() -> None:
    """Set up, resume the running review, or open the lobby of the next."""
    asked = invocation()
    workspace = asked.place()
    if workspace.exists:
        check_day(asked.reviews(), asked)
    show(workspace, asked.today)


def show(workspace: Workspace, today: date) -> None:
    """Run the app on a workspace until it is left. Raises Refused where there is no terminal to show it in."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(ENOUGH_ROOM)
    from store.clock import clock_of, factor_of
    from store.journal import Journal
    from store.office import DiskOffice
    from store.reviews import Reviews
    from store.shown import shown_here
    from tui.app import Closeout
    from tui.registry import STANDARD

    settings = Reviews(workspace).settings()
    registry, clashes = STANDARD.remapped(settings.keys)
    day, asked = _day(workspace, today), invocation()
    office = DiskOffice(workspace, clock_of(workspace), day, speed=factor_of(workspace), asked=asked.as_of)
    if asked.verbose:
        office.journal = Journal(workspace.root)
    try:
        # What cannot be opened is said in a sentence, before there is a screen to say it on.
        office.running()
        app = Closeout(office, registry, settings.theme, say_clashes(workspace, clashes))
        with shown_here(workspace, "the lobby"):
            app.run()
    finally:
        office.finish()
    if app.failure is not None:
        raise app.failure


def say_clashes(workspace: Workspace, clashes: Sequence["Clash"]) -> tuple[str, ...]:
    """Say which of people's own keys could not be given, each with its line in the settings."""
    if not clashes:
        return ()
    from store.settings_lines import line_of

    file = workspace.settings
    text = file.read_text(encoding="utf-8-sig")
    return tuple(f"{file.name}, line {line_of(text, ('keys', one.command))}: {one.sentence}" for one in clashes)


def _day(workspace: Workspace, today: date) -> date:
    """Give the review's day: a running review keeps its own, past midnight and after a restart."""
    from store.reviews import Reviews
    from store.workspace import review_day

    running = Reviews(workspace).running() if workspace.exists else None
    return review_day(running) if running is not None else today


@click.command()
@click.option("--keep", metavar="DIR", type=click.Path(path_type=Path), help="Keep the workspace in this folder.")
@click.option(
    "--speed",
    metavar="N",
    type=click.FloatRange(1, FASTEST),
    default=1.0,
    help="Let the clock run N times faster: 60 makes an hour a minute.",
)
@common
@plainly
def demo(keep: Path | None, speed: float) -> None:
    """Try it with a made-up team; the workspace is thrown away at the end."""
    if invocation().workspace is not None:
        raise click.UsageError("The demonstration has a workspace of its own; --keep DIR keeps it in a folder.")
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="closeout-demo-") as folder:
            _rehearse(Workspace(Path(folder) / "demo"), speed)
    else:
        _rehearse(Workspace(keep.expanduser().absolute()), speed)
        say(f"The demonstration is kept in {keep}. Go on with: closeout --workspace {keep}")
    say("", "Now with yours: closeout import FILE")


def _rehearse(workspace: Workspace, speed: float) -> None:
    """Make the demonstration where there is none yet, and open it."""
    from store.clock import RealClock, speed_up
    from store.demo.build import build

    today = invocation().today
    if not workspace.exists:
        if workspace.root.exists() and any(workspace.root.iterdir()):
            raise Refused(f"{workspace.root} is not empty. Name a new folder for the demonstration.")
        build(workspace, today)
    if speed != 1:
        speed_up(workspace, speed, RealClock().now())
    show(workspace, today)


COMMANDS = (demo,)
