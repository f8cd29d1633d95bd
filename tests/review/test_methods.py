from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.deals import Category
from review.history import historical
from review.methods import Method, Side, compare, explain
from review.pipeline import pipeline_of
from review.what_if import what_if
from tests.review.numbers import DAY, a_call, a_deal, a_person, the_ledger, the_settings, won

SETTINGS = the_settings()
QUARTER = date(2026, 10, 1)


def found_by(*records, settings=SETTINGS, calls=()):
    methods = compare(the_ledger(*records, calls=tuple(calls)), settings, DAY)
    return {finding.method: finding for finding in methods.findings}, methods


def test_forecasts_within_the_span_are_consistent():
    # implied commit 400, best case 500: weighted may lie from 360 to 550, the roll-up from 360 to 440
    found, methods = found_by(
        won("w", 300, QUARTER), a_deal("c", 100, "commit", stage="Negotiation"), a_deal("b", 100, "best case"),
        calls=[a_call("marcus", 360)],
    )  # fmt: skip
    assert methods.weighted.value == 410
    assert not found
    assert methods.consistent
    assert methods.compared == (Method.ROLL_UP, Method.WEIGHTED)


def test_weighted_below_names_the_commit_deals_it_doubts():
    # implied commit 1,000; weighted 100 + 70 + 40 = 210, the bound 900 is 690 away
    found, methods = found_by(
        won("w", 100, QUARTER),
        a_deal("doubted", 700, "commit", stage="Discovery"),
        a_deal("past", 200, "commit", date(2026, 11, 2)),
        a_deal("extra", 100, stage="Proposal"),
    )
    finding = found[Method.WEIGHTED]
    assert (finding.side, finding.bound, finding.how_far) == (Side.BELOW, 900, 690)
    assert finding.against == 1000
    assert [(line.item.deal, line.amount) for line in finding.difference.lines] == [
        ("doubted", -630),
        ("past", -200),
        ("extra", 40),
    ]
    assert finding.difference.amount == -790
    assert finding.difference.unexplained == 0
    assert finding.difference.share(Decimal(-790)) == 1
    assert finding.mentioned
    assert not methods.consistent


def test_weighted_above_is_explained_against_the_best_case():
    # implied best case 200, its bound 220; weighted 100 + 40 + 400 = 540
    found, _ = found_by(won("w", 100, QUARTER), a_deal("b", 100, "best case"), a_deal("p", 1000, stage="Proposal"))
    finding = found[Method.WEIGHTED]
    assert (finding.side, finding.against, finding.how_far) == (Side.ABOVE, 200, 320)
    assert [(line.item.deal, line.amount) for line in finding.difference.lines] == [("p", 400), ("b", -60)]


def test_a_stated_number_that_differs_from_the_export_is_a_line_of_its_own():
    found, _ = found_by(
        won("w", 300, QUARTER), a_deal("c", 700, "commit", stage="Negotiation"), calls=[a_call("marcus", 1500)]
    )
    finding = found[Method.ROLL_UP]
    assert (finding.side, finding.bound, finding.against) == (Side.ABOVE, 1100, 1000)
    assert finding.difference.lines == ()
    assert finding.difference.unexplained == 500


@pytest.mark.parametrize(("quota", "mentioned"), [(2000, True), (2001, False), (None, True)])
def test_a_distance_under_5_percent_of_the_quota_is_not_mentioned(quota, mentioned):
    people = (a_person("marcus", quota=None if quota is None else Decimal(quota)),)
    found, methods = found_by(
        won("w", 1000, QUARTER), settings=the_settings(people=people), calls=[a_call("marcus", 1200)]
    )
    assert found[Method.ROLL_UP].how_far == 100
    assert found[Method.ROLL_UP].mentioned is mentioned
    assert methods.consistent is not mentioned


def test_where_history_is_the_outlier_no_deal_explains_it():
    people = (a_person("marcus"),)
    found, _ = found_by(
        won("w", 100, QUARTER), won("old", 900, date(2025, 11, 1)), settings=the_settings(people=people)
    )
    finding = found[Method.HISTORICAL]
    assert finding.side is Side.ABOVE
    assert not finding.by_deals
    assert (finding.difference.lines, finding.difference.unexplained) == ((), 800)


def test_history_is_won_a_head_times_the_heads_of_today_and_the_managers_factor():
    # 2024: 300 with one head; 2025: 800 with two; mean of 300 and 400 is 350, times 3 heads
    people = tuple(
        a_person(name, start=date(year, 1, 5)) for name, year in (("marcus", 2020), ("wei", 2025), ("tom", 2026))
    )
    records = (
        won("a", 300, date(2024, 12, 1)),
        won("b", 800, date(2025, 10, 1), rep="wei"),
        won("other quarter", 999, date(2025, 9, 30)),
    )
    found = historical(the_ledger(*records), the_settings(people=people), DAY, Decimal("1.1"))
    assert [(year.won, year.headcount) for year in found.years] == [
        (Decimal(300), Decimal(1)),
        (Decimal(800), Decimal(2)),
    ]
    assert found.figure.value == Decimal("1155")
    assert set(found.figure.deals) == {"a", "b"}


