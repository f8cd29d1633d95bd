from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.dates import date_trouble, read_date, read_said, say_date, short_date

MONDAY = date(2026, 11, 23)
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
TEXTS = st.one_of(
    st.text(max_size=30),
    st.lists(
        st.sampled_from(
            [
                "next",
                "mon",
                "tue",
                "sunday",
                "29",
                "31",
                "0",
                "feb",
                "nov",
                "26",
                "2026",
                "26/11",
                "2026-11-26",
                "+3d",
                "+2w",
                "today",
                ",",
                ".",
                "may",
            ]
        ),
        max_size=4,
    ).map(" ".join),
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2026, 11, 23)),
        ("Tomorrow", date(2026, 11, 24)),
        ("thu", date(2026, 11, 26)),
        ("THURSDAY", date(2026, 11, 26)),
        ("mon", date(2026, 11, 30)),
        ("monday", date(2026, 11, 30)),
        ("next mon", date(2026, 11, 30)),
        ("next tue", date(2026, 12, 1)),
        ("next sunday", date(2026, 12, 6)),
        ("+3d", date(2026, 11, 26)),
        ("+2w", date(2026, 12, 7)),
        ("+0d", date(2026, 11, 23)),
        ("26 nov", date(2026, 11, 26)),
        ("nov 26", date(2026, 11, 26)),
        ("November 26, 2026", date(2026, 11, 26)),
        ("23 nov", date(2026, 11, 23)),
        ("22 nov", date(2027, 11, 22)),
        ("8 jan", date(2027, 1, 8)),
        ("26 nov 27", date(2027, 11, 26)),
        ("26 nov 2027", date(2027, 11, 26)),
        ("29 feb", date(2028, 2, 29)),
        ("26/11", date(2026, 11, 26)),
        ("26/11/26", date(2026, 11, 26)),
        ("26/11/2026", date(2026, 11, 26)),
        ("2026-11-26", date(2026, 11, 26)),
        ("thu.", date(2026, 11, 26)),
        ("26 nov,", date(2026, 11, 26)),
        ("Thu 26 Nov", date(2026, 11, 26)),
    ],
)
def test_a_date_is_understood_as_people_say_it(text, day):
    assert read_date(text, MONDAY, "dmy") == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "may",
        "nov",
        "26",
        "2026",
        "next week",
        "next",
        "31 feb",
        "32/11",
        "2026-02-30",
        "30 feb 2026",
        "22/11/2026",
        "2025-11-26",
        "yesterday",
        "26 nov 226",
        "3 days",
        "nov 2026",
        "+3",
        "+3m",
        "fri 26 nov",
        "thu fri",
        "thu!",
    ],
)
def test_anything_else_is_no_date_ahead(text):
    assert read_date(text, MONDAY, "dmy") is None


def test_the_order_of_day_and_month_is_never_guessed():
    assert read_date("3/12", MONDAY, "dmy") == date(2026, 12, 3)
    assert read_date("3/12", MONDAY, "mdy") == date(2027, 3, 12)
    assert read_date("26/11", MONDAY, "mdy") is None


@pytest.mark.parametrize(
    ("today", "day"),
    [(date(2026, 11, 27), date(2026, 12, 1)), (date(2026, 11, 29), date(2026, 12, 1)), (MONDAY, date(2026, 12, 1))],
)
def test_next_means_the_calendar_week_that_begins_on_the_coming_monday(today, day):
    assert read_date("next tue", today, "dmy") == day


@pytest.mark.parametrize(
    ("text", "day", "ahead"),
    [
        ("today", date(2026, 11, 23), False),
        ("yesterday", date(2026, 11, 22), False),
        ("mon", date(2026, 11, 16), False),
        ("tue", date(2026, 11, 17), False),
        ("fri", date(2026, 11, 20), False),
        ("2 nov", date(2026, 11, 2), False),
        ("26 nov", date(2026, 11, 26), True),
        ("8 jan", date(2027, 1, 8), True),
        ("1 jul", date(2026, 7, 1), False),
        ("26 nov 2025", date(2025, 11, 26), False),
        ("2/11", date(2026, 11, 2), False),
        ("next tue", date(2026, 12, 1), True),
        ("+3d", date(2026, 11, 26), True),
        ("tomorrow", date(2026, 11, 24), True),
    ],
)
def test_what_was_said_looks_back(text, day, ahead):
    said = read_said(text, MONDAY, "dmy")
    assert said is not None
    assert (said.day, said.ahead) == (day, ahead)


@pytest.mark.parametrize(
    "text",
    [
        "31 feb",
        "feb 30",
        "30 feb 2026",
        "31 nov 26",
        "0 nov",
        "32/11",
        "26/13",
        "2026-02-30",
        "26th nov",
        "26nov",
        "26.11.2026",
        "thurs",
        "29/2/2027",
        "26/11/226",
    ],
)
def test_what_looks_like_a_date_and_is_none_is_said_in_words(text):
    assert date_trouble(text.split(), "dmy").startswith(f"“{text}” is ")


@pytest.mark.parametrize("text", ["", "may", "50/50", "2.11", "26", "order form", "100 nov", "26 nov", "thu", "24/7"])
def test_ordinary_words_and_real_dates_are_left_in_peace(text):
    assert date_trouble(text.split(), "dmy") == ""


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 26), "Thu 26 Nov, in 3 days"),
        (date(2026, 11, 24), "Tue 24 Nov, tomorrow"),
        (date(2026, 11, 23), "Mon 23 Nov, today"),
        (date(2026, 11, 22), "Sun 22 Nov, yesterday"),
        (date(2026, 11, 20), "Fri 20 Nov, 3 days ago"),
        (date(2027, 1, 8), "Fri 8 Jan, in 46 days"),
        (date(2027, 11, 26), "Fri 26 Nov 2027, in 368 days"),
    ],
)
def test_a_day_is_said_with_how_far_it_is(day, said):
    assert say_date(day, MONDAY) == said


def test_without_today_a_day_is_written_without_its_year():
    assert short_date(date(2026, 11, 26)) == "Thu 26 Nov"


@given(TEXTS, st.dates(), st.sampled_from(["dmy", "mdy"]))
@settings(max_examples=300, deadline=None)
def test_no_text_crashes_and_no_date_read_ahead_lies_before_today(text, today, order):
    day = read_date(text, today, order)
    assert day is None or day >= today
    said = read_said(text, today, order)
    assert said is None or said.ahead or said.day <= today
    assert isinstance(date_trouble(text.split(), order), str)


@given(DAYS, st.integers(0, 20_000), st.sampled_from(["dmy", "mdy"]))
@settings(max_examples=150, deadline=None)
def test_what_was_written_is_read_back_as_the_same_day(today, days, order):
    day = today + timedelta(days=days)
    assert read_date(day.isoformat(), today, order) == day
    assert read_date(short_date(day, today), today, order) == day
    past = today - timedelta(days=min(days, 5_000))
    for text in (past.isoformat(), short_date(past, today)):
        said = read_said(text, today, order)
        assert said is not None
        assert said.day == past


@given(DAYS, st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
@settings(max_examples=100, deadline=None)
def test_a_weekday_is_within_a_week_and_never_today(today, name):
    ahead, back = read_date(name, today, "dmy"), read_said(name, today, "dmy")
    assert ahead is not None
    assert back is not None
    assert 1 <= (ahead - today).days <= 7
    assert 1 <= (today - back.day).days <= 7
    assert ahead.weekday() == back.day.weekday()
