from datetime import date
from decimal import Decimal

import pytest

from review.accuracy import Pattern, accuracies, accuracy, won_as_known
from review.scored import PeriodWon
from tests.review.numbers import a_call, a_lock, a_person, the_ledger, the_settings, won

SETTINGS = the_settings()
MARCUS = SETTINGS.reps[0]
STARTS = (date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1))
DAY = date(2026, 11, 23)


def a_ledger(pairs, **call):
    """One forecast of each of the four completed quarters, and what it brought."""
    calls, locks, brought = [], [], []
    for start, (forecast, result) in zip(STARTS, pairs, strict=True):
        day = start.replace(day=8)
        locks.append(a_lock(day.isoformat(), day))
        if forecast is not None:
            calls.append(a_call("marcus", forecast, **{"day": day, "period": start, "review": day.isoformat(), **call}))
        brought.append(PeriodWon(period=start, known_on=start, team=Decimal(999), by_rep={"marcus": Decimal(result)}))
    return the_ledger(calls=tuple(calls), locks=tuple(locks), won=tuple(brought))


def of_marcus(ledger):
    return accuracy(ledger, SETTINGS, DAY, MARCUS)


def test_accuracy_is_won_over_forecast_and_bias_sums_before_it_divides():
    found = of_marcus(a_ledger([(100, 90), (200, 220), (100, 50), (600, 660)]))
    assert [one.ratio.value for one in found.periods] == [Decimal(x) for x in ("0.9", "1.1", "0.5", "1.1")]
    assert [one.error for one in found.periods] == [Decimal(x) for x in ("0.1", "0.1", "0.5", "0.1")]
    assert [one.good for one in found.periods] == [True, True, False, True]
    assert found.bias.value == Decimal("1.02")
    assert (found.scored, found.pattern) == (4, None)


@pytest.mark.parametrize(
    ("pairs", "pattern"),
    [
        ([(100, 89), (100, 50), (100, 120), (100, 10)], Pattern.OVER_FORECASTING),
        ([(100, 111), (100, 150), (100, 90), (100, 200)], Pattern.SANDBAGGING),
        ([(100, 89), (100, 89), (100, 90), (100, 111)], None),
        ([(100, 10), (100, 10), (100, 10), (None, 10)], None),
    ],
)
def test_a_pattern_is_three_of_four_scored_periods(pairs, pattern):
    assert of_marcus(a_ledger(pairs)).pattern is pattern


def test_fewer_than_four_scored_periods_say_how_many():
    found = of_marcus(a_ledger([(100, 10), (None, 10), (0, 10), (100, 10)]))
    assert found.scored == 2
    assert [one.ratio.value is None for one in found.periods] == [False, True, True, False]
    assert "zero" in found.periods[2].ratio.why
    assert found.bias.value == Decimal("0.1")


def test_the_first_call_after_the_room_is_frozen():
    ledger = a_ledger([(None, 0), (None, 0), (None, 0), (100, 80)], after_room=Decimal(80))
    later = a_call("marcus", 500, date(2026, 7, 15), STARTS[3], review="2026-07-08")
    found = of_marcus(the_ledger(calls=(later, *ledger.calls), locks=ledger.locks, won=ledger.won)).periods[3]
    assert (found.forecast, found.ratio.value) == (80, 1)


@pytest.mark.parametrize(
    ("day", "scored"),
    [
        (date(2026, 6, 30), False),
        (date(2026, 7, 1), True),
        (date(2026, 7, 22), True),
        (date(2026, 7, 23), False),
    ],
)
def test_a_forecast_counts_from_the_start_to_the_21st_day_after_it(day, scored):
    ledger = a_ledger([(None, 0), (None, 0), (None, 0), (100, 80)], day=day)
    assert (of_marcus(ledger).periods[3].ratio.value is not None) is scored


@pytest.mark.parametrize("more", [{"carried": True}, {"from_exports": True}, {"review": "not held"}, {"team": True}])
def test_a_call_that_is_nobodys_word_in_a_held_review_is_not_scored(more):
    assert of_marcus(a_ledger([(None, 0), (None, 0), (None, 0), (100, 80)], **more)).scored == 0


def test_somebody_there_for_less_than_the_period_is_not_scored():
    ledger = a_ledger([(100, 90), (100, 90), (100, 90), (100, 90)])
    came = accuracy(ledger, SETTINGS, DAY, a_person("marcus", start=date(2026, 1, 2)))
    assert [one.ratio.value is not None for one in came.periods] == [False, False, True, True]
    went = accuracy(ledger, SETTINGS, DAY, a_person("marcus", left=date(2026, 9, 29)))
    assert [one.ratio.value is not None for one in went.periods] == [True, True, True, False]


def test_the_manager_is_scored_by_the_own_call_against_the_teams_won():
    ledger = a_ledger([(None, 0), (None, 0), (None, 0), (None, 0)])
    call = a_call("ada", 900, date(2026, 7, 8), STARTS[3], review="2026-07-08", team=True)
    found = accuracies(the_ledger(calls=(call,), locks=ledger.locks, won=ledger.won), SETTINGS, DAY)
    assert [one.person for one in found] == ["marcus", "wei", "ada"]
    assert found[2].periods[3].ratio.value == Decimal("1.11")


def test_won_of_a_period_is_renewed_up_to_30_days_after_its_end_and_then_stays():
    ledger = the_ledger(
        won("a", 100, date(2026, 9, 30)), won("b", 40, date(2026, 9, 1), rep="wei"), won("c", 7, date(2026, 10, 2))
    )
    within = won_as_known(ledger, SETTINGS, date(2026, 10, 30))
    assert [(one.period, one.team) for one in within] == [
        (date(2026, 7, 1), Decimal(140)),
        (date(2026, 10, 1), Decimal(7)),
    ]
    assert within[0].by_rep == {"marcus": 100, "wei": 40}
    kept = the_ledger(won("late", 999, date(2026, 9, 30)), won=within)
    after = won_as_known(kept, SETTINGS, date(2026, 10, 31))
    assert [(one.period, one.team) for one in after] == [
        (date(2026, 7, 1), Decimal(140)),
        (date(2026, 10, 1), Decimal(0)),
    ]


def test_an_older_baseline_does_not_take_the_place_of_what_is_known_better():
    known = PeriodWon(period=date(2026, 7, 1), known_on=date(2026, 10, 20), team=Decimal(140))
    ledger = the_ledger(won("a", 100, date(2026, 9, 1)), won=(known,))
    assert won_as_known(ledger, SETTINGS, date(2026, 9, 30), from_exports=True) == (known,)
