"""The plain values that widgets are given; they know nothing of the review."""

import unicodedata
from enum import StrEnum
from typing import Final

from msgspec import Struct
from textual.content import Content

LABEL_WIDTH: Final = 16
"""Cells of the label column, in card, form and list alike."""


class Mode(StrEnum):
    """Whether letters are commands or text."""

    KEYS = "KEYS"
    TYPE = "TYPE"


class Tone(StrEnum):
    """What a status means; each has one symbol and one colour."""

    PLAIN = "plain"
    OK = "ok"
    WATCH = "watch"
    ACT = "act"
    UNKNOWN = "unknown"
    CRM = "crm"
    NOW = "now"
    DIM = "dim"


SYMBOLS: Final = {
    Tone.PLAIN: "",
    Tone.OK: "✓",
    Tone.WATCH: "▲",
    Tone.ACT: "■",
    Tone.UNKNOWN: "?",
    Tone.CRM: "~",
    Tone.NOW: "▸",
    Tone.DIM: "",
}
STYLES: Final = {
    Tone.PLAIN: "$foreground",
    Tone.OK: "$success",
    Tone.WATCH: "$warning",
    Tone.ACT: "bold $error",
    Tone.UNKNOWN: "$dim",
    Tone.CRM: "$dim",
    Tone.NOW: "$accent",
    Tone.DIM: "$dim",
}


_LOUD: Final = {Tone.WATCH: "$warning", Tone.ACT: "$error"}


def loud(tone: Tone, *, colour: bool) -> str:
    """Give the colour of a time that ends; where there is none it stays as bright as it was, and words say it."""
    return _LOUD.get(tone, "") if colour else ""


def plain(text: str) -> str:
    """Give text from outside as one line that shows only itself: no control codes, no marks that turn its direction."""
    spaced = " ".join(text.split())
    if spaced.isprintable():
        return spaced
    return "".join(letter for letter in spaced if unicodedata.category(letter) not in ("Cc", "Cf", "Cs"))


def status(tone: Tone, word: str) -> Content:
    """Say a status as symbol, word and colour; what stands behind it follows in plain text."""
    symbol = SYMBOLS[tone]
    return Content.styled(f"{symbol} {plain(word)}" if symbol else plain(word), STYLES[tone])


def values(text: str) -> Content:
    """Say a figure, value or current item."""
    return Content.styled(plain(text), "bold $bright")


def spread(left: Content, right: Content, width: int) -> Content:
    """Set one part at each end of a line of `width` cells; the left one gives way with “…”."""
    room = width - right.cell_length
    if room < 2:
        return left.truncate(max(width, 1), ellipsis=True)
    if left.cell_length >= room:
        left = left.truncate(room - 1, ellipsis=True)
    return Content.assemble(left, " " * (room - left.cell_length), right)


class Piece(Struct, frozen=True):
    """One section in the line of the hour."""

    title: str
    minutes: int
    state: str = "to come"
    """`done`, `now` or `to come`."""
    spent: float = 0.0
    """How much of a piece that is `now` has passed, 0 to 1."""


class HeaderView(Struct, frozen=True):
    """What the header says."""

    what: str
    date: str
    clock: str
    pieces: tuple[Piece, ...] = ()
    note: str = ""
    """Last in the line, such as “focus: close plans”; left out where there is no room."""
    short_what: str = ""
    """`what` for narrow screens."""
    punctual: str = ""
    """Word of the punctuality, such as “on time”, for screens whose rail is folded."""
    punctual_tone: Tone = Tone.OK
    ends: str = ""
    """What follows it, such as “ends 11:00”."""


class ClockView(Struct, frozen=True):
    """The time of the rail, and what is said under it."""

    figure: str
    """Such as “17:42” or “+0:15”."""
    of: str
    """Such as “left of 30:00”."""
    tone: Tone = Tone.PLAIN
    word: str = ""
    """`closing`, `ending` or `over` once the tone is not plain."""
    pace: str = ""
    """Such as “1:46 for each deal”."""
    short_pace: str = ""
    """`pace` where the rail is one line."""
    punctual: str = ""
    """Such as “on time”; empty before the start."""
    punctual_tone: Tone = Tone.OK
    ends: str = ""
    """Such as “ends 11:00”."""


class RailLine(Struct, frozen=True):
    """A line of a list in the rail."""

    text: str
    right: str = ""
    """A figure or name at the right end."""
    note: str = ""
    """What stands dim before `right`."""
    tone: Tone = Tone.PLAIN
    """Sets the symbol in front; NOW makes the line bold, DIM all of it dim."""
    word: str = ""
    """A word in the tone's colour before `right`, such as “away”."""
    to: str = ""
    """The deal or the person that a click on it leads to."""


class RailGroup(Struct, frozen=True):
    """A part of the rail between two rules."""

    title: str = ""
    right: str = ""
    strip: tuple[Tone, ...] = ()
    """One mark for each thing in the queue: PLAIN gone through, WATCH parked, NOW, DIM to come."""
    under: str = ""
    """Said under the strip, dim."""
    watch: str = ""
    """Said behind it as something to watch, such as “1 parked”."""
    lines: tuple[RailLine, ...] = ()
    words: str = ""
    """A sentence, dim."""
    parts: tuple[str, ...] = ()
    """Said like one, but none of them is parted at the end of a line."""
    key: str = ""
    """A key that does something about it, and what it does."""
    key_title: str = ""
    marked: bool = True
    """Whether lines keep two cells for a symbol."""


class RailView(Struct, frozen=True):
    """What the right rail says, and its one line where it folds."""

    clock: ClockView
    groups: tuple[RailGroup, ...] = ()
    place: str = ""
    """Such as “8 of 17 · next: Umbrella, Marcus”."""


class BackRowView(Struct, frozen=True):
    """The hour for those who sit far away."""

    time: str
    sentence: str
    tone: Tone = Tone.PLAIN
    subject: str = ""
    key: str = ""
    key_title: str = ""


class Feedback(Struct, frozen=True):
    """What is said under a line while it is typed."""

    ok: bool = True
    """Whether Enter may take it."""
    marks: tuple[tuple[Tone, str, str], ...] = ()
    """Each a tone, its word, and plain text behind it."""

    def line(self, width: int = 0) -> Content:
        """Give the marks as one line, three cells apart; as more, broken between two marks, where `width` is less."""
        lines: list[Content] = []
        for tone, word, rest in self.marks:
            mark = _mark(tone, word, rest)
            longer = Content("   ").join([lines[-1], mark]) if lines else mark
            if lines and (not width or longer.cell_length <= width):
                lines[-1] = longer
            else:
                lines.append(mark)
        if 1 < len(lines) == len(self.marks):
            # One under the other they are read as a column.
            longest = max(status(tone, word).cell_length for tone, word, _ in self.marks)
            columns = [_mark(*mark, longest) for mark in self.marks]
            lines = columns if max(line.cell_length for line in columns) <= width else lines
        return Content("\n").join(lines)


def _mark(tone: Tone, word: str, rest: str, cells: int = 0) -> Content:
    """Set plain text behind a status, which takes so many cells where the text is a column."""
    said = status(tone, word)
    apart = rest.startswith(" ")
    said = said.pad_right(max(0, cells - said.cell_length) if apart else 0)
    return Content.assemble(said, (" " * apart + plain(rest), "$foreground"))
