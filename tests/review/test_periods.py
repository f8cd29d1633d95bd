from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.people import Person
from review.periods import (
    in_first_month,
    is_ramping,
    months_of,
    next_period,
    period_of,
    period_quota,
    periods_ahead,
    previous_period,
    ramp_share,
    ramped_headcount,
)
from review.settings import Settings

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("fiscal_start", "label", "first", "last"),
    [
        (1, "Q4", date(2026, 10, 1), date(2026, 12, 31)),
        (2, "Q4", date(2026, 11, 1), date(2027, 1, 31)),
        (3, "Q3", date(2026, 9, 1), date(2026, 11, 30)),
        (12, "Q4", date(2026, 9, 1), date(2026, 11, 30)),
    ],
)
def test_quarters_follow_the_fiscal_year(fiscal_start, label, first, last):
    period = period_of(MONDAY, Settings(fiscal_start=fiscal_start))
    assert (period.label, period.first, period.last) == (label, first, last)


def test_a_period_may_be_a_month():
    period = period_of(date(2028, 2, 10), Settings(period="month"))
    assert (period.label, period.first, period.last, period.days) == ("Feb", date(2028, 2, 1), date(2028, 2, 29), 29)


def test_periods_ahead_begin_with_the_one_of_the_day():
    assert [p.label for p in periods_ahead(MONDAY, Settings(), 3)] == ["Q4", "Q1", "Q2"]


@pytest.mark.parametrize(
    ("start", "shares"),
    [
        (date(2026, 10, 15), ["0", "0.25", "0.5", "0.75", "1"]),
        (date(2026, 9, 16), ["0", "0.25", "0.5", "0.75", "1"]),
        (date(2026, 10, 16), ["0", "0", "0.25", "0.5", "0.75"]),
        (None, ["1", "1", "1", "1", "1"]),
    ],
)
def test_the_ramp_begins_in_the_month_of_the_start_until_its_fifteenth(start, shares):
    person = Person(id="p", name="P", start=start)
    months = [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]
    assert [ramp_share(person, month) for month in months] == [Decimal(share) for share in shares]


def test_a_quota_is_the_sum_of_its_months_after_ramp():
    quarter = period_of(MONDAY, Settings())
    new = Person(id="p", name="P", start=date(2026, 10, 1), quota=Decimal(300_000))
    assert period_quota(new, quarter) == Decimal(75_000)
    assert period_quota(Person(id="p", name="P", quota=Decimal(300_000)), quarter) == Decimal(300_000)
    assert period_quota(Person(id="p", name="P"), quarter) is None


def test_headcount_counts_the_same_shares_to_the_end_of_the_month_somebody_left():
    team = (
        Person(id="a", name="A"),
        Person(id="b", name="B", start=date(2026, 10, 1)),
        Person(id="c", name="C", left=date(2026, 10, 5)),
        Person(id="m", name="M", manager=True, carries=False),
    )
    headcount = ramped_headcount(period_of(MONDAY, Settings()), Settings(people=team))
    assert round(headcount, 9) == round(Decimal(1) + Decimal("0.25") + Decimal(1) / 3, 9)


def test_a_new_rep_is_ramping_until_the_fifth_month():
    person = Person(id="p", name="P", start=date(2026, 11, 16))
    assert in_first_month(person, MONDAY)
    assert in_first_month(person, date(2026, 12, 31))
    assert not in_first_month(person, date(2027, 1, 1))
    assert is_ramping(person, date(2027, 3, 31))
    assert not is_ramping(person, date(2027, 4, 1))


@given(
    st.dates(date(1990, 1, 1), date(2090, 12, 31)),
    st.integers(1, 12),
    st.sampled_from(["quarter", "month"]),
)
@settings(max_examples=150, deadline=None)
def test_periods_lie_side_by_side_and_cover_every_day(day, fiscal_start, kind):
    team = Settings(fiscal_start=fiscal_start, period=kind)
    period = period_of(day, team)
    assert day in period
    assert len(months_of(period)) == (3 if kind == "quarter" else 1)
    assert next_period(period, team).first == period.last + timedelta(days=1)
    assert previous_period(period, team).last == period.first - timedelta(days=1)
    assert period_of(period.first, team) == period_of(period.last, team) == period
