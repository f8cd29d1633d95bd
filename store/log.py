"""A list of batches that is only ever added to: the minutes of a review, and the desk."""

from collections.abc import Iterable
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import msgspec
from msgspec import Struct
from tinydb import TinyDB

from store.errors import Damaged, unknown_in
from store.generations import Note
from store.kinds import Kind
from store.storage import AppendingTable, DurableStorage


class Identified(Protocol):
    """A record with an id that it had before the first attempt to write it."""

    @property
    def id(self) -> str:
        """Unique in its log."""


B = TypeVar("B", bound=Identified)


class Loaded(Struct, Generic[B], frozen=True):
    """What a log holds."""

    batches: tuple[B, ...] = ()
    notes: tuple[Note, ...] = ()
    """Damage met while reading; empty nearly always."""


class Database(TinyDB):
    """TinyDB over one of our files, whose default table is the one that the kind of file is for."""

    table_class = AppendingTable

    def __init__(self, storage: DurableStorage) -> None:
        """Use a storage that is already there."""
        super().__init__(storage=lambda: storage)
        self.default_table_name = storage.kind.table


class Log(Generic[B]):
    """One log in one file, or in memory where `path` is None.

    Whoever may write passes `mend`: a damaged file is then set aside while it is read. Nobody else's reading
    changes anything on disk.
    """

    def __init__(self, path: Path | None, kind: Kind, batch_type: type[B], *, mend: bool = False) -> None:
        """Take place and form; nothing is read yet."""
        self._storage = DurableStorage(path, kind, mend=mend)
        self._database = Database(self._storage)
        self._decoder = msgspec.json.Decoder(dict[str, dict[str, msgspec.Raw]])
        self._batch = msgspec.json.Decoder(batch_type)
        self._kind = kind
        self._batches: list[B] = []
        self._ids: set[str] = set()

    @property
    def notes(self) -> tuple[Note, ...]:
        """Damage that was met when the file was last read in."""
        return self._storage.notes

    def read(self) -> Loaded[B]:
        """Give every batch in the order of writing, and what was lost. Raises Damaged, TooNew, NotReadable."""
        self._refresh()
        return Loaded(tuple(self._batches), self._storage.notes)

    def append(self, batch: B) -> bool:
        """Save a batch; it is on disk when this returns. False: its id is there already and nothing was done.

        Raises NotSaved; the batch is then neither in the log nor, after the next success, in the file.
        """
        self._refresh()
        if batch.id in self._ids:
            return False
        self._database.insert(msgspec.to_builtins(batch, str_keys=True))
        self._remember(batch)
        return True

    def append_all(self, batches: Iterable[B]) -> None:
        """Save several batches in one write, leaving out those whose id is there already. Raises NotSaved."""
        self._refresh()
        fresh = [batch for batch in batches if batch.id not in self._ids]
        self._database.insert_multiple([msgspec.to_builtins(batch, str_keys=True) for batch in fresh])
        for batch in fresh:
            self._remember(batch)

    def changed(self) -> bool:
        """Tell whether there is more to read than was last read or written here."""
        return self._storage.changed()

    def _refresh(self) -> None:
        if not self._storage.refresh():
            return
        self._batches, self._ids = [], set()
        try:
            documents = self._decoder.decode(self._storage.saved()).get(self._kind.table, {})
            for raw in documents.values():
                self._remember(self._batch.decode(raw))
        except msgspec.DecodeError as error:
            raise _strange(self._storage.path, self._kind, error) from error

    def _remember(self, batch: B) -> None:
        self._batches.append(batch)
        self._ids.add(batch.id)


def _strange(path: Path | None, kind: Kind, error: msgspec.DecodeError) -> Damaged:
    name = path.name if path else kind.name
    return unknown_in(name, error)
