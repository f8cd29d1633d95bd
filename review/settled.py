"""Deals that are over: kept beside the ledger in boxes, by the lock that put them there, and read when asked for."""

from collections.abc import Callable, Collection, ItemsView, Iterator, Mapping, Sequence, ValuesView
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from review.held import LockRow
    from review.records import DealRecord


class Box(Struct, frozen=True, kw_only=True, gc=False):
    """Some settled deals, and what can be said of them without reading them."""

    review: str
    """The lock that put them there; the file is named after it."""
    name: str
    """Of the box in that file: the month in which its deals closed, such as '2026-05'; empty where that is unknown."""
    digest: str
    """Of the file."""
    day: date
    """Of the lock."""
    held: int
    """How many reviews were held with it."""
    first: date | None
    """The first day on which one of its deals closed; None where of none the day is known."""
    last: date | None
    ids: tuple[str, ...]
    """Deals that count; one that has changed since is in the ledger again and not here."""
    owners: tuple[str, ...] = ()
    """What the CRM calls the owners, names and e-mails, case folded."""

    def closed_within(self, first: date, last: date) -> bool:
        """Tell whether one of its deals may have closed from `first` to `last`, both included."""
        return self.first is not None and self.last is not None and self.first <= last and self.last >= first


class Shelf(Protocol):
    """Reads boxes."""

    def fetch(self, boxes: Sequence[Box]) -> Sequence[Mapping[str, "DealRecord"]]:
        """Give what is in each box, as the lock left it; raises CloseoutError."""
        ...


class _Empty:
    """The shelf of a ledger in which nothing is settled."""

    def fetch(self, boxes: Sequence[Box]) -> Sequence[Mapping[str, "DealRecord"]]:
        """Give nothing."""
        return [{} for _ in boxes]


class Settled:
    """The settled deals of a ledger; immutable, and each box is read once, by whoever first asks for a deal of it."""

    __slots__ = ("_kept", "_places", "_shelf", "boxes")

    def __init__(self, boxes: Sequence[Box] = (), shelf: Shelf | None = None) -> None:
        """Take the boxes, the oldest first, and what reads them."""
        self.boxes = tuple(boxes)
        self._shelf = shelf or _Empty()
        self._places: dict[str, Box] | None = None
        self._kept: dict[tuple[str, str], tuple[int, dict[str, DealRecord]]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settled) and self.boxes == other.boxes

    def __hash__(self) -> int:
        return hash(tuple((box.review, box.name) for box in self.boxes))

    def __repr__(self) -> str:
        return f"Settled({len(self)} deals in {len(self.boxes)} boxes)"

    def __len__(self) -> int:
        return sum(len(box.ids) for box in self.boxes)

    def __iter__(self) -> Iterator[str]:
        """Go through the ids, those settled last first; nothing is read."""
        return chain.from_iterable(box.ids for box in reversed(self.boxes))

    def __contains__(self, ident: object) -> bool:
        return ident in self._where

    @property
    def _where(self) -> dict[str, Box]:
        if self._places is None:
            self._places = {ident: box for box in self.boxes for ident in box.ids}
        return self._places

    def _like(self, boxes: Sequence[Box]) -> "Settled":
        """Give other boxes of the same shelf; what was read of them stays read."""
        if len(boxes) == len(self.boxes) and all(one is other for one, other in zip(boxes, self.boxes, strict=True)):
            return self
        found = Settled(boxes, self._shelf)
        found._kept = self._kept
        return found

    def and_more(self, boxes: Sequence[Box]) -> "Settled":
        """Put the boxes of a further lock behind."""
        return self._like((*self.boxes, *boxes))

    def only(self, wanted: Callable[[Box], bool]) -> "Settled":
        """Give the boxes that may hold something wanted."""
        return self._like([box for box in self.boxes if wanted(box)])

    def without(self, idents: Collection[str]) -> "Settled":
        """Leave out deals that have changed since; what is not here changes nothing."""
        gone = {ident for ident in idents if ident in self._where} if self.boxes else set()
        if not gone:
            return self
        return self._like([_left(box, gone) if gone.intersection(box.ids) else box for box in self.boxes])

    def find(self, ident: str, locks: "Sequence[LockRow]") -> "DealRecord | None":
        """Give the record of a deal as it stands after `locks`; None where it is not here. Raises CloseoutError."""
        box = self._where.get(ident)
        return None if box is None else self._opened(box, locks)[ident]

    def read(self, locks: "Sequence[LockRow]") -> None:
        """Read every box that was not read yet, a file once. Raises CloseoutError."""
        fresh = [box for box in self.boxes if self._is_closed(box, len(locks))]
        for box, records in zip(fresh, self._shelf.fetch(fresh), strict=True):
            self._kept[box.review, box.name] = len(locks), _caught_up(box, records, locks)

    def _is_closed(self, box: Box, held: int) -> bool:
        known = self._kept.get((box.review, box.name))
        return known is None or known[0] != held

    def _opened(self, box: Box, locks: "Sequence[LockRow]") -> "dict[str, DealRecord]":
        if self._is_closed(box, len(locks)):
            self._like([box]).read(locks)
        return self._kept[box.review, box.name][1]


def _left(box: Box, gone: Collection[str]) -> Box:
    return replace(box, ids=tuple(ident for ident in box.ids if ident not in gone))


def _caught_up(box: Box, records: "Mapping[str, DealRecord]", locks: "Sequence[LockRow]") -> "dict[str, DealRecord]":
    """Let each deal pass the locks that came since: to one that is settled a lock does nothing else."""
    more = len(locks) - box.held
    if more <= 0:
        return dict(records)
    day = locks[-1].day
    return {
        ident: replace(
            record,
            lock=replace(record.lock, day=day) if record.lock is not None else None,
            locks_unopened=record.locks_unopened + more,
        )
        for ident, record in records.items()
    }


class Deals(Mapping[str, "DealRecord"]):
    """Every deal of a ledger, those that are settled last. Reading raises CloseoutError."""

    __slots__ = ("_current", "_locks", "_settled")

    def __init__(self, current: "Mapping[str, DealRecord]", settled: Settled, locks: "Sequence[LockRow]") -> None:
        """Take both, and the locks that the settled ones have passed."""
        self._current = current
        self._settled = settled
        self._locks = locks

    def __getitem__(self, ident: str) -> "DealRecord":
        found = self._current.get(ident) or self._settled.find(ident, self._locks)
        if found is None:
            raise KeyError(ident)
        return found

    def __contains__(self, ident: object) -> bool:
        return ident in self._current or ident in self._settled

    def __iter__(self) -> Iterator[str]:
        return chain(self._current, self._settled)

    def __len__(self) -> int:
        return len(self._current) + len(self._settled)

    def items(self) -> "ItemsView[str, DealRecord]":
        """Go through everything; files are read once."""
        self._settled.read(self._locks)
        return ItemsView(self)

    def values(self) -> "ValuesView[DealRecord]":
        """Go through every record; files are read once."""
        self._settled.read(self._locks)
        return ValuesView(self)
