"""What is remembered of a deal from review to review, and of the team: the ledger that a lock freezes."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from sys import intern
from typing import Literal

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from review.commitments import Commitment
from review.deals import Category, Cause, Deal, Ending, EndReason, Mark
from review.evidence import Confirmation, Paper
from review.held import Exit as Exit
from review.held import LockRow as LockRow
from review.held import Opened as Opened
from review.past import Past
from review.people import Person
from review.pinned import Pinned
from review.scored import GapPlan, PeriodWon, Picks, Verified
from review.settled import Box, Deals, Settled
from review.stated import Call as Call
from review.stated import Written as Written
from review.stays import Slip as Slip
from review.stays import Stay as Stay

DecidedField = Literal["category", "close_date", "amount", "stage"]


class Decision(Struct, frozen=True, kw_only=True, gc=False):
    """A value that a review decided and that holds over the CRM's until an export agrees or differs (method, 2)."""

    field: DecidedField
    value: str
    """Text form: ISO date, decimal, stage name or category; empty for none."""
    crm_then: str
    """The CRM's value when it was decided."""
    review: str
    day: date
    by_rule: bool = False
    earlier: tuple[str, ...] = ()
    """Values decided before; an export that shows one of them is no third value."""


class Ended(Struct, frozen=True, kw_only=True, gc=False):
    """How a review ended a deal."""

    kind: Ending
    reason: EndReason | None
    review: str
    day: date
    lesson: str = ""
    agreed: bool = False
    """Whether an export has shown it since."""
    category_then: Category = Category.PIPELINE


class MarkSet(Struct, frozen=True, gc=False):
    """One qualification mark, answered on a day."""

    yes: bool
    on: date


class Note(Struct, frozen=True, gc=False):
    """An answer to one of the questions of the card."""

    question: str
    text: str
    on: date


class AtLock(Struct, frozen=True, kw_only=True, gc=False):
    """The effective values of a deal at a lock; the bridge and every 'since' compare with them."""

    day: date
    open: bool
    category: Category
    amount: Decimal | None
    close_date: date | None
    stage: str
    owner: str
    in_export: bool = True
    closed: bool = False
    """Won, lost or a duplicate by then: not merely missing."""
    next_step: str = ""
    """The CRM's own; another text later is new since this lock."""
    from_exports: bool = False
    """Whether it is no lock but an export of before the first review."""

    def __post_init__(self) -> None:
        """Share the words, which stand at thousands of deals."""
        for name in ("stage", "owner", "next_step"):
            force_setattr(self, name, intern(getattr(self, name)))

    @property
    def was_in_commit(self) -> bool:
        """Tell whether the deal stood in commit at a held review."""
        return self.open and self.category is Category.COMMIT and not self.from_exports


class Movement(Struct, frozen=True, gc=False):
    """The latest thing that counts as movement, in words."""

    on: date
    what: str
    buyer: bool = False
    from_crm: bool = False
    """Shown with `~`."""


ChangedField = Literal["close_date", "amount", "stage", "category", "owner", "status", "next_step", "cause"]
"""Spelled out, so that ten thousand changes share one text."""


class Change(Struct, frozen=True, kw_only=True, gc=False):
    """One difference between two pictures of a deal, for 'since 16 Nov' and the story of a deal."""

    field: ChangedField
    frm: str
    to: str
    on: date
    cause: Cause | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Share the words: stages, steps and days stand in thousands of changes."""
        force_setattr(self, "frm", intern(self.frm))
        force_setattr(self, "to", intern(self.to))


class DealRecord(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Everything known of one deal."""

    crm: Deal
    """The row of the last export that had it."""
    rep: str = ""
    """Person id of the owner, empty where the owner is nobody of the team."""
    first_seen: date
    from_exports: bool = False
    """Whether figures of this deal rest on baselines rather than held reviews."""
    missing_since: date | None = None
    """Day of the export that did not have it any more."""
    vanished: str = ""
    """The answer to 'where did it go': won, lost, filtered out, deleted, later."""
    decisions: tuple[Decision, ...] = ()
    ended: Ended | None = None
    lock: AtLock | None = None
    """As it stood at the last lock; None for a deal first seen since."""
    stage_since: date
    stage_since_known: bool = False
    """False where the age began at first sight and is shown as '≥ 9 days'."""
    pushes: int = 0
    """Net moves of the close date to a later day, between locks; pull-ins never subtract, and closing moves nothing."""
    past_pushes: int = 0
    """Those of them that only exports of before the first review show, up to its lock."""
    first_close: date | None = None
    """The close date at the first lock that knew it; the first day there is where it was closed by then."""
    history: tuple[Change, ...] = ()
    last_opened: date | None = None
    """The day of the last held review that opened it."""
    locks_unopened: int = 0
    """Held reviews in a row, its rep present or not, that did not open it."""
    last_exit: Exit | None = None
    """How it left the last held review, where it was in its queue."""
    skipped: bool = False
    """It stood in the last plan and its rep was absent."""
    parks: int = 0
    """Parked this often in a row."""
    step: str = ""
    """Id of the commitment that is its current next step."""
    step_in_writing: bool = False
    own_steps: int = 0
    """Next steps with nobody at the customer, in a row."""
    marks: dict[Mark, MarkSet] = {}
    confirmation: Confirmation | None = None
    paper: Paper | None = None
    evidence_told: date | None = None
    """When its rep was told that it leaves commit without evidence."""
    notes: tuple[Note, ...] = ()
    movement: Movement | None = None
    buyer_movement: Movement | None = None
    named: tuple[tuple[str, date], ...] = ()
    """People at the customer named in steps and marks, with the day."""
    stay: Stay | None = None
    exception: str = ""
    """The printed reason of an exception granted in the running review."""
    loss_lesson: str = ""
    loss_reason: EndReason | None = None
    """Given in Creation for a deal that the CRM shows as lost."""
    vanished_on: date | None = None
    verified: Verified | None = None
    """The manager's verification as a commit deal, while its values stand."""
    returned: bool = False
    """It had vanished and the last export has it again."""
    first_lost: date | None = None
    """Day of the first export that showed it lost."""
    lost_at_first: bool = False
    """Whether it was lost already when it was first seen."""
    born_checked: bool = False
    """New deals: whether the three marks were given in the room."""
    inherited: tuple[str, date] | None = None
    """The owner before and when it changed."""


