"""The state of a running review: a pure fold over its minutes."""

from datetime import date

from msgspec import Struct

from review.clock import ClockFacts
from review.commitments import Commitment
from review.deals import Deal, Status
from review.events import Locked
from review.people import Person, display_names
from review.queue import Slot
from review.records import Call, DealRecord, Exit, Ledger
from review.settings import SectionId, Settings
from review.truth import effective

NOT_HERE = "not in this export"
"""How a queued deal leaves that an import in the middle of the review does not have."""


class Left(Struct, frozen=True):
    """How a deal left inspection in this review."""

    exit: Exit
    words: str
    seconds: int = 0


class Visit(Struct, frozen=True):
    """A stretch of time that a deal stood on the screen; open where `last` is empty."""

    deal: str
    first: str
    """ISO instant in UTC."""
    last: str = ""


class Meeting(Struct, frozen=True, kw_only=True):
    """Everything that the screens of a running review show, but for what the clock derives."""

    review: str
    day: date
    settings: Settings
    opening: Ledger
    """As things stood at the start; the call after the room compares with it."""
    ledger: Ledger
    clock: ClockFacts
    present: tuple[str, ...]
    queue: tuple[Slot, ...]
    beyond: tuple[Slot, ...] = ()
    away: tuple[Slot, ...] = ()
    focus: str = ""
    cycle_weeks: int | None = None
    section: SectionId = "forecast"
    deal: str = ""
    """The deal whose card is on the screen."""
    turns: dict[str, str] = {}
    """Section to the person whose turn it is."""
    turn_began: str = ""
    """When the last turn in any section began, an ISO instant in UTC."""
    left: dict[str, Left] = {}
    """Deals that left inspection, in the order in which they did."""
    visits: tuple[Visit, ...] = ()
    calls: dict[str, Call] = {}
    """Person id to the call stated today."""
    next_calls: dict[str, Call] = {}
    """Person id to the call stated today for the period after the running one."""
    numbers: dict[str, str] = {}
    """Person id to the commitment that is the number for the week."""
    verdicts: dict[str, str] = {}
    """Commitments judged today, id to the verdict's word."""
    heard: tuple[str, ...] = ()
    worth_copying: str = ""
    opened: tuple[str, ...] = ()
    """Deals whose card was opened today, in order."""
    told_today: tuple[str, ...] = ()
    early: dict[str, str] = {}
    """Deals that left commit or were ended by their rep's own word today, with the words."""
    locked: Locked | None = None
    at_lock: Ledger | None = None
    """The ledger as the lock found it, before it was frozen; what happened 'since the last lock' is read from it."""
    aside: bool = False
    amendments: tuple[str, ...] = ()

    @property
    def since(self) -> Ledger:
        """The ledger that still knows the lock before this review."""
        return self.ledger if self.at_lock is None else self.at_lock

    def record(self, deal: str) -> DealRecord:
        """Give the record of a deal; raises KeyError for an unknown one."""
        return self.ledger.deals[deal]

    def effective(self, deal: str) -> Deal:
        """Give the deal as the review sees it."""
        return effective(self.ledger.deals[deal])

    def step(self, deal: str) -> Commitment | None:
        """Give the open next step of a deal."""
        step = self.ledger.commitments.get(self.ledger.deals[deal].step)
        return step if step is not None and step.is_open else None

    def person(self, person: str) -> Person | None:
        """Give a person by id."""
        return next((known for known in self.settings.people if known.id == person), None)

    def name(self, person: str) -> str:
        """Give the short clear name of a person, or the id where nobody has it."""
        return display_names(self.settings.people).get(person, person)

    def is_present(self, person: str) -> bool:
        """Tell whether somebody is in the room."""
        return person in self.present

    def is_away(self, person: str) -> bool:
        """Tell whether somebody of the team is not in the room; whoever is not of the team is not missed."""
        return self.person(person) is not None and person not in self.present

    @property
    def slot(self) -> Slot | None:
        """The queue's entry of the deal on the screen."""
        return next((slot for slot in (*self.queue, *self.beyond) if slot.deal == self.deal), None)

    @property
    def to_go(self) -> tuple[Slot, ...]:
        """The queued deals that have not left inspection yet."""
        return tuple(slot for slot in self.queue if slot.deal not in self.left)

    @property
    def due(self) -> tuple[Commitment, ...]:
        """Commitments that fell due before today or were judged today, often carried ones first, then the earliest.

        Collecting commitments end by themselves and are not asked. The others stand in the order in which they fell
        due: a verdict moves none of them.
        """
        found = [
            c
            for c in self.ledger.commitments.values()
            if (c.aloud and c.is_due(self.day) and c.made < self.day) or c.id in self.verdicts
        ]
        return tuple(sorted(found, key=self._due_order))

    def _due_order(self, commitment: Commitment) -> tuple[int, date, str]:
        was = self.opening.commitments.get(commitment.id) or commitment
        return (-was.carried, was.due, was.id)

    def due_of(self, person: str) -> tuple[Commitment, ...]:
        """Give one person's commitments that fell due, with those judged today."""
        return tuple(commitment for commitment in self.due if commitment.owner == person)

    @property
    def turn_order(self) -> tuple[Person, ...]:
        """Who takes a turn in Forecast: the manager first where promises of theirs are due, then the present reps.

        Behind them stands whoever is not of the team and owes an answer: the room gives it for those who are not here.
        """
        manager = self.settings.manager
        people = [p for p in self.settings.reps if p.id in self.present and not p.manager]
        if manager is not None and (manager.carries or self.due_of(manager.id)):
            people.insert(0, manager)
        owners = {commitment.owner for commitment in self.due}
        people += [p for p in self.settings.people if not p.manager and not p.carries and p.id in owners]
        return tuple(people)

    def is_gone(self, deal: str) -> bool:
        """Tell whether a deal is closed or missing from the export."""
        record = self.ledger.deals.get(deal)
        return record is None or record.missing_since is not None or effective(record).status is not Status.OPEN
