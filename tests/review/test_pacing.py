"""Catch-up, minutes, the call to actions: what is proposed, and from where it takes its time."""

from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.clock import Gap, adjusted, ended, entered, gap_answered, gap_found, paused, read_clock, started
from review.clock_words import (
    say_call,
    say_gap,
    say_late,
    say_left,
    say_pace,
    say_pause,
    say_phase,
    say_plan,
    say_seconds,
    say_time,
)
from review.pacing import (
    add_minutes,
    beyond_share,
    call_to_actions,
    catch_up,
    end_later,
    offers_offline,
    plans,
    prompt_at,
    seconds_each,
    share_out,
    shrink_the_rest,
)
from review.settings import SECTIONS, Prompt, Section, standard_agenda

TEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TITLES: dict[str, str] = {each.id: each.title for each in standard_agenda()}

Found = TypeVar("Found")


def there(found: Found | None) -> Found:
    assert found is not None
    return found


def at(minutes, seconds=0):
    return TEN + timedelta(minutes=minutes, seconds=seconds)


def in_forecast():
    return started(TEN, standard_agenda())


def in_inspection(since=10):
    return entered(in_forecast(), "inspection", at(since))


def applied(facts, now, plan):
    return adjusted(facts, now, plan.lengths, plan.end_moves)


def lengths(facts, now):
    return [each.adapted for each in read_clock(facts, now).sections]


def clock(text):
    minutes, seconds = text.split(":")
    return int(minutes) * 60 + int(seconds)


TABLE = [
    ("forecast", 4, "27:00", "9:00", "10:00", 0),
    ("forecast", 10, "22:30", "7:30", "10:00", 0),
    ("forecast", 20, "15:00", "5:00", "10:00", 0),
    ("forecast", 25, "15:00", "5:00", "5:00", 0),
    ("forecast", 30, "15:00", "5:00", "5:00", 5),
    ("inspection", 3, None, "7:00", "10:00", 0),
    ("inspection", 9, None, "5:00", "6:00", 0),
    ("inspection", 15, None, "5:00", "5:00", 5),
]


@pytest.mark.parametrize("entered_first", [False, True])
@pytest.mark.parametrize(("section", "late", "inspection", "creation", "actions", "end"), TABLE)
def test_catch_up_follows_the_table_on_either_side_of_the_boundary(
    section, late, inspection, creation, actions, end, entered_first
):
    facts, now = (in_forecast(), at(10 + late)) if section == "forecast" else (in_inspection(), at(40 + late))
    if entered_first:
        facts = entered(facts, "inspection" if section == "forecast" else "creation", now)
    plan = there(catch_up(facts, now))
    after = applied(facts, now, plan)
    wanted = [600, 1800 if inspection is None else clock(inspection), clock(creation), clock(actions)]
    assert lengths(after, now) == wanted
    assert plan.end_moves == end * 60
    reading = read_clock(after, now)
    assert (reading.behind, reading.planned_end) == (0, at(60 + end))


def test_under_fifteen_seconds_nothing_is_proposed():
    assert catch_up(in_forecast(), at(10, 14)) is None
    assert plans(in_forecast(), at(10, 14)) == ()
    assert there(catch_up(in_forecast(), at(10, 15))).seconds == 15


def test_seconds_go_by_largest_remainder_and_equal_ones_to_the_earlier_section():
    # 15 s at 3 : 1 are 11.25 and 3.75; 18 s are 13.5 and 4.5
    assert lengths_after(15) == [600, 1789, 596, 600]
    assert lengths_after(18) == [600, 1786, 596, 600]


def lengths_after(seconds):
    now = at(10, seconds)
    return lengths(applied(in_forecast(), now, catch_up(in_forecast(), now)), now)


def test_a_second_use_starts_from_the_adapted_lengths_in_proportion_to_the_original_plan():
    facts = applied(in_forecast(), at(14), catch_up(in_forecast(), at(14)))
    facts = entered(facts, "inspection", at(18))
    # 4:00 more behind: again 3:00 from inspection and 1:00 from creation
    assert lengths(applied(facts, at(18), catch_up(facts, at(18))), at(18)) == [600, 1440, 480, 600]


def test_the_proportion_is_that_of_the_original_plan_even_where_the_lengths_have_another():
    facts = adjusted(in_forecast(), at(1), {"inspection": 1200}, end_moves=-600)
    assert there(catch_up(facts, at(14))).lengths == {"inspection": 1020, "creation": 540}


def test_a_second_use_stops_at_the_floors_that_the_first_one_left_room_to():
    facts = applied(in_forecast(), at(28), catch_up(in_forecast(), at(28)))
    assert lengths(facts, at(28)) == [600, 990, 330, 600]
    # 6:00 more: 1:30 from inspection and 0:30 from creation reach the floors, actions give the other 4:00
    assert there(catch_up(facts, at(34))).lengths == {"inspection": 900, "creation": 300, "actions": 360}


def test_the_running_section_is_never_cut_below_what_has_passed():
    facts = paused(in_inspection(), at(38))
    # 28:00 of inspection have passed; 8:00 paused leave 2:00 there, 5:00 in creation, then actions
    plan = there(catch_up(facts, at(46)))
    assert plan.lengths == {"inspection": 1680, "creation": 300, "actions": 540}
    assert plan.end_moves == 0


