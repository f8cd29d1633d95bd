from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from review.bridge import LineKind, build_bridge
from review.commitments import Origin
from review.creation import creation
from review.creation_items import ItemKind, items_of
from review.events import Batch
from review.importing import take_in
from review.intents import AnswerVanished, EnterSection, OpenDeal, Undo
from review.intents_deal import JoinDeals
from review.keys import key_without_id
from review.records import Ledger
from review.renaming import joined, pairs, renamed, told_by_import
from review.results import Refusal
from review.sheets.blank import Kind
from review.standing import Part, parts
from tests.builders import (
    MONDAY,
    NINE,
    a_deal,
    a_ledger,
    a_promise,
    a_session,
    an_export,
    desk,
    monday,
    next_week,
    some_settings,
    with_promises,
)
from tests.review.sheets import fill, take, the_sheets

BORN = date(2026, 9, 1)
SETTINGS = some_settings()


def a_keyed(name, *, created=BORN, owner="Tom Reed", **more):
    key = key_without_id("Northwind", name, created, owner)
    return a_deal(key, name=name, account="Northwind", created=created, owner=owner, **more)


def without_ids(*deals, **more):
    return replace(an_export(*deals, **more), has_ids=False)


@pytest.mark.parametrize(
    ("changed", "paired"),
    [
        ({}, True),
        ({"owner": "Wei Lin"}, False),
        ({"created": BORN + timedelta(days=1)}, False),
        ({"amount": 100_001}, False),
        ({"amount": None}, False),
        ({"created": None}, False),
        ({"owner": ""}, False),
        ({"close": date(2027, 3, 1), "stage": "Sign", "category": "commit"}, True),
    ],
)
def test_a_gone_deal_is_paired_with_a_new_one_of_equal_owner_created_date_and_amount(changed, paired):
    old = a_deal("old", created=BORN)
    new = a_deal("new", **{"created": BORN, **changed})
    assert pairs([("old", old)], [("new", new)]) == ((("old", "new"),) if paired else ())


def test_neither_of_two_unknown_values_makes_a_pair():
    assert pairs([("old", a_deal("old", amount=None, created=BORN))], [("new", a_deal("new", amount=None))]) == ()


def test_each_new_deal_is_proposed_once():
    gone = [(ident, a_deal(ident, created=BORN)) for ident in ("a", "b")]
    assert pairs(gone, [("c", a_deal("c", created=BORN))]) == (("a", "c"),)


def renamed_ledger():
    """One lock on the old deal, then an export that has the new one in its place."""
    ledger = with_promises(
        a_ledger(a_deal("old", created=BORN, category="commit"), a_deal("d2")),
        a_promise("s1", due=monday(1) + timedelta(days=2), origin=Origin.STEP, deal="old"),
    )
    locked = a_session(ledger).lock()
    new = a_deal("new", name="New name", created=BORN, category="commit", close=date(2026, 12, 23))
    return take_in(locked, an_export(new, a_deal("d2"), day=monday(1) - timedelta(days=1)), SETTINGS)


def test_a_deal_seen_before_the_other_vanished_is_not_proposed():
    first = a_ledger(a_deal("old", created=BORN), a_deal("twin", created=BORN))
    after = take_in(first, an_export(a_deal("twin", created=BORN), day=MONDAY), SETTINGS)
    assert renamed(after) == {}


def test_the_creation_question_joins_a_renamed_deal_and_its_history_goes_on():
    session = next_week(renamed_ledger())
    session.must(EnterSection(section="creation"))
    assert [item.id for item in items_of(session.meeting) if item.kind is ItemKind.VANISHED] == ["old"]
    meeting = session.must(JoinDeals(old="old", new="new"))
    record = meeting.record("new")
    assert "old" not in meeting.ledger.deals
    assert (record.crm.name, record.first_seen, record.lock.day) == ("New name", MONDAY - timedelta(days=1), MONDAY)
    assert record.missing_since is None
    assert record.stay is not None, "its stay in commit goes on"
    assert meeting.step("new").id == "s1"
    assert not [item for item in items_of(meeting) if item.kind in (ItemKind.VANISHED, ItemKind.NEW)]
    assert not creation(meeting.ledger).created.deals
    bridge = build_bridge(meeting.ledger, meeting.settings, meeting.day)
    assert bridge.lines == ()
    assert bridge.unexplained == 0


def test_a_step_in_writing_stays_in_writing_where_its_deal_is_joined():
    ledger = renamed_ledger()
    day = monday(1)
    sheet = the_sheets(ledger, day=day)["tom-reed"]
    answered = take(
        ledger, fill(sheet, {(Kind.STEP, "new"): ("Walk @Dana through the redlines", "+3d")}), today=day, day=day
    )
    after = desk(ledger, (), Batch(id="answers", at=NINE, events=answered.facts, decision=True))
    session = next_week(after)
    session.must(EnterSection(section="creation"))
    assert "new" in parts(session.meeting)[Part.WRITING]
    assert "new" in parts(session.must(JoinDeals(old="old", new="new")))[Part.WRITING]


def test_a_joined_deal_keeps_its_place_in_the_queue_once():
    session = next_week(renamed_ledger())
    planned = [slot.deal for slot in session.meeting.queue]
    assert "new" in planned
    meeting = session.must(JoinDeals(old="old", new="new"))
    assert sorted({*planned} - {"old"}) == sorted(slot.deal for slot in meeting.queue)
    session.must(OpenDeal(deal="new"))
    assert session.lock().deals.keys() == {"new", "d2"}


