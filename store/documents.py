"""Single documents: snapshots, imports, baselines and projections, in the same envelope as the logs."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from store import envelope, files, generations
from store.envelope import UnsoundError
from store.errors import NoFile, Refused, unknown_in
from store.generations import Note
from store.kinds import Kind

T = TypeVar("T")
Encode = Callable[[Any], Any]
Decode = Callable[[type[Any], Any], Any]


class Read(Struct, Generic[T], frozen=True):
    """A document as read."""

    value: T | None = None
    """None where there is no such file."""
    notes: tuple[Note, ...] = ()
    checksum: str = ""
    """Of the file, as `save` gave it."""
    stamp: files.Stamp | None = None


class _File(Struct, Generic[T]):
    body: Mapping[str, T]


def save(
    path: Path, kind: Kind, value: object, *, durable: bool = True, keep: bool = True, hook: Encode | None = None
) -> str:
    """Save a document and give the file's checksum; it is on disk when this returns, unless not `durable`.

    `keep`: the generation before stays beside it. `hook` encodes what msgspec does not know. Raises NotSaved.
    """
    rest = pieces(kind, value, hook)
    digest = digest_of(rest)
    if keep:
        _make_way(path, kind)
    files.write(path, envelope.sealed(digest, rest), durable=durable, keep=keep)
    return digest


def pieces(kind: Kind, value: object, hook: Encode | None = None) -> tuple[bytes, ...]:
    """Encode what stands behind the checksum of a document."""
    body = msgspec.json.encode(value, enc_hook=hook)
    return (envelope.header(kind), b'"%s":{"1":' % kind.table.encode(), body, envelope.TAIL)


def digest_of(rest: Iterable[bytes]) -> str:
    """Give the checksum of a document's pieces."""
    checksum = envelope.new_sum()
    for piece in rest:
        checksum.update(piece)
    return checksum.hexdigest()


def save_once(path: Path, kind: Kind, value: object) -> str:
    """Save a document that is never written again, and give the file's checksum.

    Raises Refused where the file is there, NotSaved where writing fails.
    """
    if path.exists():
        raise Refused(f"{path.name} is there already and is never rewritten.")
    return save(path, kind, value)


def load(
    path: Path, kind: Kind, value_type: type[T], *, mend: bool = False, lost: str = "", hook: Decode | None = None
) -> Read[T]:
    """Read a document, or the generation before it where it is damaged.

    `mend` sets a damaged file aside, for whoever may write. `lost` says what is lost where the kind cannot know,
    such as an export's day. `hook` decodes what msgspec does not know.
    Raises Damaged, TooNew, NotReadable and NotSaved.
    """
    found = generations.find(path, kind, mend=mend, lost=lost)
    if found.data is None:
        return Read()
    try:
        # The class is made for a type that is known only here.
        file = msgspec.json.decode(found.data, type=_File[value_type], dec_hook=hook)  # type: ignore[valid-type]
    except msgspec.DecodeError as error:
        raise unknown_in(path.name, error) from error
    return Read(file.body["1"], found.notes, found.checksum, found.stamp)


def _make_way(path: Path, kind: Kind) -> None:
    """Keep a damaged file from becoming the previous generation, and a file of an older version from vanishing."""
    try:
        there = files.read(path)
        if there is None:
            return
        seen = envelope.opened(there[0], kind)
    except (UnsoundError, NoFile):
        generations.restore_previous(path)
        return
    if seen.version < kind.version:
        generations.keep_older(path, there[0])
