"""Decisions on a cause that stands on many deals (method, section 5)."""

from msgspec.structs import replace

from review.action_line import read_commitment
from review.causes import open_causes
from review.commitments import Origin
from review.decisions.answer import Answer, Context, Decided, decides
from review.events import Committed
from review.intents import TakeCause
from review.meeting import Meeting
from review.results import Refusal


def proposed(cause: str, deals: int) -> str:
    """Word the commitment that taking a cause makes."""
    return f"One fix for {cause} on {deals} deals"


@decides(TakeCause)
def take_cause(meeting: Meeting, intent: TakeCause, context: Context) -> Answer:
    """Make one commitment of the manager of a cause; the line may name another day and other words."""
    shared = next(
        (s for s in open_causes(meeting.ledger, meeting.settings, meeting.day) if s.cause == intent.cause), None
    )
    if shared is None:
        return Refusal("That cause does not stand on enough deals, or is taken already.")
    text = intent.line if intent.line.strip() else proposed(shared.cause, len(shared.deals))
    line = read_commitment(meeting.settings, meeting.day, text, meeting.settings.manager)
    if isinstance(line, Refusal):
        return line
    made = line.made(context.commitment_id(meeting), meeting.day, meeting.review, Origin.CAUSE)
    commitment = replace(made, deals=shared.deals, why=shared.cause)
    return Decided((Committed(commitment=commitment),), f"took “{line.text}” for {line.owner.name}")
