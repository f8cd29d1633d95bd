from datetime import date, timedelta

import pytest

from review.commitments import Origin, Standing
from review.deals import Category, Cause, Ending, EndReason, Status
from review.intents import (
    AddPerson,
    AddToQueue,
    Amend,
    Change,
    CloseOut,
    Drop,
    EndDeal,
    EnterSection,
    ExplainLoss,
    GiveEvidence,
    GrantException,
    OpenDeal,
    Park,
    SetPresence,
    TakeOffline,
    Undo,
)
from review.records import Exit
from review.results import Refusal
from review.standing import Part, part_of
from tests.builders import GOOD, MONDAY, a_deal, a_ledger, a_session, next_week

DEALS = (a_deal("d1", category="commit"), a_deal("d2"), a_deal("w1", owner="Wei Lin"))
LOST = EndDeal(deal="d1", kind=Ending.LOST, reason=EndReason.PRICE, lesson="ask for the budget first")


def running(*deals, **more):
    return a_session(a_ledger(*(deals or DEALS)), **more)


def refused(session, intent, field=None):
    answer = session.do(intent)
    assert isinstance(answer, Refusal)
    assert field is None or answer.field == field
    return answer.sentence


def of(session, origin):
    return [c for c in session.meeting.ledger.commitments.values() if c.origin is origin and c.is_open]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("", "step"),
        ("follow up fri", "step"),
        ("call fri", "step"),
        ("thu", "step"),
        ("Send the annex to @Kim", "date"),
        ("Send the annex to @Kim 30 feb", "date"),
        ("Send the annex to @Kim 2026-11-20", "date"),
    ],
)
def test_a_deal_is_not_closed_out_without_step_and_date(line, field):
    session = running()
    refused(session, CloseOut(deal="d1", line=line), field)
    assert session.meeting.left == {}


def test_a_deal_whose_owner_is_nobody_of_the_team_wants_an_owner():
    session = running(a_deal("d1", owner="Zoe Novak"))
    refused(session, CloseOut(deal="d1", line="Send the annex to @Kim fri"), "owner")
    session.must(AddPerson(name="Zoe Novak"), CloseOut(deal="d1", line="Send the annex to @Kim fri zn"))
    assert session.meeting.step("d1").owner == "zoe-novak"


@pytest.mark.parametrize("name", ["team", "all", "", "!?", "Tom Reed", "tom reed"])
def test_nobody_in_particular_and_nobody_twice_is_added(name):
    refused(running(), AddPerson(name=name), "owner")


def test_one_line_closes_out_with_step_date_owner_and_agreement():
    session = running()
    session.must(CloseOut(deal="d1", line="Call @Dana on the two open clauses ! thu wl"))
    step = session.meeting.step("d1")
    assert (step.text, step.due, step.owner) == ("Call @Dana on the two open clauses", date(2026, 11, 26), "wei-lin")
    assert (step.agreed, step.customers) == (True, ("Dana",))
    assert part_of(session.meeting, "d1") is Part.ROOM


def test_enter_takes_the_crms_step():
    session = running(a_deal("d1", next_step="Redlines back from legal", next_step_date=MONDAY))
    session.must(CloseOut(deal="d1", line=""))
    assert (session.meeting.step("d1").text, session.meeting.step("d1").due) == ("Redlines back from legal", MONDAY)


# Ended


def test_an_ended_deal_wants_a_reason_and_leaves_one_thing_to_set_in_the_crm():
    session = running()
    refused(session, EndDeal(deal="d1", kind=Ending.LOST), "reason")
    session.must(LOST, EndDeal(deal="d2", kind=Ending.DUPLICATE))
    (task,) = of(session, Origin.CRM)
    assert (task.text, task.due) == ("Set in the CRM: d1 lost, d2 duplicate", date(2026, 11, 24))
    assert (task.owner, task.in_rate, task.aloud) == ("tom-reed", False, False)
    assert session.meeting.effective("d1").status is Status.LOST
    refused(session, CloseOut(deal="d1", line=GOOD))
    session.must(Undo())
    assert of(session, Origin.CRM)[0].text == "Set in the CRM: d1 lost"


def test_an_ended_deal_is_in_none_of_the_four_parts():
    session = running()
    session.must(LOST)
    assert "d1" not in session.lock().locks[-1].without
    assert session.meeting.ledger.locks[-1].active == 2


