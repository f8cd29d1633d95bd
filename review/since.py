"""What changed since the last lock, in figures and in words that stand on one line (method, sections 8 and 11)."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from review.creation import Creation, creation
from review.deals import Status
from review.figures import Figure
from review.from_exports import compared_with
from review.money import short_money
from review.records import DealRecord, Ledger
from review.settings import Settings
from review.truth import effective, is_open
from review.words import counted


class Since(Struct, frozen=True, kw_only=True):
    """The deals that are not as the last lock left them; ids, each where it belongs."""

    creation: Creation
    later: tuple[str, ...] = ()
    """Deals whose close date is later than at the lock."""
    sooner: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    """Deals that are in a later stage."""
    back: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    """Deals that were closed at the lock and are open now."""
    vanished: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Say it in parts: '4 new, 210k', '2 won, 118k', '7 dates later', '1 vanished'; none where nothing changed."""
        born = self.creation
        moved = (
            (len(self.later), "date", "later"),
            (len(self.sooner), "date", "sooner"),
            (len(self.on), "stage", "on"),
            (len(self.back), "stage", "back"),
        )
        parts = [_sum(born.created, "new"), _sum(born.appeared, "appeared"), _sum(born.transferred, "handed over")]
        parts += [_sum(born.won, "won"), _sum(born.lost, "lost")]
        parts += [f"{counted(number, noun)} {way}" for number, noun, way in moved if number]
        parts += [f"{len(self.again)} open again"] if self.again else []
        parts += [f"{len(self.vanished)} vanished"] if self.vanished else []
        return tuple(part for part in parts if part)


def since_lock(ledger: Ledger, settings: Settings) -> Since | None:
    """Compare every deal with the last lock; None where there is no lock yet."""
    if compared_with(ledger) is None:
        return None
    ranks = {stage.name.casefold(): place for place, stage in enumerate(settings.stages)}
    found: dict[str, list[str]] = {"later": [], "sooner": [], "on": [], "back": [], "again": [], "vanished": []}
    for ident, record in ledger.current.items():
        for way in _ways(record, ranks):
            found[way].append(ident)
    return Since(creation=creation(ledger), **{way: tuple(deals) for way, deals in found.items()})


def _ways(record: DealRecord, ranks: dict[str, int]) -> Iterator[str]:
    before = record.lock
    if before is not None and before.closed and is_open(record):
        yield "again"
    if before is None or not before.open:
        return
    if record.missing_since is not None:
        if not record.vanished:
            yield "vanished"
        return
    deal = effective(record)
    if deal.status is not Status.OPEN:
        return
    if before.close_date and deal.close_date and before.close_date != deal.close_date:
        yield "later" if deal.close_date > before.close_date else "sooner"
    old, new = ranks.get(before.stage.casefold()), ranks.get(deal.stage.casefold())
    if old is not None and new is not None and old != new:
        yield "on" if new > old else "back"


def _sum(figure: Figure, word: str) -> str:
    if not figure.deals:
        return ""
    amount = f", {short_money(figure.value or Decimal(0))}" if figure.value else ""
    return f"{len(figure.deals)} {word}{amount}"
