import time
from datetime import date, timedelta
from decimal import Decimal

from msgspec.structs import replace

from review.commitments import Judged, Origin, Standing, Verdict
from review.deals import Cause, Ending, EndReason
from review.events import VerdictGiven
from review.folding import promises
from review.intents import (
    Amend,
    Change,
    CloseOut,
    EndDeal,
    GiveEvidence,
    GiveVerdict,
    Lock,
    OpenDeal,
    Park,
    StateCall,
    TakeOffline,
)
from review.queue import Slot
from review.records import Exit
from review.scored import Pick, Picks
from tests.builders import (
    GOOD,
    MONDAY,
    a_deal,
    a_ledger,
    a_promise,
    a_session,
    monday,
    next_week,
    some_settings,
    with_promises,
)

DEALS = (a_deal("d1"), a_deal("d2"), a_deal("w1", owner="Wei Lin"))


def running(*deals, **more):
    return a_session(a_ledger(*(deals or DEALS)), **more)


def of(ledger, origin):
    return [c for c in ledger.commitments.values() if c.origin is origin and c.is_open]


# Those without


def test_the_first_lock_asks_nobody_for_what_is_missing():
    assert of(running().lock(), Origin.WITHOUT) == []


def test_from_the_second_lock_on_one_commitment_per_owner_names_the_deals_without():
    session = next_week(running().lock())
    session.must(CloseOut(deal="d1", line=GOOD))
    found = of(session.lock(), Origin.WITHOUT)
    assert [(c.owner, c.text, c.due) for c in found] == [
        ("tom-reed", "Step, date and owner for d2", date(2026, 12, 1)),
        ("wei-lin", "Step, date and owner for w1", date(2026, 12, 1)),
    ]
    assert not any(c.aloud or c.in_rate for c in found)


def test_what_was_parked_or_taken_offline_is_named_once_only():
    session = next_week(running().lock())
    session.must(Park(deal="d1"), TakeOffline(deal="d2", who="Wei Lin", when="fri"))
    ledger = session.lock()
    assert [c.owner for c in of(ledger, Origin.WITHOUT)] == ["wei-lin"]
    assert ledger.locks[-1].without == {"tom-reed": 2, "wei-lin": 1}
    assert set(session.locked.without) == {"d1", "d2", "w1"}


def test_it_is_done_when_its_deals_have_their_three_in_the_room_or_by_an_export():
    ledger = next_week(running().lock()).lock()
    (task,) = [c for c in of(ledger, Origin.WITHOUT) if c.owner == "tom-reed"]
    session = next_week(
        ledger,
        a_deal("d1", next_step="Walk through the redlines", next_step_date=monday(3)),
        DEALS[1],
        DEALS[2],
        number=2,
    )
    assert session.meeting.ledger.commitments[task.id].text == "Step, date and owner for d2"
    session.must(CloseOut(deal="d2", line=GOOD))
    assert session.meeting.ledger.commitments[task.id].standing is Standing.DONE
    session.must(Lock())
    assert [c.owner for c in of(session.meeting.ledger, Origin.WITHOUT)] == ["wei-lin"]


def test_a_step_amended_after_the_lock_is_no_longer_asked_for():
    session = next_week(running().lock())
    session.lock()
    session.must(Amend(intent=CloseOut(deal="w1", line=GOOD), day=MONDAY))
    assert [c.owner for c in of(session.meeting.ledger, Origin.WITHOUT)] == ["tom-reed"]


def test_the_same_owner_is_asked_in_one_commitment_week_after_week():
    ledger = running().lock()
    for week in (1, 2, 3):
        ledger = next_week(ledger, number=week).lock()
    assert [c.owner for c in of(ledger, Origin.WITHOUT)] == ["tom-reed", "wei-lin"]
    assert {c.due for c in of(ledger, Origin.WITHOUT)} == {monday(3) + timedelta(days=1)}


def test_deals_of_nobody_on_the_team_are_the_managers_to_complete():
    session = next_week(running(a_deal("z1", owner="Zoe Novak")).lock())
    assert [(c.owner, c.deals) for c in of(session.lock(), Origin.WITHOUT)] == [("ada-hall", ("z1",))]


# Not in the CRM


