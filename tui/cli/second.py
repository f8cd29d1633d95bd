"""`closeout follow` and `closeout chair`: the second terminals."""

import sys
from typing import TYPE_CHECKING

import click

from store.errors import Refused
from tui.cli.options import common, plainly
from tui.cli.place import there

if TYPE_CHECKING:
    from store.workspace import Workspace
    from tui.registry import Registry
    from tui.second import Second

NO_SCREEN = "closeout {command} opens a screen; run it in a terminal."


@click.command()
@common
@plainly
def follow() -> None:
    """Show what the room sees on another screen: read-only, any size, at the same second.

    For a wall screen or a tmux pane. It may be started before the review and stays when that ends. Share the window,
    not the desktop.
    """
    workspace = there().workspace
    in_a_terminal("follow")
    from store.watching import DiskWatch
    from tui.second import Follow

    registry, theme = keys_and_colours(workspace)
    run(Follow(DiskWatch(workspace), registry, theme))


def in_a_terminal(command: str) -> None:
    """Raise Refused where there is no terminal to show a screen in."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(NO_SCREEN.format(command=command))


def keys_and_colours(workspace: "Workspace") -> "tuple[Registry, str]":
    """Give people's own keys and the theme; clashes are the first terminal's to report."""
    from store.reviews import Reviews
    from tui.registry import STANDARD

    settings = Reviews(workspace).settings()
    return STANDARD.remapped(settings.keys)[0], settings.theme


def run(app: "Second") -> None:
    """Run an app until it is left."""
    app.run()
    if app.failure is not None:
        raise app.failure


COMMANDS = (follow,)
