"""Small deals, reps and ledgers that the tests of rules and queue are made of."""

from datetime import date, timedelta
from decimal import Decimal

from review.calendar import Workdays
from review.commitments import Commitment, Origin
from review.deals import Category, Deal
from review.evidence import Confirmation, Paper
from review.people import Person
from review.records import AtLock, DealRecord, Ledger, LockRow
from review.settings import Settings, Stage, Thresholds
from review.slips import LockFacts
from review.truth import effective

MONDAY = date(2026, 11, 23)
STAGES = ("Qualify", "Discover", "Propose", "Negotiate", "Sign")
WHO = ("Tom Reed", "Wei Lin", "Aisha Khan", "Marcus Bell", "Nina Roth", "Sofia Diaz", "Elena Ro", "Diego Paz")


def monday(number):
    """The Monday of lock `number`; lock 0 is 23 Nov 2026."""
    return MONDAY + timedelta(weeks=number)


def the_team(count=3):
    return tuple(Person(id=name.split()[0].lower(), name=name) for name in WHO[:count])


def the_settings(count=3, *, people=None, **thresholds):
    return Settings(
        people=the_team(count) if people is None else people,
        stages=tuple(Stage(name=name) for name in STAGES),
        thresholds=Thresholds(**thresholds),
    )


def a_step(deal="d1", *, due=MONDAY + timedelta(days=3), owner="tom", made=MONDAY - timedelta(days=30), **more):
    more.setdefault("text", "Send the draft contract to @Dana")
    more.setdefault("customers", ("Dana",))
    return Commitment(
        id=f"s-{deal}", owner=owner, due=due, first_due=due, made=made, review="", origin=Origin.STEP, deal=deal, **more
    )


def a_record(ident="d1", *, rep="tom", close=date(2026, 12, 18), category=Category.PIPELINE, stage="Propose", **more):
    amount = more.pop("amount", Decimal(100_000))
    crm = {key: more.pop(key) for key in ("last_inbound", "last_activity", "created", "type", "status") if key in more}
    more.setdefault("first_seen", MONDAY - timedelta(days=3))
    more.setdefault("stage_since", more["first_seen"])
    deal = Deal(id=ident, name=ident, close_date=close, category=category, stage=stage, amount=amount, **crm)
    return DealRecord(crm=deal, rep=rep, **more)


def confirmed(on=MONDAY - timedelta(days=3), close=date(2026, 12, 18)):
    return Confirmation(who="Dana", close_date=close, said_on=on)


def paper(on=MONDAY - timedelta(days=3)):
    return Paper(stage="legal", moved_on=on)


def at_lock(record, day):
    deal = effective(record)
    return AtLock(
        day=day,
        open=True,
        category=deal.category,
        amount=deal.amount,
        close_date=deal.close_date,
        stage=deal.stage,
        owner=record.rep,
    )


def a_ledger(*records, steps=(), locks=(), **more):
    return Ledger(
        current={record.crm.id: record for record in records},
        commitments={step.id: step for step in steps},
        locks=tuple(locks),
        **more,
    )


def a_row(number, day, present=("tom", "wei", "aisha"), opened=()):
    return LockRow(
        review=f"r{number}",
        day=day,
        held=number,
        present=tuple(present),
        planned={},
        actual={},
        seconds=3600,
        opened=tuple(opened),
    )


def lock_facts(day=MONDAY, *, number=5, present=("tom", "wei", "aisha"), settings=None, **more):
    settings = settings or the_settings()
    return LockFacts(
        day=day,
        review=f"r{day:%m%d}",
        number=number,
        present=frozenset(present),
        settings=settings,
        workdays=Workdays.of(settings),
        **more,
    )
