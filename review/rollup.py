"""The stated numbers: the reps' calls added up, the manager's own beside it, the room's closing line (method, 7)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct

from review.figures import ZERO, Figure, known, lacking
from review.periods import Period, period_of
from review.pipeline import Pipeline, pipeline_of
from review.records import Call, Ledger
from review.settings import Settings
from review.targets import target


class RollUp(Struct, frozen=True, kw_only=True):
    """The reps' commits after the room, added up; never corrected by the manager's own call."""

    figure: Figure
    """Not known while nobody has stated a call."""
    calls: tuple[Call, ...]
    missing: tuple[str, ...]
    """Reps without a call for the period."""
    own: Call | None
    """The manager's call for the team."""


def last_calls(calls: Iterable[Call], period: Period) -> dict[str, Call]:
    """Map people to their last call for a period, the manager's call for the team left out."""
    found: dict[str, Call] = {}
    for call in calls:
        known_call = found.get(call.person)
        if call.period == period.first and not call.team and (known_call is None or call.day >= known_call.day):
            found[call.person] = call
    return found


def roll_up(calls: Iterable[Call], settings: Settings, period: Period, day: date) -> RollUp:
    """Add up the last calls of everybody who carries deals and has not left."""
    every = tuple(calls)
    last = last_calls(every, period)
    reps = [person.id for person in settings.reps if person.left is None or person.left >= day]
    stated = tuple(last[rep] for rep in reps if rep in last)
    own = [call for call in every if call.team and call.period == period.first]
    figure = known(sum((call.stands for call in stated), ZERO)) if stated else lacking("nobody has stated a call yet")
    return RollUp(
        figure=figure,
        calls=stated,
        missing=tuple(rep for rep in reps if rep not in last),
        own=max(own, key=lambda call: call.day, default=None),
    )


class ClosingLine(Struct, frozen=True, kw_only=True):
    """What the room gets: commit, won, target, gap. Commit includes what is won."""

    commit: Figure
    won: Decimal
    target: Figure
    """Lacking where no quota is known, and where the settings keep it off the screen."""
    gap: Figure
    """Target less commit; negative where the commit is over it."""
    missing: tuple[str, ...]
    deals: tuple[str, ...]


def closing_line(ledger: Ledger, settings: Settings, day: date, calls: Iterable[Call] | None = None) -> ClosingLine:
    """Give the closing line for the period of `day`; `calls` takes the place of the ledger's while a review runs."""
    period = period_of(day, settings)
    deals: Pipeline = pipeline_of(ledger, settings, day)
    stated = roll_up(ledger.calls if calls is None else calls, settings, period, day)
    quota = target(settings, period)
    if settings.quota_on_screen == "none":
        quota = lacking("the quota is kept off the screen")
    return ClosingLine(
        commit=stated.figure,
        won=deals.won_amount,
        target=quota,
        gap=gap(quota, stated.figure),
        missing=stated.missing,
        deals=tuple(item.deal for item in deals.won),
    )


def gap(quota: Figure, call: Figure) -> Figure:
    """Give target less call; where one of them is missing, its reason."""
    if quota.value is None or call.value is None:
        return lacking(quota.why if quota.value is None else call.why)
    return known(quota.value - call.value)
