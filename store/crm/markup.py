"""Texts that a CRM keeps as pages of HTML: their words alone."""

import html
import re
from typing import Final

_TAG: Final = re.compile(
    r"</?(?:p|div|br|b|i|u|a|span|ul|ol|li|strong|em|font|img|table|tbody|tr|td|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE
)


def unmarked(text: str) -> str:
    """Take the tags of HTML off a text and write its signs out; a text without a tag stays as it is."""
    if "<" not in text or not _TAG.search(text):
        return text
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())
