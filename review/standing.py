"""Which active deals have a step, a date and an owner, and where each stands at the lock (method, section 11)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from review.commitments import Commitment
from review.crm_step import crm_step
from review.gate import check_date, check_owner, check_step
from review.meeting import Meeting
from review.records import DealRecord, Exit, Ledger
from review.settings import Settings
from review.truth import horizon, is_active_until


class Part(StrEnum):
    """The four parts of the lock's sum; each active deal is in exactly one."""

    WITHOUT = "without"
    ROOM = "closed out in the room"
    WRITING = "in writing"
    STANDING = "still standing"


class Step(Struct, frozen=True, kw_only=True):
    """A deal's next step as it stands, whoever wrote it."""

    text: str
    due: date | None
    owner: str
    """Person id."""
    from_crm: bool = False
    commitment: Commitment | None = None


def step_of(record: DealRecord, commitments: Mapping[str, Commitment]) -> Step | None:
    """Give the open next step of a deal, otherwise the CRM's; None where there is neither."""
    step = commitments.get(record.step)
    if step is not None and step.is_open:
        return Step(text=step.text, due=step.due, owner=step.owner, commitment=step)
    text = crm_step(record, commitments)
    return Step(text=text, due=record.crm.next_step_date, owner=record.rep, from_crm=True) if text else None


def has_all_three(record: DealRecord, ledger: Ledger, settings: Settings, today: date) -> bool:
    """Tell whether step, date and owner are there and valid on the day."""
    step = step_of(record, ledger.commitments)
    if step is None or check_date(step.due, today) is not None:
        return False
    owner = next((person for person in settings.people if person.id == step.owner), None)
    # A step that was committed to went through the gate then; only what the CRM says is read here.
    named = step.commitment is not None or says_something(step.text, settings.stock_phrases)
    return named and owner is not None and check_owner(owner, (owner,)) is None


@lru_cache(maxsize=8192)
def says_something(text: str, stock: tuple[str, ...]) -> bool:
    """Tell whether a step's text passes the gate; remembered, as the same exports are looked at again and again."""
    return check_step(text, stock) is None


def active_deals(ledger: Ledger, settings: Settings, today: date) -> tuple[str, ...]:
    """List the active deals in the order of the ledger."""
    last = horizon(settings, today).last
    return tuple(ident for ident, record in ledger.current.items() if is_active_until(record, last))


def active_by_rep(ledger: Ledger, settings: Settings, today: date) -> dict[str, int]:
    """Map person ids to how many active deals they have."""
    found: dict[str, int] = {}
    for ident in active_deals(ledger, settings, today):
        rep = ledger.deals[ident].rep
        found[rep] = found.get(rep, 0) + 1
    return found


def in_writing(record: DealRecord, ledger: Ledger) -> bool:
    """Tell whether the step came by sheet, or stands in the CRM since the last lock."""
    step = step_of(record, ledger.commitments)
    if step is None or not step.from_crm:
        return step is not None and record.step_in_writing
    if record.lock is None or record.lock.from_exports:
        return True
    return record.crm.next_step != record.lock.next_step


def steps_in_writing(ledger: Ledger) -> frozenset[str]:
    """Give the ids of the next steps that came by sheet since the last lock."""
    return frozenset(record.step for record in ledger.current.values() if record.step_in_writing)


def part_of(meeting: Meeting, ident: str) -> Part:
    """Say in which of the four parts an active deal is; the first that applies."""
    record = meeting.ledger.deals[ident]
    if not has_all_three(record, meeting.ledger, meeting.settings, meeting.day):
        return Part.WITHOUT
    left = meeting.left.get(ident)
    if left is not None and left.exit is Exit.CLOSED_OUT:
        return Part.ROOM
    return Part.WRITING if in_writing(record, meeting.ledger) else Part.STANDING


def parts(meeting: Meeting) -> dict[Part, tuple[str, ...]]:
    """Sort every active deal into the four parts."""
    found: dict[Part, list[str]] = {part: [] for part in Part}
    for ident in active_deals(meeting.ledger, meeting.settings, meeting.day):
        found[part_of(meeting, ident)].append(ident)
    return {part: tuple(deals) for part, deals in found.items()}


def missing_by_rep(ledger: Ledger, settings: Settings, today: date) -> dict[str, tuple[str, ...]]:
    """Map person ids to their active deals that lack a step, a date or an owner, most first."""
    found: dict[str, list[str]] = {}
    for ident in active_deals(ledger, settings, today):
        record = ledger.deals[ident]
        if not has_all_three(record, ledger, settings, today):
            found.setdefault(record.rep, []).append(ident)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return {rep: tuple(deals) for rep, deals in ordered}
