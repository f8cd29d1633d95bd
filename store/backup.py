"""A workspace packed into one file, and unpacked again with what was there kept aside."""

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

from msgspec import Struct

from review.errors import CloseoutError
from store import check, files, generations, swap
from store.errors import Damaged, Refused, not_readable
from store.lock import WorkspaceLock
from store.workspace import Workspace

LARGEST = 1 << 30
"""Bytes of an unpacked backup."""
_FOLDERS = {"reviews", "imports", "templates"}


class Restored(Struct, frozen=True):
    """What a restore did."""

    count: int
    """Files put in place."""
    aside: Path
    """Folder that holds what was there before."""


def backup(workspace: Workspace, now: datetime, target: Path | None = None, *, with_private: bool = False) -> Path:
    """Pack the workspace into `target` (default: backups/ with the time in its name) and give the file.

    Neither exports nor earlier backups are packed, and the manager's notes only `with_private`.
    Raises Refused where the file is there already, NotSaved and NotReadable.
    """
    if target is None:
        files.make_folder(workspace.backups)
        target = workspace.backups / f"closeout-{now:%Y-%m-%d-%H%M%S}.tar.gz"
    if target.exists():
        raise Refused(f"{target} is there already. Name another file, or move that one away.")
    packed = io.BytesIO()
    count = 0
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=6) as archive:
        for path in _in_order(workspace, with_private=with_private):
            if found := files.read(path):
                info = tarfile.TarInfo(path.relative_to(workspace.root).as_posix())
                info.size, info.mode, info.mtime = len(found[0]), 0o600, found[1].time // 1_000_000_000
                archive.addfile(info, io.BytesIO(found[0]))
                count += 1
    if not count:
        raise Refused(f"There is nothing to back up in {workspace.root}.")
    files.write(target, [packed.getbuffer()], keep=False)
    return target


def restore(workspace: Workspace, archive: Path, now: datetime) -> Restored:
    """Put a backup in the workspace's place; what was there is kept in a folder before-restore-… beside it.

    The manager's notes stay where the backup holds none. Raises Refused for what is no backup of ours, InUse beside
    a running review, TooNew, NotReadable and NotSaved; then nothing has changed.
    """
    contents = _unpacked(archive)
    with WorkspaceLock(workspace.lock, "a restore"), WorkspaceLock(workspace.private_lock, "a restore"):
        swap.finish(workspace.root)
        incoming = swap.begin(workspace.root)
        try:
            for name, data in contents.items():
                files.make_folder((incoming / name).parent)
                files.write(incoming / name, [data], keep=False)
            _refuse_unreadable(Workspace(incoming))
        except CloseoutError:
            swap.finish(workspace.root)
            raise
        aside = workspace.root / f"before-restore-{now:%Y-%m-%d-%H%M%S}"
        if aside.exists():
            aside = files.free_name(aside, "again")
        swap.complete(workspace.root, aside)
    return Restored(len(contents), aside)


def _in_order(workspace: Workspace, *, with_private: bool) -> Iterator[Path]:
    """List what is packed: the logs first, so that a running review never leaves an event without its files."""
    yield from (workspace.settings, workspace.desk)
    yield from (workspace.minutes(review) for review in workspace.review_ids())
    first = {workspace.settings, workspace.desk, *(workspace.minutes(review) for review in workspace.review_ids())}
    folders = [
        workspace.reviews,
        workspace.imports,
        workspace.templates,
        *([workspace.private] if with_private else []),
    ]
    rest = [path for folder in folders for path in sorted(folder.glob("[!.]*"))]
    rest += [workspace.root / part for part in swap.PARTS]
    yield from (path for path in rest if path not in first and path.is_file() and ".damaged-" not in path.name)


def _unpacked(archive: Path) -> dict[str, bytes]:
    not_ours = Refused(f"{archive} is not a backup of Closeout, or it is damaged. Nothing changed; name another file.")
    contents: dict[str, bytes] = {}
    try:
        # Unpacked whole first: that checks the sum over all of it, where tarfile takes a cut archive for a short one.
        with tarfile.open(fileobj=io.BytesIO(_unzipped(archive)), mode="r:") as packed:
            for member in packed:
                file = packed.extractfile(member) if member.isfile() else None
                if file is None or not _belongs(member.name):
                    raise not_ours
                contents[member.name] = file.read()
    except FileNotFoundError as error:
        raise Refused(f"There is no file {archive}. Nothing changed; name another file.") from error
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise not_ours from error
    except OSError as error:
        # A damaged gzip stream shows as an OSError without a number.
        raise (not_readable(archive, error) if error.errno else not_ours) from error
    if not contents:
        raise not_ours
    return contents


def _unzipped(archive: Path) -> bytes:
    """Unpack as much as any workspace comes to; what is larger is no backup. Raises Refused."""
    with gzip.open(archive) as packed:
        data = packed.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Refused(f"{archive} is larger than any backup of Closeout. Nothing changed; name another file.")
    return data


def _belongs(name: str) -> bool:
    """Tell whether a name in an archive is one that a backup makes; nothing else is ever unpacked."""
    parts = PurePosixPath(name).parts
    if len(parts) == 1:
        return name in swap.PARTS and name not in _FOLDERS
    plain = len(parts) == 2 and "\\" not in name and not parts[1].startswith(".")
    return plain and parts[0] in {*_FOLDERS, swap.PRIVATE} and name == "/".join(parts)


def _refuse_unreadable(staged: Workspace) -> None:
    """Let damage pass that opening would tell of, and raise TooNew for what only a later version reads."""
    for path, kind in check.known_files(staged):
        try:
            generations.find(path, kind)
        except Damaged:
            continue
