"""Columns stay straight whatever script, emoji or direction a name has."""

import pytest
from textual.content import Content

from tui.widgets.data import RailLine, Tone, plain, spread
from tui.widgets.listing import ListLine, drawn
from tui.widgets.queue import QueueLine, cut, list_lines
from tui.widgets.rail import line

NAMES = (
    "Northwind",
    "株式会社山田製作所",
    "שלום בע״מ",
    "شركة النور",
    "Café 🚀 Labs",
    "e\u0301clair",
    "\u202eevil\u202c",
    "한국전자",
)


def cells_before(content: Content, mark: str) -> int:
    return Content(content.plain[: content.plain.index(mark)]).cell_length


@pytest.mark.parametrize("width", [60, 78, 110])
def test_amounts_and_reasons_of_the_queue_stand_under_each_other(width: int) -> None:
    lines = [
        QueueLine(at, name, name, amount="184k", kind="commit", tone=Tone.WATCH, reason="no paper")
        for at, name in enumerate(NAMES, 1)
    ]
    said = list_lines(lines, width)
    assert len({cells_before(one, "184k") for one in said}) == 1
    assert len({cells_before(one, "▲") for one in said}) == 1
    assert all(one.cell_length <= width for one in said)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [8, 9, 20])
def test_a_name_takes_exactly_its_column(name: str, width: int) -> None:
    assert Content(cut(name, width)).cell_length == width


@pytest.mark.parametrize("name", NAMES)
def test_right_ends_of_lists_and_rail_stay_at_the_right(name: str) -> None:
    listed = drawn(ListLine("1", Content(plain(name)), Content(plain(name)), Content("42k")), 60, current=True)
    railed = line(RailLine(name, right=name, tone=Tone.OK), 30, marked=True)
    both = spread(Content(plain(name * 6)), Content("42k"), 40)
    assert (listed.cell_length, railed.cell_length, both.cell_length) == (60, 30, 40)
    assert listed.plain.endswith("42k")


def test_a_name_is_cut_only_where_the_reasons_need_the_room():
    name, reason = "Pendant Publishing Technologies", "no confirmed date, no paper"
    lines = [QueueLine(1, "Diego", name, "389k", "commit", reason=reason)]
    assert f"{name} " in list_lines(lines, 154)[0].plain
    narrow = list_lines(lines, 77)[0].plain
    assert name not in narrow
    assert "Pendant Publishi" in narrow
