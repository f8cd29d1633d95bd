"""Small steps that every fold takes: a record, a commitment or the ledger with something changed."""

from msgspec.structs import replace

from review.commitments import Commitment
from review.meeting import Meeting
from review.records import DealRecord, Ledger


def with_record(ledger: Ledger, deal: str, record: DealRecord) -> Ledger:
    """Give the ledger with one deal's record put in."""
    return ledger.with_deals({deal: record})


def with_commitment(ledger: Ledger, commitment: Commitment) -> Ledger:
    """Give the ledger with one commitment put in."""
    return replace(ledger, commitments={**ledger.commitments, commitment.id: commitment})


def on_record(meeting: Meeting, deal: str, **changes: object) -> Meeting:
    """Give the meeting with fields of one deal's record changed; a deal that is not known changes nothing."""
    record = meeting.ledger.deals.get(deal)
    if record is None:
        return meeting
    return replace(meeting, ledger=with_record(meeting.ledger, deal, replace(record, **changes)))


def on_commitment(meeting: Meeting, commitment: Commitment) -> Meeting:
    """Give the meeting with one commitment put in."""
    return replace(meeting, ledger=with_commitment(meeting.ledger, commitment))


def credited(meeting: Meeting, deal: str, words: str) -> Meeting:
    """Credit a deal that stood in commit at the last lock and left it by its rep's own word; without words, no more."""
    before = meeting.ledger.deals[deal].lock
    others = {known: said for known, said in meeting.early.items() if known != deal}
    earned = bool(words) and before is not None and before.was_in_commit
    return replace(meeting, early={**others, deal: words} if earned else others)
