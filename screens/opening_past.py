"""Reading what is over without holding the screen up: in a thread, one thing at a time."""

from collections.abc import Callable
from typing import TypeVar

from textual.widget import Widget

from review.errors import CloseoutError
from screens.strip import Notice, Strip
from tui.widgets.data import Tone

T = TypeVar("T")


def read_aside(screen: Widget, what: str, read: Callable[[], T], then: Callable[[T], object]) -> None:
    """Run `read` in a thread and give `then` what it found, unless something else was asked for meanwhile.

    What is being read stands in the screen's strip; so does the reason where it cannot be read.
    """
    strip = screen.query_one(Strip)
    strip.notice = Notice(f"reading {what} …")

    def done(found: T) -> None:
        strip.notice = Notice()
        then(found)

    def work() -> None:
        try:
            found = read()
        except CloseoutError as error:
            screen.app.call_from_thread(setattr, strip, "notice", Notice(str(error), Tone.ACT, "cannot be read"))
            return
        if not worker.is_cancelled and screen.is_mounted:
            screen.app.call_from_thread(done, found)

    worker = screen.run_worker(work, thread=True, exclusive=True, group="past")
