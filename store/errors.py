"""What can go wrong with files, each with a sentence and an exit status."""

import errno
from pathlib import Path

from review.errors import CloseoutError

_REASONS = {
    errno.ENOSPC: ("the disk is full", "free some space and try again", "free some space"),
    errno.EDQUOT: ("the disk quota is used up", "free some space and try again", "free some space"),
    errno.EROFS: ("the disk is read-only", "make it writable or use another workspace", "make it writable"),
    errno.EACCES: ("there is no permission to write there", "give yourself write permission and try again", "give it"),
    errno.EPERM: ("there is no permission to write there", "give yourself write permission and try again", "give it"),
    errno.ENOENT: ("the folder is gone", "put it back and try again", "put it back"),
    errno.EFBIG: ("the file is too large for this disk", "use another disk for the workspace", "use another"),
}
"""What is wrong, what to do, and the same in brief."""


class Refused(CloseoutError):
    """What was asked for cannot be done as things stand; nothing changed."""


class NotSaved(CloseoutError):
    """A write failed: the fact is neither in memory nor, after the next success, on disk."""


class NotReadable(CloseoutError):
    """A file is there and may not be read."""


class NoFile(NotReadable):
    """Where a file should be there is a folder, a pipe or a link that leads nowhere."""


class Damaged(CloseoutError):
    """A file is damaged and no earlier copy of it is sound; it was left as it is."""


class TooNew(CloseoutError):
    """A file was written by a later version; it was left untouched."""


class InUse(CloseoutError):
    """Another program holds the workspace."""

    def __init__(self, sentence: str, *, pid: int | None = None, host: str = "", doing: str = "") -> None:
        """Keep who holds it, as far as that is known."""
        super().__init__(sentence, status=3)
        self.pid = pid
        self.host = host
        self.doing = doing
        """What the holder said it is doing, for example “the review of 23 Nov”."""


def not_saved(path: Path, error: OSError) -> NotSaved:
    """Turn a failed write to `path` into the sentence that says why and what to do."""
    unknown = (f"the disk says “{error.strerror or error}”", "try again", "try again")
    reason, remedy, brief = _REASONS.get(error.errno or 0, unknown)
    return NotSaved(
        f"Not saved: {reason} ({path.parent}). Nothing changed; {remedy}.",
        brief=f"{reason.removeprefix('there is ')}: {brief}",
    )


def not_readable(path: Path, error: OSError) -> NotReadable:
    """Turn a failed read of `path` into the sentence that says why and what to do."""
    if error.errno in {errno.EACCES, errno.EPERM}:
        return NotReadable(
            f"{path} cannot be read: there is no permission. Give yourself read permission and try again."
        )
    return NotReadable(f"{path} cannot be read: the disk says “{error.strerror or error}”.")


class TooLarge(NoFile):
    """Where a file should be there is one that no program of ours can have written."""


def no_file(path: Path) -> NoFile:
    """Say that there is something else where a file should be."""
    return NoFile(f"{path} cannot be read: it is no file. Move what is there away and put the file back.")


def too_large(path: Path, most: int) -> TooLarge:
    """Say that a file is larger than any of its kind."""
    return TooLarge(
        f"{path} cannot be read: it is larger than {most // 1_000_000} MB, which no such file is. Move it away and put "
        "the file back."
    )


def another(name: str, what: str) -> Damaged:
    """Say that the file `name` is whole and is that of something else."""
    return Damaged(
        f"{name} holds {what} and not its own. It was left as it is. Put the right file back, or go back to a backup "
        "with “closeout restore FILE”."
    )


def unknown_in(name: str, error: Exception) -> Damaged:
    """Say that the file `name` is whole and says what this program does not know."""
    return Damaged(
        f"{name} holds something that this Closeout does not know ({error}). It was left untouched; install the "
        "Closeout that wrote it, or go back to a backup with “closeout restore FILE”."
    )
