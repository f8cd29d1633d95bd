from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.evidence import Confirmation, Paper, confirmation_holds, paper_holds, read_evidence
from review.people import Person
from review.settings import Settings, Thresholds

MONDAY = date(2026, 11, 23)
CLOSE = date(2026, 12, 18)
FRIDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 17)
STAGES = Settings().paper_stages
LIMITS = Thresholds()


def read(text, close_date=CLOSE, people=()):
    return read_evidence(text, today=MONDAY, close_date=close_date, order="dmy", paper_stages=STAGES, people=people)


@pytest.mark.parametrize(
    "text",
    [
        "Dana confirmed 18 dec on fri, legal tue",
        "legal tue, Dana confirmed 18 dec on fri",
        "Dana confirmed on fri, legal tue.",
    ],
)
def test_one_line_records_both_halves_in_any_order(text):
    seen = read(text)
    assert seen.confirmation == Confirmation(who="Dana", close_date=CLOSE, said_on=FRIDAY)
    assert seen.paper == Paper(stage="legal", moved_on=TUESDAY)
    assert (seen.moves_close_date_to, seen.problems) == (None, ())


@pytest.mark.parametrize(
    ("text", "close", "said", "signed"),
    [
        ("Dana confirmed", CLOSE, MONDAY, False),
        ("Dana confirmed 18 dec", CLOSE, MONDAY, False),
        ("Dana confirmed 8 jan on 2 nov", date(2027, 1, 8), date(2026, 11, 2), False),
        ("Dana confirmed fri on fri", date(2026, 11, 27), FRIDAY, False),
        ("Dana confirmed yesterday", CLOSE, date(2026, 11, 22), False),
        ("Dana signed 18 dec", CLOSE, MONDAY, True),
        ("Dana signed the order form on fri", CLOSE, FRIDAY, True),
    ],
)
def test_what_is_confirmed_looks_forward_and_when_it_was_said_looks_back(text, close, said, signed):
    seen = read(text)
    assert seen.confirmation == Confirmation(who="Dana", close_date=close, said_on=said, signed=signed)
    assert seen.moves_close_date_to == (close if close != CLOSE else None)


@pytest.mark.parametrize(
    ("text", "moved", "ahead"),
    [
        ("legal today", MONDAY, None),
        ("legal mon", date(2026, 11, 16), None),
        ("legal 2 nov", date(2026, 11, 2), None),
        ("legal moved tue", TUESDAY, None),
        ("legal 26 nov", None, date(2026, 11, 26)),
        ("legal next tue", None, date(2026, 12, 1)),
        ("legal +2d", None, date(2026, 11, 25)),
        ("legal tue, legal next tue", TUESDAY, date(2026, 12, 1)),
    ],
)
def test_paper_moved_on_a_day_that_is_past_and_has_an_appointment_on_one_ahead(text, moved, ahead):
    assert read(text).paper == Paper(stage="legal", moved_on=moved, appointment=ahead)


def test_a_namesake_and_one_of_ours_are_told_apart():
    ours = (Person(id="tom-novak", name="Tom Novak", initials="TN"),)
    assert read("@Tom.Reed confirmed", people=ours).confirmation.who == "Tom Reed"
    assert read("Tom confirmed", people=ours).confirmation is None
    assert "one of ours" in read("Tom confirmed", people=ours).problems[0].sentence


@pytest.mark.parametrize("kind", ["renewal", "click-through", "below"])
def test_none_needed_is_a_value_with_its_kind(kind):
    assert read(f"none needed {kind}").paper.none_needed.startswith(kind)


@pytest.mark.parametrize(
    "text",
    """confirmed 18 dec|Dana confirmed 31 feb|Dana confirmed 18 dec on +3d|Dana confirmed 18 dec on 26 nov|legal
legal 32/11|none needed|foo|Dana confirmed 18 dec 2025|Dana confirmed, Lee confirmed 19 dec|legal tue, security next fri
legal tue, none needed renewal""".replace("\n", "|").split("|"),
)
def test_what_cannot_be_taken_leaves_a_question(text):
    assert read(text).problems


