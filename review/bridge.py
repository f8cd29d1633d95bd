"""From the last lock to now, in lines that add up: what came in, what changed, what left (method, section 8)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from review.closed import is_lost, is_won
from review.creation import Birth, birth_of, closed_since, was_closed
from review.deals import Category
from review.figures import ZERO
from review.periods import Period, period_of
from review.pipeline import is_running
from review.records import AtLock, DealRecord, Ledger
from review.settings import Settings
from review.truth import effective, is_duplicate


class LineKind(StrEnum):
    """The lines of the bridge, in the order in which they stand."""

    CREATED = "created"
    APPEARED = "appeared"
    TRANSFERRED = "transferred"
    MOVED_IN = "moved in"
    RESTORED = "restored"
    REOPENED = "reopened"
    RETURNED = "returned"
    INCREASED = "increased"
    DECREASED = "decreased"
    WON = "won"
    LOST = "lost"
    DUPLICATE = "duplicate"
    MOVED_OUT = "moved out"
    OMITTED = "omitted"
    VANISHED = "vanished"


ENTRIES = tuple(LineKind)[:7]
CHANGES = (LineKind.INCREASED, LineKind.DECREASED)
EXITS = tuple(LineKind)[9:]
BY_BIRTH = {
    Birth.CREATED: LineKind.CREATED,
    Birth.APPEARED: LineKind.APPEARED,
    Birth.TRANSFERRED: LineKind.TRANSFERRED,
}


class Step(Struct, frozen=True):
    """One deal's part in one line; signed."""

    deal: str
    kind: LineKind
    amount: Decimal


class BridgeLine(Struct, frozen=True):
    """One line of the bridge with the deals in it, the largest first."""

    kind: LineKind
    amount: Decimal
    steps: tuple[Step, ...]

    @property
    def deals(self) -> tuple[str, ...]:
        """Ids of the deals in the line."""
        return tuple(step.deal for step in self.steps)


class Bridge(Struct, frozen=True, kw_only=True):
    """Start plus the lines is end; what is left over is shown, and is 0."""

    period: Period
    start: Decimal | None
    """None where there is no lock or baseline yet: then there are no lines either."""
    end: Decimal
    lines: tuple[BridgeLine, ...]
    start_deals: tuple[str, ...]
    end_deals: tuple[str, ...]

    @property
    def opening(self) -> bool:
        """Tell whether this is the opening state, with nothing to compare."""
        return self.start is None

    @property
    def unexplained(self) -> Decimal:
        """End less start less all lines."""
        if self.start is None:
            return ZERO
        return self.end - self.start - sum((line.amount for line in self.lines), ZERO)

    def line(self, kind: LineKind) -> BridgeLine:
        """Give a line, also one in which no deal stands."""
        return next((line for line in self.lines if line.kind is kind), BridgeLine(kind, ZERO, ()))


def build_bridge(ledger: Ledger, settings: Settings, day: date) -> Bridge:
    """Compare the last lock with now, for the period of `day`, by effective amounts."""
    period = period_of(day, settings)
    end = [(key, _worth(record)) for key, record in ledger.current.items() if _inside_now(record, period)]
    end_deals, end_sum = tuple(key for key, _ in end), sum((amount for _, amount in end), ZERO)
    if ledger.lock_export_day is None:
        return Bridge(period=period, start=None, end=end_sum, lines=(), start_deals=(), end_deals=end_deals)
    start = [
        (key, record.lock.amount or ZERO)
        for key, record in ledger.current.items()
        if record.lock is not None and _inside_then(record.lock, period)
    ]
    steps = [step for key, record in ledger.current.items() for step in _steps(key, record, ledger, period)]
    return Bridge(
        period=period,
        start=sum((amount for _, amount in start), ZERO),
        end=end_sum,
        lines=_lines(steps),
        start_deals=tuple(key for key, _ in start),
        end_deals=end_deals,
    )


def _steps(key: str, record: DealRecord, ledger: Ledger, period: Period) -> Iterable[Step]:
    """Give at most one entry, one change and one exit of a deal, in that order."""
    lock = record.lock
    then = lock is not None and _inside_then(lock, period)
    now = _inside_now(record, period)
    if not then and not now and not _through(record, ledger, period):
        return
    current = _worth(record)
    before = current if lock is None else lock.amount or ZERO
    if then and not now and _vanished(record):
        yield Step(key, LineKind.VANISHED, -before)
        return
    if not then:
        yield Step(key, _entry(record, ledger, period), before)
    if current != before:
        yield Step(key, LineKind.INCREASED if current > before else LineKind.DECREASED, current - before)
    if not now:
        yield Step(key, _exit(record), -current)


def _through(record: DealRecord, ledger: Ledger, period: Period) -> bool:
    """Tell whether a deal outside at both ends was closed in between, with its close date in the period."""
    day = effective(record).close_date
    return closed_since(record, ledger) and day is not None and period.first <= day <= period.last


def _inside_then(lock: AtLock, period: Period) -> bool:
    return (
        lock.open
        and lock.in_export
        and not lock.closed
        and lock.category is not Category.OMITTED
        and lock.close_date is not None
        and period.first <= lock.close_date <= period.last
    )


def _inside_now(record: DealRecord, period: Period) -> bool:
    deal = effective(record)
    return is_running(record, deal) and deal.close_date is not None and period.first <= deal.close_date <= period.last


def _vanished(record: DealRecord) -> bool:
    """Tell whether the export does not have the deal any more and nobody knows it to be closed."""
    closed = is_won(record) or is_lost(record) or is_duplicate(record)
    return record.missing_since is not None and not closed


def _entry(record: DealRecord, ledger: Ledger, period: Period) -> LineKind:
    lock = record.lock
    if lock is None:
        return BY_BIRTH[birth_of(record, ledger)]
    if was_closed(lock):
        return LineKind.REOPENED
    if lock.category is Category.OMITTED:
        return LineKind.RESTORED
    if lock.close_date is None or not period.first <= lock.close_date <= period.last:
        return LineKind.MOVED_IN
    return LineKind.RETURNED


def _exit(record: DealRecord) -> LineKind:
    if is_won(record):
        return LineKind.WON
    if is_lost(record):
        return LineKind.LOST
    if is_duplicate(record):
        return LineKind.DUPLICATE
    if effective(record).category is Category.OMITTED:
        return LineKind.OMITTED
    return LineKind.MOVED_OUT


def _lines(steps: Iterable[Step]) -> tuple[BridgeLine, ...]:
    found: dict[LineKind, list[Step]] = {}
    for step in steps:
        found.setdefault(step.kind, []).append(step)
    return tuple(
        BridgeLine(
            kind,
            sum((step.amount for step in found[kind]), ZERO),
            tuple(sorted(found[kind], key=lambda step: (-abs(step.amount), step.deal))),
        )
        for kind in LineKind
        if kind in found
    )


def _worth(record: DealRecord) -> Decimal:
    return effective(record).amount or ZERO
