"""Filled-in sheets as they come back, in whatever form and however a spreadsheet has changed them on the way."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from review.dates import Order
from review.plain import plain
from review.sheets.codes import LineCode, SheetCode, read_codes
from review.sheets.filled import Filled, FilledFile, Stray
from store.crm.dates import Undecided, order_of, parse_date
from store.crm.decode import decode
from store.crm.fold import fold
from store.crm.grid import Broken, Grid
from store.crm.kinds import grids_of
from store.crm.workbook import OLD, PACKED
from store.errors import Refused
from store.sheets.layout import ANSWER, COLUMNS, DATE, OWNER

MOST: Final = 2000
"""Characters of the longest answer; what is longer was pasted by mistake."""
MOST_SHOWN: Final = 90
BELOW: Final = 12
"""Lines below its code in which an answer may go on."""
_BRACKETS = re.compile(r"\[([a-zA-Z\s–—-]{16,60})\]")
_SPOILED = re.compile(r"#[A-ZÄÖÜÉ/0]+[?!]|#N/A|#NV|#{3,}|Err:\d{3}")
"""What a spreadsheet leaves of an answer that it took for a formula, or had no room for; in several languages."""
_FOLDED = tuple(fold(title) for title in COLUMNS)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\u00a0": " "})


def read_filled(path: Path, order: Order) -> FilledFile:
    """Read one filled-in sheet; raises Refused where the file cannot be read or holds no line of a sheet."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path.name or path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error
    return read_bytes(data, path.name, order)


def read_bytes(data: bytes, source: str, order: Order) -> FilledFile:
    """Read a filled-in sheet from its bytes; see `read_filled`."""
    found = Found()
    try:
        if not data.startswith((PACKED, OLD)):
            found.lines += _in_text(decode(data)[0])
        if not found.lines:
            # A cell that somebody merged over several lines answers the first of them alone.
            for grid in grids_of(data, fill=False):
                _in_table(grid, found, source, order)
    except Broken as broken:
        raise Refused(f"{source} cannot be read: {broken}.") from broken
    if not found.lines:
        raise Refused(
            f"{source} holds no line of a sheet: the codes in its last column are missing."
            " Fill in the file that closeout prep --sheets made, and leave its codes as they are."
        )
    return FilledFile(source, tuple(found.lines), tuple(found.stray))


class Found:
    """What was found of a file so far."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.lines: list[Filled] = []
        self.stray: list[Stray] = []
        self.places: dict[int, int] = {}
        """Where our columns stand; a worksheet without a header is read by the one before."""


# Text


def _in_text(text: str) -> Iterator[Filled]:
    """Find the lines of a text: the sheet's code first, then a code in brackets before each answer.

    An answer goes on, or begins, in the lines below, up to a blank one; where a chat took the blank lines out, what
    stands there may be the next question, and is none.
    """
    sheet: SheetCode | None = None
    lines = [
        line.strip().lstrip("> ").rstrip() if _BRACKETS.search(line) is None else line for line in text.splitlines()
    ]
    for at, line in enumerate(lines):
        match = _BRACKETS.search(line)
        found = read_codes(match[1]) if match else (None, None)
        sheet = found[0] or sheet
        if match is None or found[1] is None or sheet is None:
            continue
        below = lines[at + 1 : at + 1 + BELOW]
        end = next((place for place, one in enumerate(below) if not one or _BRACKETS.search(one)), len(below))
        goes_on = below[:end] if end == len(below) or not below[end] else []
        answer = " ".join((line[match.end() :].strip().lstrip(">"), *goes_on))
        yield Filled(where=f"line {at + 1}", sheet=sheet, line=found[1], answer=_tidy(answer))


# Tables


def _in_table(grid: Grid, found: Found, source: str, order: Order) -> None:
    """Find the rows that have a code, and their answers by the headers, wherever the columns are by now."""
    waiting: list[tuple[int, Sequence[str], tuple[SheetCode | None, LineCode | None]]] = []
    headed = False
    for number, row in enumerate((row for batch in grid.batches() for row in batch), grid.first):
        places = _header(row)
        if places:
            found.places, headed = found.places or places, True
            continue
        codes = next((codes for cell in reversed(row) if cell and all(codes := read_codes(cell))), (None, None))
        if codes[1] is not None or headed:
            waiting.append((number, row, codes))
    if any(codes[1] for _, _, codes in waiting) and not found.places:
        titles = ", ".join(f"“{COLUMNS[at]}”" for at in (ANSWER, DATE, OWNER))
        raise Refused(f"{source} has no row with the names of the columns ({titles}); put it back above the lines.")
    cells = [{at: row[place] for at, place in found.places.items() if place < len(row)} for _, row, _ in waiting]
    # The order of day and month is the file's where one of its dates shows it: its spreadsheet wrote them all.
    order = order_of(parse_date(_tidy(answer.get(DATE, ""))) for answer in cells) or order
    for (number, _, codes), given in zip(waiting, cells, strict=True):
        _take_row(found, f"row {number}", given, codes, order)


def _take_row(
    found: Found, where: str, given: Mapping[int, str], codes: tuple[SheetCode | None, LineCode | None], order: Order
) -> None:
    """Keep what stands in a row: a line of the sheet, or an answer that has lost its code."""
    about = plain(given.get(0, ""))[:90]
    answer, when, who = (_tidy(given.get(at, "")) for at in (ANSWER, DATE, OWNER))
    when = _day(when, order)
    if codes[0] is not None and codes[1] is not None:
        written = (given.get(at, "").strip() for at in (ANSWER, DATE, OWNER))
        line = Filled(
            where=where,
            sheet=codes[0],
            line=codes[1],
            about=about,
            answer=answer,
            when=when,
            who=who,
            spoiled=next((cell for cell in written if _SPOILED.fullmatch(cell)), ""),
        )
        found.lines.append(line)
    elif answer or when or who:
        said = " · ".join(text for text in (answer, when, who) if text)
        found.stray.append(Stray(where, about, said[:MOST_SHOWN]))


def _header(row: Sequence[str]) -> dict[int, int]:
    """Give where our columns stand in a row that is the header; nothing where it is none."""
    folded = [fold(cell) if len(cell) < 60 else "" for cell in row]
    places = {at: folded.index(title) for at, title in enumerate(_FOLDED) if title in folded}
    return places if {ANSWER, DATE} <= places.keys() else {}


def _tidy(cell: str) -> str:
    """Free an answer of what spreadsheets and editors put around it."""
    text = " ".join(plain(cell[:MOST]).translate(_QUOTES).split())
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    text = text.lstrip("'=").strip() if text[:1] in ("'", "=") else text
    if len(text) > 1 and text[0] == text[-1] == '"' and text.count('"') == 2:
        text = text[1:-1].strip()
    return text


def _day(text: str, order: Order) -> str:
    """Write a date cell as an ISO day where it is one in full; anything else stays as typed."""
    found = parse_date(text)
    if isinstance(found, Undecided):
        found = found.read(found.vote or order) or found.read("mdy" if order == "dmy" else "dmy")
    return found.isoformat() if found is not None else text
