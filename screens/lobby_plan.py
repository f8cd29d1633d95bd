"""What the next review would begin with: what stands, who is here, and the queue with the manager's changes."""

from collections.abc import Collection
from datetime import date

from review.people import Person, display_names
from review.ports import Standing
from review.queue import Plan
from review.queue_edits import Edit, addable, edited, found_by
from review.standing import active_by_rep
from review.start import expected, plan, room_of
from review.truth import effective


class Planning:
    """Keeps presence and the manager's steps while what stands changes under them."""

    def __init__(self, today: date) -> None:
        """Plan for a day."""
        self.today = today
        self.standing: Standing | None = None
        self.present: tuple[str, ...] = ()
        self.plan = Plan()
        self.active: dict[str, int] = {}
        """Person id to active deals."""
        self.edits: tuple[Edit, ...] = ()
        self._here: dict[str, bool] = {}

    @property
    def has_deals(self) -> bool:
        """Whether an export was read in."""
        return self.standing is not None and bool(self.standing.ledger.export)

    @property
    def room(self) -> tuple[Person, ...]:
        """Everybody who may be here."""
        return room_of(self.standing.settings, self.today) if self.standing is not None else ()

    def stand_on(self, standing: Standing) -> None:
        """Plan anew on what stands now."""
        self.standing = standing
        self._plan()

    def be_here(self, here: Collection[str]) -> None:
        """Plan for those who are here."""
        self._here = {person.id: person.id in here for person in self.room}
        self._plan()

    def edit(self, edits: tuple[Edit, ...]) -> None:
        """Take the manager's steps."""
        self.edits = edits
        self._plan()

    def _plan(self) -> None:
        if self.standing is not None and self.has_deals:
            usual = expected(self.standing.settings, self.today)
            self.present = tuple(p.id for p in self.room if self._here.get(p.id, p.id in usual))
            self.plan = self.replay(self.edits)
            self.active = active_by_rep(self.standing.ledger, self.standing.settings, self.today)

    def replay(self, edits: tuple[Edit, ...]) -> Plan:
        """Give the queue with steps done on it."""
        if self.standing is None:
            return Plan()
        ledger, settings = self.standing.ledger, self.standing.settings
        planned = self.standing.planned
        if planned is None or self.present != expected(settings, self.today):
            planned = plan(ledger, settings, self.today, self.present)
        return edited(planned, edits, ledger, settings, self.present)

    def find(self, text: str, queue: Plan) -> tuple[tuple[str, str], ...]:
        """Find the deals that a text may mean and that may be put in; each an id, and its title with the rep."""
        if self.standing is None:
            return ()
        ledger, settings = self.standing.ledger, self.standing.settings
        names = display_names(settings.people)
        found = found_by(text, addable(queue, ledger, settings, self.today, self.present), ledger)
        records = ((ident, ledger.deals[ident]) for ident in found)
        return tuple((ident, f"{effective(one).title}, {names.get(one.rep, one.rep)}") for ident, one in records)
