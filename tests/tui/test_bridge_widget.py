from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.bridge import Span, scale_of, waterfall
from tui.widgets.headline import bar
from tui.widgets.hours import Spent, hours

AMOUNTS = st.lists(st.integers(-5_000_000, 5_000_000).filter(bool).map(Decimal), max_size=15)


def draw(start, amounts, width=90):
    end = start + sum(amounts, Decimal(0))
    lines = [Span(f"line {at}", str(amount), amount) for at, amount in enumerate(amounts)]
    return waterfall(Span("then", "start", start), lines, Span("now", "end", end), width).plain.split("\n")


@given(st.integers(0, 9_000_000).map(Decimal), AMOUNTS)
def test_every_sum_on_the_way_lies_on_the_scale(start, amounts):
    scale = scale_of(start, amounts)
    sums = [start]
    for amount in amounts:
        sums.append(sums[-1] + amount)
    assert all(scale.first <= one <= scale.last for one in sums)
    assert scale.first < scale.last


@given(st.integers(0, 9_000_000).map(Decimal), AMOUNTS, st.integers(60, 160))
def test_no_line_leaves_the_width_and_each_shows_its_bar(start, amounts, width):
    rows = draw(start, amounts, width)
    assert len(rows) == len(amounts) + 2
    assert max(len(row) for row in rows) <= width + 1
    assert rows[0].endswith("┃")
    assert rows[-1].endswith("┃")
    assert all(set(row[30:].strip()) & set("▏▎▍▌▋▊▉█") for row in rows[1:-1])


def test_the_scale_has_round_ends_and_begins_at_zero_only_where_that_shows_the_lines():
    assert scale_of(Decimal(2_860_000), [Decimal(210_000), Decimal(-284_000)]).first == Decimal(2_750_000)
    assert scale_of(Decimal(100), [Decimal(900)]).first == 0


@pytest.mark.parametrize("width", [1, 7, 40, 95])
def test_a_bar_is_as_long_as_its_line(width):
    assert bar(((1, "$bright"), (0, "$dim"), (2, "$line")), width).cell_length == width
    assert bar((), width).plain == ""
    assert bar(((0, "$bright"),), width).plain == ""


def test_both_hours_stand_on_one_scale_with_each_section_s_time():
    drawn = hours(
        [Spent("Forecast", 600, 600, 1200, "20:00", "+10:00"), Spent("Inspection", 1800, 1800, 1800, "30:00")], 96
    ).plain.split("\n")
    planned, actual, names, times = drawn
    assert planned.startswith("planned")
    assert actual.startswith("actual")
    assert planned.count("━") < actual.count("━") <= 80
    assert names.index("Inspection") == times.index("30:00") == planned.rindex(" ") + 1
    assert "20:00 +10:00" in times
