"""`closeout follow` and `closeout chair`: the second terminals."""

import os
import platform
import sys
from typing import TYPE_CHECKING

import click

from review.words import listed
from store.errors import Refused
from store.lock import holder, lives
from store.seat import seat_of, shared
from store.shown import shown_in
from tui.cli.options import common, invocation, plainly, say
from tui.cli.place import there

if TYPE_CHECKING:
    from review.people import Person
    from review.settings import Settings
    from store.workspace import Workspace
    from tui.registry import Registry
    from tui.second import Second

SAME_PLACE = "The review is shown in {where}: whoever looks at it would see what is private. Open it here all the same?"
NOT_HERE = "Not opened. Start it in a window of its own, and share the window, not the desktop."
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


@click.command()
@click.option("--sheet", metavar="REP", help="Write the one-to-one sheet of a rep into the private folder instead.")
@common
@plainly
def chair(sheet: str | None) -> None:
    """Open your own private terminal beside the review: prompts, one focus per rep, notes.

    It shows what rates people and is for you alone. Share the window of the review, never the desktop. What is noted
    here lies in the private folder and is in no minutes, recap or export, and in a backup only with --with-private.
    """
    from store.private import DiskPrivate
    from tui.cli.sheet import as_markdown

    reviews = there()
    desk = DiskPrivate(reviews.workspace, invocation().today, as_markdown)
    if sheet is not None:
        person = _rep(desk.standing().settings, sheet)
        with desk:
            say(f"Written to {desk.write_sheet(person.id)}")
        return
    in_a_terminal("chair")
    _ask_first(reviews.workspace)
    from tui.second import Beside

    registry, theme = keys_and_colours(reviews.workspace)
    with desk:
        # What cannot be read is said in a sentence, before there is a screen to say it on.
        desk.entries()
        run(Beside(desk, registry, theme))


def _ask_first(workspace: "Workspace") -> None:
    """Ask before anything private shows where the review is shown. Raises Refused where the answer is no."""
    who, here = holder(workspace.lock), seat_of(os.environ)
    runs = (who,) if who is not None and lives(who) and who.host == platform.node() else ()
    where = next(filter(None, (shared(here, one.seat) for one in (*runs, *shown_in(workspace)))), "")
    try:
        opens = not where or click.confirm(SAME_PLACE.format(where=where), default=False)
    except click.Abort as nobody:
        raise Refused(NOT_HERE) from nobody
    if not opens:
        raise Refused(NOT_HERE)


def _rep(settings: "Settings", text: str) -> "Person":
    """Find who is meant: by name, first name or initials. Raises Refused."""
    from review.people import find_person

    wanted = text.strip().casefold()
    near = [p for p in settings.people if wanted in (p.first_name.casefold(), p.initials.casefold())]
    found = find_person(settings.people, text) or (near[0] if len(near) == 1 else None)
    if found is None:
        names = listed([person.name for person in settings.people])
        raise Refused(f"“{text}” is nobody of the team, or several. The team: {names or 'nobody yet'}.")
    return found


COMMANDS = (follow, chair)