def test_time_away_that_does_not_count_is_caught_up_like_any_other_loss():
    facts = gap_answered(gap_found(in_inspection(), at(11), at(15)), at(11), counted=False)
    assert there(catch_up(facts, at(15))).lengths == {"inspection": 1620, "creation": 540}


def test_a_section_planned_below_its_floor_is_left_as_it_is():
    agenda = (
        Section(id="forecast", title="F", minutes=10, floor=5),
        Section(id="inspection", title="I", minutes=12, floor=15),
        Section(id="creation", title="C", minutes=10, floor=5),
    )
    plan = there(catch_up(started(TEN, agenda), at(14)))
    assert (plan.lengths, plan.end_moves) == ({"creation": 360}, 0)


def test_a_late_start_can_be_caught_up_at_once():
    facts = started(at(6), standard_agenda(), TEN)
    # 6:00 at 10 : 30 : 10
    assert there(catch_up(facts, at(6))).lengths == {"forecast": 528, "inspection": 1584, "creation": 528}


def test_the_other_plans_shrink_what_is_to_come_or_end_later():
    facts = paused(in_inspection(), at(20))
    now = at(24)
    first, rest, later = plans(facts, now)
    assert first.lengths == {"inspection": 1620, "creation": 540}
    assert rest == shrink_the_rest(facts, now)
    assert (rest.lengths, rest.end_moves) == ({"creation": 360}, 0)
    assert later == end_later(facts, now)
    assert (later.lengths, later.end_moves) == ({}, 240)


def test_plans_that_come_to_the_same_are_shown_once():
    assert [each.kind for each in plans(in_forecast(), at(14))] == ["catch up", "end later"]


def test_nothing_is_proposed_when_ahead_or_after_the_end():
    assert plans(entered(in_forecast(), "inspection", at(5)), at(6)) == ()
    assert plans(ended(in_inspection(), at(70)), at(71)) == ()


@pytest.mark.parametrize(
    ("section", "minutes", "wanted", "end"),
    [
        ("inspection", 1, [600, 1860, 540, 600], 0),
        ("inspection", 5, [600, 2100, 300, 600], 0),
        ("inspection", 8, [600, 2280, 300, 420], 0),
        ("inspection", 12, [600, 2520, 300, 300], 120),
        ("creation", 4, [600, 1560, 840, 600], 0),
        ("actions", 4, [600, 1620, 540, 840], 0),
        ("inspection", -1, [600, 1740, 600, 600], 0),
    ],
)
def test_minutes_come_from_the_others_and_fewer_go_to_nobody(section, minutes, wanted, end):
    facts, now = in_inspection(), at(15)
    plan = there(add_minutes(facts, now, section, minutes))
    after = applied(facts, now, plan)
    assert (lengths(after, now), plan.end_moves) == (wanted, end)
    assert read_clock(after, now).behind == min(0, minutes) * 60


def test_a_minute_cannot_be_taken_where_it_has_passed():
    assert there(add_minutes(in_inspection(), at(39, 20), "inspection", -1)).lengths == {"inspection": 1760}
    assert add_minutes(in_inspection(), at(41), "inspection", -1) is None


def test_a_section_that_is_over_gets_no_minutes():
    assert add_minutes(in_inspection(), at(12), "forecast", 5) is None
    assert add_minutes(ended(in_inspection(), at(12)), at(12), "inspection", 5) is None


def test_39_commitments_need_7_50_and_bring_the_actions_to_52_10():
    call = there(call_to_actions(in_inspection(), at(20), 39))
    assert (call.needed, call.minute, call.at, call.due) == (470, clock("52:10"), at(52, 10), False)
    assert say_call(call) == "39 commitments need 7:50 – actions at 52:10"


@pytest.mark.parametrize(("commitments", "needed"), [(0, 300), (25, 300), (26, 320), (125, 1500), (126, 1500)])
def test_the_call_comes_five_minutes_before_the_end_or_earlier_up_to_half_of_what_was_left(commitments, needed):
    assert there(call_to_actions(in_inspection(), at(20), commitments)).needed == needed
    assert there(call_to_actions(in_forecast(), at(3), commitments)).needed == needed


def test_what_was_left_is_taken_when_forecast_was_left_first():
    facts = entered(entered(in_inspection(), "forecast", at(30)), "inspection", at(31))
    assert there(call_to_actions(facts, at(31), 200)).needed == 1500
    later = entered(in_inspection(), "creation", at(30))
    assert there(call_to_actions(later, at(31), 200, opening="inspection")).needed == 600


def test_the_call_comes_in_whatever_section_and_not_in_the_actions_themselves():
    creation = entered(in_inspection(), "creation", at(40))
    sixty = there(call_to_actions(creation, at(48), 60))
    assert (sixty.minute, sixty.due) == (clock("48:00"), True)
    assert say_call(sixty) == "60 commitments need 12:00 – actions now"
    assert not there(call_to_actions(creation, at(47, 59), 60)).due
    assert there(call_to_actions(in_inspection(), at(52, 10), 39)).due
    assert call_to_actions(entered(creation, "actions", at(50)), at(50), 60) is None


