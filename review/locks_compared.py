"""Two locks side by side: what the pipeline did between them, and which deals moved how."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from review.bridge import Bridge, build_bridge
from review.dates import short_date
from review.figures import ZERO
from review.money import short_money
from review.records import AtLock, DealRecord, Ledger, LockRow
from review.settings import Settings
from review.settled import Settled
from review.since import Since, since_lock
from review.truth import effective


class Moved(Struct, frozen=True, kw_only=True):
    """One deal that was open at the first lock and is not as it was at the second, closed or changed."""

    deal: str
    title: str
    owner: str
    words: str


class Compared(Struct, frozen=True, kw_only=True):
    """Everything that lies between two locks."""

    before: LockRow
    after: LockRow
    bridge: Bridge
    since: Since | None
    moved: tuple[Moved, ...]
    titles: dict[str, str]


def compare(before: Ledger, after: Ledger, settings: Settings) -> Compared | None:
    """Compare what two locks froze, the earlier one first; None where one of them is no lock's.

    The bridge, and everything 'since', compare a deal with its values at a lock: here with those at the earlier one.
    """
    first, last = before.last_lock, after.last_lock
    if first is None or last is None:
        return None
    # What was settled at the first of them did nothing until the second.
    told = after.touched(first.day).items()
    deals = {ident: replace(record, lock=_then(before, ident)) for ident, record in told}
    between = replace(after, current=deals, settled=Settled(), lock_export_day=before.lock_export_day)
    return Compared(
        before=first,
        after=last,
        bridge=build_bridge(between, settings, last.day),
        since=since_lock(between, settings),
        moved=tuple(_moved(deals, last.day)),
        titles={ident: record.crm.title for ident, record in deals.items()},
    )


def _then(before: Ledger, ident: str) -> AtLock | None:
    record = before.deals.get(ident)
    return record.lock if record is not None else None


def _moved(deals: dict[str, DealRecord], day: date) -> Iterator[Moved]:
    found = []
    for ident, record in deals.items():
        then = record.lock
        if then is None or not then.open or record.missing_since is not None:
            continue
        deal = effective(record)
        words = tuple(_changes(then, record, day))
        if words:
            size = max(abs(deal.amount or ZERO), abs(then.amount or ZERO))
            found.append((size, Moved(deal=ident, title=deal.title, owner=deal.owner, words=" · ".join(words))))
    yield from (moved for _, moved in sorted(found, key=lambda each: (-each[0], each[1].deal)))


def _changes(then: AtLock, record: DealRecord, day: date) -> Iterator[str]:
    deal = effective(record)
    if deal.status.value != "open":
        yield deal.status.value
        return
    if deal.category != then.category:
        yield f"{then.category.value} → {deal.category.value}"
    if deal.close_date != then.close_date:
        dates = (short_date(each, day) if each else "none" for each in (then.close_date, deal.close_date))
        yield "closes " + " → ".join(dates)
    if deal.amount != then.amount:
        amounts = (short_money(each) if each is not None else "none" for each in (then.amount, deal.amount))
        yield " → ".join(amounts)
    if deal.stage != then.stage:
        yield f"{then.stage or 'no stage'} → {deal.stage or 'no stage'}"
    if record.rep != then.owner:
        yield f"now {deal.owner}’s"
