"""Filled-in sheets as they come back, in whatever form and however a spreadsheet has changed them on the way."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from review.dates import Order
from review.plain import plain
from review.sheets.codes import LineCode, SheetCode, read_codes
from review.sheets.filled import Filled, FilledFile
from store.crm.dates import Undecided, parse_date
from store.crm.decode import decode
from store.crm.fold import fold
from store.crm.grid import Broken
from store.crm.kinds import grids_of
from store.crm.workbook import OLD, PACKED
from store.errors import Refused
from store.sheets.layout import ANSWER, COLUMNS, DATE, OWNER

MOST: Final = 2000
"""Characters of the longest answer; what is longer was pasted by mistake."""
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
    try:
        lines = () if data.startswith((PACKED, OLD)) else tuple(_in_text(decode(data)[0]))
        lines = lines or tuple(_in_table(_rows(data), source, order))
    except Broken as broken:
        raise Refused(f"{source} cannot be read: {broken}.") from broken
    if not lines:
        raise Refused(
            f"{source} holds no line of a sheet: the codes in its last column are missing."
            " Fill in the file that closeout prep --sheets made, and leave its codes as they are."
        )
    return FilledFile(source, lines)


# Text


def _in_text(text: str) -> Iterator[Filled]:
    """Find the lines of a text: the sheet's code first, then a code in brackets before each answer."""
    sheet: SheetCode | None = None
    for number, line in enumerate(text.splitlines(), 1):
        match = _BRACKETS.search(line)
        found = read_codes(match[1]) if match else (None, None)
        sheet = found[0] or sheet
        if match is None or found[1] is None or sheet is None:
            continue
        answer = _tidy(line[match.end() :].strip().lstrip(">").strip())
        yield Filled(where=f"line {number}", sheet=sheet, line=found[1], answer=answer)


# Tables


def _rows(data: bytes) -> Iterator[Sequence[str]]:
    """Give the rows of every worksheet, one after the other; raises Broken where there are none to read."""
    for grid in grids_of(data):
        for batch in grid.batches():
            yield from batch


def _in_table(rows: Iterable[Sequence[str]], source: str, order: Order) -> Iterator[Filled]:
    """Find the rows that have a code, and their answers by the headers, wherever the columns are by now."""
    places: dict[int, int] = {}
    waiting: list[tuple[int, Sequence[str], SheetCode, LineCode]] = []
    for number, row in enumerate(rows, 1):
        found = _header(row)
        if found:
            places = places or found
            continue
        codes = next((codes for cell in reversed(row) if cell and all(codes := read_codes(cell))), None)
        if codes is not None and codes[0] is not None and codes[1] is not None:
            waiting.append((number, row, codes[0], codes[1]))
    if waiting and not places:
        titles = ", ".join(f"“{COLUMNS[at]}”" for at in (ANSWER, DATE, OWNER))
        raise Refused(f"{source} has no row with the names of the columns ({titles}); put it back above the lines.")
    for number, row, sheet, line in waiting:
        cells = {at: row[place] if place < len(row) else "" for at, place in places.items()}
        written = (cells.get(at, "").strip() for at in (ANSWER, DATE, OWNER))
        yield Filled(
            where=f"row {number}",
            sheet=sheet,
            line=line,
            about=plain(cells.get(0, ""))[:90],
            answer=_tidy(cells.get(ANSWER, "")),
            when=_day(_tidy(cells.get(DATE, "")), order),
            who=_tidy(cells.get(OWNER, "")),
            spoiled=next((cell for cell in written if _SPOILED.fullmatch(cell)), ""),
        )


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
