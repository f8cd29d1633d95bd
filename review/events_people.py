"""Events on promises and calls, and those of Actions and the end."""

from datetime import date

from msgspec import Struct

from review.commitments import Commitment, Verdict
from review.event import Event
from review.records import Call, LockRow, Slip, Stay
from review.scored import PeriodWon, Picks


class VerdictGiven(Event, frozen=True, kw_only=True, tag="verdict given"):
    """A promise got its verdict."""

    commitment: str
    verdict: Verdict
    due: date | None = None
    """The new date, for moved."""
    review: str = ""
    """Empty for a verdict given at the desk."""
    on: date | None = None
    """The day it was given, where no review pins one."""


class Committed(Event, frozen=True, kw_only=True, tag="committed"):
    """Somebody promised something."""

    commitment: Commitment


class CommitmentMended(Event, frozen=True, kw_only=True, tag="commitment mended"):
    """A commitment's text, owner or date was put right."""

    commitment: Commitment


class CommitmentDropped(Event, frozen=True, kw_only=True, tag="commitment dropped"):
    """A commitment was dropped, with a note."""

    commitment: str
    why: str
    on: date | None = None


class CallStated(Event, frozen=True, kw_only=True, tag="call stated"):
    """A person stated the forecast."""

    call: Call


class CallTaken(Event, frozen=True, kw_only=True, tag="call taken"):
    """The call after the room was taken."""

    call: Call


class Heard(Event, frozen=True, kw_only=True, tag="heard"):
    """An owner read the own commitments aloud."""

    owner: str


class WorthCopying(Event, frozen=True, kw_only=True, tag="worth copying"):
    """The one line about a behaviour worth copying this week."""

    text: str


class StayJudged(Struct, frozen=True, kw_only=True):
    """What the two-slip rule found for one deal at the lock."""

    deal: str
    stay: Stay | None
    slip: Slip | None = None
    evidence: str = ""


class Locked(Event, frozen=True, kw_only=True, tag="locked"):
    """The meeting ended; the snapshot was frozen before this event was written."""

    digest: str = ""
    row: LockRow
    stays: tuple[StayJudged, ...] = ()
    told_evidence: tuple[str, ...] = ()
    """Deals whose rep was told by this recap that they leave commit without evidence."""
    due_to_leave: tuple[str, ...] = ()
    """“Due to leave commit next week”, each with what is missing and why it stays for now."""
    settled: tuple[str, ...] = ()
    """Deals whose rep was told once and whose evidence is whole again, or that left commit."""
    without: tuple[str, ...] = ()
    won: tuple[PeriodWon, ...] = ()
    """What each period brought, as known at this lock."""
    picks: tuple[Picks, ...] = ()
    """Likely slips and pull-ins, those that waited for this lock with their score."""
    learning: tuple[str, ...] = ()
    """What changed thresholds mean at this lock, in sentences."""
    learned: bool = False
    """Whether a rule only said what it would do, because a threshold was changed."""
    paste: str = ""
    """The line made to be pasted."""


class Amended(Event, frozen=True, kw_only=True, tag="amended"):
    """Something of a locked review was put right before the next one started."""

    what: str
    day: date


class SetAside(Event, frozen=True, kw_only=True, tag="set aside"):
    """A review that went stale is kept, not held."""


class Undone(Event, frozen=True, kw_only=True, tag="undone"):
    """The last decision was taken back."""

    batch: str
    what: str


class Redone(Event, frozen=True, kw_only=True, tag="redone"):
    """A decision taken back was made again."""

    batch: str
    what: str


class Sent(Struct, frozen=True):
    """One commitment as it left for a target."""

    id: str
    mark: str
    """Of what was said of it; empty where it was withdrawn."""
    text: str


class Exported(Event, frozen=True, kw_only=True, tag="exported"):
    """What was new, changed or withdrawn since the last time went out to a target."""

    target: str
    review: str
    """Empty where it was no one review's."""
    sent: tuple[Sent, ...] = ()
