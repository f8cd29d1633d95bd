"""A review that was handed on as JSON, put back where its minutes are missing; never over what is there."""

from review.events import Batch, Locked, Started
from review.fold import fold
from review.handing_on import as_it_was, for_everybody
from review.records import Ledger
from store import files
from store.errors import Refused
from store.exports.document import Document
from store.reviews import Reviews
from store.snapshots import save_whole


def take_back(reviews: Reviews, document: Document, where: str) -> bool:
    """Write the minutes and the snapshot of a review; False where they are here already, equal in every fact.

    Raises Refused for a review that is here with other facts, that stands on what is not here, or whose facts do not
    fit together; NotSaved. Then nothing has changed.
    """
    batches = missing(reviews, document, where)
    if batches is None:
        return False
    ends = next((at for at, batch in enumerate(batches) if isinstance(batch.events[-1], Locked)), None)
    if ends is not None:
        _freeze(reviews, document, batches[: ends + 1], where)
    reviews.minutes_log(document.review).append_all(batches)
    return True


def missing(reviews: Reviews, document: Document, where: str) -> tuple[Batch, ...] | None:
    """Give the batches that would be written; None where the review is here, equal. Raises Refused."""
    started = document.minutes[0].events[0] if document.minutes and document.minutes[0].events else None
    if not isinstance(started, Started) or started.review != document.review:
        raise Refused(f"{where} holds commitments and no whole review. “closeout export REVIEW --to json” writes one.")
    review, here = document.review, reviews.workspace.review_ids()
    if review in here:
        if for_everybody(reviews.minutes_log(review).read().batches) == document.minutes:
            return None
        raise Refused(f"The review {review} is here with other facts than in {where}. It was left as it is.")
    if reviews.running() is not None and document.draft:
        raise Refused(f"The review {reviews.running()} is running, and {where} is not locked. Lock that one first.")
    if (started.lock and started.lock not in here) or started.desk > len(reviews.desk.read().batches):
        before = f"the review {started.lock}" if started.lock else "imports"
        raise Refused(
            f"{where} stands on {before}, and that is not all here. Read it in where it was made,"
            " or restore a backup: closeout restore FILE"
        )
    opening, exports = reviews.opening(started), reviews.exports_in(document.minutes)
    try:
        batches = as_it_was(document.minutes, reviews.settings(), opening, exports)
        fold(opening, batches, exports)
    except (LookupError, ValueError, TypeError, ArithmeticError, AttributeError, AssertionError) as error:
        raise Refused(f"The facts in {where} do not fit together; it was changed since it was written.") from error
    return batches


def _freeze(reviews: Reviews, document: Document, batches: tuple[Batch, ...], where: str) -> None:
    """Write the snapshot, and check that it is the one that the lock names."""
    started, locked = batches[0].events[0], batches[-1].events[-1]
    assert isinstance(started, Started)
    assert isinstance(locked, Locked)
    opening: Ledger = reviews.opening(started)
    ledger = fold(opening, batches, reviews.exports_in(batches)).meeting.ledger
    # A lock of before names the form in which a snapshot held every deal, and is put back in it.
    if save_whole(reviews.workspace, document.review, ledger, locked.digest):
        return
    if reviews.freeze(document.review, ledger) != locked.digest:
        for path in (reviews.workspace.snapshot(document.review), reviews.workspace.settled(document.review)):
            files.remove(path)
        raise Refused(
            f"{where} does not lead to what its lock froze: it was changed, or it is read in where it was not made."
        )
