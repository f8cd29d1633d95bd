"""What the next review would begin with: what stands, who is here, and the queue with the manager's changes."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from review.outlook import Named, Opening, Outlook, deals_of, named
from review.people import Person, display_names
from review.ports import Standing
from review.queue import Plan
from review.start import expected, plan, room_of

if TYPE_CHECKING:
    from review.queue_edits import Edit

# What changes a queue is loaded when somebody does.


class Planning:
    """Keeps presence and the manager's steps while what stands changes under them."""

    def __init__(self, today: date, read: Callable[[], Standing]) -> None:
        """Plan for a day; `read` gives all that stands, and is asked where what the lobby shows is not enough."""
        self.today = today
        self.opening: Opening | None = None
        self.present: tuple[str, ...] = ()
        self.plan = Plan()
        self.edits: tuple[Edit, ...] = ()
        self._read = read
        self._outlook: Outlook | None = None
        self._standing: Standing | None = None
        self._here: dict[str, bool] = {}

    @property
    def outlook(self) -> Outlook | None:
        """What the lobby says of what stands; None before that was read."""
        return self._outlook

    @property
    def has_deals(self) -> bool:
        """Whether an export was read in."""
        return self._outlook is not None and bool(self._outlook.export)

    @property
    def room(self) -> tuple[Person, ...]:
        """Everybody who may be here."""
        return room_of(self._outlook.settings, self.today) if self._outlook is not None else ()

    @property
    def named(self) -> Mapping[str, Named]:
        """Deals of the queue by id, as a line says them."""
        known = self._outlook.named if self._outlook is not None else {}
        deals = deals_of(self.plan)
        if self._standing is None or all(ident in known for ident in deals):
            return known
        return named(deals, self._standing.ledger)

    def open_on(self, opening: Opening) -> None:
        """Plan anew on what stands now. Raises CloseoutError."""
        self.opening, self._outlook, self._standing = opening, opening.outlook, None
        self._plan()

    def whole(self) -> Standing:
        """Give all that stands, read once. Raises CloseoutError."""
        if self._standing is None:
            self._standing = self._read()
            if self._standing.outlook is not None and self._standing.outlook != self._outlook:
                # Something came since the lobby was opened: the queue is of what is read now.
                self._outlook = self._standing.outlook
                self._plan()
        return self._standing

    def be_here(self, here: Collection[str]) -> None:
        """Plan for those who are here. Raises CloseoutError."""
        self._here = {person.id: person.id in here for person in self.room}
        self._plan()

    def edit(self, edits: "tuple[Edit, ...]") -> None:
        """Take the manager's steps. Raises CloseoutError."""
        self.edits = edits
        self._plan()

    def _plan(self) -> None:
        if self._outlook is not None and self.has_deals:
            usual = expected(self._outlook.settings, self.today)
            self.present = tuple(p.id for p in self.room if self._here.get(p.id, p.id in usual))
            self.plan = self.replay(self.edits)

    def replay(self, edits: "tuple[Edit, ...]") -> Plan:
        """Give the queue with steps done on it. Raises CloseoutError."""
        planned = self._planned()
        if planned is not None and not edits:
            return planned
        from review.queue_edits import edited

        standing = self.whole()
        ledger, settings = standing.ledger, standing.settings
        planned = self._planned() or plan(ledger, settings, self.today, self.present)
        return edited(planned, edits, ledger, settings, self.present)

    def _planned(self) -> Plan | None:
        """Give the queue that is known already, where it is for those who are here."""
        if self._outlook is None or self.present != expected(self._outlook.settings, self.today):
            return None
        return self._outlook.planned

    def find(self, text: str, queue: Plan) -> tuple[tuple[str, str], ...]:
        """Find the deals that a text may mean and that may be put in; each an id, and its title with the rep."""
        from review.queue_edits import addable, found_by
        from review.truth import effective

        standing = self.whole()
        ledger, settings = standing.ledger, standing.settings
        names = display_names(settings.people)
        found = found_by(text, addable(queue, ledger, settings, self.today, self.present), ledger)
        records = ((ident, ledger.deals[ident]) for ident in found)
        return tuple((ident, f"{effective(one).title}, {names.get(one.rep, one.rep)}") for ident, one in records)
