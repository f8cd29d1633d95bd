"""By what two exports show the same deal: its id, or the key that stands in for one (method, section 2)."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from review.commitments import Commitment
from review.deals import Deal, Export, deal_key
from review.records import DealRecord, Ledger
from review.scored import Pick

BETWEEN = " | "
"""What stands between the parts of a key; no CRM writes it into an id."""


def key_without_id(account: str, name: str, created: date | None, owner: str) -> str:
    """Make the key of a deal without an id: account, name and created date, or the owner where there is no date."""
    return BETWEEN.join((account, name, created.isoformat() if created else owner))


def keys_of(deal: Deal) -> tuple[str, ...]:
    """Give the keys by which an export without ids may have shown a deal, with its created date or without."""
    dated = key_without_id(deal.account, deal.name, deal.created, deal.owner)
    return tuple(dict.fromkeys((dated, key_without_id(deal.account, deal.name, None, deal.owner))))


def known_by_key(ledger: Ledger, export: Export) -> dict[str, str]:
    """Map keys of deals that are known without an id to the ids that this export gives them.

    A key that two rows share says nothing, and neither does a row that is known by its id already.
    """
    keyed = {ident for ident in ledger.deals if BETWEEN in ident} if export.has_ids else set()
    found: dict[str, list[str]] = {}
    for row in export.deals if keyed else ():
        ident = deal_key(row.id)
        key = next((key for key in keys_of(row) if key in keyed), None)
        if key is not None and ident not in ledger.deals:
            found.setdefault(key, []).append(ident)
    return {key: idents[0] for key, idents in found.items() if len(idents) == 1}


def with_known_ids(ledger: Ledger, export: Export) -> Export:
    """Give an export without ids with the ids under which its deals are known, where a key means one deal only."""
    if export.has_ids:
        return export
    known: dict[str, list[str]] = {}
    for ident in ledger.deals:
        if BETWEEN not in ident:
            for key in keys_of(ledger.deals[ident].crm):
                known.setdefault(key, []).append(ident)
    rows = tuple(
        replace(row, id=known[row.id][0]) if row.id not in ledger.deals and len(known.get(row.id, ())) == 1 else row
        for row in export.deals
    )
    return replace(export, deals=rows) if known else export


def rekeyed(ledger: Ledger, names: dict[str, str]) -> Ledger:
    """Give the ledger with deals known by other ids from now on, wherever it names them; old id to new."""
    if not names:
        return ledger
    ledger = ledger.in_full()
    return replace(
        ledger,
        current={names.get(ident, ident): _record(record, names) for ident, record in ledger.current.items()},
        commitments={ident: commitment_of(c, names) for ident, c in ledger.commitments.items()},
        picks=tuple(
            replace(each, slips=_picks(each.slips, names), pull_ins=_picks(each.pull_ins, names))
            for each in ledger.picks
        ),
    )


def _record(record: DealRecord, names: dict[str, str]) -> DealRecord:
    ident = names.get(record.crm.id)
    return record if ident is None else replace(record, crm=replace(record.crm, id=ident))


def commitment_of(commitment: Commitment, names: dict[str, str]) -> Commitment:
    """Give a commitment that names its deals by their new ids."""
    deal, deals = names.get(commitment.deal, commitment.deal), tuple(names.get(i, i) for i in commitment.deals)
    return (
        commitment
        if (deal, deals) == (commitment.deal, commitment.deals)
        else replace(commitment, deal=deal, deals=deals)
    )


def _picks(picks: Iterable[Pick], names: dict[str, str]) -> tuple[Pick, ...]:
    return tuple(replace(pick, deal=names.get(pick.deal, pick.deal)) for pick in picks)
