import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.events import Batch
from review.fold import add, fold
from review.intents import CloseOut, EnterSection, Lock, OpenDeal, Park, Redo, Undo
from review.intents_deal import SettleMarks
from review.records import Exit
from tests.builders import GOOD, MONDAY, NotSaved, a_deal, a_session, an_export
from tests.review.anything import a_team_ledger, anything, everything

LEDGER = a_team_ledger()


def run(intents):
    session = a_session(LEDGER)
    for intent in intents:
        session.clock.on(7)
        session.do(intent)
    return session


def as_stored(batches):
    """Send batches the way that the log sends them: plain values, then JSON."""
    texts = (json.dumps(msgspec.to_builtins(batch, str_keys=True)) for batch in batches)
    return tuple(msgspec.json.decode(text, type=Batch) for text in texts)


@given(everything, st.integers(1, 30))
def test_folding_a_prefix_and_then_the_rest_equals_folding_all(intents, cut):
    batches = run(intents).minutes.batches
    minutes = fold(LEDGER, batches[: max(1, min(cut, len(batches)))])
    for batch in batches[len(minutes.batches) :]:
        minutes = add(minutes, batch)
    assert minutes == fold(LEDGER, batches)


@given(everything)
def test_resuming_from_what_was_stored_equals_the_running_state(intents):
    session = run(intents)
    again = fold(LEDGER, as_stored(session.log.batches))
    assert again.batches == session.minutes.batches
    assert again.meeting == session.meeting


@given(anything, anything)
def test_a_failed_write_leaves_the_state_and_a_retry_gives_it_once(first, then):
    session = run(first)
    for intent in [*then, Lock()]:
        before, stored = session.minutes, len(session.log.batches)
        session.log.broken = True
        try:
            session.do(intent)
        except NotSaved:
            assert session.unsaved is not None
        assert session.minutes is before
        assert len(session.log.batches) == stored
        session.log.broken = False
        session.retry()
        session.retry()
        assert session.unsaved is None
        assert len({batch.id for batch in session.log.batches}) == len(session.log.batches)
    assert fold(LEDGER, session.log.batches).meeting == session.meeting


def test_after_another_success_a_fact_that_was_not_saved_is_gone():
    session = a_session(LEDGER)
    session.log.broken = True
    with pytest.raises(NotSaved):
        session.do(Park(deal="d1"))
    session.log.broken = False
    session.must(SettleMarks(deal="d2"))
    session.retry()
    assert session.unsaved is None
    assert "d1" not in session.meeting.left


def test_an_export_read_in_makes_what_could_not_be_saved_before_it_obsolete():
    session = a_session(LEDGER)
    session.log.broken = True
    with pytest.raises(NotSaved):
        session.do(Park(deal="d1"))
    session.log.broken = False
    assert session.take_import(an_export(a_deal("d2"), day=MONDAY)) is None
    session.retry()
    assert session.meeting.left["d1"].words == "not in this export"


def test_minutes_begin_with_the_start():
    with pytest.raises(ValueError, match="begin"):
        fold(LEDGER, ())


def test_a_new_decision_ends_what_could_be_done_again_for_good():
    session = a_session(LEDGER)
    session.must(Park(deal="d1"), Park(deal="w1"), Undo(), Undo(), SettleMarks(deal="d2"), Undo())
    assert session.minutes.next_redo is not None
    session.must(Redo())
    assert session.minutes.next_redo is None
    assert session.meeting.left == {}
    assert session.meeting.record("d2").born_checked


def test_undo_says_what_it_takes_back_and_shows_its_deal():
    session = a_session(LEDGER)
    session.must(EnterSection(section="inspection"), OpenDeal(deal="d1"), Park(deal="d1"), OpenDeal(deal="w1"))
    last = session.minutes.last_decision
    assert last is not None
    assert last.what == "parked d1"
    session.must(Undo())
    assert session.meeting.deal == "d1"
    assert session.meeting.to_go[0].deal in ("d1", "d2")


def test_time_on_a_deal_is_counted_only_while_inspection_runs():
    session = a_session(LEDGER)
    session.must(OpenDeal(deal="d1"), EnterSection(section="inspection"))
    session.must(OpenDeal(deal="w1"), EnterSection(section="actions"), EnterSection(section="inspection"))
    assert [(visit.deal, bool(visit.last)) for visit in session.meeting.visits] == [
        ("d1", True),
        ("w1", True),
        ("w1", False),
    ]


# An export that is read in while the review runs


def test_an_export_inside_the_review_lets_closed_deals_leave_and_missing_ones_count_as_dropped():
    session = a_session(LEDGER)
    queued = {slot.deal for slot in session.meeting.queue}
    assert {"d2", "w1"} <= queued
    session.must(CloseOut(deal="d1", line=GOOD))
    session.take_import(an_export(a_deal("d1"), a_deal("w1", owner="Wei Lin", status="lost"), day=MONDAY))
    left = session.meeting.left
    assert (left["w1"].exit, left["w1"].words) == (Exit.ENDED, "lost")
    assert (left["d2"].exit, left["d2"].words) == (Exit.DROPPED, "not in this export")
    assert left["d1"].exit is Exit.CLOSED_OUT
    assert [slot.deal for slot in session.meeting.queue if slot.deal in queued] == [
        slot.deal for slot in a_session(LEDGER).meeting.queue
    ]


def test_what_one_export_missed_and_the_next_has_again_still_waits_for_its_exit():
    session = a_session(LEDGER)
    session.take_import(an_export(a_deal("d1"), day=MONDAY, ident="thin"))
    assert "d2" in session.meeting.left
    session.take_import(an_export(a_deal("d1"), a_deal("d2"), day=MONDAY, ident="whole"))
    assert "d2" not in session.meeting.left
    exports = {export.id: export for export in session.minutes.exports.values()}
    assert fold(LEDGER, session.log.batches, exports).meeting == session.meeting


def test_decisions_stand_when_an_export_comes_in_and_can_still_be_undone():
    session = a_session(LEDGER)
    session.must(Park(deal="d1"))
    session.take_import(an_export(a_deal("d1", amount=1), a_deal("d2"), day=MONDAY))
    assert session.meeting.left["d1"].exit is Exit.PARKED
    session.must(Undo())
    assert "d1" not in session.meeting.left
    assert session.meeting.effective("d1").amount == 1


def test_an_export_older_than_the_last_is_refused_unless_asked_for():
    session = a_session(LEDGER)
    old = an_export(day=MONDAY.replace(day=1), source="old.csv")
    refusal = session.take_import(old)
    assert refusal is not None
    assert refusal.sentence.startswith("old.csv shows 1 Nov, and an export of 22 Nov")
    assert session.take_import(old, older=True) is None


def test_no_export_is_read_into_a_review_that_is_over():
    session = a_session(LEDGER)
    session.lock()
    assert session.take_import(an_export(day=MONDAY)) is not None
