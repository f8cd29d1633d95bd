"""Which figure is for whom, in one table (method, section 2): the room and its recap, or the manager alone.

A figure is named with the fields that carry it, as `Type.field`; a type alone stands for all its fields. What rates a
person is the manager's, and reaches no recap, export, log or backup unless it is asked for by name.
"""

from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from review.records import LockRow


class Audience(StrEnum):
    """Who may see a figure."""

    ROOM = "room and recap"
    MANAGER = "manager only"


class Shown(Struct, frozen=True):
    """One figure with its audience."""

    figure: str
    audience: Audience
    fields: tuple[str, ...]


def _room(figure: str, *fields: str) -> Shown:
    return Shown(figure, Audience.ROOM, fields)


def _manager(figure: str, *fields: str) -> Shown:
    return Shown(figure, Audience.MANAGER, fields)


TABLE: Final = (
    _room("when a review was held, who was present, its focus", "LockRow.review", "LockRow.day",
          "LockRow.export_day", "LockRow.held",
          "LockRow.present", "LockRow.focus", "PastLock.review", "PastLock.day", "PastLock.held", "PastLock.present",
          "PastLock.focus", "History.day", "History.currency", "History.period", "History.past", "History.locks",
          "History.team"),
    _room("planned and actual minutes of the meeting and its sections", "LockRow.planned", "LockRow.adapted",
          "LockRow.actual", "LockRow.seconds", "PastLock.planned", "PastLock.seconds", "TeamFigures.punctuality"),
    _room("the team's commit against won, and its figures over time", "LockRow.won_by_then", "LockRow.steps",
          "LockRow.agreed", "LockRow.coverage", "Trend", "Quarter", "Stated"),
    _room("deals opened and how they left", "LockRow.opened", "PastLock.opened", "PastLock.with_step", "Opened.deal",
          "Opened.rep", "Opened.slot", "Opened.by_turn", "Opened.commit", "Opened.exit"),
    _room("active deals, and those still without a step, by name", "LockRow.active", "LockRow.without",
          "PastLock.active", "PastLock.without", "TeamFigures.momentum"),
    _room("the team's kept rate", "LockRow.kept", "LockRow.judged", "PastLock.kept", "PastLock.judged",
          "TeamFigures.kept", "TeamFigures.kept_target"),
    _room("the manager's own kept rate", "History.own_kept"),
    _room("commitments, their owners and dates", "LockRow.commitments", "PastLock.commitments", "CommitmentRow"),
    _room("each person's own stated call, and the team's", "LockRow.commit_stated", "LockRow.commit_after",
          "LockRow.next_stated", "LockRow.next_after", "PastLock.commit_stated", "PastLock.commit_after", "CallLine"),
    _room("what was created, won and lost", "LockRow.won", "LockRow.lost", "LockRow.created", "LockRow.won_amount",
          "LockRow.lost_amount", "PastLock.won", "PastLock.lost", "PastLock.created", "PastLock.won_amount",
          "PastLock.lost_amount", "TeamFigures.won_sizes"),
    _room("worth copying this week", "LockRow.worth_copying", "PastLock.worth_copying"),
    _room("the team's win rate, cycle, velocity and stage conversion", "TeamFigures.win_rate", "TeamFigures.cycle",
          "TeamFigures.cycles", "TeamFigures.velocity", "TeamFigures.conversions"),
    _room("the team's coverage, replacement and creation number", "TeamFigures.coverage", "TeamFigures.replacement",
          "TeamFigures.creation_number"),
    _room("the team's shares of marks and agreed steps", "TeamFigures.economic_buyer", "TeamFigures.champion",
          "TeamFigures.agreed"),
    _room("the coming queue with its reasons, and what is missing", "Preparation", "QueuedDeal", "MissingOf",
          "Later"),
    _room("the figures of Creation with their deals", "Basis"),
    _room("deals, steps, dates and owners", "DealLine", "LossLine", "OwnerList", "SectionLine", "Look", "LookDeal",
          "LookLine", "Inspect", "Chapter", "Told", "Hit", "Compared", "Moved"),
    _manager("a person's kept rate", "LockRow.kept_by", "PersonFigures.kept"),
    _manager("accuracy, bias and pattern", "PersonFigures.accuracy", "Accuracy", "Scored"),
    _manager("attainment and quota of a person", "PersonFigures.attainment", "PersonFigures.quota"),
    _manager("ramp", "PersonFigures.ramping"),
    _manager("a person's win rate and cycle", "PersonFigures.win_rate", "PersonFigures.cycle"),
    _manager("a person's deals born late", "PersonFigures.born_late"),
    _manager("a person's share of deals with momentum", "PersonFigures.with_step", "TeamMomentum.by_rep"),
    _manager("the own call for the team, verification, likely slips and pull-ins, factor and plan", "Verified", "Picks",
             "Score", "GapPlan", "Ledger.picks", "Ledger.factor", "Ledger.plan", "DealRecord.verified", "Call.team"),
    _manager("minutes of a person and of a deal", "Opened.seconds"),
    _manager("coaching: prompts, focus, calibration, the manager's notes", "Prompt", "Focus", "DealQuestion",
             "Calibration", "Entry", "Private"),
    _manager("everything that rates people, in one place", "History.people", "PersonFigures.person",
             "PersonFigures.name", "PersonFigures.call"),
)  # fmt: skip
"""Every figure once. The quota on the screen follows the setting `quota_on_screen` besides."""


def audience_of(field: str) -> Audience | None:
    """Give the audience of `Type.field`, the field's own entry first, then its type's; None where neither stands."""
    found = {name: shown.audience for shown in TABLE for name in shown.fields}
    return found.get(field) or found.get(field.partition(".")[0])


def for_room(row: LockRow, manager: str = "") -> LockRow:
    """Give a lock's row without what rates people; the kept rate of `manager`, a person id, is the room's."""
    return replace(
        row,
        kept_by={person: kept for person, kept in row.kept_by.items() if person == manager},
        opened=tuple(replace(each, seconds=0) for each in row.opened),
    )
