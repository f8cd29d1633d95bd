"""The cycle: how many reviews it takes until every active deal came up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.cycle import Turns, cycle_of
from review.records import Exit, Opened
from review.settings import Thresholds
from tests.review.pieces import a_row, monday

NO_TURNS = Turns(order=("tom", "wei", "ana"), regular=frozenset())


def row(number, present=("tom", "wei"), **turns):
    """One review; `tom=2` = two deals of Tom's opened by turn and one by stake."""
    opened = [
        Opened(deal=f"{rep}{n}", rep=rep, slot=2, by_turn=n < count, commit=False, seconds=80, exit=Exit.CLOSED_OUT)
        for rep, count in turns.items()
        for n in range(count + 1)
    ]
    return a_row(number, monday(number), present=present, opened=opened)


def test_it_is_the_largest_over_reps_of_deals_by_mean_turns():
    rows = [row(1, tom=2, wei=1), row(2, tom=1, wei=1)]
    found = cycle_of({"tom": 10, "wei": 4}, rows, NO_TURNS, Thresholds())
    assert found.weeks == 7  # Tom: 10 ÷ 1.5 = 6.67; Wei: 4
    assert found.left_out == ()


def test_only_reviews_that_the_rep_attended_count_and_only_the_last_four():
    rows = [row(1, tom=9), row(2, tom=1), row(3, ("wei",), wei=1), row(4, tom=1), row(5, tom=1), row(6, tom=2)]
    assert cycle_of({"tom": 10}, rows, NO_TURNS, Thresholds()).weeks == 8  # 10 ÷ 1.25


def test_a_rep_without_any_turn_is_named_and_left_out():
    found = cycle_of({"tom": 10, "wei": 4}, [row(1, tom=0, wei=1)], NO_TURNS, Thresholds())
    assert (found.weeks, found.left_out) == (4, ("tom",))


def test_a_rep_without_deals_is_in_no_cycle():
    assert cycle_of({"tom": 0}, (), NO_TURNS, Thresholds()).left_out == ()


@pytest.mark.parametrize(
    ("deals", "cut", "weeks"),
    [(13, 0, 13), (10, 3, 16), (7, 3, 10), (14, 3, 20), (1, 3, 4)],
)
def test_before_there_are_reviews_it_is_as_planned_with_the_turns_that_the_clock_takes(deals, cut, weeks):
    team = tuple(map(str, range(10)))
    turns = Turns(order=team, regular=frozenset(team), cut=cut)
    assert cycle_of({"1": deals}, (), turns, Thresholds()).weeks == weeks


def test_where_the_clock_takes_every_turn_nothing_is_promised():
    turns = Turns(order=("tom", "wei"), regular=frozenset({"tom"}), cut=1)
    assert cycle_of({"tom": 5}, (), turns, Thresholds()).left_out == ("tom",)


def test_who_alone_has_turns_has_one_in_every_review():
    turns = Turns(order=("ana", "bo", "cleo", "dan"), regular=frozenset({"bo"}))
    assert cycle_of({"bo": 11, "ana": 1}, (), turns, Thresholds()).weeks == 11


@given(st.integers(1, 12), st.data())
def test_as_planned_is_exactly_the_worst_phase_of_the_order(size, data):
    team = tuple(map(str, range(size)))
    regular = data.draw(st.sets(st.sampled_from(team), min_size=1))
    rep = data.draw(st.sampled_from(sorted(regular)))
    cut = data.draw(st.integers(0, len(regular) - 1))
    deals = data.draw(st.integers(1, 40))
    worst = 0
    for phase in range(size):
        opened = reviews = 0
        while opened < deals:
            first = (phase + reviews) % size
            order = [one for one in (*team[first:], *team[:first]) if one in regular]
            opened += rep in order[: len(order) - cut]
            reviews += 1
        worst = max(worst, reviews)
    assert Turns(order=team, regular=frozenset(regular), cut=cut).reviews_for(rep, deals) == worst
