"""Collecting commitments: one per owner, done when nothing they name is open (method, sections 2 and 11)."""

from collections.abc import Collection, Iterable
from datetime import date

from msgspec.structs import replace

from review.commitments import QUIET, Commitment, Origin, Standing
from review.records import Ledger
from review.settings import Settings
from review.standing import has_all_three
from review.truth import is_active, not_there, say_decision


def say_without(ledger: Ledger, deals: Iterable[str]) -> str:
    """Say which deals lack a step, a date or an owner."""
    return f"Step, date and owner for {', '.join(ledger.deals[ident].crm.title for ident in deals)}"


def say_crm(ledger: Ledger, deals: Iterable[str], late: Collection[str]) -> str:
    """Say what is to be set in the CRM: 'Set in the CRM: Northwind best case, Initech lost'."""
    named = ((ledger.deals[ident].crm.title, crm_words(ledger, ident, late)) for ident in deals)
    return f"Set in the CRM: {', '.join(f'{title} {words}' for title, words in named if words)}"


def crm_words(ledger: Ledger, ident: str, late: Collection[str]) -> str:
    """Say what of a deal the CRM should show by now: how it ended, or what the reviews in `late` decided."""
    record = ledger.deals[ident]
    if record.ended is not None:
        return "" if record.ended.agreed else record.ended.kind.value
    if record.missing_since is not None:
        return ""
    return ", ".join(
        say_decision(decision) for decision in not_there(record, ledger.columns) if decision.review in late
    )


def passed_by(ledger: Ledger) -> frozenset[str]:
    """Name the held reviews that another one has followed: what they decided should have reached the CRM."""
    return frozenset(row.review for row in ledger.locks[:-1])


def open_one(ledger: Ledger, owner: str, origin: Origin) -> Commitment | None:
    """Find an owner's open collecting commitment."""
    return next((one for one in _open(ledger, origin) if one.owner == owner), None)


def after_import(ledger: Ledger, settings: Settings, day: date) -> Ledger:
    """Bring every collecting commitment up to date with what an export of that day shows."""
    late = passed_by(ledger)
    for one in _open(ledger, *QUIET):
        if one.origin is Origin.CRM:
            left = [ident for ident in one.deals if _known(ledger, ident, late)]
            text = say_crm(ledger, left, late)
        else:
            left = [ident for ident in one.deals if _lacks(ledger, ident, settings, day)]
            text = say_without(ledger, left)
        ledger = _with(ledger, one, left, text, day)
    return ledger


def without_deal(ledger: Ledger, deal: str, day: date) -> Ledger:
    """Take a deal that got its three, or that ended, out of its owner's commitment to complete it."""
    for one in _open(ledger, Origin.WITHOUT):
        if deal in one.deals:
            left = [ident for ident in one.deals if ident != deal]
            ledger = _with(ledger, one, left, say_without(ledger, left), day)
    return ledger


def _open(ledger: Ledger, *origins: Origin) -> tuple[Commitment, ...]:
    return tuple(c for c in ledger.commitments.values() if c.origin in origins and c.deals and c.is_open)


def _known(ledger: Ledger, ident: str, late: Collection[str]) -> bool:
    return ident in ledger.deals and bool(crm_words(ledger, ident, late))


def _lacks(ledger: Ledger, ident: str, settings: Settings, day: date) -> bool:
    record = ledger.deals.get(ident)
    return record is not None and is_active(record, settings, day) and not has_all_three(record, ledger, settings, day)


def _with(ledger: Ledger, one: Commitment, left: list[str], text: str, day: date) -> Ledger:
    if not left:
        after = replace(one, standing=Standing.DONE, closed_on=day)
    else:
        after = replace(one, text=text, deals=tuple(left))
    return ledger if after == one else replace(ledger, commitments={**ledger.commitments, one.id: after})
