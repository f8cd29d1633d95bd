"""What the card says changed since the last lock, by the lock's snapshot; and why a date moved."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from review.card import card_of, changes_since, said_cause
from review.causes import shared_causes
from review.commitments import Origin
from review.deals import Cause
from review.importing import take_in
from review.intents import Change, SetPresence, Undo, WriteNote
from review.intents_deal import NameCause
from review.questions import cause_in
from review.suggestions import suggested
from review.why import reasons_of
from tests.builders import (
    MONDAY,
    TEAM,
    a_deal,
    a_ledger,
    a_promise,
    a_session,
    an_export,
    monday,
    next_week,
    some_settings,
    with_promises,
)

SETTINGS = some_settings()


def after_lock(*, day=MONDAY, promise=None, **changed):
    """A ledger locked on Monday, then an export of `day` with a changed row."""
    ledger = a_ledger(a_deal("d1"))
    if promise is not None:
        ledger = with_promises(ledger, promise)
    locked = a_session(ledger).lock()
    return take_in(locked, an_export(a_deal("d1", **changed), day=day, ident="later"), SETTINGS)


@pytest.mark.parametrize("day", [MONDAY, MONDAY + timedelta(days=3)], ids=["the lock's own day", "later"])
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ()),
        ({"close": date(2027, 1, 8)}, ("close date 18 Dec → 8 Jan",)),
        ({"close": None}, ("close date 18 Dec → no date",)),
        ({"amount": 80_000}, ("amount $100,000 → $80,000",)),
        ({"stage": "Sign"}, ("stage Propose → Sign",)),
        ({"category": "commit"}, ("category pipeline → commit",)),
        ({"owner": "Wei Lin"}, ("owner Tom Reed → Wei Lin",)),
        (
            {"close": date(2026, 12, 21), "amount": 90_000},
            ("close date 18 Dec → 21 Dec", "amount $100,000 → $90,000"),
        ),
    ],
)
def test_what_an_export_changed_after_the_lock_is_said_whatever_its_day(day, changed, said):
    record = after_lock(day=day, **changed).deals["d1"]
    assert changes_since(record, "USD") == said


def test_what_the_review_before_changed_is_not_said_again():
    session = a_session(a_ledger(a_deal("d1")))
    session.must(Change(deal="d1", field="close_date", text="2027-01-08", cause=Cause.LEGAL))
    record = session.lock().deals["d1"]
    assert changes_since(record, "USD") == ()


def test_a_date_that_went_and_came_back_has_not_changed():
    ledger = after_lock(close=date(2027, 1, 8))
    back = take_in(ledger, an_export(a_deal("d1"), day=MONDAY + timedelta(days=2)), SETTINGS)
    assert changes_since(back.deals["d1"], "USD") == ()


def test_a_deal_that_was_lost_and_is_open_again_says_so_and_no_stage_or_category_of_its_end():
    lost = a_ledger(a_deal("d1", status="lost", stage="Closed Lost"))
    ledger = take_in(a_session(lost).lock(), an_export(a_deal("d1", close=date(2027, 1, 8)), day=MONDAY), SETTINGS)
    assert changes_since(ledger.deals["d1"], "USD") == ("open again", "close date 18 Dec → 8 Jan")


def test_of_a_rep_who_left_the_card_says_that_the_second_slip_waits():
    settings = some_settings(thresholds={"enforce_from": 3})
    deals = [a_deal("d1", category="commit", close=date(2026, 12, day)) for day in (4, 11, 18)]
    first = a_session(a_ledger(deals[0], settings=settings), settings=settings)
    second = next_week(first.lock(), deals[1], settings=settings)
    third = next_week(second.lock(), deals[2], number=2, settings=settings)

    def said():
        return next(signal.evidence for signal in card_of(third.meeting, "d1").signals if signal.word == "second slip")

    assert said().endswith("best case at lock. Exception?")
    third.must(SetPresence(person="tom-reed", present=False))
    assert said().endswith("to best case when its rep is here")


def due(**more):
    return a_promise("s1", due=monday(1) - timedelta(days=3), made=MONDAY, origin=Origin.STEP, deal="d1", **more)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, None),
        ({"stage": "Negotiate"}, "stage moved – done?"),
        ({"stage": "Qualify"}, None),
        ({"next_step": "Sign it"}, "CRM now: “Sign it” – done?"),
        ({"next_step": "Sign it", "stage": "Negotiate"}, "stage moved, CRM now: “Sign it” – done?"),
        ({"next_step": "27 Nov 2026, Marcus Bell: Send Dana the draft contract"}, None),
    ],
)
def test_an_export_of_the_lock_s_own_day_pre_marks_a_promise(changed, words):
    session = next_week(after_lock(promise=due(), **changed))
    found = suggested(session.meeting, session.meeting.ledger.commitments["s1"])
    assert (found.words if found else None) == words


def test_what_moved_before_a_promise_was_made_in_writing_says_nothing_of_it():
    ledger = with_promises(
        after_lock(day=MONDAY + timedelta(days=1), stage="Negotiate"),
        replace(due(), made=MONDAY + timedelta(days=2)),
    )
    meeting = next_week(ledger).meeting
    assert suggested(meeting, meeting.ledger.commitments["s1"]) is None


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("legal", Cause.LEGAL),
        ("Their LEGAL team is slow", Cause.LEGAL),
        ("new priorities at the customer", Cause.PRIORITY),
        ("our side: the quote was late", Cause.OUR_SIDE),
        ("no access to the CFO", Cause.ACCESS),
        ("legal and security", None),
        ("the CFO is ill", None),
        ("", None),
    ],
)
def test_an_answer_names_at_most_one_cause(text, cause):
    assert cause_in(text) is cause


def test_a_cause_said_of_a_slip_in_the_crm_stands_with_the_move_and_ends_the_question():
    session = next_week(after_lock(close=date(2027, 1, 8)))
    assert "cause" in [question.id for question in card_of(session.meeting, "d1").questions]
    session.must(WriteNote(deal="d1", question="cause", text="their legal is slow"))
    card = card_of(session.meeting, "d1")
    assert card.changes == ("close date 18 Dec → 8 Jan, legal",)
    assert said_cause(session.meeting.record("d1")) is Cause.LEGAL
    session.must(NameCause(deal="d1", cause=Cause.SECURITY))
    assert card_of(session.meeting, "d1").changes == ("close date 18 Dec → 8 Jan, security",)
    session.must(Undo(), Undo())
    assert card_of(session.meeting, "d1").changes == ("close date 18 Dec → 8 Jan",)


def test_a_move_in_the_room_that_says_its_cause_is_not_asked_for_it_again():
    session = next_week(a_session(a_ledger(a_deal(category="commit"))).lock())
    session.must(Change(deal="d1", field="close_date", text="8 jan", cause=Cause.LEGAL))
    assert "cause" not in [question.id for question in card_of(session.meeting, "d1").questions]


def test_a_later_move_asks_for_its_own_cause():
    session = next_week(after_lock(close=date(2027, 1, 8)))
    session.must(NameCause(deal="d1", cause=Cause.LEGAL))
    ledger = session.lock()
    moved = take_in(ledger, an_export(a_deal("d1", close=date(2027, 1, 29)), day=monday(1)), SETTINGS)
    assert said_cause(moved.deals["d1"]) is None


def test_causes_of_slips_in_the_crm_are_shared_causes():
    settings = some_settings(thresholds={"shows_more_from": 2})
    deals = [a_deal("d1"), a_deal("d2"), a_deal("d3", owner="Wei Lin")]
    ledger = a_session(a_ledger(*deals), settings=settings).lock()
    later = [replace(deal, close_date=date(2027, 1, 8)) for deal in deals]
    session = next_week(ledger, *later, settings=settings)
    session.must(*(NameCause(deal=deal.id, cause=Cause.LEGAL) for deal in deals))
    (one,) = shared_causes(session.meeting.ledger, settings, session.meeting.day)
    assert (one.cause, one.deals, one.people, one.amount) == ("legal", ("d1", "d2", "d3"), 2, Decimal(300_000))
    session.must(NameCause(deal="d3", cause=Cause.BUDGET))
    assert shared_causes(session.meeting.ledger, settings, session.meeting.day) == ()


def test_a_deal_that_somebody_new_took_over_says_whose_it_was_until_they_carry_a_full_quota():
    ledger = take_in(a_ledger(a_deal()), an_export(a_deal(owner="Wei Lin"), day=MONDAY), some_settings())
    for start, said in ((date(2026, 10, 5), "Wei Lin · from Tom Reed, 23 Nov"), (date(2020, 1, 6), "Wei Lin")):
        team = tuple(replace(person, start=start) if person.id == "wei-lin" else person for person in TEAM)
        others = (a_deal(f"w{number}", owner="Wei Lin") for number in range(3))
        settings = some_settings(people=team)
        meeting = a_session(take_in(ledger, an_export(a_deal(owner="Wei Lin"), *others, day=MONDAY), settings),
                            settings=settings).meeting  # fmt: skip
        assert card_of(meeting, "d1").owned_by("Wei Lin") == said
        assert ("handed over", "from Tom Reed, 23 Nov") in [(one.name, one.facts) for one in reasons_of(meeting, "d1")]
