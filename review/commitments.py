"""What people promised: next steps and actions, one list, one verdict (method, sections 3 and 9)."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Verdict(StrEnum):
    """What became of a promise that fell due."""

    DONE = "done"
    BUYER = "the buyer did it"
    MOVED = "moved"
    NOT_DONE = "not done"
    NOT_NEEDED = "no longer needed"


class Origin(StrEnum):
    """Where a commitment came from."""

    STEP = "next step"
    ACTION = "action"
    OFFLINE = "offline session"
    PARKED = "complete the next step"
    CRM = "set it in the CRM"
    WITHOUT = "deals without a step"
    HELP = "help asked of the manager"
    NUMBER = "number for the week"
    CAUSE = "one cause"
    PLAN = "plan for the gap"


class Standing(StrEnum):
    """Whether a commitment still binds somebody, and if not, why."""

    OPEN = "open"
    DONE = "done"
    BUYER = "the buyer did it"
    NOT_DONE = "not done"
    NOT_NEEDED = "no longer needed"
    REPLACED = "replaced by a new step"
    DROPPED = "dropped"


class Judged(StrEnum):
    """How a promise counts in the kept rate; a promise counts once."""

    NOT_YET = ""
    KEPT = "kept"
    NOT_KEPT = "not kept"
    APART = "apart"
    """No longer needed, dropped or replaced: in no rate."""


QUIET = frozenset({Origin.CRM, Origin.WITHOUT})
"""Origins that are not read aloud, and that the method keeps outside the kept rate."""


class Commitment(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One promise: a text, one owner, one date."""

    id: str
    text: str
    """As typed, with `@` and `!`; exports write it without the two signs."""
    owner: str
    """Person id of whoever made the promise, not of who owns the deal now."""
    due: date
    first_due: date
    made: date
    review: str
    """The review it was made in; empty for a step made at the desk."""
    origin: Origin = Origin.ACTION
    deal: str = ""
    deals: tuple[str, ...] = ()
    """The deals that an owner's collecting commitment names."""
    customers: tuple[str, ...] = ()
    agreed: bool = False
    standing: Standing = Standing.OPEN
    closed_on: date | None = None
    carried: int = 0
    """How often a due date passed and got a new one."""
    early_moves: int = 0
    """Moves on a day before the due date."""
    judged: Judged = Judged.NOT_YET
    judged_in: str = ""
    """The review at whose lock it counts."""
    why: str = ""
    """Why it was dropped or not kept; for one cause of many deals, the cause that it is to mend."""
    done_early: bool = False
    let_go: bool = False
    """Not done, and no new date was given: a new step ends it, or the next number for the week."""
    amount: str = ""
    """For a number for the week: the pipeline promised, a decimal."""
    meetings: int = 0

    @property
    def is_open(self) -> bool:
        """Tell whether it still binds its owner."""
        return self.standing is Standing.OPEN

    @property
    def in_rate(self) -> bool:
        """Tell whether the kept rate counts it."""
        return self.origin not in QUIET

    @property
    def aloud(self) -> bool:
        """Tell whether its owner reads it in Actions."""
        return self.origin not in QUIET

    @property
    def ours_only(self) -> bool:
        """Tell whether it is a next step with nobody at the customer."""
        return self.origin is Origin.STEP and not self.customers

    def is_due(self, day: date) -> bool:
        """Tell whether it fell due before the review's day; the day itself is asked next time."""
        return self.is_open and self.due < day
