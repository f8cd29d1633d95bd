"""Turns in a section, next steps given there, and what the export suggests of a promise."""

from datetime import date, timedelta

import pytest

from review.causes import open_causes
from review.commitments import Origin, Standing, Verdict
from review.deals import Status
from review.intents import (
    CloseOut,
    EnterSection,
    GiveVerdict,
    NextStep,
    Pause,
    Resume,
    TakeCause,
    TakeTurn,
)
from review.records import Change
from review.results import Refusal
from review.suggestions import suggested
from review.turns import turn_seconds
from tests.builders import (
    GOOD,
    MONDAY,
    a_deal,
    a_ledger,
    a_meeting,
    a_promise,
    a_session,
    next_week,
    with_promises,
)
from tests.review import test_causes as causes
from tests.review.pieces import a_ledger as a_ledger_with
from tests.review.pieces import the_settings


def step(**more):
    return a_promise("s1", origin=Origin.STEP, deal="d1", **more)


def test_a_turn_lasts_from_its_beginning_without_pauses():
    session = a_session()
    session.must(TakeTurn(section="forecast", person="tom-reed"))
    session.clock.on(30)
    session.do(Pause())
    session.clock.on(100)
    session.do(Resume())
    session.clock.on(5)
    assert turn_seconds(session.meeting, session.now()) == 35


def test_a_turn_that_was_left_for_another_section_begins_again_with_its_own():
    session = a_session()
    session.must(TakeTurn(section="forecast", person="tom-reed"), EnterSection(section="inspection"))
    session.clock.on(600)
    session.do(EnterSection(section="forecast"))
    session.clock.on(20)
    assert turn_seconds(session.meeting, session.now()) == 20


def test_a_step_given_in_forecast_passes_the_same_gate_and_leaves_the_deal_in_the_queue():
    session = a_session(with_promises(a_ledger(), step()))
    session.must(GiveVerdict(commitment="s1", verdict=Verdict.DONE))
    for line in ("Follow up thu", "Walk @Dana through the redlines", ""):
        assert isinstance(session.do(NextStep(deal="d1", line=line)), Refusal)
    session.must(NextStep(deal="d1", line=GOOD))
    given = session.meeting.step("d1")
    assert (given.owner, given.due, given.agreed) == ("tom-reed", date(2026, 11, 26), True)
    assert session.meeting.left == {}
    assert "d1" in {slot.deal for slot in session.meeting.to_go}
    session.must(CloseOut(deal="d1", line=""))
    assert session.meeting.step("d1") == given


def test_a_deal_that_is_closed_gets_no_next_step():
    session = a_session(a_ledger(a_deal(status="won")))
    assert isinstance(session.do(NextStep(deal="d1", line=GOOD)), Refusal)


def test_a_verdict_leaves_the_promises_in_their_order():
    promises = [a_promise(f"p{n}", due=MONDAY - timedelta(days=n)) for n in (1, 2, 3)]
    session = a_session(with_promises(a_ledger(), *promises))
    before = [c.id for c in session.meeting.due_of("tom-reed")]
    session.must(GiveVerdict(commitment="p2", verdict=Verdict.MOVED, when="fri"))
    assert [c.id for c in session.meeting.due_of("tom-reed")] == before == ["p3", "p2", "p1"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Change(field="stage", frm="Discover", to="Propose", on=MONDAY), "stage moved – done?"),
        (Change(field="stage", frm="Propose", to="Discover", on=MONDAY), None),
        (Change(field="stage", frm="Discover", to="Propose", on=MONDAY - timedelta(days=30)), None),
        (Change(field="stage", frm="Discover", to="Propose", on=MONDAY, note="decided in the review"), None),
        (Change(field="next_step", frm="", to="Call", on=MONDAY), "CRM now: “Call” – done?"),
        (Change(field="amount", frm="1", to="2", on=MONDAY), None),
    ],
)
def test_the_export_suggests_a_verdict_by_what_moved_since_the_promise(change, says):
    from msgspec.structs import replace

    shown = {"next_step": change.to} if change.field == "next_step" else {}
    ledger = with_promises(a_ledger(a_deal(**shown)), step())
    ledger = replace(ledger, current={"d1": replace(ledger.deals["d1"], history=(change,))})
    found = suggested(a_meeting(ledger), ledger.commitments["s1"])
    assert (found and found.words) == says


@pytest.mark.parametrize(
    ("status", "verdict", "says"),
    [
        (Status.WON, Verdict.DONE, "the deal is won – done?"),
        (Status.LOST, Verdict.NOT_NEEDED, "the deal is lost – no longer needed?"),
    ],
)
def test_a_promise_on_a_deal_that_closed_meanwhile_is_asked_about(status, verdict, says):
    ledger = with_promises(a_ledger(a_deal(status=status)), step())
    meeting = a_meeting(ledger)
    assert [each.id for each in meeting.due] == ["s1"]
    found = suggested(meeting, ledger.commitments["s1"])
    assert found is not None
    assert (found.verdict, found.words) == (verdict, says)


def test_a_mail_from_the_buyer_suggests_that_the_buyer_did_it():
    ledger = with_promises(a_ledger(a_deal(last_inbound=MONDAY - timedelta(days=3))), step())
    found = suggested(a_meeting(ledger), ledger.commitments["s1"])
    assert found is not None
    assert found.verdict is Verdict.BUYER
    assert "20 Nov" in found.words


def test_an_action_suggests_nothing():
    ledger = with_promises(a_ledger(), a_promise("p1", deal="d1"))
    assert suggested(a_meeting(ledger), ledger.commitments["p1"]) is None


def test_taking_a_cause_makes_one_commitment_of_the_manager():
    ledger = a_ledger_with(*causes.THREE, locks=causes.LOCKS)
    people = next_week(a_ledger()).meeting.settings.people
    session = a_session(ledger, settings=the_settings(people=people))
    assert isinstance(session.do(TakeCause(cause="price")), Refusal)
    session.must(TakeCause(cause="legal"))
    (made,) = session.meeting.ledger.commitments.values()
    assert (made.owner, made.text, made.origin) == ("ada-hall", "One fix for legal on 3 deals", Origin.CAUSE)
    assert made.deals == ("a", "b", "c")
    assert open_causes(session.meeting.ledger, session.meeting.settings, MONDAY) == ()
    assert isinstance(session.do(TakeCause(cause="legal")), Refusal)


def test_a_promise_on_a_deal_that_was_done_leaves_no_step():
    session = a_session(with_promises(a_ledger(), step()))
    session.must(GiveVerdict(commitment="s1", verdict=Verdict.DONE))
    assert session.meeting.step("d1") is None
    assert session.meeting.ledger.commitments["s1"].standing is Standing.DONE