def test_shares_per_deal_and_per_rep():
    assert seconds_each(17 * 60 + 42, 10) == clock("1:46")
    assert seconds_each(130, 1) == 130
    assert seconds_each(-1, 3) is seconds_each(60, 0) is None
    assert beyond_share(100, 600, 6) is None
    assert beyond_share(101, 600, 6) == 101
    assert (offers_offline(119), offers_offline(120)) == (False, True)


def test_a_prompt_stands_from_its_minute_on():
    prompts = (Prompt(minute=8, text="the closing line"), Prompt(minute=5, text="half of it"))
    assert [prompt_at(prompts, each) for each in (299, 300, 480)] == ["", "half of it", "the closing line"]
    # One that has just come stands before what the clock proposes.
    assert [prompt_at(prompts, each, within=60) for each in (299, 300, 359, 360)] == [
        "",
        "half of it",
        "half of it",
        "",
    ]


def test_times_are_said_as_the_room_reads_them():
    assert [say_seconds(each) for each in (0, 9, 1062, 3600, 3730)] == ["0:00", "0:09", "17:42", "1:00:00", "1:02:10"]
    assert [say_left(each) for each in (130, 0, -15, -3730)] == ["2:10", "0:00", "+0:15", "+1:02:10"]
    assert say_time("over", -15) == "+0:15 over"
    assert say_time("normal", 1062) == "17:42 left"
    assert [str(say_phase(each)) for each in ("normal", "warning", "danger", "over")] == [
        "left", "▲ closing", "■ ending", "■ over",
    ]  # fmt: skip


def test_pace_pause_gap_and_loss_are_said_in_words():
    assert [str(say_pace(each)) for each in (14, -14, 190, -120)] == [
        "✓ on time", "✓ on time", "▲ 3:10 behind", "✓ 2:00 ahead",
    ]  # fmt: skip
    assert str(say_pause(190)) == "▲ paused 3:10"
    away = gap_found(in_forecast(), at(1), at(42)).facts[0]
    assert isinstance(away, Gap)
    assert say_gap(away) == "41 min away – count them?"
    assert say_late(240) == "started 4:00 late, end kept"
    assert say_late(240, 3600) == "started 4:00 late, 60 minutes kept"


def test_a_plan_says_where_the_time_comes_from():
    facts, now = in_forecast(), at(13, 10)
    plan = there(catch_up(facts, now))
    assert say_plan(plan, TITLES) == "3:10 behind → Inspection 27:37, Creation 9:13"
    assert say_plan(plan, TITLES, third_deals=2) == "3:10 behind → two third deals to next week"
    assert say_plan(there(end_later(facts, now)), TITLES) == "3:10 behind → end 3:10 later"
    minutes = there(add_minutes(in_inspection(), at(12), "inspection", 1))
    assert say_plan(minutes, TITLES) == "+1:00 → Inspection 31:00, Creation 9:00"


@given(
    st.integers(0, 4000),
    st.lists(st.tuples(st.integers(0, 1800), st.integers(0, 1800)), max_size=5),
)
def test_shares_are_whole_stay_in_their_room_and_lose_nothing(seconds, sections):
    weights, rooms = [weight for weight, _ in sections], [room for _, room in sections]
    parts = share_out(seconds, weights, rooms)
    assert sum(parts) == min(seconds, sum(room for weight, room in sections))
    assert all(0 <= part <= room for part, room in zip(parts, rooms, strict=True))


@given(
    st.lists(st.tuples(st.sampled_from(SECTIONS), st.integers(1, 1500), st.booleans()), max_size=5),
    st.integers(0, 2400),
    st.sampled_from(SECTIONS),
    st.sampled_from([-5, -1, 1, 5]),
)
def test_whatever_happened_a_plan_brings_the_meeting_to_its_end_without_cutting_below_a_floor(moves, wait, target, n):
    facts, now = in_forecast(), TEN
    for section, seconds, stands in moves:
        now += timedelta(seconds=seconds)
        facts = paused(facts, now) if stands else entered(facts, section, now)
    now += timedelta(seconds=wait)
    facts = adjusted(facts, now, {target: 300 + wait // 2}, end_moves=wait // 3)
    before = read_clock(facts, now)
    for plan in (*plans(facts, now), add_minutes(facts, now, target, n)):
        if plan is None:
            continue
        after = read_clock(applied(facts, now, plan), now)
        moved = sum(change.becomes - change.was for change in plan.changes)
        assert plan.end_moves >= 0
        if plan.kind == "minutes":
            assert moved == (plan.end_moves if n > 0 else plan.seconds)
        else:
            assert moved + before.behind == plan.end_moves
            assert after.behind == 0
        for old, new in zip(before.sections, after.sections, strict=True):
            lowest = min(old.adapted, old.floor) if plan.seconds > 0 else old.actual
            assert new.adapted >= min(lowest, old.adapted)
            assert new.adapted == old.adapted or old.state != "done"
