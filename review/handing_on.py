"""The minutes of a review as they may leave the program, and as they were again (method, section 2).

What only the manager may see is taken out: who kept how much, seconds on a deal, likely slips, and what the settings
say of each person's quota. All but the last follows from the rest and is worked out again; quotas come from the
settings of whoever reads the minutes in.
"""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from review.audience import for_room
from review.events import Batch, Fact, Locked, Started
from review.fold import Exports, fold
from review.folding.lock import settle_promises
from review.kept import kept_by
from review.lock_row import opened_deals
from review.people import Person
from review.records import Ledger
from review.settings import Settings


def for_everybody(batches: Iterable[Batch]) -> tuple[Batch, ...]:
    """Give the batches without what only the manager may see."""
    every = tuple(batches)
    started = every[0].events[0] if every else None
    manager = started.settings.manager if isinstance(started, Started) else None
    return tuple(
        replace(batch, events=tuple(_shown(event, manager.id if manager else "") for event in batch.events))
        for batch in every
    )


def _shown(event: Fact, manager: str) -> Fact:
    if isinstance(event, Started):
        people = tuple(_without_quota(person) for person in event.settings.people)
        return replace(event, settings=replace(event.settings, people=people))
    if isinstance(event, Locked):
        return replace(event, row=for_room(event.row, manager), picks=())
    return event


def _without_quota(person: Person) -> Person:
    return replace(person, quota=None, start=None, left=None)


def as_it_was(batches: Iterable[Batch], settings: Settings, opening: Ledger, exports: Exports) -> tuple[Batch, ...]:
    """Give the batches with what `for_everybody` left out; `opening` is what the review stands on."""
    known = {person.id: person for person in settings.people}
    found: list[Batch] = []
    for batch in batches:
        events: list[Fact] = []
        for event in batch.events:
            if isinstance(event, Started):
                event = replace(event, settings=_with_quotas(event.settings, known))
            elif isinstance(event, Locked):
                event = _whole(event, (*found, replace(batch, events=tuple(events))), opening, exports)
            events.append(event)
        found.append(replace(batch, events=tuple(events)))
    return tuple(found)


def _with_quotas(settings: Settings, known: Mapping[str, Person]) -> Settings:
    people = (
        replace(person, quota=mine.quota, start=mine.start, left=mine.left)
        if (mine := known.get(person.id))
        else person
        for person in settings.people
    )
    return replace(settings, people=tuple(people))


def _whole(event: Locked, before: tuple[Batch, ...], opening: Ledger, exports: Exports) -> Locked:
    # Most minutes leave and never come back.
    from review.decisions.ending import scored

    meeting = fold(opening, before, exports).meeting
    counted = settle_promises(meeting.ledger, meeting.review, meeting.day)
    row = replace(
        event.row,
        kept_by=kept_by(counted, meeting.review, meeting.day),
        opened=opened_deals(meeting, before[-1].at),
    )
    return replace(event, row=row, picks=tuple(scored(picks, meeting) for picks in meeting.ledger.picks))
