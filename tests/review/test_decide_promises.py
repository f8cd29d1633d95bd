from datetime import date, timedelta

import pytest

from review.closeout import standing_step
from review.commitments import Judged, Origin, Standing, Verdict
from review.intents import Amend, CloseOut, DropCommitment, GiveVerdict, Hear, Mend, NextStep, OpenDeal, Promise
from review.results import Refusal
from tests.builders import GOOD, MONDAY, a_deal, a_ledger, a_promise, a_session, monday, next_week, with_promises

DUE = MONDAY - timedelta(days=2)


def running(*promises, day=MONDAY, **more):
    return a_session(with_promises(a_ledger(a_deal(), day=DUE), *promises), day=day, **more)


def the(session, ident="p1"):
    return session.meeting.ledger.commitments[ident]


def test_due_is_every_open_commitment_dated_before_the_day_and_the_day_itself_is_asked_next_time():
    session = running(a_promise("past"), a_promise("today", due=MONDAY), a_promise("old", due=monday(-3)))
    assert [c.id for c in session.meeting.due_of("tom-reed")] == ["old", "past"]


def test_what_was_carried_twice_stands_on_top():
    session = running(a_promise("old", due=monday(-3)), a_promise("red", carried=2))
    assert [c.id for c in session.meeting.due] == ["red", "old"]


@pytest.mark.parametrize(
    ("verdict", "when", "judged", "standing", "carried"),
    [
        (Verdict.DONE, "", Judged.KEPT, Standing.DONE, 0),
        (Verdict.BUYER, "", Judged.KEPT, Standing.BUYER, 0),
        (Verdict.MOVED, "fri", Judged.NOT_KEPT, Standing.OPEN, 1),
        (Verdict.NOT_DONE, "", Judged.NOT_KEPT, Standing.OPEN, 0),
        (Verdict.NOT_DONE, "fri", Judged.NOT_KEPT, Standing.OPEN, 1),
        (Verdict.NOT_NEEDED, "", Judged.APART, Standing.NOT_NEEDED, 0),
    ],
)
def test_a_verdict_says_what_counts_and_what_stays_open(verdict, when, judged, standing, carried):
    session = running(a_promise())
    session.must(GiveVerdict(commitment="p1", verdict=verdict, when=when))
    found = the(session)
    assert (found.judged, found.standing, found.carried) == (judged, standing, carried)
    assert found.due == (date(2026, 11, 27) if when else DUE + timedelta(days=1))


def test_moved_asks_for_the_date_and_refuses_one_that_has_passed():
    session = running(a_promise())
    for when in ("", "soon", "20 nov 2026"):
        refusal = session.do(GiveVerdict(commitment="p1", verdict=Verdict.MOVED, when=when))
        assert isinstance(refusal, Refusal)
        assert refusal.field == "date"
    assert the(session).is_open


def test_a_promise_counts_once_however_often_it_is_carried():
    session = running(a_promise())
    session.must(GiveVerdict(commitment="p1", verdict=Verdict.MOVED, when="thu"))
    rows = [session.lock().locks[-1]]
    ledger = session.meeting.ledger
    for week, verdict in ((1, Verdict.NOT_DONE), (2, Verdict.DONE)):
        session = next_week(ledger, number=week)
        session.must(GiveVerdict(commitment="p1", verdict=verdict, when="thu" if week == 1 else ""))
        ledger = session.lock()
        rows.append(ledger.locks[-1])
    assert [(row.kept, row.judged) for row in rows] == [(0, 1), (0, 0), (0, 0)]
    assert ledger.commitments["p1"].carried == 2


def test_moved_once_before_its_date_it_counts_at_the_second_date():
    session = running(a_promise(due=MONDAY + timedelta(days=2)))
    session.must(GiveVerdict(commitment="p1", verdict=Verdict.MOVED, when="fri"))
    assert (the(session).judged, the(session).early_moves) == (Judged.NOT_YET, 1)
    assert session.lock().locks[-1].judged == 0
    later = next_week(session.meeting.ledger)
    later.must(GiveVerdict(commitment="p1", verdict=Verdict.DONE))
    assert (later.lock().locks[-1].kept, later.meeting.ledger.locks[-1].judged) == (1, 1)


