"""The commit gate at the lock: who leaves commit for want of evidence, and in what order."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from msgspec.structs import replace

from review.deals import Category, Status
from review.demotion import demotions
from review.learning import Rule
from tests.review.pieces import MONDAY, a_ledger, a_record, at_lock, confirmed, lock_facts, paper

TOLD = MONDAY - timedelta(days=7)


def bare(ident, *, told=TOLD, **more):
    record = a_record(ident, category=Category.COMMIT, evidence_told=told, **more)
    return replace(record, lock=at_lock(record, MONDAY - timedelta(days=7)))


def proven(ident):
    return replace(bare(ident, told=None), confirmation=confirmed(), paper=paper())


def ids(leaving):
    return [one.deal for one in leaving]


def test_a_deal_with_both_halves_stays():
    found = demotions(a_ledger(proven("d1")), lock_facts())
    assert found.leave == ()
    assert found.next_week == ()


@pytest.mark.parametrize(
    "lost", [{"confirmation": None}, {"paper": None}, {"paper": paper(MONDAY - timedelta(days=15))}]
)
def test_one_half_missing_is_enough_to_leave(lost):
    assert ids(demotions(a_ledger(replace(proven("d1"), evidence_told=TOLD, **lost)), lock_facts()).leave) == ["d1"]


def test_at_most_a_third_rounded_up_leaves_those_told_longest_first_then_the_larger():
    ledger = a_ledger(
        bare("small", amount=Decimal(10)),
        bare("large", amount=Decimal(90)),
        bare("longest", told=TOLD - timedelta(days=7), amount=Decimal(1)),
        proven("fine"),
    )
    found = demotions(ledger, lock_facts())
    assert ids(found.leave) == ["longest", "large"]
    assert ids(found.next_week) == ["small"]
    assert found.next_week[0].why == "at most 2 of 4 leave at one lock"
    assert found.leave[0].evidence == "no close date confirmed by the buyer yet · no paper stage yet"


def test_two_slip_moves_do_not_use_the_third_up_but_count_in_its_base():
    ledger = a_ledger(*(bare(f"d{n}") for n in range(4)))
    found = demotions(ledger, lock_facts(), slipping={"d0"})
    assert ids(found.leave) == ["d1", "d2"]
    assert ids(found.next_week) == ["d3"]


@pytest.mark.parametrize(
    ("facts", "changes", "why"),
    [
        ({"number": 1}, {}, "the rules act from next week"),
        ({"learning": frozenset({Rule.EVIDENCE})}, {}, "its threshold was changed; the rule acts from next week"),
        ({"present": ("wei",)}, {}, "its rep was away"),
        ({}, {"evidence_told": None}, "its rep is told today"),
        ({}, {"lock": None}, "seen for the first time"),
    ],
)
def test_what_may_not_act_is_listed_for_next_week_with_its_reason(facts, changes, why):
    found = demotions(a_ledger(replace(bare("d1"), **changes)), lock_facts(**facts))
    assert found.leave == ()
    assert [one.why for one in found.next_week] == [why]


def test_an_absent_rep_who_answered_in_writing_is_treated_as_present():
    assert ids(demotions(a_ledger(bare("d1")), lock_facts(present=(), written=frozenset({"tom"}))).leave) == ["d1"]


def test_a_card_opened_today_tells_and_the_recap_tells_the_rest():
    ledger = a_ledger(bare("d1", told=None), bare("d2", told=None))
    found = demotions(ledger, lock_facts(told=frozenset({"d1"})))
    assert ids(found.leave) == ["d1"]
    assert found.told == ("d2",)


def test_what_was_told_once_and_lacks_nothing_now_is_told_anew_the_next_time():
    left = replace(bare("d2"), crm=a_record("d2", category=Category.BEST_CASE).crm)
    ledger = a_ledger(replace(proven("d1"), evidence_told=TOLD), left, bare("d3"), proven("d4"))
    assert demotions(ledger, lock_facts()).settled == ("d1", "d2")


def test_deals_outside_commit_closed_gone_or_nobodys_are_left_alone():
    ledger = a_ledger(
        a_record("d1", category=Category.BEST_CASE),
        a_record("d2", category=Category.COMMIT, status=Status.WON),
        bare("d3", missing_since=date(2026, 11, 20)),
        bare("d4", rep="stranger"),
    )
    found = demotions(ledger, lock_facts())
    assert found.commit_deals == 0
    assert found.leave == ()


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30), st.integers(0, 9)), max_size=12))
@hypothesis_settings(max_examples=60, deadline=None)
def test_never_more_than_a_third_leaves_and_nobody_is_lost(deals):
    records = [
        proven(f"d{n}") if fine else bare(f"d{n}", told=TOLD - timedelta(days=ago), amount=Decimal(worth))
        for n, (fine, ago, worth) in enumerate(deals)
    ]
    found = demotions(a_ledger(*records), lock_facts())
    without = {f"d{n}" for n, (fine, _, _) in enumerate(deals) if not fine}
    assert len(found.leave) == min(len(without), -(-len(deals) // 3))
    assert set(ids(found.leave)) | set(ids(found.next_week)) == without
    told = [one.told or MONDAY for one in (*found.leave, *found.next_week)]
    assert told == sorted(told)
