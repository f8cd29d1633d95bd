"""What the lobby says of what stands on a day: worked out once, so that the lobby opens without all of it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from review.queue import Plan
from review.settings import Settings

if TYPE_CHECKING:
    from review.aside import Offered
    from review.records import Ledger


class Named(Struct, frozen=True):
    """What a line of the queue says of its deal."""

    title: str
    amount: Decimal | None


class Outlook(Struct, frozen=True, kw_only=True):
    """What stands on a day, as far as the lobby shows it."""

    settings: Settings
    """With everybody whom the ledger knows."""
    export: str = ""
    """Id of the export it rests on; empty before the first."""
    export_day: date | None = None
    export_source: str = ""
    export_rows: int = 0
    export_read_at: str = ""
    locks: int = 0
    """How many reviews were locked."""
    since: date | None = None
    """The day of what it is set against: the last lock, or the last export of before the first one."""
    changed: tuple[str, ...] | None = None
    """In words, what is not as it stood then; None where nothing stood before."""
    due: dict[str, int] = {}
    """Person id to the promises that fell due."""
    not_in_crm: tuple[str, ...] = ()
    """Deal and decision, in words."""
    third_values: tuple[str, ...] = ()
    active: dict[str, int] = {}
    """Person id to active deals."""
    missing: tuple[tuple[str, int], ...] = ()
    """Person id and active deals that lack a step, a date or an owner, most first."""
    in_writing: bool = False
    """Whether a review was held or sheets came back: what is there since was given in writing."""
    called: tuple[str, ...] = ()
    """Ids of people whose last call for the period still holds."""
    planned: Plan | None = None
    """The queue for everybody who is expected; None while there is nothing to plan, or nobody to plan for."""
    named: dict[str, Named] = {}
    """Deals of that queue by id."""


class Opening(Struct, frozen=True, kw_only=True):
    """What the lobby opens with."""

    outlook: Outlook
    set_up: bool = False
    """Whether the settings were taken once; until then Setting up opens."""
    notes: tuple[str, ...] = ()
    """Damage that was met, in sentences."""
    offered: "Offered | None" = None
    """What a review that was set aside since the last lock had decided."""


def outlook(ledger: "Ledger", settings: Settings, day: date, *, plans: bool) -> Outlook:
    """Work out what the lobby says; `plans`: whether there is a team for which a queue can be planned."""
    # What works it out is loaded here: mostly it was kept.
    from review.from_exports import compared_with
    from review.since import since_lock
    from review.standing import active_by_rep, missing_by_rep
    from review.start import expected, plan

    planned = plan(ledger, settings, day, expected(settings, day)) if plans and ledger.export else None
    since = since_lock(ledger, settings)
    return Outlook(
        settings=settings,
        export=ledger.export,
        export_day=ledger.export_day,
        export_source=ledger.export_source,
        export_rows=ledger.export_rows,
        export_read_at=ledger.export_read_at,
        locks=ledger.held,
        since=compared_with(ledger),
        changed=None if since is None else since.words,
        due=_due(ledger, day),
        not_in_crm=_not_in_crm(ledger),
        third_values=ledger.third_values,
        active=active_by_rep(ledger, settings, day),
        missing=tuple((rep, len(deals)) for rep, deals in missing_by_rep(ledger, settings, day).items()),
        in_writing=bool(ledger.held) or any(one.lines for one in ledger.written.values()),
        called=_called(ledger, settings, day),
        planned=planned,
        named={} if planned is None else named(deals_of(planned), ledger),
    )


def deals_of(plan: Plan) -> tuple[str, ...]:
    """List the deals of a queue and those behind its line, in their order."""
    return tuple(slot.deal for slot in (*plan.slots, *plan.beyond))


def named(deals: Iterable[str], ledger: "Ledger") -> dict[str, Named]:
    """Map deals to what a line of the queue says of them."""
    from review.truth import effective

    found = ((ident, effective(ledger.deals[ident])) for ident in deals)
    return {ident: Named(deal.title, deal.amount) for ident, deal in found}


def _due(ledger: "Ledger", day: date) -> dict[str, int]:
    owners: dict[str, int] = {}
    for commitment in ledger.commitments.values():
        if commitment.aloud and commitment.is_due(day):
            owners[commitment.owner] = owners.get(commitment.owner, 0) + 1
    return owners


def _not_in_crm(ledger: "Ledger") -> tuple[str, ...]:
    from review.truth import not_in_crm

    return tuple(f"{record.crm.title} {words}" for record, words in not_in_crm(ledger))


def _called(ledger: "Ledger", settings: Settings, day: date) -> tuple[str, ...]:
    from review.calls import last_call
    from review.periods import period_of
    from review.start import room_of

    period = period_of(day, settings)
    return tuple(p.id for p in room_of(settings, day) if last_call(ledger, p.id, period) is not None)
