import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from tui.widgets.parts import Parts, gist, packed

NAMES = ("Tom 8", "Aisha, Wei 4", "Marcus 1")


@pytest.mark.parametrize(
    ("width", "lines", "said"),
    [
        (40, 1, "32  Tom 8 · Aisha, Wei 4 · Marcus 1"),
        (33, 1, "32  Tom 8 · Aisha, Wei 4 · 1 more"),
        (20, 1, "32  Tom 8 · 3 more"),
        (20, 2, "32  Tom 8\n    3 more"),
        (24, 2, "32  Tom 8 · Aisha, Wei 4\n    Marcus 1"),
        (8, 1, "32  Tom…"),
    ],
)
def test_parts_that_find_no_room_are_counted_whole(width: int, lines: int, said: str) -> None:
    assert Parts("32", NAMES, sizes=(1, 2, 1))(width, lines).plain == said


@given(
    st.lists(st.text(st.sampled_from("abc 日é"), min_size=1, max_size=12).filter(str.strip), max_size=8),
    st.integers(12, 60),
    st.integers(1, 3),
    st.integers(0, 8),
)
def test_no_line_is_wider_than_there_is_room_and_no_part_is_lost(
    parts: list[str], width: int, most: int, taken: int
) -> None:
    rows = packed(parts, width, most, taken)
    assert 1 <= len(rows) <= most
    said = [part for row in rows for part in row.split(" · ") if row]
    hidden = sum(int(part.split()[0]) for part in said if part.endswith(" more"))
    shown = [part for part in said if not part.endswith(" more")]
    # Where not even one part has room, what there is gives way at the end.
    assert len(shown) + hidden == len(parts) or rows[-1].endswith("…")
    assert all(Content(row).cell_length + (taken if at == 0 else 0) <= width for at, row in enumerate(rows))


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (40, "date not confirmed, paper is old"),
        (31, "date not confirmed …"),
        (20, "date not confirmed …"),
        (19, "date not …"),
        (3, "da…"),
        (0, "date not confirmed, paper is old"),
    ],
)
def test_a_reason_that_finds_no_room_ends_after_a_whole_part_or_word(width: int, said: str) -> None:
    assert gist("date not confirmed, paper is old", width) == said


def test_a_name_is_not_begun_where_only_its_first_letters_have_room() -> None:
    assert packed(("Marcus 21", "Wei 5", "Hannes 3", "Priya 3"), 10, 2) == ["Marcus 21", "3 more"]


def test_a_quotation_is_not_ended_at_its_own_comma() -> None:
    assert gist("overdue for weeks: “Call Ruth, then Dana” was due", 33) == "overdue for weeks …"


def test_what_finds_no_room_at_all_is_still_counted() -> None:
    assert packed(["Calder Foods to best case – no paper stage yet", "Stark", "Opal"], 40, 1) == [
        "Calder Foods to best case … · 2 more"
    ]
