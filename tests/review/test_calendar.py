from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from review.calendar import Workdays
from review.people import Absence, Person
from review.settings import Settings

WEI = Person(id="wei", name="Wei Chen", absences=(Absence(date(2026, 11, 26), date(2026, 12, 1)),))
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
CALENDARS = st.builds(
    Workdays,
    country=st.sampled_from(["", "US", "DE"]),
    holidays=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31))),
)


def test_weekends_own_holidays_those_of_the_country_and_absences_are_off():
    days = Workdays.of(Settings(country="us", holidays=(date(2026, 11, 24),)))
    off = [day for day in range(23, 30) if not days.is_working(date(2026, 11, day))]
    assert off == [24, 26, 28, 29]
    assert not days.is_working(date(2026, 11, 27), WEI)
    assert days.next_working(date(2026, 11, 25)) == date(2026, 11, 27)
    assert days.on_or_after(date(2026, 11, 26), WEI) == date(2026, 12, 2)
    assert days.previous_working(date(2026, 11, 27)) == date(2026, 11, 25)


def test_an_unknown_country_has_weekends_only():
    assert Workdays(country="XX").between(date(2026, 11, 20), date(2026, 11, 30)) == 6


def test_working_days_between_leave_out_the_first_and_count_the_last():
    days = Workdays(country="US")
    assert days.between(date(2026, 11, 20), date(2026, 11, 30)) == 5
    assert days.between(date(2026, 11, 23), date(2026, 11, 23)) == 0
    assert days.between(date(2026, 11, 24), date(2026, 11, 23)) == 0
    assert days.between(date(2026, 11, 23), date(9999, 12, 31)) > 2_000_000


@given(CALENDARS, DAYS, st.integers(0, 400))
@settings(max_examples=100, deadline=None)
def test_the_count_is_that_of_the_days_one_by_one(days, first, more):
    last = first + timedelta(days=more)
    assert days.between(first, last) == sum(days.is_working(first + timedelta(days=n)) for n in range(1, more + 1))


@given(CALENDARS, DAYS)
@settings(max_examples=100, deadline=None)
def test_the_next_working_day_is_the_first_one_after(days, day):
    following = days.next_working(day)
    assert following > day
    assert days.is_working(following)
    assert days.between(day, following) == 1
    assert days.on_or_after(day) == (day if days.is_working(day) else following)
    assert days.next_working(days.previous_working(day)) == days.on_or_after(day)
