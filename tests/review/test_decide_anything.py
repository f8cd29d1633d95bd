from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from review.commitments import Origin
from review.events import ClosedOut, DealEnded, Dropped, Parked, StepGiven, TakenOffline
from review.gate import check
from review.in_force import taken_back
from review.intents import Lock, Redo, Undo
from review.meeting import Meeting
from review.records import Exit
from review.results import Refusal
from review.standing import Part, active_deals, has_all_three, part_of, parts
from tests.builders import MONDAY, a_session, some_settings
from tests.review.anything import a_team_ledger, anything, everything

LEDGER = a_team_ledger()
EXITS: dict[type, Exit] = {
    ClosedOut: Exit.CLOSED_OUT,
    DealEnded: Exit.ENDED,
    TakenOffline: Exit.OFFLINE,
    Parked: Exit.PARKED,
    Dropped: Exit.DROPPED,
}


def run(intents, ledger=LEDGER):
    session = a_session(ledger)
    for intent in intents:
        session.clock.on(7)
        session.do(intent)
    return session


def settled(meeting: Meeting) -> Meeting:
    """The state but for navigation, clock and presence, which undo leaves alone."""
    return replace(
        meeting,
        clock=a_session(LEDGER).meeting.clock,
        present=(),
        section="forecast",
        deal="",
        turns={},
        turn_began="",
        visits=(),
        opened=(),
        heard=(),
    )


@given(everything)
def test_no_sequence_of_intents_closes_a_deal_out_without_a_valid_step_date_and_owner(intents):
    session = run(intents)
    undone = taken_back(session.minutes.batches)
    people = session.meeting.settings.people
    for batch in session.minutes.batches:
        for event in batch.events:
            if isinstance(event, ClosedOut | StepGiven) and batch.id not in undone:
                owner = next((p for p in people if p.id == event.step.owner), None)
                assert not check(event.step.text, event.step.due, owner, today=MONDAY, people=people)
    for ident, left in session.meeting.left.items():
        if left.exit is Exit.CLOSED_OUT:
            assert any(
                isinstance(event, ClosedOut) and event.deal == ident
                for batch in session.minutes.batches
                for event in batch.events
            )
    for ident in parts(session.meeting)[Part.ROOM]:
        assert has_all_three(session.meeting.record(ident), session.meeting.ledger, session.meeting.settings, MONDAY)


@given(everything)
def test_nothing_but_the_five_exits_leaves_inspection(intents):
    session = run(intents)
    undone = taken_back(session.minutes.batches)
    ways = {}
    for batch in session.minutes.batches:
        for event in batch.events:
            way = EXITS.get(type(event))
            if way is not None and batch.id not in undone:
                ways[event.deal] = way
    assert {ident: left.exit for ident, left in session.meeting.left.items()} == ways


@given(everything)
def test_the_four_parts_are_disjoint_and_add_up_to_the_active_deals(intents):
    meeting = run(intents).meeting
    found = [ident for deals in parts(meeting).values() for ident in deals]
    assert len(found) == len(set(found))
    assert set(found) == set(active_deals(meeting.ledger, meeting.settings, meeting.day))


@given(anything)
def test_undo_then_redo_is_the_identity(intents):
    session = run(intents)
    before = session.meeting
    if session.do(Undo()) is None:
        assert session.do(Redo()) is None
    assert settled(session.meeting) == settled(before)


@given(anything)
def test_undo_of_everything_gives_the_state_of_before(intents):
    session = run(intents)
    done = 0
    while session.do(Undo()) is None:
        done += 1
        assert done <= len(intents)
    assert settled(session.meeting) == settled(a_session(LEDGER).meeting)
    assert session.minutes.last_decision is None


@given(anything, st.integers(1, 8))
def test_as_many_redos_as_undos_give_everything_back_in_order(intents, count):
    session = run(intents)
    before = session.meeting
    undone = sum(session.do(Undo()) is None for _ in range(count))
    for _ in range(undone):
        assert session.do(Redo()) is None
    assert settled(session.meeting) == settled(before)


@given(everything)
def test_a_refusal_is_a_sentence_and_leaves_the_minutes_alone(intents):
    session = a_session(LEDGER)
    for intent in intents:
        before = session.minutes
        answer = session.do(intent)
        if isinstance(answer, Refusal):
            assert answer.sentence.strip()
            assert session.minutes is before


@given(anything)
def test_every_lock_gives_each_promise_at_most_one_judgement_in_its_row(intents):
    session = run(intents)
    ledger = session.lock()
    row = ledger.locks[-1]
    assert 0 <= row.kept <= row.judged
    assert sum(judged for _, judged in row.kept_by.values()) == row.judged
    assert sum(kept for kept, _ in row.kept_by.values()) == row.kept
    assert row.active == sum(len(deals) for deals in parts(session.meeting).values())
    assert sum(row.without.values()) == len(parts(session.meeting)[Part.WITHOUT])
    quiet = [
        c for c in ledger.commitments.values() if c.is_open and c.origin in (Origin.CRM, Origin.WITHOUT) and c.deals
    ]
    assert len({(c.owner, c.origin) for c in quiet}) == len(quiet)


def test_after_the_lock_nothing_can_be_undone_or_decided():
    session = a_session(LEDGER)
    session.lock()
    for intent in (Undo(), Redo(), Lock()):
        assert isinstance(session.do(intent), Refusal)


def test_a_part_is_without_whenever_a_piece_is_missing_even_for_a_deal_that_was_closed_out():
    session = a_session(LEDGER, settings=some_settings())
    assert part_of(session.meeting, "d2") is Part.WITHOUT
