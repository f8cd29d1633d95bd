"""Twelve weeks through imports, plan, start, intents and locks, against a second count in plain Python (recount.py)."""

from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from review.bridge import LineKind, build_bridge
from review.calls import standing_calls
from review.commitments import Judged, Origin
from review.creation import creation, replacement
from review.events import DealChanged, Locked
from review.focus import is_new
from review.fold import fold
from review.forecast import implied
from review.kept import kept_over
from review.pipeline import pipeline_of
from review.standing import active_deals, parts
from review.truth import effective, is_duplicate
from tests.review.weeks import AWAY, FIRST, SETTINGS, Weeks, ident_of

SEEDS = (7, 23, 31)


@cache
def lived(seed):
    return Weeks(seed)


@pytest.fixture(params=SEEDS)
def weeks(request):
    return lived(request.param)


def values(record):
    deal = effective(record)
    return {
        "category": deal.category.value,
        "close_date": deal.close_date,
        "amount": deal.amount,
        "stage": deal.stage,
        "status": "duplicate" if is_duplicate(record) else deal.status.value,
        "rep": record.rep,
        "gone": record.missing_since is not None,
    }


def both(weeks):
    """Every moment at which the product is compared with the recount: what it shows, and what it should."""
    return [(seen.meeting, seen.counted, f"{seen.day} {seen.moment}") for seen in weeks.seen]


def lock_events(review):
    return review.minutes.batches[-1].events


def test_the_weeks_hold_everything_that_they_are_to_show():
    every = [lived(seed) for seed in SEEDS]
    reviews = [review for weeks in every for review in weeks.reviews]
    assert {(len(weeks.reviews), weeks.reviews[0].day, weeks.reviews[-1].week) for weeks in every} == {(11, FIRST, 11)}
    shown = {kind.value for kind in LineKind}
    assert {kind for weeks in every for seen in weeks.seen for kind, _ in seen.counted.bridge[2]} == shown
    assert sum(len(review.counted.slipping) for review in reviews) > 4
    assert sum(len(review.counted.leaving) for review in reviews) > 20
    assert any(len(review.counted.leaving) == review.counted.most for review in reviews)
    ways = {"step", "keep", "redate", "end", "offline", "park", "drop"}
    assert set.union(*(weeks.happened for weeks in every)) == ways
    assert sum(weeks.again.third for weeks in every) > 6


def test_every_effective_value_is_the_same_at_every_moment(weeks):
    for meeting, counted, moment in both(weeks):
        found = {ident: values(record) for ident, record in meeting.ledger.deals.items()}
        assert found == counted.values, moment
    for review in weeks.reviews:
        found = {ident: values(record) for ident, record in review.meeting.ledger.deals.items()}
        assert found == review.after.values, review.day


def test_the_same_promises_fall_due(weeks):
    for review in weeks.reviews:
        meeting = review.opening.meeting
        assert {c.id for c in meeting.due} == review.opening.counted.due, review.day


def test_every_promise_is_judged_and_counted_once_at_the_same_lock(weeks):
    for review in weeks.reviews:
        row = review.meeting.ledger.locks[-1]
        assert row.kept_by == review.counted.kept, review.day
        counted = list(review.counted.kept.values())
        assert row.kept == sum(kept for kept, _ in counted), review.day
        assert row.judged == sum(judged for _, judged in counted), review.day
    rows = weeks.ledger.locks
    kept = sum(good for review in weeks.reviews for good, _ in review.counted.kept.values())
    every = sum(count for review in weeks.reviews for _, count in review.counted.kept.values())
    assert every > 60
    over = kept_over(rows, 90)
    assert (over.kept, over.judged) == (kept, every)
    words = {Judged.NOT_YET: "", Judged.KEPT: "kept", Judged.NOT_KEPT: "not kept", Judged.APART: "apart"}
    for label, promise in weeks.ledger.commitments.items():
        if promise.origin not in (Origin.CRM, Origin.WITHOUT):
            assert (label, words[promise.judged]) == (label, weeks.again.promises[label].judged)


