"""One word per deal and the team's share."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from review.bearings import take_bearings
from review.calendar import Workdays
from review.commitments import Standing
from review.momentum import Momentum, momentum_of, team_momentum
from review.records import Movement
from review.truth import effective
from tests.review.pieces import MONDAY, a_ledger, a_record, a_step, the_settings


def ago(days):
    return MONDAY - timedelta(days=days)


def bearings_of(ledger):
    settings = the_settings()
    return take_bearings(ledger, settings, MONDAY, Workdays.of(settings))


def word(record, *steps):
    return momentum_of(record, effective(record), bearings_of(a_ledger(record, steps=steps)))


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (a_step(), Momentum.COASTING),
        (a_step(due=MONDAY), Momentum.COASTING),
        (a_step(due=ago(1)), Momentum.NONE),
        (a_step(owner="stranger"), Momentum.NONE),
        (a_step(agreed=True, made=ago(13)), Momentum.MOVING),
        (a_step(agreed=True, made=ago(14)), Momentum.COASTING),
        (a_step(standing=Standing.DONE, closed_on=ago(1)), Momentum.NONE),
    ],
)
def test_the_word_follows_from_the_step(step, expected):
    assert word(a_record(step=step.id), step) is expected


def test_without_a_step_there_is_no_momentum():
    assert word(a_record()) is Momentum.NONE


def test_a_movement_by_the_buyer_in_the_last_fourteen_days_moves_a_complete_deal():
    step = a_step()
    record = a_record(step=step.id, buyer_movement=Movement(on=ago(13), what="signed off", buyer=True))
    assert word(record, step) is Momentum.MOVING
    assert word(replace(record, buyer_movement=Movement(on=ago(14), what="x")), step) is Momentum.COASTING
    assert word(a_record(step=step.id, last_inbound=ago(2)), step) is Momentum.MOVING
    done = replace(a_step(), id="old", standing=Standing.BUYER, closed_on=ago(3))
    assert word(a_record(step=step.id), step, done) is Momentum.MOVING
    assert word(replace(record, step="")) is Momentum.NONE


def test_the_team_reads_recorded_up_to_the_first_lock_and_a_share_after_it():
    steps = [a_step(f"d{n}") for n in range(2)]
    records = [a_record(f"d{n}", step=f"s-d{n}", rep="tom" if n < 2 else "wei") for n in range(3)]
    bearings = bearings_of(a_ledger(*records, steps=steps))
    assert team_momentum(bearings, number=1).sentence == "recorded for 2 of 3"
    later = team_momentum(bearings, number=2)
    assert later.sentence == "2 of 3 with momentum, 66 %"
    assert later.by_rep == {"tom": (2, 2), "wei": (0, 1)}


def test_without_active_deals_nothing_is_divided():
    assert team_momentum(bearings_of(a_ledger()), number=3).sentence == "no active deals"
