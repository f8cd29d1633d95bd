"""Which facts of a log stand: those that were not taken back."""

from collections.abc import Iterable, Iterator

from review.events import BaselineRead, Batch, Fact, Imported, ImportTakenBack, Redone, Undone


def taken_back(batches: Iterable[Batch]) -> frozenset[str]:
    """Collect the ids of the batches that are undone and not redone."""
    undone: set[str] = set()
    for batch in batches:
        for event in batch.events:
            if isinstance(event, Undone):
                undone.add(event.batch)
            elif isinstance(event, Redone):
                undone.discard(event.batch)
    return frozenset(undone)


def baselines_in_force(batches: Iterable[Batch]) -> tuple[BaselineRead, ...]:
    """List the exports of before the first review that were read in and not taken back."""
    return tuple(event for event in standing_facts(batches) if isinstance(event, BaselineRead))


def standing_facts(batches: Iterable[Batch]) -> Iterator[Fact]:
    """Go through everything that was not undone."""
    every = tuple(batches)
    undone = taken_back(every)
    return (event for batch in every if batch.id not in undone for event in batch.events)


def imports_in_force(batches: Iterable[Batch]) -> tuple[Imported, ...]:
    """List the imports that were not taken back, oldest first."""
    every = tuple(batches)
    gone = {event.export for batch in every for event in batch.events if isinstance(event, ImportTakenBack)}
    return tuple(
        event for batch in every for event in batch.events if isinstance(event, Imported) and event.export not in gone
    )
