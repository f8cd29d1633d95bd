"""What the rules did at a lock, as the recap says it: moved, called early, counted (method, section 5)."""

from collections.abc import Iterator

from review.deals import Status
from review.meeting import Meeting
from review.records import Change
from review.slips import CALLED_EARLY, in_commit
from review.truth import effective

BY_HAND = "decided in the review"
TWO_SLIPS = "two slips"


def moved_by_rules(meeting: Meeting) -> tuple[str, ...]:
    """Say what the lock moved, with the facts that it stands on."""
    return tuple(f"{meeting.record(deal).crm.title} to {one.to} – {one.note}" for deal, one in _moves(meeting))


def called_early(meeting: Meeting) -> tuple[str, ...]:
    """Name the deals that left commit or ended by their rep's own word before the lock: no slip, and credit."""
    if meeting.locked is None:
        return ()
    found = {deal: words for deal, words in meeting.early.items() if not in_commit(effective(meeting.record(deal)))}
    for judged in meeting.locked.stays:
        if judged.evidence == CALLED_EARLY and judged.deal not in found:
            lost = effective(meeting.record(judged.deal)).status is Status.LOST
            found[judged.deal] = "lost in the CRM" if lost else "left commit in the CRM"
    return tuple(f"{meeting.record(deal).crm.title} {words}" for deal, words in found.items())


def slips_counted(meeting: Meeting) -> tuple[str, ...]:
    """Say of every deal that two slips did not move what was counted, what waits, and what an exception holds."""
    if meeting.locked is None:
        return ()
    demoted = {deal for deal, change in _moves(meeting) if change.note.startswith(TWO_SLIPS)}
    return tuple(
        f"{meeting.record(judged.deal).crm.title}: {judged.evidence}"
        for judged in meeting.locked.stays
        if judged.evidence and judged.stay is not None and judged.stay.outside == 0 and judged.deal not in demoted
    )


def _moves(meeting: Meeting) -> Iterator[tuple[str, Change]]:
    if meeting.locked is None:
        return
    for deal, record in meeting.ledger.touched(meeting.day).items():
        for change in record.history:
            if change.on == meeting.day and change.note and change.note != BY_HAND:
                yield deal, change
