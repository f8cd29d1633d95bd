"""What the locks show over time, a value for each, for the team: what the history screen draws (method, section 12)."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from review.clock_words import say_seconds
from review.creation import INTERVALS
from review.figures import ZERO, mean, whole
from review.money import short_money
from review.periods import Period, period_of
from review.records import LockRow
from review.settings import Settings

HUNDRED = Decimal(100)
ENOUGH_COVERAGE = Decimal(3)
KEEPS_PACE = Decimal(1)


class Trend(Struct, frozen=True, kw_only=True):
    """One figure of the team at each lock, oldest first."""

    name: str
    values: tuple[Decimal | None, ...]
    """None where the lock had none."""
    now: str
    """The last value, as it is said."""
    of: str = ""
    """What the last value is measured against: 'of 60:00'; left out where there is no room."""
    words: str
    """What it was before, or what it is set against."""
    full: Decimal
    """What a whole column stands for."""
    enough: Decimal | None = None
    """From which value it is as it should be; None where there is no such value."""
    signed: bool = False
    """Whether values lie on both sides of nothing."""


class Stated(Struct, frozen=True):
    """What stood at one lock of a period."""

    day: date
    commit: Decimal | None
    won: Decimal | None


class Quarter(Struct, frozen=True, kw_only=True):
    """Commit against won, lock by lock of one period."""

    period: Period
    locks: tuple[Stated, ...]

    @property
    def name(self) -> str:
        """Name the period with the year it ends in: 'Q4 2026'."""
        return self.period.name

    @property
    def words(self) -> tuple[str, ...]:
        """Say the last commit, what is won of it, and where the commit began."""
        commits = [each.commit for each in self.locks if each.commit is not None]
        won = next((each.won for each in reversed(self.locks) if each.won is not None), None)
        parts = []
        if commits:
            parts.append(f"commit {short_money(commits[-1])}")
        if won is not None:
            share = f", {_round(HUNDRED * won / commits[-1])} % of it" if commits and commits[-1] else ""
            parts.append(f"won {short_money(won)}{share}")
        if len(commits) > 1 and commits[0] != commits[-1]:
            parts.append(f"began at {short_money(commits[0])}")
        return tuple(parts) or ("no commit was stated",)


def quarters(rows: Sequence[LockRow], settings: Settings) -> tuple[Quarter, ...]:
    """Part the locks by the period of their day, oldest first."""
    found: list[tuple[Period, list[Stated]]] = []
    for row in rows:
        if not found or row.day not in found[-1][0]:
            found.append((period_of(row.day, settings), []))
        found[-1][1].append(Stated(row.day, row.commit_after, row.won_by_then))
    return tuple(Quarter(period=period, locks=tuple(locks)) for period, locks in found)


def trends(every: Sequence[LockRow], last: int | None = None) -> tuple[Trend, ...]:
    """Give every figure that is drawn over time, at the `last` locks or at all of them; there has to be one."""
    rows = every[-last:] if last else every
    paces = [replacement_at(every, at) for at in range(len(every) - len(rows), len(every))]
    planned = [sum(row.planned.values()) for row in rows]
    over = [Decimal(row.seconds - plan) if plan else None for row, plan in zip(rows, planned, strict=True)]
    return (
        _share("with a step", [_part(row.active - sum(row.without.values()), row.active) for row in rows]),
        _share("kept", [_part(row.kept, row.judged) for row in rows]),
        _share("agreed steps", [_part(row.agreed, row.steps) for row in rows]),
        _pace(paces),
        _cover([row.coverage for row in rows]),
        _minutes(rows, planned, over),
    )


def replacement_at(rows: Sequence[LockRow], at: int) -> Decimal | None:
    """Set created against won and lost over the last intervals up to a lock; the first lock has none before it."""
    those = rows[max(1, at - INTERVALS + 1) : at + 1]
    gone = sum((row.won_amount + row.lost_amount for row in those), ZERO)
    return sum((row.created for row in those), ZERO) / gone if gone else None


def _share(name: str, values: Sequence[Decimal | None]) -> Trend:
    now, words = _said(values, lambda value: f"{int(value)} %")
    return Trend(name=name, values=tuple(values), full=HUNDRED, now=now, words=words)


def _pace(values: Sequence[Decimal | None]) -> Trend:
    now, words = _said(values, lambda value: f"{_round(value, '0.1')}")
    full = KEEPS_PACE * 2
    return Trend(name="replacement", values=tuple(values), full=full, enough=KEEPS_PACE, now=now, words=words)


def _cover(values: Sequence[Decimal | None]) -> Trend:
    now, words = _said(values, lambda value: f"{_round(value, '0.1')}×")
    full = _most(values, 4)
    return Trend(name="coverage", values=tuple(values), full=full, enough=ENOUGH_COVERAGE, now=now, words=words)


def _minutes(rows: Sequence[LockRow], planned: Sequence[int], over: Sequence[Decimal | None]) -> Trend:
    found = [value for value in over if value is not None]
    if not found:
        return Trend(name="minutes", values=tuple(over), now="–", words="not known", full=Decimal(1), signed=True)
    average = mean(found) or ZERO
    late = sum(value > 0 for value in found)
    words = f"mean {_signed(whole(average))} · over in {late} of {len(found)}"
    now, of = _minutes_of(rows[-1].seconds), f"of {_minutes_of(planned[-1])}"
    full = max(Decimal(300), *(abs(value) for value in found))
    return Trend(name="minutes", values=tuple(over), now=now, of=of, words=words, full=full, signed=True)


def _said(values: Sequence[Decimal | None], say: Callable[[Decimal], str]) -> tuple[str, str]:
    """Say the last value, and beside it the first and the mean of those shown."""
    known = [value for value in values if value is not None]
    if not known:
        return "–", "not known"
    now = say(known[-1]) if values[-1] is not None else "–"
    if len(known) == 1:
        return now, "the first review that has it"
    words = f"from {say(known[0])} · mean {say(mean(known) or ZERO)} of {len(known)}"
    return now, words


def _part(part: int, of: int) -> Decimal | None:
    """Give a share in percent, not rounded up to the whole."""
    return HUNDRED * part / of if of else None


def _most(values: Sequence[Decimal | None], least: int) -> Decimal:
    return max([value for value in values if value is not None] + [Decimal(least)])


def _round(value: Decimal, step: str = "1") -> Decimal:
    return value.quantize(Decimal(step), ROUND_HALF_UP)


def _minutes_of(seconds: int) -> str:
    """Write a length in minutes past the hour too, so that it compares at a glance: 63:30 of 60:00."""
    return f"{seconds // 60}:{seconds % 60:02}"


def _signed(seconds: int) -> str:
    return f"+{say_seconds(seconds)}" if seconds > 0 else say_seconds(seconds)
