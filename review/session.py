"""A running review as the screens hold it: intents in, facts on disk, then state out."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from review.deals import Export
from review.decide import decide
from review.decisions.answer import Context, Decided
from review.errors import CloseoutError
from review.events import Batch, Imported, Locked
from review.fold import Minutes, add
from review.importing import older_than_last
from review.intents import Intent, ReportGap
from review.meeting import Meeting
from review.ports import BatchLog, Clock, Freezer
from review.results import Refusal


class Session:
    """Decides, appends, then folds; the state shows a fact only after it is on disk."""

    def __init__(
        self, minutes: Minutes, log: BatchLog, clock: Clock, freezer: Freezer, new_id: Callable[[], str]
    ) -> None:
        self.minutes = minutes
        self.unsaved: Batch | None = None
        """A batch that could not be saved; `retry` tries it again under the same id."""
        self.heed: Callable[[], None] = lambda: None
        """Called before an intent: a time away is recorded before any other fact."""
        self._log = log
        self._clock = clock
        self._freezer = freezer
        self._new_id = new_id

    @property
    def meeting(self) -> Meeting:
        """The state as the minutes on disk fold to it."""
        return self.minutes.meeting

    def now(self) -> datetime:
        """Give the instant that the clock shows."""
        return self._clock.now()

    def do(self, intent: Intent) -> Refusal | None:
        """Carry an intent out; give the refusal, or None when its facts are on disk.

        Raises CloseoutError where the disk refuses: the fact is then neither in memory nor on disk.
        """
        if not isinstance(intent, ReportGap):
            self.heed()
        ident = self._new_id()
        at = self._clock.now()
        answer = decide(self.minutes, intent, Context(now=at, batch=ident))
        if isinstance(answer, Refusal):
            return answer
        if answer.events:
            self._take(self._batch(ident, at, answer))
        return None

    def take_import(self, export: Export, *, older: bool = False) -> Refusal | None:
        """Read an export in while the review runs; one older than the last import only if `older` asks for it.

        Raises CloseoutError where it cannot be saved.
        """
        if self.meeting.locked is not None or self.meeting.aside:
            return Refusal("The review is over; read the export in from the lobby.")
        refused = None if older else older_than_last(self.meeting.ledger, export)
        if refused is not None:
            return refused
        event = Imported(export=export.id, day=export.day, source=export.source, rows=len(export.deals))
        batch = Batch(id=self._new_id(), at=self._clock.now(), events=(event,), what=f"read in {export.source}")
        self._log.append(batch)
        # What could not be saved before was decided without this export.
        self.unsaved = None
        self.minutes = add(self.minutes, batch, {export.id: export})
        return None

    def retry(self) -> None:
        """Save what could not be saved, once; raises CloseoutError where the disk still refuses."""
        if self.unsaved is not None:
            self._take(self.unsaved)

    def _batch(self, ident: str, at: datetime, answer: Decided) -> Batch:
        return Batch(id=ident, at=at, events=answer.events, decision=answer.decision, what=answer.what)

    def _take(self, batch: Batch) -> None:
        try:
            batch = self._frozen(batch)
            self._log.append(batch)
        except CloseoutError:
            # Going elsewhere does not take the place of a decision that waits.
            if self.unsaved is None or batch.decision or not self.unsaved.decision:
                self.unsaved = batch
            raise
        self.unsaved = None
        self.minutes = add(self.minutes, batch)

    def _frozen(self, batch: Batch) -> Batch:
        """Write the snapshot of a lock before its event, and put its digest into the event."""
        if not isinstance(batch.events[-1], Locked) or batch.events[-1].digest:
            return batch
        after = add(self.minutes, batch).meeting
        digest = self._freezer.freeze(after.review, after.ledger)
        return replace(batch, events=(*batch.events[:-1], replace(batch.events[-1], digest=digest)))
