from datetime import date, timedelta

import pytest

from review.calls import lock_facts
from review.commitments import Origin, Verdict
from review.deals import Cause, Ending
from review.events import Batch, ClosedOut
from review.intents import Change, CloseOut, Drop, EndDeal, GiveVerdict, Park, TakeOffline
from review.standing import Part, active_deals, in_writing, missing_by_rep, part_of, parts
from tests.builders import (
    GOOD,
    MONDAY,
    NINE,
    a_deal,
    a_ledger,
    a_promise,
    a_session,
    an_export,
    desk,
    imported,
    monday,
    next_week,
    some_settings,
)

STEP = {"next_step": "Walk through the redlines", "next_step_date": MONDAY + timedelta(days=3)}
SETTINGS = some_settings()


def part(*deals, then=(), ident="d1"):
    session = a_session(a_ledger(*deals))
    session.must(*then)
    return part_of(session.meeting, ident)


@pytest.mark.parametrize(
    ("crm", "expected"),
    [
        ({}, Part.WITHOUT),
        ({"next_step": "Walk through the redlines"}, Part.WITHOUT),
        ({**STEP, "next_step_date": MONDAY - timedelta(days=1)}, Part.WITHOUT),
        ({**STEP, "next_step_date": MONDAY}, Part.WRITING),
        ({**STEP, "next_step": "follow up"}, Part.WITHOUT),
        ({**STEP, "owner": "Zoe Novak"}, Part.WITHOUT),
        (STEP, Part.WRITING),
    ],
)
def test_at_first_a_crm_step_counts_only_with_step_date_and_owner(crm, expected):
    assert part(a_deal("d1", **crm)) is expected


@pytest.mark.parametrize(
    ("exit_", "expected"),
    [
        (CloseOut(deal="d1", line=GOOD), Part.ROOM),
        (CloseOut(deal="d1", line=""), Part.ROOM),
        (Park(deal="d1"), Part.WRITING),
        (TakeOffline(deal="d1", who="Wei Lin", when="fri"), Part.WRITING),
        (Drop(deal="d1"), Part.WRITING),
    ],
)
def test_only_closing_out_counts_as_closed_out_in_the_room(exit_, expected):
    assert part(a_deal("d1", **STEP), then=(exit_,)) is expected


def test_a_step_that_stood_at_the_last_lock_is_still_standing_until_it_passes():
    session = a_session(a_ledger(a_deal("d1"), a_deal("d2", **STEP)))
    session.must(CloseOut(deal="d1", line="Walk @Dana through the redlines +2w"))
    ledger = session.lock()
    later = next_week(ledger, a_deal("d1"), a_deal("d2", **STEP))
    assert part_of(later.meeting, "d1") is Part.STANDING
    assert part_of(later.meeting, "d2") is Part.WITHOUT
    last = next_week(later.lock(), number=3)
    assert part_of(last.meeting, "d1") is Part.WITHOUT


def test_a_crm_step_that_is_new_since_the_lock_is_in_writing_and_an_old_one_still_stands():
    far = {**STEP, "next_step_date": monday(2)}
    ledger = a_session(a_ledger(a_deal("d1", **far), a_deal("d2", **far))).lock()
    later = next_week(ledger, a_deal("d1", **far), a_deal("d2", **{**far, "next_step": "Sign with their counsel"}))
    assert [part_of(later.meeting, ident) for ident in ("d1", "d2")] == [Part.STANDING, Part.WRITING]


def test_a_sheet_counts_as_in_writing_until_the_next_lock():
    export = an_export(a_deal("d1"))
    step = a_promise("s", deal="d1", origin=Origin.STEP, due=monday(3), made=MONDAY, review="")
    answer = Batch(id="b2", at=NINE, events=(ClosedOut(deal="d1", step=step, new=True, in_writing=True),))
    ledger = desk(a_ledger(a_deal("d2")), (export,), imported(export), answer)
    assert in_writing(ledger.deals["d1"], ledger)
    session = a_session(ledger)
    assert part_of(session.meeting, "d1") is Part.WRITING
    assert part_of(next_week(session.lock()).meeting, "d1") is Part.STANDING


@pytest.mark.parametrize(("crm", "left"), [({**STEP, "next_step_date": monday(2)}, Part.STANDING), ({}, Part.WITHOUT)])
def test_a_closed_written_step_no_longer_counts_as_in_writing(crm, left):
    locked = a_session(a_ledger(a_deal("d1", **crm))).lock()
    export = an_export(a_deal("d1", **crm), day=monday(1) - timedelta(days=2))
    step = a_promise("s", deal="d1", origin=Origin.STEP, due=monday(1) - timedelta(days=1), made=MONDAY, review="")
    answer = Batch(id="b2", at=NINE, events=(ClosedOut(deal="d1", step=step, new=True, in_writing=True),))
    session = a_session(desk(locked, (export,), imported(export), answer), day=monday(1))
    assert in_writing(session.meeting.ledger.deals["d1"], session.meeting.ledger)
    session.must(GiveVerdict(commitment="s", verdict=Verdict.DONE))
    # What is left is the CRM's step, the same as at the last lock, or none at all.
    assert not in_writing(session.meeting.ledger.deals["d1"], session.meeting.ledger)
    assert part_of(session.meeting, "d1") is left
    assert "tom-reed" in lock_facts(session.meeting).written


def test_an_open_step_of_ours_stands_before_the_crms_even_when_it_is_overdue():
    session = a_session(a_ledger(a_deal("d1")))
    session.must(CloseOut(deal="d1", line=GOOD))
    later = next_week(session.lock(), a_deal("d1", **{**STEP, "next_step_date": monday(2)}))
    assert part_of(later.meeting, "d1") is Part.WITHOUT


def test_active_are_the_open_deals_closing_within_two_periods_or_with_a_past_or_no_date():
    ledger = a_ledger(
        a_deal("now"),
        a_deal("next", close=date(2027, 3, 31)),
        a_deal("later", close=date(2027, 4, 1)),
        a_deal("past", close=date(2026, 6, 1)),
        a_deal("none", close=None),
        a_deal("omitted", category="omitted"),
        a_deal("won", status="won"),
    )
    assert active_deals(ledger, SETTINGS, MONDAY) == ("now", "next", "past", "none")


def test_what_ends_or_moves_far_away_is_in_no_part():
    session = a_session(a_ledger(a_deal("d1"), a_deal("d2"), a_deal("d3")))
    session.must(
        EndDeal(deal="d1", kind=Ending.DUPLICATE),
        Change(deal="d2", field="close_date", text="1 apr 2027", cause=Cause.BUDGET),
    )
    assert [ident for deals in parts(session.meeting).values() for ident in deals] == ["d3"]


def test_whoever_has_most_deals_without_comes_first():
    ledger = a_ledger(a_deal("w1", owner="Wei Lin"), a_deal("d1"), a_deal("d2"), a_deal("z", owner="Zoe Novak"))
    assert list(missing_by_rep(ledger, SETTINGS, MONDAY)) == ["tom-reed", "", "wei-lin"]
