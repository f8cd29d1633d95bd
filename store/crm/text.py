"""Delimited text: bytes to rows of cells."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from itertools import chain, islice

from msgspec import Struct

from store.crm.fold import tidy_header

DELIMITERS = ",;\t|"
# The longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
_SAMPLE = 25
_END = "\x02end of file\x03"


class Table(Struct, frozen=True):
    """A file's rows as they stand there, blank ones included, so that row numbers are the file's."""

    rows: list[list[str]]
    warnings: tuple[str, ...] = ()


class Broken(Exception):
    """The text is no table; the argument says why, with the row."""


def read_text(data: bytes) -> Table:
    """Take delimited text apart; raises `Broken` where a quoted cell never ends."""
    text, warnings = _decode(data)
    # Cells may hold whole pictures; the module's own limit would refuse them.
    csv.field_size_limit(2**31 - 1)
    delimiter, text = _delimiter(text)
    rows, careless = _parse(text, delimiter)
    if careless is not None:
        warnings.append(f"Row {careless}: a quotation mark stands inside a quoted cell; read as far as it makes sense.")
    return Table(rows, tuple(warnings))


def _decode(data: bytes) -> tuple[str, list[str]]:
    """Turn bytes into text: by the mark at the start, else UTF-8, else Windows-1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data, encoding)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return _lenient(data, "cp1252", "The file is not UTF-8 and was read as Windows-1252; look at accents in names.")


def _lenient(data: bytes, encoding: str, warning: str = "") -> tuple[str, list[str]]:
    """Decode with a mark for what cannot be read, and say how many of those there are."""
    warnings = [warning] if warning else []
    try:
        return data.decode(encoding), warnings
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        warnings.append(f"{text.count(chr(0xFFFD)):,} characters could not be read and show as \ufffd.")
        return text, warnings


def _delimiter(text: str) -> tuple[str, str]:
    """Find the delimiter, and blank a first line `sep=;` that names it."""
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"').lower()
    if named.startswith("sep=") and len(named) < 6:
        return named[4:] if named[4:] and named[4:] in DELIMITERS else "\t", f"\n{rest}"
    best, points = ",", 0
    for delimiter in DELIMITERS:
        widths = Counter(len(row) for row in _first_rows(text, delimiter) if len(row) > 1)
        found = max((width * rows for width, rows in widths.items()), default=0)
        if found > points:
            best, points = delimiter, found
    return best, text


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    """Take the first rows apart with a delimiter, whatever comes of it."""
    return list(islice(csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter), _SAMPLE))


def _parse(text: str, delimiter: str) -> tuple[list[list[str]], int | None]:
    """Give the rows, and the first with stray quotation marks if there is one."""
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(_lines(text), delimiter=delimiter, strict=True))
        return rows[:-1], None
    except csv.Error:
        careless = len(rows) + 1
    loose = list(csv.reader(_lines(text), delimiter=delimiter))
    swallowed = len(loose) if loose[-1] != [_END] else _swallowing(loose, careless)
    if swallowed:
        raise Broken(f"row {swallowed}: a quotation mark opens a cell that does not end and swallows the rows after it")
    return loose[:-1], careless


def _swallowing(rows: list[list[str]], first: int) -> int:
    """Find a row that stray quotation marks made of several lines; 0 for none."""
    usual = Counter(map(len, rows)).most_common(1)[0][0]
    for number, row in enumerate(rows[first - 1 :], start=first):
        if (number == first or len(row) != usual) and any("\n" in cell or "\r" in cell for cell in row):
            return number
    return 0


def _lines(text: str) -> Iterable[str]:
    """Give the lines with their ends, and one more that shows whether the last quoted cell was closed."""
    return chain(io.StringIO(text, newline=""), (_END,))


def header_cells(row: list[str]) -> list[str]:
    """Give a row's cells as headers."""
    return [tidy_header(cell) for cell in row]
