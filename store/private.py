"""The manager's private desk: notes of its own under a lock of its own, and nothing else is ever written."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from review.coaching_sheet import sheet_of
from review.desk_call import DeskIntent
from review.meeting import Meeting
from review.page import Page
from review.ports import Clock, Standing, Watched
from review.private_notes import Entry, PrivateBatch, Settle, Write, decide, fold
from review.results import Refusal
from store import files
from store.kinds import PRIVATE
from store.lock import WorkspaceLock
from store.log import Log
from store.reviews import Reviews, new_id
from store.watching import DiskWatch
from store.workspace import Workspace

READ_ONLY = "The call is only read here. Open it from the lobby or the recap to record anything."


class DiskPrivate:
    """Reads the workspace as a follower does and writes `private/` alone; satisfies `review.ports.PrivateDesk`."""

    def __init__(
        self, workspace: Workspace, today: date, markdown: Callable[[Page], str], clock: Clock | None = None
    ) -> None:
        """Take the workspace; `markdown` writes a page down. The lock is held inside `with`."""
        self.workspace = workspace
        self._today = today
        self._markdown = markdown
        self._watch = DiskWatch(workspace, clock)
        self._lock = WorkspaceLock(workspace.private_lock, "the manager’s notes")
        self._log: Log[PrivateBatch] = Log(workspace.private_file("notes"), PRIVATE, PrivateBatch, mend=True)

    def __enter__(self) -> Self:
        """Hold the private folder. Raises InUse and NotSaved."""
        self._lock.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the private folder go."""
        self._lock.release()

    # Reading

    @property
    def clock(self) -> Clock:
        """The clock of the workspace."""
        return self._watch.clock

    @property
    def today(self) -> date:
        """The day of the running review, otherwise the one asked for."""
        running = self._running()
        return running.day if running is not None else self._today

    def look(self) -> Watched:
        """Give what the room sees."""
        return self._watch.look()

    def standing(self) -> Standing:
        """Give what stands: as the running review has it, otherwise as the lobby would."""
        running = self._running()
        if running is not None:
            return Standing(ledger=running.ledger, settings=running.settings)
        now = Reviews(self.workspace, writes=False).now()
        return Standing(ledger=now.ledger, settings=now.settings)

    def _running(self) -> Meeting | None:
        minutes = self._watch.look().minutes
        over = minutes is None or minutes.meeting.locked is not None or minutes.meeting.aside
        return None if minutes is None or over else minutes.meeting

    def entries(self) -> tuple[Entry, ...]:
        """Give every private entry."""
        return fold(self._log.read().batches)

    # Writing

    def note(self, intent: Write | Settle) -> Refusal | None:
        """Decide, then write; the entry is on disk when this returns."""
        answer = decide(self.entries(), intent, self.today)
        if isinstance(answer, Refusal):
            return answer
        self._log.append(PrivateBatch(id=new_id(), at=datetime.now(UTC), event=answer))
        return None

    def write_sheet(self, person: str) -> Path:
        """Write a rep's one-to-one sheet; one of the same day is written anew."""
        day = self.today
        path = self.workspace.private / f"one-to-one-{person}-{day.isoformat()}.md"
        text = self._markdown(sheet_of(self.standing(), day, person, self.entries()))
        files.write(path, [text.encode()], keep=False)
        return path

    def desk_do(self, intent: DeskIntent) -> Refusal | None:  # noqa: ARG002
        """Refuse: what the call records belongs to the workspace, which is not written here."""
        return Refusal(READ_ONLY)
