"""The kept rate: promises at the first date given, or at the second if moved once before it (method, section 3)."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from review.commitments import Commitment, Judged
from review.figures import Figure, lacking, ratio
from review.records import Ledger, LockRow

COUNTED = frozenset({Judged.KEPT, Judged.NOT_KEPT})
NOTHING_DUE = "no promise counted yet"


class Kept(Struct, frozen=True, kw_only=True):
    """Promises that were counted, each once, and those that are counted apart."""

    kept: tuple[str, ...]
    """Ids of commitments."""
    not_kept: tuple[str, ...]
    apart: tuple[str, ...] = ()
    """No longer needed, dropped, or replaced before they fell due."""
    moved_early: tuple[str, ...] = ()
    """Moved once on a day before the first date; they count at the second."""

    @property
    def judged(self) -> int:
        """How many were counted."""
        return len(self.kept) + len(self.not_kept)

    @property
    def rate(self) -> Figure:
        """Kept over judged, 0 to 1."""
        return kept_rate(len(self.kept), self.judged)


def kept_rate(kept: int, judged: int) -> Figure:
    """Divide kept by judged; nothing judged is not known."""
    return ratio(kept, judged, NOTHING_DUE)


def counts_at(commitment: Commitment, review: str, day: date, previous: date | None) -> bool:
    """Tell whether a promise counts at the lock of the review held on `day`, `previous` being the lock before.

    It counts where its verdict was given; a verdict given at the desk counts at the next lock. What was done early
    counts at the first review after its date.
    """
    if not commitment.in_rate or commitment.judged not in COUNTED:
        return False
    if commitment.done_early and commitment.judged is Judged.KEPT:
        return commitment.due < day and (previous is None or commitment.due >= previous)
    if commitment.judged_in:
        return commitment.judged_in == review
    closed = commitment.closed_on
    return closed is None or (closed <= day and (previous is None or closed > previous))


def kept_at(
    commitments: Iterable[Commitment], review: str, day: date, previous: date | None = None, person: str = ""
) -> Kept:
    """Count the promises of one lock, of one person or of everybody."""
    mine = [c for c in commitments if c.in_rate and (not person or c.owner == person)]
    counted = [c for c in mine if counts_at(c, review, day, previous)]
    return Kept(
        kept=tuple(c.id for c in counted if c.judged is Judged.KEPT),
        not_kept=tuple(c.id for c in counted if c.judged is Judged.NOT_KEPT),
        apart=tuple(c.id for c in mine if c.judged is Judged.APART and _closed_in(c, day, previous)),
        moved_early=tuple(c.id for c in mine if c.early_moves and c.judged is Judged.NOT_YET),
    )


def kept_running(ledger: Ledger, review: str, day: date, person: str = "") -> Kept:
    """Count the promises of the running review: what its lock will say."""
    last = ledger.last_lock
    return kept_at(ledger.commitments.values(), review, day, None if last is None else last.day, person)


def kept_by(ledger: Ledger, review: str, day: date) -> dict[str, tuple[int, int]]:
    """Map everybody with a counted promise to kept and judged, for the row of the lock."""
    owners = dict.fromkeys(commitment.owner for commitment in ledger.commitments.values())
    found = {owner: kept_running(ledger, review, day, owner) for owner in owners}
    return {owner: (len(kept.kept), kept.judged) for owner, kept in found.items() if kept.judged}


class KeptOver(Struct, frozen=True, kw_only=True):
    """The kept rate over several locks."""

    kept: int
    judged: int
    locks: tuple[str, ...]
    """Reviews it rests on."""
    rate: Figure
    on_target: bool | None
    """None where nothing was judged."""


def kept_over(locks: Sequence[LockRow], target: int, person: str = "", last: int | None = None) -> KeptOver:
    """Add the rows of the last locks up – all of them if `last` is None –, for one person or the team.

    `target` is in percent.
    """
    rows = list(locks)[-last:] if last else list(locks)
    pairs = [row.kept_by.get(person, (0, 0)) if person else (row.kept, row.judged) for row in rows]
    kept, judged = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    rate = kept_rate(kept, judged) if rows else lacking("no lock yet")
    return KeptOver(
        kept=kept,
        judged=judged,
        locks=tuple(row.review for row in rows),
        rate=rate,
        on_target=None if not judged else kept * 100 >= target * judged,
    )


def _closed_in(commitment: Commitment, day: date, previous: date | None) -> bool:
    closed = commitment.closed_on
    return closed is not None and closed <= day and (previous is None or closed > previous)