def test_undo_parts_what_was_joined():
    session = next_week(renamed_ledger())
    meeting = session.must(JoinDeals(old="old", new="new"), Undo())
    assert {"old", "new"} <= meeting.ledger.deals.keys()
    assert meeting.record("old").missing_since is not None


def test_only_what_is_proposed_can_be_joined():
    session = next_week(renamed_ledger())
    assert isinstance(session.do(JoinDeals(old="old", new="d2")), Refusal)
    session.must(AnswerVanished(deal="old", answer="deleted"))
    assert isinstance(session.do(JoinDeals(old="old", new="new")), Refusal)


def test_later_asks_again_at_the_next_review():
    session = next_week(renamed_ledger())
    session.must(AnswerVanished(deal="old", answer="later"))
    asked = [item for item in items_of(session.meeting) if item.kind is ItemKind.VANISHED]
    assert [(item.id, item.done) for item in asked] == [("old", True)]
    again = next_week(session.lock(), number=2).meeting
    asked = [item for item in items_of(again) if item.kind is ItemKind.VANISHED]
    assert [(item.id, item.done) for item in asked] == [("old", False)]


def test_the_first_export_with_ids_is_joined_by_the_old_key_and_every_promise_follows():
    key = a_keyed("Renewal").id
    ledger = take_in(Ledger(), without_ids(a_keyed("Renewal"), a_keyed("Pilot")), SETTINGS)
    ledger = with_promises(ledger, a_promise("s1", origin=Origin.STEP, deal=key))
    known = a_session(ledger).lock()
    export = an_export(
        replace(a_keyed("Renewal", amount=120_000), id="006A"),
        a_deal("006B", name="Other", created=BORN),
        day=monday(1),
    )
    after = take_in(known, export, SETTINGS)
    before = after.deals["006A"].lock
    assert before is not None
    assert before.amount == Decimal(100_000)
    assert after.deals["006A"].crm.amount == Decimal(120_000)
    assert after.commitments["s1"].deal == "006A"
    assert key not in after.deals
    assert after.deals["006B"].lock is None
    assert after.deals[a_keyed("Pilot").id].missing_since == monday(1)
    assert told_by_import(known, export)[0] == (
        "1 deal known by account, name and created date has an id now and went on under it: Northwind."
    )
    assert told_by_import(after, replace(export, day=monday(2))) == ()


def test_a_file_without_created_dates_is_joined_by_account_name_and_owner():
    old = a_keyed("Renewal", created=None)
    ledger = take_in(Ledger(), without_ids(old), SETTINGS)
    after = take_in(ledger, an_export(replace(a_keyed("Renewal"), id="006A"), day=MONDAY), SETTINGS)
    assert after.deals.keys() == {"006A"}


def test_two_rows_of_one_old_key_are_not_joined():
    ledger = take_in(Ledger(), without_ids(a_keyed("Renewal")), SETTINGS)
    rows = (replace(a_keyed("Renewal"), id=ident) for ident in ("006A", "006B"))
    after = take_in(ledger, an_export(*rows, day=MONDAY), SETTINGS)
    assert after.deals[a_keyed("Renewal").id].missing_since == MONDAY


def test_a_file_without_ids_finds_the_deals_that_are_known_by_theirs():
    ledger = a_ledger(replace(a_keyed("Renewal"), id="006A"))
    after = take_in(ledger, without_ids(a_keyed("Renewal", amount=90_000), day=MONDAY), SETTINGS)
    assert after.deals.keys() == {"006A"}
    assert after.deals["006A"].crm.amount == Decimal(90_000)


def test_the_import_names_what_may_have_been_renamed():
    ledger = a_ledger(a_deal("old", name="Renewal", created=BORN), a_deal("d2"))
    export = an_export(a_deal("new", name="Renewal 2027", created=BORN), a_deal("d2"), day=MONDAY)
    assert told_by_import(ledger, export) == (
        "Renamed? Renewal → Renewal 2027 (100k). Creation asks, and joins each with one key.",
    )


@given(st.lists(st.tuples(st.sampled_from(["a", "b", ""]), st.integers(0, 2), st.integers(0, 2)), max_size=8))
def test_pairs_take_no_deal_twice_and_only_like_with_like(rows):
    deals = {
        f"{n}": a_deal(f"{n}", owner=owner, created=BORN + timedelta(days=day), amount=amount)
        for n, (owner, day, amount) in enumerate(rows)
    }
    gone = [(ident, deal) for ident, deal in deals.items() if int(ident) % 2]
    fresh = [(ident, deal) for ident, deal in deals.items() if not int(ident) % 2]
    found = pairs(gone, fresh)
    assert len({one for pair in found for one in pair}) == 2 * len(found)
    for one, two in found:
        like = [(deals[i].owner, deals[i].created, deals[i].amount) for i in (one, two)]
        assert like[0] == like[1]


def test_joining_what_is_not_there_changes_nothing():
    ledger = a_ledger(a_deal("d1"))
    assert joined(ledger, "d1", "d9", SETTINGS) is ledger


def test_a_bridge_over_a_joined_deal_shows_only_what_changed():
    ledger = renamed_ledger()
    rows = an_export(
        replace(ledger.deals["new"].crm, amount=Decimal(130_000)), a_deal("d2"), day=monday(1), ident="later"
    )
    after = joined(take_in(ledger, rows, SETTINGS), "old", "new", SETTINGS)
    lines = build_bridge(after, SETTINGS, monday(1)).lines
    assert [(line.kind, line.amount) for line in lines] == [(LineKind.INCREASED, Decimal(30_000))]