def test_what_was_created_won_and_lost_is_the_same(weeks):
    for meeting, counted, moment in both(weeks):
        found = creation(meeting.ledger)
        lines = ("created", "appeared", "transferred", "won", "lost")
        assert {line: set(getattr(found, line).deals) for line in lines} == counted.creation, moment
    for review in weeks.reviews:
        row = review.meeting.ledger.locks[-1]
        born = review.counted.born
        assert (row.won, row.lost) == (len(born["won"]), len(born["lost"])), review.day
        sums = (review.counted.created, review.counted.won, review.counted.lost)
        assert (row.created, row.won_amount, row.lost_amount) == sums, review.day


def test_replacement_is_what_four_intervals_created_over_what_left_them(weeks):
    counted = [review.counted for review in weeks.reviews]
    for place, review in enumerate(weeks.reviews[1:], start=1):
        span = counted[max(1, place - 3) : place]
        running, deals = review.before.counted.creation, review.before.counted.values

        def worth(line, running=running, deals=deals):
            return sum(deals[ident]["amount"] or Decimal(0) for ident in running[line])

        created = sum((row.created for row in span), worth("created"))
        gone = sum((row.won + row.lost for row in span), worth("won") + worth("lost"))
        found = replacement(review.before.meeting.ledger)
        assert (found.created, found.gone) == (created, gone), review.day
        assert found.recent.value == created / gone


def test_the_bridge_has_the_same_lines_and_nothing_is_left_over(weeks):
    for meeting, counted, moment in both(weeks):
        bridge = build_bridge(meeting.ledger, SETTINGS, meeting.day)
        start, end, lines = counted.bridge
        found = {(step.kind.value, step.deal): step.amount for line in bridge.lines for step in line.steps}
        assert (bridge.start, bridge.end, found) == (start, end, lines), moment
        assert bridge.unexplained == 0, moment
        if start is not None:
            assert start + sum(lines.values()) == end, moment


def test_two_slips_count_and_move_the_same_deals(weeks):
    for review in weeks.reviews:
        by_rule = [e for e in lock_events(review) if isinstance(e, DealChanged)]
        moved = [e.deal for e in by_rule if e.rule.startswith("two slips")]
        assert sorted(moved) == sorted(review.counted.slipping), review.day
        final = next(e for e in lock_events(review) if isinstance(e, Locked))
        slipped = {judged.deal: len(judged.stay.slips) for judged in final.stays if judged.slip and judged.stay}
        assert slipped == review.counted.counted, review.day
        stays = {ident: r.stay for ident, r in review.meeting.ledger.deals.items() if r.stay}
        assert stays.keys() == review.counted.stays.keys(), review.day
        for ident, stay in stays.items():
            again = review.counted.stays[ident]
            assert (stay.anchor, stay.last_close, len(stay.slips), stay.waiting is not None) == (
                again.anchor,
                again.last,
                again.count,
                bool(again.waiting),
            ), (review.day, ident)


def test_at_most_a_third_leaves_commit_without_evidence_and_it_is_the_same_third(weeks):
    for review in weeks.reviews:
        by_rule = [e for e in lock_events(review) if isinstance(e, DealChanged)]
        left = [e.deal for e in by_rule if e.rule.startswith("commit evidence")]
        assert left == review.counted.leaving, review.day
        assert len(left) <= review.counted.most
        final = next(e for e in lock_events(review) if isinstance(e, Locked))
        titles = sorted(said.split(":")[0] for said in final.due_to_leave)
        assert titles == review.counted.staying, review.day


def test_an_absent_rep_loses_no_deal_to_a_rule_but_by_own_writing(weeks):
    for review in weeks.reviews:
        for event in lock_events(review):
            if isinstance(event, DealChanged) and event.rule.startswith("two slips"):
                assert review.meeting.ledger.deals[event.deal].rep in review.meeting.present


def test_close_dates_that_moved_later_between_locks_are_counted(weeks):
    found = {ident: record.pushes for ident, record in weeks.ledger.deals.items()}
    assert found == {ident: deal.pushes for ident, deal in weeks.again.deals.items()}
    assert max(found.values()) >= 3


