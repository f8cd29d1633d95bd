"""A sheet's text that came back as a web page, as mail programs write it: its words, line by line."""

import html
import re
from typing import Final

_UNSEEN: Final = re.compile(r"(?is)<(head|style|script)\b.*?</\1\s*>|<!--.*?-->")
_ENDS: Final = re.compile(r"(?i)<br\s*/?>|</(?:p|div|tr|li|h[1-6]|blockquote|pre|table)\s*>")
_TAG: Final = re.compile(r"</?[a-zA-Z!][^<>]*>")


def is_page(text: str) -> bool:
    """Tell whether a text is a page, or was taken from one with its signs still written as there."""
    start = text.lstrip()[:2]
    return (start[:1] == "<" and (start[1:].isalpha() or start[1:] == "!")) or "] &gt;" in text


def text_of(page: str) -> str:
    """Give the words of a page, each of its lines as one."""
    seen = _UNSEEN.sub("", page)
    return html.unescape(_TAG.sub("", _ENDS.sub("\n", seen)))
