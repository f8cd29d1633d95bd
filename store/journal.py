"""What is kept about the program itself: a log while one is asked for, and reports of crashes; nothing of a deal."""

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from review.errors import CloseoutError
from store import files

FOLDER = "logs"
LOG = "closeout.log"
LONGEST = 256 * 1024
"""Bytes of the log; then it becomes the older one of two."""


class Journal:
    """The log of one workspace; what cannot be written to it is let go."""

    def __init__(self, root: Path) -> None:
        """Take the workspace's folder; nothing is made yet."""
        self._folder = root / FOLDER

    def note(self, what: str) -> None:
        """Add a line: words of the program's own, never anything that was read or typed."""
        path = self._folder / LOG
        line = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f} {os.getpid()} {what}\n"
        with suppress(OSError, CloseoutError):
            files.make_folder(self._folder)
            there = files.stamp(path)
            if there is not None and there.size > LONGEST:
                os.replace(path, path.with_name(f"{LOG}.1"))
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            try:
                os.write(handle, line.encode())
            finally:
                os.close(handle)


def keep_report(folder: Path, text: str, now: datetime) -> Path:
    """Write a report of a crash into the logs of `folder` and give its file. Raises NotSaved."""
    path = folder / FOLDER / f"crash-{now:%Y-%m-%d-%H%M%S}.txt"
    files.make_folder(path.parent)
    if path.exists():
        path = files.free_name(path, "again")
    files.write(path, [text.encode()], keep=False)
    return path
