from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.columns import columns, differences, marked, places


def drawn(rows):
    return [row.plain for row in rows]


def test_columns_stand_on_the_line_in_eighths():
    assert drawn(columns([25, 50, 100, None], 4, 2, 100)) == ["  █ ", "▄██·"]


def test_the_smallest_value_is_still_seen():
    assert drawn(columns([0, 0.1], 2, 1, 100)) == ["▁▁"]


def test_where_there_is_room_a_cell_stays_free_between_two():
    assert drawn(columns([100, 50], 8, 1, 100)) == ["██ ▄▄ "]


def test_values_that_share_a_cell_are_drawn_by_their_mean():
    assert places([0, 100, None, 40], 2) == [(50, 1), (40, 1)]


def test_what_is_less_hangs_from_the_line():
    up, down = drawn(differences([100, -100, 50, None], 4, 1, 100))
    assert (up, down) == ("█ ▄ ", " █ ·")


def test_the_mark_stands_over_its_column():
    rows = drawn(marked([50, 100], [100, 100], 8, 2, 100))
    assert rows == ["━━━ ━━━ ", "███ ███ "]


@given(st.lists(st.one_of(st.none(), st.floats(-1000, 1000)), max_size=300), st.integers(1, 120), st.integers(1, 4))
def test_every_row_is_as_long_as_the_others_and_fits(values, width, height):
    for rows in (columns(values, width, height, 100), differences(values, width, height, 100)):
        lengths = {row.cell_length for row in rows}
        assert len(lengths) == 1
        assert max(lengths) <= width
