"""Exports of before the first review: read with the day each shows, and kept beside the imports."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from review.answers import Answers
from review.baselines import is_closed_list, past_until, why_not_past
from review.compared import compare
from review.dated_files import day_in_name
from review.deals import Export
from review.events import BaselineRead
from review.importing import take_in
from review.in_force import baselines_in_force, imports_in_force
from review.records import Ledger
from review.settings import Settings
from review.words import counted
from store import documents
from store.crm.meaning import Reading
from store.crm.read import read_export
from store.errors import Refused
from store.experience import experience_of
from store.kinds import BASELINE
from store.reviews import Reviews
from store.workspace import PAST

SAID, NAMED, SAVED = "as you say", "by its name", "by the file’s time"


class Dated(Struct, frozen=True, kw_only=True):
    """One file with the day that it shows."""

    reading: Reading
    how: str
    """How the day is known."""
    known: bool
    """Whether it was read in before: again changes nothing."""

    @property
    def export(self) -> Export:
        """The deals."""
        return self.reading.export

    @property
    def name(self) -> str:
        """The name of its file among the imports."""
        return f"{PAST}{self.export.id}"


def read_past(
    reviews: Reviews, paths: Sequence[Path], *, said: date | None, today: date, answers: Answers
) -> tuple[Dated, ...]:
    """Read files, or those in folders, each as the export of its day, oldest first.

    Raises Refused, Unclear; nothing is kept yet.
    """
    files = [file for path in paths for file in _files(path)]
    if said is not None and len(files) > 1:
        raise Refused(
            "--as-of is the day of one export, and these are several. Leave it out; each has the day in its name."
        )
    now = reviews.now()
    batches = reviews.desk.read().batches
    events = {event.name: event for event in baselines_in_force(batches)}
    imports = {event.day: event.source for event in imports_in_force(batches)}
    experience = replace(experience_of(reviews, None), before=None)
    found: list[Dated] = []
    for file in files:
        day, how = (said, SAID) if said else _day_of(file, now.settings)
        reading = read_export(file, settings=now.settings, day=day, answers=answers, experience=experience)
        one = Dated(reading=reading, how=how, known=f"{PAST}{reading.export.id}" in events)
        if one.known or any(each.name == one.name for each in found):
            found += [] if any(each.name == one.name for each in found) else [one]
            continue
        taken = {each.export.day: each.export.source for each in found if not is_closed_list(each.export)}
        taken |= imports | {event.day: event.source for event in events.values() if _is_whole(reviews, event, day)}
        why = why_not_past(one.export, dated=how != SAVED, today=today, last=past_until(now.ledger), taken=taken)
        if why:
            raise Refused(why)
        found.append(one)
    return tuple(sorted(found, key=lambda one: (one.export.day, one.export.source)))


def _is_whole(reviews: Reviews, event: BaselineRead, day: date) -> bool:
    return event.day == day and not is_closed_list(reviews.export(event.name))


def _files(path: Path) -> list[Path]:
    try:
        if not path.is_dir():
            return [path]
        return sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith((".", "~")))
    except OSError as error:
        raise Refused(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error


def _day_of(path: Path, settings: Settings) -> tuple[date, str]:
    day = day_in_name(path.name, settings.date_order)
    if day is not None:
        return day, NAMED
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone().date(), SAVED
    except OSError as error:
        raise Refused(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error


def take_past(reviews: Reviews, found: Sequence[Dated]) -> int:
    """Keep what is new of it: the rows first, then one fact; gives how many were new. Raises NotSaved."""
    fresh = [one for one in found if not one.known]
    for one in fresh:
        documents.save(reviews.workspace.import_file(one.name), BASELINE, one.export)
    if fresh:
        events = [
            BaselineRead(name=one.name, day=one.export.day, source=one.export.source, rows=len(one.export.deals))
            for one in fresh
        ]
        learned = [one.reading.learned for one in fresh if one.reading.learned]
        reviews.desk_write(*events, *learned, what=f"read in {counted(len(fresh), 'older export')}")
    return len(fresh)


def doubts(found: Sequence[Dated], settings: Settings) -> Iterator[str]:
    """Say what looks wrong about each, and where one holds a part only of what the one before it held."""
    before: Export | None = None
    for one in found:
        said = list(one.reading.report.warnings)
        if not is_closed_list(one.export):
            if before is not None:
                against = compare(take_in(Ledger(), before, settings), one.export)
                said += against.warnings if against else ()
            before = one.export
        yield from (f"{one.export.source}: {sentence}" for sentence in said)
