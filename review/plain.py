"""Text from outside as text alone: nothing in it steers a terminal or turns the direction of what stands beside it."""

import unicodedata

JOINERS = "\u200c\u200d"
"""Format characters that belong to words in some scripts."""


def plain(text: str) -> str:
    """Give a text on one line without control and format characters; breaks and tabs become spaces."""
    if text.isascii() and text.isprintable():
        return text
    kept = (
        " " if char.isspace() else char
        for char in text
        if char.isspace() or char in JOINERS or unicodedata.category(char) not in ("Cc", "Cf", "Cs")
    )
    return "".join(kept)
