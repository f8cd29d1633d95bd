from datetime import UTC, date, datetime, timedelta

import pytest

from review.export_age import Age, export_age, say_span
from review.records import Ledger

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 52, tzinfo=UTC)


def a_ledger(day, read="2026-11-23T08:14:00+00:00"):
    return Ledger(export="e", export_day=day, export_read_at=read)


@pytest.mark.parametrize(
    ("ledger", "age"),
    [
        (Ledger(), None),
        (a_ledger(TODAY), Age("1 h 38 min old", True)),
        (a_ledger(TODAY, ""), Age("of today", True)),
        (a_ledger(TODAY, "2026-11-23T08:14:00"), Age("of today", True)),
        (a_ledger(TODAY, "2026-11-24T08:14:00+00:00"), Age("of today", True)),
        (a_ledger(TODAY - timedelta(days=1)), Age("1 day old", False)),
        (a_ledger(TODAY - timedelta(days=3)), Age("3 days old", False)),
        (a_ledger(TODAY + timedelta(days=1)), Age("of a later day", False)),
    ],
)
def test_an_export_is_fresh_on_the_day_it_shows_and_old_after_it(ledger, age):
    assert export_age(ledger, TODAY, NOW, UTC) == age


SPANS = [(0, "0 min"), (59, "0 min"), (720, "12 min"), (7200, "2 h"), (5880, "1 h 38 min"), (-5, "0 min")]


@pytest.mark.parametrize(("seconds", "said"), SPANS)
def test_a_span_is_said_in_hours_and_minutes(seconds, said):
    assert say_span(seconds) == said