def test_a_year_whose_headcount_is_not_known_is_left_out_and_named():
    people = (a_person("marcus"), a_person("wei", start=None))
    records = (
        won("a", 300, date(2024, 12, 1)),
        won("b", 800, date(2025, 10, 1), rep="wei"),
    )
    found = historical(the_ledger(*records), the_settings(people=people), DAY)
    assert [year.period.first.year for year in found.years] == [2025]
    assert [year.period.first.year for year in found.left_out] == [2024]
    assert found.figure.value == 800
    stranger = historical(the_ledger(won("s", 300, date(2025, 12, 1), rep="")), SETTINGS, DAY)
    assert stranger.figure.value is None
    assert "headcount" in stranger.figure.why


def test_without_history_two_methods_are_compared():
    assert historical(the_ledger(won("now", 5, QUARTER)), SETTINGS, DAY).figure.value is None
    _, methods = found_by(won("now", 5, QUARTER), calls=[a_call("marcus", 5)])
    assert methods.compared == (Method.ROLL_UP, Method.WEIGHTED)


def test_a_fiscal_quarter_over_the_turn_of_the_year_finds_its_earlier_years():
    settings = the_settings(fiscal_start=2, people=(a_person("marcus"),))
    found = historical(the_ledger(won("jan", 70, date(2026, 1, 20))), settings, date(2026, 11, 23))
    assert [(year.period.first, year.won) for year in found.years] == [(date(2025, 11, 1), Decimal(70))]


def test_a_slip_lowers_commit_call_and_weighted_and_widens_the_gap():
    records = (
        a_deal("c", 100, "commit", stage="Negotiation"),
        a_deal("b", 50, "best case"),
        a_deal("later", 80, close=date(2027, 1, 10)),
    )
    ledger = the_ledger(*records, calls=(a_call("marcus", 120),))
    slipped = what_if(ledger, SETTINGS, DAY, slips=["c", "later"])
    assert slipped.slips == ("c",)
    assert (slipped.before.implied.commit, slipped.after.implied.commit) == (Decimal(100), Decimal(0))
    assert (slipped.after.roll_up.figure.value, slipped.after.gap.value) == (Decimal(20), Decimal(980))
    assert slipped.after.weighted.value == slipped.before.weighted.value - 70
    assert slipped.after.historical == slipped.before.historical


def test_a_deal_pulled_in_counts_as_commit_on_the_last_day_of_the_period():
    ledger = the_ledger(
        a_deal("c", 100, "commit"), a_deal("later", 80, close=date(2027, 1, 10)), calls=(a_call("marcus", 100),)
    )
    pulled = what_if(ledger, SETTINGS, DAY, pull_ins=["later", "c", "unknown"])
    assert pulled.pull_ins == ("later",)
    assert (pulled.after.implied.commit, pulled.after.roll_up.figure.value) == (Decimal(180), Decimal(180))
    assert pulled.after.weighted.value == 40 + 32
    assert ledger.deals["later"].crm.close_date == date(2027, 1, 10)


weights = st.dictionaries(st.sampled_from([f"D{n}" for n in range(8)]), st.sampled_from([Decimal("0.3"), Decimal(1)]))
money = st.decimals(-(10**9), 10**9, places=2)


@given(st.lists(st.none() | st.decimals(0, 10**9, places=2), max_size=8), weights, weights, money, money)
def test_the_lines_and_what_no_deal_explains_sum_to_the_difference(amounts, one, other, left, right):
    records = [a_deal(f"D{place}", amount) for place, amount in enumerate(amounts)]
    deals = pipeline_of(the_ledger(*records), SETTINGS, DAY)
    difference = explain(left, one, right, other, deals)
    assert sum((line.amount for line in difference.lines), difference.unexplained) == left - right


@given(
    st.lists(
        st.tuples(
            st.decimals(0, 10**6, places=2) | st.none(),
            st.sampled_from([category.value for category in Category]),
            st.dates(QUARTER, date(2026, 12, 31)),
            st.sampled_from(["Discovery", "Proposal", "Negotiation", "Verbal", "Haggling"]),
        ),
        max_size=10,
    )
)
def test_deals_explain_the_whole_distance_between_weighted_and_implied(rows):
    records = [
        a_deal(f"D{place}", amount, category, close, stage=stage)
        for place, (amount, category, close, stage) in enumerate(rows)
    ]
    found, _ = found_by(won("w", 10, QUARTER), *records)
    if Method.WEIGHTED in found:
        difference = found[Method.WEIGHTED].difference
        assert difference.unexplained == 0
        assert difference.amount == found[Method.WEIGHTED].value - found[Method.WEIGHTED].against
