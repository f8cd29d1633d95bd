"""Who leaves commit for want of evidence when the review is locked (method, section 4, “The commit gate”)."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from review.deals import Deal
from review.evidence_gaps import gaps_now
from review.learning import CHANGED, Rule
from review.records import DealRecord, Ledger
from review.slips import LockFacts, in_commit
from review.truth import effective

SHARE = 3
"""At most one deal in this many leaves at one lock, rounded up."""


class Leaving(Struct, frozen=True, kw_only=True):
    """A commit deal without its evidence at the lock."""

    deal: str
    title: str
    rep: str
    amount: Decimal | None
    evidence: str
    """What is missing: 'no paper stage yet'."""
    why: str = ""
    """Why it does not leave today; empty where it does."""
    told: date | None = None


class Demotions(Struct, frozen=True, kw_only=True):
    """What the commit gate does at a lock."""

    leave: tuple[Leaving, ...] = ()
    """They move to best case, in the event that locks the review."""
    next_week: tuple[Leaving, ...] = ()
    """“Due to leave commit next week”, each with the reason why not today."""
    told: tuple[str, ...] = ()
    """Deals whose rep learns it from this lock's recap for the first time."""
    settled: tuple[str, ...] = ()
    """Deals whose rep was told once and that lack nothing now: the next gap is told anew."""
    commit_deals: int = 0
    """The team's commit deals before the lock moves anything."""

    @property
    def most(self) -> int:
        """How many may leave at this lock."""
        return -(-self.commit_deals // SHARE)


def demotions(ledger: Ledger, facts: LockFacts, *, slipping: Collection[str] = ()) -> Demotions:
    """Find who leaves commit without evidence at this lock; `slipping` = deals that two slips move anyway."""
    team = {person.id for person in facts.settings.reps}
    commit: list[tuple[DealRecord, Deal]] = []
    for record in ledger.current.values():
        deal = effective(record)
        if record.missing_since is None and record.rep in team and in_commit(deal):
            commit.append((record, deal))
    lacking = [
        leaving
        for record, deal in commit
        if deal.id not in slipping and (leaving := _leaving(record, deal, facts)) is not None
    ]
    ready = sorted((one for one in lacking if not one.why), key=_order)
    most = Demotions(commit_deals=len(commit)).most
    late = [replace(one, why=f"at most {most} of {len(commit)} leave at one lock") for one in ready[most:]]
    waiting = sorted((one for one in lacking if one.why), key=_order)
    staying = (*late, *waiting)
    return Demotions(
        leave=tuple(ready[:most]),
        next_week=staying,
        told=tuple(one.deal for one in staying if ledger.deals[one.deal].evidence_told is None),
        settled=_settled(ledger, {one.deal for one in lacking} | set(slipping)),
        commit_deals=len(commit),
    )


def _settled(ledger: Ledger, lacking: Collection[str]) -> tuple[str, ...]:
    told = (ident for ident, record in ledger.current.items() if record.evidence_told and record.missing_since is None)
    return tuple(ident for ident in told if ident not in lacking)


def _leaving(record: DealRecord, deal: Deal, facts: LockFacts) -> Leaving | None:
    missing = gaps_now(record, deal, facts.day, facts.settings)
    if not missing:
        return None
    told = record.evidence_told or (facts.day if deal.id in facts.told else None)
    return Leaving(
        deal=deal.id,
        title=deal.title,
        rep=record.rep,
        amount=deal.amount,
        evidence=" · ".join(gap.evidence for gap in missing),
        why=_why_not(record, facts, told),
        told=told,
    )


def _why_not(record: DealRecord, facts: LockFacts, told: date | None) -> str:
    """Say what keeps the rule from moving a deal at this lock; empty where it may."""
    if not facts.in_force:
        return "the rules act from next week"
    if Rule.EVIDENCE in facts.learning:
        return CHANGED
    if record.rep not in facts.present and record.rep not in facts.written:
        return "its rep was away"
    if record.lock is None:
        return "seen for the first time"
    return "" if told is not None else "its rep is told today"


def _order(leaving: Leaving) -> tuple[date, Decimal, str]:
    """Those told longest go first, then the larger amount."""
    return (leaving.told or date.max, -(leaving.amount or Decimal(0)), leaving.deal)
