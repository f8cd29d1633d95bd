"""Planned against actual minutes, as two lines of pieces as long as their time."""

from collections.abc import Sequence

from msgspec import Struct
from textual.content import Content

from tui.widgets.data import LABEL_WIDTH, plain
from tui.widgets.header import lengths


class Spent(Struct, frozen=True):
    """One section: seconds planned, as adapted on the way and used, and how they are said."""

    title: str
    planned: int
    adapted: int
    actual: int
    said: str
    difference: str = ""


def hours(sections: Sequence[Spent], width: int) -> Content:
    """Draw the lines on one scale, and under them each section with its time, in the columns of the plan.

    The adapted one is drawn only where it differs from the plan.
    """
    room = width - LABEL_WIDTH
    longest = max(*(sum(times) for times in zip(*((s.planned, s.adapted, s.actual) for s in sections), strict=True)), 1)
    planned = _cells([one.planned for one in sections], room, longest)
    adapted: list[Content] = []
    if any(one.adapted != one.planned for one in sections):
        became = _cells([one.adapted for one in sections], room, longest)
        adapted.append(Content.assemble(("adapted".ljust(LABEL_WIDTH), "$dim"), _pieces(became, "$dim")))
    actual = _cells([one.actual for one in sections], room, longest)
    lines = [
        Content.assemble(("planned".ljust(LABEL_WIDTH), "$dim"), _pieces(planned, "$line")),
        *adapted,
        Content.assemble(("actual".ljust(LABEL_WIDTH), "bold $bright"), _pieces(actual, "$bright")),
    ]
    names, times = Content(" " * LABEL_WIDTH), Content(" " * LABEL_WIDTH)
    for one, cells in zip(sections, planned, strict=True):
        name = Content.styled(plain(one.title), "$foreground").truncate(cells, ellipsis=True)
        names += name + " " * (cells - name.cell_length + 1)
        full = Content.assemble((one.said, "bold $bright"), (f" {one.difference}" if one.difference else "", "$dim"))
        short = full if full.cell_length <= cells else Content.styled(one.said, "bold $bright").truncate(cells)
        times += short + " " * (cells - short.cell_length + 1)
    return Content("\n").join([*lines, names.rstrip(), times.rstrip()])


def _cells(seconds: Sequence[int], room: int, longest: int) -> tuple[int, ...]:
    whole = max(len(seconds), room * sum(seconds) // longest)
    return lengths(seconds, whole)


def _pieces(cells: Sequence[int], style: str) -> Content:
    return Content(" ").join(Content.styled("━" * count, style) for count in cells)