def test_without_a_close_date_of_the_deal_the_confirmed_one_is_asked_for():
    assert read("Dana confirmed", close_date=None).problems
    assert read("Dana confirmed 18 dec", close_date=None).moves_close_date_to == CLOSE


def test_a_confirmation_holds_through_the_thirtieth_day_while_the_close_date_stays():
    said = Confirmation(who="Dana", close_date=CLOSE, said_on=MONDAY)
    assert confirmation_holds(said, CLOSE, MONDAY + timedelta(days=30), LIMITS)
    assert not confirmation_holds(said, CLOSE, MONDAY + timedelta(days=31), LIMITS)
    assert not confirmation_holds(said, CLOSE - timedelta(days=1), MONDAY, LIMITS)
    assert not confirmation_holds(said, None, MONDAY, LIMITS)


def test_a_signature_holds_without_limit_for_its_date():
    signed = Confirmation(who="Dana", close_date=CLOSE, said_on=MONDAY, signed=True)
    assert confirmation_holds(signed, CLOSE, MONDAY + timedelta(days=300), LIMITS)
    assert not confirmation_holds(signed, CLOSE + timedelta(days=1), MONDAY, LIMITS)


@pytest.mark.parametrize(
    ("paper", "days", "holds"),
    [
        (Paper(stage="legal", moved_on=MONDAY), 14, True),
        (Paper(stage="legal", moved_on=MONDAY), 15, False),
        (Paper(stage="legal", appointment=date(2026, 12, 18)), 25, True),
        (Paper(stage="legal", appointment=date(2026, 12, 18)), 26, False),
        (Paper(stage="legal", appointment=date(2026, 12, 19)), 0, False),
        (Paper(stage="legal", moved_on=MONDAY, appointment=date(2026, 12, 19)), 14, True),
        (Paper(stage="legal", moved_on=MONDAY, appointment=date(2026, 12, 10)), 17, True),
        (Paper(stage="legal", moved_on=MONDAY, appointment=date(2026, 12, 10)), 18, False),
        (Paper(none_needed="click-through"), 200, True),
        (Paper(), 0, False),
    ],
)
def test_paper_is_active_for_fourteen_days_or_until_its_appointment_has_passed(paper, days, holds):
    assert paper_holds(paper, CLOSE, MONDAY + timedelta(days=days), LIMITS) is holds


@pytest.mark.parametrize(
    ("amount", "limit", "holds"), [(9, 100, True), (100, 100, False), (1, None, False), (None, 100, False)]
)
def test_below_the_limit_counts_only_where_a_limit_is_set_and_not_reached(amount, limit, holds):
    known = [None if figure is None else Decimal(figure) for figure in (amount, limit)]
    small = Paper(none_needed="below the limit")
    assert paper_holds(small, CLOSE, MONDAY, LIMITS, amount=known[0], paper_below=known[1]) is holds


PIECES = st.sampled_from(
    [
        "Dana",
        "confirmed",
        "signed",
        "18 dec",
        "on",
        "fri",
        ",",
        "legal",
        "next tue",
        "+3d",
        "31 feb",
        "none needed",
        "renewal",
        "@Tom.Reed",
        "yesterday",
    ]
)


@given(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=8).map(" ".join)))
@settings(max_examples=300, deadline=None)
def test_no_text_crashes_and_nothing_was_said_in_the_future(text):
    seen = read(text)
    if seen.confirmation is not None:
        assert seen.confirmation.said_on <= MONDAY
        assert seen.confirmation.close_date >= MONDAY
        assert seen.confirmation.who
    if seen.paper is not None and seen.paper.moved_on is not None:
        assert seen.paper.moved_on <= MONDAY
