"""What a held review leaves behind for ever: its figures, and how its deals left inspection."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from sys import intern

from msgspec import Struct
from msgspec.structs import force_setattr


class Exit(StrEnum):
    """The five ways out of inspection, and the one that an import makes."""

    CLOSED_OUT = "closed out"
    ENDED = "ended"
    OFFLINE = "offline"
    PARKED = "parked"
    DROPPED = "dropped"


class Opened(Struct, frozen=True, kw_only=True, gc=False):
    """One deal that a held review opened."""

    deal: str
    rep: str
    slot: int
    by_turn: bool
    """Whether the slot was filled by longest not inspected."""
    commit: bool
    seconds: int
    exit: Exit

    def __post_init__(self) -> None:
        """Share the rep's name, which stands in thousands of these with the years."""
        force_setattr(self, "rep", intern(self.rep))


class LockRow(Struct, frozen=True, kw_only=True, gc=False):
    """One held review in a few figures, kept for ever."""

    review: str
    day: date
    held: int
    """1 for the first held review."""
    present: tuple[str, ...]
    planned: dict[str, int]
    """Section to seconds."""
    actual: dict[str, int]
    seconds: int
    opened: tuple[Opened, ...] = ()
    adapted: dict[str, int] = {}
    """Section to the seconds that it had in the end; the same sections as in `planned`, none in older rows."""
    active: int = 0
    without: dict[str, int] = {}
    """Person id to deals still without a step, date or owner."""
    kept: int = 0
    judged: int = 0
    kept_by: dict[str, tuple[int, int]] = {}
    """Person id to kept and judged; manager only but for the manager's own."""
    commit_stated: Decimal | None = None
    commit_after: Decimal | None = None
    next_stated: Decimal | None = None
    """For the next period, where it was asked; None where nobody stated it."""
    next_after: Decimal | None = None
    commitments: int = 0
    won: int = 0
    lost: int = 0
    created: Decimal = Decimal(0)
    won_amount: Decimal = Decimal(0)
    lost_amount: Decimal = Decimal(0)
    focus: str = ""
    worth_copying: str = ""
    steps: int = 0
    """Open next steps of active deals."""
    agreed: int = 0
    """Those of them that are agreed with somebody at the customer."""
    coverage: Decimal | None = None
    """Open pipeline of the period ÷ quota; None where there is no quota."""
    export_day: date | None = None
    """Day of the export that it stood on; None in rows from before this was kept."""
    won_by_then: Decimal | None = None
    """Won in the period of the review's day, up to it; None in rows from before this was kept."""