def test_losing_a_commit_deal_before_the_lock_is_called_early_and_winning_it_is_not():
    ledger = running().lock()
    for kind, credit in (
        (Ending.LOST, True),
        (Ending.NO_DECISION, True),
        (Ending.WON, False),
        (Ending.DUPLICATE, False),
    ):
        later = next_week(ledger)
        later.must(EndDeal(deal="d1", kind=kind, reason=EndReason.OTHER))
        assert ("d1" in later.meeting.early) is credit


def test_a_deal_that_comes_back_to_commit_was_not_called_early():
    later = next_week(running().lock())
    later.must(Change(deal="d1", field="category", text="best case"))
    assert later.meeting.early == {"d1": "left commit for best case"}
    later.must(Change(deal="d1", field="category", text="commit"))
    assert later.meeting.early == {}


def test_a_deal_that_was_not_in_commit_at_the_lock_earns_no_credit():
    session = running()
    session.must(Change(deal="d1", field="category", text="best case"))
    assert session.meeting.early == {}


# Offline, parked, dropped


@pytest.mark.parametrize(("when", "field"), [("", "when"), ("+8d", "when"), ("2026-11-20", "when")])
def test_offline_asks_who_and_when_within_seven_days(when, field):
    refused(running(), TakeOffline(deal="d1", who="Wei Lin", when=when), field)
    refused(running(), TakeOffline(deal="d1", who=" ", when="thu"), "who")


def test_offline_makes_the_session_a_commitment_and_keeps_the_old_step():
    session = running()
    session.must(CloseOut(deal="d1", line=GOOD))
    step = session.meeting.step("d1")
    session.must(TakeOffline(deal="d1", who="wei lin", when="+7d"))
    (task,) = of(session, Origin.OFFLINE)
    assert (task.text, task.due, task.owner) == ("Session on d1 with Wei Lin", date(2026, 11, 30), "tom-reed")
    assert session.meeting.step("d1") == step
    session.must(TakeOffline(deal="d1", who="the CFO", when="thu"))
    assert [task.text for task in of(session, Origin.OFFLINE)] == ["Session on d1 with the CFO"]


def test_parking_makes_homework_and_a_second_park_in_a_row_is_refused():
    session = running()
    session.must(OpenDeal(deal="d2"), Park(deal="d2"))
    (task,) = of(session, Origin.PARKED)
    assert (task.text, task.due) == ("Complete the next step for d2", date(2026, 11, 24))
    refused(session, Park(deal="d2"))
    later = next_week(session.lock())
    assert next(slot.deal for slot in later.meeting.queue if slot.rep == "tom-reed") == "d2"
    refused(later, Park(deal="d2"), "step")
    later.must(TakeOffline(deal="d2", who="Wei Lin", when="fri"))
    last = next_week(later.lock(), number=2)
    last.must(Park(deal="d2"))


def test_a_week_of_absence_between_two_parks_is_still_in_a_row():
    session = running()
    session.must(Park(deal="d2"))
    away = next_week(session.lock(), present=("ada-hall", "wei-lin"))
    back = next_week(away.lock(), number=2)
    refused(back, Park(deal="d2"), "step")


def test_a_parked_deal_that_gets_its_step_after_all_leaves_no_homework():
    session = running()
    session.must(Park(deal="d2"), CloseOut(deal="d2", line=GOOD))
    assert of(session, Origin.PARKED) == []
    assert session.meeting.left["d2"].exit is Exit.CLOSED_OUT
    session.must(Undo())
    assert len(of(session, Origin.PARKED)) == 1


def test_a_dropped_deal_stands_first_by_turn_next_week():
    session = running()
    session.must(Drop(deal="d2"))
    assert session.lock().deals["d2"].last_exit is Exit.DROPPED
    refused(a_session(session.meeting.ledger), Drop(deal="nowhere"))


def test_what_has_left_is_not_dropped():
    session = running()
    session.must(CloseOut(deal="d1", line=GOOD))
    refused(session, Drop(deal="d1"))


def test_at_the_lock_the_rest_of_those_present_is_dropped_and_that_of_the_absent_skipped():
    session = running()
    session.must(SetPresence(person="wei-lin", present=False))
    ledger = session.lock()
    assert (ledger.deals["d1"].last_exit, ledger.deals["d1"].skipped) == (Exit.DROPPED, False)
    assert (ledger.deals["w1"].last_exit, ledger.deals["w1"].skipped) == (None, True)


