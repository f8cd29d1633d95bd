"""Which deals are settled: closed, agreed, and so quiet that another lock would change nothing on them."""

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from review.closed import closed_day
from review.deals import Status
from review.records import DealRecord, Ledger
from review.roster import owners_among
from review.settled import Box
from review.truth import effective

Boxes = dict[str, dict[str, DealRecord]]
"""The month in which deals closed, empty where that is not known, to the deals."""


def settling(ledger: Ledger) -> Boxes:
    """Sort the deals that a lock leaves settled by the month in which they closed."""
    waiting = {
        ident for c in ledger.commitments.values() if c.is_open for ident in (c.deal, *c.deals) if ident
    } | ledger.told.keys()
    found: Boxes = {}
    for ident, record in ledger.current.items():
        if is_settled(record) and ident not in waiting:
            day = closed_day(record)
            found.setdefault(day.isoformat()[:7] if day else "", {})[ident] = record
    return {month: found[month] for month in sorted(found)}


def is_settled(record: DealRecord) -> bool:
    """Tell whether only a new row of an export, or somebody’s word, can change the deal from now on.

    It stood closed at a lock, everybody agrees on it, and it waits for no rule. An export without it says nothing new,
    and a lock only counts on: its day, and that nobody opened the deal (`review.settled`).
    """
    lock, ended = record.lock, record.ended
    if lock is None or not lock.closed or lock.from_exports or effective(record).status is Status.OPEN:
        return False
    agreed = not record.decisions and (ended is None or ended.agreed)
    known_gone = ended is not None or record.crm.status is not Status.OPEN or record.missing_since is not None
    passing = (record.stay, record.last_exit, record.exception, record.evidence_told)
    moving = (record.skipped, record.step_in_writing, record.returned)
    return agreed and known_gone and not any(passing) and not any(moving)


def put_away(ledger: Ledger, boxes: Boxes, digest: str) -> Ledger:
    """Give the ledger with the boxes of its last lock put beside it; `digest`: of the file that holds them."""
    row = ledger.locks[-1]
    gone = {ident for records in boxes.values() for ident in records}
    fresh = [_box(name, records, row.review, row.day, len(ledger.locks), digest) for name, records in boxes.items()]
    return replace(
        ledger,
        current={ident: record for ident, record in ledger.current.items() if ident not in gone},
        settled=ledger.settled.and_more(fresh),
    )


def _box(name: str, records: Mapping[str, DealRecord], review: str, day: date, held: int, digest: str) -> Box:
    days = [closed for record in records.values() if (closed := closed_day(record)) is not None]
    return Box(
        review=review,
        name=name,
        digest=digest,
        day=day,
        held=held,
        first=min(days, default=None),
        last=max(days, default=None),
        ids=tuple(records),
        owners=tuple(sorted(owners_among(records.values()))),
    )
