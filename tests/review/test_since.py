from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from review.deals import Category, Deal, Status
from review.records import AtLock, DealRecord, Ledger, LockRow
from review.settings import Settings, Stage
from review.since import since_lock

LOCKED = date(2026, 11, 16)
TODAY = date(2026, 11, 23)
SETTINGS = Settings(stages=(Stage(name="Early"), Stage(name="Middle"), Stage(name="Late")))
ROW = LockRow(review="2026-11-16", day=LOCKED, held=1, present=(), planned={}, actual={}, seconds=0)


def a_record(ident: str, *, stage: str = "Middle", close: int = 18, status: Status = Status.OPEN, **other: object):
    deal = Deal(
        id=ident,
        name=ident,
        stage=stage,
        close_date=date(2026, 12, close),
        created=date(2026, 8, 3),
        amount=Decimal(1000),
        status=status,
    )
    lock = AtLock(
        day=LOCKED,
        open=True,
        category=Category.PIPELINE,
        amount=Decimal(1000),
        close_date=date(2026, 12, 18),
        stage="Middle",
        owner="",
    )
    fields: dict[str, object] = {"first_seen": LOCKED, "stage_since": LOCKED, "lock": lock, **other}
    return DealRecord(crm=deal, **fields)  # type: ignore[arg-type]  # a builder for any field


def a_ledger(*records: DealRecord, locks: tuple[LockRow, ...] = (ROW,)) -> Ledger:
    return Ledger(
        current={record.crm.id: record for record in records},
        locks=locks,
        export_day=TODAY,
        lock_export_day=LOCKED,
        columns=("created",),
    )


def test_before_the_first_lock_there_is_nothing_to_compare_with() -> None:
    assert since_lock(a_ledger(a_record("a"), locks=()), SETTINGS) is None


def test_a_deal_that_is_as_it_was_says_nothing() -> None:
    found = since_lock(a_ledger(a_record("a")), SETTINGS)
    assert found is not None
    assert found.words == ()


def test_every_kind_of_change_is_counted_once_per_deal() -> None:
    found = since_lock(
        a_ledger(
            a_record("later", close=22),
            a_record("sooner", close=11),
            a_record("on", stage="Late"),
            a_record("back", stage="Early", close=23),
            a_record("gone", missing_since=TODAY),
            a_record("answered", missing_since=TODAY, vanished="deleted"),
            a_record("won", status=Status.WON, close=25),
            a_record("again", lock=replace(a_record("again").lock, open=False, closed=True)),
        ),
        SETTINGS,
    )
    assert found is not None
    assert found.later == ("later", "back")
    assert found.words == (
        "1 won, 1k", "2 dates later", "1 date sooner", "1 stage on", "1 stage back", "1 open again", "1 vanished",
    )  # fmt: skip
