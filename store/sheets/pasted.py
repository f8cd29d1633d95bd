"""A sheet's text as it comes back from a chat, a mail or an editor: its codes, and what was written behind them."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from msgspec import Struct

from review.dates import read_form
from review.plain import plain
from review.sheets.codes import SheetCode, read_codes
from review.sheets.filled import Filled, Stray
from store.errors import Refused
from store.sheets.tidy import MOST_SHOWN, tidy

BELOW = 12
"""Lines below its code in which an answer may go on."""
_BRACKETS = re.compile(r"\[([a-zA-Z\s–—-]{16,60})\]")
_QUOTED = re.compile(r"[\s>]*")
_TITLES = ("PROMISES", "YOUR CALL FOR ")
_END = "--"
"""What a mail's signature begins with."""


class _Line(Struct, frozen=True):
    """One line, freed of the signs with which mail quotes."""

    quoted: int
    """How often it was quoted."""
    text: str
    coded: bool


def read_pasted(text: str, source: str) -> tuple[list[Filled], list[Stray]]:
    """Find the lines of a text: the sheet's code first, then a code in brackets before each answer.

    Raises Refused where there are codes and nobody can tell what was written behind which.
    """
    lines = [_line(line) for line in text.splitlines()]
    filled: list[Filled] = []
    stray: list[Stray] = []
    # Where the line with the sheet's code was moved down, it holds for what stands above it too.
    sheet = next((code for line in lines if line.coded for code in _sheets_in(line)), None)
    lost = False
    for at, line in enumerate(lines):
        if not line.coded:
            continue
        matches = list(_BRACKETS.finditer(line.text))
        found = [(match, *read_codes(match[1])) for match in matches]
        if sum(code is not None for _, _, code in found) > 1:
            raise Refused(
                f"{source}: the lines of the sheet have run together into one. Paste it so that each stands on a line"
                " of its own, or send the file that closeout prep --sheets made."
            )
        for match, of_sheet, code in found:
            sheet = of_sheet or sheet
            lost = lost or (code is not None and sheet is None)
            if code is None or sheet is None:
                continue
            below = lines[at + 1 :]
            said = (line.text[match.end() :].strip().lstrip(">"), *_goes_on(below, line))
            one = Filled(where=f"line {at + 1}", sheet=sheet, line=code, answer=tidy(" ".join(said)))
            filled.append(one)
            stray += _beside(below, at + 2, answered=bool(one.answer)) if not line.quoted else ()
    if lost and not filled:
        raise Refused(
            f"{source}: the line “Sheet […]” that stands above the questions is missing. Send all of the text back."
        )
    return filled, stray


def _sheets_in(line: _Line) -> Iterable[SheetCode]:
    return (code for match in _BRACKETS.finditer(line.text) if (code := read_codes(match[1])[0]) is not None)


def _line(text: str) -> _Line:
    begins = _QUOTED.match(text)
    signs = begins[0] if begins else ""
    return _Line(signs.count(">"), text[len(signs) :].strip(), _BRACKETS.search(text) is not None)


def _goes_on(below: Sequence[_Line], coded: _Line) -> Iterable[str]:
    """Give what belongs to an answer of the lines below its code, up to a blank one.

    Where a chat took the blank lines out, what stands there may be the next question, and is none. In a mail that
    quotes the sheet, what is not quoted was written into it, wherever it stands up to the next question.
    """
    near = below[:BELOW]
    own = list(takewhile(lambda line: line.text and not line.coded and line.quoted >= coded.quoted, near))
    rest = near[len(own) :]
    if rest and rest[0].coded:
        own = []
    said = [line.text for line in own]
    if coded.quoted:
        said += _written_into(rest, coded.quoted)
    return said


def _written_into(below: Sequence[_Line], quoted: int) -> list[str]:
    said: list[str] = []
    for line in below:
        mine = line.quoted < quoted
        if line.coded or (line.text and not mine) or line.text.startswith(_END) or (said and not line.text):
            break
        if line.text:
            said.append(line.text)
    return said


def _beside(below: Sequence[_Line], number: int, *, answered: bool) -> Iterable[Stray]:
    """Find what stands between two codes and is neither a title nor a question: somebody answered on a line of it."""
    block: list[str] = []
    blocks: list[tuple[int, str]] = []
    ended = False
    for at, line in enumerate(below):
        if line.text and not line.coded:
            block.append(line.text)
            continue
        if block and not line.coded:
            blocks.append((number + at - len(block), " ".join(block)))
        ended = line.coded
        block = [] if not line.coded else block
        if ended:
            break
    if block and not ended:
        blocks.append((number + len(below) - len(block), " ".join(block)))
    # What goes on directly below a code is its answer, and what stands directly above the next one its question.
    if below and below[0].text:
        blocks = blocks[1:]
    if ended and not block:
        blocks = blocks[:-1]
    if not ended:
        blocks = [one for one in blocks[:1] if not answered and _is_dated(one[1])]
    for where, text in blocks:
        if not (_is_title(text) or text.startswith(_END)):
            yield Stray(f"line {where}", "", plain(text)[:MOST_SHOWN])


def _is_dated(text: str) -> bool:
    """Tell an answer below the last code from a greeting: it holds a day or a number."""
    return any(char.isdigit() for char in text) or any(read_form((word,), "dmy") for word in text.split())


def _is_title(text: str) -> bool:
    name, *rest = text.split(" ·")
    return text.startswith(_TITLES) or (bool(rest) and name == name.upper())
