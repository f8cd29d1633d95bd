"""Builders for the figures: a team of two with a manager, four stages, and deals in few words."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from review.commitments import Commitment
from review.deals import Category, Deal, Ending, Status
from review.people import Person
from review.records import AtLock, Call, DealRecord, Ended, Ledger, LockRow
from review.settings import Settings, Stage

DAY = date(2026, 11, 23)
LOCKED = date(2026, 11, 16)
PERIOD = date(2026, 10, 1)
STAGES = (
    Stage(name="Discovery", odds=Decimal(10)),
    Stage(name="Proposal", odds=Decimal(40)),
    Stage(name="Negotiation", odds=Decimal(70)),
    Stage(name="Verbal"),
)


def a_person(ident: str, **more: Any) -> Person:
    return Person(id=ident, name=ident.title(), **{"start": date(2020, 1, 1), **more})


def the_settings(**more: Any) -> Settings:
    people = (
        a_person("marcus", quota=Decimal(600)),
        a_person("wei", quota=Decimal(400)),
        a_person("ada", manager=True, carries=False),
    )
    return Settings(**{"people": people, "stages": STAGES, **more})


def a_deal(
    ident: str = "D1",
    amount: int | str | None = 100,
    category: str = "pipeline",
    close: date | None = date(2026, 12, 18),
    *,
    rep: str = "marcus",
    status: str = "open",
    stage: str = "Proposal",
    first_seen: date = date(2026, 9, 1),
    crm: dict[str, Any] | None = None,
    **record: Any,
) -> DealRecord:
    deal = Deal(
        id=ident,
        name=ident,
        amount=None if amount is None else Decimal(amount),
        category=Category(category),
        close_date=close,
        status=Status(status),
        stage=stage,
        owner=rep,
        **(crm or {}),
    )
    return DealRecord(**{"crm": deal, "rep": rep, "first_seen": first_seen, "stage_since": first_seen, **record})


def at_lock(
    amount: int | str | None = 100,
    category: str = "pipeline",
    close: date | None = date(2026, 12, 18),
    *,
    rep: str = "marcus",
    **more: Any,
) -> AtLock:
    return AtLock(
        **{
            "day": LOCKED,
            "open": True,
            "category": Category(category),
            "amount": None if amount is None else Decimal(amount),
            "close_date": close,
            "stage": "Proposal",
            "owner": rep,
            **more,
        }
    )


def won(ident: str, amount: int | str | None, close: date, **more: Any) -> DealRecord:
    return a_deal(ident, amount, close=close, status="won", **more)


def lost(ident: str, amount: int | str | None, seen: date, **more: Any) -> DealRecord:
    return a_deal(ident, amount, close=more.pop("close", seen), status="lost", first_lost=seen, **more)


def ended(kind: str, day: date = DAY) -> Ended:
    return Ended(kind=Ending(kind), reason=None, review="now", day=day)


def the_ledger(*records: DealRecord, **more: Any) -> Ledger:
    return Ledger(**{"current": {record.crm.id: record for record in records}, **more})


def since_the_lock(*records: DealRecord, **more: Any) -> Ledger:
    return the_ledger(*records, **{"lock_export_day": LOCKED, "columns": ("id", "created"), **more})


def a_call(person: str, commit: int, day: date = DAY, period: date = PERIOD, **more: Any) -> Call:
    return Call(person=person, period=period, commit=Decimal(commit), day=day, **more)


def a_lock(review: str, day: date, **more: Any) -> LockRow:
    return LockRow(
        **{"review": review, "day": day, "held": 1, "present": (), "planned": {}, "actual": {}, "seconds": 0, **more}
    )


def a_promise(ident: str, due: date, **more: Any) -> Commitment:
    return Commitment(
        **{
            "id": ident,
            "text": "Send @Dana the draft",
            "owner": "marcus",
            "due": due,
            "first_due": due,
            "made": LOCKED,
            "review": "before",
            **more,
        }
    )


def ids(items: Iterable[Any]) -> set[str]:
    return {item.deal for item in items}
