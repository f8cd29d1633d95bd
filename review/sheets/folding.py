"""How answers given in writing change what stands: by the same fold as those of the room."""

from msgspec.structs import replace

from review.events import AnswersTaken, Batch, CallStated
from review.folding.apply import apply
from review.records import Ledger
from review.settings import Settings
from review.sheets.desk_meeting import desk_meeting
from review.stated import Written


def fold_answers(ledger: Ledger, batch: Batch, settings: Settings) -> Ledger:
    """Give the ledger with a batch of answers; its first event says whose they are."""
    first = batch.events[0]
    assert isinstance(first, AnswersTaken)
    meeting = desk_meeting(ledger, settings, first.day)
    for event in batch.events[1:]:
        meeting = apply(meeting, event, batch.at)
    calls = tuple(event.call for event in batch.events if isinstance(event, CallStated))
    stated = {call.person: call for call in calls if call.period <= call.day}
    following = {call.person: call for call in calls if call.period > call.day}
    written = dict(meeting.ledger.written)
    for person, lines in first.lines.items():
        known = written.get(person, Written(on=first.day))
        call = stated.get(person, known.call)
        later = following.get(person, known.next_call)
        written[person] = Written(on=first.day, lines={**known.lines, **lines}, call=call, next_call=later)
    return replace(meeting.ledger, written=written)
