"""Facts in whole parts: those that find no room are counted, never cut."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from tui.widgets.data import plain


@dataclass(frozen=True, slots=True)
class Parts:
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
        first, *others = packed(self.parts, width, most, Content(lead).cell_length, self.sizes)
        said = Content.assemble((plain(self.lead), "bold $bright"), lead[len(plain(self.lead)) :], first)
        return Content("\n").join([said, *map(Content, others)])


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
            # Not even one part has room: what there is gives way at the end.
            short = Content(" · ".join(left)).truncate(max(1, width - taken), ellipsis=True)
            return [*rows[:-1], short.plain]
    return rows
