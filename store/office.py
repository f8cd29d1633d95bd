"""The disk as the screens know it: what stands, the running review, drafts, settings, files in and out."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from review.outlook import Opening
from review.ports import Archive, BatchLog, Clock, Drafts, Incoming, Saved, Standing
from review.results import Refusal
from review.settings import Settings
from store import files
from store.errors import Refused
from store.generations import Note
from store.journal import Journal
from store.lock import WorkspaceLock
from store.outlook import outlook_of
from store.past import DiskArchive
from store.reviews import Reviews, new_id
from store.settings_file import read_seen, write_settings
from store.workspace import Workspace

if TYPE_CHECKING:
    from review.answers import Answers
    from review.aside import Offered
    from review.desk_call import DeskIntent
    from review.events import Batch
    from review.fold import Minutes
    from review.proposals import Proposals
    from review.queue import Plan
    from review.session import Session
    from review.sheets.filled import ReadSheets
    from store.exports.sender import Sender

# What only one of the doors needs is imported behind it: the lobby opens without.


class _Guarded:
    """The minutes of a review: written under the workspace's lock, also after it was let go at the end."""

    def __init__(self, log: BatchLog, lock: WorkspaceLock, journal: Journal | None) -> None:
        self._log = log
        self._lock = lock
        self._journal = journal

    def append(self, batch: "Batch") -> object:
        """Write one batch; after the lock of the review only an amendment comes here."""
        began, how = perf_counter(), "was refused"
        try:
            written = self._append(batch)
            how = "was written"
            return written
        finally:
            if self._journal is not None:
                kinds = ", ".join(type(event).__name__ for event in batch.events)
                self._journal.note(f"{kinds} {how} in {(perf_counter() - began) * 1000:.1f} ms")

    def _append(self, batch: "Batch") -> object:
        if self._lock.held:
            return self._log.append(batch)
        with self._lock:
            return self._log.append(batch)


