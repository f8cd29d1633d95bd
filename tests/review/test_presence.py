"""Who comes late or leaves takes their deals along; a plan to catch up sends third deals to next week."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.intents import CloseOut, EnterSection, Lock, OpenDeal, SetLengths, SetPresence, Undo
from review.pacing import catch_up, end_later
from review.presence import third_deals_for
from review.records import Exit
from review.results import Refusal
from review.time_plans import as_intent, say_time_plan, third_deals_of
from tests.screens.office import a_session, second_week


@pytest.fixture
def hour():
    office = second_week()
    return office, a_session(office, away=("tom",))


def test_the_deals_of_who_comes_late_stand_behind_the_first_round_and_the_third_at_the_end(hour):
    _, session = hour
    waiting = [slot for slot in session.meeting.away if slot.rep == "tom"]
    assert waiting, "Tom’s deals stood in the plan"
    session.do(SetPresence(person="tom", present=True))
    queue = session.meeting.queue
    mine = [at for at, slot in enumerate(queue) if slot.rep == "tom"]
    assert [queue[at].deal for at in mine] == [slot.deal for slot in waiting]
    firsts = [slot.number for slot in queue if slot.number <= 2]
    assert [slot.number for slot in queue[: len(firsts)]] == firsts
    assert queue[-1].rep == "tom" or waiting[-1].number <= 2
    assert not [slot for slot in session.meeting.away if slot.rep == "tom"]


def test_who_comes_while_the_second_round_runs_is_next(hour):
    _, session = hour
    third = next(slot for slot in session.meeting.queue if slot.number > 2)
    session.do(EnterSection(section="inspection"))
    session.do(OpenDeal(deal=third.deal))
    session.do(SetPresence(person="tom", present=True))
    queue = session.meeting.queue
    at = next(at for at, slot in enumerate(queue) if slot.deal == third.deal)
    assert queue[at + 1].rep == "tom"


def test_who_leaves_takes_only_what_is_still_to_go_and_it_ranks_as_skipped(hour):
    office, session = hour
    first, second = [slot for slot in session.meeting.queue if slot.rep == "sofia"][:2]
    session.do(EnterSection(section="inspection"))
    session.do(OpenDeal(deal=first.deal))
    session.do(CloseOut(deal=first.deal, line="Send @Dana the contract wed"))
    session.do(SetPresence(person="sofia", present=False))
    assert [slot.deal for slot in session.meeting.queue if slot.rep == "sofia"] == [first.deal]
    assert second in session.meeting.away
    office.clock.run(minutes=40)
    assert session.do(Lock()) is None
    assert session.meeting.ledger.deals[second.deal].skipped
    assert not session.meeting.ledger.deals[first.deal].skipped


@given(st.lists(st.tuples(st.sampled_from(("tom", "sofia", "wei")), st.booleans()), max_size=6))
def test_coming_and_leaving_loses_no_deal_and_doubles_none(steps):
    session = a_session(second_week(), away=("tom",))
    before = sorted(slot.deal for slot in (*session.meeting.queue, *session.meeting.away))
    for person, present in steps:
        session.do(SetPresence(person=person, present=present))
        after = sorted(slot.deal for slot in (*session.meeting.queue, *session.meeting.away))
        assert after == before
        for slot in session.meeting.queue:
            assert session.meeting.is_present(slot.rep)


# Third deals


def behind(minutes=10):
    """A meeting whose forecast took as many minutes longer than planned."""
    office = second_week()
    session = a_session(office)
    office.clock.run(minutes=10 + minutes)
    session.do(EnterSection(section="inspection"))
    return office, session


def test_catching_up_sends_the_last_third_deals_to_next_week_in_words():
    office, session = behind(4)
    plan = catch_up(session.meeting.clock, office.clock.now())
    assert plan is not None
    gone = third_deals_of(session.meeting, plan, office.clock.now())
    # Inspection becomes 27:00, of which two minutes stay free; deals are planned with 80 or 105 seconds.
    room = 27 * 60 - 120
    kept = [slot for slot in session.meeting.queue if slot not in gone]
    assert sum(slot.seconds for slot in kept) <= room < sum(slot.seconds for slot in kept) + gone[-1].seconds
    assert {slot.number for slot in gone} == {3}
    words = {1: "one third deal", 2: "two third deals", 3: "three third deals", 4: "four third deals"}
    assert say_time_plan(session.meeting, plan, office.clock.now()) == f"4:00 behind → {words[len(gone)]} to next week"


def test_the_deal_on_the_screen_still_needs_its_time_and_takes_a_third_deal_along():
    office, session = behind(4)
    plan = catch_up(session.meeting.clock, office.clock.now())
    assert plan is not None
    before = third_deals_of(session.meeting, plan, office.clock.now())
    session.do(OpenDeal(deal=session.meeting.queue[0].deal))
    assert third_deals_of(session.meeting, plan, office.clock.now()) == before


def test_the_plan_drops_them_visibly_and_undo_brings_them_and_the_minutes_back():
    office, session = behind()
    before = session.meeting
    plan = catch_up(before.clock, office.clock.now())
    assert plan is not None
    intent = as_intent(before, plan, office.clock.now())
    assert session.do(intent) is None
    assert {session.meeting.left[deal].exit for deal in intent.drops} == {Exit.DROPPED}
    assert session.minutes.last_decision.what.endswith("third deals to next week")
    session.do(Undo())
    assert session.meeting.left == {}
    assert session.meeting.clock == before.clock


def test_ending_later_sends_nobody_home():
    office, session = behind()
    plan = end_later(session.meeting.clock, office.clock.now())
    assert plan is not None
    assert third_deals_of(session.meeting, plan, office.clock.now()) == ()


def test_first_and_second_deals_cannot_be_sent_to_next_week():
    _, session = behind()
    first = session.meeting.queue[0].deal
    lengths = {section.id: section.minutes * 60 for section in session.meeting.settings.sections}
    assert isinstance(session.do(SetLengths(lengths=lengths, drops=(first,))), Refusal)


@given(st.integers(0, 4000))
def test_only_as_many_third_deals_go_as_it_takes(seconds):
    meeting = behind(0)[1].meeting
    gone = third_deals_for(meeting, seconds)
    kept = sum(slot.seconds for slot in meeting.to_go if slot not in gone and slot.deal != meeting.deal)
    thirds = [slot for slot in meeting.to_go if slot.number > 2]
    assert kept <= seconds or len(gone) == len(thirds)
    assert not gone or kept + gone[-1].seconds > seconds
