"""Commitments as rows that leave the program: plain values, whatever the target (method, sections 3 and 9)."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from review.closed import how_it_ended
from review.commitments import Commitment, Origin, Standing
from review.deals import is_made_up
from review.kept import counts_at
from review.line import plain_step
from review.meeting import Meeting
from review.people import Person, display_names
from review.records import Exit, Ledger
from review.settings import Settings
from review.standing import steps_in_writing

RED = 2
"""Carried this often, a commitment is red (method, section 3)."""


class CommitmentRow(Struct, frozen=True, kw_only=True):
    """One commitment as it is handed on; every text as people read it, without the two signs of a step."""

    id: str
    text: str
    owner: str
    """The owner's name."""
    short_owner: str
    """The name used in the room."""
    email: str
    due: date
    deal: str
    """What the room calls the deal; several are divided by commas, none is the empty text."""
    deal_name: str = ""
    """What the CRM calls the deal; several are divided by commas."""
    deal_id: str
    """The CRM's id of the deal; several are divided by spaces, and it is empty where the export has no ids."""
    account: str
    origin: Origin
    status: str
    carried: int
    review: str
    """The review in which it was made; empty where that was at the desk."""
    first_due: date
    closed_on: date | None = None
    deal_ended: str = ""
    """How the deal ended; the promise stands until its owner answers for it (method, sections 2 and 3)."""
    agreed: bool = False
    """Whether somebody at the customer agreed."""

    @property
    def is_open(self) -> bool:
        """Tell whether it still binds its owner."""
        return self.status == Standing.OPEN.value

    @property
    def is_step(self) -> bool:
        """Tell whether it is a deal's next step."""
        return self.origin is Origin.STEP

    @property
    def is_red(self) -> bool:
        """Tell whether it was carried so often that it wants keep, a new date, or drop with a note."""
        return self.is_open and self.carried >= RED


def rows_of(commitments: Iterable[Commitment], ledger: Ledger, settings: Settings) -> tuple[CommitmentRow, ...]:
    """Make rows by owner in the order of the team; what was carried often is on top, then the soonest first."""
    people = {person.id: person for person in settings.people}
    order = {ident: place for place, ident in enumerate(people)}
    short = display_names(settings.people)
    ordered = sorted(
        commitments,
        key=lambda c: (order.get(c.owner, len(order)), c.owner, not (c.is_open and c.carried >= RED), c.due, c.id),
    )
    return tuple(_row(each, people.get(each.owner), short.get(each.owner, each.owner), ledger) for each in ordered)


def of_review(meeting: Meeting, *, only_actions: bool = False) -> tuple[Commitment, ...]:
    """List what a review leaves open: what was promised in it or in writing for it, and what it judged or renewed."""
    written = steps_in_writing(meeting.opening)
    last = meeting.opening.last_lock
    since = last.day if last is not None else None
    kept = {meeting.record(deal).step for deal, left in meeting.left.items() if left.exit is Exit.CLOSED_OUT}
    return tuple(
        commitment
        for commitment in all_open(meeting.ledger, only_actions=only_actions)
        if commitment.review == meeting.review
        or commitment.id in written
        or commitment.id in kept
        or commitment.id in meeting.verdicts
        or commitment != meeting.opening.commitments.get(commitment.id)
        or counts_at(commitment, meeting.review, meeting.day, since)
    )


def all_open(ledger: Ledger, *, only_actions: bool = False) -> tuple[Commitment, ...]:
    """List every open commitment, whenever it was made."""
    return tuple(
        commitment
        for commitment in ledger.commitments.values()
        if commitment.is_open and not (only_actions and commitment.origin is Origin.STEP)
    )


def _row(commitment: Commitment, owner: Person | None, short: str, ledger: Ledger) -> CommitmentRow:
    named = commitment.deals or ((commitment.deal,) if commitment.deal else ())
    deals = [ledger.deals[ident].crm for ident in named if ident in ledger.deals]
    return CommitmentRow(
        id=commitment.id,
        text=plain_step(commitment.text),
        owner=owner.name if owner else commitment.owner,
        short_owner=short,
        email=owner.email if owner else "",
        due=commitment.due,
        deal=", ".join(deal.title for deal in deals),
        deal_name=", ".join(deal.name for deal in deals),
        deal_id=" ".join(deal.id for deal in deals if not is_made_up(deal)),
        account=", ".join(dict.fromkeys(deal.account for deal in deals if deal.account)),
        origin=commitment.origin,
        status=commitment.standing.value,
        carried=commitment.carried,
        review=commitment.review,
        first_due=commitment.first_due,
        closed_on=commitment.closed_on,
        deal_ended=_ended(commitment, ledger),
        agreed=commitment.agreed,
    )


def _ended(commitment: Commitment, ledger: Ledger) -> str:
    """Say how the one deal of a promise ended; what is to be set in the CRM says so itself."""
    record = ledger.deals.get(commitment.deal)
    return how_it_ended(record) if record is not None and commitment.origin is not Origin.CRM else ""
