from datetime import date, timedelta
from decimal import Decimal

from review.deals import Mark
from review.health import agreed_steps, cycle, cycles_by_type, mark_rate, punctuality, velocity, win_rate, won_sizes
from review.health_window import completed_periods, health_window
from review.records import MarkSet
from tests.review.numbers import DAY, a_deal, a_lock, a_promise, lost, the_ledger, the_settings, won

SETTINGS = the_settings(qualified_from="Negotiation")
FIRST = date(2025, 10, 1)


def a_win(ident, amount, days, kind="", close=date(2026, 11, 2)):
    return won(ident, amount, close, crm={"created": close - timedelta(days=days), "type": kind})


def test_the_window_is_the_last_four_completed_periods_and_this_one():
    window = health_window(SETTINGS, DAY)
    assert len(window.periods) == 5
    assert window.first == FIRST
    assert completed_periods(SETTINGS, DAY, 4) == window.periods[:-1]


def test_win_rates_by_count_and_by_amount_leave_zero_amounts_out():
    ledger = the_ledger(
        won("w1", 300, date(2026, 11, 2)),
        won("zero", 0, date(2026, 11, 2)),
        won("none", None, date(2026, 11, 2)),
        won("too old", 900, FIRST - timedelta(days=1)),
        lost("l1", 50, date(2026, 11, 3)),
        lost("l2", 50, FIRST),
        lost("l zero", 0, date(2026, 11, 3)),
        a_deal("open", 900),
    )
    found = win_rate(ledger, SETTINGS, DAY)
    assert found.by_count.value == Decimal(1) / 3
    assert found.by_amount.value == Decimal("0.75")
    assert (found.won, found.lost) == (("w1",), ("l1", "l2"))
    assert win_rate(ledger, SETTINGS, DAY, "wei").by_count.value is None


def test_lost_is_dated_by_when_it_was_first_seen_lost_but_by_its_close_date_where_it_was_so_from_the_start():
    seen_late = lost("late", 10, FIRST, close=date(2024, 1, 1))
    always = lost("always", 10, FIRST, close=date(2024, 1, 1), lost_at_first=True)
    assert win_rate(the_ledger(seen_late, always), SETTINGS, DAY).lost == ("late",)


def test_a_win_without_a_close_date_is_not_dated_by_the_loss_that_was_seen_before_it():
    # lost on 2 Nov, won on 9 Nov: no close date says when it was won
    undated = a_deal("undated", 100, close=None, status="won", first_lost=date(2026, 11, 2))
    assert win_rate(the_ledger(undated), SETTINGS, DAY).won == ()
    dated = a_deal("dated", 100, close=date(2026, 11, 9), status="won", first_lost=date(2026, 11, 2))
    assert win_rate(the_ledger(dated), SETTINGS, DAY).won == ("dated",)


def test_cycle_is_days_from_created_to_won_by_type():
    ledger = the_ledger(
        a_win("a", 1, 30, "new"),
        a_win("b", 1, 61, "new"),
        a_win("c", 1, 10, "renewal"),
        a_win("made later", 1, -3, "new"),
        won("no created date", 1, date(2026, 11, 2)),
        a_win("old", 1, 500, "new", date(2025, 9, 30)),
    )
    every = cycle(ledger, SETTINGS, DAY)
    assert (every.count, every.median.value) == (3, Decimal(30))
    assert every.mean.value == Decimal(101) / 3
    new, renewal = cycles_by_type(ledger, SETTINGS, DAY)
    assert (new.type, new.mean.value, new.median.value) == ("new", Decimal("45.5"), Decimal("45.5"))
    assert (renewal.type, renewal.median.value, renewal.median.deals) == ("renewal", Decimal(10), ("c",))


def test_average_won_size_stands_per_period():
    ledger = the_ledger(
        a_win("a", 100, 1), a_win("b", 200, 1), a_win("zero", 0, 1), a_win("before", 70, 1, close=date(2026, 9, 30))
    )
    sizes = won_sizes(ledger, SETTINGS, DAY)
    assert [(size.count, size.average.value) for size in sizes] == [(0, None), (0, None), (0, None), (1, 70), (2, 150)]


def test_velocity_multiplies_four_factors():
    ledger = the_ledger(
        a_win("w", 400, 40),
        lost("l", 10, date(2026, 11, 3)),
        a_deal("q1", 5, stage="Negotiation"),
        a_deal("q2", 5, stage="Verbal"),
        a_deal("early", 5, stage="Discovery"),
        a_deal("omitted", 5, "omitted", stage="Verbal"),
    )
    found = velocity(ledger, SETTINGS, DAY)
    # 2 deals × 400 × 0.5 ÷ 40 days
    assert found.a_day.value == 10
    assert found.qualified == ("q1", "q2")


def test_velocity_is_not_known_where_a_factor_is_missing():
    for ledger in (the_ledger(a_deal()), the_ledger(a_win("same day", 5, 0), a_deal("q", 5, stage="Verbal"))):
        found = velocity(ledger, SETTINGS, DAY).a_day
        assert found.value is None
        assert found.why


def test_marks_count_active_deals_and_unknown_is_no():
    yes, no = MarkSet(True, DAY), MarkSet(False, DAY)
    ledger = the_ledger(
        a_deal("yes", marks={Mark.CHAMPION: yes}),
        a_deal("no", marks={Mark.CHAMPION: no}),
        a_deal("unknown"),
        a_deal("no date", close=None),
        a_deal("closed", status="won", marks={Mark.CHAMPION: yes}),
    )
    found = mark_rate(ledger, SETTINGS, DAY, Mark.CHAMPION)
    assert (found.rate.value, found.of, found.yes) == (Decimal("0.25"), 4, ("yes",))
    assert mark_rate(the_ledger(), SETTINGS, DAY, Mark.CHAMPION).rate.value is None


def test_agreed_steps_are_a_share_of_the_open_next_steps():
    promises = {
        "s1": a_promise("s1", DAY, agreed=True),
        "s2": a_promise("s2", DAY),
        "s3": a_promise("s3", DAY, agreed=True, standing="dropped"),
    }
    ledger = the_ledger(
        a_deal("a", step="s1"), a_deal("b", step="s2"), a_deal("c", step="s3"), a_deal("d"), commitments=promises
    )
    found = agreed_steps(ledger, SETTINGS, DAY)
    assert (found.rate.value, found.of, found.yes) == (Decimal("0.5"), 2, ("a",))


def test_punctuality_sets_actual_against_planned_minutes():
    row = a_lock("r", DAY, planned={"forecast": 600, "inspection": 1800}, actual={"forecast": 690}, seconds=2380)
    (found,) = punctuality([row])
    assert [(part.section, part.over) for part in found.sections] == [("forecast", 90), ("inspection", -1800)]
    assert (found.planned, found.actual, found.over) == (2400, 2380, -20)
