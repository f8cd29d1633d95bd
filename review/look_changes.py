"""What is different between two exports, deal by deal, each difference with its words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from review.creation import creation, was_closed
from review.deals import Category, Deal, Status
from review.figures import ZERO
from review.money import short_money
from review.periods import Period
from review.records import AtLock, DealRecord, Ledger
from review.renaming import pairs
from review.settings import Settings
from review.truth import effective
from review.words import day_month

RANKS = (Category.OMITTED, Category.PIPELINE, Category.BEST_CASE, Category.COMMIT)


class Kind(StrEnum):
    """The ways in which a deal can be different, in the order in which they are told."""

    CREATED = "created"
    APPEARED = "appeared"
    WON = "won"
    LOST = "lost"
    VANISHED = "vanished"
    RENAMED = "renamed?"
    REOPENED = "open again"
    LATER = "date later"
    EARLIER = "date earlier"
    UNDATED = "date removed"
    OUT = "moved out"
    IN = "moved in"
    UP = "amount up"
    DOWN = "amount down"
    ON = "stage on"
    BACK = "stage back"
    STAGE = "stage changed"
    FIRMER = "category up"
    WEAKER = "category down"
    OWNER = "new owner"


class LookDeal(Struct, frozen=True, kw_only=True):
    """One deal in a line, with what is to be said of it there."""

    deal: str
    title: str
    rep: str
    amount: Decimal | None
    words: str = ""


class LookLine(Struct, frozen=True, kw_only=True):
    """Deals of which the same is to be said, the largest first."""

    kind: str
    deals: tuple[LookDeal, ...]
    amount: Decimal
    """What they are worth; for amounts, the change itself."""


class Naming(Struct, frozen=True):
    """How deals and people are called on the page."""

    titles: dict[str, str]
    people: dict[str, str]

    def told(self, ident: str, record: DealRecord, words: str = "") -> LookDeal:
        """Give a deal with its words."""
        deal = effective(record)
        rep = self.people.get(record.rep, deal.owner)
        return LookDeal(deal=ident, title=self.titles.get(ident, deal.title), rep=rep, amount=deal.amount, words=words)


def line(kind: str, deals: Iterable[LookDeal], amount: Decimal | None = None) -> LookLine:
    """Make a line; without an amount it is what the deals are worth."""
    ordered = tuple(sorted(deals, key=lambda deal: (-abs(deal.amount or ZERO), deal.deal)))
    worth = sum((deal.amount or ZERO for deal in ordered), ZERO) if amount is None else amount
    return LookLine(kind=kind, deals=ordered, amount=worth)


def changes(ledger: Ledger, settings: Settings, period: Period, naming: Naming) -> tuple[LookLine, ...]:
    """Tell what is different since the export that stands as locked; kinds in which nothing is are left out."""
    found: dict[Kind, list[LookDeal]] = {kind: [] for kind in Kind}
    since = creation(ledger)
    for kind, figure in (
        (Kind.CREATED, since.created), (Kind.APPEARED, since.appeared), (Kind.WON, since.won), (Kind.LOST, since.lost),
    ):  # fmt: skip
        found[kind] += [naming.told(i, ledger.deals[i], _worth(ledger.deals[i])) for i in figure.deals]
    by_amount = dict.fromkeys((Kind.UP, Kind.DOWN), ZERO)
    ranks = {stage.name.casefold(): place for place, stage in enumerate(settings.stages)}
    for ident, record in ledger.deals.items():
        if record.lock is None:
            continue
        for kind, words in _differences(record, record.lock, period, ranks, naming):
            found[kind].append(naming.told(ident, record, words))
            if kind in by_amount:
                by_amount[kind] += (effective(record).amount or ZERO) - (record.lock.amount or ZERO)
    found[Kind.RENAMED] = [
        naming.told(new, ledger.deals[new], f"was {ledger.deals[old].crm.name}") for old, new in renamed(ledger)
    ]
    return tuple(line(kind.value, deals, by_amount.get(kind)) for kind, deals in found.items() if deals)


def _differences(
    record: DealRecord, lock: AtLock, period: Period, ranks: dict[str, int], naming: Naming
) -> Iterator[tuple[Kind, str]]:
    """Go through everything in which one deal differs from what it was."""
    deal = effective(record)
    if record.missing_since is not None:
        if lock.open:
            yield Kind.VANISHED, short_money(lock.amount) if lock.amount is not None else ""
        return
    if deal.status is not Status.OPEN:
        return
    if was_closed(lock):
        yield Kind.REOPENED, _worth(record)
        return
    yield from _dates(deal, lock, period)
    yield from _amounts(deal, lock)
    yield from _stages(deal, lock, ranks)
    if deal.category is not lock.category:
        kind = Kind.FIRMER if RANKS.index(deal.category) > RANKS.index(lock.category) else Kind.WEAKER
        yield kind, f"{lock.category.value} → {deal.category.value}"
    if lock.owner != record.rep:
        yield Kind.OWNER, f"{naming.people.get(lock.owner, 'nobody')} → {naming.people.get(record.rep, 'nobody')}"


def _dates(deal: Deal, lock: AtLock, period: Period) -> Iterator[tuple[Kind, str]]:
    before, now = lock.close_date, deal.close_date
    if before == now:
        return
    words = f"{say_date(before)} → {say_date(now)}"
    if now is None:
        yield Kind.UNDATED, words
    elif before is not None:
        yield (Kind.LATER if now > before else Kind.EARLIER), words
    was, is_now = _inside(before, period), _inside(now, period)
    if was is not is_now:
        yield (Kind.IN if is_now else Kind.OUT), words


def _amounts(deal: Deal, lock: AtLock) -> Iterator[tuple[Kind, str]]:
    before, now = lock.amount or ZERO, deal.amount or ZERO
    if before != now:
        yield (Kind.UP if now > before else Kind.DOWN), f"{short_money(before)} → {short_money(now)}"


def _stages(deal: Deal, lock: AtLock, ranks: dict[str, int]) -> Iterator[tuple[Kind, str]]:
    if deal.stage.casefold() == lock.stage.casefold():
        return
    old, new = ranks.get(lock.stage.casefold()), ranks.get(deal.stage.casefold())
    kind = Kind.STAGE if old is None or new is None else Kind.ON if new > old else Kind.BACK
    yield kind, f"{lock.stage or 'no stage'} → {deal.stage or 'no stage'}"


def renamed(ledger: Ledger) -> tuple[tuple[str, str], ...]:
    """Pair deals that are gone with new ones that may be the same; each once."""
    gone = ((i, r.crm) for i, r in ledger.deals.items() if r.lock and r.lock.open and r.missing_since is not None)
    return pairs(gone, ((ident, record.crm) for ident, record in ledger.deals.items() if record.lock is None))


def titles_of(deals: Iterable[tuple[str, Deal]]) -> dict[str, str]:
    """Call each deal by its account, and by its own name where one person has several deals of that account."""
    every = tuple(deals)
    counts = Counter((deal.owner, deal.title) for _, deal in every)
    return {
        ident: deal.title if counts[deal.owner, deal.title] == 1 else deal.name or deal.title for ident, deal in every
    }


def say_date(day: date | None) -> str:
    """Write a close date: '4 Dec', 'no date'."""
    return day_month(day) if day else "no date"


def _inside(day: date | None, period: Period) -> bool:
    return day is not None and period.first <= day <= period.last


def _worth(record: DealRecord) -> str:
    amount = effective(record).amount
    return short_money(amount) if amount is not None else "no amount"
