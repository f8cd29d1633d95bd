"""Cells that a spreadsheet would calculate: hidden behind an apostrophe on leaving, bare again on coming in."""

from typing import Final

from review.plain import plain

SIGNS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How such cells begin, also in the wide forms of East Asian keyboards."""
HIDDEN: Final = tuple(f"'{sign}" for sign in SIGNS)
"""How they begin where an exporter has hidden them."""


def guarded(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula: on one line, and behind an apostrophe if it begins like one.

    For texts only: ids, checksums and numbers go as they are.
    """
    bare = plain(text)
    begun = bare.lstrip()
    return f"'{begun}" if begun.startswith(SIGNS) else bare


def hidden(text: str) -> str:
    """Put the apostrophe before a CRM's own word, of which nothing else may change: a name, a stage."""
    return f"'{text}" if text.lstrip().startswith(SIGNS) else text


def unguarded(text: str) -> str:
    """Take the apostrophe off a text that is hidden in this way; any other apostrophe is the text's own."""
    return text[1:] if text[:1] == "'" and text.startswith(HIDDEN) else text
