"""What the lock leaves for afterwards: one commitment per owner and kind of homework (method, sections 2 and 11)."""

from collections.abc import Iterable
from itertools import count

from msgspec.structs import replace

from review.calendar import Workdays
from review.collecting import crm_words, open_one, say_crm, say_without
from review.commitments import Commitment, Origin, Standing
from review.decisions.answer import Context
from review.events import CommitmentMended, Committed, Fact
from review.meeting import Meeting
from review.people import Person
from review.records import Exit
from review.standing import missing_by_rep

HANDLED = (Exit.PARKED, Exit.OFFLINE)
"""Ways out whose own commitment names the deal already."""


def collect(meeting: Meeting, context: Context) -> Iterable[Fact]:
    """Make each owner's collecting commitments, or bring the open ones up to date; what names nothing is closed."""
    late = frozenset(row.review for row in meeting.ledger.locks)
    numbers = count(1)
    for origin, by_rep in ((Origin.WITHOUT, _without(meeting)), (Origin.CRM, _not_in_crm(meeting, late))):
        by_owner = _by_owner(meeting, by_rep)
        for owner, deals in by_owner:
            crm = origin is Origin.CRM
            text = say_crm(meeting.ledger, deals, late) if crm else say_without(meeting.ledger, deals)
            yield _kept_up(meeting, context.commitment_id(meeting, next(numbers)), owner, text, origin, deals)
        yield from _nothing_left(meeting, origin, {owner.id for owner, _ in by_owner})


def _without(meeting: Meeting) -> dict[str, tuple[str, ...]]:
    """Sort the deals without their three by rep, from the second held review on; those parked or offline are named."""
    if meeting.ledger.held + 1 < meeting.settings.thresholds.enforce_from:
        return {}
    named = {ident for ident, left in meeting.left.items() if left.exit in HANDLED}
    missing = missing_by_rep(meeting.ledger, meeting.settings, meeting.day)
    return {rep: tuple(ident for ident in deals if ident not in named) for rep, deals in missing.items()}


def _not_in_crm(meeting: Meeting, late: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Sort by rep what the review that decided it and the next have passed without reaching the CRM, or ended."""
    found: dict[str, tuple[str, ...]] = {}
    for ident, record in meeting.ledger.current.items():
        if (record.decisions or record.ended) and crm_words(meeting.ledger, ident, late):
            found[record.rep] = (*found.get(record.rep, ()), ident)
    return found


def _by_owner(meeting: Meeting, by_rep: dict[str, tuple[str, ...]]) -> list[tuple[Person, tuple[str, ...]]]:
    """Give each owner the deals; those of nobody on the team are the manager's."""
    found: dict[str, tuple[Person, tuple[str, ...]]] = {}
    for rep, deals in by_rep.items():
        owner = meeting.person(rep) or meeting.settings.manager
        if owner is not None and deals:
            _, before = found.get(owner.id, (owner, ()))
            found[owner.id] = (owner, (*before, *deals))
    return list(found.values())


def _kept_up(
    meeting: Meeting, ident: str, owner: Person, text: str, origin: Origin, deals: tuple[str, ...]
) -> Committed | CommitmentMended:
    due = Workdays.of(meeting.settings).next_working(meeting.day, owner)
    known = open_one(meeting.ledger, owner.id, origin)
    if known is not None:
        return CommitmentMended(commitment=replace(known, text=text, deals=deals, due=due))
    return Committed(
        commitment=Commitment(
            id=ident,
            text=text,
            owner=owner.id,
            due=due,
            first_due=due,
            made=meeting.day,
            review=meeting.review,
            origin=origin,
            deals=deals,
        )
    )


def _nothing_left(meeting: Meeting, origin: Origin, owners: set[str]) -> Iterable[Fact]:
    """Close what an owner had to do for deals that lack nothing any more, or that have homework of their own."""
    for c in meeting.ledger.commitments.values():
        if c.origin is origin and c.deals and c.is_open and c.owner not in owners:
            yield CommitmentMended(commitment=replace(c, standing=Standing.DONE, closed_on=meeting.day))
