"""Columns that stay straight where a terminal counts the cells of a script or an emoji in its own way.

Terminals differ on vowel signs of Indian scripts, on flags and on emoji that are made of several characters. In the gap
behind such a word the cursor is put where the program means it to be, so that the next column stands in its place.
"""

import re
from typing import Final

from rich.cells import cell_len

_DOUBTFUL: Final = re.compile(
    "[\u0900-\u0dff\u0e33\u0eb3\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u1a00-\u1cff\u200d\u20e3\ua800-\uabff\ud7b0-\ud7ff\ufe0f"
    "\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)
_NARROW: Final = re.compile("[\u200d\u20e3\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
"""Of these, what a terminal may draw in fewer cells than meant; words of the others may take more."""
_GAP: Final = re.compile("( {2,})")
_PIECE: Final = re.compile(
    r"\x1b\[\d+;(?P<column>\d+)H|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b.|(?P<text>[^\x1b]+)"
)


def straight(written: str) -> str:
    """Give what is written to the terminal with the cursor put right behind each gap that follows a doubtful word."""
    if not _DOUBTFUL.search(written):
        return written
    column, doubtful, narrow, pieces = 0, False, 0, list[str]()
    for piece in _PIECE.finditer(written):
        pieces.append(piece[0])
        if piece["column"]:
            column, doubtful, narrow = int(piece["column"]), False, 0
        if piece["text"] is None or not column:
            continue
        pieces.pop()
        for part in _GAP.split(piece["text"]):
            pieces.append(part)
            column += cell_len(part)
            if not part.isspace():
                doubtful = doubtful or bool(_DOUBTFUL.search(part))
                narrow += len(_NARROW.findall(part))
            elif doubtful:
                # Where the terminal took fewer cells, the last of the gap were not emptied.
                again = min(narrow, len(part))
                pieces.append(f"\x1b[{column - again}G{' ' * again}")
                doubtful, narrow = False, 0
    return "".join(pieces)
