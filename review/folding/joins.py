"""How a meeting goes on when a vanished deal turns out to be a new one (method, section 2, “The same deal”)."""

from datetime import datetime

from msgspec.structs import replace

from review import events as e
from review.folding.register import folds
from review.meeting import NOT_HERE, Left, Meeting
from review.queue import Slot
from review.renaming import joined


@folds(e.DealJoined)
def _joined(meeting: Meeting, event: e.DealJoined, at: datetime) -> Meeting:  # noqa: ARG001
    old, new = event.old, event.new
    if not {old, new} <= meeting.ledger.deals.keys():
        return meeting
    names = {old: new}
    return replace(
        meeting,
        opening=joined(meeting.opening, old, new, meeting.settings),
        ledger=joined(meeting.ledger, old, new, meeting.settings),
        queue=_slots(meeting.queue, old, new),
        beyond=_slots(meeting.beyond, old, new),
        away=_slots(meeting.away, old, new),
        left=_left(meeting, old, new),
        visits=tuple(replace(visit, deal=names.get(visit.deal, visit.deal)) for visit in meeting.visits),
        opened=tuple(dict.fromkeys(names.get(deal, deal) for deal in meeting.opened)),
        early={names.get(deal, deal): words for deal, words in meeting.early.items()},
        deal=names.get(meeting.deal, meeting.deal),
    )


def _slots(slots: tuple[Slot, ...], old: str, new: str) -> tuple[Slot, ...]:
    """Give the slots with the deal under its new id, once."""
    named = (replace(slot, deal=new) if slot.deal == old else slot for slot in slots)
    return tuple({slot.deal: slot for slot in reversed(tuple(named))}.values())[::-1]


def _left(meeting: Meeting, old: str, new: str) -> dict[str, Left]:
    """Leave the exit that people decided; that the deal was missing is none, it is here again."""
    left = {deal: how for deal, how in meeting.left.items() if deal != old}
    was = meeting.left.get(old)
    return left if was is None or was.words == NOT_HERE or new in left else {**left, new: was}
