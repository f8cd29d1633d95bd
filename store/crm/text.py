"""Delimited text: to rows of cells."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING

from store.crm.grid import BATCH, Broken

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = ",;\t|"
_SAMPLE = 25
_HEAD = 1_000_000
"""Characters that the first rows are taken from."""
_BLOCK = 200_000
"""Characters that are cut into lines at one go."""
_BLANKS = ("\n" * 100, "\r\n" * 100)
"""How a file ends that was padded with blank lines."""
_END = "\x02end of file\x03"


class Text:
    """Delimited text; its rows are parsed when they are asked for."""

    def __init__(self, text: str, warnings: Iterable[str] = ()) -> None:
        # Cells may hold whole pictures; the module's own limit would refuse them.
        csv.field_size_limit(2**31 - 1)
        self.warnings = list(warnings)
        if whole := _whole_lines(text):
            self.warnings.append(
                "Every line stood within quotation marks as one cell; it was read as the row it holds."
            )
        self.delimiter, self._text = _delimiter(whole or text)
        if self._text.endswith(_BLANKS):
            self._text = self._text.rstrip("\r\n")
        self.head = _first_rows(self._text[:_HEAD], self.delimiter)
        """The first rows, among which the header is looked for."""
        self.worksheet, self.hidden, self.first = "", False, 1
        self.typed: dict[int, set[str]] = {}

    def batches(self) -> Iterator[list[list[str]]]:
        """Give all rows, blank ones too, some thousands at a time; raises `Broken` where a quoted cell never ends."""
        last: list[str] = []
        done = 0
        for batch in self._batches():
            done += len(batch)
            last = batch[-1] if batch else last
            yield batch
        usual = Counter(map(len, self.head)).most_common(1)
        # A footer has one cell, and programs that leave cells out at the end still end the line.
        if not self._text.endswith(("\n", "\r")) and usual and 1 < len(last) < usual[0][0]:
            self.warnings.append(
                f"Row {done}, the last one, ends after {len(last)} of {usual[0][0]} cells: the file seems to be cut"
                " off. Export it again."
            )

    def _batches(self) -> Iterator[list[list[str]]]:
        done = 0
        # Lines cut at plain ends are parsed faster, as long as no cell runs over one.
        reader = self._parsed(chain.from_iterable(_cut(self._text))) if _plain_ends(self._text) else None
        try:
            while reader is not None and (batch := list(islice(reader, BATCH))):
                if reader.line_num != done + len(batch):
                    reader = None
                    continue
                done += len(batch)
                yield batch
            if reader is not None:
                return
            rest = self._parsed(io.StringIO(self._text.split("\n", done)[-1], newline=""))
            while batch := list(islice(rest, BATCH)):
                done += len(batch)
                yield batch
        except csv.Error:
            # Rows before the careless one are the same however they are parsed.
            yield self._careless()[done:]

    def _parsed(self, lines: Iterable[str]) -> "Reader":
        return csv.reader(lines, delimiter=self.delimiter, strict=True)

    def _careless(self) -> list[list[str]]:
        """Parse text with stray quotation marks, as long as that swallows no rows."""
        lines = chain(io.StringIO(self._text, newline=""), (_END,))
        rows = list(csv.reader(lines, delimiter=self.delimiter))
        first = self._first_careless()
        swallowing = len(rows) if rows[-1] != [_END] else _swallowing(rows, first)
        if swallowing:
            raise Broken(
                f"row {swallowing}: a quotation mark opens a cell that does not end and swallows the rows after it"
            )
        self.warnings.append(
            f"Row {first}: a quotation mark stands inside a quoted cell; read as far as it makes sense."
        )
        return rows[:-1]

    def _first_careless(self) -> int:
        """Give the number of the first row with stray quotation marks."""
        rows: list[list[str]] = []
        with suppress(csv.Error):
            rows.extend(csv.reader(io.StringIO(self._text, newline=""), delimiter=self.delimiter, strict=True))
        return len(rows) + 1


def _whole_lines(text: str) -> str:
    """Give the rows of a file of which each stands in one quoted cell, as a spreadsheet leaves it; empty for others."""
    if not text.lstrip("\ufeff").startswith('"') or "," not in text:
        return ""
    head = [row for row in _first_rows(text[:_HEAD], ",") if any(row)]
    cells = [row[0] for row in head if len(row) == 1 and "\n" not in row[0]]
    if len(cells) < len(head) or len(head) < 2:
        return ""
    widths = {delimiter: {cell.count(delimiter) for cell in cells} for delimiter in DELIMITERS}
    if not any(min(counts) > 1 for counts in widths.values()):
        return ""
    rows = csv.reader(io.StringIO(text, newline=""))
    return "\n".join(row[0] if row else "" for row in rows)


def _plain_ends(text: str) -> bool:
    """Tell whether every line ends in LF, or in CR LF."""
    return "\r" not in text or text.count("\r") == text.count("\r\n")


def _cut(text: str) -> Iterator[list[str]]:
    """Give lines without their ends, some thousands at a time."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _BLOCK) + 1 or len(text) + 1
        yield text[start : end - 1].split("\n")
        start = end


def _delimiter(text: str) -> tuple[str, str]:
    """Find the delimiter, and blank a first line `sep=;` that names it."""
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"').lower()
    if named.startswith("sep=") and len(named) < 6:
        return named[4:] if named[4:] and named[4:] in DELIMITERS else "\t", f"\n{rest}"
    best, points = ",", 0
    for delimiter in DELIMITERS:
        widths = Counter(len(row) for row in _first_rows(text[:_HEAD], delimiter) if len(row) > 1)
        found = max((width * rows for width, rows in widths.items()), default=0)
        if found > points:
            best, points = delimiter, found
    return best, text


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    """Take the first rows apart with a delimiter, whatever comes of it."""
    return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _SAMPLE))


def _swallowing(rows: list[list[str]], first: int) -> int:
    """Find a row that stray quotation marks made of several lines; 0 for none."""
    usual = Counter(map(len, rows)).most_common(1)[0][0]
    for number, row in enumerate(rows[first - 1 :], start=first):
        if (number == first or len(row) != usual) and any("\n" in cell or "\r" in cell for cell in row):
            return number
    return 0
