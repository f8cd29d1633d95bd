"""What was settled in writing since the last lock, for card and turn (method, section 11)."""

from review.records import Ledger
from review.sheets.blank import Kind
from review.sheets.codes import line_key
from review.sheets.matching import OF_DEAL


def answered_promises(ledger: Ledger, person: str) -> tuple[str, ...]:
    """List the promises of a person that got their verdict on a sheet."""
    written = ledger.written.get(person)
    if written is None:
        return ()
    mine = (ident for ident, commitment in ledger.commitments.items() if commitment.owner == person)
    return tuple(ident for ident in mine if line_key(Kind.PROMISE, ident) in written.lines)


def answered_of_deal(ledger: Ledger, deal: str) -> tuple[Kind, ...]:
    """List what was settled of a deal on a sheet, in the order in which sheets ask it."""
    lines = {key for written in ledger.written.values() for key in written.lines}
    return tuple(kind for kind in OF_DEAL if lines and line_key(kind, deal) in lines)