def test_a_decision_that_two_reviews_passed_without_reaching_the_crm_is_asked_for():
    session = running(*DEALS)
    session.must(Change(deal="d1", field="category", text="best case"))
    ledger = session.lock()
    assert of(ledger, Origin.CRM) == []
    ledger = next_week(ledger, *DEALS).lock()
    (task,) = of(ledger, Origin.CRM)
    assert (task.owner, task.text, task.in_rate) == ("tom-reed", "Set in the CRM: d1 best case", False)
    agreed = next_week(ledger, a_deal("d1", category="best case"), *DEALS[1:], number=2)
    assert agreed.meeting.ledger.commitments[task.id].standing is Standing.DONE


def test_an_ended_deal_and_a_late_decision_share_one_commitment():
    session = running()
    session.must(Change(deal="d1", field="category", text="best case"))
    later = next_week(session.lock(), *DEALS)
    later.must(EndDeal(deal="d2", kind=Ending.LOST, reason=EndReason.PRICE))
    ledger = later.lock()
    (task,) = of(ledger, Origin.CRM)
    assert task.text == "Set in the CRM: d1 best case, d2 lost"
    half = next_week(ledger, DEALS[0], a_deal("d2", status="lost"), DEALS[2], number=2)
    assert half.meeting.ledger.commitments[task.id].text == "Set in the CRM: d1 best case"


def test_an_ended_deal_that_the_export_leaves_out_is_set():
    session = running()
    session.must(EndDeal(deal="d2", kind=Ending.LOST, reason=EndReason.PRICE))
    later = next_week(session.lock(), DEALS[0], DEALS[2])
    assert of(later.meeting.ledger, Origin.CRM) == []
    assert later.meeting.record("d2").missing_since is None


# What is kept for later


def test_a_verdict_from_the_desk_counts_at_the_next_lock_and_at_no_other():
    ledger = running().lock()
    for verdict, due in ((Verdict.DONE, None), (Verdict.MOVED, monday(4))):
        ident = f"p-{verdict.value}"
        ledger = with_promises(ledger, a_promise(ident, due=MONDAY - timedelta(days=1)))
        event = VerdictGiven(commitment=ident, verdict=verdict, due=due)
        ledger = promises.verdict_given(ledger, event, MONDAY)
    ledger = next_week(ledger).lock()
    assert (ledger.locks[-1].kept, ledger.locks[-1].judged) == (1, 2)
    assert ledger.commitments["p-moved"].judged is Judged.NOT_KEPT
    ledger = next_week(ledger, number=2).lock()
    assert ledger.locks[-1].judged == 0


def test_what_a_period_brought_is_noted_at_every_lock():
    ledger = running(a_deal("d1"), a_deal("w0", status="won", close=date(2026, 10, 9))).lock()
    period = next(won for won in ledger.won if won.period == date(2026, 10, 1))
    assert (period.team, period.by_rep, period.known_on) == (100_000, {"tom-reed": Decimal(100_000)}, MONDAY)
    ledger = next_week(ledger, a_deal("d1", status="won"), number=5).lock()
    period = next(won for won in ledger.won if won.period == date(2026, 10, 1))
    assert period.team == 200_000


def test_picks_are_scored_at_the_next_lock_once_be_it_on_the_day_of_the_choice():
    chosen = Picks(
        day=MONDAY, period=date(2026, 10, 1), slips=(Pick("d1", date(2026, 12, 18)), Pick("d2", date(2026, 12, 18)))
    )
    ledger = replace(a_ledger(*DEALS), picks=(chosen,))
    moved = (a_deal("d1", close=date(2027, 1, 8)), *DEALS[1:])
    same_day = a_session(ledger)
    same_day.must(Change(deal="d1", field="close_date", text="8 jan", cause=Cause.LEGAL))
    assert same_day.lock().picks[0].hits == (1, 0)
    after_the_lock = replace(a_session(a_ledger(*DEALS)).lock(), picks=(chosen,))
    assert after_the_lock.picks[0].hits is None
    ledger = next_week(after_the_lock, *moved).lock()
    assert ledger.picks[0].hits == (1, 0)
    back = next_week(ledger, *DEALS, number=2).lock()
    assert back.picks[0].hits == (1, 0)


def test_once_the_evidence_is_whole_the_next_gap_is_told_anew():
    settings = some_settings(thresholds={"enforce_from": 99})
    session = running(a_deal("d1", category="commit"), settings=settings)
    ledger = session.lock()
    assert ledger.deals["d1"].evidence_told == MONDAY
    later = next_week(ledger, settings=settings)
    later.must(GiveEvidence(deal="d1", line="Dana signed 18 dec, legal today"))
    assert later.lock().deals["d1"].evidence_told is None


