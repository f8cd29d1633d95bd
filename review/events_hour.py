"""Events of the desk and of the course of the hour."""

from datetime import date, datetime

from review.event import Event
from review.people import Person
from review.queue import Slot
from review.records import Call
from review.settings import SectionId, Settings


class Imported(Event, frozen=True, kw_only=True, tag="imported"):
    """An export was read in."""

    export: str
    day: date
    source: str = ""
    rows: int = 0


class ImportTakenBack(Event, frozen=True, kw_only=True, tag="import taken back"):
    """The last import was undone."""

    export: str


class CallsRead(Event, frozen=True, kw_only=True, tag="calls read"):
    """Calls that were stated earlier were read in from a file."""

    calls: tuple[Call, ...]
    source: str = ""


class Started(Event, frozen=True, kw_only=True, tag="started"):
    """The review began; everything it stands on is pinned here."""

    review: str
    day: date
    settings: Settings
    present: tuple[str, ...]
    queue: tuple[Slot, ...]
    beyond: tuple[Slot, ...] = ()
    away: tuple[Slot, ...] = ()
    """What would have been opened of those who are absent; next week these rank as skipped."""
    focus: str = ""
    cycle_weeks: int | None = None
    desk: int = 0
    """How many batches of the desk it stands on."""
    lock: str = ""
    """Id of the last held review."""
    export: str = ""
    planned_start: datetime | None = None
    speed: int = 1


class SectionEntered(Event, frozen=True, kw_only=True, tag="section entered"):
    """The room moved to a section."""

    section: SectionId


class TurnTaken(Event, frozen=True, kw_only=True, tag="turn taken"):
    """A person's turn began in Forecast, Creation or Actions."""

    section: SectionId
    person: str


class DealOpened(Event, frozen=True, kw_only=True, tag="deal opened"):
    """A deal's card was put on the screen."""

    deal: str


class Paused(Event, frozen=True, kw_only=True, tag="paused"):
    """The section's clock was stopped."""


class Resumed(Event, frozen=True, kw_only=True, tag="resumed"):
    """The section's clock runs again."""


class LengthsSet(Event, frozen=True, kw_only=True, tag="lengths set"):
    """Minutes were moved between sections, or the end was moved."""

    lengths: dict[str, int]
    """Section to seconds."""
    end_moves: int = 0
    why: str = ""


class GapFound(Event, frozen=True, kw_only=True, tag="gap found"):
    """The program or the machine was away for more than a minute."""

    first: datetime
    last: datetime


class GapAnswered(Event, frozen=True, kw_only=True, tag="gap answered"):
    """The manager said whether the gap counts."""

    first: datetime
    counts: bool


class PresenceSet(Event, frozen=True, kw_only=True, tag="presence set"):
    """Somebody came or left."""

    person: str
    present: bool
    slots: tuple[Slot, ...] = ()
    """The deals that came with them into the queue, or left it with them."""


class QueueChanged(Event, frozen=True, kw_only=True, tag="queue changed"):
    """The manager added, removed or reordered deals."""

    queue: tuple[Slot, ...]
    what: str


class PersonAdded(Event, frozen=True, kw_only=True, tag="person added"):
    """Somebody was added on the spot by name."""

    person: Person
