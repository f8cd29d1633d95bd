"""Text from outside as text alone: nothing in it steers a terminal or turns the direction of what stands beside it."""

import re
import unicodedata

JOINERS = "\u200c\u200d"
"""Format characters that belong to words in some scripts."""
_STEERS = re.compile("[\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What JSON leaves as it is and a terminal, or a reader of lines, takes for more than text."""


def plain(text: str) -> str:
    """Give a text on one line without control and format characters; breaks and tabs become spaces."""
    if text.isprintable():
        return text
    kept = (
        " " if char.isspace() else char
        for char in text
        if char.isspace() or char in JOINERS or unicodedata.category(char) not in ("Cc", "Cf", "Cs")
    )
    return "".join(kept)


def in_json(document: str) -> str:
    """Give a JSON document of the same values in which what would steer a terminal stands as its code."""
    return document if document.isascii() else _STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", document)
