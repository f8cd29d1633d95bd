from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from review.schedule import agenda, hour, planned_start
from review.settings import Settings

MONDAY = date(2026, 11, 23)
BERLIN = ZoneInfo("Europe/Berlin")
SETTINGS = Settings(weekday=0, start=time(10, 0))


def at(hours, minutes=0):
    return datetime(2026, 11, 23, hours, minutes, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "seconds", "late"),
    [
        (at(9, 52), 480, False),
        (at(10), 0, False),
        (at(10, 3), -180, True),
        (at(10, 59), -3540, True),
        (at(11), -3600, False),
        (at(7), 10_800, False),
    ],
)
def test_the_start_is_ahead_or_late_for_an_hour(now, seconds, late):
    start = planned_start(SETTINGS, MONDAY, now, UTC)
    assert start is not None
    assert (start.seconds, start.late) == (seconds, late)


def test_there_is_no_planned_start_on_another_weekday():
    assert planned_start(SETTINGS, MONDAY + timedelta(days=1), at(9) + timedelta(days=1), UTC) is None


def test_there_is_no_planned_start_when_the_review_rehearses_another_day():
    assert planned_start(SETTINGS, MONDAY - timedelta(weeks=26), at(9), UTC) is None


def test_the_start_is_in_the_zone_of_the_room():
    start = planned_start(SETTINGS, MONDAY, at(8, 30), timezone(timedelta(hours=1)))
    assert start is not None
    assert start.seconds == 1800


def test_sections_follow_one_another_from_the_start():
    found = agenda(SETTINGS, at(10))
    assert [(part.title, f"{part.at:%H:%M}") for part in found] == [
        ("Forecast", "10:00"),
        ("Inspection", "10:10"),
        ("Creation", "10:40"),
        ("Actions", "10:50"),
    ]
    assert hour(SETTINGS) == sum(part.minutes for part in found) == 60


@pytest.mark.parametrize(
    ("begin", "minutes"),
    [
        (datetime(2026, 10, 25, 2, 40, tzinfo=BERLIN), [160, 170, 140, 150]),
        (datetime(2026, 3, 29, 1, 40, tzinfo=BERLIN), [100, 110, 200, 210]),
    ],
)
def test_sections_follow_each_other_through_the_hour_in_which_the_clocks_change(begin, minutes):
    sections = agenda(Settings(), begin)
    shown = [each.at.astimezone(BERLIN) for each in sections]
    assert [60 * at.hour + at.minute for at in shown] == minutes
    assert [(b - a).total_seconds() for a, b in pairwise(each.at for each in sections)] == [600, 1800, 600]
