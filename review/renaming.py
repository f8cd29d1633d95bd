"""Deals that are gone and come back under another id: proposed, and joined where the answer is yes (method, 2)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from review.deals import Deal, Export, Status, deal_key
from review.importing import seen_again
from review.keys import known_by_key, rekeyed, with_known_ids
from review.money import short_money
from review.records import DealRecord, Ledger, Movement
from review.settings import Settings
from review.words import counted, listed

NAMED = 5
"""Deals that a sentence names; the others are counted."""
LATER = "later"


def pairs(gone: Iterable[tuple[str, Deal]], fresh: Iterable[tuple[str, Deal]]) -> tuple[tuple[str, str], ...]:
    """Pair deals that are gone with new ones of the same owner, created date and amount; all three known, each once."""
    waiting: dict[tuple[str, date, Decimal], list[str]] = {}
    for ident, deal in fresh:
        likeness = _likeness(deal)
        if likeness is not None:
            waiting.setdefault(likeness, []).append(ident)
    found = []
    for ident, deal in gone:
        likeness = _likeness(deal)
        like = waiting.get(likeness) if likeness is not None else None
        if like:
            found.append((ident, like.pop(0)))
    return tuple(found)


def _likeness(deal: Deal) -> tuple[str, date, Decimal] | None:
    if not deal.owner or deal.created is None or deal.amount is None:
        return None
    return (deal.owner, deal.created, deal.amount)


def renamed(ledger: Ledger) -> dict[str, str]:
    """Propose for vanished deals, whose question is still open, the new one that each may be now; old id to new."""
    gone = [(ident, record.crm) for ident, record in ledger.current.items() if is_gone(record)]
    if not gone:
        return {}
    first = min(ledger.current[ident].missing_since or date.max for ident, _ in gone)
    fresh = [(ident, r.crm) for ident, r in ledger.touched(first).items() if r.first_seen >= first and _is_here(r)]
    found = pairs(gone, fresh)
    # A deal that was seen before the other one vanished stood beside it: it is not the same.
    return {old: new for old, new in found if ledger.deals[new].first_seen >= _since(ledger.deals[old])}


def is_gone(record: DealRecord) -> bool:
    """Tell whether a deal has vanished and nobody has said where it went."""
    return record.missing_since is not None and record.ended is None and record.vanished in ("", LATER)


def _is_here(record: DealRecord) -> bool:
    return record.missing_since is None and record.ended is None


def _since(record: DealRecord) -> date:
    return record.missing_since or date.max


def joined(ledger: Ledger, old: str, new: str, settings: Settings) -> Ledger:
    """Give the ledger in which the deal `old` goes on as `new`: its history is kept, its row is the new one's.

    What was decided on the new one meanwhile holds over what was decided before. An unknown deal changes nothing.
    """
    before, after = ledger.deals.get(old), ledger.deals.get(new)
    if before is None or after is None or old == new:
        return ledger
    shows = Export(
        id=ledger.export, day=after.first_seen, source="", crm="", deals=(after.crm,), columns=ledger.columns
    )
    record, said = seen_again(before, after.crm, after.rep, shows, settings, ledger.commitments.get(before.step))
    record = replace(_with_decided(record, after), returned=before.returned, missing_since=after.missing_since)
    ledger = ledger.in_full()
    deals = {ident: record if ident == old else each for ident, each in ledger.current.items() if ident != new}
    renewed = replace(ledger, current=deals, third_values=(*ledger.third_values, *said))
    return rekeyed(renewed, {old: new})


def _with_decided(record: DealRecord, after: DealRecord) -> DealRecord:
    """Put what people said of the new deal over what they said of the old one."""
    fields = {decision.field for decision in after.decisions}
    fresh = after.stage_since if after.stage_since_known else record.stage_since
    return replace(
        record,
        decisions=(*(d for d in record.decisions if d.field not in fields), *after.decisions),
        ended=after.ended or record.ended,
        lock=after.lock or record.lock,
        pushes=record.pushes + after.pushes,
        past_pushes=record.past_pushes + after.past_pushes,
        stage_since=max(record.stage_since, fresh),
        history=(*record.history, *(change for change in after.history if change.note)),
        movement=_later(record.movement, after.movement),
        buyer_movement=_later(record.buyer_movement, after.buyer_movement),
        step=after.step or record.step,
        step_in_writing=after.step_in_writing if after.step else record.step_in_writing,
        marks={**record.marks, **after.marks},
        confirmation=after.confirmation or record.confirmation,
        paper=after.paper or record.paper,
        notes=(*record.notes, *after.notes),
        named=(*record.named, *after.named),
        verified=after.verified or record.verified,
        exception=after.exception or record.exception,
        loss_lesson=after.loss_lesson or record.loss_lesson,
        loss_reason=after.loss_reason or record.loss_reason,
    )


def _later(one: Movement | None, other: Movement | None) -> Movement | None:
    known = [each for each in (one, other) if each is not None]
    return max(known, key=lambda each: each.on, default=None)


def told_by_import(ledger: Ledger, export: Export) -> tuple[str, ...]:
    """Say which deals an export, not taken in yet, shows under another id than the one they are known by."""
    names = known_by_key(ledger, export)
    known, rows = rekeyed(ledger, names), with_known_ids(ledger, export)
    here = {deal_key(row.id) for row in rows.deals}
    gone = (
        (ident, record.crm)
        for ident, record in known.current.items()
        if ident not in here and (is_gone(record) or (_is_here(record) and record.crm.status is Status.OPEN))
    )
    fresh = ((ident, row) for row in rows.deals if (ident := deal_key(row.id)) not in known.deals)
    said = [_say_joined(known, names)] if names else []
    titles = {deal_key(row.id): row.name for row in rows.deals}
    proposed = [
        f"{known.deals[old].crm.name} → {titles[new]} ({_worth(known.deals[old].crm)})"
        for old, new in pairs(gone, fresh)
    ]
    if proposed:
        said.append(f"Renamed? {_first(proposed)}. Creation asks, and joins each with one key.")
    return tuple(said)


def _say_joined(ledger: Ledger, names: dict[str, str]) -> str:
    titles = [ledger.deals[new].crm.title for new in names.values()]
    return (
        f"{counted(len(names), 'deal')} known by account, name and created date "
        f"{'has an id' if len(names) == 1 else 'have ids'} now and went on under {'it' if len(names) == 1 else 'them'}:"
        f" {_first(titles)}."
    )


def _worth(deal: Deal) -> str:
    return short_money(deal.amount) if deal.amount is not None else "no amount"


def _first(names: list[str]) -> str:
    return listed([*names[:NAMED], f"{len(names) - NAMED} more"] if len(names) > NAMED else names)
