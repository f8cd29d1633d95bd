"""How long somebody's turn has lasted (method, section 10)."""

from datetime import datetime

from review.clock import spent
from review.clock_facts import Entered
from review.meeting import Meeting


def turn_seconds(meeting: Meeting, now: datetime) -> int:
    """Count the seconds of the turn that runs in this section, pauses left out."""
    entered = [fact.at for fact in meeting.clock.facts if isinstance(fact, Entered)]
    since = max(entered[-1:] or [meeting.clock.started_at])
    began = datetime.fromisoformat(meeting.turn_began) if meeting.turn_began else since
    return spent(meeting.clock, max(since, began), now)
