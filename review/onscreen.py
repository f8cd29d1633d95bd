"""Where the room is: whose turn it is and which deal is on the screen, from the facts and the place in the draft."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from review.calls import closing, open_calls
from review.commitments import Commitment
from review.creation_items import Item, ItemKind, items_of
from review.events import Redone, Undone
from review.fold import Minutes
from review.meeting import Meeting
from review.people import Person
from review.recap import OwnerList, owner_lists

Place = Mapping[str, str]
"""What the draft keeps of where one is; screens choose the keys."""
AT_NUMBER: Final = "none"
"""Stands for a promise where the number under them is chosen."""


class Point(Struct, frozen=True):
    """What the room looks at."""

    scope: str
    """A section, 'lock', or 'over' once the review was locked or set aside."""
    person: str = ""
    """Whose turn it is, or whose deal it is; empty where it is nobody's."""
    deal: str = ""


def point_of(meeting: Meeting, place: Place) -> Point:
    """Say what the room looks at."""
    if meeting.locked is not None or meeting.aside:
        return Point("over")
    if meeting.section == "actions" and place.get("screen") == "lock":
        return Point("lock")
    if meeting.section == "forecast":
        turn = forecast_turn(meeting, team=place.get("forecast") == "team" and not closing(meeting).missing)
        return Point("forecast", turn.id if turn else "")
    if meeting.section == "inspection":
        record = meeting.ledger.deals.get(meeting.deal)
        return Point("inspection", record.rep, meeting.deal) if record else Point("inspection")
    if meeting.section == "creation":
        return _in_creation(meeting, asked_item(meeting, place.get("creation item", "")))
    waiting = open_calls(meeting)
    if waiting:
        return Point("actions", waiting[0].person)
    mine = reading_aloud(meeting, place.get("reads", ""))
    return Point("actions", mine.person if mine else "")


def _in_creation(meeting: Meeting, item: Item | None) -> Point:
    if item is None:
        return Point("creation")
    if item.kind is ItemKind.NUMBER:
        return Point("creation", item.id)
    return Point("creation", meeting.record(item.id).rep, item.id)


class Done(Struct, frozen=True):
    """The last thing that was decided, or taken back."""

    what: str
    at: datetime
    word: str = ""
    """'undone' or 'done again'."""


def last_done(minutes: Minutes) -> Done | None:
    """Give the last decision of a review, undo and redo among them; None before the first."""
    for batch in reversed(minutes.batches):
        for event in batch.events:
            if isinstance(event, Undone | Redone):
                return Done(event.what, batch.at, "undone" if isinstance(event, Undone) else "done again")
        if batch.decision and batch.what:
            return Done(batch.what, batch.at)
    return None


def forecast_turn(meeting: Meeting, *, team: bool) -> Person | None:
    """Give whose turn it is in Forecast; nobody's while the `team`'s page shows."""
    order = meeting.turn_order
    if not order or team:
        return None
    taken = meeting.turns.get("forecast", "")
    return next((person for person in order if person.id == taken), order[0])


def asked_promise(meeting: Meeting, due: Sequence[Commitment], chosen: str) -> Commitment | None:
    """Give the promise that is asked: the one gone to, else the first without a verdict; none at the number."""
    if chosen == AT_NUMBER:
        return None
    gone_to = next((promise for promise in due if promise.id == chosen), None)
    return gone_to or next((promise for promise in due if promise.id not in meeting.verdicts), None)


def asked_item(meeting: Meeting, chosen: str) -> Item | None:
    """Give what Creation asks: the chosen item, by its place, else the first that is open."""
    items = [item for item in items_of(meeting) if item.aloud]
    found = next((item for item in items if item.place == chosen), None)
    return found or next((item for item in items if not item.done), None)


def readers(meeting: Meeting) -> tuple[OwnerList, ...]:
    """Give the lists that are read in the room; for somebody outside the team the manager reads."""
    return tuple(mine for mine in owner_lists(meeting) if not waits(meeting, mine.person))


def waits(meeting: Meeting, owner: str) -> bool:
    """Tell whether an owner's list waits a week: somebody of the team who is not here."""
    person = meeting.person(owner)
    return person is not None and (person.carries or person.manager) and not meeting.is_present(owner)


def reading_aloud(meeting: Meeting, back: str) -> OwnerList | None:
    """Give whose list is read: that of the owner gone back to, else of the first who was not heard."""
    lists = readers(meeting)
    found = next((mine for mine in lists if mine.person == back), None)
    return found or next((mine for mine in lists if mine.person not in meeting.heard), None)
