"""Where this workspace is shown: each program that opens its screens signs, and takes its name away when it is left."""

import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import msgspec

from store import files
from store.errors import NotReadable, NotSaved
from store.lock import Holder, lives
from store.seat import seat_of
from store.workspace import Workspace


@contextmanager
def shown_here(workspace: Workspace, doing: str) -> Iterator[None]:
    """Say for as long as it lasts that this program shows the workspace; where nothing was written yet, nothing is."""
    me = Holder(os.getpid(), platform.node(), doing, seat_of(os.environ))
    if workspace.exists:
        _sign(workspace, (*shown_in(workspace), me))
    try:
        yield
    finally:
        if workspace.shown.exists():
            _sign(workspace, [one for one in shown_in(workspace) if one.pid != me.pid])


def shown_in(workspace: Workspace) -> tuple[Holder, ...]:
    """List the programs of this machine that show the workspace; those that were killed are left out."""
    try:
        found = files.read(workspace.shown, files.EDITED)
        signed = msgspec.json.decode(found[0], type=list[Holder]) if found else []
    except (NotReadable, msgspec.DecodeError):
        return ()
    return tuple(one for one in signed if one.host == platform.node() and lives(one))


def _sign(workspace: Workspace, who: Sequence[Holder]) -> None:
    # It is for a question only: the program opens without it, on a full disk too.
    with suppress(NotSaved):
        if who:
            files.write(workspace.shown, [msgspec.json.encode(list(who))], durable=False, keep=False)
        else:
            files.remove(workspace.shown)