def test_moved_a_second_time_before_its_date_it_is_not_kept():
    session = running(a_promise(due=MONDAY + timedelta(days=2), early_moves=1))
    session.must(GiveVerdict(commitment="p1", verdict=Verdict.MOVED, when="fri"))
    assert the(session).judged is Judged.NOT_KEPT


def test_moved_on_its_very_day_is_not_moved_early():
    session = running(a_promise(due=MONDAY))
    session.must(GiveVerdict(commitment="p1", verdict=Verdict.MOVED, when="fri"))
    assert (the(session).judged, the(session).early_moves, the(session).carried) == (Judged.NOT_KEPT, 0, 1)


def test_what_was_done_early_counts_at_the_first_lock_after_its_date():
    session = running(a_promise(due=MONDAY + timedelta(days=9)))
    session.must(GiveVerdict(commitment="p1", verdict=Verdict.DONE))
    ledger = session.lock()
    rows = [ledger.locks[-1].kept]
    for week in (1, 2, 3):
        ledger = next_week(ledger, number=week).lock()
        rows.append(ledger.locks[-1].kept)
    assert rows == [0, 0, 1, 0]


def test_a_promise_done_long_before_its_date_is_remembered_until_it_counts():
    session = running(a_promise(due=monday(12)))
    session.must(GiveVerdict(commitment="p1", verdict=Verdict.DONE))
    ledger = session.lock()
    for week in (10, 12, 13):
        ledger = next_week(ledger, number=week).lock()
    assert [row.kept for row in ledger.locks] == [0, 0, 0, 1]


def test_a_verdict_that_was_a_slip_of_the_finger_is_simply_given_again():
    session = running(a_promise())
    session.must(GiveVerdict(commitment="p1", verdict=Verdict.DONE))
    session.must(GiveVerdict(commitment="p1", verdict=Verdict.MOVED, when="thu"))
    session.must(GiveVerdict(commitment="p1", verdict=Verdict.MOVED, when="fri"))
    assert (the(session).judged, the(session).carried, the(session).due) == (Judged.NOT_KEPT, 1, date(2026, 11, 27))


def test_a_promise_with_its_verdict_from_an_earlier_review_is_refused():
    session = running(a_promise(standing=Standing.DONE, judged=Judged.KEPT, judged_in="before", closed_on=DUE))
    assert isinstance(session.do(GiveVerdict(commitment="p1", verdict=Verdict.DONE)), Refusal)


def test_a_verdict_after_the_lock_counts_at_the_next_one():
    session = running(a_promise(due=MONDAY + timedelta(days=1)), a_promise("p2"))
    session.lock()
    amend = Amend(intent=GiveVerdict(commitment="p2", verdict=Verdict.DONE), day=MONDAY)
    session.must(amend)
    assert session.meeting.ledger.locks[-1].judged == 0
    assert next_week(session.meeting.ledger).lock().locks[-1].kept == 1


def test_a_promise_belongs_to_whoever_made_it_not_to_the_deals_owner():
    session = running(a_promise(owner="wei-lin", deal="d1"))
    session.must(GiveVerdict(commitment="p1", verdict=Verdict.DONE))
    assert session.lock().locks[-1].kept_by == {"wei-lin": (1, 1)}


def test_three_weeks_without_a_review_ask_for_each_promise_once():
    session = running(a_promise())
    session.must(OpenDeal(deal="d1"), CloseOut(deal="d1", line=GOOD))
    step = session.meeting.record("d1").step
    later = next_week(session.lock(), number=3)
    assert {c.id for c in later.meeting.due} == {"p1", step}
    later.must(*(GiveVerdict(commitment=ident, verdict=Verdict.DONE) for ident in ("p1", step)))
    row = later.lock().locks[-1]
    assert (row.kept, row.judged) == (2, 2)


# Steps


def a_running_step(**more):
    return running(a_promise("s", origin=Origin.STEP, deal="d1", **more))


