"""What the manager does to a planned queue by hand, kept as steps, so that they outlive a new plan (method, 6)."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from review.deals import Category
from review.pace import pace_of
from review.queue import Plan, Slot, added, moved, removed
from review.records import Ledger
from review.settings import Settings
from review.standing import active_deals
from review.truth import effective


class Edit(Struct, frozen=True, kw_only=True):
    """One step: a deal in, out, or moved by some places."""

    kind: Literal["add", "remove", "move"]
    deal: str
    by: int = 0


def edited(plan: Plan, edits: Iterable[Edit], ledger: Ledger, settings: Settings, present: Collection[str]) -> Plan:
    """Do the steps again on a plan; a deal that has gone, or whose rep is away, is not put in."""
    for edit in edits:
        if edit.kind == "remove":
            plan = removed(plan, edit.deal)
        elif edit.kind == "move":
            plan = moved(plan, edit.deal, edit.by)
        elif edit.deal in ledger.deals and ledger.deals[edit.deal].rep in present:
            plan = added(plan, slot_for(edit.deal, ledger, settings))
    return plan


def slot_for(deal: str, ledger: Ledger, settings: Settings) -> Slot:
    """Make the slot of a deal that the manager adds."""
    record = ledger.deals[deal]
    commit = effective(record).category is Category.COMMIT
    return Slot(
        deal=deal,
        rep=record.rep,
        number=3,
        kind="added",
        reason="added by the manager",
        seconds=pace_of(ledger.locks, settings.thresholds).of(commit=commit),
    )


def addable(plan: Plan, ledger: Ledger, settings: Settings, today: date, present: Collection[str]) -> tuple[str, ...]:
    """List the active deals of those who are here that are not in the queue."""
    queued = {slot.deal for slot in plan.slots}
    return tuple(
        ident
        for ident in active_deals(ledger, settings, today)
        if ident not in queued and ledger.deals[ident].rep in present
    )


def found_by(text: str, deals: Iterable[str], ledger: Ledger) -> tuple[str, ...]:
    """Find deals by a part of account, name or id; one that matches in full stands alone."""
    wanted = " ".join(text.split()).casefold()
    if not wanted:
        return ()
    names = {
        ident: [part.casefold() for part in (crm.account, crm.name, crm.id)]
        for ident in deals
        for crm in (ledger.deals[ident].crm,)
    }
    whole = tuple(ident for ident, parts in names.items() if wanted in parts)
    return whole or tuple(ident for ident, parts in names.items() if any(wanted in part for part in parts))
