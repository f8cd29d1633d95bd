"""Two slips, sentence by sentence, over made-up rows of Monday locks from 23 Nov 2026."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from review.deals import Category, Ending, EndReason
from review.learning import Rule
from review.records import Ended
from review.slips import CALLED_EARLY, called_early, has_slipped, judge_all, judge_record, pending
from tests.review.pieces import MONDAY, a_ledger, a_record, at_lock, lock_facts, monday, the_settings


def dec(day):
    return date(2026, 12, day)


def jan(day):
    return date(2027, 1, day)


@dataclass
class Lock:
    """One lock of a row: the close date there, or how the deal was not in commit."""

    close: date | None = None
    out: bool = False
    gone: bool = False
    facts: dict[str, object] = field(default_factory=dict)
    exception: str = ""


def out():
    return Lock(out=True)


def gone():
    return Lock(gone=True)


def at(close, exception="", **facts):
    return Lock(close=close, exception=exception, facts=facts)


def run(*locks, **thresholds):
    """Judge a row of locks, one Monday each, and give the judgements."""
    found, stay = [], None
    for number, lock in enumerate(locks):
        category = Category.BEST_CASE if lock.out else Category.COMMIT
        record = a_record(close=lock.close or (None if not lock.out else dec(18)), category=category)
        record = replace(
            record, stay=stay, exception=lock.exception, missing_since=monday(number) if lock.gone else None
        )
        facts = lock_facts(monday(number), settings=the_settings(**thresholds), **({"number": number + 2} | lock.facts))
        found.append(judge_record(record, facts))
        stay = found[-1].stay
    return found


def demotes(*locks, **thresholds):
    return [judged.demotes for judged in run(*locks, **thresholds)]


def slips(*locks, **thresholds):
    return [judged.slip is not None for judged in run(*locks, **thresholds)]


# 23 Nov, 30 Nov, 7 Dec, 14 Dec, 21 Dec, 28 Dec are the locks.


@pytest.mark.parametrize(
    ("locks", "expected"),
    [
        ([at(dec(4)), at(dec(11)), at(dec(18))], [False, True, True]),
        # three working days are tolerated: Fri 4 Dec → Wed 9 Dec; four are not: Thu 10 Dec
        ([at(dec(4)), at(dec(9))], [False, False]),
        ([at(dec(4)), at(dec(10))], [False, True]),
        # creeping inside the tolerance is measured against the anchor, not the last date
        ([at(dec(4)), at(dec(8)), at(dec(10))], [False, False, True]),
        # a later period is a slip within the tolerance too: Thu 31 Dec → Fri 1 Jan
        ([at(dec(31)), at(jan(1))], [False, True]),
        # a pull-in does not move the anchor
        ([at(dec(18)), at(dec(4)), at(dec(18))], [False, False, False]),
        # no close date, and a date that is past on the review's day
        ([at(None)], [True]),
        ([at(date(2026, 11, 22))], [True]),
        ([at(date(2026, 11, 23))], [False]),
    ],
)
def test_a_slip_is_judged_against_the_anchor(locks, expected):
    assert slips(*locks) == expected


def test_the_second_slip_running_moves_the_deal():
    assert demotes(at(dec(4)), at(dec(11)), at(dec(18))) == [False, False, True]


def test_one_quiet_review_between_two_slips_resets_the_count_and_what_was_told():
    found = run(at(dec(4)), at(dec(11)), at(dec(11)), at(dec(18)))
    assert [judged.demotes for judged in found] == [False] * 4
    assert [judged.stay.told for judged in found] == [None, monday(1), None, monday(3)]


def test_a_stricter_team_needs_four_quiet_reviews_to_reset():
    row = [at(dec(18)), at(dec(24)), at(dec(24)), at(dec(31))]
    assert demotes(*row, slip_reset=4) == [False, False, False, True]
    long = [at(dec(30)), at(jan(8)), *[at(jan(8))] * 4, at(jan(15))]
    assert not any(demotes(*long, slip_reset=4))


def test_a_move_within_the_tolerance_neither_counts_nor_is_quiet():
    assert demotes(at(dec(4)), at(dec(11)), at(dec(14)), at(dec(18))) == [False, False, False, True]


def test_a_move_within_the_tolerance_starts_the_quiet_row_again():
    row = [at(dec(30)), at(jan(8)), at(jan(8)), at(jan(11)), at(jan(11)), at(jan(18))]
    assert demotes(*row, slip_reset=2) == [False] * 5 + [True]


def test_a_missing_date_counts_once_and_its_first_new_date_adds_nothing():
    found = run(at(dec(18)), at(None), at(jan(15)), at(jan(15)))
    assert [judged.slip is not None for judged in found] == [False, True, False, False]
    assert found[2].stay.anchor == jan(15)
    assert not any(judged.demotes for judged in found)


def test_the_new_date_of_a_deal_that_ran_out_is_no_quiet_review():
    assert demotes(at(dec(18)), at(None), at(jan(15)), at(jan(29))) == [False, False, False, True]


def test_the_new_date_of_a_deal_that_ran_out_is_what_it_is_measured_against_from_then_on():
    found = run(at(date(2026, 11, 22)), at(dec(30)), at(dec(30)))
    assert [judged.slip is not None for judged in found] == [True, False, False]
    assert found[1].stay.anchor == dec(30)


def test_a_first_date_is_measured_against_nothing():
    assert not has_slipped(jan(8), None, lock_facts(monday(0)))


def test_a_date_that_stays_past_at_the_next_lock_is_a_second_slip():
    assert demotes(at(dec(4)), at(dec(4)), at(dec(4)), at(dec(4))) == [False, False, False, True]


def test_the_first_lock_of_a_stay_is_judged_like_any_other():
    assert demotes(at(None), at(None)) == [False, True]


def test_exports_without_the_deal_and_one_lock_outside_are_as_if_they_had_not_been():
    assert demotes(at(dec(18)), at(dec(30)), gone(), gone(), at(jan(8)))[-1]
    assert demotes(at(dec(18)), at(dec(30)), out(), at(jan(8)))[-1]


def test_the_second_lock_outside_in_a_row_ends_the_stay():
    found = run(at(dec(18)), at(dec(30)), out(), out(), at(jan(8)), at(jan(15)))
    assert found[3].stay is None
    assert found[4].stay.since == monday(4)
    assert [judged.demotes for judged in found] == [False] * 6


def test_a_lock_outside_that_is_not_in_a_row_ends_no_stay_and_says_early_only_where_it_was():
    record = replace(a_record(close=dec(30), category=Category.BEST_CASE), stay=run(at(dec(18)), at(dec(30)))[1].stay)
    judged = judge_record(record, lock_facts(monday(2)))
    assert judged.stay
    assert (judged.stay.outside, judged.early, judged.sentence) == (1, False, "")
    was = replace(record, lock=at_lock(replace(record, crm=replace(record.crm, category=Category.COMMIT)), MONDAY))
    assert judge_record(was, lock_facts(monday(2))).sentence == CALLED_EARLY


def test_moved_later_compares_with_the_last_lock_in_commit():
    found = run(at(dec(18)), at(dec(30)), out(), at(dec(30)))
    assert found[-1].stay.slips == ()


def test_a_demotion_does_not_clear_the_count_so_the_next_slip_demotes():
    row = [at(dec(18)), at(dec(30)), at(jan(8)), out(), at(jan(15))]
    assert demotes(*row) == [False, False, True, False, True]


def test_an_exception_holds_one_lock_and_the_next_slip_demotes():
    found = run(at(dec(18)), at(dec(30)), at(jan(8), exception="PO signed, goods late"), at(jan(15)))
    assert [judged.demotes for judged in found] == [False, False, False, True]
    assert "stays in commit – PO signed, goods late" in found[2].sentence
    assert found[2].stay.anchor == jan(8)


@pytest.mark.parametrize(
    "cannot",
    [{"present": ()}, {"number": 1}, {"learning": frozenset({Rule.SLIPS})}],
    ids=["the rep is away", "rules are not in force yet", "a threshold was changed"],
)
def test_a_demotion_that_cannot_act_waits_for_the_first_lock_at_which_it_can(cannot):
    found = run(at(dec(18)), at(dec(30)), at(jan(8), **cannot), at(jan(8)))
    assert [judged.demotes for judged in found] == [False, False, False, True]
    assert found[2].waits
    assert not found[3].waits


def test_a_waiting_demotion_is_given_up_when_the_date_is_back_at_its_anchor():
    found = run(at(dec(18)), at(dec(30)), at(jan(8), present=()), at(dec(30)))
    assert [judged.demotes for judged in found] == [False] * 4
    assert not found[3].waits


def test_a_waiting_demotion_outlives_a_quiet_review_and_one_lock_outside():
    found = run(at(dec(18)), at(dec(30)), at(jan(8), present=()), at(jan(8), present=()), out(), at(jan(8)))
    assert [judged.demotes for judged in found] == [False] * 5 + [True]
    assert found[3].sentence.startswith("30 Dec → 8 Jan")


def test_the_end_of_the_stay_cancels_a_waiting_demotion():
    found = run(at(dec(18)), at(dec(30)), at(jan(8), present=()), out(), out(), at(jan(8)))
    assert not any(judged.demotes or judged.waits for judged in found[3:] if judged.stay is None)
    assert not found[-1].demotes


def test_an_exception_ends_a_demotion_that_waits():
    found = run(at(dec(18)), at(dec(30)), at(jan(8), present=()), at(jan(8), exception="x"), at(jan(8)))
    assert [judged.demotes for judged in found] == [False] * 5


def test_who_takes_a_deal_over_is_told_of_its_slips_by_the_recap_though_nothing_slipped_today():
    slipped = run(at(dec(18)), at(dec(30)))[1]
    untold = replace(slipped.stay, told=None)
    record = a_record(close=dec(30), category=Category.COMMIT, stay=untold)
    found = judge_record(record, lock_facts(monday(2), settings=the_settings(slip_reset=4), number=4))
    assert found.stay is not None
    assert found.stay.told == monday(2)
    assert found.sentence == "18 Dec → 30 Dec on 30 Nov: one more in a row moves it to best case"
    assert not judge_record(replace(record, stay=found.stay), lock_facts(monday(3), number=5)).sentence


def test_a_deal_whose_new_rep_was_never_told_waits_one_lock():
    found = run(at(dec(18)), at(dec(30)))
    untold = replace(found[1].stay, told=None)
    record = a_record(close=jan(8), category=Category.COMMIT, stay=untold)
    first = judge_record(record, lock_facts(monday(2)))
    assert (first.demotes, first.waits) == (False, True)
    assert judge_record(replace(record, stay=first.stay), lock_facts(monday(3))).demotes
    assert judge_record(record, lock_facts(monday(2), told=frozenset({"d1"}))).demotes


def test_leaving_commit_before_the_lock_is_called_early_and_no_slip():
    record = a_record(close=dec(30), category=Category.COMMIT)
    record = replace(record, lock=at_lock(record, MONDAY), stay=run(at(dec(18)), at(dec(30)))[1].stay)
    left = replace(record, crm=replace(record.crm, category=Category.BEST_CASE, close_date=jan(15)))
    judged = judge_record(left, lock_facts(monday(2)))
    assert judged.early
    assert judged.slip is None
    assert not called_early(record)
    lost = Ended(kind=Ending.LOST, reason=EndReason.PRICE, review="r", day=monday(2))
    assert called_early(replace(record, ended=lost))
    assert not called_early(replace(record, ended=replace(lost, kind=Ending.WON)))


def pend(record, facts):
    """What is pending, where something is."""
    found = pending(record, facts)
    assert found is not None
    return found


def test_what_is_pending_is_said_with_its_dates():
    stay = run(at(dec(4)), at(dec(11)))[1].stay
    record = a_record(close=dec(18), category=Category.COMMIT, stay=stay)
    said = pend(record, lock_facts(monday(2)))
    assert said.sentence == "4 Dec → 11 Dec on 30 Nov, 11 Dec → 18 Dec today: best case at lock. Exception?"
    assert said.demotes
    back = pending(replace(record, crm=replace(record.crm, close_date=dec(11))), lock_facts(monday(2)))
    assert back is None
    held = pend(replace(record, exception="PO is signed"), lock_facts(monday(2)))
    assert not held.demotes
    assert "PO is signed" in held.sentence
    away = pend(record, lock_facts(monday(2), present=()))
    assert away.sentence.endswith("to best case when its rep is here")
    early = pend(record, lock_facts(monday(2), number=1))
    assert early.sentence.endswith("from next week this moves it to best case")


def test_a_first_slip_says_what_a_second_would_do():
    stay = run(at(dec(4)))[0].stay
    said = pend(a_record(close=dec(18), category=Category.COMMIT, stay=stay), lock_facts(monday(1)))
    assert said.word == "slip pending"
    assert said.sentence == "4 Dec → 18 Dec today; a second in a row moves it to best case"


def test_every_deal_in_commit_or_in_a_stay_is_judged():
    stay = run(at(dec(18)))[0].stay
    ledger = a_ledger(
        a_record("d1", category=Category.COMMIT),
        a_record("d2"),
        a_record("d3", stay=stay),
        a_record("d4", category=Category.COMMIT, stay=stay, missing_since=MONDAY),
    )
    found = judge_all(ledger, lock_facts())
    assert set(found) == {"d1", "d3", "d4"}
    assert found["d4"].stay == stay


LOCKS = st.lists(
    st.one_of(
        st.builds(
            at,
            st.one_of(st.none(), st.integers(-10, 90).map(lambda days: MONDAY + timedelta(days=days))),
            exception=st.sampled_from(["", "", "", "a fact"]),
            present=st.sampled_from([("tom",), ("tom",), ()]),
        ),
        st.just(out()),
        st.just(gone()),
    ),
    max_size=12,
)


@given(LOCKS, st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_a_demotion_always_has_two_counted_slips_in_one_stay_and_no_exception(locks, reset):
    found = run(*locks, slip_reset=reset)
    counted: list[int] = []
    quiet, since, last = 0, None, None
    for place, (lock, judged) in enumerate(zip(locks, found, strict=True)):
        if judged.stay is None:
            counted, quiet, since, last = [], 0, None, None
            continue
        if lock.out or lock.gone:
            assert judged.slip is None
            assert not judged.demotes
            continue
        if since is None:
            since = judged.stay.since
        assert judged.stay.since == since
        if judged.slip is not None:
            counted.append(place)
            quiet = 0
        elif last is not None and lock.close is not None and last[0] is not None and lock.close <= last[0]:
            quiet += 1
            if quiet >= reset and judged.stay.waiting is None and not judged.demotes:
                counted = []
        else:
            quiet = 0
        last = (lock.close,)
        if judged.demotes:
            assert len(counted) >= 2
            assert not lock.exception
            assert lock.facts["present"]


@given(LOCKS)
@settings(max_examples=100, deadline=None)
def test_an_exception_never_lets_anything_wait(locks):
    for lock, judged in zip(locks, run(*locks), strict=True):
        if lock.exception and not (lock.out or lock.gone):
            assert not judged.waits
            assert not judged.demotes


def test_a_first_date_after_none_is_no_slip():
    assert slips(at(None), at(dec(18))) == [True, False]


@pytest.mark.parametrize(("close", "past"), [(date(2026, 11, 29), True), (date(2026, 11, 30), False)])
def test_a_date_on_the_reviews_own_day_has_not_run_out(close, past):
    found = run(at(date(2026, 11, 24)), at(close))[-1]
    assert found.slip is not None
    assert found.stay.running_out is past


def test_each_outcome_is_said_with_its_dates():
    row = [at(dec(4)), at(dec(11)), at(dec(18))]
    said = [judged.sentence for judged in run(*row)]
    assert said == [
        "",
        "4 Dec → 11 Dec today: one more in a row moves it to best case",
        "4 Dec → 11 Dec on 30 Nov, 11 Dec → 18 Dec today: best case",
    ]
    learning = run(*row[:2], at(dec(18), learning=frozenset({Rule.SLIPS})))[-1]
    assert not learning.demotes
    assert learning.sentence.endswith("its threshold was changed; from next week this moves it to best case")


def test_a_slip_that_still_counts_is_said_before_the_lock():
    stay = run(at(dec(4)), at(dec(11)), slip_reset=4)[-1].stay
    record = replace(a_record(close=dec(11), category=Category.COMMIT), stay=stay)
    found = pending(record, lock_facts(monday(2), settings=the_settings(slip_reset=4), number=4))
    assert found is not None
    assert found.word == "one slip"
    assert found.sentence == "4 Dec → 11 Dec on 30 Nov; one more in a row moves it to best case"
    assert not found.demotes
