"""Finding the newest sound generation of a file, and telling what is lost where it is not the last."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from review.errors import CloseoutError
from store import envelope, files
from store.envelope import UnsoundError
from store.errors import Damaged, NoFile, TooLarge, TooNew
from store.kinds import Kind, Tables, as_it_is, lost_with

GONE = "gone"


class Note(Struct, frozen=True, kw_only=True):
    """Damage that was met while a file was read."""

    file: str
    sentence: str
    """What happened, what is lost and where the damaged file is, for people."""
    lost: str
    """What is lost, for example “the last fact of the review of 23 Nov”."""
    aside: str = ""
    """Name that the damaged file has now; empty while it is still in place."""


class Found(Struct, frozen=True, kw_only=True):
    """The newest sound generation of a file."""

    data: bytes | None = None
    """Its bytes, checked, in the version of this program; None where there is no file yet."""
    stamp: files.Stamp | None = None
    """Of the file in place, also where an earlier generation is used instead."""
    checksum: str = ""
    notes: tuple[Note, ...] = ()
    version: int | None = None
    """The version it was written in, where that is older than this program's."""
    sound: bool = True
    """False while the file in place is the damaged one."""


def find(path: Path, kind: Kind, *, mend: bool = False, lost: str = "") -> Found:
    """Read a file, or the generation before it where it is damaged.

    `mend` sets a damaged file aside and puts the generation before in its place; only who may write asks for it.
    `lost` says better than the kind does what is lost. Raises Damaged, TooNew, NotReadable and NotSaved.
    """
    current, reason = _read(path)
    if current is not None:
        try:
            return _found(path, current[0], current[1], kind)
        except UnsoundError as unsound:
            reason = str(unsound)
    earlier, _ = _read(files.previous(path))
    if current is None and earlier is None and reason == GONE:
        return Found()
    return _from_earlier(path, kind, earlier and earlier[0], current and current[1], reason, mend, lost)


def _read(path: Path) -> tuple[tuple[bytes, files.Stamp] | None, str]:
    """Read a file, or say why there is nothing to read."""
    try:
        return files.read(path), GONE
    except TooLarge:
        return None, "larger than any file of Closeout"
    except NoFile:
        return None, "no file"


def restore_previous(path: Path) -> Path | None:
    """Set what is damaged at `path` aside and put the generation before it there; give the new name.

    Raises NotSaved.
    """
    earlier = files.read(files.previous(path))
    aside = files.set_aside(path, stay=earlier is not None) if path.exists() else None
    if earlier is not None:
        files.write(path, [earlier[0]], keep=False)
    return aside


def keep_older(path: Path, data: bytes) -> None:
    """Keep a file of an older version as NAME.older-1 and up, before it is written anew. Raises NotSaved."""
    files.write(files.free_name(path, "older"), [data], keep=False)


def _from_earlier(
    path: Path, kind: Kind, earlier: bytes | None, stamp: files.Stamp | None, reason: str, mend: bool, lost: str
) -> Found:
    if earlier is None:
        raise _hopeless(path, reason)
    try:
        found = _found(path, earlier, stamp, kind)
    except UnsoundError as unsound:
        raise _hopeless(path, reason) from unsound
    aside = restore_previous(path) if mend else None
    lost = lost or lost_with(kind, path)
    sentence = f"The file {path.name} is damaged ({reason}); the copy before it is used. Lost: {lost}."
    if aside:
        sentence += f" The damaged file is kept as {aside.name}."
    note = Note(file=path.name, sentence=sentence, lost=lost, aside=aside.name if aside else "")
    return Found(
        data=found.data,
        stamp=files.stamp(path) if mend else stamp,
        checksum=found.checksum,
        notes=(note,),
        version=found.version,
        sound=mend,
    )


def _found(path: Path, data: bytes, stamp: files.Stamp | None, kind: Kind) -> Found:
    try:
        seen = envelope.opened(data, kind)
    except TooNew as error:
        raise TooNew(f"{path.name}: {error.sentence}") from error
    steps = range(seen.version, kind.version)
    if all(kind.lifts.get(step) is as_it_is for step in steps):
        return Found(data=data, stamp=stamp, checksum=seen.checksum, version=seen.version if steps else None)
    tables = lifted(envelope.tables_of(data), seen.version, kind)
    rest = (envelope.header(kind), envelope.body_of(tables, kind), envelope.TAIL)
    return Found(
        data=b"".join(envelope.sealed(seen.checksum, rest)), stamp=stamp, checksum=seen.checksum, version=seen.version
    )


def lifted(tables: Tables, version: int, kind: Kind) -> Tables:
    """Lift tables step by step from `version` to the one that this program writes. Raises CloseoutError."""
    for step in range(version, kind.version):
        lift: Callable[[Tables], Tables] | None = kind.lifts.get(step)
        if lift is None:
            raise CloseoutError(f"A file of the kind “{kind.name}” in format {step} can no longer be read.")
        tables = lift(tables)
    return tables


def _hopeless(path: Path, reason: str) -> Damaged:
    return Damaged(
        f"{path.name} is damaged ({reason}) and there is no sound copy before it. It was left as it is. Run "
        "“closeout restore FILE” to go back to a backup, or “closeout check --repair” to set it aside and go on "
        "without it."
    )
