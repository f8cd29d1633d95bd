"""The lock of a workspace: the system's own, so that it is free again when its program dies."""

import os
import platform
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec
from msgspec import Struct

from store import files
from store.errors import InUse, NotReadable, not_saved
from store.seat import Seat, seat_of

if TYPE_CHECKING:
    from filelock import FileLock


class Holder(Struct, frozen=True):
    """Who holds a lock, as written in its file."""

    pid: int
    host: str
    doing: str = ""
    seat: Seat = Seat()
    """The terminal it runs in."""


class WorkspaceLock:
    """A lock on a folder's file; held from `take` to `release`, and to the end of the process at the latest."""

    def __init__(self, path: Path, doing: str = "") -> None:
        """Take the file's place and what the holder is doing, for the sentence that others read."""
        self._path = path
        self._doing = doing
        self._lock: FileLock | None = None

    @property
    def held(self) -> bool:
        """Whether it is held here."""
        return self._lock is not None

    def take(self) -> None:
        """Take the lock; nothing happens where it is held here already. Raises InUse, and NotSaved where it cannot."""
        if self._lock:
            return
        # Half of what a command that never locks would otherwise pay to start.
        from filelock import FileLock, Timeout

        files.make_folder(self._path.parent)
        lock = FileLock(self._path, timeout=0, mode=0o600, thread_local=False, fallback_to_soft=False)
        try:
            lock.acquire(blocking=False)
        except Timeout as error:
            raise _in_use(holder(self._path)) from error
        except OSError as error:
            raise not_saved(self._path, error) from error
        self._lock = lock
        self._sign(msgspec.json.encode(Holder(os.getpid(), platform.node(), self._doing, seat_of(os.environ))))

    def release(self) -> None:
        """Free the lock; nothing happens where it is not held here."""
        if self._lock:
            self._sign(b"")
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _sign(self, text: bytes) -> None:
        # The name is for a sentence only: the lock holds without it, on a full disk too.
        with suppress(OSError):
            self._path.write_bytes(text)


def holder(path: Path) -> Holder | None:
    """Read who wrote last that they hold the lock; None where nobody did or it cannot be read."""
    try:
        found = files.read(path, files.EDITED)
        return msgspec.json.decode(found[0], type=Holder) if found else None
    except (NotReadable, msgspec.DecodeError, UnicodeDecodeError):
        return None


def lives(who: Holder | None) -> bool:
    """Tell whether the program that signed may still run; on another machine nobody can tell."""
    if who is None:
        return False
    if who.host != platform.node():
        return True
    try:
        os.kill(who.pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


WATCH = ", or watch it with “closeout follow”"


def _in_use(who: Holder | None) -> InUse:
    if who is None:
        return InUse(f"This workspace is in use by another Closeout. Close it there first{WATCH}.")
    where = "" if who.host == platform.node() else f" on {who.host}"
    what = f" for {who.doing}" if who.doing else ""
    return InUse(
        f"This workspace is in use{what} by another Closeout (process {who.pid}{where}). Close it there first"
        f"{WATCH if 'review' in who.doing else ''}.",
        pid=who.pid,
        host=who.host,
        doing=who.doing,
    )
