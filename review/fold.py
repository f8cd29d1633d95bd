"""Minutes folded into the state of a review, with what was undone left out."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from review import clock_facts
from review.deals import Export, Status
from review.events import Batch, Imported, Redone, Started, Undone
from review.folding.apply import apply
from review.importing import take_in
from review.in_force import taken_back
from review.meeting import NOT_HERE, Left, Meeting
from review.periods import Period, asked_next, period_of
from review.records import Call, Exit, Ledger
from review.truth import effective

Exports = Mapping[str, Export]
"""Exports by id; the rows that an import names."""


class Minutes(Struct, frozen=True, kw_only=True):
    """The log of one review and the state it folds to."""

    opening: Ledger
    """What the review stands on: the last lock, with the imports since."""
    batches: tuple[Batch, ...]
    meeting: Meeting
    exports: dict[str, Export] = {}
    """Exports that were read in while the review ran."""

    @property
    def undone(self) -> frozenset[str]:
        """Ids of the batches that are taken back."""
        return taken_back(self.batches)

    @property
    def last_decision(self) -> Batch | None:
        """The decision that undo would take back."""
        made, _ = _stacks(self.batches)
        return made[-1] if made else None

    @property
    def next_redo(self) -> Batch | None:
        """The decision that redo would make again: none once a new one was made."""
        _, undone = _stacks(self.batches)
        return undone[-1] if undone else None


def speed_of(minutes: Minutes) -> int:
    """Give how many times as fast as any other the clock of a review runs: more than 1 in a rehearsal."""
    started = minutes.batches[0].events[0]
    return started.speed if isinstance(started, Started) else 1


def _stacks(batches: Iterable[Batch]) -> tuple[list[Batch], list[Batch]]:
    """Give the decisions that stand and those that can be made again, the next one last; a new one clears these."""
    made: list[Batch] = []
    undone: list[Batch] = []
    for batch in batches:
        if batch.decision:
            made.append(batch)
            undone.clear()
        for event in batch.events:
            if isinstance(event, Undone):
                undone.extend(one for one in made if one.id == event.batch)
                made = [one for one in made if one.id != event.batch]
            elif isinstance(event, Redone):
                made.extend(one for one in undone if one.id == event.batch)
                undone = [one for one in undone if one.id != event.batch]
    return made, undone


def open_meeting(ledger: Ledger, started: Started, at: datetime) -> Meeting:
    """Give the state right after the start."""
    return Meeting(
        review=started.review,
        day=started.day,
        settings=started.settings,
        opening=ledger,
        ledger=ledger,
        clock=clock_facts.started(
            at,
            started.settings.sections,
            started.planned_start,
            keeps_end=started.settings.late_start == "keep end",
        ),
        present=started.present,
        queue=started.queue,
        beyond=started.beyond,
        away=started.away,
        focus=started.focus,
        cycle_weeks=started.cycle_weeks,
        calls=_called_in_writing(ledger, started, period_of(started.day, started.settings)),
        next_calls=_called_in_writing(ledger, started, asked_next(started.day, started.settings)),
    )


def _called_in_writing(ledger: Ledger, started: Started, period: Period | None) -> dict[str, Call]:
    """Give the calls for a period that stand on sheets as stated in this review; those for one that is over are not."""
    calls = (call for written in ledger.written.values() for call in (written.next_call, written.call))
    return {
        call.person: replace(call, review=started.review, day=started.day)
        for call in calls
        if call is not None and period is not None and call.period == period.first
    }


def fold(ledger: Ledger, batches: Iterable[Batch], exports: Exports | None = None) -> Minutes:
    """Fold a review's minutes from their first batch, which starts it; raises ValueError where it does not."""
    every = tuple(batches)
    if not every or not isinstance(every[0].events[0], Started):
        raise ValueError("minutes begin with the start of the review")
    known = dict(exports or {})
    return Minutes(opening=ledger, batches=every, meeting=_meeting(ledger, every, known), exports=known)


def add(minutes: Minutes, batch: Batch, exports: Exports | None = None) -> Minutes:
    """Give the minutes with one batch more; only undo and redo fold again from the start."""
    batches = (*minutes.batches, batch)
    known = {**minutes.exports, **(exports or {})}
    if any(isinstance(event, Undone | Redone) for event in batch.events):
        meeting = _meeting(minutes.opening, batches, known)
    else:
        meeting = _with(minutes.meeting, batch, known)
    return Minutes(opening=minutes.opening, batches=batches, meeting=meeting, exports=known)


def _meeting(ledger: Ledger, batches: tuple[Batch, ...], exports: Exports) -> Meeting:
    undone = taken_back(batches)
    first = batches[0]
    started = first.events[0]
    assert isinstance(started, Started)
    meeting = open_meeting(ledger, started, first.at)
    for event in first.events[1:]:
        meeting = apply(meeting, event, first.at)
    for batch in batches[1:]:
        if batch.id not in undone:
            meeting = _with(meeting, batch, exports)
    return meeting


def _with(meeting: Meeting, batch: Batch, exports: Exports) -> Meeting:
    for event in batch.events:
        if isinstance(event, Imported):
            meeting = _imported(meeting, exports[event.export])
        else:
            meeting = apply(meeting, event, batch.at)
    return meeting


def _imported(meeting: Meeting, export: Export) -> Meeting:
    """Take an export in while the review runs: queued deals keep their place, closed ones leave, missing ones drop."""
    ledger = take_in(meeting.ledger, export, meeting.settings)
    # What an earlier import missed and this one has again still waits for its exit.
    left = {
        ident: how
        for ident, how in meeting.left.items()
        if how.words != NOT_HERE or ledger.deals[ident].missing_since is not None
    }
    for slot in meeting.queue:
        record = ledger.deals.get(slot.deal)
        if slot.deal in left or record is None:
            continue
        status = effective(record).status
        if record.missing_since is not None:
            left[slot.deal] = Left(Exit.DROPPED, NOT_HERE)
        elif status is not Status.OPEN:
            left[slot.deal] = Left(Exit.ENDED, status.value)
    return replace(meeting, ledger=ledger, left=left)
