"""Where a program shows itself: the terminal, and the session of tmux or its like that is looked at as one."""

import os
from collections.abc import Mapping

from msgspec import Struct

STREAMS = (0, 1, 2)


class Seat(Struct, frozen=True, omit_defaults=True):
    """A terminal, as written beside a lock; empty where there is none."""

    tty: str = ""
    session: str = ""
    """Such as 'tmux session 0', with the socket that tells servers apart."""

    @property
    def name(self) -> str:
        """Say it for people: tmux numbers its sessions, and shows other names."""
        return "tmux session" if self.session.startswith("tmux ") else self.session


def seat_of(environ: Mapping[str, str]) -> Seat:
    """Give the seat of this program."""
    return Seat(tty=_tty(), session=_session(environ))


def shared(one: Seat, other: Seat) -> str:
    """Say in words what two programs share; empty where nothing is known to be shared."""
    if one.tty and one.tty == other.tty:
        return "this terminal"
    if one.session and one.session == other.session:
        return f"this {one.name}"
    return ""


def _tty() -> str:
    for stream in STREAMS:
        try:
            return os.ttyname(stream)
        except OSError:
            continue
    return ""


def _session(environ: Mapping[str, str]) -> str:
    if tmux := environ.get("TMUX"):
        socket, _, rest = tmux.partition(",")
        return f"tmux session {rest.rpartition(',')[2] or '?'} at {socket}"
    if screen := environ.get("STY"):
        return f"screen session {screen}"
    if zellij := environ.get("ZELLIJ_SESSION_NAME"):
        return f"zellij session {zellij}"
    return ""
