"""How many of the deals that stood in a stage were won, as far as it was seen: what odds can be proposed by."""

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from msgspec import Struct

from review.closed import closed_day, is_lost, is_won
from review.health_window import health_window
from review.passage import FEW
from review.records import DealRecord, Ledger
from review.settings import Settings
from review.truth import effective


class Passed(Struct, frozen=True):
    """Deals that closed in the window and had stood in one stage."""

    won: int
    closed: int

    @property
    def odds(self) -> Decimal | None:
        """The share won in whole per cent; None where so few closed that it says nothing."""
        if self.closed < FEW:
            return None
        return (Decimal(100 * self.won) / self.closed).quantize(Decimal(1), ROUND_HALF_EVEN)


def passed_stages(ledger: Ledger, settings: Settings, day: date) -> dict[str, Passed]:
    """Map stages, case folded, to what became of the deals that were seen in them."""
    window, found = health_window(settings, day), dict[str, Passed]()
    for record in ledger.closing(window.first, window.periods[-1].last).values():
        won, closed = is_won(record), closed_day(record)
        if closed is None or not (won or is_lost(record)) or not window.holds(closed):
            continue
        for stage in _stood_in(record):
            before = found.get(stage, Passed(0, 0))
            found[stage] = Passed(before.won + won, before.closed + 1)
    return found


def _stood_in(record: DealRecord) -> set[str]:
    """Name the stages that a deal was seen in, the one it closed in included."""
    moves = (stage for change in record.history if change.field == "stage" for stage in (change.frm, change.to))
    return {stage.casefold() for stage in (*moves, effective(record).stage) if stage}
