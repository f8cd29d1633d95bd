"""The meeting that nobody sits in: what stands, as the deciders of the room see it, for answers given in writing."""

from datetime import UTC, date, datetime, time

from review import clock_facts
from review.meeting import Meeting
from review.records import Ledger
from review.settings import Settings


def desk_meeting(ledger: Ledger, settings: Settings, day: date) -> Meeting:
    """Give a meeting on what stands, on a day, with nobody present and no review's name."""
    at = datetime.combine(day, time(), UTC)
    return Meeting(
        review="",
        day=day,
        settings=settings,
        opening=ledger,
        ledger=ledger,
        clock=clock_facts.started(at, settings.sections),
        present=(),
        queue=(),
    )
