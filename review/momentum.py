"""Momentum: one word per active deal, and the team's share (method, section 5)."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from review.bearings import Bearings, done_on
from review.commitments import Standing
from review.deals import Deal
from review.records import DealRecord
from review.words import day_month

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
    return bool(moved_by(record, deal, bearings))


def moved_by(record: DealRecord, deal: Deal, bearings: Bearings) -> str:
    """Say what moved the deal in the last 14 days, the latest first; empty where nothing did."""
    found: list[tuple[date, str]] = []
    if record.buyer_movement is not None:
        found.append((record.buyer_movement.on, record.buyer_movement.what))
    if deal.last_inbound is not None:
        found.append((deal.last_inbound, "~ last inbound"))
    for step in bearings.steps.get(deal.id, ()):
        done = done_on(step) if step.standing is Standing.BUYER else None
        if done is not None:
            found.append((done, f"the buyer did “{step.text}”"))
        if step.agreed:
            found.append((step.made, f"“{step.text}” agreed"))
    days = bearings.settings.thresholds.moving_days
    lately = sorted((one for one in found if bearings.recently(one[0], days)), key=lambda one: one[0], reverse=True)
    return " · ".join(f"{what}, {day_month(on)}" for on, what in lately)


def say_momentum(record: DealRecord, deal: Deal, bearings: Bearings) -> str:
    """Say a deal's word with the facts that it stands on."""
    word, step = momentum_of(record, deal, bearings), bearings.step(record)
    if word is Momentum.MOVING:
        return f"{word} – {moved_by(record, deal, bearings)}"
    if word is Momentum.COASTING and step is not None and step.due is not None:
        days = bearings.settings.thresholds.moving_days
        return f"{word} – “{step.text}”, {day_month(step.due)}; nothing agreed and no buyer movement in {days} days"
    if step is None:
        return f"{word} – no step, date or owner"
    lacks = dict.fromkeys(f"no valid {field}" for field in bearings.lacks(step))
    if step.due is not None and step.due < bearings.day:
        lacks = {f"was due {day_month(step.due)}": None} | lacks
    return f"{word} – “{step.text}”: {', '.join(lacks)}"


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
