from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.records import LockRow
from review.trends import quarters, replacement_at, trends
from tests.builders import some_settings

FIRST = date(2026, 9, 7)
HOUR = {"forecast": 600, "inspection": 1800, "creation": 600, "actions": 600}


def a_row(week, **more):
    day = FIRST + timedelta(weeks=week)
    planned = {"planned": HOUR, "actual": HOUR, "seconds": 3600, "present": ()}
    return LockRow(**{"review": day.isoformat(), "day": day, "held": week + 1, **planned, **more})


def shown(rows, name, last=None):
    return next(trend for trend in trends(rows, last) if trend.name == name)


def test_the_locks_are_parted_by_the_quarter_of_their_day():
    # 7 Sep to 26 Oct: four Mondays in Q3, four in Q4.
    found = quarters([a_row(week, commit_after=Decimal(week)) for week in range(8)], some_settings())
    assert [quarter.name for quarter in found] == ["Q3 2026", "Q4 2026"]
    assert [len(quarter.locks) for quarter in found] == [4, 4]
    assert [lock.commit for lock in found[1].locks] == [4, 5, 6, 7]


def test_a_quarter_says_the_last_commit_and_what_is_won_of_it():
    rows = [
        a_row(4, commit_after=Decimal(900_000), won_by_then=Decimal(0)),
        a_row(5, commit_after=Decimal(800_000), won_by_then=Decimal(200_000)),
    ]
    (quarter,) = quarters(rows, some_settings())
    assert quarter.words == ("commit 800k", "won 200k, 25 % of it", "began at 900k")


def test_a_quarter_without_a_commit_says_so():
    assert quarters([a_row(0)], some_settings())[0].words == ("no commit was stated",)


def test_shares_are_of_what_they_are_taken_of():
    rows = [
        a_row(0, active=10, without={"tom-reed": 4}, kept=0, judged=0, steps=8, agreed=2),
        a_row(1, active=8, without={"tom-reed": 1, "": 1}, kept=3, judged=4, steps=0),
    ]
    assert shown(rows, "with a step").values == (60, 75)
    assert shown(rows, "kept").values == (None, 75)
    assert shown(rows, "agreed steps").values == (25, None)
    assert shown(rows, "with a step").now == "75 %"
    assert shown(rows, "with a step").words == "from 60 % · mean 67 % of 2"
    assert (shown(rows, "agreed steps").now, shown(rows, "kept").words) == ("–", "the first review that has it")


def test_replacement_takes_four_intervals_and_leaves_the_first_lock_out():
    rows = [a_row(0, created=Decimal(1_000_000), won_amount=Decimal(1))] + [
        a_row(week, created=Decimal(100 * week), won_amount=Decimal(60), lost_amount=Decimal(40))
        for week in range(1, 7)
    ]
    # Up to lock 4: 100 + 200 + 300 + 400 against 4 × 100; up to lock 6: 300 + 400 + 500 + 600.
    assert [replacement_at(rows, at) for at in (0, 1, 4, 6)] == [None, 1, Decimal("2.5"), Decimal("4.5")]
    assert shown(rows, "replacement", last=2).values == (Decimal("3.5"), Decimal("4.5"))


def test_minutes_are_set_against_the_plan():
    rows = [a_row(0, seconds=3900), a_row(1, seconds=3480), a_row(2, seconds=3660)]
    found = shown(rows, "minutes")
    assert found.values == (300, -120, 60)
    assert (found.now, found.of, found.words) == ("61:00", "of 60:00", "mean +1:20 · over in 2 of 3")


@pytest.mark.parametrize(("last", "count"), [(None, 5), (3, 3), (13, 5)])
def test_only_the_locks_asked_for_are_shown(last, count):
    rows = [a_row(week, active=week + 1) for week in range(5)]
    assert {len(trend.values) for trend in trends(rows, last)} == {count}


@given(st.lists(st.tuples(*[st.integers(0, 10**7)] * 3), min_size=1, max_size=40), st.integers(1, 40))
def test_a_cut_of_the_locks_shows_the_end_of_all_of_them(amounts, last):
    rows = [
        a_row(week, created=Decimal(made), won_amount=Decimal(won), lost_amount=Decimal(lost), coverage=Decimal(won))
        for week, (made, won, lost) in enumerate(amounts)
    ]
    for whole, cut in zip(trends(rows), trends(rows, last), strict=True):
        assert whole.values[-last:] == cut.values
        assert whole.now == cut.now
