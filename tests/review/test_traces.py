"""Every figure and line of a screen is told with the facts it stands on, one key away."""

from datetime import date, timedelta

from review.calendar import Workdays
from review.calls import open_calls
from review.causes import shared_causes
from review.deals import Cause, Ending, EndReason
from review.importing import take_in
from review.intents import Change, CloseOut, EndDeal, EnterSection, OpenDeal, StateCall
from review.lobby_traces import lobby_reasons
from review.queue_plan import plan_queue
from review.recap import recap_of
from review.standing import Part
from review.traces import (
    cause_reasons,
    forecast_reasons,
    lock_reasons,
    queue_reasons,
    recap_reasons,
    room_reasons,
)
from tests.builders import MONDAY, TEAM, a_deal, a_ledger, a_session, an_export, next_week, some_settings
from tests.review import pieces
from tests.review import test_causes as causes

TOM, WEI = TEAM[1], TEAM[2]
DEALS = (
    a_deal("d1", name="Northwind", category="commit", amount=184_000),
    a_deal("d2", name="Initech", category="commit", amount=60_000),
    a_deal("d3", name="Umbrella", category="best case", amount=100_000, owner="Wei Lin"),
    a_deal("w1", name="Stark", status="won", amount=50_000, close=date(2026, 11, 2)),
)


def said(reasons):
    return [(reason.name, reason.facts) for reason in reasons]


def test_the_queue_says_of_every_deal_why_it_stands_there_and_what_made_it_so_long():
    ledger, settings = a_ledger(*DEALS), some_settings()
    plan = plan_queue(
        ledger, settings=settings, day=MONDAY, present=("tom-reed", "wei-lin"), workdays=Workdays.of(settings)
    )
    every = said(queue_reasons(plan, ledger, settings, MONDAY))
    assert every[:4] == [
        ("Northwind", "slot 1, commit: no confirmed date, no paper"),
        ("", "no confirmed date: no close date confirmed by the buyer yet"),
        ("", "no paper: no paper stage yet"),
        ("", "no next step: no step, date or owner"),
    ]
    found = dict(every)
    assert found["pace"] == "a commit deal 1:45, another 1:20: as set, none measured"
    assert found["room"] == "2 deals take 3:05 of 28:00, the section less 2:00, all fit"


def test_the_lobby_names_the_facts_behind_focus_and_cycle_and_behind_what_changed_waits_and_fell_due():
    session = a_session(a_ledger(*DEALS))
    session.must(
        EnterSection(section="inspection"),
        OpenDeal(deal="d3"),
        Change(deal="d3", field="amount", text="90k"),
        CloseOut(deal="d3", line="Call @Dana on the two clauses ! fri"),
    )
    ledger, settings = session.lock(), some_settings()
    day = MONDAY + timedelta(days=7)
    moved = a_deal("d1", name="Northwind", category="commit", amount=184_000, close=date(2027, 1, 8))
    born = a_deal("n1", name="Vantor", amount=20_000, created=MONDAY + timedelta(days=1))
    ledger = take_in(ledger, an_export(moved, *DEALS[1:], born, day=day - timedelta(days=1)), settings)
    plan = plan_queue(
        ledger, settings=settings, day=day, present=("tom-reed", "wei-lin"), workdays=Workdays.of(settings)
    )
    every = said(lobby_reasons(plan, ledger, settings, day))
    assert every[every.index(("new", "Vantor: 20k")) - 3 :] == [
        ("focus", "stuck and single-threaded deals: Mon 30 Nov lies in the second third of Q4, which ends Thu 31 Dec"),
        ("cycle", "Wei: 1 active deal, none opened by turn in the one review attended: left out"),
        ("cycle", "Tom: 3 active deals, none opened by turn in the one review attended: left out"),
        ("new", "Vantor: 20k"),
        ("date later", "Northwind: 18 Dec → 8 Jan"),
        ("not in the CRM", "Umbrella: 90,000, decided 23 Nov; the CRM shows 100,000"),
        ("promise due", "Wei, 27 Nov: Call Dana on the two clauses (Umbrella)"),
    ]


