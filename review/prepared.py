"""What `closeout prep` says, as values; `review.preparation` works it out (method, section 11)."""

from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from review.later import Later


class QueuedDeal(Struct, frozen=True, kw_only=True):
    """A deal of the coming queue with its reason."""

    place: int
    rep: str
    title: str
    amount: Decimal | None
    kind: str
    reason: str
    tone: Literal["watch", "act", "ok", ""]
    deal: str


class MissingOf(Struct, frozen=True, kw_only=True):
    """One person's active deals that lack a step, a date or an owner."""

    person: str
    """Empty for deals whose owner is nobody of the team."""
    deals: tuple[str, ...]


class Preparation(Struct, frozen=True, kw_only=True):
    """Everything that `closeout prep` says; only what the room may see."""

    day: date
    currency: str
    export: str
    """The file's name; empty where none was read in."""
    export_day: date | None
    deals: int
    """Rows of the export."""
    active: int
    focus: str
    last_lock: date | None
    compared_with: str
    """Since when `since` counts: '16 Nov', or '16 Nov, from exports'; empty where nothing stood before."""
    queue: tuple[QueuedDeal, ...]
    seconds: int
    """What the queue is expected to take."""
    room: int
    """What it may take."""
    sentence: str
    """What did not fit."""
    cycle_weeks: int | None
    if_time: tuple[QueuedDeal, ...]
    away: tuple[str, ...]
    missing: tuple[MissingOf, ...]
    due: dict[str, int]
    """Person to promises that fell due, most first."""
    since: tuple[str, ...]
    not_in_crm: tuple[str, ...]
    third_values: tuple[str, ...]
    later: Later | None = None
    """Deals beyond the active periods; None where there are none."""
    learning: tuple[str, ...] = ()
    """What changed thresholds will mean at the lock."""
