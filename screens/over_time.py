"""The figures of the team over time, drawn: commit against won in a quarter, and a strip for every other figure."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from textual.content import Content

from review.money import short_money
from review.trends import Quarter, Trend
from review.words import day_month
from tui.widgets.bridge import round_up
from tui.widgets.columns import columns, differences, marked
from tui.widgets.data import LABEL_WIDTH, spread

WORDS: Final = 40
"""Cells of a strip's words."""
APART: Final = 3
"""Cells between a strip's columns and its words."""
NOW: Final = 7
"""Cells of the last value, where its words stand beside it."""
SPANS: Final = ((13, "the last 13 reviews"), (52, "the last 52 reviews"), (None, "every review"))
"""How many locks the strips show, and how that is said."""


def page(quarter: Quarter, shown: Sequence[Trend], span: str, width: int, rows: int) -> Content:
    """Draw everything in a number of rows; where there are few, each drawing gets fewer."""
    strip = 1 if rows < 22 else 2
    room = rows - 4 - sum(max(strip, 2 if trend.signed else 1) for trend in shown)
    gap = 1 if room >= 6 else 0
    lines = [*_commit(quarter, width, max(3, min(12, room - gap)))]
    lines += [Content("")] * gap
    lines.append(spread(Content.styled("Team, review by review", "bold $bright"), Content.styled(span, "$dim"), width))
    room = width - LABEL_WIDTH - WORDS - APART
    drawings = [_drawn(trend, room, strip) for trend in shown]
    # The words stand beside the columns, however few there are yet.
    across = max((row.cell_length for drawn in drawings for row in drawn), default=0) + APART
    for trend, drawn in zip(shown, drawings, strict=True):
        lines += _strip(trend, drawn, across, strip)
    return Content("\n").join(lines)


def _commit(quarter: Quarter, width: int, height: int) -> list[Content]:
    """Draw won as columns and commit as a mark over each, with the first and the last lock named under them."""
    known = [value for lock in quarter.locks for value in (lock.commit, lock.won) if value is not None]
    title = Content.styled(f"Commit against won, {quarter.name}", "bold $bright")
    words = Content.styled(_whole(quarter.words, width - LABEL_WIDTH), "$foreground")
    if not known:
        return [title, Content(""), words]
    full = round_up(max([*known, Decimal(1)]))
    scale = Content.styled(f"0 to {short_money(full)}", "$dim")
    room = width - LABEL_WIDTH
    won = [_float(lock.won) for lock in quarter.locks]
    drawn = marked(won, [_float(lock.commit) for lock in quarter.locks], room, height, float(full))
    labels = ["━ commit", "█ won"] + [""] * height
    body = [_labelled(label, row) for label, row in zip(labels, drawn, strict=False)]
    cells = drawn[0].cell_length - 1
    first, last = (day_month(quarter.locks[at].day) for at in (0, -1))
    axis = first if len(quarter.locks) == 1 else first + last.rjust(max(len(last) + 2, cells - len(first)))
    return [spread(title, scale, width), *body, _labelled("", Content.styled(axis, "$dim")), _labelled("", words)]


def _drawn(trend: Trend, room: int, height: int) -> list[Content]:
    """Draw the columns of one figure."""
    values = [_float(value) for value in trend.values]
    if trend.signed:
        return differences(values, room, 1, float(trend.full))
    return columns(values, room, height, float(trend.full), None if trend.enough is None else float(trend.enough))


def _strip(trend: Trend, drawn: Sequence[Content], across: int, height: int) -> list[Content]:
    """Give one figure: its name, its columns in so many cells, and beside them what they come to."""
    now, words = Content.styled(trend.now, "bold $bright"), Content.styled(trend.words, "$dim")
    if height == 1:
        space = " " * max(2, NOW - now.cell_length)
        said = [Content.assemble(now, space, words).truncate(WORDS, ellipsis=True)]
    else:
        said = [Content.assemble(now, f" {trend.of}" if trend.of else ""), words.truncate(WORDS, ellipsis=True)]
    lines = []
    for at, row in enumerate(drawn):
        name = Content.styled(trend.name if at == 0 else "", "$foreground").pad_right(
            LABEL_WIDTH - (len(trend.name) if at == 0 else 0)
        )
        beside = said[at] if at < len(said) else Content("")
        lines.append(Content.assemble(name, row.pad_right(max(0, across - row.cell_length)), beside))
    return lines


def _whole(parts: Sequence[str], room: int) -> str:
    """Give as many parts as there is room for, each whole; the last ones go first."""
    shown = list(parts)
    while len(shown) > 1 and len(" · ".join(shown)) > room:
        shown.pop()
    return " · ".join(shown)


def _labelled(label: str, content: Content) -> Content:
    return Content.assemble((label.ljust(LABEL_WIDTH), "$dim"), content)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