def test_a_step_that_only_gets_a_new_day_goes_on_and_is_judged():
    session = a_running_step(due=DUE)
    session.must(CloseOut(deal="d1", line="thu"))
    step = the(session, "s")
    assert session.meeting.record("d1").step == "s"
    assert (step.judged, step.judged_in, step.carried) == (Judged.NOT_KEPT, session.meeting.review, 1)
    assert session.meeting.verdicts == {"s": "moved"}
    assert session.lock().locks[-1].judged == 1


def test_another_day_given_outside_of_inspection_is_a_move_as_well():
    session = a_running_step(due=MONDAY + timedelta(days=1), early_moves=1)
    session.must(NextStep(deal="d1", line="thu"))
    assert the(session, "s").judged is Judged.NOT_KEPT
    assert session.meeting.left == {}


def test_a_second_early_move_by_the_line_is_not_kept_either():
    session = a_running_step(due=MONDAY + timedelta(days=1), early_moves=1)
    session.must(CloseOut(deal="d1", line="thu"))
    assert the(session, "s").judged is Judged.NOT_KEPT


def test_putting_todays_own_step_right_is_no_move():
    session = running()
    session.must(CloseOut(deal="d1", line=GOOD), CloseOut(deal="d1", line="fri"), CloseOut(deal="d1", line="wed"))
    step = the(session, session.meeting.record("d1").step)
    assert (step.due, step.first_due) == (date(2026, 11, 25), date(2026, 11, 25))
    assert (step.early_moves, step.carried, step.judged) == (0, 0, Judged.NOT_YET)
    assert len(session.meeting.ledger.commitments) == 1


def test_enter_keeps_the_standing_step_with_its_history():
    session = a_running_step(due=MONDAY + timedelta(days=2), early_moves=1)
    session.must(CloseOut(deal="d1", line=""))
    assert the(session, "s").early_moves == 1
    assert session.meeting.record("d1").step == "s"


def test_a_deal_gone_back_to_shows_the_step_of_today_as_today_s():
    session = a_running_step(due=MONDAY + timedelta(days=2))
    before = standing_step(session.meeting, "d1")
    session.must(CloseOut(deal="d1", line=GOOD))
    after = standing_step(session.meeting, "d1")
    assert before is not None
    assert after is not None
    assert (before.source, after.source) == ("last review", "this review")


def test_agreeing_on_the_standing_step_is_no_new_promise():
    session = a_running_step(due=MONDAY + timedelta(days=2), early_moves=1)
    session.must(CloseOut(deal="d1", line="!"))
    assert (the(session, "s").agreed, the(session, "s").early_moves) == (True, 1)
    assert len(session.meeting.ledger.commitments) == 1


def test_a_standing_step_whose_text_ends_like_a_date_stays_as_it_is():
    session = a_running_step(due=MONDAY + timedelta(days=2), text="Call @Dana on thu")
    session.must(CloseOut(deal="d1", line=""))
    assert the(session, "s").text == "Call @Dana on thu"
    assert len(session.meeting.ledger.commitments) == 1


def test_agreed_without_anybody_at_the_customer_does_not_count():
    session = a_running_step(due=MONDAY + timedelta(days=2), text="Redlines back", customers=())
    session.must(CloseOut(deal="d1", line="!"))
    assert not the(session, "s").agreed


def test_a_new_step_ends_the_one_before_it_and_counts_that_apart():
    session = a_running_step(due=MONDAY + timedelta(days=2))
    session.must(CloseOut(deal="d1", line=GOOD))
    assert (the(session, "s").standing, the(session, "s").judged) == (Standing.REPLACED, Judged.APART)


def test_a_step_that_fell_due_waits_for_its_verdict_beside_the_new_one():
    session = a_running_step(due=DUE)
    session.must(CloseOut(deal="d1", line=GOOD))
    assert the(session, "s").is_open
    session.must(GiveVerdict(commitment="s", verdict=Verdict.BUYER))
    assert session.meeting.record("d1").step != "s"
    assert session.lock().locks[-1].kept == 1


