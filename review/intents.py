"""What somebody at the keyboard wants; `decide` answers each with events or a refusal."""

from datetime import date, datetime

from msgspec import Struct

from review.commitments import Origin, Verdict
from review.deals import Cause, Ending, EndReason, Mark
from review.records import DecidedField
from review.settings import SectionId


class Intent(Struct, frozen=True, kw_only=True):
    """Anything that somebody may want."""


class EnterSection(Intent, frozen=True, kw_only=True):
    """Go to a section."""

    section: SectionId


class TakeTurn(Intent, frozen=True, kw_only=True):
    """Give the turn in a section to a person."""

    section: SectionId
    person: str


class OpenDeal(Intent, frozen=True, kw_only=True):
    """Put a deal's card on the screen."""

    deal: str


class Pause(Intent, frozen=True, kw_only=True):
    """Stop the section's clock."""


class Resume(Intent, frozen=True, kw_only=True):
    """Let the section's clock run again."""


class SetLengths(Intent, frozen=True, kw_only=True):
    """Take a plan that moves minutes between sections or moves the end."""

    lengths: dict[str, int]
    end_moves: int = 0
    why: str = ""
    drops: tuple[str, ...] = ()
    """Third deals that the plan sends to next week."""


class ReportGap(Intent, frozen=True, kw_only=True):
    """Say that the program was away between two instants."""

    first: datetime
    last: datetime


class AnswerGap(Intent, frozen=True, kw_only=True):
    """Say whether a gap counts."""

    first: datetime
    counts: bool


class SetPresence(Intent, frozen=True, kw_only=True):
    """Somebody came or left."""

    person: str
    present: bool


class AddToQueue(Intent, frozen=True, kw_only=True):
    """Put a deal at the end of the queue."""

    deal: str


class RemoveFromQueue(Intent, frozen=True, kw_only=True):
    """Take a deal out of the queue."""

    deal: str


class MoveInQueue(Intent, frozen=True, kw_only=True):
    """Move a deal up (negative) or down the queue."""

    deal: str
    by: int


class AddPerson(Intent, frozen=True, kw_only=True):
    """Add somebody on the spot."""

    name: str


class GiveVerdict(Intent, frozen=True, kw_only=True):
    """Judge a promise that fell due; `when` is the new date, for moved."""

    commitment: str
    verdict: Verdict
    when: str = ""


class Promise(Intent, frozen=True, kw_only=True):
    """Make a commitment from one line: text, date and initials as in a step."""

    line: str
    owner: str = ""
    deal: str = ""
    origin: Origin = Origin.ACTION


class Mend(Intent, frozen=True, kw_only=True):
    """Put a commitment's line right."""

    commitment: str
    line: str


class DropCommitment(Intent, frozen=True, kw_only=True):
    """Drop a commitment, with a note."""

    commitment: str
    why: str


class StateCall(Intent, frozen=True, kw_only=True):
    """State a forecast; an empty commit keeps last week's number."""

    person: str
    commit: str
    best_case: str = ""
    reason: str = ""
    confirmed: bool = False
    following: bool = False
    """For the period after the running one."""


class TakeCall(Intent, frozen=True, kw_only=True):
    """Take the call after the room; an empty amount takes the proposed one."""

    person: str
    amount: str = ""
    following: bool = False
    """For the period after the running one."""


class TakeCause(Intent, frozen=True, kw_only=True):
    """Let the manager mend a cause that stands on many deals; an empty line takes the proposed words."""

    cause: str
    line: str = ""


class WriteNote(Intent, frozen=True, kw_only=True):
    """Answer a question of the card."""

    deal: str
    question: str
    text: str


class GiveMark(Intent, frozen=True, kw_only=True):
    """Set a qualification mark; None: not known."""

    deal: str
    mark: Mark
    yes: bool | None


class GiveEvidence(Intent, frozen=True, kw_only=True):
    """Record commit evidence from one line; `move` takes a confirmed date that is not the deal's, with its cause."""

    deal: str
    line: str
    move: bool = False
    cause: Cause | None = None


class Change(Intent, frozen=True, kw_only=True):
    """Decide a value of the deal; a later close date wants its cause."""

    deal: str
    field: DecidedField
    text: str
    cause: Cause | None = None


class GrantException(Intent, frozen=True, kw_only=True):
    """Except a deal from the two-slip rule at this lock, with a printed reason."""

    deal: str
    reason: str


class CloseOut(Intent, frozen=True, kw_only=True):
    """Close a deal out with one line; an empty one keeps the standing step. A day or owner beside it holds over it."""

    deal: str
    line: str
    day: date | None = None
    owner: str = ""
    in_writing: bool = False


class NextStep(Intent, frozen=True, kw_only=True):
    """Give a deal its next step from one line without taking it out of inspection."""

    deal: str
    line: str


class EndDeal(Intent, frozen=True, kw_only=True):
    """End a deal."""

    deal: str
    kind: Ending
    reason: EndReason | None = None
    lesson: str = ""


class TakeOffline(Intent, frozen=True, kw_only=True):
    """Take a deal out of the room: who with, and when."""

    deal: str
    who: str
    when: str


class Park(Intent, frozen=True, kw_only=True):
    """Let the rep complete the step after the meeting."""

    deal: str


class Drop(Intent, frozen=True, kw_only=True):
    """Say that time ran out for a deal."""

    deal: str


class ExplainLoss(Intent, frozen=True, kw_only=True):
    """Give a lost deal its reason and lesson."""

    deal: str
    reason: EndReason | None
    lesson: str


class AnswerVanished(Intent, frozen=True, kw_only=True):
    """Say where a deal went that the export does not have any more."""

    deal: str
    answer: str


class GiveNumber(Intent, frozen=True, kw_only=True):
    """Promise new pipeline and first meetings for the week: '2 meetings, 110k'."""

    person: str
    text: str


class Hear(Intent, frozen=True, kw_only=True):
    """Note that an owner read the own commitments aloud."""

    owner: str


class NameWorthCopying(Intent, frozen=True, kw_only=True):
    """Write the line about a behaviour worth copying."""

    text: str


class Lock(Intent, frozen=True, kw_only=True):
    """End the meeting."""


class Amend(Intent, frozen=True, kw_only=True):
    """Put something of the locked review right."""

    intent: Intent
    day: date


class SetReviewAside(Intent, frozen=True, kw_only=True):
    """Keep a stale review without holding it."""


class Undo(Intent, frozen=True, kw_only=True):
    """Take the last decision back."""


class Redo(Intent, frozen=True, kw_only=True):
    """Make the decision taken back again."""
