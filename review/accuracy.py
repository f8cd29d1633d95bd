"""How near forecasts came: accuracy, bias and patterns over completed periods (method, section 7; manager only)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from review.closed import won_amount, won_in, worth
from review.figures import ONE, ZERO, Figure, known, lacking, ratio
from review.health_window import completed_periods
from review.people import Person
from review.periods import Period, period_of, previous_period
from review.records import Call, Ledger
from review.scored import PeriodWon
from review.settings import Settings

PERIODS = 4
WINDOW_DAYS = 21
"""Days after the period's start in which the first call is taken as the forecast."""
KNOWN_DAYS = 30
"""Days after the period's end up to which what was won is taken as known."""
LOW, HIGH = Decimal("0.9"), Decimal("1.1")
PATTERN_OF = 3


class Pattern(StrEnum):
    """A habit that shows in three of four periods."""

    OVER_FORECASTING = "over-forecasting"
    SANDBAGGING = "sandbagging"


class Scored(Struct, frozen=True, kw_only=True):
    """One completed period of one forecaster; without a ratio where `why` says it is not scored."""

    period: Period
    forecast: Decimal | None = None
    review: str = ""
    """The held review whose call it is."""
    won: Decimal | None = None
    ratio: Figure
    """Won over forecast."""

    @property
    def error(self) -> Decimal | None:
        """How far the ratio is from 1, whichever side."""
        return None if self.ratio.value is None else abs(ONE - self.ratio.value)

    @property
    def good(self) -> bool | None:
        """Whether it lies from 90 to 110 %; None where it is not scored."""
        return None if self.ratio.value is None else LOW <= self.ratio.value <= HIGH


class Accuracy(Struct, frozen=True, kw_only=True):
    """The last four completed periods of one forecaster."""

    person: str
    periods: tuple[Scored, ...]
    """Oldest first, scored or not."""
    bias: Figure
    """Sum of won over sum of forecasts: ratios are never averaged."""
    pattern: Pattern | None

    @property
    def scored(self) -> int:
        """How many of the periods are scored; a pattern needs all four: '2 of 4'."""
        return sum(1 for period in self.periods if period.ratio.value is not None)


def accuracy(ledger: Ledger, settings: Settings, day: date, person: Person) -> Accuracy:
    """Score one rep's calls; the manager is scored by the own call for the team against what the team won."""
    scored = tuple(_score(ledger, period, person) for period in completed_periods(settings, day, PERIODS))
    counted = [one for one in scored if one.ratio.value is not None]
    return Accuracy(
        person=person.id,
        periods=scored,
        bias=ratio(
            sum((one.won or ZERO for one in counted), ZERO),
            sum((one.forecast or ZERO for one in counted), ZERO),
            "no completed period is scored yet",
        ),
        pattern=_pattern(one.ratio.value for one in counted if one.ratio.value is not None),
    )


def accuracies(ledger: Ledger, settings: Settings, day: date) -> tuple[Accuracy, ...]:
    """Score the reps in the order of the settings, the manager's own call last."""
    people = [person for person in settings.reps if not person.manager]
    if settings.manager is not None:
        people.append(settings.manager)
    return tuple(accuracy(ledger, settings, day, person) for person in people)


def frozen_forecast(ledger: Ledger, period: Period, person: Person) -> Call | None:
    """Give the first call of a held review within 21 days of the period's start; carried ones are nobody's word."""
    held = {row.review for row in ledger.locks}
    until = period.first + timedelta(days=WINDOW_DAYS)
    calls = [
        call
        for call in ledger.calls
        if call.person == person.id
        and call.team is person.manager
        and call.period == period.first
        and call.review in held
        and not (call.carried or call.from_exports)
        and period.first <= call.day <= until
    ]
    return min(calls, key=lambda call: call.day, default=None)


def _score(ledger: Ledger, period: Period, person: Person) -> Scored:
    if (person.start is not None and person.start > period.first) or (
        person.left is not None and person.left < period.last
    ):
        return Scored(period=period, ratio=lacking("not there for the whole period"))
    call = frozen_forecast(ledger, period, person)
    if call is None:
        return Scored(period=period, ratio=lacking("no call in a held review in the first 21 days"))
    known_won = next((won for won in ledger.won if won.period == period.first), None)
    if known_won is None:
        why = "no lock or baseline up to 30 days after its end"
        return Scored(period=period, forecast=call.stands, review=call.review, ratio=lacking(why))
    won = known_won.team if person.manager else known_won.by_rep.get(person.id, ZERO)
    if not call.stands:
        why = "a forecast of zero"
        return Scored(period=period, forecast=ZERO, review=call.review, won=won, ratio=lacking(why))
    return Scored(period=period, forecast=call.stands, review=call.review, won=won, ratio=known(won / call.stands))


def _pattern(ratios: Iterable[Decimal]) -> Pattern | None:
    values = tuple(ratios)
    if len(values) < PERIODS:
        return None
    if sum(1 for value in values if value < LOW) >= PATTERN_OF:
        return Pattern.OVER_FORECASTING
    if sum(1 for value in values if value > HIGH) >= PATTERN_OF:
        return Pattern.SANDBAGGING
    return None


def won_as_known(ledger: Ledger, settings: Settings, day: date, *, from_exports: bool = False) -> tuple[PeriodWon, ...]:
    """Give `Ledger.won` as a lock or baseline on `day` leaves it.

    What the running period brought, and every one that ended up to 30 days ago, is noted as it is known now; older ones
    stay, and so does what a later lock or baseline knew.
    """
    current = period_of(day, settings)
    fresh: list[PeriodWon] = []
    while (day - current.last).days <= KNOWN_DAYS:
        fresh.insert(0, _won_now(ledger, current, day, from_exports))
        current = previous_period(current, settings)
    known_better = {won.period for won in ledger.won if won.known_on > day}
    fresh = [won for won in fresh if won.period not in known_better]
    renewed = {won.period for won in fresh}
    return (*(won for won in ledger.won if won.period not in renewed), *fresh)


def _won_now(ledger: Ledger, period: Period, day: date, from_exports: bool) -> PeriodWon:
    by_rep: dict[str, Decimal] = {}
    for record in won_in(ledger, period).values():
        by_rep[record.rep] = by_rep.get(record.rep, ZERO) + worth(record)
    return PeriodWon(
        period=period.first,
        known_on=day,
        team=won_amount(ledger, period),
        by_rep=by_rep,
        from_exports=from_exports,
    )
