"""Laying out lines for a terminal: wrapped, cut and aligned by the cells that letters take."""

import shutil
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from review.plain import plain

NARROW, WIDE = 60, 110
SIGNS: Final = {"watch": "▲", "act": "■", "ok": "✓", "": " "}
"""Tone to the sign that stands before its word."""


def width() -> int:
    """Give the cells that a line may take; 80 where nobody tells."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, NARROW), WIDE)


def cells(text: str) -> int:
    """Count the cells that a text takes on the screen."""
    if text.isascii():
        return len(text)
    return sum(map(_cells_of, text))


@lru_cache(4096)
def _cells_of(char: str) -> int:
    return 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, room: int) -> str:
    """Give a text that fits; a longer one ends in an ellipsis."""
    text = plain(text)
    if cells(text) <= room:
        return text
    while text and cells(text) > room - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def left(text: str, room: int) -> str:
    """Give a text cut to the room and filled up on its right."""
    text = cut(text, room)
    return text + " " * (room - cells(text))


def right(text: str, room: int) -> str:
    """Give a text cut to the room and filled up on its left."""
    text = cut(text, room)
    return " " * (room - cells(text)) + text


def wrapped(text: str, first: str = "", indent: int | None = None, at: int | None = None) -> list[str]:
    """Break a text into lines behind `first`; further lines begin under the text, or `indent` cells in."""
    room = (at or width()) - 1
    indent = cells(first) if indent is None else indent
    lines, line, empty = [], first, True
    for word in plain(text).split():
        if not empty and cells(line) + 1 + cells(word) > room:
            lines.append(line)
            line, empty = " " * indent, True
        line, empty = (line + word if empty else f"{line} {word}"), False
    return [*lines, line.rstrip()]


def columns(rows: Sequence[Sequence[str]], most: int) -> int:
    """Give the cells that the widest first entry of some rows needs, at most `most`."""
    return min(max((cells(plain(row[0])) for row in rows), default=0), most)
