"""Deals beyond the active periods: counted apart, and asked in the first review of a month."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from review.hanging import Loose, hanging
from review.later import is_first_of_month, later_deals
from review.preparation import prepare
from review.standing import active_deals
from review.truth import is_open
from tests.builders import MONDAY, a_deal, a_ledger, a_session, monday, next_week, some_settings

SETTINGS = some_settings()
SOON, LAST, FAR = date(2026, 12, 18), date(2027, 3, 31), date(2027, 4, 1)


@pytest.mark.parametrize(
    ("changed", "later"),
    [
        ({"close": LAST}, False),
        ({"close": FAR}, True),
        ({"close": None}, False),
        ({"close": date(2026, 1, 5)}, False),
        ({"close": FAR, "category": "omitted"}, False),
        ({"close": FAR, "status": "won"}, False),
    ],
)
def test_a_deal_is_later_from_the_first_day_after_the_active_periods(changed, later):
    found = later_deals(a_ledger(a_deal("d1", **changed)), SETTINGS, MONDAY)
    assert found.deals == (("d1",) if later else ())
    assert found.amount == (Decimal(100_000) if later else 0)


@pytest.mark.parametrize(
    ("locks", "today", "first"),
    [
        ((), MONDAY, True),
        ((date(2026, 11, 2),), MONDAY, False),
        ((date(2026, 10, 26),), date(2026, 11, 2), True),
        ((date(2025, 11, 24),), MONDAY, True),
        ((date(2026, 11, 30),), date(2026, 12, 7), True),
    ],
)
def test_the_first_review_of_a_month_asks(locks, today, first):
    row = a_session().lock().locks[0]
    ledger = replace(a_ledger(), locks=tuple(replace(row, day=day) for day in locks))
    assert is_first_of_month(ledger, today) is first


def test_the_lock_names_them_once_a_month_and_prep_counts_them_apart():
    deals = (a_deal("d1", close=SOON), a_deal("d2", name="Initech", account="Initech", close=FAR))
    session = a_session(a_ledger(*deals))
    (row,) = [one for one in hanging(session.meeting) if one.kind is Loose.LATER]
    assert [(case.name, case.evidence) for case in row.cases] == [("Initech", "Thu 1 Apr")]
    ledger = session.lock()
    second = next_week(ledger)
    assert not [one for one in hanging(second.meeting) if one.kind is Loose.LATER]
    prepared = prepare(ledger, SETTINGS, monday(1))
    assert prepared.active == 1
    assert prepared.later is not None
    assert (prepared.later.deals, prepared.later.asks, prepared.later.after) == (("d2",), False, "Q1")


@given(st.lists(st.tuples(st.integers(-200, 400), st.booleans(), st.sampled_from(["open", "won"])), max_size=8))
def test_open_deals_are_active_omitted_or_later_each_once(rows):
    deals = [
        a_deal(
            f"d{n}", close=MONDAY + timedelta(days=days), category="omitted" if omitted else "pipeline", status=status
        )
        for n, (days, omitted, status) in enumerate(rows)
    ]
    ledger = a_ledger(*deals, a_deal("last"))
    active, later = active_deals(ledger, SETTINGS, MONDAY), later_deals(ledger, SETTINGS, MONDAY).deals
    wanted = {i for i, r in ledger.deals.items() if is_open(r) and r.crm.category != "omitted"}
    assert set(active) | set(later) == wanted
    assert not set(active) & set(later)
