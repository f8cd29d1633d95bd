"""Exports that were read in and whose file is gone: named, given their rows again, or taken back."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from review.events import Batch, Imported, ImportTakenBack
from review.in_force import imports_in_force
from review.words import counted, day_month
from store import documents, files
from store.kinds import IMPORT
from store.reviews import Reviews

if TYPE_CHECKING:
    from store.crm.read import Reading


def gone(reviews: Reviews) -> tuple[Imported, ...]:
    """List the imports of the desk and of the running review whose file is gone, oldest first.

    Raises Damaged, TooNew and NotReadable.
    """
    every = imports_in_force((*reviews.desk.read().batches, *_inside(reviews)))
    return tuple(event for event in every if not _there(reviews, event))


def put_back(reviews: Reviews, reading: "Reading") -> str:
    """Give an import whose file is gone its rows again, from the same export, and say so; empty where it is another.

    The same: by its name and by how many deals it holds. Raises NotSaved.
    """
    of = (reading.export.source, len(reading.export.deals))
    event = next((event for event in reversed(gone(reviews)) if (event.source, event.rows) == of), None)
    if event is None:
        return ""
    if reading.original:
        files.write(reviews.workspace.original(event.export), [reading.original], keep=False)
    export = replace(reading.export, id=event.export, day=event.day)
    documents.save(reviews.workspace.import_file(event.export), IMPORT, export)
    return f"It takes the place of {named(event)}, whose file was gone. Nothing else changed."


def take_back(reviews: Reviews) -> None:
    """Take back what was read in since the last lock and is gone; what a running review stands on stays missing.

    Raises NotSaved, Damaged, TooNew and NotReadable.
    """
    for event in can_be_taken_back(reviews):
        reviews.desk_write(ImportTakenBack(export=event.export), what=f"took back {event.source}, whose file was gone")


def can_be_taken_back(reviews: Reviews) -> tuple[Imported, ...]:
    """List what is gone and on which neither a lock nor a review stands. Raises Damaged, TooNew and NotReadable."""
    if reviews.running() is not None:
        return ()
    free = {event.export for event in imports_in_force(reviews.since_lock())}
    return tuple(event for event in gone(reviews) if event.export in free)


def named(event: Imported) -> str:
    """Name an import as people know it."""
    return f"{event.source} of {day_month(event.day)}, {counted(event.rows, 'deal')}"


def _inside(reviews: Reviews) -> Iterator[Batch]:
    running = reviews.running()
    if running is not None:
        yield from reviews.minutes_log(running).read().batches


def _there(reviews: Reviews, event: Imported) -> bool:
    path = reviews.workspace.import_file(event.export)
    return path.exists() or files.previous(path).exists()