def test_the_four_parts_of_the_lock_are_the_same_and_add_up(weeks):
    for meeting, counted, moment in both(weeks):
        found = {part.value: set(deals) for part, deals in parts(meeting).items()}
        assert found == counted.parts, moment
        assert set(active_deals(meeting.ledger, SETTINGS, meeting.day)) == counted.active
        assert sum(len(deals) for deals in found.values()) == len(counted.active)
    for review in weeks.reviews:
        row = review.meeting.ledger.locks[-1]
        assert row.without == review.counted.without, review.day
        assert row.active == sum(len(deals) for deals in review.counted.parts.values())
        assert [one.deal for one in row.opened] == [
            ident for ident in review.meeting.left if ident in review.counted.opened
        ], review.day
        assert {one.deal for one in row.opened} == set(review.counted.opened), review.day


def test_collecting_commitments_name_what_is_still_to_do(weeks):
    for review in weeks.reviews:
        for origin, counted in zip((Origin.WITHOUT, Origin.CRM), review.counted.collected, strict=True):
            named = {
                c.owner: set(c.deals)
                for c in review.meeting.ledger.commitments.values()
                if c.origin is origin and c.is_open
            }
            wanted = {"ada-hall" if owner == "manager" else owner: deals for owner, deals in counted.items()}
            assert named == wanted, (review.day, origin)


def test_an_import_keeps_up_to_date_what_is_to_be_set_in_the_crm(weeks):
    for review in weeks.reviews:
        kept = review.opening.meeting.ledger.commitments.values()
        named = {ident for c in kept if c.origin is Origin.CRM and c.is_open for ident in c.deals}
        wanted = {ident for deals in review.opening.counted.in_crm.values() for ident in deals}
        # What was missing or closed and is back is named again by the next lock.
        back = {ident for ident, deal in review.opening.counted.deals.items() if deal.returned}
        assert named <= wanted, review.day
        assert wanted - named <= back, review.day


def test_implied_commit_and_best_case_are_the_same_for_everybody(weeks):
    for meeting, counted, moment in both(weeks):
        for rep, wanted in counted.implied.items():
            found = implied(pipeline_of(meeting.ledger, SETTINGS, meeting.day, rep=rep))
            assert (found.commit, found.best_case) == wanted, (moment, rep)


def test_calls_after_the_room_and_those_carried_for_the_absent(weeks):
    carried = 0
    for review in weeks.reviews:
        row, calls = review.meeting.ledger.locks[-1], standing_calls(review.before.meeting)
        assert {rep: call.commit for rep, call in calls.items() if rep in review.meeting.calls} == {
            rep: stated for rep, (stated, _) in review.counted.calls.items() if rep in review.meeting.calls
        }
        assert calls.keys() == review.counted.calls.keys(), review.day
        carried += len(calls.keys() - review.meeting.calls.keys())
        stated = sum(stated for stated, _ in review.counted.calls.values())
        after = sum(after for _, after in review.counted.calls.values())
        assert (row.commit_stated, row.commit_after) == (stated, after), review.day
    assert carried >= 2
    new_year = weeks.reviews[8]
    assert new_year.day == date(2027, 1, 4)
    assert "tom-reed" not in new_year.counted.calls


# The queue


def test_only_who_is_there_has_slots_and_each_deal_has_one(weeks):
    for review in weeks.reviews:
        slots, there = review.plan.slots, set(review.opening.meeting.present)
        assert {slot.rep for slot in (*slots, *review.plan.beyond)} <= there
        assert {slot.rep for slot in review.plan.away}.isdisjoint(there)
        every = [slot.deal for slot in (*slots, *review.plan.beyond, *review.plan.away)]
        assert len(every) == len(set(every))
        assert set(every) <= review.opening.counted.active
        for rep in there:
            mine = Counter(slot.number for slot in (*slots, *review.plan.beyond) if slot.rep == rep)
            back = review.week > 0 and _was_away(rep, weeks, review)
            assert mine[1] <= 1
            assert mine[2] <= 1 + back
            assert mine[3] <= 1


def _before(weeks, review):
    place = weeks.reviews.index(review)
    return weeks.reviews[place - 1] if place else None


def _was_away(rep, weeks, review):
    before = _before(weeks, review)
    return before is not None and rep not in before.counted.present


def test_the_reps_take_turns_and_the_order_moves_on_by_one(weeks):
    team = [person.id for person in SETTINGS.reps]
    for held, review in enumerate(weeks.reviews):
        order = team[held % len(team) :] + team[: held % len(team)]
        every = sorted((*review.plan.slots, *review.plan.beyond), key=lambda slot: slot.number == 3)
        for third in (False, True):
            reps = [slot.rep for slot in every if (slot.number == 3) is third and slot in review.plan.slots]
            assert reps == sorted(reps, key=order.index), review.day


