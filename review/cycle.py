"""The cycle: within how many reviews every active deal comes up (method, section 6)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil

from msgspec import Struct

from review.queue import Turn
from review.records import LockRow
from review.settings import Thresholds


class Cycle(Struct, frozen=True):
    """The cycle shown, and who is left out of it."""

    weeks: int | None
    """None where nobody's can be said."""
    left_out: tuple[str, ...] = ()
    """Person ids without any deal opened by turn."""
    turns: tuple[Turn, ...] = ()
    """What it rests on, for everybody with active deals."""


class Turns(Struct, frozen=True, kw_only=True):
    """What a plan gives by turn in every review; the cycle rests on it before there are held reviews.

    Only second slots count: a first or third slot that turn happens to fill today may be at stake next week.
    """

    order: tuple[str, ...]
    """Person ids in the order of the team, which moves on by one at each review."""
    regular: frozenset[str]
    """Person ids with a second slot in every plan."""
    cut: int = 0
    """How many of them lose it to the clock: the last in the order of the day."""
    firsts_fit: bool = True
    """Whether everybody's first slot fits; somebody's only deal comes up in every review then."""

    def reviews_for(self, rep: str, deals: int) -> int | None:
        """Give the reviews in which somebody of `regular` with that many deals has surely seen each of them.

        In as many reviews as the team has people the order begins once with everybody; the reviews that take the rep's
        turn come in one run, at worst now.
        """
        if self.cut >= len(self.regular):
            return None
        team, lost = len(self.order), self._lost(rep)
        rounds, rest = divmod(deals, team - lost)
        return rounds * team + (rest + lost if rest else 0)

    def _lost(self, rep: str) -> int:
        """Count the beginnings of the order that leave fewer than `cut` of `regular` behind the rep."""
        at = self.order.index(rep)
        behind = (*self.order[at + 1 :], *self.order[:at])
        others = [step for step, other in enumerate(behind, start=1) if other in self.regular]
        return others[self.cut - 1] if self.cut else 0


def cycle_of(active: Mapping[str, int], locks: Sequence[LockRow], turns: Turns, thresholds: Thresholds) -> Cycle:
    """Give the largest cycle over reps; `active` = person id to active deals."""
    found = tuple(_turn(rep, deals, locks, turns, thresholds) for rep, deals in active.items() if deals)
    weeks = [one.reviews for one in found if one.reviews is not None]
    return Cycle(max(weeks, default=None), tuple(one.rep for one in found if one.reviews is None), found)


def _turn(rep: str, deals: int, locks: Sequence[LockRow], turns: Turns, thresholds: Thresholds) -> Turn:
    attended = [row for row in locks if rep in row.present][-thresholds.pace_reviews :]
    if attended:
        opened = sum(one.by_turn and one.rep == rep for row in attended for one in row.opened)
        reviews = ceil(deals / Fraction(opened, len(attended))) if opened else None
        return Turn(rep=rep, active=deals, attended=len(attended), by_turn=opened, reviews=reviews)
    if rep in turns.regular:
        return Turn(rep=rep, active=deals, reviews=turns.reviews_for(rep, deals))
    return Turn(rep=rep, active=deals, reviews=1 if deals == 1 and turns.firsts_fit else None)