def test_a_reps_number_is_told_deal_by_deal_only_once_it_is_in():
    session = a_session(a_ledger(*DEALS))
    assert said(forecast_reasons(session.meeting, TOM)) == [("commit", "shown with its deals once the number is in")]
    session.must(StateCall(person="tom-reed", commit="300k", confirmed=True))
    assert said(forecast_reasons(session.meeting, TOM)) == [
        ("stated", "300k on Mon 23 Nov"),
        ("won", "Stark  50k, closes Mon 2 Nov"),
        ("commit", "Northwind  184k, closes Fri 18 Dec"),
        ("commit", "Initech  60k, closes Fri 18 Dec"),
        ("implied commit", "294k, stated +6k, which no deal explains"),
    ]


def test_the_teams_line_adds_the_calls_up():
    session = a_session(a_ledger(*DEALS))
    session.must(
        StateCall(person="tom-reed", commit="294k", confirmed=True),
        StateCall(person="wei-lin", commit="0", confirmed=True),
    )
    assert said(forecast_reasons(session.meeting, None)) == [
        ("Tom", "294k on Mon 23 Nov"),
        ("Wei", "0 on Mon 23 Nov"),
        ("commit", "294k, these calls added up; each includes what is won"),
        ("won", "Stark  50k, closes Mon 2 Nov"),
        ("won", "50k in Q4"),
        ("gap", "target less commit: 900k − 294k = 606k"),
    ]
    hidden = a_session(a_ledger(*DEALS), settings=some_settings(quota_on_screen="none"))
    assert "gap" not in dict(said(forecast_reasons(hidden.meeting, None)))


def second_review():
    """Northwind is told at the first lock that it lacks its evidence; at the second its card is opened."""
    ledger = a_session(a_ledger(*DEALS)).lock()
    session = next_week(ledger)
    session.must(
        StateCall(person="tom-reed", commit="294k", confirmed=True),
        StateCall(person="wei-lin", commit="0", confirmed=True),
        EnterSection(section="inspection"),
        OpenDeal(deal="d1"),
        EndDeal(deal="d2", kind=Ending.LOST, reason=EndReason.PRICE),
    )
    return session


def test_the_call_after_the_room_names_the_rule_behind_a_move_that_the_lock_will_make():
    meeting = second_review().meeting
    assert said(room_reasons(meeting, open_calls(meeting))) == [
        ("Tom", "stated 294k"),
        (
            "",
            "Northwind −184k to best case; at the lock: no close date confirmed by the buyer yet · no paper stage yet",
        ),
        ("", "Initech −60k lost"),
        ("after the room", "50k"),
    ]


def test_the_lock_says_every_case_with_its_evidence_and_sorts_every_active_deal_into_a_part():
    meeting = second_review().meeting
    found = lock_reasons(meeting)
    assert (
        "best case",
        "Northwind: no close date confirmed by the buyer yet · no paper stage yet → leave commit at the lock",
    ) in said(found)
    assert ("called early", "Initech: called early, before the lock") in said(found)
    assert (Part.WITHOUT.value, "2: Northwind, Umbrella") in said(found)


def test_a_counted_slip_that_moves_nothing_yet_is_traced_too():
    ledger = a_session(a_ledger(*DEALS)).lock()
    session = next_week(ledger)
    session.must(Change(deal="d1", field="close_date", text="8 jan", cause=Cause.LEGAL))
    expected = "Northwind: 18 Dec → 8 Jan today: one more in a row moves it to best case"
    assert ("slips, 2 move it", expected) in said(lock_reasons(session.meeting))


def test_the_recap_says_what_the_rules_moved_and_on_which_facts():
    session = second_review()
    session.lock()
    found = said(recap_reasons(recap_of(session.meeting, session.locked.row, draft=False)))
    assert found[0] == (
        "moved by a rule",
        "Northwind to best case – commit evidence: no close date confirmed by the buyer yet · no paper stage yet",
    )
    assert ("Tom", "294k, Northwind −184k to best case · Initech −60k lost → 50k") in found
    assert ("without", "Tom: Northwind") in found


def test_a_cause_names_its_deals_and_what_it_did_there_but_no_people():
    week = causes.LAST_WEEK
    ledger = pieces.a_ledger(
        causes.slipped("d1", "tom"), causes.slipped("d2", "wei"), causes.slipped("d3", "wei"), locks=causes.LOCKS
    )
    (shared,) = shared_causes(ledger, pieces.the_settings(), pieces.MONDAY)
    session = a_session(a_ledger(*DEALS[:3]))
    assert said(cause_reasons(session.meeting, shared)) == [
        (title, f"moved the close date, said {week.day} {week:%b}") for title in ("Northwind", "Initech", "Umbrella")
    ]
    assert timedelta(0) < pieces.MONDAY - week
