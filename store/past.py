"""What was recorded in reviews that are over: read for looking, never changed."""

from collections.abc import Collection
from typing import TYPE_CHECKING

import msgspec

from review.events import Batch
from review.records import Ledger
from store import files
from store.reviews import Reviews
from store.workspace import Workspace

if TYPE_CHECKING:
    from review.fold import Minutes


class DiskArchive:
    """The locked reviews of one workspace; satisfies `review.ports.Archive`, also beside a running review."""

    def __init__(self, workspace: Workspace) -> None:
        """Take the workspace; nothing is read yet."""
        self._workspace = workspace

    def minutes(self, review: str) -> "Minutes":
        """Fold a review, as it was read aloud."""
        return Reviews(self._workspace).minutes(review)[0]

    def ledger(self, review: str) -> Ledger:
        """Read what the lock of a review froze; where that is damaged, it is worked out from the minutes."""
        read = Reviews(self._workspace).shelf.load(review)
        return self.minutes(review).meeting.ledger if read.value is None else read.value

    def recorded(self, review: str, *parts: Collection[str]) -> tuple[Batch, ...]:
        """Read the batches of a review; none where no text of one part stands there, in capitals or not."""
        found = files.read(self._workspace.minutes(review)) if parts else None
        if found is not None:
            lower = found[0].lower()
            if not all(
                any(msgspec.json.encode(text)[1:-1].lower() in lower for text in part) for part in parts if part
            ):
                return ()
        return Reviews(self._workspace).minutes_log(review).read().batches

    def between(self) -> tuple[Batch, ...]:
        """Read what was recorded between reviews."""
        return Reviews(self._workspace).desk.read().batches
