"""What the review decided and the CRM does not show yet, deal by deal (method, section 2)."""

from datetime import date
from decimal import Decimal
from typing import Final

from msgspec import Struct

from review.commitments import Commitment
from review.crm_step import is_ours
from review.deals import Category, Ending, Status
from review.records import DealRecord, Ledger
from review.truth import decode

Value = date | Decimal | Category | Status | Commitment | str | None
FIELDS: Final = ("next_step", "next_step_date", "close_date", "amount", "stage", "category", "status")
"""What can go back, in the order of the columns."""
STEP: Final = ("next_step", "next_step_date")
"""A step and its date, which come and go together."""
BY_HAND: Final = "Ended as a duplicate, to be deleted or merged in the CRM"
NEWER: Final = "A newer next step stands in the CRM, and stays"


class DealUpdate(Struct, frozen=True, kw_only=True):
    """What of one deal goes back."""

    deal: str
    """Its key in the ledger."""
    title: str
    values: dict[str, Value]
    """Field to what the CRM should show; None clears. A step is the commitment, a closing the status."""
    left: tuple[str, ...] = ()
    """Why something of it stays out."""


def updates(ledger: Ledger) -> tuple[DealUpdate, ...]:
    """List the deals of the last export that the CRM shows otherwise than the review left them."""
    found = (_update(ident, record, ledger) for ident, record in ledger.current.items() if record.missing_since is None)
    return tuple(one for one in found if one.values or one.left)


def _update(ident: str, record: DealRecord, ledger: Ledger) -> DealUpdate:
    values: dict[str, Value] = {}
    left: list[str] = []
    ended = record.ended
    for decision in record.decisions:
        # A closed deal has no category, its stage is what closes it, and the CRM sets the date on which it closed.
        if ended is None or decision.field == "amount":
            values[decision.field] = decode(decision.field, decision.value) if decision.value else None
    if ended is not None and not ended.agreed:
        if ended.kind is Ending.DUPLICATE:
            values, left = {}, [BY_HAND]
        else:
            values["status"] = Status.WON if ended.kind is Ending.WON else Status.LOST
    step = ledger.commitments.get(record.step)
    if step is not None and ended is None and record.crm.status is Status.OPEN:
        if not step.is_open:
            # It is over and nothing came after it: what a review once sent there is no next step any more.
            values |= dict.fromkeys(STEP) if is_ours(record.crm.next_step, step) else {}
        elif _is_newer(record, step):
            left.append(NEWER)
        else:
            values |= dict(zip(STEP, (step, step.due), strict=True))
    return DealUpdate(deal=ident, title=record.crm.title, values=values, left=tuple(left))


def _is_newer(record: DealRecord, step: Commitment) -> bool:
    """Tell whether somebody wrote another step into the CRM after this one was made."""
    if is_ours(record.crm.next_step, step):
        return False
    return any(change.field == "next_step" and change.to and change.on > step.made for change in record.history)
