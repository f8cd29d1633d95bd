"""What somebody who comes late or leaves takes along: their deals in the queue (method, section 6)."""

from msgspec.structs import replace

from review.meeting import Meeting
from review.queue import Slot

FIRST_ROUND = 2
"""The highest slot of the first round."""


def deals_to_move(meeting: Meeting, person: str, *, present: bool) -> tuple[Slot, ...]:
    """Give the slots that come with somebody, or that leave with them: those still to go."""
    if present:
        return tuple(slot for slot in meeting.away if slot.rep == person and slot.deal not in meeting.left)
    return tuple(slot for slot in meeting.to_go if slot.rep == person)


def with_presence(meeting: Meeting, person: str, *, present: bool, slots: tuple[Slot, ...]) -> Meeting:
    """Give the state after somebody came with their slots, or left with them."""
    others = tuple(one for one in meeting.present if one != person)
    moved = {slot.deal for slot in slots}
    queue = tuple(slot for slot in meeting.queue if slot.deal not in moved)
    away = tuple(slot for slot in meeting.away if slot.deal not in moved)
    if not present:
        return replace(meeting, present=others, queue=queue, away=(*away, *slots))
    return replace(meeting, present=(*others, person), queue=_with_slots(queue, slots, meeting.deal), away=away)


def _with_slots(queue: tuple[Slot, ...], slots: tuple[Slot, ...], deal: str) -> tuple[Slot, ...]:
    """Put a late rep's first deals behind the first round, or next where the second runs; third deals at the end."""
    first = tuple(slot for slot in slots if slot.number <= FIRST_ROUND)
    third = tuple(slot for slot in slots if slot.number > FIRST_ROUND)
    places = [at + 1 for at, slot in enumerate(queue) if slot.number <= FIRST_ROUND or slot.deal == deal]
    place = max(places, default=0)
    return (*queue[:place], *first, *queue[place:], *third)


def third_deals_for(meeting: Meeting, seconds: int) -> tuple[Slot, ...]:
    """Give the third deals to go that do not fit into what is left of inspection, the last ones first.

    The deal on the screen stays; first and second deals stay: time takes third deals, not people.
    """
    waiting = [slot for slot in meeting.to_go if slot.deal != meeting.deal]
    total = sum(slot.seconds for slot in waiting)
    gone: list[Slot] = []
    for slot in reversed(waiting):
        if total <= seconds:
            break
        if slot.number > FIRST_ROUND:
            gone.append(slot)
            total -= slot.seconds
    return tuple(gone)
