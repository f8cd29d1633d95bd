"""The last thing that was read in between reviews, taken back until the next lock."""

from review.events import AnswersTaken, BaselineRead, Batch, CallsRead, Imported, ImportTakenBack, RosterRead, Undone
from review.in_force import taken_back
from store.errors import Refused
from store.reviews import Reviews

READ_IN = AnswersTaken | BaselineRead | CallsRead | Imported | RosterRead


def undo_last(reviews: Reviews) -> str:
    """Take the last thing back that was read in since the last lock, and say what it was in a sentence.

    Raises Refused where there is none, while a review stands on it, and where something was decided on its deals.
    """
    last = _last(reviews.since_lock())
    if last is None:
        raise Refused("Nothing was read in since the last lock that could be taken back.")
    if isinstance(last.events[0], Imported):
        taken = reviews.undo_import()
        return f"Took back {taken.source}, {taken.rows:,} rows."
    if reviews.running() is not None:
        raise Refused("A review is running on that. Lock it or set it aside first.")
    reviews.desk_write(Undone(batch=last.id, what=last.what), what=f"took back: {last.what}", decision=False)
    return f"Undone: {last.what}."


def _last(batches: tuple[Batch, ...]) -> Batch | None:
    undone = taken_back(batches)
    gone = {event.export for batch in batches for event in batch.events if isinstance(event, ImportTakenBack)}
    for batch in reversed(batches):
        first = batch.events[0] if batch.events else None
        if batch.id in undone or not isinstance(first, READ_IN):
            continue
        if not (isinstance(first, Imported) and first.export in gone):
            return batch
    return None
