"""An answer freed of what spreadsheets, editors and chats put around it."""

from typing import Final

from review.plain import plain

MOST: Final = 2000
"""Characters of the longest answer; what is longer was pasted by mistake."""
MOST_SHOWN: Final = 90
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\u00a0": " "})


def tidy(cell: str) -> str:
    """Write an answer in one line, without the quotes and signs around it."""
    text = " ".join(plain(cell[:MOST]).translate(_QUOTES).split())
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    text = text.lstrip("'=").strip() if text[:1] in ("'", "=") else text
    if len(text) > 1 and text[0] == text[-1] == '"' and text.count('"') == 2:
        text = text[1:-1].strip()
    return text
