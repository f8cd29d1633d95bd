"""Filled-in sheets as they come back, in whatever form and however a spreadsheet has changed them on the way."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from review.dates import Order
from review.plain import plain
from review.sheets.asking import says_how
from review.sheets.codes import LineCode, SheetCode, read_codes
from review.sheets.filled import Filled, FilledFile, Stray
from review.words import counted
from store.crm.dates import Undecided, order_of, parse_date
from store.crm.decode import decode
from store.crm.fold import fold
from store.crm.grid import Broken, Grid
from store.crm.kinds import grids_of
from store.crm.refusals import bytes_of
from store.crm.workbook import OLD, PACKED
from store.errors import Refused
from store.sheets.layout import ANSWER, COLUMNS, DATE, HOW, OWNER
from store.sheets.mail import is_mail, parts_of
from store.sheets.page import is_page, text_of
from store.sheets.pasted import read_pasted
from store.sheets.tidy import MOST_SHOWN, tidy

MOST_BESIDE: Final = 5
"""Cells beside the columns that are named; the others are counted."""
_RTF: Final = b"{\\rtf"
_SPOILED = re.compile(r"#[A-ZÄÖÜÉ/0]+[?!]|#N/A|#NV|#{3,}|Err:\d{3}")
"""What a spreadsheet leaves of an answer that it took for a formula, or had no room for; in several languages."""
_FULL_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?: [0:]+)?")
"""A day alone where the answer stands, in the form of a spreadsheet; a bare number there is none."""
_FOLDED = tuple(fold(title) for title in COLUMNS)


def read_filled(path: Path, order: Order) -> FilledFile:
    """Read one filled-in sheet; raises Refused where the file cannot be read or holds no line of a sheet."""
    return read_bytes(bytes_of(path), path.name, order)


def read_bytes(data: bytes, source: str, order: Order) -> FilledFile:
    """Read a filled-in sheet from its bytes; see `read_filled`."""
    if data.startswith(_RTF):
        raise Refused(f"{source} is formatted text (RTF). Save it as plain text, .txt, and read that in.")
    if is_mail(data):
        return _of_mail(data, source, order)
    found = Found()
    try:
        if not data.startswith((PACKED, OLD)):
            text = decode(data)[0]
            lines, stray = read_pasted(text_of(text) if is_page(text) else text, source)
            found.lines += lines
            found.stray += stray
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
    return FilledFile(source, tuple(found.lines), tuple(found.stray), _said_beside(found.beside))


def _of_mail(data: bytes, source: str, order: Order) -> FilledFile:
    """Read what a mail holds: its text, and the files that hang on it; what is no sheet of them is passed over."""
    lines: list[Filled] = []
    stray: list[Stray] = []
    beside: list[str] = []
    why = ""
    for name, part in parts_of(data):
        try:
            read = read_bytes(part, name or source, order)
        except Refused as refused:
            why = why or (str(refused) if name else "")
            continue
        place = f"{name} " if name else ""
        lines += [replace(line, where=f"{place}{line.where}") for line in read.lines]
        stray += [replace(one, where=f"{place}{one.where}") for one in read.stray]
        beside += [read.beside] if read.beside else []
    if not lines:
        raise Refused(
            f"{source} is a mail without a line of a sheet: neither its text nor a file that hangs on it has the codes."
            + (f" {why}" if why else "")
        )
    return FilledFile(source, tuple(lines), tuple(stray), " ".join(beside))


def _said_beside(cells: Sequence[tuple[str, str]]) -> str:
    """Say what was written where no answer is read."""
    if not cells:
        return ""
    named = ", ".join(f"“{text}” ({where})" for where, text in cells[:MOST_BESIDE])
    more = f" and {counted(len(cells) - MOST_BESIDE, 'cell')} more" if len(cells) > MOST_BESIDE else ""
    return f"{named}{more}: nothing is read beside the columns for the answer; write it there, or say it in the review"


class Found:
    """What was found of a file so far."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.lines: list[Filled] = []
        self.stray: list[Stray] = []
        self.beside: list[tuple[str, str]] = []
        """Row and text of what was written where no answer is read."""
        self.places: dict[int, int] = {}
        """Where our columns stand; a worksheet without a header is read by the one before."""


# Tables


Codes = tuple[SheetCode | None, LineCode | None]


def _in_table(grid: Grid, found: Found, source: str, order: Order) -> None:
    """Find the rows that have a code, and their answers by the headers, wherever the columns are by now."""
    waiting: list[tuple[int, Sequence[str], Codes, Mapping[int, int]]] = []
    places: Mapping[int, int] = {}
    for number, row in enumerate((row for batch in grid.batches() for row in batch), grid.first):
        if header := _header(row):
            # Sorting may have moved the header down among the lines: it holds for those above it too.
            waiting = waiting if places else [(*one[:3], header) for one in waiting]
            places = header
            continue
        codes = next((codes for cell in reversed(row) if cell and all(codes := read_codes(cell))), (None, None))
        if codes[1] is not None or places:
            waiting.append((number, row, codes, places or found.places))
    found.places = found.places or dict(places)
    if any(codes[1] and not given for _, _, codes, given in waiting):
        titles = ", ".join(f"“{COLUMNS[at]}”" for at in (ANSWER, DATE, OWNER))
        raise Refused(f"{source} has no row with the names of the columns ({titles}); put it back above the lines.")
    cells = [{at: row[place] for at, place in given.items() if place < len(row)} for _, row, _, given in waiting]
    # The order of day and month is the file's where one of its dates shows it: its spreadsheet wrote them all.
    order = order_of(parse_date(tidy(answer.get(DATE, ""))) for answer in cells) or order
    for (number, whole, codes, given), answer in zip(waiting, cells, strict=True):
        _take_row(found, f"row {number}", answer, codes, order)
        if codes[1] is not None:
            found.beside += [(f"row {number}", text) for text in _written_beside(whole, given, answer)]


def _written_beside(row: Sequence[str], places: Mapping[int, int], cells: Mapping[int, str]) -> list[str]:
    """List what somebody wrote into a cell of a line that is no answer: behind the columns, or over our own words."""
    ours = set(places.values())
    wide = max(ours)
    texts = [cell for at, cell in enumerate(row) if at > wide and at not in ours and not all(read_codes(cell))]
    how = " ".join(cells.get(HOW, "").split())
    texts += [how] if how and not says_how(how) else []
    return [shown for text in texts if (shown := plain(text).strip()[:MOST_SHOWN])]


def _take_row(
    found: Found, where: str, given: Mapping[int, str], codes: tuple[SheetCode | None, LineCode | None], order: Order
) -> None:
    """Keep what stands in a row: a line of the sheet, or an answer that has lost its code."""
    about = plain(given.get(0, ""))[:90]
    answer, when, who = (tidy(given.get(at, "")) for at in (ANSWER, DATE, OWNER))
    when = _day(when, order)
    answer = _day(answer, order) if _FULL_DAY.fullmatch(answer) else answer
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


def _day(text: str, order: Order) -> str:
    """Write a date cell as an ISO day where it is one in full; anything else stays as typed."""
    found = parse_date(text)
    if isinstance(found, Undecided):
        found = found.read(found.vote or order) or found.read("mdy" if order == "dmy" else "dmy")
    return found.isoformat() if found is not None else text