class DiskOffice:
    """One workspace, as a program that may write it holds it; satisfies `review.ports.Office`."""

    def __init__(
        self, workspace: Workspace, clock: Clock, today: date, speed: int = 1, asked: date | None = None
    ) -> None:
        """Take the workspace; the lock is taken only while a review runs, or for one write.

        `asked`: the day of the next review, where it was asked for; otherwise it is the next weekly one.
        """
        self.workspace = workspace
        self.clock = clock
        self.today = today
        self.archive: Archive = DiskArchive(workspace)
        self.journal: Journal | None = None
        """Where what is written is noted, without what it says; None while nobody asked for that."""
        self._speed = speed
        self._asked = asked
        self._reviews = Reviews(workspace)
        self._lock = WorkspaceLock(workspace.lock, "a review")
        self._session: Session | None = None
        self._seen: object = None
        self._settings_seen: str | None = None
        self._notes: tuple[Note, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """Damage that was met when the running review was opened, in sentences."""
        return tuple(note.sentence for note in self._notes)

    # What stands

    def opening(self) -> Opening:
        """Read what the lobby shows, with the damage that was met in sentences."""
        self._seen = self._stamps()
        written, self._settings_seen = read_seen(self.workspace.settings)
        outlook = outlook_of(self._reviews, written, self._reviews.resting(written), self.today)
        return Opening(
            outlook=outlook,
            # Rates can have been written by hand before there was anybody to set up.
            set_up=bool(written.people),
            notes=tuple(note.sentence for note in self._reviews.met),
            offered=self._offered(),
        )

    def standing(self) -> Standing:
        """Read all that stands now."""
        written, self._settings_seen = read_seen(self.workspace.settings)
        now = self._reviews.now(written)
        outlook = outlook_of(self._reviews, written, now.resting, self.today)
        return Standing(ledger=now.ledger, settings=now.settings, outlook=outlook)

    def _offered(self) -> "Offered | None":
        """Give what a review that was set aside since the last lock leaves to the next."""
        aside = self._reviews.set_aside()
        if aside is None:
            return None
        from review.aside import offered

        return offered(aside, self.today)

    def changed(self) -> bool:
        """Tell whether desk or settings have changed since `opening` read them."""
        return self._seen is not None and self._seen != self._stamps()

    def _stamps(self) -> object:
        return files.stamp(self.workspace.desk), files.stamp(self.workspace.settings)

    # The running review

    def running(self) -> "Session | None":
        """Open the running review and hold the workspace; None where none runs."""
        if self._session is None and self.workspace.exists:
            review = self._reviews.running()
            if review is not None:
                self._hold()
                mending = Reviews(self.workspace, mend=True)
                minutes, _ = mending.minutes(review)
                self._notes = mending.met
                self._session = self._make(review, minutes)
        return self._session

    def begin(self, standing: Standing, present: Sequence[str], plan: "Plan") -> "Session":
        """Start a review on what stands, and hold the workspace until the lock."""
        from review.start import start

        self._hold()
        review = self._reviews.workspace.next_review_id(self.today)
        started = start(
            standing.ledger,
            standing.settings,
            review=review,
            today=self.today,
            present=present,
            planned=plan,
            desk=len(self._reviews.desk.read().batches),
            planned_start=self._planned_start(standing.settings),
            speed=self._speed,
        )
        minutes = self._reviews.begin(started, self.clock.now())
        self._session = self._make(review, minutes)
        return self._session

    def _planned_start(self, settings: Settings) -> datetime | None:
        """Give the scheduled start that has passed; one that lies ahead, or long ago, changes nothing."""
        from zoneinfo import ZoneInfo

        from review.schedule import planned_start

        zone = ZoneInfo(settings.timezone) if settings.timezone else None
        planned = planned_start(settings, self.today, self.clock.now(), zone)
        return planned.at if planned is not None and planned.late else None

    def finish(self) -> None:
        """Let the workspace go."""
        self._lock.release()
        self._session = None

    def _hold(self) -> None:
        self.workspace.make()
        self._lock.take()
        self.workspace.sweep()

    def _make(self, review: str, minutes: "Minutes") -> "Session":
        from review.session import Session

        return Session(
            minutes,
            _Guarded(self._reviews.minutes_log(review), self._lock, self.journal),
            self.clock,
            self._reviews,
            new_id,
        )

    def drafts(self, review: str) -> Drafts:
        """Give the drafts of a review."""
        from store.drafts import DraftFile

        return DraftFile(self.workspace.draft(review))

    # Settings and exports

    def proposals(self) -> "Proposals":
        """Read what the settings come to with the export that stands."""
        from review.proposals import propose

        settings, self._settings_seen = read_seen(self.workspace.settings)
        ledger = self._reviews.now(settings).ledger
        if not ledger.export:
            raise Refused("Nothing is read in yet. Run “closeout import FILE” first.")
        return propose(self._reviews.export(ledger.export), settings, self.today, ledger.roster, ledger)

    def keep_settings(self, settings: Settings) -> None:
        """Write `closeout.toml`, comments kept, never over a newer edit."""
        self.workspace.make()
        self._settings_seen = write_settings(self.workspace.settings, settings, self._settings_seen)

    def read_file(self, path: str, answers: "Answers | None" = None) -> Incoming:
        """Read an export of today from a file, with what is said of it."""
        from review.renaming import told_by_import
        from store.crm.read import read_export
        from store.experience import experience_of

        if self._session:
            ledger, settings = self._session.meeting.ledger, self._session.meeting.settings
        else:
            now = self.standing()
            ledger, settings = now.ledger, now.settings
        experience = experience_of(self._reviews, ledger)
        reading = read_export(
            Path(path).expanduser(), settings=settings, day=self.today, answers=answers, experience=experience
        )
        said = (*reading.report.sentences(), *told_by_import(ledger, reading.export))
        return Incoming(
            export=reading.export, said=said, learned=reading.learned, original=reading.original, asks=reading.asks
        )

    def take_import(self, incoming: Incoming) -> None:
        """Keep an export that was read between reviews: one write under the lock."""
        self.workspace.make()
        with WorkspaceLock(self.workspace.lock, "an import"):
            self._reviews.take_import(incoming.export, incoming.learned, incoming.original)

    def read_sheets(self, path: str) -> "ReadSheets":
        """Read filled-in sheets and judge them on what stands; nothing is recorded before they are taken."""
        from store.sheets.desk import DiskSheets

        return DiskSheets(self.workspace, Path(path).expanduser(), today=self.today, review_day=self._asked)

    def desk_do(self, intent: "DeskIntent") -> Refusal | None:
        """Decide on what stands, and record it: one write under the lock."""
        from review.desk_call import decide_call

        self.workspace.make()
        with WorkspaceLock(self.workspace.lock, "the forecast call"):
            now = self._reviews.now()
            answer = decide_call(now.ledger, now.settings, self.today, intent)
            if isinstance(answer, Refusal):
                return answer
            self._reviews.desk_write(answer.fact, what=answer.what)
        return None

    def keep_export(self, incoming: Incoming) -> None:
        """Keep the rows that a running review takes in, and what was said of its columns for the next file."""
        self._reviews.keep_export(incoming.export, incoming.original)
        if incoming.learned:
            self._reviews.desk_write(incoming.learned, what="confirmed columns", decision=False)

    def _sender(self) -> "Sender":
        from store.exports.sender import Sender

        return Sender(self._reviews, self.clock)

    def targets(self) -> tuple[tuple[str, str, str], ...]:
        """List what a review can be exported to, as name, title and where it goes."""
        return self._sender().targets()

    def written(self, minutes: "Minutes", target: str, *, news: bool = False) -> Saved:
        """Give an export of a review as text, and the file it would become; `news`: only what it has not had yet."""
        return self._sender().written(minutes, target, news=news)

    def save(self, minutes: "Minutes", target: str, *, news: bool = False) -> Path | None:
        """Write an export of a review; an earlier one is never overwritten."""
        return self._sender().save(minutes, target, news=news)
