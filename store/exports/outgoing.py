"""What an export is made of, whatever its target."""

from datetime import date

from msgspec import Struct

from review.commitment_rows import CommitmentRow
from review.recap import Recap


class Outgoing(Struct, frozen=True, kw_only=True):
    """One export before it has a form: commitments as rows, and the recap where a review is exported."""

    day: date
    """The review's day, or the day on which every open commitment is listed."""
    review: str
    """Empty where no one review is exported."""
    draft: bool
    """Whether the review is not locked yet."""
    rows: tuple[CommitmentRow, ...]
    recap: Recap | None = None
    """None where only commitments are wanted."""
    shows_target: bool = True
    """Whether the team's target may be shown."""

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        what = "commitments" if self.recap is None else "recap"
        if not self.review:
            return f"{self.day.isoformat()}-open-{what}"
        return f"{self.review}-{what}{'-draft' if self.draft else ''}"
