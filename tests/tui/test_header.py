import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.data import ClockView, HeaderView, Piece, RailLine, RailView, Tone
from tui.widgets.header import lengths, strip, title_line
from tui.widgets.rail import chip, folded, large, line
from tui.widgets.rail import strip as dashes

states = st.sampled_from(["done", "now", "to come"])
pieces = st.lists(
    st.builds(Piece, title=st.text(max_size=12), minutes=st.integers(0, 60), state=states, spent=st.floats(0, 2)),
    min_size=1,
    max_size=6,
)


def test_the_hour_is_shared_out_by_its_minutes() -> None:
    # 136 cells less three gaps: 133 for 60 minutes; 22 for each ten, the one left over to the longest.
    assert lengths([10, 30, 10, 10], 136) == (22, 67, 22, 22)
    assert lengths([10, 30, 10, 10], 78) == (12, 39, 12, 12)


@given(st.lists(st.integers(0, 240), min_size=1, max_size=8), st.integers(0, 300))
def test_pieces_and_gaps_fill_the_width(minutes: list[int], width: int) -> None:
    shares = lengths(minutes, width)
    assert len(shares) == len(minutes)
    assert min(shares) >= 0
    assert sum(shares) + len(minutes) - 1 == max(width, len(minutes) - 1)


@given(st.lists(st.integers(1, 240), min_size=2, max_size=8), st.integers(40, 300))
def test_a_longer_section_is_never_the_shorter_piece(minutes: list[int], width: int) -> None:
    shares = lengths(minutes, width)
    pairs = [(a, b) for a in range(len(minutes)) for b in range(len(minutes)) if minutes[a] > minutes[b]]
    assert all(shares[a] >= shares[b] for a, b in pairs)


@given(pieces, st.integers(20, 250))
def test_names_and_line_are_exactly_as_wide_as_the_header(shown: list[Piece], width: int) -> None:
    names, bars = strip(shown, width)
    assert names.cell_length == width
    assert bars.cell_length == width


def test_done_is_ticked_and_now_is_in_capitals() -> None:
    names, _ = strip((Piece("Forecast", 10, "done"), Piece("Inspection", 30, "now", 0.5), Piece("Actions", 10)), 90)
    assert names.plain.split() == ["✓", "Forecast", "▸", "INSPECTION", "Actions"]


VIEW = HeaderView("Weekly pipeline review", "Mon 23 Nov 2026", "10:22", (), "focus: close plans", "Pipeline review")


@given(st.integers(12, 200), st.booleans())
def test_the_clock_is_never_cut(width: int, narrow: bool) -> None:
    said = title_line(VIEW, width, narrow)
    assert said.cell_length == width
    assert said.plain.endswith("10:22")


def test_the_focus_gives_way_before_the_date() -> None:
    assert "close plans" in title_line(VIEW, 116, False).plain
    assert "close plans" not in title_line(VIEW, 60, False).plain
    assert "Mon 23 Nov 2026" in title_line(VIEW, 50, True).plain


@given(st.lists(st.sampled_from([Tone.PLAIN, Tone.NOW, Tone.DIM, Tone.WATCH]), max_size=60), st.integers(20, 40))
def test_the_queue_fits_its_rail(marks: list[Tone], width: int) -> None:
    assert dashes(tuple(marks), width).cell_length <= width


@given(st.text(max_size=60), st.text(max_size=20), st.integers(20, 40))
def test_a_line_of_the_rail_is_as_wide_as_the_rail(text: str, right: str, width: int) -> None:
    said = line(RailLine(text, right, tone=Tone.NOW), width, True)
    assert "\n" not in said.plain
    assert said.cell_length <= width


@pytest.mark.parametrize("tone", [Tone.PLAIN, Tone.WATCH, Tone.ACT])
def test_the_folded_rail_says_the_time_first(tone: Tone) -> None:
    clock = ClockView("17:42", "left of 30:00", tone, "ending", short_pace="1:46 each")
    said = folded(RailView(clock, (), "8 of 17 · next: Umbrella, Marcus"), 78)
    assert said.plain.startswith(" 17:42 ")
    assert said.plain.endswith("8 of 17 · next: Umbrella, Marcus")
    assert said.cell_length == 78
    assert ("ending" in said.plain) == (tone is not Tone.PLAIN)


def test_a_long_name_gives_way_to_the_time_in_the_folded_rail() -> None:
    clock = ClockView("29:58", "left of 30:00", short_pace="1:46 each")
    said = folded(RailView(clock, (), f"1 of 17 · next: {'Wohnungsbaugesellschaft ' * 4}, Marcus"), 78)
    assert said.plain.startswith(" 29:58  left of 30:00  1 of 17 · next: Wohn")
    assert said.cell_length == 78


def test_a_time_that_ends_is_red_and_stays_as_bright_as_it_was_without_colour() -> None:
    ending = ClockView("2:00", "left of 30:00", Tone.ACT, "ending")
    styles = [str(chip(ending, colour=colour).spans[0].style) for colour in (True, False)]
    assert styles == ["bold $background on $error", "bold $background on $bright"]


def test_a_time_far_past_zero_stays_large_in_a_narrow_rail() -> None:
    assert [large(said, 30) for said in ("+9:59", "+28:09", "1:02:10")] == ["+9:59", "28:09", "1:02:10"]
    assert large("+28:09", 34) == "+28:09"
