"""A workspace as a second terminal reads it: without a lock, and nothing is written."""

import time
from collections.abc import Callable

from msgspec import Struct, structs

from review.contact import Contact
from review.errors import CloseoutError
from review.events import Batch, Imported
from review.fold import Minutes, add
from review.ports import Clock, Draft, Watched
from store import documents, files
from store.clock import clock_of
from store.errors import Damaged, NotReadable
from store.kinds import DRAFT
from store.lock import holder, lives
from store.log import Log
from store.reviews import Reviews
from store.workspace import Workspace, review_order

PATIENCE = 2.0
"""Seconds for which the same files may be unreadable before it is said: one may just be being replaced."""

GONE = "The minutes of {review} are gone. This is what was read last."


class Stamps(Struct, frozen=True):
    """What tells that something was written."""

    review: str
    minutes: files.Stamp | None
    draft: files.Stamp | None
    alive: bool
    """Whether the program that holds the workspace may still run."""


class DiskWatch:
    """Follows the latest review of a workspace; satisfies `review.ports.Watch`."""

    def __init__(
        self, workspace: Workspace, clock: Clock | None = None, steady: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the workspace; its own clock is used unless a test has another. Raises Damaged, TooNew, NotReadable."""
        self.workspace = workspace
        self.clock = clock or clock_of(workspace)
        self._own_clock = clock is None
        self._pace = files.stamp(workspace.clock)
        self._steady = steady
        self._reviews = Reviews(workspace, writes=False)
        self._log: Log[Batch] | None = None
        self._names: files.Stamp | None = None
        self._review = ""
        self._stamps: Stamps | None = None
        self._refused: tuple[Stamps | None, float] | None = None
        """What could not be read, and since when."""
        self._watched = Watched()

    def look(self) -> Watched:
        """Give what stands now; what cannot be read for a moment leaves what was read last."""
        stamps: Stamps | None = None
        try:
            self._keep_time()
            stamps = self._now()
            if stamps != self._stamps or self._watched.trouble:
                self._watched = self._read(stamps)
                self._stamps = stamps
            self._refused = None
        except CloseoutError as error:
            self._refuse(stamps, str(error))
        return self._watched

    def _refuse(self, stamps: Stamps | None, sentence: str) -> None:
        if self._refused is None or self._refused[0] != stamps:
            self._refused = (stamps, self._steady())
        elif self._for_good(stamps) and self._watched.trouble != sentence:
            self._watched = structs.replace(self._watched, trouble=sentence)

    def _for_good(self, stamps: Stamps | None) -> bool:
        """Tell whether what could not be read has stayed so for longer than a file is being replaced."""
        refused = self._refused
        return refused is not None and refused[0] == stamps and self._steady() - refused[1] >= PATIENCE

    def _keep_time(self) -> None:
        """Take the clock that the workspace has now: a rehearsal may have begun since."""
        pace = files.stamp(self.workspace.clock)
        if self._own_clock and pace != self._pace:
            self.clock, self._pace = clock_of(self.workspace), pace

    def _now(self) -> Stamps:
        review = self._latest()
        alive = lives(holder(self.workspace.lock))
        if not review:
            return Stamps("", None, None, alive)
        return Stamps(
            review,
            files.stamp(self.workspace.minutes(review)),
            files.stamp(self.workspace.draft(review)),
            alive,
        )

    def _latest(self) -> str:
        """Name the latest review; the folder is listed only where a name in it has changed."""
        names = files.stamp(self.workspace.reviews)
        if names != self._names:
            self._review = next(iter(reversed(self.workspace.review_ids())), "")
            self._names = names
        return self._review

    def _read(self, stamps: Stamps) -> Watched:
        before = self._watched.minutes
        if before is not None and _is_gone(before.meeting.review, stamps) and not self._for_good(stamps):
            raise NotReadable(GONE.format(review=before.meeting.review))
        if stamps.minutes is None:
            return Watched()
        minutes, trouble = self._minutes(stamps.review)
        draft = self._draft(stamps.review)
        heard = max(filter(None, (draft.seen, minutes.batches[-1].at)))
        return Watched(minutes=minutes, draft=draft, contact=Contact(heard, gone=not stamps.alive), trouble=trouble)

    def _minutes(self, review: str) -> tuple[Minutes, str]:
        """Fold what is new onto what was read before; at the first sight of damage, with what is said of it."""
        before = self._watched.minutes
        if self._log is None or before is None or before.meeting.review != review:
            self._log, before = self._reviews.minutes_log(review), None
        loaded = self._log.read()
        trouble = " ".join(note.sentence for note in loaded.notes)
        if trouble and before is not None:
            # The generation before knows less than the screen shows already.
            raise Damaged(trouble)
        fresh = _following(before, loaded.batches)
        if before is None or fresh is None:
            return Reviews(self.workspace, writes=False).minutes(review)[0], trouble
        for batch in fresh:
            before = add(before, batch)
        return before, ""

    def _draft(self, review: str) -> Draft:
        """Read the draft; one that cannot be read leaves the one before, because no fact is in it."""
        try:
            return documents.load(self.workspace.draft(review), DRAFT, Draft).value or Draft()
        except CloseoutError:
            return self._watched.draft


def _following(before: Minutes | None, batches: tuple[Batch, ...]) -> tuple[Batch, ...] | None:
    """Give the batches that are new; None where the fold has to begin anew."""
    known = len(before.batches) if before is not None else 0
    if before is None or len(batches) < known or batches[known - 1].id != before.batches[-1].id:
        return None
    fresh = batches[known:]
    return None if any(isinstance(event, Imported) for batch in fresh for event in batch.events) else fresh


def _is_gone(review: str, stamps: Stamps) -> bool:
    """Tell whether a review that was read is there no more, and not merely followed by another."""
    return stamps.minutes is None or review_order(stamps.review) < review_order(review)
