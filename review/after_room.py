"""The call after the room: what inspection did to each stated call, deal by deal (method, section 7)."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from review.closed import closed_day, is_lost, is_won
from review.deals import Category, Deal, Ending, Status
from review.figures import ZERO
from review.periods import Period, period_of
from review.pipeline import is_running
from review.records import Call, DealRecord, Ledger
from review.settings import Settings
from review.truth import effective


class Became(StrEnum):
    """What happened to a deal that changes a call."""

    WON = "won"
    LOST = "lost"
    NO_DECISION = "no decision"
    DUPLICATE = "duplicate"
    GONE = "not in the export"
    OMITTED = "omitted"
    BEST_CASE = "to best case"
    PIPELINE = "to pipeline"
    COMMIT = "to commit"
    MOVED_OUT = "moved out"
    MOVED_IN = "moved in"
    AMOUNT = "amount"
    OWNER = "other owner"
    REOPENED = "open again"
    NEW = "new"


class RoomLine(Struct, frozen=True):
    """One deal's part in the difference between the call as stated and after the room."""

    deal: str
    title: str
    amount: Decimal
    """Signed."""
    became: Became
    pending: bool = False
    """The move has not been made: the lock will make it."""


class AfterRoom(Struct, frozen=True, kw_only=True):
    """One rep's call with what the room did to it; `after` is `stated` plus the lines, exactly."""

    person: str
    period: date
    stated: Decimal
    lines: tuple[RoomLine, ...]
    taken: Decimal | None
    """The commit after the room as it was taken; None while it was not."""
    proposed: Decimal | None = None
    """What the room had made of the call when it was taken."""

    @property
    def after(self) -> Decimal:
        """The call as the room left it."""
        return self.stated + sum((line.amount for line in self.lines), ZERO)

    @property
    def asks(self) -> bool:
        """Tell whether the rep is asked: the room changed the call, or changed it again since it was taken."""
        if self.taken is None:
            return bool(self.lines)
        return self.after != (self.taken if self.proposed is None else self.proposed)


class _State(Struct, frozen=True):
    """One deal as a call of one person and period counts it."""

    counted: Decimal
    inside: bool
    deal: Deal
    mine: bool


def after_the_room(
    before: Ledger, now: Ledger, settings: Settings, calls: Collection[Call], pending: Collection[str] = ()
) -> tuple[AfterRoom, ...]:
    """Give one entry per call that the room has changed, or that was taken and would be another now.

    `before` is the ledger as it stood when the calls were stated, `pending` the ids of deals that the lock will move to
    best case. A call that is as it was, and was not taken otherwise, is left out.
    """
    moving = frozenset(pending)
    found: list[AfterRoom] = []
    for call in calls:
        period = period_of(call.period, settings)
        lines = [
            line
            for key in dict.fromkeys((*before.current, *now.current))
            if (line := _line(key, before.deals.get(key), now.deals.get(key), call.person, period, moving)) is not None
        ]
        entry = AfterRoom(
            person=call.person,
            period=call.period,
            stated=call.commit,
            lines=tuple(sorted(lines, key=lambda line: (-abs(line.amount), line.deal))),
            taken=call.after_room,
            proposed=call.proposed,
        )
        if entry.lines or entry.asks:
            found.append(entry)
    return tuple(found)


def _state(record: DealRecord, person: str, period: Period, pending: bool) -> _State:
    deal = effective(record)
    day = closed_day(record) if deal.status is Status.WON else deal.close_date
    inside = day is not None and period.first <= day <= period.last
    mine = record.rep == person
    running = is_running(record, deal) and deal.category is Category.COMMIT and not pending
    counts = mine and inside and (is_won(record) or running)
    return _State((deal.amount or ZERO) if counts else ZERO, inside, deal, mine)


def _line(
    key: str, before: DealRecord | None, now: DealRecord | None, person: str, period: Period, moving: Collection[str]
) -> RoomLine | None:
    if before is not None and before is now and key not in moving:
        return None
    difference = _counted(now, person, period, key in moving) - _counted(before, person, period, False)
    record = now or before
    if not difference or record is None:
        return None
    became = Became.GONE if now is None else _became(before, now, person, period, key in moving)
    pending = key in moving and became is Became.BEST_CASE
    return RoomLine(key, effective(record).title, difference, became, pending)


def _counted(record: DealRecord | None, person: str, period: Period, pending: bool) -> Decimal:
    return ZERO if record is None else _state(record, person, period, pending).counted


def _became(before: DealRecord | None, now: DealRecord, person: str, period: Period, pending: bool) -> Became:
    """Say what happened, by the first that applies: how it ended, whose it is, where it stands, when it closes."""
    new = _state(now, person, period, pending)
    old = None if before is None else _state(before, person, period, False)
    ended = _ended(now)
    if ended is not None and (before is None or _ended(before) is not ended):
        return ended
    if old is None:
        return Became.NEW
    if old.mine != new.mine:
        return Became.OWNER
    if _ended(before) is not None and ended is None:
        return Became.REOPENED
    if old.inside != new.inside:
        return Became.MOVED_IN if new.inside else Became.MOVED_OUT
    if new.deal.category is old.deal.category and not pending:
        return Became.AMOUNT
    if pending:
        return Became.BEST_CASE
    return _BY_CATEGORY[new.deal.category]


_BY_CATEGORY = {
    Category.COMMIT: Became.COMMIT,
    Category.BEST_CASE: Became.BEST_CASE,
    Category.PIPELINE: Became.PIPELINE,
    Category.OMITTED: Became.OMITTED,
}


def _ended(record: DealRecord | None) -> Became | None:
    if record is None:
        return None
    if record.ended is not None and record.ended.kind is Ending.DUPLICATE:
        return Became.DUPLICATE
    if is_won(record):
        return Became.WON
    if is_lost(record):
        no_decision = record.ended is not None and record.ended.kind is Ending.NO_DECISION
        return Became.NO_DECISION if no_decision else Became.LOST
    return Became.GONE if record.missing_since is not None else None
