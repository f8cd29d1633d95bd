"""The workspace as reviews see it: what stands now, the review that is running, and how one begins."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from review.deals import Export
from review.events import Batch, ColumnsConfirmed, Fact, Imported, ImportTakenBack, Locked, SetAside, Started
from review.in_force import baselines_in_force, imports_in_force
from review.past import Past
from review.records import Ledger
from review.settings import Settings
from review.words import listed
from store import documents, files, snapshots
from store.errors import Damaged, Refused, another
from store.generations import Note
from store.kept import Kept
from store.kinds import BASELINE, DESK, IMPORT, MINUTES, NOW_FOLDED, PAST_FOLDED, Kind
from store.log import Log
from store.minutes import its_own
from store.now import Folded, Now, now_of, rests_on
from store.past_fold import Exports, FoldedPast
from store.settings_file import read_settings
from store.workspace import PAST, Workspace

if TYPE_CHECKING:
    from review.fold import Minutes

# What folds is loaded where something is folded: most commands read what was kept.

T = TypeVar("T")
MISSING = (
    "imports/{ident}.json is missing. Read the same export in again with “closeout import FILE”, or go back to a "
    "backup with “closeout restore FILE”."
)


def new_id() -> str:
    """Make an id for a batch."""
    return uuid4().hex


class Reviews:
    """Reads and writes the reviews of one workspace; every path of a fact to disk goes through here."""

    def __init__(self, workspace: Workspace, *, mend: bool = False, writes: bool = True) -> None:
        """Take the workspace; `mend` for whoever holds its lock and may set damaged files aside.

        `writes`: whether what was worked out may be kept for the next time; not beside another program's review.
        """
        self.workspace = workspace
        self._writes = writes
        self._mend = mend
        self._log: tuple[str, Log[Batch]] | None = None
        self._last: Now | None = None
        self.desk: Log[Batch] = Log(workspace.desk, DESK, Batch, mend=mend)
        self._met: dict[Note, None] = {}
        self.shelf = snapshots.Shelf(workspace, self.refold, self._hear, mend=mend)

    # Reading

    @property
    def met(self) -> tuple[Note, ...]:
        """Damage that was met in anything read here so far."""
        return tuple({**dict.fromkeys(self.desk.notes), **self._met})

    def _hear(self, notes: Iterable[Note]) -> None:
        self._met.update(dict.fromkeys(notes))

    def settings(self) -> Settings:
        """Read `closeout.toml`; raises Refused with the line of a mistake. Without the file, everything is default."""
        return read_settings(self.workspace.settings)

    def now(self, settings: Settings | None = None) -> Now:
        """Fold what stands: the last lock with its amendments, then the desk since."""
        chosen = settings or self.settings()
        desk, held = self.desk.read().batches, self.last_held()
        resting = rests_on(self.workspace, held, desk, chosen)
        if self._last is None or self._last.resting != resting or self._last.notes != self.met:
            found = self.kept(NOW_FOLDED, Folded).at(resting, lambda: self._folded(held, desk, chosen))
            self._last = now_of(found, resting, held, desk, self.met)
        return self._last

    def _folded(self, held: str | None, desk: Sequence[Batch], settings: Settings) -> Folded:
        from review.desk import with_everybody

        ledger, seen = (Ledger(), 0) if held is None else self._after(held)
        people = with_everybody(settings, ledger)
        after = self._at_desk(ledger, desk[seen:], people)
        return Folded(after, with_everybody(people, after), people)

    def kept(self, kind: Kind, value_type: type[T]) -> Kept[T]:
        """Give where a result is kept; nothing is, where damage was met or nothing may be written."""
        return Kept(self.workspace.kept, kind, value_type, self.shelf, lambda: self._writes and not self.met)

    def resting(self, settings: Settings) -> str:
        """Give the digest of all that what stands is folded from."""
        return rests_on(self.workspace, self.last_held(), self.desk.read().batches, settings)

    def from_now(self, kind: Kind, value_type: type[T], day: date, work_out: Callable[[], T]) -> T:
        """Give a result that rests on what stands on a day, without reading all of that where it was kept."""
        return self.kept(kind, value_type).at(f"{self.resting(self.settings())} {day}", work_out)

    def workspace_id(self) -> str:
        """Name the workspace by the first thing that was recorded in it; empty before."""
        return next((batch.id for batch in self.desk.read().batches), "")

    def since_lock(self) -> tuple[Batch, ...]:
        """Give what was recorded at the desk since the last lock."""
        _, seen = self._last_lock()
        return self.desk.read().batches[seen:]

    def running(self) -> str | None:
        """Name the review that was started and neither locked nor set aside."""
        for review in reversed(self.workspace.review_ids()):
            kinds = self._kinds(review)
            if not kinds & {Locked, SetAside}:
                return review
            if Locked in kinds:
                return None
        return None

    def set_aside(self) -> "Minutes | None":
        """Fold the last review where it was set aside; None where one was locked since, or where none is there."""
        last = next(iter(reversed(self.workspace.review_ids())), None)
        if last is None or SetAside not in self._kinds(last):
            return None
        return self.minutes(last)[0]

    def last_held(self) -> str | None:
        """Name the last review that was locked."""
        return next((r for r in reversed(self.workspace.review_ids()) if Locked in self._kinds(r)), None)

    def is_locked(self, review: str) -> bool:
        """Tell whether a review was locked."""
        return Locked in self._kinds(review)

    def minutes_log(self, review: str) -> Log[Batch]:
        """Give the log of a review; the one that was asked for last is read again only where its file is another."""
        if self._log is None or self._log[0] != review:
            self._log = review, Log(self.workspace.minutes(review), MINUTES, Batch, mend=self._mend)
        return self._log[1]

    def minutes(self, review: str) -> "tuple[Minutes, tuple[Note, ...]]":
        """Fold the minutes of a review from what it stands on. Raises Damaged, NotReadable, TooNew."""
        from review.fold import fold

        loaded = its_own(self.minutes_log(review), review)
        if not loaded.batches:
            raise Damaged(f"The minutes of {review} hold nothing. closeout check --repair sets them aside.")
        started = loaded.batches[0].events[0]
        assert isinstance(started, Started)
        opening = self.opening(started)
        self._hear(loaded.notes)
        return fold(opening, loaded.batches, self.exports_in(loaded.batches)), loaded.notes

    def refold(self, review: str) -> Ledger:
        """Work the ledger of a lock out from its minutes. Raises Damaged, NotReadable, TooNew."""
        # Another reader of its own: what is settled may be asked for from another thread.
        return Reviews(self.workspace).minutes(review)[0].meeting.ledger

    def _kinds(self, review: str) -> set[type[Fact]]:
        return {type(event) for batch in its_own(self.minutes_log(review), review).batches for event in batch.events}

    def opening(self, started: Started) -> Ledger:
        """Give the ledger that a review stands on, from what its first event pins."""
        last = self._last
        if last and (last.lock, last.desk, last.folded_by) == (started.lock, started.desk, started.settings):
            return last.ledger
        ledger, seen = self._after(started.lock) if started.lock else (Ledger(), 0)
        batches = self.desk.read().batches[seen : started.desk]
        return self._at_desk(ledger, batches, started.settings)

    def _at_desk(self, ledger: Ledger, batches: Sequence[Batch], settings: Settings) -> Ledger:
        from review.desk import at_desk

        exports = self.exports_in(batches, ledger.past)
        past = FoldedPast(self.kept(PAST_FOLDED, Ledger), exports)
        return at_desk(ledger, batches, exports, settings, past)

    def _last_lock(self) -> tuple[Ledger, int]:
        held = self.last_held()
        return (Ledger(), 0) if held is None else self._after(held)

    def _after(self, review: str) -> tuple[Ledger, int]:
        """Give the ledger that a locked review left, its amendments included, and the desk it had seen.

        Raises Damaged where neither its lock nor the snapshot of it is left.
        """
        loaded = its_own(self.minutes_log(review), review)
        self._hear(loaded.notes)
        begun = loaded.batches[0].events[0] if loaded.batches else None
        if not isinstance(begun, Started):
            raise Damaged(f"The minutes of {review}, on which a later review stands, are gone. {snapshots.GO_BACK}")
        locks = (at for at, batch in enumerate(loaded.batches) if isinstance(batch.events[-1], Locked))
        ends = next(locks, None)
        if ends is not None and len(loaded.batches) > ends + 1:
            return self.minutes(review)[0].meeting.ledger, begun.desk
        locked = loaded.batches[-1].events[-1]
        read = self.shelf.load(review)
        self._hear(read.notes)
        if ends is None:
            # The last fact of the minutes was lost; what a later review was begun on, the snapshot still holds.
            if read.value is None:
                raise Damaged(f"The lock of {review}, on which a later review stands, is lost. {snapshots.GO_BACK}")
        elif read.value is None or (isinstance(locked, Locked) and read.checksum != locked.digest):
            self._hear((snapshots.worked_out(self.workspace.snapshot(review)),))
            return self.minutes(review)[0].meeting.ledger, begun.desk
        return read.value, begun.desk

    def exports_in(self, batches: Sequence[Batch], known: Past | None = None) -> Exports:
        """Give the exports that batches read in, by id, and by name those of before with the ones `known` before."""
        wanted = {event.export for event in imports_in_force(batches)}
        if fresh := [event.name for event in baselines_in_force(batches)]:
            wanted |= {*fresh, *(known.files if known else ())}
        return Exports(wanted, self.export)

    def export(self, ident: str) -> Export:
        """Read the rows of an import. Raises Damaged where they are gone."""
        kind = BASELINE if ident.startswith(PAST) else IMPORT
        read = documents.load(self.workspace.import_file(ident), kind, Export, mend=self._mend)
        self._hear(read.notes)
        if read.value is None:
            raise Damaged(MISSING.format(ident=ident))
        if kind is IMPORT and read.value.id != ident:
            raise another(f"imports/{ident}.json", f"the rows of the export {read.value.id}")
        return read.value

    # Writing

    def desk_write(self, *events: Fact, what: str, decision: bool = True) -> None:
        """Record something between reviews. Raises NotSaved."""
        self.desk.append(Batch(id=new_id(), at=datetime.now(UTC), events=events, decision=decision, what=what))

    def keep_export(self, export: Export, original: bytes = b"") -> None:
        """Write the rows of an export, before them the workbook that has to go back to the CRM as it came.

        Without the event that names them they are a leftover. Raises NotSaved.
        """
        if original:
            files.write(self.workspace.original(export.id), [original], keep=False)
        documents.save(self.workspace.import_file(export.id), IMPORT, export)

    def take_import(self, export: Export, learned: ColumnsConfirmed | None = None, original: bytes = b"") -> None:
        """Read an export in between reviews: rows first, then the fact and what a person said. Raises NotSaved."""
        self.keep_export(export, original)
        self.desk_write(
            Imported(export=export.id, day=export.day, source=export.source, rows=len(export.deals)),
            *((learned,) if learned else ()),
            what=f"read in {export.source}",
        )

    def undo_import(self) -> Imported:
        """Take the last import back, until the next lock.

        Raises Refused where there is none, while a review stands on it, and where something was decided on its deals.
        """
        from review.desk import resting_on

        if self.running() is not None:
            raise Refused("A review is running on that import. Lock it or set it aside first.")
        ledger, _ = self._last_lock()
        batches = self.since_lock()
        found = imports_in_force(batches)
        if not found:
            raise Refused("There is no import to take back since the last lock.")
        last = found[-1]
        before = tuple(b for b in batches if last not in b.events)
        without = self._at_desk(ledger, before, self.settings())
        if resting := resting_on(without, batches, self.export(last.export)):
            raise Refused(
                f"Only {last.source} has {listed(resting)}, and something was decided there; it cannot be taken back."
            )
        self.desk_write(ImportTakenBack(export=last.export), what=f"took back {last.source}")
        return last

    def begin(self, started: Started, now: datetime) -> "Minutes":
        """Write the first batch of a review and fold it. Raises NotSaved; Refused while another one runs."""
        from review.fold import fold

        running = self.running()
        if running is not None:
            raise Refused(f"The review {running} is running. Lock it or set it aside first.")
        batch = Batch(id=new_id(), at=now, events=(started,), what="started the review")
        opening = self.opening(started)
        minutes = fold(opening, (batch,))
        self.minutes_log(started.review).append(batch)
        return minutes

    def freeze(self, review: str, ledger: Ledger) -> str:
        """Write the snapshot of a lock and give its digest; a leftover of an interrupted lock is overwritten."""
        return snapshots.save(self.workspace, review, ledger)
