"""Files written whole or not at all, with the generation before kept beside them."""

import errno
import itertools
import os
import shutil
import stat as stat_of
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from store.errors import no_file, not_readable, not_saved, too_large

Bytes = bytes | bytearray | memoryview
_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
_NO_FILE = {errno.EISDIR, errno.ELOOP, errno.ENXIO}
LARGEST = 500_000_000
"""Bytes of a file of the program's; a file is held in memory as a whole."""
EDITED = 5_000_000
"""Bytes of a file that people edit."""
_turn = itertools.count()


class Stamp(NamedTuple):
    """What tells one generation of a file from another without reading it."""

    inode: int
    size: int
    time: int
    """Time of the last change in nanoseconds."""


def previous(path: Path) -> Path:
    """Name the generation before the one at `path`."""
    return path.with_name(f"{path.name}.previous")


def stamp(path: Path) -> Stamp | None:
    """Give the stamp of the file at `path`; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return Stamp(found.st_ino, found.st_size, found.st_mtime_ns)


def read(path: Path, most: int = LARGEST) -> tuple[bytes, Stamp] | None:
    """Read one whole generation with its own stamp; None where there is no file.

    Raises NotReadable where the file is there and cannot be read, and of these NoFile where something else is there,
    such as more than `most` bytes.
    """
    try:
        # Without waiting: a pipe in the place of a file would be waited for.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            found = os.fstat(handle)
            if not stat_of.S_ISREG(found.st_mode):
                raise no_file(path)
            if found.st_size > most:
                raise too_large(path, most)
            with open(handle, "rb", closefd=False) as file:
                # No more than there was: whatever still grows is no generation of ours.
                return file.read(found.st_size), Stamp(found.st_ino, found.st_size, found.st_mtime_ns)
        finally:
            os.close(handle)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise (no_file(path) if error.errno in _NO_FILE else not_readable(path, error)) from error


def write(path: Path, pieces: Iterable[Bytes], *, durable: bool = True, keep: bool = True) -> Stamp:
    """Put the pieces at `path` in one step, readable by their owner only.

    `durable`: on disk before this returns. `keep`: what was there stays as the previous generation.
    Raises NotSaved; then `path` holds what it held before.
    """
    fresh, old = _temporary(path, "new"), _temporary(path, "old")
    try:
        with _gone_afterwards(fresh, old):
            written = _write_new(fresh, pieces, durable=durable)
            before = path.exists()
            had = keep and _duplicate(path, old)
            try:
                os.replace(fresh, path)
                if durable:
                    sync_folder(path.parent)
                if had:
                    os.replace(old, previous(path))
            except OSError:
                if had or not before:
                    _put_back(path, written, old if had else None)
                raise
    except OSError as error:
        raise not_saved(path, error) from error
    return written


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable, where the file system can."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def set_aside(path: Path, *, stay: bool = False) -> Path:
    """Give the damaged file at `path` a name of its own, NAME.damaged-1 and up.

    `stay`: it keeps the old name as well, for what is about to replace it, which it could not if it is no file.
    Raises NotSaved.
    """
    aside = free_name(path, "damaged")
    try:
        if stay and path.is_file():
            _duplicate(path, aside)
        else:
            os.replace(path, aside)
        sync_folder(path.parent)
    except OSError as error:
        raise not_saved(path, error) from error
    return aside


def free_name(path: Path, word: str) -> Path:
    """Find the first NAME.word-1, -2 … that is not taken."""
    names = (path.with_name(f"{path.name}.{word}-{number}") for number in itertools.count(1))
    return next(name for name in names if not os.path.lexists(name))


def remove(path: Path) -> None:
    """Delete a file with its previous generation; nothing happens where there is none. Raises NotSaved."""
    try:
        for each in (previous(path), path):
            with suppress(FileNotFoundError):
                os.unlink(each)
    except OSError as error:
        raise not_saved(path, error) from error


def leftovers(folder: Path) -> list[Path]:
    """List the temporary files in `folder` whose program no longer runs."""
    return sorted(path for path in folder.glob(".*.tmp") if not _is_alive(path.name.rsplit(".", 4)[-3:-2]))


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, that only its owner can enter. Raises NotSaved."""
    try:
        if not folder.is_dir():
            if folder.parent != folder:
                make_folder(folder.parent)
            with suppress(FileExistsError):
                os.mkdir(folder, 0o700)
            sync_folder(folder.parent)
    except OSError as error:
        raise not_saved(folder, error) from error


def _temporary(path: Path, word: str) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{word}{next(_turn)}.tmp")


def _is_alive(pid: list[str]) -> bool:
    if not (pid and pid[0].isdecimal()):
        return False
    try:
        os.kill(int(pid[0]), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True


@contextmanager
def _gone_afterwards(*paths: Path) -> Iterator[None]:
    """Leave no temporary file behind, whatever happens."""
    try:
        yield
    finally:
        for path in paths:
            with suppress(OSError):
                os.unlink(path)


def _write_new(path: Path, pieces: Iterable[Bytes], *, durable: bool) -> Stamp:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    size = 0
    try:
        for piece in pieces:
            size += len(piece)
            if size > LARGEST:  # it could not be read again
                raise OSError(errno.EFBIG, "File too large")
            _write_all(handle, piece)
        if durable:
            os.fsync(handle)
        found = os.fstat(handle)
    finally:
        os.close(handle)
    return Stamp(found.st_ino, found.st_size, found.st_mtime_ns)


def _write_all(handle: int, piece: Bytes) -> None:
    # Views are given back at once: a bytearray cannot grow while a kept error still holds one of it.
    with memoryview(piece) as whole:
        done = 0
        while done < len(whole):
            with whole[done:] as rest:
                done += os.write(handle, rest)


def _duplicate(path: Path, target: Path) -> bool:
    """Give the file at `path` a second name; False where there is no file."""
    try:
        os.link(path, target)
    except FileNotFoundError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copyfile(path, target)
        os.chmod(target, 0o600)
    return True


def _put_back(path: Path, written: Stamp, old: Path | None) -> None:
    """Take back a rename that could not be made durable, also one that was reported as failed and was done.

    What cannot be taken back, the next write covers.
    """
    with suppress(OSError):
        if stamp(path) != written:
            return
        if old is None:
            os.unlink(path)
            return
        if not old.exists():
            os.link(previous(path), old)
        os.replace(old, path)
