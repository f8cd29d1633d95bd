"""The sweep: those still without, one line each, owner by owner (method, sections 7 and 11)."""

from datetime import date, timedelta

import pytest

from review.hanging import Loose, hanging
from review.importing import take_in
from review.intents import CloseOut, Drop, EnterSection, OpenDeal, Park, Undo
from review.intents_deal import Sweep
from review.records import Exit
from review.results import Refusal
from review.sheets.blank import Kind
from review.standing import Part, parts
from review.sweep import say_swept, sweep_of
from tests.builders import MONDAY, a_deal, a_ledger, a_session, an_export, next_week
from tests.review.sheets import a_pipeline, fill, take, the_sheets
from tests.review.test_sheets import folded

DEALS = (
    a_deal("t1", category="commit", amount=50_000),
    a_deal("t2", category="pipeline", amount=900_000),
    a_deal("t3", category="commit", amount=80_000),
    a_deal("t4", category="best case", amount=10_000),
    a_deal("t5", next_step="Redlines with @Dana", next_step_date=MONDAY + timedelta(days=2)),
    a_deal("w1", owner="Wei Lin"),
    a_deal("w2", owner="Wei Lin", next_step="Redlines with @Dana", next_step_date=MONDAY - timedelta(days=2)),
    a_deal("x1", owner="Somebody Else"),
    a_deal("later", close=date(2027, 7, 14)),
    a_deal("later ok", close=date(2027, 7, 14), next_step="Call @Dana", next_step_date=MONDAY + timedelta(days=30)),
)
LINE = "Walk @Dana through the redlines ! thu"


def in_actions(*, section="actions", **more):
    session = a_session(a_ledger(*DEALS), **more)
    session.must(EnterSection(section=section))
    return session


def asked(session):
    return [one.deal for one in sweep_of(session.meeting)]


def test_those_still_without_are_asked_owner_by_owner_commit_first_and_later_deals_last():
    # t5 has a step with a date in the CRM; the date of w2's has passed; x1's owner is nobody of the team.
    session = in_actions()
    assert asked(session) == ["t3", "t1", "t4", "t2", "later", "w1", "w2", "x1"]
    # The lock's sum counts the active ones alone.
    assert say_swept(sweep_of(session.meeting)) == "7 deals and 1 later one"


def test_while_inspection_goes_on_queued_deals_wait_for_their_card():
    session = in_actions(section="inspection")
    queued = {slot.deal for slot in session.meeting.to_go}
    assert queued
    assert queued.isdisjoint(asked(session))
    session.must(EnterSection(section="creation"))
    assert queued - {"t5"} <= set(asked(session))


def test_a_line_closes_the_deal_out_in_the_room_through_the_gate():
    session = in_actions(present=("ada-hall", "tom-reed", "wei-lin"))
    beyond = next(one for one in asked(session) if one not in {slot.deal for slot in session.meeting.to_go})
    for line in ("", "follow up thu", "Walk @Dana through the redlines"):
        assert isinstance(session.do(Sweep(deal=beyond, line=line)), Refusal)
    before = len(parts(session.meeting)[Part.WITHOUT])
    session.must(Sweep(deal=beyond, line=LINE))
    sums = parts(session.meeting)
    assert len(sums[Part.WITHOUT]) == before - 1
    assert beyond in sums[Part.ROOM]
    assert beyond not in asked(session)
    session.must(Undo())
    assert beyond in asked(session)
    session.must(Sweep(deal=beyond, line=LINE))
    session.lock()
    assert beyond not in session.locked.without
    assert all(one.deal != beyond for one in session.locked.row.opened)


def test_a_deal_that_time_ran_out_for_gets_its_step_and_stays_first_by_turn():
    session = in_actions()
    queued = next(slot.deal for slot in session.meeting.to_go if slot.deal in asked(session))
    session.must(Sweep(deal=queued, line=LINE))
    assert queued not in asked(session)
    assert queued in parts(session.meeting)[Part.STANDING]
    dropped = next(slot.deal for slot in session.meeting.to_go if slot.deal in asked(session))
    session.must(Drop(deal=dropped))
    assert dropped in asked(session)
    session.must(Sweep(deal=dropped, line=LINE))
    ledger = session.lock()
    assert {ledger.deals[ident].last_exit for ident in (queued, dropped)} == {Exit.DROPPED}


def test_what_was_settled_today_and_who_is_away_are_not_asked():
    session = in_actions(section="inspection", present=("ada-hall", "tom-reed"))
    session.must(OpenDeal(deal="t3"), Park(deal="t3"), OpenDeal(deal="t1"), CloseOut(deal="t1", line=LINE))
    session.must(EnterSection(section="actions"))
    assert asked(session) == ["t4", "t2", "later", "x1"]


def test_a_deal_settled_in_writing_is_not_in_the_sweep():
    ledger = a_pipeline()
    sheet = the_sheets(ledger)["tom-reed"]
    answers = {(Kind.STEP, "d1"): ("Walk @Dana through the redlines", "2026-11-26")}
    session = a_session(folded(ledger, take(ledger, fill(sheet, answers))))
    session.must(EnterSection(section="actions"))
    assert parts(session.meeting)[Part.WRITING] == ("d1",)
    assert asked(session) == ["d2", "d3"]


@pytest.mark.parametrize(("days", "asks"), [(0, True), (7, False), (14, True)])
def test_later_deals_are_asked_in_the_first_review_of_a_month(days, asks):
    # 23 Nov is the first review of November; 30 Nov is not; 7 Dec is December's first.
    session = a_session(a_ledger(*DEALS))
    number = 0
    while number * 7 < days:
        number += 1
        session = next_week(session.lock(), number=number)
    session.must(EnterSection(section="actions"))
    assert ("later" in asked(session)) is asks
    assert any(one.kind is Loose.LATER for one in hanging(session.meeting)) is asks
    if asks:
        (row,) = [one for one in hanging(session.meeting) if one.kind is Loose.LATER]
        assert [case.name for case in row.cases] == ["later"]
        session.must(Sweep(deal="later", line=LINE))
        assert "later" not in asked(session)
        assert "later" not in [ident for deals in parts(session.meeting).values() for ident in deals]
        assert not [one for one in hanging(session.meeting) if one.kind is Loose.LATER]


def test_what_closed_meanwhile_is_asked_no_more():
    session = in_actions()
    gone = take_in(session.meeting.ledger, an_export(*DEALS[1:], ident="again"), session.meeting.settings)
    assert gone.deals["t1"].missing_since is not None
    later = next_week(gone)
    later.must(EnterSection(section="actions"))
    assert "t1" not in asked(later)
