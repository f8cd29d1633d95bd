"""What a lock froze: the ledger in one file, and beside it the deals that were settled with it, read when asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import asdict

from review.errors import CloseoutError
from review.records import DealRecord, Ledger
from review.settled import Box, Settled
from store import documents
from store.documents import Read
from store.errors import Damaged
from store.generations import Note
from store.kinds import SETTLED, SNAPSHOT, WHOLE
from store.workspace import Workspace

Refold = Callable[[str], Ledger]
"""Works the ledger of a lock out from its minutes."""
Hear = Callable[[Iterable[Note]], None]
GO_BACK: Final = "Go back to a backup: closeout restore FILE"
_Raw = dict[str, msgspec.Raw]


def save(workspace: Workspace, review: str, ledger: Ledger) -> str:
    """Write the snapshot of a lock, before it what was settled with it, and give the snapshot's digest.

    Raises NotSaved; what is left of an interrupted lock is overwritten by the next.
    """
    from review.settling import put_away, settling  # what settles is loaded where something is locked

    boxes = settling(ledger)
    if boxes:
        digest = documents.save(workspace.settled(review), SETTLED, boxes, keep=False)
        ledger = put_away(ledger, boxes, digest)
    return documents.save(workspace.snapshot(review), SNAPSHOT, ledger, keep=False, hook=boxes_of)


def gone(workspace: Workspace) -> tuple[str, ...]:
    """Name the locks whose settled deals the last snapshot counts on and whose file of them is gone."""
    found: tuple[Box, ...] = ()
    for review in reversed(workspace.review_ids()):
        with suppress(CloseoutError):  # damage to the snapshot is found by whoever looks at it
            read = documents.load(workspace.snapshot(review), SNAPSHOT, _Raw)
            if read.value is not None:
                raw = read.value.get("settled", msgspec.Raw(b"[]"))
                found = msgspec.json.decode(raw, type=tuple[Box, ...])
                break
    named = dict.fromkeys(box.review for box in found)
    return tuple(review for review in named if not workspace.settled(review).exists())


def make_again(workspace: Workspace, review: str, ledger: Ledger) -> None:
    """Write what was settled with a lock anew, from its ledger as the minutes tell it. Raises NotSaved, Refused."""
    from review.settling import settling

    documents.save_once(workspace.settled(review), SETTLED, settling(ledger))


def save_whole(workspace: Workspace, review: str, ledger: Ledger, digest: str) -> bool:
    """Write the snapshot in its first form, if that is the one with this digest. Raises NotSaved."""
    fields = asdict(ledger)
    whole = {"deals": dict(ledger.deals.items()), **fields}
    del whole["current"], whole["settled"]
    if documents.digest_of(documents.pieces(WHOLE, whole)) != digest:
        return False
    documents.save(workspace.snapshot(review), WHOLE, whole, keep=False)
    return True


def worked_out(path: Path) -> Note:
    """Say that a file was done without."""
    sentence = f"{path.name} is missing or damaged; what it held was worked out again from the minutes."
    return Note(file=path.name, sentence=sentence, lost="nothing")


def boxes_of(value: object) -> tuple[Box, ...]:
    """Give what a file says of settled deals; for whatever holds a ledger."""
    if isinstance(value, Settled):
        return value.boxes
    raise NotImplementedError(type(value))


class Shelf:
    """Reads what a workspace keeps settled; satisfies `review.settled.Shelf`.

    What is damaged is worked out again from the minutes of its lock.
    """

    def __init__(self, workspace: Workspace, refold: Refold, hear: Hear, *, mend: bool = False) -> None:
        """Take the workspace; `hear` is told of damage, `mend` may set it aside."""
        self._workspace = workspace
        self._refold = refold
        self._hear = hear
        self._mend = mend

    def load(self, review: str) -> Read[Ledger]:
        """Read a snapshot, its settled deals still unread. Raises Damaged, TooNew, NotReadable and NotSaved."""
        path = self._workspace.snapshot(review)
        return documents.load(path, SNAPSHOT, Ledger, mend=self._mend, hook=self.settled)

    def settled(self, kind: type[object], value: object) -> Settled:
        """Decode what a file says of settled deals. Raises NotImplementedError for anything else."""
        if kind is Settled:
            return Settled(msgspec.convert(value, tuple[Box, ...]), self)
        raise NotImplementedError(kind)

    def fetch(self, boxes: Sequence[Box]) -> Sequence[Mapping[str, DealRecord]]:
        """Read boxes, a file once. Raises Damaged where neither it nor the minutes of its lock tell of its deals."""
        files: dict[str, _Raw | Ledger] = {}
        return [self._one(box, files) for box in boxes]

    def _one(self, box: Box, files: "dict[str, _Raw | Ledger]") -> Mapping[str, DealRecord]:
        if box.review not in files:
            files[box.review] = self._file(box)
        found = files[box.review]
        records = found.deals if isinstance(found, Ledger) else _decoded(found, box)
        if records is not None and all(ident in records for ident in box.ids):
            return {ident: records[ident] for ident in box.ids}
        raise Damaged(f"{self._workspace.settled(box.review).name} does not hold what its lock settled. {GO_BACK}")

    def _file(self, box: Box) -> "_Raw | Ledger":
        path = self._workspace.settled(box.review)
        try:
            read = documents.load(path, SETTLED, _Raw, mend=self._mend)
            if read.value is not None and read.checksum == box.digest:
                return read.value
        except Damaged:
            pass
        self._hear((worked_out(path),))
        try:
            return self._refold(box.review)
        except Damaged as error:
            raise Damaged(f"{path.name} is missing or damaged. {error.sentence}") from error


def _decoded(found: _Raw, box: Box) -> Mapping[str, DealRecord] | None:
    raw = found.get(box.name)
    return None if raw is None else msgspec.json.decode(raw, type=dict[str, DealRecord])
