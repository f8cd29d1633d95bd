"""The recap as one page of text: Markdown, plain text, HTML, and what Slack and Teams make of a paste."""

import re
from pathlib import Path
from typing import Final

from store.exports.chat import parted
from store.exports.outgoing import Outgoing
from store.exports.page import page_of
from store.exports.templates import fill

_EMPTY_LINES: Final = re.compile(r"\n{3,}")


def render(outgoing: Outgoing, name: str, own: Path) -> bytes:
    """Write the page. Raises Refused for a broken template of the user's."""
    return written(outgoing, name, own).encode()


def written(outgoing: Outgoing, name: str, own: Path) -> str:
    """Fill in the template `name`; no more than one empty line stands between two others."""
    text = fill(name, page_of(outgoing), own)
    return parted(_EMPTY_LINES.sub("\n\n", text).strip("\n") + "\n", name)