def test_a_queued_deal_of_nobody_on_the_team_counts_as_dropped():
    session = running(*DEALS, a_deal("z1", owner="Zoe Novak"))
    session.must(AddToQueue(deal="z1"))
    assert session.lock().deals["z1"].last_exit is Exit.DROPPED


# Before any exit


def test_a_later_close_date_asks_the_cause_and_one_in_the_past_is_refused():
    session = running()
    refused(session, Change(deal="d1", field="close_date", text="8 jan"), "cause")
    refused(session, Change(deal="d1", field="close_date", text="2026-11-20"), "close_date")
    session.must(Change(deal="d1", field="close_date", text="8 jan", cause=Cause.LEGAL))
    assert session.meeting.effective("d1").close_date == date(2027, 1, 8)
    assert session.meeting.record("d1").movement is None
    session.must(Change(deal="d1", field="close_date", text="11 dec"))
    assert session.meeting.record("d1").movement.what == "pulled in"


def test_a_stage_may_be_shortened_but_not_guessed():
    session = running()
    for text in ("", "x", "s p"):
        refused(session, Change(deal="d1", field="stage", text=text), "stage")
    session.must(Change(deal="d1", field="stage", text="nego"))
    record = session.meeting.record("d1")
    assert (session.meeting.effective("d1").stage, record.stage_since) == ("Negotiate", MONDAY)
    assert record.movement.what == "stage moved"


def test_a_stage_backwards_is_no_movement():
    session = running()
    session.must(Change(deal="d1", field="stage", text="Discover"))
    assert session.meeting.record("d1").movement is None


def test_evidence_for_another_date_offers_to_move_the_close_date():
    session = running()
    line = "Dana confirmed 8 jan on fri, legal fri"
    answer = session.do(GiveEvidence(deal="d1", line=line))
    assert isinstance(answer, Refusal)
    assert answer.confirm
    session.must(GiveEvidence(deal="d1", line=line, move=True, cause=Cause.LEGAL))
    assert session.meeting.effective("d1").close_date == date(2027, 1, 8)
    assert session.meeting.record("d1").history[-1].cause is Cause.LEGAL


def test_an_exception_needs_a_printed_reason_and_a_deal_in_commit():
    session = running()
    refused(session, GrantException(deal="d1", reason=" "), "reason")
    refused(session, GrantException(deal="d2", reason="signed on paper"))
    session.must(GrantException(deal="d1", reason="signed on paper"))
    assert session.lock().deals["d1"].exception == ""


def test_only_what_is_closed_has_a_reason_for_its_loss():
    session = running()
    refused(session, ExplainLoss(deal="d1", reason=EndReason.PRICE, lesson="x"))
    session.must(LOST, ExplainLoss(deal="d1", reason=EndReason.TIMING, lesson="start earlier"))
    assert session.meeting.record("d1").ended.reason is EndReason.TIMING


def test_a_section_that_the_agenda_does_not_have_is_refused():
    refused(running(), EnterSection(section="lunch"))  # type: ignore[arg-type]  # that is the nonsense


# After the lock


def test_after_the_lock_a_step_is_amended_through_the_same_gate():
    session = running()
    session.lock()
    refused(session, CloseOut(deal="d1", line=GOOD))
    tuesday = MONDAY + timedelta(days=1)
    refused(session, Amend(intent=CloseOut(deal="d1", line="call fri"), day=tuesday), "step")
    refused(session, Amend(intent=Park(deal="d1"), day=tuesday))
    session.must(Amend(intent=CloseOut(deal="d1", line=GOOD), day=tuesday))
    assert session.meeting.amendments == ("amended 24 Nov: closed out d1",)
    refused(session, Undo())
    assert session.meeting.ledger.deals["d1"].step


def test_before_the_lock_there_is_nothing_to_amend():
    refused(running(), Amend(intent=CloseOut(deal="d1", line=GOOD), day=MONDAY))


def test_a_category_decided_by_a_person_counts_as_movement():
    session = running()
    session.must(Change(deal="d2", field="category", text="commit"))
    assert session.meeting.record("d2").movement.on == MONDAY
    assert session.meeting.effective("d2").category is Category.COMMIT
    assert session.meeting.ledger.commitments == {}
    assert all(c.standing is Standing.OPEN for c in session.meeting.ledger.commitments.values())