class Ledger(Struct, frozen=True, kw_only=True, rename={"current": "deals"}):
    """All that the next review stands on: deals, commitments, calls and a row per lock.

    `deals` is every deal there is. What only concerns open ones, and those that closed since the last lock, looks at
    `current`: nothing has to be read for it.
    """

    current: dict[str, DealRecord] = {}
    """Deals that are not settled."""
    commitments: dict[str, Commitment] = {}
    calls: tuple[Call, ...] = ()
    locks: tuple[LockRow, ...] = ()
    added: tuple[Person, ...] = ()
    """People added on the spot in a review."""
    roster: tuple[Person, ...] = ()
    """People of the list that was read in last."""
    export: str = ""
    """Id of the export it rests on."""
    export_day: date | None = None
    export_source: str = ""
    export_rows: int = 0
    export_read_at: str = ""
    columns: tuple[str, ...] = ()
    began: date | None = None
    """Day of the first export that was read in as one to review; what is older is the past."""
    past: Past = Past()
    lock_export_day: date | None = None
    """Day of the export on which the last lock stood."""
    won: tuple[PeriodWon, ...] = ()
    """What each period brought, frozen 30 days after its end."""
    picks: tuple[Picks, ...] = ()
    """Likely slips and pull-ins chosen at the forecast call, oldest first."""
    factor: Decimal = Decimal(1)
    """The manager's for the historical forecast."""
    plan: GapPlan | None = None
    """The manager's for the gap, written at the forecast call."""
    pinned: Pinned | None = None
    """The thresholds of the last held review."""
    written: dict[str, Written] = {}
    """Person id to what was answered in writing since the last lock."""
    told: dict[str, date] = {}
    """Deals that stood with their reason on their rep's sheet since the last lock, with the day it was made."""
    third_values: tuple[str, ...] = ()
    """Sentences of 'review said 8 Jan, CRM now 15 Jan', shown once."""
    settled: Settled = Settled()
    """Deals that are closed and agreed, each box by the lock after which nothing was left to happen to them."""

    @property
    def deals(self) -> Mapping[str, DealRecord]:
        """Every deal by its id, those that are settled last."""
        return Deals(self.current, self.settled, self.locks) if self.settled.boxes else self.current

    def closing(self, first: date, last: date) -> Mapping[str, DealRecord]:
        """Give the deals among which everything is that closed from `first` to `last`, both included."""
        return self._with_boxes(lambda box: box.closed_within(first, last))

    def touched(self, since: date) -> Mapping[str, DealRecord]:
        """Give the deals among which everything is that changed or closed on a day or after it."""
        return self._with_boxes(lambda box: box.day >= since or (box.last is not None and box.last >= since))

    def _with_boxes(self, wanted: Callable[[Box], bool]) -> Mapping[str, DealRecord]:
        return Deals(self.current, self.settled.only(wanted), self.locks) if self.settled.boxes else self.current

    def with_deals(self, changed: Mapping[str, DealRecord]) -> "Ledger":
        """Put records in; a settled deal that changes is settled no more."""
        return replace(self, current={**self.current, **changed}, settled=self.settled.without(changed))

    def in_full(self) -> "Ledger":
        """Give the ledger with every deal read, for what changes any of them. Raises CloseoutError."""
        return replace(self, current=dict(self.deals.items()), settled=Settled()) if self.settled.boxes else self

    @property
    def held(self) -> int:
        """How many reviews were locked."""
        return len(self.locks)

    @property
    def last_lock(self) -> LockRow | None:
        """The last held review."""
        return self.locks[-1] if self.locks else None
