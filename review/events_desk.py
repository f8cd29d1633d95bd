"""Events of the desk: what is decided at the forecast call (method, section 7), and what files have taught."""

from datetime import date
from decimal import Decimal

from review.answers import Answers
from review.event import Event
from review.people import Person
from review.records import Call
from review.scored import GapPlan, Picks, Verified


class DealVerified(Event, frozen=True, kw_only=True, tag="deal verified"):
    """The manager verified a commit deal, or took the word back."""

    deal: str
    word: Verified | None
    """None takes it back."""


class PicksChosen(Event, frozen=True, kw_only=True, tag="picks chosen"):
    """The likely slips and pull-ins that wait to be scored; they take the place of those chosen before."""

    picks: Picks


class TeamCallStated(Event, frozen=True, kw_only=True, tag="team call stated"):
    """The manager stated the own call for the team."""

    call: Call


class FactorSet(Event, frozen=True, kw_only=True, tag="factor set"):
    """The manager set the factor of the historical forecast."""

    factor: Decimal


class PlanWritten(Event, frozen=True, kw_only=True, tag="plan written"):
    """The manager wrote down how the gap is to be closed, or crossed it out."""

    plan: GapPlan | None


class ColumnsConfirmed(Event, frozen=True, kw_only=True, tag="columns confirmed"):
    """Somebody said what a file does not say; it holds for the next file with the same headers."""

    headers: str
    """Key of the set of headers."""
    answers: Answers


class BaselineRead(Event, frozen=True, kw_only=True, tag="baseline read"):
    """An export of before the first review was read in: it tells of the past and is no review."""

    name: str
    """Of its file among the imports."""
    day: date
    """The day it shows."""
    source: str
    rows: int


class RosterRead(Event, frozen=True, kw_only=True, tag="roster read"):
    """A list of the team's people was read in from a file, in the place of the one before."""

    people: tuple[Person, ...]
    source: str = ""
