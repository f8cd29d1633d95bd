from datetime import date

import pytest

from review.dated_files import day_in_name

FIFTH = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("name", "order", "day"),
    [
        ("deals 2026-10-05.csv", "dmy", FIFTH),
        ("20261005_pipeline.xlsx", "dmy", FIFTH),
        ("Deals_2026_10_05", "mdy", FIFTH),
        ("hubspot-crm-exports-all-deals-2026-10-05-1.csv", "dmy", FIFTH),
        ("export 05.10.2026.csv", "dmy", FIFTH),
        ("export 10-05-2026.csv", "mdy", FIFTH),
        ("pipeline_5oct2026.csv", "dmy", FIFTH),
        ("Pipeline October 5, 2026.csv", "dmy", FIFTH),
        ("2026-Oct-05.csv", "dmy", FIFTH),
        ("report1791194400000.csv", "dmy", FIFTH),
        ("week 2026-10-05 (20261005).csv", "dmy", FIFTH),
        ("2026-10-05 to 2026-12-31.csv", "dmy", None),
        ("deals-4711.csv", "dmy", None),
        ("2026-13-45.csv", "dmy", None),
        ("12345678901234567890.csv", "dmy", None),
        ("won_2026.csv", "dmy", None),
    ],
)
def test_a_files_name_says_its_day_or_nothing(name, order, day):
    assert day_in_name(name, order) == day
