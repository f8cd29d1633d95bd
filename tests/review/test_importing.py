from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from review.closed import closed_day
from review.deals import Category, Cause, Ending, EndReason, Status
from review.desk import resting_on
from review.events import Batch, ClosedOut, ImportTakenBack, PersonAdded
from review.forecast import is_verified, verify
from review.importing import older_than_last, take_in
from review.in_force import imports_in_force
from review.intents import Change, EndDeal
from review.people import Person
from review.records import Ledger
from review.stays import Slip, Stay
from review.truth import effective, not_in_crm
from tests.builders import (
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

SETTINGS = some_settings()
BEST = Change(deal="d1", field="category", text="best case")
JAN = Change(deal="d1", field="close_date", text="8 jan", cause=Cause.LEGAL)


def decided(*intents, deal=None):
    """The ledger after a first review that decided something on one deal."""
    session = a_session(a_ledger(deal or a_deal("d1", category="commit")))
    session.must(*intents)
    return session.lock()


def then(ledger, *deals, week=1):
    return take_in(ledger, an_export(*deals, day=monday(week) - timedelta(days=1)), SETTINGS)


def the(ledger, ident="d1"):
    return effective(ledger.deals[ident])


# Effective values


def test_of_a_deal_that_the_crm_has_lost_nothing_is_to_be_set_there():
    assert [words for _, words in not_in_crm(then(decided(JAN), a_deal("d1", category="commit")))] == ["8 Jan 2027"]
    assert not_in_crm(then(decided(JAN), a_deal("d1", category="commit", status="lost"))) == ()


def test_while_the_export_shows_the_old_value_the_reviews_holds_and_is_marked():
    ledger = then(decided(BEST), a_deal("d1", category="commit"))
    assert the(ledger).category is Category.BEST_CASE
    assert [words for _, words in not_in_crm(ledger)] == ["best case"]
    assert ledger.third_values == ()


def test_once_the_export_agrees_the_value_is_the_crms_from_then_on():
    ledger = then(decided(BEST), a_deal("d1", category="best case"))
    assert ledger.deals["d1"].decisions == ()
    ledger = then(ledger, a_deal("d1", category="commit"), week=2)
    assert the(ledger).category is Category.COMMIT
    assert ledger.third_values == ()


def test_a_third_value_wins_and_is_said_once():
    ledger = then(decided(JAN), a_deal("d1", category="commit", close=date(2027, 1, 15)))
    assert the(ledger).close_date == date(2027, 1, 15)
    assert ledger.third_values == ("d1: review said 8 Jan 2027, CRM now 15 Jan 2027",)
    assert next_week(ledger).lock().third_values == ()


COMMIT = Change(deal="d1", field="category", text="commit")
SIGN = Change(deal="d1", field="stage", text="Sign")


@pytest.mark.parametrize("derived", ["pipeline", "best case", "commit"])
def test_a_category_that_the_export_has_no_column_for_is_never_a_third_value(derived):
    # The stage that the review moved reaches the CRM, and another category would follow from it.
    before = decided(COMMIT, SIGN, deal=a_deal("d1", stage="Scope", category="pipeline"))
    bare = ("id", "created", "next_step", "stage", "amount", "close_date")
    shown = replace(an_export(a_deal("d1", stage="Sign", category=derived), day=monday(1)), columns=bare)
    ledger = take_in(before, shown, SETTINGS)
    assert the(ledger).category is Category.COMMIT
    assert ledger.third_values == ()
    assert not_in_crm(ledger) == (), "no export of this form could ever show it"
    ledger = then(ledger, a_deal("d1", stage="Sign", category="best case"), week=2)
    assert ledger.third_values == ("d1: review said commit, CRM now best case",)


def test_what_a_shorter_report_leaves_out_takes_no_decision_back():
    amount = Change(deal="d1", field="amount", text="90k")
    before = decided(JAN, amount)
    bare = a_deal("d1", category="commit", amount=None, close=None)
    ledger = take_in(before, replace(an_export(bare, day=monday(1)), columns=("id", "stage", "category")), SETTINGS)
    assert (the(ledger).amount, the(ledger).close_date) == (90_000, date(2027, 1, 8))
    assert ledger.third_values == ()
    whole = then(ledger, a_deal("d1", category="commit"), week=2)
    assert [words for _, words in not_in_crm(whole)] == ["8 Jan 2027, 90,000"]


def test_decided_twice_an_export_with_the_earlier_decision_is_no_third_value():
    ledger = decided(BEST, Change(deal="d1", field="category", text="pipeline"))
    for week in (1, 2):
        ledger = then(ledger, a_deal("d1", category="best case"), week=week)
        assert the(ledger).category is Category.PIPELINE
    assert ledger.third_values == ()
    assert then(ledger, a_deal("d1", category="pipeline"), week=3).deals["d1"].decisions == ()


def test_decided_back_to_what_the_crm_shows_still_beats_the_decision_in_between():
    ledger = decided(BEST, Change(deal="d1", field="category", text="commit"))
    assert the(then(ledger, a_deal("d1", category="best case"))).category is Category.COMMIT
    assert then(ledger, a_deal("d1", category="commit")).deals["d1"].decisions == ()


@pytest.mark.parametrize("shown", ["100000", "100000.00", "1E+5"])
def test_amounts_agree_however_they_are_written(shown):
    ledger = decided(Change(deal="d1", field="amount", text="100k"), deal=a_deal("d1", amount=90_000))
    assert then(ledger, a_deal("d1", amount=Decimal(shown))).deals["d1"].decisions == ()


def test_three_weeks_later_a_decision_still_holds():
    ledger = then(decided(BEST), a_deal("d1", category="commit"), week=3)
    assert the(ledger).category is Category.BEST_CASE


def test_a_step_of_the_review_is_never_overridden_by_the_crm():
    session = a_session(a_ledger(a_deal("d1")))
    from review.intents import CloseOut

    session.must(CloseOut(deal="d1", line="Walk @Dana through the redlines thu"))
    ledger = then(session.lock(), a_deal("d1", next_step="Something else entirely", next_step_date=monday(2)))
    step = ledger.commitments[ledger.deals["d1"].step]
    assert step.is_open
    assert step.text == "Walk @Dana through the redlines"


# Ended


def ended(kind):
    return decided(EndDeal(deal="d1", kind=kind, reason=EndReason.PRICE, lesson="ask earlier"))


@pytest.mark.parametrize("kind", [Ending.LOST, Ending.NO_DECISION, Ending.DUPLICATE])
def test_the_crms_closed_lost_agrees_and_kind_reason_and_lesson_stay(kind):
    record = then(ended(kind), a_deal("d1", status="lost")).deals["d1"]
    assert (record.ended.kind, record.ended.agreed, record.ended.lesson) == (kind, True, "ask earlier")


@pytest.mark.parametrize("kind", list(Ending))
def test_an_ended_deal_that_is_absent_counts_as_agreed(kind):
    ledger = then(ended(kind), a_deal("d2"))
    assert ledger.deals["d1"].ended.agreed
    assert ledger.deals["d1"].missing_since is None
    assert not_in_crm(ledger) == ()


def test_still_open_in_the_crm_it_stays_ended_and_marked():
    ledger = then(ended(Ending.LOST), a_deal("d1", category="commit"))
    assert the(ledger).status is Status.LOST
    assert [words for _, words in not_in_crm(ledger)] == ["lost"]


def test_open_again_after_the_crm_agreed_it_is_reopened():
    ledger = then(then(ended(Ending.LOST), a_deal("d1", status="lost")), a_deal("d1"), week=2)
    assert ledger.deals["d1"].ended is None
    assert the(ledger).status is Status.OPEN


def test_the_crm_that_shows_another_end_wins_and_says_so():
    ledger = then(ended(Ending.LOST), a_deal("d1", status="won"))
    assert the(ledger).status is Status.WON
    assert ledger.third_values == ("d1: review said lost, CRM now won",)


def test_a_closed_deal_is_not_nagged_about_its_category_but_about_its_amount():
    ledger = decided(BEST, Change(deal="d1", field="amount", text="120k"), deal=a_deal("d1", category="commit"))
    ledger = then(ledger, a_deal("d1", category="omitted", status="won"))
    assert [decision.field for decision in ledger.deals["d1"].decisions] == ["amount"]
    assert the(ledger).amount == 120_000
    assert ledger.third_values == ()


# What an export shows of itself


def test_what_the_crm_only_catches_up_with_is_no_change_and_no_movement():
    ledger = decided(BEST)
    before = ledger.deals["d1"]
    after = then(ledger, a_deal("d1", category="best case")).deals["d1"]
    assert after.history == before.history
    assert after.movement == before.movement


def test_a_deal_that_is_gone_has_vanished_and_one_that_is_back_has_not():
    ledger = then(a_ledger(a_deal("d1"), a_deal("d2")), a_deal("d2"))
    assert ledger.deals["d1"].missing_since == monday(1) - timedelta(days=1)
    back = then(ledger, a_deal("d1"), a_deal("d2"), week=2)
    assert (back.deals["d1"].missing_since, back.deals["d1"].returned) == (None, True)


def test_a_deal_that_had_closed_and_is_left_out_has_not_vanished():
    ledger = then(a_ledger(a_deal("d1", status="won"), a_deal("d2")), a_deal("d2"))
    assert ledger.deals["d1"].missing_since is None


def test_salesforce_ids_of_eighteen_characters_are_the_same_deal():
    long, short = "006Ab00000CdEfGIAV", "006Ab00000CdEfG"
    ledger = then(a_ledger(a_deal(long)), a_deal(short, amount=7))
    assert list(ledger.deals) == [short]
    assert (ledger.deals[short].crm.id, the(ledger, short).amount) == (short, 7)
    assert len(then(a_ledger(a_deal(short)), a_deal(short.swapcase())).deals) == 2


def test_another_owner_inherits_with_the_day():
    ledger = then(a_ledger(a_deal("d1")), a_deal("d1", owner="Wei Lin"))
    assert ledger.deals["d1"].rep == "wei-lin"
    assert ledger.deals["d1"].inherited == ("Tom Reed", monday(1) - timedelta(days=1))


def test_the_new_owner_of_a_deal_has_not_been_told_what_the_one_before_was():
    slip = Slip("r1", MONDAY, MONDAY, MONDAY, MONDAY)
    stay = Stay(since=MONDAY, anchor=MONDAY, last_close=MONDAY, slips=(slip,), told=MONDAY)
    ledger = a_ledger(a_deal("d1", category="commit"), a_deal("d2", category="commit"))
    records = {key: replace(r, evidence_told=MONDAY, stay=stay) for key, r in ledger.deals.items()}
    ledger = replace(ledger, current=records, told=dict.fromkeys(("d1", "d2"), MONDAY))
    handed, kept = a_deal("d1", category="commit", owner="Wei Lin"), a_deal("d2", category="commit", amount=1)
    after = take_in(ledger, an_export(handed, kept, day=MONDAY), SETTINGS)
    told = {key: (r.evidence_told, r.stay and r.stay.told, r.stay and r.stay.slips) for key, r in after.deals.items()}
    assert told == {"d1": (None, None, (slip,)), "d2": (MONDAY, MONDAY, (slip,))}
    assert after.told == {"d2": MONDAY}


@pytest.mark.parametrize("owner", ["Zoe Novak", "Wei Lin"])
def test_another_owner_is_one_whether_or_not_either_is_of_the_team(owner):
    ledger = a_ledger(a_deal("d1", owner="Yan Petit"))
    after = take_in(ledger, an_export(a_deal("d1", owner=owner), day=MONDAY), SETTINGS)
    assert after.deals["d1"].inherited == ("Yan Petit", MONDAY)


def test_a_verification_does_not_come_back_with_the_value_it_stood_on():
    ledger = a_ledger(a_deal("d1", category="commit"))
    record = ledger.deals["d1"]
    ledger = replace(ledger, current={"d1": replace(record, verified=verify(record, MONDAY))})
    moved = take_in(ledger, an_export(a_deal("d1", category="commit", amount=1), day=MONDAY), SETTINGS)
    back = take_in(moved, an_export(a_deal("d1", category="commit"), day=monday(1)), SETTINGS)
    assert not is_verified(back.deals["d1"])
    session = a_session(ledger)
    session.must(BEST, Change(deal="d1", field="category", text="commit"))
    assert not is_verified(session.meeting.record("d1"))


@pytest.mark.parametrize("between", ["open", "won"])
def test_a_deal_that_was_reopened_or_won_is_lost_on_the_day_of_its_new_loss(between):
    rows = (("lost", 0), (between, 1), ("lost", 2), ("lost", 3))
    ledger = a_ledger(a_deal("d1", status="lost", close=MONDAY - timedelta(days=90)))
    assert closed_day(ledger.deals["d1"]) == MONDAY - timedelta(days=90)
    for status, week in rows:
        ledger = take_in(ledger, an_export(a_deal("d1", status=status), day=monday(week)), SETTINGS)
    assert closed_day(ledger.deals["d1"]) == monday(2)


def test_a_stage_decided_here_keeps_its_day_until_the_crm_follows():
    entered = date(2026, 9, 1)
    ledger = decided(Change(deal="d1", field="stage", text="Negotiate"), deal=a_deal("d1", stage_entered=entered))
    ledger = then(ledger, a_deal("d1", stage_entered=entered))
    assert ledger.deals["d1"].stage_since == MONDAY
    followed = then(ledger, a_deal("d1", stage="Negotiate", stage_entered=monday(1)), week=2)
    assert followed.deals["d1"].stage_since == monday(1)


def test_without_a_stage_change_date_the_age_begins_at_first_sight_until_it_moves():
    ledger = a_ledger(a_deal("d1"))
    assert not ledger.deals["d1"].stage_since_known
    moved = then(ledger, a_deal("d1", stage="Sign")).deals["d1"]
    assert (moved.stage_since, moved.stage_since_known) == (monday(1) - timedelta(days=1), True)
    assert moved.movement is not None
    assert moved.movement.what == "stage moved"


def test_an_older_export_is_refused_with_both_days():
    ledger = a_ledger(day=MONDAY)
    assert older_than_last(ledger, an_export(day=MONDAY)) is None
    assert older_than_last(Ledger(), an_export(day=MONDAY)) is None
    refusal = older_than_last(ledger, an_export(day=MONDAY - timedelta(days=2)))
    assert refusal is not None
    assert "21 Nov" in refusal.sentence
    assert "23 Nov" in refusal.sentence


@given(st.lists(st.sampled_from(("commit", "best case", "pipeline")), min_size=1, max_size=5))
def test_after_any_exports_a_decision_holds_agrees_or_gives_way(shown):
    ledger = decided(BEST)
    held = True
    for week, category in enumerate(shown, start=1):
        ledger = then(ledger, a_deal("d1", category=category), week=week)
        held = held and category == "commit"
        assert the(ledger).category == ("best case" if held else category)
        assert bool(ledger.deals["d1"].decisions) is held
    assert len(ledger.third_values) <= 1


# The desk


def test_an_import_that_was_taken_back_leaves_no_trace():
    first, second = an_export(a_deal("d1"), day=MONDAY), an_export(a_deal("d2"), day=monday(1))
    back = Batch(id="b3", at=NINE, events=(ImportTakenBack(export=second.id),))
    batches = (imported(first), imported(second, "b2"), back)
    assert desk(Ledger(), (first, second), *batches) == desk(Ledger(), (first,), batches[0])
    assert [event.export for event in imports_in_force(batches)] == [first.id]


def test_deals_that_only_an_import_holds_and_that_were_answered_keep_it_from_being_taken_back():
    first, second = an_export(a_deal("d1"), day=MONDAY), an_export(a_deal("d1"), a_deal("d2"), day=monday(1))
    answers = tuple(ClosedOut(deal=d, step=a_promise(f"s{d}", deal=d), new=True, in_writing=True) for d in ("d1", "d2"))
    batches = (imported(first), imported(second, "b2"), Batch(id="b3", at=NINE, events=answers))
    assert resting_on(desk(Ledger(), (first,), imported(first)), batches, second) == ("d2",)


def test_somebody_added_at_the_desk_is_known_afterwards():
    person = Person(id="kim-park", name="Kim Park", carries=False)
    added = Batch(id="b1", at=NINE, events=(PersonAdded(person=person),))
    assert desk(Ledger(), (), added).added == (person,)


def test_an_alias_set_after_the_import_reaches_the_export_already_read():
    deal = a_deal("d1", category="pipeline", category_word="Upside (strong)")
    export = an_export(deal)
    assert take_in(Ledger(), export, SETTINGS).deals["d1"].crm.category is Category.PIPELINE
    aliased = replace(SETTINGS, category_aliases={"upside strong": "best case"})
    assert take_in(Ledger(), export, aliased).deals["d1"].crm.category is Category.BEST_CASE


@pytest.mark.parametrize(
    ("before", "after", "moves"),
    [
        ({"category": "pipeline"}, {"category": "commit"}, "category changed"),
        ({"category": "pipeline"}, {"category": "omitted"}, "category changed"),
        ({"category": "omitted"}, {"category": "pipeline"}, "category changed"),
        ({"category": "commit"}, {"category": "omitted", "status": "lost"}, None),
        ({"last_inbound": None, "last_activity": MONDAY}, {"last_activity": MONDAY}, "last activity"),
    ],
)
def test_a_category_that_a_person_changed_is_movement_and_a_closing_is_none(before, after, moves):
    record = then(a_ledger(a_deal("d1", **before)), a_deal("d1", **after)).deals["d1"]
    assert (record.movement.what if record.movement else None) == moves


def test_a_sellers_activity_is_no_movement_in_a_file_that_tells_what_came_from_the_customer():
    export = replace(an_export(a_deal("d1", last_activity=MONDAY)), columns=("id", "last_inbound", "last_activity"))
    assert take_in(Ledger(), export, some_settings()).deals["d1"].movement is None


def test_what_a_second_decision_took_back_to_the_crms_value_is_not_missing_there():
    session = a_session(a_ledger(a_deal("d1", category="commit")))
    session.must(
        Change(deal="d1", field="category", text="best case"), Change(deal="d1", field="category", text="commit")
    )
    assert not_in_crm(session.meeting.ledger) == ()
    shown = then(session.meeting.ledger, a_deal("d1", category="best case"))
    assert [words for _, words in not_in_crm(shown)] == ["commit"], (
        "the export shows the first decision: the last holds"
    )
