"""What single lines of the screens say, and that a narrow one breaks rather than leaves words out."""

import pytest

from review.calls import open_calls
from review.deals import Ending, EndReason
from review.intents import Change, EndDeal, SetPresence, StateCall
from screens.actions_words import pending_words, room_line
from screens.call_traces import TraceRow
from screens.dialogs.promise import understood
from screens.dialogs.trace import drawn
from screens.judging_words import date_feedback, step_feedback
from tests.builders import a_deal, a_ledger, a_session, some_settings

SETTINGS = some_settings(country="US")
"""Thanksgiving is Thu 26 Nov 2026."""
AWAY = "no working day; Fri 27 Nov is the next one"


@pytest.fixture
def meeting():
    return a_session(a_ledger(a_deal("d1"), settings=SETTINGS), settings=SETTINGS).meeting


@pytest.mark.parametrize("typed", ["thu", "26 nov"])
def test_a_new_date_on_a_holiday_offers_the_next_working_day(meeting, typed):
    said = date_feedback(meeting, typed, "tom-reed")
    assert said.ok
    assert AWAY in said.line().plain


def test_a_new_date_says_that_it_is_far_or_past_the_close_date_of_its_step(meeting):
    assert "▲" not in date_feedback(meeting, "fri", "tom-reed", "d1").line().plain
    assert "more than 14 days ahead" in date_feedback(meeting, "+3w", "tom-reed").line().plain
    assert "past the close date" in date_feedback(meeting, "21 dec", "tom-reed", "d1").line().plain
    assert "past the close date" not in date_feedback(meeting, "21 dec", "tom-reed").line().plain


def test_a_step_and_a_commitment_are_warned_of_a_holiday_too(meeting):
    assert AWAY in step_feedback(meeting, "d1", "Call @Dana on the clauses thu").line().plain
    assert AWAY in understood(meeting, "Send the annex to @Dana thu", "tom-reed").line().plain
    assert "▲" not in step_feedback(meeting, "d1", "Call @Dana on the clauses ! fri").line().plain


def the_call(*intents):
    deals = (a_deal("d1", category="commit", amount=184_000), a_deal("d2", category="commit", amount=60_000))
    session = a_session(a_ledger(*deals))
    session.must(StateCall(person="tom-reed", commit="244k"), Change(deal="d1", field="category", text="best case"))
    session.must(*intents)
    return session.meeting, open_calls(session.meeting)[0]


def test_whose_call_is_taken_sees_every_deal_that_changed_it_on_a_narrow_screen_too():
    meeting, entry = the_call(EndDeal(deal="d2", kind=Ending.LOST, reason=EndReason.PRICE))
    lines = room_line(meeting, entry, now=True, width=70).plain.split("\n")
    assert " ".join(" ".join(lines).split()).endswith("d1 −184k to best case · d2 −60k lost")
    assert len(lines) == 2
    assert all(len(line) <= 70 for line in lines)
    assert "\n" not in room_line(meeting, entry, now=False, width=70).plain


def test_whose_call_is_taken_while_away_is_marked():
    meeting, entry = the_call(SetPresence(person="tom-reed", present=False))
    assert "Tom, away" in room_line(meeting, entry, now=True, width=120).plain
    assert pending_words(entry) == ""


def test_a_row_of_a_trace_breaks_what_it_says_and_keeps_its_amount_in_the_first_line():
    row = TraceRow("coverage", "open in the period ÷ quota, healthy 3 to 4 at its start", "0.6×")
    first, *more = drawn(row, 66, shares=False).plain.split("\n")
    assert first.endswith("0.6×")
    assert len(first) == 66
    assert " ".join((first.removesuffix("0.6×"), *more)).split()[1:] == row.what.split()
    assert drawn(TraceRow("won", "1 deal", "$5"), 66, shares=False).plain.count("\n") == 0
    named = drawn(TraceRow("Anaconda Realty Logistics, Aisha", "40 % × $287,500", "$115,000"), 66, shares=False).plain
    assert named.split() == ["Anaconda", "Realty", "Logistics,", "40", "%", "×", "$287,500", "$115,000", "Aisha"]
