"""A review's day with everything that is looked up for each deal, worked out once."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from review.calendar import Workdays
from review.commitments import Commitment, Origin, Standing
from review.deals import Category, Deal, Status
from review.gate import check_owner, check_step
from review.learning import Rule, learning
from review.people import Person
from review.periods import Period, period_of, periods_ahead
from review.records import DealRecord, Ledger
from review.settings import Settings, Stage
from review.standing import Step, step_of
from review.truth import effective

THIRDS = 3


class Bearings(NamedTuple):
    """What signals, momentum, focus and queue all look at; made with `take_bearings`."""

    ledger: Ledger
    settings: Settings
    day: date
    workdays: Workdays
    period: Period
    next_period: Period
    horizon: date
    """Last day on which a deal may close and be active."""
    stages: dict[str, tuple[int, Stage]]
    """Stage, case folded, to its place and settings."""
    people: dict[str, Person]
    steps: dict[str, list[Commitment]]
    """Deal to its next steps that are known, open or not."""
    learning: frozenset[Rule]
    """Rules that only say what they would do, because a threshold of theirs was changed."""
    away: frozenset[str] = frozenset()
    """People for whose deals no rule acts today."""

    def stage_third(self, stage: str) -> int | None:
        """Give the third of the open stages that a stage is in, 1 to 3; None for a stage that is not named."""
        known = self.stages.get(stage.casefold())
        return None if known is None else known[0] * THIRDS // len(self.stages) + 1

    def stale_days(self, stage: str) -> int:
        """Give the days without movement after which a deal in the stage is stale."""
        known = self.stages.get(stage.casefold())
        own = known[1].stale_days if known else None
        return self.settings.thresholds.stale_days if own is None else own

    def stage_days(self, stage: str) -> int:
        """Give the days after which a deal is too long in the stage."""
        known = self.stages.get(stage.casefold())
        own = known[1].stage_days if known else None
        return self.settings.thresholds.stage_days if own is None else own

    def step(self, record: DealRecord) -> Step | None:
        """Give the next step that stands, whoever wrote it."""
        return step_of(record, self.ledger.commitments)

    def lacks(self, step: Step) -> tuple[str, ...]:
        """Name what a step lacks by the gate – 'step', 'date', 'owner' –, a date that has passed being one."""
        # A step that was committed to went through the gate then; only what the CRM says is read here.
        named = step.commitment is not None or names_something(step.text, self.settings.stock_phrases)
        owner = self.people.get(step.owner)
        found = (
            ("step", not named),
            ("date", step.due is None),
            ("owner", owner is None or check_owner(owner, (owner,)) is not None),
        )
        return tuple(field for field, wrong in found if wrong)

    def is_active(self, record: DealRecord, deal: Deal) -> bool:
        """Tell whether the deal, given with its effective values, is active (method, section 7)."""
        return (
            record.missing_since is None
            and record.ended is None
            and deal.status is Status.OPEN
            and deal.category is not Category.OMITTED
            and (deal.close_date is None or deal.close_date <= self.horizon)
        )

    def active(self) -> Iterator[tuple[DealRecord, Deal]]:
        """Go through the active deals with their effective values, in the order of the ledger."""
        for record in self.ledger.current.values():
            deal = effective(record)
            if self.is_active(record, deal):
                yield record, deal

    def recently(self, day: date, days: int) -> bool:
        """Tell whether a day lies in the last `days` days: fewer than `days` ago and not ahead."""
        return timedelta(0) <= self.day - day < timedelta(days=days)


def take_bearings(ledger: Ledger, settings: Settings, day: date, workdays: Workdays) -> Bearings:
    """Work out for a day what every deal is looked at with."""
    period = period_of(day, settings)
    steps: dict[str, list[Commitment]] = {}
    for commitment in ledger.commitments.values():
        if commitment.origin is Origin.STEP and commitment.deal:
            steps.setdefault(commitment.deal, []).append(commitment)
    return Bearings(
        ledger=ledger,
        settings=settings,
        day=day,
        workdays=workdays,
        period=period,
        next_period=period_of(period.last + timedelta(days=1), settings),
        horizon=periods_ahead(day, settings, settings.thresholds.active_periods)[-1].last,
        stages={stage.name.casefold(): (place, stage) for place, stage in enumerate(settings.stages)},
        people={person.id: person for person in settings.people},
        steps=steps,
        learning=learning(ledger, settings, day).rules,
    )


@lru_cache(maxsize=8192)
def names_something(text: str, stock: tuple[str, ...]) -> bool:
    """Tell whether a step's text passes the gate; remembered, as the same exports are looked at again and again."""
    return check_step(text, stock) is None


def done_on(step: Commitment) -> date | None:
    """Give the day on which a step was done, by us or by the buyer; None where it was not."""
    return step.closed_on if step.standing in (Standing.DONE, Standing.BUYER) else None
