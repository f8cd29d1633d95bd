"""The focus of the week moves with the period."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from review.bearings import take_bearings
from review.calendar import Workdays
from review.deals import Mark
from review.focus import Focus, focus_of, focus_reason, is_new, is_unmarked, single_threaded, third_of
from review.periods import period_of
from review.records import MarkSet, Movement
from review.truth import effective
from tests.review.pieces import MONDAY, a_ledger, a_record, a_row, a_step, at_lock, monday, the_settings

FRESH = Movement(on=MONDAY, what="stage moved")


def reason(focus, record, *locks):
    settings = the_settings()
    bearings = take_bearings(a_ledger(record, locks=locks), settings, MONDAY, Workdays.of(settings))
    return focus_reason(focus, record, effective(record), bearings)


@pytest.mark.parametrize(
    ("day", "focus"),
    [
        (date(2026, 10, 1), Focus.EARLY),
        (date(2026, 10, 31), Focus.EARLY),
        (date(2026, 11, 1), Focus.STUCK),
        (date(2026, 11, 30), Focus.STUCK),
        (date(2026, 12, 2), Focus.CLOSE_PLANS),
        (date(2026, 12, 31), Focus.CLOSE_PLANS),
    ],
)
def test_each_third_of_the_quarter_has_its_focus(day, focus):
    assert focus_of(day, the_settings()) is focus


def test_one_key_goes_round_the_three():
    assert Focus.EARLY.next.next.next is Focus.EARLY
    assert len({Focus.EARLY, Focus.EARLY.next, Focus.EARLY.next.next}) == 3


def test_early_is_the_first_third_of_the_stages():
    assert reason(Focus.EARLY, a_record(stage="Qualify")) == "early, in Qualify"
    assert reason(Focus.EARLY, a_record(stage="Discover")) == "early, in Discover"
    assert reason(Focus.EARLY, a_record(stage="Propose")) == ""
    assert reason(Focus.EARLY, a_record(stage="Unknown")) == ""


def test_stuck_is_stale_or_too_long_in_stage_and_single_threaded_names_at_most_one():
    two = (("Dana", MONDAY), ("Lee", MONDAY))
    record = a_record(movement=FRESH, named=two)
    assert reason(Focus.STUCK, record) == ""
    assert (
        reason(Focus.STUCK, replace(record, named=(("Dana", MONDAY), ("dana", MONDAY)))) == "single-threaded, only Dana"
    )
    old = (("Dana", MONDAY), ("Lee", MONDAY - timedelta(days=28)))
    assert reason(Focus.STUCK, replace(record, named=old)) == "single-threaded, only Dana"
    assert reason(Focus.STUCK, replace(record, named=())) == "single-threaded, nobody named"
    long = replace(record, stage_since=MONDAY - timedelta(days=50))
    assert reason(Focus.STUCK, long) == "Propose for ≥ 50 days"


@pytest.mark.parametrize(
    ("close", "inside"),
    [
        (date(2026, 12, 31), True),
        (date(2026, 10, 2), True),
        (date(2027, 1, 30), True),
        (date(2027, 1, 31), False),
        (date(2026, 9, 30), False),
        (None, False),
    ],
)
def test_close_plans_reach_into_the_first_third_of_the_next_period(close, inside):
    assert bool(reason(Focus.CLOSE_PLANS, a_record(close=close))) is inside


def test_thirds_of_a_period_cover_it():
    period = period_of(MONDAY, the_settings())
    days = [period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1)]
    thirds = [third_of(period, day) for day in days]
    assert thirds == sorted(thirds)
    assert set(thirds) == {1, 2, 3}
    assert third_of(period, period.first - timedelta(days=9)) == 1
    assert third_of(period, period.last + timedelta(days=9)) == 3


def test_a_deal_is_new_for_two_reviews_until_it_was_opened_or_settled():
    rows = [a_row(n, monday(n - 3)) for n in (1, 2)]
    fresh = a_record(first_seen=MONDAY - timedelta(days=3))
    assert is_new(fresh, a_ledger(locks=rows))
    assert not is_new(fresh, a_ledger())
    last_week = a_record(first_seen=monday(-2) + timedelta(days=4))
    last_week = replace(last_week, lock=at_lock(last_week, monday(-1)), locks_unopened=1)
    assert is_new(last_week, a_ledger(locks=rows))
    older = replace(last_week, locks_unopened=2)
    assert not is_new(older, a_ledger(locks=rows))
    assert not is_new(replace(fresh, born_checked=True), a_ledger(locks=rows))
    assert not is_new(replace(fresh, last_opened=monday(-1)), a_ledger(locks=rows))
    assert not is_new(replace(fresh, inherited=("Ann", MONDAY)), a_ledger(locks=rows))


def test_a_new_deal_with_event_buyer_and_a_step_that_stands_has_its_marks():
    rows = [a_row(n, monday(n - 3)) for n in (1, 2)]
    given = {mark: MarkSet(yes, MONDAY) for mark, yes in ((Mark.EVENT, True), (Mark.ECONOMIC_BUYER, False))}
    whole = a_record(first_seen=MONDAY - timedelta(days=3), marks=given, step="s-d1")

    def unmarked(record, **step):
        ledger = a_ledger(record, steps=[a_step(**step)], locks=rows)
        return is_unmarked(record, take_bearings(ledger, the_settings(), MONDAY, Workdays()))

    assert not unmarked(whole)
    assert unmarked(whole, due=MONDAY - timedelta(days=1))
    assert unmarked(replace(whole, step=""))
    assert unmarked(replace(whole, marks={Mark.EVENT: given[Mark.EVENT]}))


def test_who_was_named_is_counted_once_whatever_the_case():
    settings = the_settings()
    record = a_record(named=(("Dana", MONDAY), ("DANA", MONDAY)))
    bearings = take_bearings(a_ledger(record), settings, MONDAY, Workdays.of(settings))
    assert single_threaded(record, bearings) == "single-threaded, only Dana"
