"""Facts in whole parts: those that find no room are counted, never cut."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from textual.content import Content

from tui.widgets.data import plain

COUNT: Final = 5
"""Cells that a count of up to three digits takes, with the gap behind it."""
LEAST: Final = 8
"""Cells of a shortened sentence under which the others are not counted behind it."""


class Parts(Struct, frozen=True):
    """A fact in whole parts; those that find no room are counted, never cut."""

    lead: str
    """The first, bold."""
    parts: tuple[str, ...]
    gap: str = "  "
    """What stands between the first and the others."""
    sizes: tuple[int, ...] = ()
    """How many each part stands for, where that is not one."""

    def __call__(self, width: int, most: int) -> Content:
        """Draw it on at most `most` lines."""
        lead = f"{plain(self.lead)}{self.gap if self.parts and self.lead else ''}"
        taken = Content(lead).cell_length
        # Under a count the other lines stand where the first part does; a longer lead would take too much of them.
        under = taken if taken <= COUNT else 0
        first, *others = packed(self.parts, width - under, most, taken - under, self.sizes)
        said = Content.assemble((plain(self.lead), "bold $bright"), lead[len(plain(self.lead)) :], first)
        return Content("\n").join([said, *(Content(" " * under + other) for other in others)])


def packed(parts: Sequence[str], width: int, most: int, taken: int = 0, sizes: Sequence[int] = ()) -> list[str]:
    """Set parts side by side on at most `most` lines; those that do not fit are counted at the end.

    Of the first line so many cells are `taken`; `sizes` are what the parts count for.
    """
    rows, left, counts = [""], [plain(part) for part in parts], list(sizes) or [1] * len(parts)
    while left:
        row = f"{rows[-1]} · {left[0]}" if rows[-1] else left[0]
        end = f" · {sum(counts[1:])} more" if len(rows) == most and len(left) > 1 else ""
        if Content(row + end).cell_length + (taken if len(rows) == 1 else 0) <= width:
            rows[-1] = row
            left, counts = left[1:], counts[1:]
        elif len(rows) < most and (rows[-1] or (taken and Content(left[0]).cell_length <= width)):
            rows.append("")
        elif rows[-1]:
            rows[-1] += f" · {sum(counts)} more"
            break
        else:
            # Not even one part has room: it gives way at its end, and the others are counted all the same.
            end = f" · {sum(counts[1:])} more" if len(left) > 1 else ""
            room = max(1, width - (taken if len(rows) == 1 else 0))
            rest = f"{sum(counts)} more"
            if rows[:-1] and end and room - len(end) < LEAST and len(rest) <= room:
                return [*rows[:-1], rest]
            if room - len(end) < LEAST:
                return [*rows[:-1], Content(" · ".join(left)).truncate(room, ellipsis=True).plain]
            return [*rows[:-1], gist(left[0], room - len(end)) + end]
    return rows


def gist(text: str, width: int) -> str:
    """Shorten a sentence to `width` cells where a part of it ends, else after a word, and mark that by “…”.

    Where no width is known yet, nothing is shortened.
    """
    said = plain(text)
    if width < 1 or Content(said).cell_length <= width:
        return said
    fitting = [at for at, letter in enumerate(said) if letter in ",–: " and Content(said[:at]).cell_length + 2 <= width]
    # A part ends here, and a quotation is kept or left out whole.
    ends = [
        at
        for at in fitting
        if said.startswith((", ", ": ", " – "), at) and said.count("“", 0, at) == said.count("”", 0, at)
    ]
    at = ends[-1] if ends and ends[-1] * 2 >= width else fitting[-1] if fitting else 0
    if at:
        return f"{said[:at].rstrip(' ,:–')} …"
    return Content(said).truncate(width, ellipsis=True).plain
