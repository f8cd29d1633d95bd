from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.coverage import coverage, creation_number
from review.figures import Lack
from tests.review.numbers import DAY, a_deal, a_person, lost, the_ledger, the_settings, won

SETTINGS = the_settings(people=(a_person("marcus", quota=Decimal(300)),), qualified_from="Negotiation")
NEXT = date(2027, 2, 1)
LONG_AGO = date(2026, 5, 4)


def a_win(ident="w", amount=100, days=84, close=LONG_AGO, **more):
    return won(ident, amount, close, crm={"created": close - timedelta(days=days)}, **more)


def test_total_coverage_is_open_pipeline_over_quota():
    found = coverage(
        the_ledger(a_deal("a", 600), a_deal("b", 300, "commit"), a_deal("o", 999, "omitted")), SETTINGS, DAY
    )
    assert found.total.value == 3
    assert set(found.total.deals) == {"a", "b"}


def test_to_go_is_weighted_open_over_what_the_quota_still_wants():
    ledger = the_ledger(won("w", 100, date(2026, 10, 5)), a_deal("a", 500, stage="Proposal"))
    assert coverage(ledger, SETTINGS, DAY).to_go.value == 1


@pytest.mark.parametrize("amount", [300, 301])
def test_a_quota_that_is_met_says_so(amount):
    found = coverage(the_ledger(won("w", amount, date(2026, 10, 5))), SETTINGS, DAY).to_go
    assert (found.value, found.lack) == (None, Lack.MET)


def test_the_next_period_counts_qualified_pipeline_against_one_over_the_win_rate():
    ledger = the_ledger(
        a_deal("q", 900, close=NEXT, stage="Negotiation"),
        a_deal("early", 500, close=NEXT, stage="Proposal"),
        won("w", 100, LONG_AGO),
        lost("l", 300, LONG_AGO),
    )
    found = coverage(ledger, SETTINGS, DAY)
    assert (found.next.value, found.next_needs.value) == (Decimal(3), Decimal(4))
    assert found.next.deals == ("q",)
    assert found.next_period.first == date(2027, 1, 1)


def test_without_quota_or_history_coverage_is_not_known():
    found = coverage(the_ledger(a_deal()), the_settings(people=(a_person("marcus"),)), DAY)
    for figure in (found.total, found.to_go, found.next, found.next_needs):
        assert (figure.value, figure.lack) == (None, Lack.NOT_KNOWN)
        assert figure.why
    zero = coverage(the_ledger(a_deal()), the_settings(people=(a_person("marcus", quota=Decimal(0)),)), DAY)
    assert (zero.total.lack, zero.to_go.lack) == (Lack.NOT_KNOWN, Lack.MET)


def test_a_team_quota_stands_in_where_no_rep_has_one():
    settings = the_settings(people=(a_person("marcus"),), team_quota=Decimal(50))
    assert coverage(the_ledger(a_deal("a", 100)), settings, DAY).total.value == 2
    assert coverage(the_ledger(a_deal("a", 100)), settings, DAY, "marcus").total.value is None


def test_the_creation_number_of_the_methods_own_example():
    people = (a_person("marcus", quota=Decimal(300_000)),)
    ledger = the_ledger(a_win(amount=100, days=84), lost("l", 300, LONG_AGO), a_deal("open", 500_000, close=NEXT))
    found = creation_number(ledger, the_settings(people=people), DAY)
    assert found.period is not None
    assert (found.period.first, found.cut_off, found.days) == (date(2027, 1, 1), date(2027, 1, 6), 44)
    assert round(found.weeks, 1) == Decimal("6.3")
    assert found.needed == 1_200_000
    assert found.a_week.value is not None
    assert round(found.a_week.value / 1000) == 111
    assert found.a_week.value == Decimal(4_900_000) / 44
    assert found.a_week.deals == ("open",)


def test_enough_open_pipeline_asks_for_nothing():
    ledger = the_ledger(a_win(), a_deal("open", 300, close=NEXT))
    assert creation_number(ledger, SETTINGS, DAY).a_week.value == 0


def test_somebody_without_a_cycle_or_with_a_win_rate_of_0_takes_the_teams():
    settings = the_settings()
    ledger = the_ledger(a_win(rep="marcus"), lost("l", 100, LONG_AGO, rep="wei"))
    found = creation_number(ledger, settings, DAY, "wei")
    assert found.from_team
    assert (found.cycle.value, found.win_rate.value) == (Decimal(84), Decimal("0.5"))
    assert found.a_week.value == Decimal(800 * 7) / 44
    assert not creation_number(ledger, settings, DAY, "marcus").from_team


def test_where_nobody_has_won_anything_the_number_is_typed():
    for ledger in (the_ledger(), the_ledger(lost("l", 100, LONG_AGO))):
        found = creation_number(ledger, SETTINGS, DAY)
        assert (found.a_week.value, found.period) == (None, None)
        assert found.a_week.why
    no_quota = creation_number(the_ledger(a_win()), the_settings(people=(a_person("marcus"),)), DAY)
    assert no_quota.a_week.why == "no quota is set"


@given(st.integers(0, 900), st.dates(date(2026, 6, 1), date(2027, 6, 1)))
def test_a_deal_created_today_can_still_close_in_the_period_it_is_created_for(days, day):
    close = day - timedelta(days=1)
    found = creation_number(the_ledger(a_win(days=days, close=close)), SETTINGS, day)
    assert found.period is not None
    assert (found.period.last - day).days >= days + 21
    assert found.days >= 21
    before = found.period.first - timedelta(days=1)
    assert (before - day).days < days + 21