def test_what_is_planned_fits_the_section_by_the_paces(weeks):
    for review in weeks.reviews:
        assert sum(slot.seconds for slot in review.plan.slots) <= 28 * 60
        if review.plan.beyond:
            last = min(review.plan.beyond, key=lambda slot: slot.number)
            assert sum(slot.seconds for slot in (*review.plan.slots, last)) > 28 * 60
            assert last.number >= max(slot.number for slot in review.plan.slots)


def _turn(deal):
    first = deal.left in ("dropped", "parked")
    return (0 if first else 1 if deal.skipped else 2, deal.opened_on.toordinal() if deal.opened_on else 0)


def _is_new(deal, held):
    return (
        held > 0
        and not deal.settled
        and deal.opened_on is None
        and not deal.handed
        and deal.locks_seen <= 1
        and (deal.lock is None or held > deal.locks_seen)
    )


def test_new_deals_are_those_of_the_last_two_weeks_that_nobody_opened(weeks):
    for held, review in enumerate(weeks.reviews):
        ledger, counted = review.opening.meeting.ledger, review.opening.counted
        found = {ident for ident, record in ledger.deals.items() if is_new(record, ledger)}
        assert found == {ident for ident, deal in counted.deals.items() if _is_new(deal, held)}, review.day


def test_nothing_but_turn_takes_a_slot_by_turn(weeks):
    checked = 0
    for held, review in enumerate(weeks.reviews):
        counted, plan = review.opening.counted, (*review.plan.slots, *review.plan.beyond)
        skipped = _skipped(weeks, review)
        for deal in counted.deals.values():
            deal.skipped = False
        for ident in skipped:
            counted.deals[ident].skipped = True
        for rep in {slot.rep for slot in plan}:
            left = {i: d for i, d in counted.deals.items() if i in counted.active and counted.values[i]["rep"] == rep}
            mine = [slot for slot in plan if slot.rep == rep]
            new = {ident for ident, deal in left.items() if _is_new(deal, held)}
            for slot in mine:
                deal = left.pop(slot.deal)
                if slot.number == 2 and not (slot.deal in new and ((held + 1) % 2 == 0 or not left.keys() - new)):
                    others = [_turn(other) for ident, other in left.items() if ident not in new]
                    assert slot.by_turn, (review.day, slot)
                    assert all(_turn(deal) <= other for other in others), (review.day, slot)
                    checked += 1
                new.discard(slot.deal)
    assert checked > 60


def _skipped(weeks, review):
    """Deals that stood in the plan of the review before while their rep was away at its lock."""
    before = _before(weeks, review)
    if before is None:
        return set()
    planned = {slot.deal for slot in before.plan.away}
    there = before.counted.present
    values = before.after.values
    return {i for i in planned if values[i]["rep"] not in there and values[i]["rep"]}


def test_the_first_slot_is_for_what_was_parked_and_then_for_commit_without_evidence(weeks):
    seen: Counter[str] = Counter()
    for review in weeks.reviews:
        counted = review.opening.counted
        for slot in (*review.plan.slots, *review.plan.beyond):
            if slot.number != 1:
                continue
            mine = {i for i in counted.active if counted.values[i]["rep"] == slot.rep}
            parked = {i for i in mine if counted.deals[i].left == "parked"}
            if parked:
                largest = max(counted.values[i]["amount"] or 0 for i in parked)
                assert slot.deal in parked
                assert (counted.values[slot.deal]["amount"] or 0) == largest
                seen["parked"] += 1
            elif mine & counted.lacking:
                assert slot.deal in counted.lacking, (review.day, slot)
                seen["commit"] += 1
    assert seen["parked"] > 3
    assert seen["commit"] > 10


# The log


def test_the_minutes_folded_again_give_the_same_review(weeks):
    for review in weeks.reviews:
        again = fold(review.minutes.opening, review.minutes.batches, review.minutes.exports)
        assert again.meeting == review.meeting


def test_absences_are_those_of_the_settings(weeks):
    for name, (first, last) in AWAY.items():
        for review in weeks.reviews:
            if first <= review.week <= last:
                assert ident_of(name) not in review.opening.meeting.present
