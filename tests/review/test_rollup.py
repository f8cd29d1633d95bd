from datetime import date
from decimal import Decimal

from review.figures import Lack
from review.periods import period_of
from review.rollup import closing_line, roll_up
from tests.review.numbers import DAY, LOCKED, a_call, a_person, the_ledger, the_settings, won

SETTINGS = the_settings()
NOW = period_of(DAY, SETTINGS)


def test_the_roll_up_adds_the_last_calls_after_the_room_and_names_who_is_missing():
    calls = [
        a_call("marcus", 700, LOCKED),
        a_call("marcus", 650, after_room=Decimal(500)),
        a_call("marcus", 900, period=date(2027, 1, 1)),
    ]
    found = roll_up(calls, SETTINGS, NOW, DAY)
    assert found.figure.value == 500
    assert found.missing == ("wei",)


def test_the_managers_own_call_stands_beside_the_roll_up_never_in_it():
    found = roll_up([a_call("marcus", 700), a_call("ada", 950, team=True)], SETTINGS, NOW, DAY)
    assert found.figure.value == 700
    assert found.own is not None
    assert found.own.commit == 950


def test_without_any_call_the_roll_up_is_not_known():
    found = roll_up([], SETTINGS, NOW, DAY)
    assert (found.figure.value, found.figure.lack) == (None, Lack.NOT_KNOWN)
    assert found.missing == ("marcus", "wei")


def test_a_rep_who_left_is_neither_added_nor_missing():
    people = (a_person("marcus"), a_person("wei", left=date(2026, 11, 1)))
    found = roll_up([a_call("wei", 100), a_call("marcus", 5)], the_settings(people=people), NOW, DAY)
    assert found.figure.value == 5
    assert found.missing == ()


def test_the_closing_line_is_commit_won_target_and_gap():
    ledger = the_ledger(won("w", 300, date(2026, 10, 9)), calls=(a_call("marcus", 500), a_call("wei", 400)))
    line = closing_line(ledger, SETTINGS, DAY)
    assert (line.commit.value, line.won, line.target.value, line.gap.value) == (
        Decimal(900),
        Decimal(300),
        Decimal(1000),
        Decimal(100),
    )
    assert line.deals == ("w",)


def test_the_closing_line_has_no_gap_without_a_quota_or_where_it_stays_off_the_screen():
    ledger = the_ledger(calls=(a_call("marcus", 500),))
    for settings in (the_settings(people=(a_person("marcus"),)), the_settings(quota_on_screen="none")):
        line = closing_line(ledger, settings, DAY)
        assert line.target.value is None
        assert line.gap.value is None
        assert line.gap.why
