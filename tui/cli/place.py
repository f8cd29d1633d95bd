"""The workspace as a command meets it: for reading, and for the one write of a command beside a running review."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from store.errors import InUse, Refused
from store.lock import WorkspaceLock
from store.workspace import review_day
from tui.cli.options import Invocation, aside, invocation

if TYPE_CHECKING:
    from store.now import Now
    from store.reviews import Reviews

NONE_YET = "There is no workspace at {place} yet. Begin with: closeout import FILE"


def there(*, mend: bool = False, dated: bool = True, writes: bool = True) -> "Reviews":
    """Give the reviews of the workspace asked for. Raises Refused where there is none, or for a day that may not be.

    `dated`: whether --as-of means the day of the review. `writes`: whether what was worked out may be kept.
    """
    reviews = invocation().reviews(mend=mend, writes=writes)
    if not reviews.workspace.exists:
        raise Refused(NONE_YET.format(place=reviews.workspace.root))
    aside(f"Workspace: {reviews.workspace.root}")
    if dated:
        check_day(reviews, invocation())
    return reviews


def check_day(reviews: "Reviews", asked: Invocation) -> None:
    """Refuse a day that is not the running review's, or that lies before the last lock. Raises Refused."""
    if asked.as_of is None:
        return
    running, held = reviews.running(), reviews.last_held()
    if running is not None and asked.as_of != review_day(running):
        raise Refused(f"A review of {review_day(running)} is running; --as-of {asked.as_of} is another day.")
    if held is not None and asked.as_of < review_day(held):
        raise Refused(f"--as-of {asked.as_of} lies before the last locked review, {review_day(held)}.")


def day_of(reviews: "Reviews") -> date:
    """Give the day that a command speaks of: the running review's, otherwise the one asked for, otherwise today."""
    running = reviews.running()
    return review_day(running) if running is not None else invocation().today


@contextmanager
def writing(doing: str, inside: str = "", *, dated: bool = True) -> "Iterator[Reviews]":
    """Hold the workspace for one write; `dated`: whether --as-of means the day of the review.

    Beside a review that is not finished raises InUse with `inside`, the key that does the same in it; without one, only
    beside a program that holds the workspace.
    """
    workspace = invocation().place()
    if not workspace.exists:
        raise Refused(NONE_YET.format(place=workspace.root))
    workspace.make()
    lock = WorkspaceLock(workspace.lock, doing)
    try:
        lock.take()
    except InUse as error:
        raise (inside and _beside(there(dated=dated).running(), inside)) or error from error
    try:
        reviews = there(mend=True, dated=dated)
        if inside and (in_the_way := _beside(reviews.running(), inside)):
            raise in_the_way
        yield reviews
    finally:
        lock.release()


def _beside(running: str | None, inside: str) -> InUse | None:
    if running is None:
        return None
    day = review_day(running)
    return InUse(f"The review of {day.day} {day:%b} is not finished. {inside}", doing=f"the review of {running}")


def standing(reviews: "Reviews", today: date) -> "Now":
    """Give what stands; where nobody was set up yet, with the team and stages that the export proposes."""
    now = reviews.now()
    if now.settings.people or not now.ledger.export:
        return now
    from review.proposals import propose

    proposed = propose(reviews.export(now.ledger.export), now.settings, today, now.ledger.roster).settings
    return reviews.now(proposed)
