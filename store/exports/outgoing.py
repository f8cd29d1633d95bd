"""What an export is made of, whatever its target."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from review.commitment_rows import CommitmentRow
    from review.events import Batch
    from review.recap import Recap
    from review.sent import Withdrawn
    from review.timeline import Passage

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Recipient(Struct, frozen=True):
    """Somebody the recap is for."""

    name: str
    email: str


class Outgoing(Struct, frozen=True, kw_only=True):
    """One export before it has a form: commitments as rows, and the recap where a review is exported."""

    day: date
    """The review's day, or the day on which every open commitment is listed."""
    review: str
    """Empty where no one review is exported."""
    draft: bool
    """Whether the review is not locked yet."""
    rows: tuple["CommitmentRow", ...]
    """Each commitment once; where only what is new goes out, those that have not gone out yet."""
    changed: tuple["CommitmentRow", ...] = ()
    """What has gone out to this target before and is different now."""
    withdrawn: tuple["Withdrawn", ...] = ()
    """What has gone out to this target before and binds nobody any more."""
    news: bool = False
    """Whether only what is new since the last time goes out."""
    recap: "Recap | None" = None
    """None where only commitments are wanted."""
    shows_target: bool = True
    """Whether the team's target may be shown."""
    now: datetime = EPOCH
    """The instant of the export, aware."""
    recipients: tuple[Recipient, ...] = ()
    sender: Recipient | None = None
    passages: tuple["Passage", ...] = ()
    """The hour as it went."""
    minutes: tuple["Batch", ...] = ()
    """The facts of the review, for the one target that hands them on."""

    @property
    def all_rows(self) -> tuple["CommitmentRow", ...]:
        """What is new and what has changed, for targets that can update."""
        return (*self.rows, *self.changed)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing has happened since the last time."""
        return not (self.rows or self.changed or self.withdrawn)
