"""Text from outside in each form, so that it shows as it stands and formats nothing."""

import re

from review.plain import plain

_MARKS = re.compile(r"([\\`*\[\]<>|~])|(?<!\w)_|_(?!\w)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_START = re.compile(r"^(\s*)([#+\-=:]|\d+[.)])(?=\s|$|[-=:#])")
_SLACK = str.maketrans({"*": "∗", "`": "ˋ", "~": "∼", "<": "‹", ">": "›"})
_EDGES = re.compile(r"(?<!\w)_|_(?!\w)")
_CALLS = re.compile(r"(?i)@(?=(?:here|channel|everyone)\b)")


def markdown(text: str) -> str:
    """Escape what Markdown takes for a sign."""
    marked = _MARKS.sub(lambda found: f"\\{found[0]}", _ENTITY.sub("&amp;", plain(text)))
    return _START.sub(r"\1\\\2", marked)


def slack(text: str) -> str:
    """Replace the signs of mrkdwn, which has no way to escape them, by others; nobody is called, nothing linked."""
    return _CALLS.sub("", _EDGES.sub("ˍ", plain(text).translate(_SLACK).replace("](", "] (")))
