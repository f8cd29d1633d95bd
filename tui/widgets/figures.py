"""Large type: 5×7 dots in half blocks, four rows high, or seven on a wall; and the back row's of 6×8 dots."""

from functools import lru_cache
from typing import Final

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.data import plain
from tui.widgets.glyphs import BACK_ROW, FACE, Glyph

Rows = tuple[str, ...]

ROWS: Final = 4
"""Cells that a large line is high."""
LARGER: Final = 7
"""Cells that a line of twice that type is high."""
BETWEEN: Final = 2
"""Cells between large words and those that stand behind them."""

_SAME: Final = str.maketrans({"’": "'", "‘": "'", "–": "-", "−": "-", "\u00a0": " "})
_HALVES: Final = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def capitals(text: str) -> str:
    """Give the text in capitals; `k` and `m` stay small where they stand for thousands and millions."""
    text = plain(text)
    kept = []
    for at, letter in enumerate(text):
        unit = letter in "km" and at > 0 and text[at - 1].isdigit() and not text[at + 1 : at + 2].isalpha()
        kept.append(letter if unit else letter.upper())
    return "".join(kept)


def _letters(text: str) -> str:
    return capitals(text).translate(_SAME)


def _dots(glyphs: list[Glyph]) -> list[str]:
    """Set glyphs side by side, one empty column between them and none in front of the first."""
    lines = [".".join(rows) for rows in zip(*glyphs, strict=True)]
    while lines and lines[0] and all(line.startswith(".") for line in lines):
        lines = [line[1:] for line in lines]
    return lines


def _blocks(lines: list[str]) -> list[str]:
    """Draw dot rows two to a cell."""
    lines = [*lines, "." * len(lines[0])] if len(lines) % 2 else lines
    return [
        "".join(_HALVES[upper == "#", lower == "#"] for upper, lower in zip(top, bottom, strict=True))
        for top, bottom in zip(lines[::2], lines[1::2], strict=True)
    ]


def drawn(text: str, width: int | None = None) -> bool:
    """Say whether every letter is in the face and the line fits `width` cells."""
    letters = _letters(text)
    if not letters.strip() or any(letter not in FACE for letter in letters):
        return False
    return width is None or len(_dots([FACE[letter] for letter in letters])[0]) <= width


def large_width(text: str) -> int:
    """Give the cells that a whole line takes drawn large; none where a letter is not in the face."""
    return len(_dots([FACE[letter] for letter in _letters(text)])[0]) if drawn(text) else 0


def parted(text: str, width: int | None = None) -> tuple[str, str]:
    """Part a name into the words that are drawn large and those that stand behind them; none large: none fits."""
    words = plain(text).split(" ")
    for end in range(len(words), 0, -1):
        large, small = " ".join(words[:end]), capitals(" ".join(words[end:]))
        room = None if width is None else width - Content(small).cell_length - BETWEEN * bool(small)
        # A number or a word as short as “No” says nothing without what follows.
        if drawn(large, room) and (not small or (len(large) > 2 and not large[0].isdigit())):
            return large, small
    return "", capitals(text)


def twice(text: str, width: int | None, rows: int) -> bool:
    """Say whether a line is drawn in twice the type: it has the rows for that, and the whole line fits."""
    return rows >= LARGER and drawn(text, None if width is None else width // 2)


@lru_cache(maxsize=256)
def figure(text: str, width: int | None = None, rows: int = ROWS) -> Rows:
    """Give the rows of a large line; words that do not fit stand behind it, or alone in the second row."""
    if twice(text, width, rows):
        return _scaled([FACE[letter] for letter in _letters(text)], 2)
    large, small = parted(text, width)
    if not large:
        return "", small, "", ""
    first, second, third, fourth = _blocks(_dots([FACE[letter] for letter in _letters(large)]))
    return first, second, third, fourth + (" " * BETWEEN + small if small else "")


def back_row_figure(text: str, scale: int) -> tuple[str, ...]:
    """Draw a time with dots of `scale` cells by `scale` half cells; empty where a letter is not in that face."""
    letters = _letters(text)
    if not letters or any(letter not in BACK_ROW for letter in letters):
        return ()
    return _scaled([BACK_ROW[letter] for letter in letters], scale)


def _scaled(glyphs: list[Glyph], scale: int) -> Rows:
    """Draw glyphs with dots of `scale` cells by `scale` half cells."""
    wide = ["".join(dot * scale for dot in line) for line in _dots(glyphs)]
    return tuple(_blocks([line for line in wide for _ in range(scale)]))


class Figure(Widget):
    """A large line that repaints only when its text changes."""

    DEFAULT_CSS = """
    Figure { width: auto; height: 4; color: $bright; text-wrap: nowrap; text-overflow: clip; }
    """

    ALLOW_SELECT = False
    text = reactive("")
    """What is said large; any text."""
    tone = reactive("")
    """Style it is drawn in, such as `$error`; the widget's own colour when empty."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        """Start with `text`."""
        super().__init__(id=id, classes=classes)
        self.set_reactive(Figure.text, text)

    def watch_text(self, before: str, now: str) -> None:
        """Lay out anew only where the width is the text's own."""
        room = self._room()
        if self.styles.is_auto_width and self._width(before, room) != self._width(now, room):
            self.refresh(layout=True)

    def render(self) -> Content:
        """Draw the four rows, or the one bold row where the face does not do."""
        room = self._room()
        large, small = parted(self.text, room)
        if self.size.height == 1:
            return Content.styled(capitals(self.text), self.tone).stylize("bold")
        rows = figure(self.text, room, self.rows)
        said = Content.styled("\n".join(row or " " for row in rows), self.tone)
        bold = small and not twice(self.text, room, self.rows)
        return said.stylize("bold", len(said) - len(small) if large else 0) if bold else said

    def get_content_width(self, container: Size, _: Size) -> int:
        """Take the width of the drawn line, so that what stands beside it can be set against it."""
        return self._width(self.text, container.width or None)

    @property
    def rows(self) -> int:
        """The rows it is given."""
        height = self.styles.height
        return int(height.value) if height is not None and height.is_cells else ROWS

    def _width(self, text: str, room: int | None) -> int:
        return max(Content(row).cell_length for row in figure(text, room, self.rows)) or 1

    def _room(self) -> int | None:
        """Cells there are; None before the first layout."""
        if not self.styles.is_auto_width:
            return self.content_size.width or None
        parent = self.parent
        return parent.content_size.width or None if isinstance(parent, Widget) else None
