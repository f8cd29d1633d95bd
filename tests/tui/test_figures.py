import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.figures import back_row_figure, drawn, figure, parted
from tui.widgets.glyphs import BACK_ROW, FACE
from tui.widgets.rail import large
from tui.widgets.rows import wrapped

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:+-,.'&/%km "


@pytest.mark.parametrize("letter", sorted(FACE))
def test_a_letter_is_seven_even_rows_of_dots(letter: str) -> None:
    rows = FACE[letter]
    assert len(rows) == 7
    assert len({len(row) for row in rows}) == 1
    assert set("".join(rows)) <= {"#", "."}


def test_the_face_has_every_letter_that_names_and_numbers_need() -> None:
    assert set(LETTERS) <= set(FACE)


def test_no_two_letters_look_alike() -> None:
    pictures = [rows for letter, rows in FACE.items() if letter not in "O0"]
    assert len(set(pictures)) == len(pictures)


@pytest.mark.parametrize("face", [FACE, BACK_ROW])
def test_digits_are_equally_wide(face: dict[str, tuple[str, ...]]) -> None:
    assert len({len(face[digit][0]) for digit in "0123456789"}) == 1


def test_a_time_is_drawn_as_in_the_pictures() -> None:
    assert figure("17:42") == (
        "▄█   ▀▀▀▀█   █   █ ▄▀▀▀▄",
        " █      █  ▀ █▄▄▄█   ▄▄▀",
        " █     █   ▄     █ ▄▀   ",
        "▀▀▀    ▀         ▀ ▀▀▀▀▀",
    )


def test_a_line_with_rows_and_columns_for_it_is_drawn_twice_as_large() -> None:
    assert figure("1:4", 30, 7) == (
        "  ██          ██      ██",
        "████          ██      ██",
        "  ██      ██  ██      ██",
        "  ██          ██████████",
        "  ██                  ██",
        "  ██      ██          ██",
        "██████                ██",
    )
    assert len(figure("17:42", 48, 7)) == 7
    assert figure("17:42", 47, 7) == figure("17:42", 47)


def test_a_time_past_zero_leaves_its_plus_to_the_words_before_its_digits_get_smaller() -> None:
    assert [large("+1:00", 52, 7), large("+10:00", 52, 7), large("+10:00", 34)] == ["+1:00", "10:00", "+10:00"]


@given(st.text(st.sampled_from(LETTERS), max_size=20))
def test_a_line_is_four_rows_of_one_width_with_no_empty_column_in_front(text: str) -> None:
    rows = figure(text)
    if drawn(text):
        assert len({len(row) for row in rows}) == 1
        assert any(row[0] != " " for row in rows)


@given(st.from_regex(r"[0-9]{1,2}:[0-5][0-9]", fullmatch=True), st.from_regex(r":[0-5][0-9]", fullmatch=True))
def test_what_stands_behind_running_digits_does_not_shift(time: str, other: str) -> None:
    # One in front loses its empty column once; behind the first digit the place is always the same.
    rest = len(figure(time[0] + other)[0]) - len(figure(time[0] + time[-3:])[0])
    assert rest == 0


@pytest.mark.parametrize("name", ["Müller", "Ångström", "日本電気", "[/x]"])
def test_a_name_outside_the_face_is_capitals_in_the_second_row(name: str) -> None:
    assert figure(name) == ("", name.upper(), "", "")


def test_a_name_that_does_not_fit_is_capitals_in_the_second_row() -> None:
    width = len(figure("Northwind")[0])
    assert figure("Northwind", width)[0]
    assert figure("Northwind", width - 1) == ("", "NORTHWIND", "", "")


@pytest.mark.parametrize(
    ("name", "width", "large", "small"),
    [
        ("Acme (EU)", None, "Acme", "(EU)"),
        ("Sofia Reyes", 50, "Sofia", "REYES"),
        ("Pendant Publishing Group", 60, "Pendant", "PUBLISHING GROUP"),
        ("Société 日本", None, "", "SOCIÉTÉ 日本"),
        ("33 of 63", 20, "", "33 OF 63"),
        ("No commitments", 40, "", "NO COMMITMENTS"),
        ("Sofia Reyes", 29, "", "SOFIA REYES"),
    ],
)
def test_words_that_do_not_fit_stand_in_bold_behind_those_that_do(name, width, large, small) -> None:
    assert parted(name, width) == (large, small)
    if large:
        rows = figure(name, width)
        assert rows[:3] == figure(large)[:3]
        assert rows[3] == f"{figure(large)[3]}  {small}"
        assert width is None or len(rows[3]) <= width


@given(st.text(max_size=30))
def test_any_text_gives_four_rows_without_control_signs(text: str) -> None:
    rows = figure(text)
    assert len(rows) == 4
    assert not any(ord(letter) < 32 for row in rows for letter in row)


def test_thousands_and_millions_stay_small_and_names_do_not() -> None:
    assert figure("420k") != figure("420K")
    assert figure("kim") == figure("KIM")


def test_typographic_signs_are_drawn_too() -> None:
    assert figure("O’Neill–5") == figure("O'NEILL-5")


@pytest.mark.parametrize(("scale", "width", "height"), [(4, 120, 16), (3, 90, 12), (2, 60, 8)])
def test_the_back_row_reads_a_time_of_square_dots(scale: int, width: int, height: int) -> None:
    rows = back_row_figure("17:42", scale)
    assert (len(rows[0]), len(rows)) == (width, height)
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize(
    ("beside", "room", "shown"),
    [
        (("5 promises fell due", "0 with a verdict"), 11, (["5 promises", "fell due"], ["0 with a", "verdict"])),
        (("Marcus Bell", "Platform renewal"), 11, (["Marcus Bell"], ["Platform", "renewal"])),
        (("5 promises fell due", "0 with a verdict"), 15, (["5 promises", "fell due"], ["0 with a", "verdict"])),
        (("5 promises fell due", "0 with a verdict"), 7, (["5 promises fell due"], ["0 with a verdict"])),
        (("5 promises fell due", "0 with a verdict"), None, (["5 promises fell due"], ["0 with a verdict"])),
    ],
)
def test_what_stands_beside_a_name_makes_room_for_all_of_it(
    beside: tuple[str, str], room: int | None, shown: tuple[list[str], list[str]]
) -> None:
    assert wrapped(*beside, room) == shown
