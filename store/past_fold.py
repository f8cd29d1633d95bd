"""What exports of before the first review come to, kept beside them: folded once, not on every open (method, 11)."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from hashlib import blake2b

import msgspec
from msgspec import Struct

import review
from review.baselines import past_of
from review.deals import Export
from review.records import Ledger
from review.settings import Settings
from review.settled import Settled
from store import documents
from store.errors import Damaged, NotReadable, NotSaved, TooNew
from store.kinds import PAST_FOLDED
from store.snapshots import boxes_of
from store.workspace import Workspace


class Exports(Mapping[str, Export]):
    """Exports by name, each read when it is first asked for; that raises Damaged where one is gone."""

    def __init__(self, names: Iterable[str], read: Callable[[str], Export]) -> None:
        """Hold `names`; `read` gives the rows of one."""
        self._names = dict.fromkeys(names)
        self._read = read
        self._known: dict[str, Export] = {}

    def __getitem__(self, name: str) -> Export:
        """Give the rows of one; raises KeyError for a name it does not hold."""
        if name not in self._names:
            raise KeyError(name)
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._names)

    def __len__(self) -> int:
        """Count the names."""
        return len(self._names)


class _Folded(Struct, frozen=True):
    """What stands in the file."""

    rests_on: str
    """Digest of the exports, the settings, the day and the rules that it was folded by."""
    ledger: Ledger


class FoldedPast:
    """Folds exports of before the first review, or gives what they came to before; satisfies `FoldPast`."""

    def __init__(self, workspace: Workspace, exports: Mapping[str, Export], *, keeps: bool) -> None:
        """Fold `exports`; `keeps`: whether what they come to may be written beside them."""
        self._path = workspace.past
        self._exports = exports
        self._keeps = keeps

    def __call__(self, names: Collection[str], settings: Settings, until: date | None) -> Ledger:
        """Give what exports leave that are older than `until`."""
        rests_on = _digest(names, settings, until)
        keeps = self._keeps
        try:
            kept = documents.load(self._path, PAST_FOLDED, _Folded, hook=_nothing_settled).value
        except (Damaged, NotReadable, TooNew) as error:
            # Nothing is lost by it; one of a later version is left as it is.
            kept, keeps = None, keeps and isinstance(error, Damaged)
        if kept is not None and kept.rests_on == rests_on:
            return kept.ledger
        ledger = past_of({name: self._exports[name] for name in names}, settings, until)
        if keeps:
            with suppress(NotSaved):
                folded = _Folded(rests_on, ledger)
                documents.save(self._path, PAST_FOLDED, folded, durable=False, keep=False, hook=boxes_of)
        return ledger


def _nothing_settled(kind: type[object], value: object) -> Settled:
    if kind is not Settled or value:
        raise NotImplementedError(kind)
    return Settled()


def _digest(names: Collection[str], settings: Settings, until: date | None) -> str:
    said = msgspec.json.encode((list(_rules()), sorted(names), until, settings), order="deterministic")
    return blake2b(said, digest_size=16).hexdigest()


def _rules(folder: str = "") -> Iterator[tuple[str, int, int]]:
    """Give name, size and time of each module of the rules: a rule may change and the version stay."""
    for entry in sorted(os.scandir(folder or review.__path__[0]), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _rules(entry.path)
        elif entry.name.endswith(".py"):
            found = entry.stat()
            yield entry.name, found.st_size, found.st_mtime_ns
