"""What a typed step is offered: another day, and somebody new."""

from datetime import date

import pytest

from review.closeout import preview
from review.line import read_line
from review.line_edits import fill, unknown_initials, with_day, with_initials_of
from tests.builders import MONDAY, a_meeting


@pytest.fixture(scope="module")
def meeting():
    return a_meeting()


@pytest.mark.parametrize(
    ("text", "day", "becomes"),
    [
        ("Send the annex sat", date(2026, 11, 30), "Send the annex 30 nov"),
        ("Send the annex on 28 nov ! wl", date(2026, 11, 30), "Send the annex on 30 nov ! wl"),
        ("Send the annex next sat.", date(2026, 12, 7), "Send the annex 7 dec"),
        ("Send the annex", date(2027, 1, 4), "Send the annex 4 jan 2027"),
        ("Review the mon report with @Ann sun", date(2026, 11, 30), "Review the mon report with @Ann 30 nov"),
        ("", date(2026, 11, 30), "30 nov"),
    ],
)
def test_another_day_takes_the_place_of_the_last_one_in_the_line(meeting, text, day, becomes):
    after = with_day(meeting, text, day)
    assert after == becomes
    line = read_line(after, today=MONDAY, people=meeting.settings.people, owner=None, order="dmy")
    assert line.day == day


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Send the annex fri ps", "ps"),
        ("Send the annex ps fri", ""),
        ("Send the annex fri ps !", "ps"),
        ("Send the annex fri ps.", "ps"),
        ("Send the annex fri wl", ""),
        ("Send the annex fri", ""),
        ("Send the annex fri team", ""),
        ("Send the annex to us", ""),
        ("fri ps", ""),
        ("ps", ""),
        ("", ""),
    ],
)
def test_a_word_that_keeps_the_date_from_being_read_is_asked_about(meeting, text, word):
    assert unknown_initials(meeting, text) == word


def test_the_initials_of_whoever_was_added_take_its_place():
    assert with_initials_of("Send the annex fri ps.", "ps", "psh") == "Send the annex fri psh"
    assert with_initials_of("Send ps the annex fri ps !", "ps", "psh") == "Send ps the annex fri psh !"
    assert with_initials_of("Send the annex fri ", "", "psh") == "Send the annex fri psh"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Send the annex to @Kim fri tom", "Send the annex to @Kim fri tr"),
        ("Send the annex to @Kim fri Reed", "Send the annex to @Kim fri tr"),
        ("Send the annex to @Kim 27 nov we", "Send the annex to @Kim 27 nov wl"),
        ("Send the annex to @Kim fri tr", None),
        ("Send the annex to Tom", None),
        ("Send the annex to @Kim fri zoe", None),
        ("Send the annex to @Kim fri t", None),
        ("tom", None),
        ("", None),
    ],
)
def test_a_name_behind_the_date_is_whose_initials_it_means(meeting, text, after):
    found = fill(meeting, "d1", text, preview(meeting, "d1", text))
    assert (found.text if found else None) == after
