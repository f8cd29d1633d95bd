"""The cycle: within how many reviews every active deal comes up (method, section 6)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil

from msgspec import Struct

from review.records import LockRow
from review.settings import Thresholds


class Cycle(Struct, frozen=True):
    """The cycle shown, and who is left out of it."""

    weeks: int | None
    """None where nobody's can be said."""
    left_out: tuple[str, ...] = ()
    """Person ids without any deal opened by turn."""


class Turns(Struct, frozen=True, kw_only=True):
    """What a plan gives by turn in every review; the cycle rests on it before there are held reviews.

    Only second slots count: a first or third slot that turn happens to fill today may be at stake next week.
    """

    team: int
    """People in the order of the team."""
    regular: frozenset[str]
    """Person ids with a second slot in every plan."""
    cut: int = 0
    """How many of them lose it to the clock; who does moves on with the order of the team."""
    firsts_fit: bool = True
    """Whether everybody's first slot fits; somebody's only deal comes up in every review then."""

    def reviews_for(self, deals: int) -> int | None:
        """Give the reviews in which somebody with that many deals has surely seen each of them.

        In as many reviews as the team has people everybody gets `regular − cut` turns; the reviews without one come in
        one run, at worst now.
        """
        every = len(self.regular) - self.cut
        if every <= 0:
            return None
        rounds, rest = divmod(deals, every)
        return rounds * self.team + (rest + self.team - every if rest else 0)


def cycle_of(active: Mapping[str, int], locks: Sequence[LockRow], turns: Turns, thresholds: Thresholds) -> Cycle:
    """Give the largest cycle over reps; `active` = person id to active deals."""
    weeks: list[int] = []
    left_out: list[str] = []
    for rep, deals in active.items():
        if not deals:
            continue
        mine = _reviews(rep, deals, locks, turns, thresholds)
        if mine is None:
            left_out.append(rep)
        else:
            weeks.append(mine)
    return Cycle(max(weeks, default=None), tuple(left_out))


def _reviews(rep: str, deals: int, locks: Sequence[LockRow], turns: Turns, thresholds: Thresholds) -> int | None:
    attended = [row for row in locks if rep in row.present][-thresholds.pace_reviews :]
    if attended:
        opened = sum(one.by_turn and one.rep == rep for row in attended for one in row.opened)
        return ceil(deals / Fraction(opened, len(attended))) if opened else None
    if rep in turns.regular:
        return turns.reviews_for(deals)
    return 1 if deals == 1 and turns.firsts_fit else None
