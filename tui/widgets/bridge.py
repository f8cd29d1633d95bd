"""From one sum to another as bars: each line starts where the one before ended."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Final

from msgspec import Struct
from textual.content import Content

from tui.widgets.data import LABEL_WIDTH, plain

AMOUNT: Final = 10
GAP: Final = 4
EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
ROUND: Final = (Decimal(1), Decimal(2), Decimal(5))
FROM_ZERO: Final = Decimal("0.4")
"""Share of the largest sum below which the scale starts at zero."""


class Span(Struct, frozen=True):
    """A line of the bridge."""

    label: str
    said: str
    """The amount as it is written."""
    amount: Decimal = Decimal(0)
    """Signed."""


class Scale(Struct, frozen=True):
    """What the left and the right end of the bars stand for."""

    first: Decimal
    last: Decimal

    def cells(self, value: Decimal, width: int) -> int:
        """Give the place of a value in eighths of a cell."""
        return int((value - self.first) * width * 8 / (self.last - self.first))


def scale_of(start: Decimal, amounts: Sequence[Decimal]) -> Scale:
    """Choose round ends that hold every sum on the way; from zero where that still shows the lines."""
    sums = [start]
    for amount in amounts:
        sums.append(sums[-1] + amount)
    low, high = min(sums), max(sums)
    if low < high * FROM_ZERO and low >= 0:
        low = Decimal(0)
    step = _step((high - low) / 8 or abs(high) / 8 or Decimal(1))
    first = (low // step) * step
    if first > low:
        first -= step
    last = -(-high // step) * step
    last = last + step if last <= high else last
    return Scale(first if first < low or first == 0 else first - step, last)


def round_up(most: Decimal) -> Decimal:
    """Give a round end for a scale from zero that holds `most`."""
    step = _step(most / 8)
    return (most / step).to_integral_value(ROUND_CEILING) * step


def _step(size: Decimal) -> Decimal:
    """Give the round figure – 1, 2 or 5 with zeros – that is at least `size`."""
    power = Decimal(1).scaleb(size.adjusted())
    return next((power * each for each in ROUND if power * each >= size), power * 10)


def waterfall(before: Span, lines: Sequence[Span], after: Span, width: int) -> Content:
    """Draw both sums as marks and each line as a bar from sum to sum; gains bright, losses dim."""
    room = width - LABEL_WIDTH - AMOUNT - GAP
    scale = scale_of(before.amount, [line.amount for line in lines])
    drawn = [_row(before, _mark(scale.cells(before.amount, room), room), strong=True)]
    at = before.amount
    for line in lines:
        ends = sorted((scale.cells(at, room), scale.cells(at + line.amount, room)))
        style = "$foreground" if line.amount > 0 else "$dim"
        drawn.append(_row(line, _bar(ends[0], max(ends[1], ends[0] + 1), style)))
        at += line.amount
    drawn.append(_row(after, _mark(scale.cells(after.amount, room), room), strong=True))
    return Content("\n").join(drawn)


def _row(line: Span, chart: Content, *, strong: bool = False) -> Content:
    style = "bold $bright" if strong else "$foreground"
    label = Content(plain(line.label)).truncate(LABEL_WIDTH - 1, ellipsis=True).plain.ljust(LABEL_WIDTH)
    return Content.assemble((label, style), (f"{line.said:>{AMOUNT}}" + " " * GAP, style), chart)


def _mark(place: int, room: int) -> Content:
    at = max(0, min(place // 8, room - 1))
    return Content.assemble(" " * at, ("┃", "$bright"))


def _bar(first: int, last: int, style: str) -> Content:
    """Draw from `first` to `last`, in eighths of a cell; a left edge inside a cell swaps its colours."""
    cell, into = divmod(first, 8)
    end, rest = divmod(last, 8)
    parts: list[str | tuple[str, str]] = [" " * cell]
    if into and cell == end:
        # Too small for both edges in one cell: the nearest that can be drawn.
        return Content.assemble(*parts, (EIGHTHS[max(1, last - first)], style))
    if into:
        parts.append((EIGHTHS[into], f"$surface on {style}"))
        cell += 1
    parts.append(("█" * (end - cell), style))
    if rest:
        parts.append((EIGHTHS[rest], style))
    return Content.assemble(*parts)
