"""A line on the terminal while something takes longer than a second, gone when it is done."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

FIRST = 1.0
"""Seconds before the line shows."""
_AGAIN = 0.5


@contextmanager
def patience(what: str, after: float = FIRST) -> Iterator[None]:
    """Show `what` and the seconds so far on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    done = Event()
    showing = Thread(target=_show, args=(what, done, after), daemon=True)
    showing.start()
    try:
        yield
    finally:
        done.set()
        showing.join()


def _show(what: str, done: Event, after: float) -> None:
    """Write the line again and again until it is done, then wipe it."""
    began, wait = monotonic(), after
    while not done.wait(wait):
        sys.stderr.write(f"\r{what} … {monotonic() - began:.0f} s")
        sys.stderr.flush()
        wait = _AGAIN
    if wait != after:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