@pytest.mark.parametrize("verdict_first", [True, False])
def test_a_step_that_was_not_done_and_got_no_new_date_ends_with_the_new_step(verdict_first):
    session = running(a_promise(deal="d1", origin=Origin.STEP))
    verdict = GiveVerdict(commitment="p1", verdict=Verdict.NOT_DONE)
    for intent in (verdict, CloseOut(deal="d1", line=GOOD))[:: 1 if verdict_first else -1]:
        session.must(intent)
    assert (the(session).standing, the(session).judged) == (Standing.REPLACED, Judged.NOT_KEPT)
    session.must(GiveVerdict(commitment="p1", verdict=Verdict.NOT_DONE, when="fri"))
    assert (the(session).standing, the(session).carried) == (Standing.OPEN, 1)


def test_an_overdue_step_cannot_be_kept_with_enter():
    session = a_running_step(due=DUE)
    refusal = session.do(CloseOut(deal="d1", line=""))
    assert isinstance(refusal, Refusal)
    assert refusal.field == "date"


# Actions


def test_an_action_is_due_the_last_working_day_before_the_next_review():
    session = running()
    session.must(Promise(line="Book the security review with @Kim", owner="wei-lin"))
    assert the(session, "000001").due == date(2026, 11, 27)


@pytest.mark.parametrize(("line", "field"), [("", "step"), ("call", "step"), ("Send the annex 30 feb", "date")])
def test_an_action_goes_through_the_same_gate(line, field):
    refusal = running().do(Promise(line=line, owner="wei-lin"))
    assert isinstance(refusal, Refusal)
    assert refusal.field == field


def test_an_action_wants_one_known_owner_and_a_deal_of_the_export():
    session = running()
    assert isinstance(session.do(Promise(line="Send the annex", owner="team")), Refusal)
    assert isinstance(session.do(Promise(line="Send the annex", owner="wei-lin", deal="nowhere")), Refusal)


def test_mending_changes_the_words_and_forgets_who_is_no_longer_named():
    session = running(a_promise(due=MONDAY + timedelta(days=3)))
    session.must(Mend(commitment="p1", line="Send the draft contract over"))
    assert (the(session).customers, the(session).agreed) == ((), False)


def test_what_was_mended_says_to_which_day_it_was_put_off():
    session = running(a_promise(due=MONDAY + timedelta(days=3)))
    session.must(Mend(commitment="p1", line="Send @Dana the draft contract +2w"))
    assert session.minutes.batches[-1].what == "mended “Send Dana the draft contract”, now Mon 7 Dec"


def test_mending_an_older_promises_date_is_a_move():
    session = running(a_promise(due=MONDAY + timedelta(days=3)), a_promise("p2"))
    session.must(
        Mend(commitment="p1", line="Send @Dana the draft fri"), Mend(commitment="p2", line="Send @Dana it all fri")
    )
    assert (the(session).early_moves, the(session).judged) == (1, Judged.NOT_YET)
    assert (the(session, "p2").carried, the(session, "p2").judged) == (1, Judged.NOT_KEPT)


def test_dropping_wants_a_note_and_counts_apart():
    session = running(a_promise())
    assert isinstance(session.do(DropCommitment(commitment="p1", why=" ")), Refusal)
    session.must(DropCommitment(commitment="p1", why="the project stopped"))
    assert (the(session).standing, the(session).judged) == (Standing.DROPPED, Judged.APART)
    assert session.lock().locks[-1].judged == 0


def test_only_somebody_known_can_be_heard():
    session = running()
    assert isinstance(session.do(Hear(owner="nobody")), Refusal)
    session.must(Hear(owner="wei-lin"), Hear(owner="wei-lin"))
    assert session.meeting.heard == ("wei-lin",)


def test_two_commitments_never_share_an_id():
    ledger = with_promises(a_ledger(), a_promise("000001"))
    session = a_session(ledger)
    session.must(Promise(line="Send the annex to @Kim", owner="wei-lin"))
    assert len(session.meeting.ledger.commitments) == 2
