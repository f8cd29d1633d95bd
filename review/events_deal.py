"""Events on the deal on the table, and the five exits."""

from review.commitments import Commitment
from review.deals import Category, Cause, Ending, EndReason, Mark
from review.event import Event
from review.evidence import Confirmation, Paper
from review.records import DecidedField


class Noted(Event, frozen=True, kw_only=True, tag="noted"):
    """A question of the card was answered."""

    deal: str
    question: str
    text: str


class CauseGiven(Event, frozen=True, kw_only=True, tag="cause given"):
    """Why the close date moved, or ran out, was said; the move itself may have come from the CRM."""

    deal: str
    cause: Cause


class MarkGiven(Event, frozen=True, kw_only=True, tag="mark given"):
    """A qualification mark was set; None: not known."""

    deal: str
    mark: Mark
    yes: bool | None


class EvidenceGiven(Event, frozen=True, kw_only=True, tag="evidence given"):
    """Commit evidence was recorded; what is None stays as it is."""

    deal: str
    confirmation: Confirmation | None = None
    paper: Paper | None = None


class DealChanged(Event, frozen=True, kw_only=True, tag="deal changed"):
    """The review decided a value of the deal."""

    deal: str
    field: DecidedField
    frm: str
    to: str
    cause: Cause | None = None
    rule: str = ""
    """The rule that moved it, with its facts; empty for a person."""


class ExceptionGranted(Event, frozen=True, kw_only=True, tag="exception granted"):
    """The manager excepted a deal from the two-slip rule for this lock."""

    deal: str
    reason: str


class ClosedOut(Event, frozen=True, kw_only=True, tag="closed out"):
    """A deal left with a valid next step, date and owner."""

    deal: str
    step: Commitment
    new: bool
    """False where the standing step was kept as it is."""
    in_writing: bool = False


class StepGiven(Event, frozen=True, kw_only=True, tag="step given"):
    """A deal got a valid next step outside of inspection; it has left by none of the five exits."""

    deal: str
    step: Commitment


class DealEnded(Event, frozen=True, kw_only=True, tag="deal ended"):
    """A deal was ended; the commitment to set it in the CRM comes with it."""

    deal: str
    kind: Ending
    reason: EndReason | None
    lesson: str = ""
    category_then: Category = Category.PIPELINE


class TakenOffline(Event, frozen=True, kw_only=True, tag="taken offline"):
    """A deal needs more than its time: somebody and a day were named."""

    deal: str
    session: Commitment


class Parked(Event, frozen=True, kw_only=True, tag="parked"):
    """A deal left without a step; its rep completes it."""

    deal: str
    homework: Commitment


class Dropped(Event, frozen=True, kw_only=True, tag="dropped"):
    """Time ran out for a deal."""

    deal: str


class LossExplained(Event, frozen=True, kw_only=True, tag="loss explained"):
    """A lost deal got its reason and lesson."""

    deal: str
    reason: EndReason | None
    lesson: str


class VanishedAnswered(Event, frozen=True, kw_only=True, tag="vanished answered"):
    """The manager said where a vanished deal went."""

    deal: str
    answer: str


class MarksSettled(Event, frozen=True, kw_only=True, tag="marks settled"):
    """A new deal's three marks were gone through in the room."""

    deal: str


class DealJoined(Event, frozen=True, kw_only=True, tag="deal joined"):
    """A vanished deal and a new one are the same: it goes on under the new id."""

    old: str
    new: str
