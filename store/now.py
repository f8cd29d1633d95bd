"""What stands between reviews, and what it rests on."""

from collections.abc import Sequence

from msgspec import Struct

from review.events import Batch
from review.in_force import baselines_in_force, imports_in_force
from review.records import Ledger
from review.settings import Settings
from store import files
from store.generations import Note
from store.kept import digest_of
from store.workspace import Workspace


class Now(Struct, frozen=True, kw_only=True):
    """What stands at this moment, between reviews or at the start of one."""

    ledger: Ledger
    settings: Settings
    resting: str
    """Digest of everything that it was folded from."""
    lock: str
    """The locked review that it rests on; empty before the first."""
    desk: int
    """How many batches of the desk it rests on."""
    folded_by: Settings
    """Those by which the desk was folded: without whom it added."""
    notes: tuple[Note, ...] = ()
    """Damage that was met, in sentences for the user."""


class Folded(Struct, frozen=True):
    """The last lock with its amendments, and the desk since."""

    ledger: Ledger
    settings: Settings
    """With everybody whom the ledger knows."""
    folded_by: Settings


def rests_on(workspace: Workspace, held: str | None, desk: Sequence[Batch], settings: Settings) -> str:
    """Give the digest of what is read to fold it: the last lock, the desk, and each export that may be read."""
    locked = () if held is None else (workspace.minutes(held), workspace.snapshot(held))
    exports = (event.export for event in imports_in_force(desk))
    baselines = (event.name for event in baselines_in_force(desk))
    stamps = [files.stamp(path) for path in (*locked, *map(workspace.import_file, (*exports, *baselines)))]
    return digest_of(held, [batch.id for batch in desk], stamps, settings)


def now_of(folded: Folded, resting: str, held: str | None, desk: Sequence[Batch], notes: tuple[Note, ...]) -> Now:
    """Say of what was folded from which lock and how much of the desk it was."""
    return Now(
        ledger=folded.ledger,
        settings=folded.settings,
        resting=resting,
        lock=held or "",
        desk=len(desk),
        folded_by=folded.folded_by,
        notes=notes,
    )