def test_a_deal_without_evidence_leaves_commit_once_its_rep_was_told():
    session = running(a_deal("d1", category="commit"))
    ledger = session.lock()
    assert session.locked.due_to_leave
    assert ledger.deals["d1"].decisions == ()
    later = next_week(ledger)
    after = later.lock()
    assert [(d.value, d.by_rule) for d in after.deals["d1"].decisions] == [("best case", True)]


def test_an_absent_reps_deal_stays_in_commit():
    ledger = running(a_deal("d1", category="commit")).lock()
    away = next_week(ledger, present=("ada-hall", "wei-lin"))
    assert away.lock().deals["d1"].decisions == ()


def test_a_step_of_ours_only_is_counted_once_a_review():
    session = running()
    session.must(CloseOut(deal="d1", line="Redlines back fri"))
    ledger = session.lock()
    assert ledger.deals["d1"].own_steps == 1
    ledger = next_week(ledger).lock()
    assert ledger.deals["d1"].own_steps == 1
    session = next_week(ledger, number=2)
    session.must(CloseOut(deal="d1", line="Price list again fri"))
    assert session.lock().deals["d1"].own_steps == 2


def test_a_net_move_later_between_two_locks_is_one_push():
    ledger = running().lock()
    ledger = next_week(ledger, a_deal("d1", close=date(2027, 1, 8)), *DEALS[1:]).lock()
    ledger = next_week(ledger, a_deal("d1", close=date(2026, 12, 20)), *DEALS[1:], number=2).lock()
    assert ledger.deals["d1"].pushes == 1


def test_a_deal_that_no_export_had_at_a_lock_hides_no_push():
    ledger = a_session(a_ledger(a_deal("d1"), a_deal("d2"))).lock()
    gone = next_week(ledger, a_deal("d2")).lock()
    back = next_week(gone, a_deal("d1", close=date(2026, 12, 28)), a_deal("d2"), number=2).lock()
    assert (back.deals["d1"].pushes, back.deals["d2"].pushes) == (1, 0)


def test_opened_and_left_counts_as_inspected():
    session = running()
    session.must(OpenDeal(deal="d1"), CloseOut(deal="d1", line=GOOD), OpenDeal(deal="w1"))
    ledger = session.lock()
    assert [opened.deal for opened in ledger.locks[-1].opened] == ["d1"]
    assert (ledger.deals["d1"].last_opened, ledger.deals["d1"].locks_unopened) == (MONDAY, 0)
    assert (ledger.deals["w1"].last_exit, ledger.deals["w1"].locks_unopened) == (Exit.DROPPED, 1)


def test_the_snapshot_is_what_the_next_review_stands_on():
    session = running()
    session.must(StateCall(person="tom-reed", commit="100k", confirmed=True))
    ledger = session.lock()
    assert session.freezer.frozen == {session.meeting.review: ledger}
    assert session.locked.digest == f"digest of {session.meeting.review}"


def test_two_thousand_deals_are_locked_in_half_a_second_and_an_event_takes_under_a_millisecond():
    owners = ("Tom Reed", "Wei Lin")
    deals = [
        a_deal(
            f"d{n}",
            owner=owners[n % 2],
            category=("pipeline", "best case", "commit")[n % 3],
            amount=1000 + n,
            next_step=f"Call Dana about clause {n}" if n % 4 else "",
            next_step_date=MONDAY + timedelta(days=3),
        )
        for n in range(2000)
    ]
    session = next_week(running(*deals).lock())
    queue = tuple(Slot(deal=f"d{n}", rep="tom-reed", number=1, kind="added", reason="") for n in range(0, 40, 2))
    session.must(*(CloseOut(deal=slot.deal, line=GOOD) for slot in queue))
    begun = time.perf_counter()
    session.must(
        *(GiveVerdict(commitment=c, verdict=Verdict.BUYER) for c in list(session.meeting.ledger.commitments)[:20])
    )
    each = (time.perf_counter() - begun) / 20
    begun = time.perf_counter()
    session.must(Lock())
    took = time.perf_counter() - begun
    assert each < 0.005
    assert took < 2
