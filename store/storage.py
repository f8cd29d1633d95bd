"""TinyDB's storage for one file: durable, checked, and adding a document costs no re-encoding of the others."""

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs
from tinydb.storages import Storage
from tinydb.table import Document, Table

from store import envelope, files, generations
from store.errors import NotSaved
from store.generations import Found, Note
from store.kinds import Kind, Tables


class DurableStorage(Storage):
    """Keeps the tables of one file; what is in memory never runs ahead of what was saved.

    With `path` None the file is kept in memory. All methods that write raise NotSaved and then hold what they held;
    those that read raise Damaged, TooNew and NotReadable.
    """

    def __init__(self, path: Path | None, kind: Kind, *, mend: bool = False, lost: str = "") -> None:
        """Take the place and kind of the file; nothing is read yet."""
        super().__init__()
        self.path = path
        self.kind = kind
        self.notes: tuple[Note, ...] = ()
        """Damage met at the last load."""
        self._mend = mend
        self._lost = lost
        self._loaded = False
        self._found = Found()
        self._start(self._nothing(), 0)

    # What TinyDB asks for.

    def read(self) -> Tables | None:
        """Decode what is saved into tables that are the caller's own; None where there is nothing yet."""
        self.refresh()
        return None if self._body == self._nothing() else envelope.tables_of(self.saved())

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Save whole tables."""
        tables: Tables = {name: dict(documents) for name, documents in data.items()}
        body = bytearray(envelope.body_of(tables, self.kind))
        checksum = envelope.new_sum()
        checksum.update(envelope.header(self.kind))
        checksum.update(body)
        self._save(checksum, body, b"")
        self._sum, self._body = checksum, body
        self._last_id = max(map(int, tables.get(self.kind.table, {})), default=0)

    # What is fast.

    def append(self, document: Mapping[str, Any]) -> int:
        """Save one more document of the kind's own table, and give its id."""
        self.refresh()
        number = self._last_id + 1
        piece = b'%s"%d":%s' % (b"," if self._last_id else b"", number, msgspec.json.encode(document))
        checksum = self._sum.copy()
        checksum.update(piece)
        self._save(checksum, self._body, piece)
        self._sum, self._last_id = checksum, number
        self._body += piece
        return number

    def saved(self) -> bytes:
        """Give the file as saved, in the version of this program; its checksum is not filled in."""
        return b"".join(envelope.sealed("", (envelope.header(self.kind), self._body, envelope.TAIL)))

    # Keeping up with the disk.

    def changed(self) -> bool:
        """Tell whether somebody else has saved the file since it was last read or written here."""
        if self.path is None or not self._loaded:
            return self.path is not None
        now = files.stamp(self.path)
        return now is not None and now != self._found.stamp

    def refresh(self) -> bool:
        """Read the file if it is not what was last seen here, and tell whether it was read."""
        if self._loaded and not self.changed():
            return False
        self._load()
        return True

    def _load(self) -> None:
        if self.path is not None:
            self._found = generations.find(self.path, self.kind, mend=self._mend, lost=self._lost)
            self.notes = self._found.notes
            data = self._found.data
            self._found = structs.replace(self._found, data=None)
            if data is None:
                self._start(self._nothing(), 0)
            else:
                self._start(bytearray(envelope.body_in(data)), envelope.last_id(data, self.kind))
        self._loaded = True

    def _start(self, body: bytearray, last_id: int) -> None:
        self._body = body
        self._last_id = last_id
        self._sum = envelope.new_sum()
        self._sum.update(envelope.header(self.kind))
        self._sum.update(body)

    def _nothing(self) -> bytearray:
        return bytearray(envelope.body_of({}, self.kind))

    def _save(self, checksum: blake2b, body: bytearray, piece: bytes) -> None:
        if self.path is None:
            return
        self._make_way(self.path)
        whole = checksum.copy()
        whole.update(envelope.TAIL)
        rest = (envelope.header(self.kind), body, piece, envelope.TAIL)
        try:
            stamp = files.write(self.path, envelope.sealed(whole.hexdigest(), rest))
        except NotSaved:
            # What cannot be taken back on disk is not to be read back in as if it had been saved.
            self._found = Found(stamp=files.stamp(self.path))
            raise
        self._found = Found(stamp=stamp)
        self._loaded = True

    def _make_way(self, path: Path) -> None:
        """Keep what the coming write would take away: a damaged file, or one of an older version."""
        if not self._found.sound:
            generations.restore_previous(path)
        if self._found.version is not None and (found := files.read(path)):
            generations.keep_older(path, found[0])


class AppendingTable(Table):
    """TinyDB's table, with an insert that adds to the file instead of decoding and encoding all of it."""

    def insert(self, document: Mapping[str, Any]) -> int:
        """Add a document and give its id; it is on disk when this returns."""
        storage = self.storage
        if isinstance(document, Document) or not isinstance(storage, DurableStorage):
            return super().insert(document)
        if self.name != storage.kind.table:
            return super().insert(document)
        number = storage.append(document)
        self.clear_cache()
        self._next_id = None
        return number
