"""Momentum: one word per active deal, and the team's share (method, section 5)."""

from enum import StrEnum

from msgspec import Struct

from review.bearings import Bearings, done_on
from review.commitments import Standing
from review.deals import Deal
from review.records import DealRecord

TARGET = 100
"""Percent of the active deals that have momentum."""


class Momentum(StrEnum):
    """What one word says about a deal."""

    NONE = "none"
    COASTING = "coasting"
    MOVING = "moving"


class TeamMomentum(Struct, frozen=True, kw_only=True):
    """How many active deals have step, date and owner."""

    recorded: int
    active: int
    learning: bool
    """Whether it reads as recorded steps instead of a share: up to and including the first lock."""
    by_rep: dict[str, tuple[int, int]]
    """Person id to deals that have momentum and active deals."""

    @property
    def percent(self) -> int | None:
        """Give the share in whole percent, never rounded up to the target; None without active deals."""
        return TARGET * self.recorded // self.active if self.active else None

    @property
    def sentence(self) -> str:
        """Say the figure: 'recorded for 18 of 63', later '53 of 63 with momentum, 84 %'."""
        if not self.active:
            return "no active deals"
        if self.learning:
            return f"recorded for {self.recorded} of {self.active}"
        return f"{self.recorded} of {self.active} with momentum, {self.percent} %"


def momentum_of(record: DealRecord, deal: Deal, bearings: Bearings) -> Momentum:
    """Say whether a deal has no momentum, coasts or moves."""
    step = bearings.step(record)
    if step is None or step.due is None or step.due < bearings.day or bearings.lacks(step):
        return Momentum.NONE
    return Momentum.MOVING if has_moved(record, deal, bearings) else Momentum.COASTING


def has_moved(record: DealRecord, deal: Deal, bearings: Bearings) -> bool:
    """Tell whether there was an agreed step or a movement by the buyer in the last 14 days."""
    days = bearings.settings.thresholds.moving_days
    bought = record.buyer_movement
    if bought is not None and bearings.recently(bought.on, days):
        return True
    if deal.last_inbound is not None and bearings.recently(deal.last_inbound, days):
        return True
    for step in bearings.steps.get(deal.id, ()):
        done = done_on(step) if step.standing is Standing.BUYER else None
        if (step.agreed and bearings.recently(step.made, days)) or (done is not None and bearings.recently(done, days)):
            return True
    return False


def team_momentum(bearings: Bearings, *, number: int) -> TeamMomentum:
    """Count momentum over the team's active deals, for review or lock `number` (1 for the first held review)."""
    by_rep: dict[str, tuple[int, int]] = {}
    for record, deal in bearings.active():
        recorded, active = by_rep.get(record.rep, (0, 0))
        has = momentum_of(record, deal, bearings) is not Momentum.NONE
        by_rep[record.rep] = (recorded + has, active + 1)
    return TeamMomentum(
        recorded=sum(recorded for recorded, _ in by_rep.values()),
        active=sum(active for _, active in by_rep.values()),
        learning=number < bearings.settings.thresholds.enforce_from,
        by_rep=by_rep,
    )
