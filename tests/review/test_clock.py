"""The clock: every second is somewhere, once, and a restart reads the same."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.clock import (
    ClockFacts,
    Gap,
    Sign,
    adjusted,
    ended,
    entered,
    find_gap,
    gap_answered,
    gap_found,
    paused,
    phase_of,
    read_clock,
    remaining_when_left,
    resumed,
    running,
    spent,
    started,
    was_left_running,
)
from review.settings import SECTIONS, standard_agenda

TEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def at(minutes, seconds=0.0):
    return TEN + timedelta(minutes=minutes, seconds=seconds)


def the_hour(**schedule):
    return started(TEN, standard_agenda(), **schedule)


def in_inspection(since=10):
    return entered(the_hour(), "inspection", at(since))


def actual(reading):
    return {each.section: each.actual for each in reading.sections}


def test_the_hour_starts_on_time_with_forecast_running():
    reading = read_clock(the_hour(), TEN)
    assert (reading.section, reading.left, reading.length, reading.phase) == ("forecast", 600, 600, "normal")
    assert (reading.behind, reading.late, reading.projected_end) == (0, 0, at(60))


def test_the_picture_of_the_method_is_read_back():
    reading = read_clock(in_inspection(), at(22, 18))
    assert (reading.left, reading.length, reading.behind) == (17 * 60 + 42, 1800, 0)
    assert [each.state for each in reading.sections] == ["done", "now", "to come", "to come"]
    assert (reading.planned_end, reading.projected_end) == (at(60), at(60))


def test_an_overrun_counts_on_and_shows_behind():
    reading = read_clock(the_hour(), at(10, 15))
    assert (reading.left, reading.phase, reading.behind) == (-15, "over", 15)
    assert reading.projected_end == at(60, 15)


def test_a_section_finished_early_is_ahead_and_its_minutes_go_to_nobody():
    reading = read_clock(entered(the_hour(), "inspection", at(7)), at(8))
    assert (reading.behind, reading.length) == (-180, 1800)
    assert reading.projected_end == at(57)


def test_skipping_a_section_is_ahead_by_its_length():
    assert read_clock(entered(the_hour(), "creation", at(10)), at(10)).behind == -1800


def test_going_back_adds_to_what_had_passed_and_what_is_over_stays_over():
    facts = entered(entered(in_inspection(), "creation", at(30)), "inspection", at(32))
    reading = read_clock(facts, at(35))
    assert (reading.section, reading.elapsed, reading.left) == ("inspection", 23 * 60, 7 * 60)
    # 7:00 of inspection, 8:00 of creation and 10:00 of actions are still to come at minute 35
    assert reading.behind == 0
    back = entered(entered(facts, "actions", at(40)), "inspection", at(41))
    assert [each.state for each in read_clock(back, at(41)).sections] == ["done", "now", "done", "to come"]


def test_a_section_left_backwards_is_not_over():
    facts = entered(entered(entered(in_inspection(), "actions", at(20)), "creation", at(21)), "inspection", at(22))
    assert [each.state for each in read_clock(facts, at(22)).sections] == ["done", "now", "to come", "to come"]


def test_what_the_meeting_had_left_is_that_of_the_first_time_a_section_was_left():
    facts = in_inspection(7)
    assert remaining_when_left(facts, "forecast", at(20)) == 50 * 60
    assert remaining_when_left(facts, "inspection", at(20)) == 20 * 60
    facts = entered(entered(entered(facts, "creation", at(30)), "inspection", at(32)), "creation", at(40))
    assert remaining_when_left(paused(facts, at(41)), "inspection", at(45)) == 20 * 60
    # At 32 minutes: 7 of Inspection, 8 of Creation and the 10 of Actions.
    assert remaining_when_left(facts, "creation", at(45)) == 25 * 60


def test_entering_where_one_is_or_what_there_is_not_is_no_fact():
    facts = in_inspection()
    assert entered(facts, "inspection", at(12)) is facts
    without = standard_agenda()[:-1]
    assert entered(started(TEN, without), "actions", at(12)) == started(TEN, without)


def test_a_pause_stops_the_section_and_not_the_end():
    facts = paused(in_inspection(), at(20))
    reading = read_clock(facts, at(23, 10))
    assert (reading.paused, reading.paused_for, reading.left) == (True, 190, 1200)
    assert (reading.planned_end, reading.behind) == (at(60), 190)
    after = read_clock(resumed(facts, at(25)), at(26))
    assert (after.paused, after.paused_for, after.paused_in_all, after.elapsed) == (False, 0, 300, 11 * 60)


def test_pausing_twice_or_resuming_what_runs_changes_nothing():
    once = paused(the_hour(), at(1))
    assert paused(once, at(2)) == once
    assert resumed(the_hour(), at(2)) == the_hour()


def test_a_second_pause_counts_from_its_own_start():
    facts = paused(resumed(paused(the_hour(), at(1)), at(3)), at(3))
    assert read_clock(facts, at(3, 5)).paused_for == 5


def test_moving_on_while_paused_leaves_the_pause():
    facts = entered(paused(the_hour(), at(5)), "inspection", at(6))
    reading = read_clock(facts, at(8))
    assert (reading.paused, reading.paused_for, reading.elapsed) == (True, 180, 0)


def test_a_gap_counts_on_screen_until_it_is_answered_and_no_gives_the_time_back():
    facts = gap_found(in_inspection(), at(15), at(56))
    asked = read_clock(facts, at(57))
    assert asked.gap is not None
    assert (asked.gap.seconds, asked.left, asked.behind) == (41 * 60, -17 * 60, 17 * 60)
    no = read_clock(gap_answered(facts, at(15), counted=False), at(57))
    assert (no.gap, no.elapsed, no.left, no.away) == (None, 6 * 60, 24 * 60, 41 * 60)
    assert (no.planned_end, no.projected_end) == (at(60), at(57 + 24 + 20))
    assert spent(gap_answered(facts, at(15), counted=False), at(14), at(57)) == 120
    yes = read_clock(gap_answered(facts, at(15), counted=True), at(57))
    assert (yes.gap, yes.left, yes.away) == (None, -17 * 60, 0)


def test_a_minute_away_counts_without_a_question():
    assert read_clock(gap_found(the_hour(), at(1), at(2)), at(3)).gap is None


def test_a_gap_does_not_count_again_what_passed_before_the_last_fact():
    facts = gap_answered(gap_found(in_inspection(), at(9), at(20)), at(9), counted=False)
    reading = read_clock(facts, at(21))
    assert actual(reading) == {"forecast": 600, "inspection": 60, "creation": 0, "actions": 0}
    assert (reading.away, reading.meeting) == (600, 1260)


def test_a_gap_inside_a_pause_is_the_pause():
    facts = gap_answered(gap_found(paused(the_hour(), at(1)), at(2), at(9)), at(2), counted=False)
    reading = read_clock(facts, at(10))
    assert (reading.paused_in_all, reading.away, reading.elapsed) == (540, 0, 60)


def test_a_clock_set_back_leaves_the_meeting_where_it_was():
    before = read_clock(in_inspection(), at(20))
    reading = read_clock(gap_found(in_inspection(), at(20), at(-10)), at(-9))
    assert (before.elapsed, reading.elapsed) == (600, 660)
    assert (reading.meeting, reading.behind, reading.gap) == (21 * 60, 0, None)
    assert (reading.planned_end, reading.projected_end) == (at(30), at(30))
    assert spent(gap_found(in_inspection(), at(20), at(-10)), at(18), at(-9)) == 180


@pytest.mark.parametrize(("forward", "away"), [(30, 0), (20, 0), (41, 660)])
def test_a_clock_set_back_and_forward_again_is_where_it_was_if_the_jump_does_not_count(forward, away):
    """Set back from 10:20 to 09:50; five minutes later forward again: by as much, by less, by more."""
    facts = gap_found(gap_found(in_inspection(), at(20), at(-10)), at(-5), at(-5 + forward))
    asked = read_clock(facts, at(-5 + forward))
    assert asked.gap is not None
    assert (asked.gap.seconds, asked.elapsed) == (forward * 60, (15 + forward) * 60)
    no = read_clock(gap_answered(facts, at(-5), counted=False), at(-5 + forward))
    assert (no.elapsed, no.away) == (15 * 60, away)
    assert no.planned_end - no.wall == timedelta(minutes=35) - timedelta(seconds=away)
    assert no.behind == away
    yes = read_clock(gap_answered(facts, at(-5), counted=True), at(-5 + forward))
    assert (yes.elapsed, yes.away, yes.planned_end - yes.wall) == (
        (15 + forward) * 60,
        0,
        timedelta(minutes=35 - forward),
    )


def test_a_clock_set_back_unnoticed_never_gives_negative_time():
    reading = read_clock(in_inspection(), at(5))
    assert (reading.elapsed, reading.meeting, reading.left) == (0, 600, 1800)


@pytest.mark.parametrize(
    ("keeps_end", "start", "end", "late"),
    [
        (True, 4, 60, 240),
        (False, 4, 64, 0),
        (True, 0, 60, 0),
        (True, -5, 55, 0),
        (True, 60, 120, 0),
        (True, 59, 60, 3540),
    ],
)
def test_a_late_start_keeps_the_end_or_the_length_and_shows_the_loss_at_once(keeps_end, start, end, late):
    reading = read_clock(started(at(start), standard_agenda(), TEN, keeps_end=keeps_end), at(start))
    assert (reading.planned_end, reading.late, reading.behind) == (at(end), late, late)
    assert reading.moved == (0 if keeps_end else 240)


def test_minutes_moved_change_lengths_and_a_moved_end_moves_the_planned_end():
    facts = adjusted(in_inspection(), at(12), {"inspection": 1860, "creation": 540}, end_moves=120)
    reading = read_clock(facts, at(12))
    assert (reading.length, reading.planned, reading.planned_end, reading.behind) == (1860, 1800, at(62), -120)
    assert [each.adapted for each in reading.sections] == [600, 1860, 540, 600]
    assert [each.planned for each in reading.sections] == [600, 1800, 600, 600]


def test_the_clock_stands_once_the_meeting_has_ended():
    facts = ended(entered(in_inspection(), "actions", at(50)), at(59, 40))
    for later in (at(59, 40), at(200)):
        reading = read_clock(facts, later)
        assert (reading.meeting, reading.behind, reading.projected_end, reading.ended) == (3580, -20, at(59, 40), True)
        assert [each.state for each in reading.sections] == ["done"] * 4
    assert entered(facts, "creation", at(61)) == facts


@pytest.mark.parametrize(
    ("length", "left", "phase"),
    [
        (1800, 361, "normal"), (1800, 360, "warning"), (1800, 181, "warning"), (1800, 180, "danger"),
        (1800, 130, "danger"), (1800, 0, "danger"), (1800, -1, "over"),
        (600, 121, "normal"), (600, 120, "warning"), (600, 60, "danger"),
        (180, 91, "normal"), (180, 90, "warning"), (180, 61, "warning"), (180, 60, "danger"),
        (60, 31, "normal"), (60, 30, "danger"), (300, 121, "normal"), (300, 120, "warning"),
        (125, 63, "normal"), (125, 62, "warning"), (125, 60, "danger"),
    ],
)  # fmt: skip
def test_a_phase_begins_at_its_bound(length, left, phase):
    assert phase_of(left, length) == phase


@pytest.mark.parametrize(
    ("wall", "steady", "found"),
    [
        (10, 10, False), (60, 60, False), (61, 61, True), (60, 5, False), (2460, 10, True), (300, None, True),
        (30, None, False), (-5, 10, False), (-20, 10, False), (-21, 10, True), (-1800, 5, True), (-5, None, True),
    ],
)  # fmt: skip
def test_a_gap_is_found_when_more_than_a_minute_is_missing_or_the_clock_was_set_back(wall, steady, found):
    now = Sign(TEN + timedelta(seconds=wall), None if steady is None else 100.0 + steady)
    gap = find_gap(Sign(TEN, 100.0), now)
    # Where the clocks parted, what the steady one counted has passed and is no part of the jump.
    ran = steady if found and steady != wall else 0
    assert gap == (Gap(TEN + timedelta(seconds=ran or 0), now.wall) if found else None)
    assert gap is None or gap.asks == (wall > 60)


def test_a_review_asks_after_six_hours_and_not_at_six():
    assert not was_left_running(TEN, at(360))
    assert was_left_running(TEN, at(360, 1))


def test_time_on_a_deal_leaves_out_pauses_and_can_be_asked_for_a_visit_that_is_over():
    facts = resumed(paused(in_inspection(), at(20)), at(25))
    assert spent(facts, at(19), at(27)) == 180
    assert spent(facts, at(12), at(13, 30)) == 90
    assert spent(facts, at(21), at(24)) == 0
    assert spent(facts, at(27), at(26)) == 0


def test_fractions_of_a_second_never_show_as_a_missing_second():
    facts = entered(the_hour(), "inspection", at(3, 0.9))
    reading = read_clock(facts, at(7, 0.2))
    assert sum(actual(reading).values()) == reading.meeting == 420


steps = st.lists(
    st.tuples(
        st.sampled_from(["enter", "pause", "resume", "adjust", "gap", "gap yes", "gap no", "end", "back"]),
        st.sampled_from(SECTIONS),
        st.integers(0, 1500),
        st.integers(0, 999_999),
    ),
    max_size=14,
)


def played(moves):
    """Record the moves one after the other and give the facts with the instant at which the last one ended."""
    facts, now = the_hour(), TEN
    for move, section, seconds, micro in moves:
        first, now = now, now + timedelta(seconds=seconds, microseconds=micro)
        if move == "enter":
            facts = entered(facts, section, now)
        elif move == "pause":
            facts = paused(facts, now)
        elif move == "resume":
            facts = resumed(facts, now)
        elif move == "adjust":
            facts = adjusted(facts, now, {section: seconds}, seconds - 700)
        elif move == "end":
            facts = ended(facts, now)
        elif move == "back":
            facts, now = gap_found(facts, now, first - timedelta(seconds=seconds)), first - timedelta(seconds=seconds)
        else:
            facts = gap_found(facts, first, now)
            if move != "gap":
                facts = gap_answered(facts, first, counted=move == "gap yes")
    return facts, now


@given(steps, st.integers(0, 9000))
def test_every_second_of_the_meeting_is_somewhere_once(moves, wait):
    facts, last = played(moves)
    reading = read_clock(facts, last + timedelta(seconds=wait))
    assert sum(actual(reading).values()) + reading.paused_in_all + reading.away == reading.meeting
    assert reading.elapsed + reading.left == reading.length
    assert reading.projected_end - reading.planned_end == timedelta(seconds=reading.behind)
    remains = 0 if reading.ended else sum(each.remains for each in reading.sections)
    assert reading.projected_end == reading.wall + timedelta(seconds=remains)
    assert min(*actual(reading).values(), reading.paused_for, reading.away, reading.meeting) >= 0


@given(steps, st.integers(0, 3000), st.integers(0, 3000))
def test_time_only_ever_grows_by_what_passed(moves, wait, more):
    facts, last = played(moves)
    one, two = (read_clock(facts, last + timedelta(seconds=passed)) for passed in (wait, wait + more))
    assert two.meeting - one.meeting == (0 if one.ended else more)
    assert two.elapsed - one.elapsed == (0 if one.ended or one.paused else more)


@given(steps, st.integers(0, 600))
def test_a_restart_at_any_moment_reads_the_same(moves, wait):
    facts, last = played(moves)
    again = msgspec.json.decode(msgspec.json.encode(facts), type=ClockFacts)
    now = last + timedelta(seconds=wait)
    assert read_clock(again, now) == read_clock(facts, now)


@given(steps.map(lambda moves: [move for move in moves if move[0] != "back"]), st.integers(0, 600))
def test_visits_that_follow_each_other_add_up_to_the_running_time(moves, wait):
    facts, last = played(moves)
    now = last + timedelta(seconds=wait)
    cuts = [TEN, *sorted({TEN + (last - TEN) * n / 5 for n in range(1, 6)}), now]
    whole = spent(facts, TEN, now)
    assert whole == sum(spent(facts, a, b) for a, b in pairwise(cuts))
    assert whole == sum(actual(read_clock(facts, now)).values())


@given(st.permutations(["a", "b", "c"]), st.lists(st.booleans(), min_size=3, max_size=3))
def test_the_order_in_which_gaps_are_answered_does_not_matter(order, answers):
    facts = the_hour()
    for number in range(3):
        facts = gap_found(facts, at(10 * number + 2), at(10 * number + 8))
    straight = shuffled = facts
    for number, answer in enumerate(answers):
        straight = gap_answered(straight, at(10 * number + 2), counted=answer)
    for name in order:
        number = "abc".index(name)
        shuffled = gap_answered(shuffled, at(10 * number + 2), counted=answers[number])
    assert shuffled == straight
    assert read_clock(straight, at(30)).away == 360 * answers.count(False)


@given(steps)
def test_the_running_section_is_the_last_one_entered(moves):
    facts, last = played(moves)
    assert read_clock(facts, last).section == running(facts)
