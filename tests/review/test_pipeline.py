from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from review.deals import Category, Status
from review.forecast import LeftOutWhy, implied, is_verified, verification, verify, weighted
from review.periods import period_of
from review.pipeline import is_qualified, pipeline_of
from tests.review.numbers import DAY, a_deal, ended, ids, lost, the_ledger, the_settings, won

SETTINGS = the_settings()


def of_team(*records):
    return pipeline_of(the_ledger(*records), SETTINGS, DAY)


def test_a_period_holds_what_is_won_and_open_in_it_and_lists_lost_dates_apart():
    deals = of_team(
        won("won", 300, date(2026, 10, 5)),
        won("won before", 300, date(2026, 9, 30)),
        a_deal("open", 100, "commit"),
        a_deal("past in the period", 50, "commit", date(2026, 11, 2)),
        a_deal("next period", 70, close=date(2027, 1, 4)),
        a_deal("omitted", 70, "omitted"),
        a_deal("no date", 70, close=None),
        a_deal("overdue", 70, close=date(2026, 9, 30)),
        a_deal("gone", 70, missing_since=DAY),
        lost("lost", 70, date(2026, 11, 20)),
    )
    assert ids(deals.won) == {"won"}
    assert ids(deals.open) == {"open", "past in the period"}
    assert ids(deals.apart) == {"no date", "overdue"}


def test_implied_figures_are_cumulative_and_include_what_is_won():
    found = implied(
        of_team(
            won("w", 300, date(2026, 10, 5)),
            a_deal("c", 100, "commit"),
            a_deal("c without amount", None, "commit"),
            a_deal("c past", 40, "commit", date(2026, 11, 1)),
            a_deal("b", 50, "best case"),
            a_deal("p", 25),
        )
    )
    assert (found.won, found.commit, found.best_case, found.pipeline) == (
        Decimal(300),
        Decimal(440),
        Decimal(490),
        Decimal(25),
    )
    assert found.commit_deals == ("c", "c without amount", "c past")


def test_a_duplicate_counts_nowhere_and_a_deal_ended_as_won_counts_at_once():
    found = implied(
        of_team(
            a_deal("twice", 500, "commit", ended=ended("duplicate")),
            a_deal("signed", 80, "best case", ended=ended("won")),
            a_deal("gone elsewhere", 60, "commit", ended=ended("no decision")),
        )
    )
    assert (found.won, found.commit, found.best_case) == (Decimal(80), Decimal(80), Decimal(80))


def test_weighted_adds_amount_times_odds_to_what_is_won():
    found = weighted(
        of_team(
            won("w", 300, date(2026, 10, 5)),
            a_deal("p", 100, stage="Proposal"),
            a_deal("n", 200, "commit", stage="negotiation"),
        ),
        SETTINGS,
    )
    assert found.value == 300 + 40 + 140
    assert found.open_value == 180


def test_what_cannot_be_weighed_is_left_out_with_its_reason():
    found = weighted(
        of_team(
            a_deal("past", 100, close=date(2026, 11, 22)),
            a_deal("today", 100, close=DAY),
            a_deal("no amount", None),
            a_deal("zero", 0),
            a_deal("odd stage", 100, stage="Haggling"),
            a_deal("no odds", 100, stage="Verbal"),
        ),
        SETTINGS,
    )
    assert {one.item.deal: one.why for one in found.left_out} == {
        "past": LeftOutWhy.PAST,
        "no amount": LeftOutWhy.NO_AMOUNT,
        "odd stage": LeftOutWhy.NO_STAGE,
        "no odds": LeftOutWhy.NO_ODDS,
    }
    assert {one.item.deal for one in found.weighed} == {"today", "zero"}


def test_a_probability_more_than_20_points_from_the_odds_is_listed():
    found = weighted(
        of_team(
            *(a_deal(f"at {own}", 1, crm={"probability": Decimal(own)}) for own in (19, 20, 60, 61)), a_deal("none")
        ),
        SETTINGS,
    )
    assert {one.item.deal for one in found.differs} == {"at 19", "at 61"}


def test_a_verification_holds_until_date_amount_or_category_changes():
    record = a_deal("c", 100, "commit")
    said = verify(record, DAY)
    assert is_verified(a_deal("c", 100, "commit", verified=said))
    assert not is_verified(a_deal("c", 101, "commit", verified=said))
    assert not is_verified(a_deal("c", 100, "best case", verified=said))
    assert not is_verified(a_deal("c", 100, "commit", date(2026, 12, 19), verified=said))
    ledger = the_ledger(
        a_deal("c", 100, "commit", verified=said), a_deal("d", 1, "commit"), a_deal("b", 1, "best case")
    )
    found = verification(ledger, SETTINGS, DAY)
    assert (found.verified, found.open, found.of) == (("c",), ("d",), 2)


def test_qualified_starts_at_the_named_stage_and_at_the_first_where_none_is_named():
    named = the_settings(qualified_from="proposal")
    assert [is_qualified(named, name) for name in ("Discovery", "Proposal", "Verbal", "Haggling")] == [
        False,
        True,
        True,
        False,
    ]
    assert is_qualified(SETTINGS, "Discovery")


days = st.dates(date(2026, 6, 1), date(2027, 6, 30))
amounts = st.none() | st.decimals(0, 10**9, places=2)
records = st.lists(
    st.builds(
        lambda amount, category, close, stage, status: (amount, category, close, stage, status),
        amounts,
        st.sampled_from([category.value for category in Category]),
        st.none() | days,
        st.sampled_from(["Discovery", "Proposal", "Negotiation", "Verbal", "Haggling", ""]),
        st.sampled_from([status.value for status in Status]),
    ),
    max_size=12,
).map(
    lambda rows: [
        a_deal(f"D{place}", row[0], row[1], row[2], stage=row[3], status=row[4]) for place, row in enumerate(rows)
    ]
)


@given(records, days)
def test_weighed_and_left_out_are_together_the_open_deals_of_the_period_each_once(found, day):
    deals = pipeline_of(the_ledger(*found), SETTINGS, day)
    odds, figures = weighted(deals, SETTINGS), implied(deals)
    items = [one.item for one in odds.weighed] + [one.item for one in odds.left_out]
    listed = [item.deal for item in items]
    assert sorted(listed) == sorted(item.deal for item in deals.open)
    amounts_listed = sum((item.worth for item in items), Decimal(0))
    assert amounts_listed == figures.best_case - figures.won + figures.pipeline


@given(records, days)
def test_every_running_deal_is_in_the_period_or_apart_or_in_another_period(found, day):
    deals = pipeline_of(the_ledger(*found), SETTINGS, day)
    inside, apart = ids(deals.open), ids(deals.apart)
    assert not inside & apart
    for record in found:
        if record.crm.status is not Status.OPEN or record.crm.category is Category.OMITTED:
            assert record.crm.id not in inside | apart
        elif record.crm.id not in inside | apart:
            assert record.crm.close_date is not None
            assert record.crm.close_date > period_of(day, SETTINGS).last
