from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from review.creation import creation, replacement
from review.figures import Lack
from tests.review.numbers import DAY, LOCKED, a_deal, a_lock, at_lock, ended, lost, since_the_lock, the_ledger, won

NEW = {"created": LOCKED}
OLD = {"created": LOCKED - timedelta(days=1)}


def test_created_are_deals_first_seen_since_whatever_became_of_them():
    found = creation(
        since_the_lock(
            a_deal("open", 60, crm=NEW),
            won("won already", 30, DAY, crm=NEW),
            lost("lost already", 20, DAY, crm=NEW, category="omitted"),
            a_deal("omitted", 99, "omitted", crm=NEW),
            a_deal("known", 99, crm=NEW, lock=at_lock()),
            a_deal("older", 15, crm=OLD),
            a_deal("handed over", 25, crm=NEW, inherited=("Tom", DAY)),
        )
    )
    assert found.created.value == 110
    assert set(found.created.deals) == {"open", "won already", "lost already"}
    assert found.appeared.deals == ("older",)
    assert found.transferred.deals == ("handed over",)
    assert not found.approximate


def test_a_deal_that_changed_its_owner_is_a_transfer_and_never_created():
    handed: dict[str, Any] = {"rep": "wei", "inherited": ("Marcus Bell", DAY)}
    found = creation(
        since_the_lock(
            a_deal("D", 40, lock=at_lock(40, rep="marcus"), **handed),
            lost("lost long ago", 70, DAY, lock=at_lock(70, open=False, closed=True, rep="marcus"), **handed),
            lost("lost since", 9, DAY, lock=at_lock(9, rep="marcus"), **handed),
        )
    )
    assert found.transferred.deals == ("D", "lost since")
    assert (found.created.value, found.appeared.value) == (Decimal(0), Decimal(0))


def test_somebody_who_comes_onto_the_teams_list_has_owned_the_deals_before():
    found = creation(since_the_lock(a_deal("D", 40, rep="wei", lock=at_lock(40, rep=""))))
    assert found.transferred.deals == ()


def test_more_than_ten_older_deals_ask_whether_a_filter_changed():
    ten = [a_deal(f"D{number}", 1, crm=OLD) for number in range(10)]
    assert not creation(since_the_lock(*ten)).asks_filter
    assert creation(since_the_lock(*ten, a_deal("one more", 1, crm=OLD))).asks_filter


def test_without_a_created_column_first_seen_counts_and_one_row_without_a_date_appeared():
    bare = creation(since_the_lock(a_deal("D", 60), columns=("id", "amount")))
    assert (bare.created.value, bare.approximate) == (Decimal(60), True)
    row = creation(since_the_lock(a_deal("D", 60)))
    assert (row.created.value, row.appeared.value, row.approximate) == (Decimal(0), Decimal(60), False)


def test_won_and_lost_are_those_closed_since_the_lock_duplicates_out():
    found = creation(
        since_the_lock(
            won("won", 100, DAY, lock=at_lock()),
            won("won before", 100, DAY, lock=at_lock(open=False, closed=True)),
            lost("lost", 50, DAY, lock=at_lock()),
            a_deal("undecided", 20, ended=ended("no decision"), lock=at_lock()),
            a_deal("twice", 80, ended=ended("duplicate"), lock=at_lock()),
            a_deal("answered", 10, missing_since=DAY, vanished="lost", vanished_on=DAY, lock=at_lock()),
            won("old and new to us", 999, date(2026, 5, 1), crm=OLD),
        )
    )
    assert (found.won.value, found.lost.value) == (Decimal(100), Decimal(80))


@pytest.mark.parametrize(("gone", "pace"), [(100, "0.6"), (60, "1"), (30, "2")])
def test_replacement_of_the_week_is_created_over_won_and_lost(gone, pace):
    ledger = since_the_lock(a_deal("new", 60, crm=NEW), won("w", gone, DAY, lock=at_lock()))
    assert str(replacement(ledger).week.value) == pace


def test_replacement_looks_back_on_four_intervals_the_running_one_included():
    rows = [
        a_lock(f"r{number}", LOCKED, created=created, won_amount=gone, lost_amount=0)
        for number, (created, gone) in enumerate([(9999, 1), (5000, 1), (10, 20), (20, 30), (30, 40)])
    ]
    found = replacement(
        since_the_lock(a_deal("new", 30, crm=NEW), won("w", 10, DAY, lock=at_lock()), locks=tuple(rows))
    )
    assert (found.created, found.gone, found.intervals) == (Decimal(90), Decimal(100), 4)
    assert str(found.recent.value) == "0.9"


def test_the_first_lock_ends_no_interval():
    rows = (a_lock("first", LOCKED, created=5000, won_amount=1, lost_amount=0),)
    found = replacement(since_the_lock(a_deal("new", 30, crm=NEW), won("w", 10, DAY, lock=at_lock()), locks=rows))
    assert (found.intervals, found.recent.value) == (1, Decimal(3))


def test_nothing_won_or_lost_is_no_bad_pace_and_no_lock_is_not_known():
    quiet = replacement(since_the_lock(a_deal("new", 60, crm=NEW)))
    assert (quiet.week.value, quiet.week.lack) == (None, Lack.NOTHING)
    assert replacement(the_ledger(a_deal("new", 60, crm=NEW))).week.lack is Lack.NOT_KNOWN
