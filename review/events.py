"""The facts of a review, as they stand in its minutes; `apply` folds them, `decide` alone makes them.

An event says what was decided and on which facts, so that a later version folds the same history without any rule.
"""

from datetime import datetime

from msgspec import Struct

from review.events_deal import (
    CauseGiven as CauseGiven,
)
from review.events_deal import (
    ClosedOut as ClosedOut,
)
from review.events_deal import (
    DealChanged as DealChanged,
)
from review.events_deal import (
    DealEnded as DealEnded,
)
from review.events_deal import (
    DealJoined as DealJoined,
)
from review.events_deal import (
    Dropped as Dropped,
)
from review.events_deal import (
    EvidenceGiven as EvidenceGiven,
)
from review.events_deal import (
    ExceptionGranted as ExceptionGranted,
)
from review.events_deal import (
    LossExplained as LossExplained,
)
from review.events_deal import (
    MarkGiven as MarkGiven,
)
from review.events_deal import (
    MarksSettled as MarksSettled,
)
from review.events_deal import (
    Noted as Noted,
)
from review.events_deal import (
    Parked as Parked,
)
from review.events_deal import (
    StepGiven as StepGiven,
)
from review.events_deal import (
    TakenOffline as TakenOffline,
)
from review.events_deal import (
    VanishedAnswered as VanishedAnswered,
)
from review.events_desk import (
    BaselineRead as BaselineRead,
)
from review.events_desk import (
    ColumnsConfirmed as ColumnsConfirmed,
)
from review.events_desk import (
    DealVerified as DealVerified,
)
from review.events_desk import (
    FactorSet as FactorSet,
)
from review.events_desk import (
    PicksChosen as PicksChosen,
)
from review.events_desk import (
    PlanWritten as PlanWritten,
)
from review.events_desk import (
    RosterRead as RosterRead,
)
from review.events_desk import (
    TeamCallStated as TeamCallStated,
)
from review.events_hour import (
    CallsRead as CallsRead,
)
from review.events_hour import (
    DealOpened as DealOpened,
)
from review.events_hour import (
    GapAnswered as GapAnswered,
)
from review.events_hour import (
    GapFound as GapFound,
)
from review.events_hour import (
    Imported as Imported,
)
from review.events_hour import (
    ImportTakenBack as ImportTakenBack,
)
from review.events_hour import (
    LengthsSet as LengthsSet,
)
from review.events_hour import (
    Paused as Paused,
)
from review.events_hour import (
    PersonAdded as PersonAdded,
)
from review.events_hour import (
    PresenceSet as PresenceSet,
)
from review.events_hour import (
    QueueChanged as QueueChanged,
)
from review.events_hour import (
    Resumed as Resumed,
)
from review.events_hour import (
    SectionEntered as SectionEntered,
)
from review.events_hour import (
    Started as Started,
)
from review.events_hour import (
    TurnTaken as TurnTaken,
)
from review.events_people import (
    Amended as Amended,
)
from review.events_people import (
    CallStated as CallStated,
)
from review.events_people import (
    CallTaken as CallTaken,
)
from review.events_people import (
    CommitmentDropped as CommitmentDropped,
)
from review.events_people import (
    CommitmentMended as CommitmentMended,
)
from review.events_people import (
    Committed as Committed,
)
from review.events_people import (
    Exported as Exported,
)
from review.events_people import (
    Heard as Heard,
)
from review.events_people import (
    Locked as Locked,
)
from review.events_people import (
    Redone as Redone,
)
from review.events_people import (
    SetAside as SetAside,
)
from review.events_people import (
    StayJudged as StayJudged,
)
from review.events_people import (
    Undone as Undone,
)
from review.events_people import (
    VerdictGiven as VerdictGiven,
)
from review.events_people import (
    WorthCopying as WorthCopying,
)
from review.events_sheets import (
    AnswersTaken as AnswersTaken,
)
from review.events_sheets import (
    SheetsMade as SheetsMade,
)

Fact = (
    Imported | ImportTakenBack | Started | SectionEntered | TurnTaken | DealOpened | Paused | Resumed | LengthsSet
    | GapFound | GapAnswered | PresenceSet | QueueChanged | PersonAdded | VerdictGiven | Committed | CommitmentMended
    | CommitmentDropped | CallStated | CallTaken | Noted | MarkGiven | EvidenceGiven | DealChanged | ExceptionGranted
    | ClosedOut | StepGiven | DealEnded | TakenOffline | Parked | Dropped | LossExplained | VanishedAnswered
    | MarksSettled | Heard | WorthCopying | Locked | Amended | SetAside | Undone | Redone | Exported | CallsRead
    | DealVerified | PicksChosen | TeamCallStated | FactorSet | PlanWritten | DealJoined
    | CauseGiven | ColumnsConfirmed | RosterRead | SheetsMade | AnswersTaken | BaselineRead
)  # fmt: skip


class Batch(Struct, frozen=True, kw_only=True):
    """What one intent wrote: one write, one file, taken back as a whole."""

    id: str
    at: datetime
    """Aware, UTC; serves minutes and seconds only."""
    events: tuple[Fact, ...]
    decision: bool = False
    """Whether undo takes it back; navigation, clock, presence and rules are no decisions."""
    what: str = ""
    """What was done, in words, for undo and the timeline: 'closed out Northwind'."""
