"""How long a deal takes in the room, measured over the last held reviews (method, section 6)."""

from collections.abc import Sequence

from msgspec import Struct

from review.figures import median, whole
from review.records import LockRow
from review.settings import Thresholds


class Pace(Struct, frozen=True):
    """Seconds for one deal."""

    commit: int
    other: int
    measured: bool = False

    def of(self, *, commit: bool) -> int:
        """Give the seconds for a deal in commit or for another one."""
        return self.commit if commit else self.other


def pace_of(locks: Sequence[LockRow], thresholds: Thresholds) -> Pace:
    """Give the median time per deal of the last four reviews; where nothing was measured, the settings' figure."""
    opened = [one for row in locks[-thresholds.pace_reviews :] for one in row.opened if one.seconds > 0]
    commit = median([one.seconds for one in opened if one.commit])
    other = median([one.seconds for one in opened if not one.commit])
    return Pace(
        commit=thresholds.pace_commit if commit is None else whole(commit),
        other=thresholds.pace_other if other is None else whole(other),
        measured=bool(opened),
    )
