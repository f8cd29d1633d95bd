"""What was worked out from files that stay as they are, kept beside them so that not every open works it out anew."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

import review
from store import documents, files
from store.errors import Damaged, NotReadable, NotSaved, TooNew
from store.kinds import Kind
from store.snapshots import Shelf, boxes_of

T = TypeVar("T")


class _Resting(Struct, frozen=True):
    """What stands in the file."""

    rests_on: str
    """Digest of everything that it was worked out from, and of the rules by which."""
    value: msgspec.Raw
    """Read only where it rests on the same."""


class Kept(Generic[T]):
    """One result in one file. Losing it loses nothing, and it is never older than what it rests on."""

    def __init__(self, folder: Path, kind: Kind, value_type: type[T], shelf: Shelf, sound: Callable[[], bool]) -> None:
        """Take the place, what it holds and what reads its settled deals; `sound`: whether anything may be kept."""
        self._path = folder / f"{kind.name}.json"
        self._kind = kind
        self._type = value_type
        self._shelf = shelf
        self._sound = sound
        self._later = False

    def at(self, rests_on: str, work_out: Callable[[], T]) -> T:
        """Give what was worked out from the same, or work it out now and keep it, if that may and can be."""
        found = self._get(rests_on)
        if found is not None:
            return found
        value = work_out()
        if self._sound() and not self._later:
            with suppress(NotSaved):
                files.make_folder(self._path.parent)
                resting = _Resting(rests_on, msgspec.Raw(msgspec.json.encode(value, enc_hook=boxes_of)))
                documents.save(self._path, self._kind, resting, durable=False, keep=False)
        return value

    def _get(self, rests_on: str) -> T | None:
        try:
            found = documents.load(self._path, self._kind, _Resting).value
            if found is None or found.rests_on != rests_on:
                return None
            return msgspec.json.decode(found.value, type=self._type, dec_hook=self._shelf.settled)
        except (Damaged, NotReadable, TooNew, msgspec.DecodeError) as error:
            # One of a later version is left as it is.
            self._later = isinstance(error, NotReadable | TooNew)
            return None


def digest_of(*what: object) -> str:
    """Give the digest of what a result rests on, the rules by which it is worked out among it."""
    said = msgspec.json.encode((list(_rules()), what), order="deterministic")
    return blake2b(said, digest_size=16).hexdigest()


def _rules(folder: str = "") -> Iterator[tuple[str, int, int]]:
    """Give name, size and time of each module of the rules: a rule may change and the version stay."""
    for entry in sorted(os.scandir(folder or review.__path__[0]), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _rules(entry.path)
        elif entry.name.endswith(".py"):
            found = entry.stat()
            yield entry.name, found.st_size, found.st_mtime_ns
