"""Signals, each with its evidence; what is not known does not fire."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from review.calendar import Workdays
from review.commitments import Standing
from review.deals import Category, Status
from review.records import Change, Movement
from review.settings import Stage
from review.signals import RANK_OTHER, signals
from review.stays import Slip, Stay
from tests.review.pieces import (
    MONDAY,
    a_ledger,
    a_record,
    a_row,
    a_step,
    at_lock,
    confirmed,
    monday,
    paper,
    the_settings,
)


def ago(days):
    return MONDAY - timedelta(days=days)


def read(record, *, steps=None, settings=None, locks=(), **more):
    settings = settings or the_settings()
    if steps is None:
        steps = (a_step(record.crm.id),)
        record = replace(record, step=steps[0].id)
    ledger = a_ledger(record, steps=steps, locks=locks, **more)
    return signals(record, ledger, day=MONDAY, settings=settings, workdays=Workdays.of(settings))


def said(record, **more):
    return {signal.id: signal.evidence for signal in read(record, **more)}


def test_a_deal_in_order_has_no_signal():
    assert said(a_record()) == {}


def test_no_next_step_is_said_and_an_incomplete_one_names_what_it_lacks():
    assert said(a_record(), steps=())["without"] == "no step, date or owner"
    step = a_step(owner="nobody")
    record = a_record(step=step.id)
    assert said(record, steps=(step,))["without"].endswith("no valid owner")


def test_a_step_whose_date_passed_without_a_verdict_is_overdue_but_not_on_its_day():
    late = a_step(due=ago(4))
    assert said(a_record(step=late.id), steps=(late,))["overdue"].endswith("was due 19 Nov, 4 days ago")
    today = a_step(due=MONDAY)
    assert "overdue" not in said(a_record(step=today.id), steps=(today,))
    judged = replace(late, standing=Standing.DONE, closed_on=ago(3))
    assert "overdue" not in said(a_record(step=judged.id), steps=(judged,))


def test_a_deal_is_stale_after_fourteen_days_without_movement():
    moved = a_record(first_seen=ago(90), movement=Movement(on=ago(21), what="stage moved"))
    assert said(moved)["stale"] == "last moved 2 Nov, 21 days ago (stage moved)"
    assert "stale" not in said(replace(moved, movement=Movement(on=ago(13), what="stage moved")))
    assert "stale" in said(replace(moved, movement=Movement(on=ago(14), what="stage moved")))


def test_what_began_at_first_sight_is_stale_only_by_the_days_it_was_seen():
    assert said(a_record(first_seen=ago(16)))["stale"] == "no movement seen for ≥ 16 days"
    assert "stale" not in said(a_record(first_seen=ago(9)))


def test_movement_from_the_crm_counts_and_is_marked():
    record = a_record(first_seen=ago(60), last_activity=ago(3))
    assert "stale" not in said(record)
    old = a_record(first_seen=ago(60), last_activity=ago(40))
    assert said(old)["stale"].endswith("(~ last activity)")


def test_last_activity_is_no_movement_where_the_export_tells_inbound_mail():
    record = a_record(first_seen=ago(60), last_activity=ago(3))
    assert "stale" in said(record, columns=("last_inbound", "last_activity"))


@pytest.mark.parametrize(
    ("frm", "to", "stale"),
    [("Discover", "Propose", False), ("Negotiate", "Propose", True), ("Negotiation/Review", "Propose", False)],
    ids=["forward", "backward", "from a stage that the settings do not name"],
)
def test_a_stage_backward_is_no_movement(frm, to, stale):
    moved = (Change(field="stage", frm=frm, to=to, on=ago(5)),)
    record = a_record(first_seen=ago(60), stage_since=ago(5), stage_since_known=True, history=moved)
    assert ("stale" in said(record)) is stale


def test_stage_days_and_stale_days_can_be_set_per_stage():
    record = a_record(first_seen=ago(60), stage_since=ago(45), movement=Movement(on=ago(2), what="x"))
    assert said(record)["stage age"] == "Propose for ≥ 45 days"
    assert said(replace(record, stage_since_known=True))["stage age"] == "Propose for 45 days"
    slow = replace(the_settings(), stages=(Stage(name="Propose", stage_days=60, stale_days=2),))
    assert set(said(record, settings=slow)) == {"stale"}


def test_three_pushes_are_said_with_the_last_move():
    moves = (Change(field="close_date", frm="2026-12-04", to="2026-12-18", on=ago(2)),)
    assert said(a_record(pushes=3, history=moves))["pushed"] == "close date 4 Dec → 18 Dec, pushed 3×"
    assert "pushed" not in said(a_record(pushes=2, history=moves))


def test_a_close_date_past_or_missing_is_red():
    past = read(a_record(close=ago(3)))[0]
    assert (past.evidence, past.tone) == ("20 Nov, 3 days ago", "act")
    assert said(a_record(close=None))["close date"] == "the deal has no close date"


def test_two_steps_of_ours_and_four_reviews_without_are_signals():
    assert "own steps" in said(a_record(own_steps=2))
    assert "own steps" not in said(a_record(own_steps=1))
    assert said(a_record(locks_unopened=4))["not inspected"] == "never opened, 4 reviews without it"
    opened = said(a_record(locks_unopened=5, last_opened=date(2026, 10, 12)))
    assert opened["not inspected"] == "last opened 12 Oct, 5 reviews without it"
    assert "not inspected" not in said(a_record(locks_unopened=3))


def test_commit_evidence_is_said_half_by_half():
    record = a_record(category=Category.COMMIT)
    assert said(record)["date evidence"] == "no close date confirmed by the buyer yet"
    assert said(record)["paper evidence"] == "no paper stage yet"
    record = replace(record, confirmation=confirmed(), paper=paper(ago(21)))
    assert said(record) == {"paper evidence": "legal last moved 2 Nov, 21 days ago"}
    other = replace(record, confirmation=confirmed(close=date(2026, 12, 4)), paper=paper())
    assert said(other) == {"date evidence": "Dana confirmed 4 Dec, closes 18 Dec"}


def test_evidence_that_will_not_hold_at_the_next_review_is_a_signal_today():
    record = a_record(category=Category.COMMIT, confirmation=confirmed(ago(28)), paper=paper())
    assert said(record)["date evidence"].startswith("confirmed date holds until")
    assert "25 Nov" in said(record)["date evidence"]
    # It has its evidence today: what lacks it is at stake before it.
    assert [signal.rank for signal in read(record) if signal.id == "date evidence"] == [RANK_OTHER]
    assert said(replace(record, confirmation=confirmed(ago(23)))) == {}


def test_a_best_case_deal_with_both_halves_in_the_period_passes_the_commit_test():
    record = a_record(category=Category.BEST_CASE, confirmation=confirmed(), paper=paper())
    signal = read(record)[0]
    assert (signal.id, signal.tone, signal.short) == ("passes", "ok", "the commit test, from best case")
    later = date(2027, 1, 15)
    outside = a_record(category=Category.BEST_CASE, close=later, confirmation=confirmed(close=later), paper=paper())
    assert said(outside) == {}


def test_behind_a_signal_stand_the_facts_for_which_there_is_no_room_beside_it():
    def whole(record, ident, **more):
        return next(signal.whole for signal in read(record, **more) if signal.id == ident)

    passes = a_record(category=Category.BEST_CASE, confirmation=confirmed(ago(3)), paper=paper(ago(6)))
    proof = "Dana confirmed 18 Dec on 20 Nov; legal, moved Tue 17 Nov, 6 days ago"
    assert whole(passes, "passes") == f"the commit test, from best case – what is missing for commit? · {proof}"
    moves = tuple(
        Change(field="close_date", frm=frm, to=to, on=ago(days))
        for frm, to, days in (("2026-11-20", "2026-12-04", 16), ("2026-12-04", "2026-12-18", 2))
    )
    every = "20 Nov → 4 Dec on 7 Nov, 4 Dec → 18 Dec on 21 Nov"
    assert whole(a_record(pushes=3, history=moves), "pushed") == f"close date 4 Dec → 18 Dec, pushed 3× · {every}"
    steps = tuple(
        a_step("d1", text=text, customers=(), made=ago(days))
        for text, days in (("Send the deck", 14), ("Check terms", 7))
    )
    steps = tuple(replace(step, id=f"s{at}") for at, step in enumerate(steps))
    ours = a_record("d1", own_steps=2, step="s1")
    said_so = "2 steps in a row with nobody at the customer"
    assert whole(ours, "own steps", steps=steps) == f"{said_so} · “Send the deck” of 9 Nov, “Check terms” of 16 Nov"


def test_moved_out_of_the_period_while_passing_the_test():
    before = a_record(category=Category.BEST_CASE, confirmation=confirmed(ago(10)), paper=paper(ago(10)))
    moved = a_record(
        category=Category.BEST_CASE,
        close=date(2027, 1, 15),
        confirmation=before.confirmation,
        paper=before.paper,
        lock=at_lock(before, ago(7)),
    )
    assert said(moved)["moved out"].startswith("18 Dec → 15 Jan, out of")
    assert "moved out" not in said(replace(moved, paper=None))


def test_one_slip_counted_is_at_stake():
    slip = Slip("r", ago(7), date(2026, 12, 4), date(2026, 12, 18), date(2026, 12, 4))
    stay = Stay(since=ago(21), anchor=date(2026, 12, 18), last_close=date(2026, 12, 18), slips=(slip,), told=ago(7))
    record = a_record(
        category=Category.COMMIT, confirmation=confirmed(), paper=paper(), stay=stay, close=date(2026, 12, 30)
    )
    record = replace(record, confirmation=confirmed(close=date(2026, 12, 30)))
    locks = (a_row(1, ago(14)), a_row(2, ago(7)))
    signal = next(signal for signal in read(record, locks=locks) if signal.id == "slip pending")
    assert signal.word == "second slip"
    assert signal.evidence == "4 Dec → 18 Dec on 16 Nov, 18 Dec → 30 Dec today: best case at lock. Exception?"


LOCKS = tuple(a_row(n, monday(n - 4)) for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("changes", "fires"),
    [
        ({}, True),
        ({"stage": "Qualify"}, False),
        ({"created": ago(40)}, False),
        ({"type": "Renewal, existing terms"}, False),
        ({"inherited": ("Ann", ago(3))}, False),
    ],
)
def test_born_late_is_created_near_the_end_of_the_stages(changes, fires):
    record = a_record(**({"stage": "Sign", "created": ago(4), "first_seen": ago(3)} | changes))
    shown = said(record, locks=LOCKS, lock_export_day=ago(7))
    assert ("born late" in shown) is fires


def test_born_late_comes_up_from_the_fourth_review_only():
    record = a_record(stage="Sign", created=ago(4))
    assert "born late" not in said(record, locks=LOCKS[:2], lock_export_day=ago(7))


def test_a_deal_born_late_stays_so_after_locks_that_stood_on_an_older_export():
    """Made on Saturday the 7th; the lock of Monday the 9th stood on the export of Friday the 6th."""
    record = a_record(stage="Sign", created=ago(16), first_seen=ago(10))
    rows = tuple(replace(row, export_day=row.day - timedelta(days=3)) for row in LOCKS)
    assert "born late" in said(record, locks=rows, lock_export_day=ago(17))
    record = replace(record, lock=at_lock(record, ago(7)))
    assert "born late" in said(record, locks=rows, lock_export_day=ago(10))


def test_won_within_fourteen_days_of_being_first_seen_is_born_late():
    record = a_record(status=Status.WON, created=ago(14), first_seen=ago(14), close=MONDAY)
    locks = tuple(a_row(n, monday(n - 6)) for n in (1, 2, 3))
    assert said(record, locks=locks)["born late"] == "won 23 Nov, first seen 9 Nov"
    assert said(replace(record, first_seen=ago(15)), locks=locks) == {}
