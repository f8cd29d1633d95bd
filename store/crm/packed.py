"""What is inside a packed workbook before anything reads it: its size held to a bound, and what its sheets hide."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

from msgspec import Struct

from store.crm.grid import TOO_LONG, Broken

DAMAGED: Final = "this workbook is damaged or of a kind that cannot be read; export it again as XLSX or CSV"
LARGEST: Final = 400_000_000
"""Bytes that a workbook may come to when it is unpacked."""
_TEXTS_LARGEST: Final = 200_000_000
"""Bytes of its shared texts, which are held in memory as a whole."""
_PARTS: Final = 5_000
CELLS: Final = 15_000_000
"""Cells of the rectangle that a sheet spans, empty ones too: they are held in memory."""
_CHUNK: Final = 1 << 20
_UNPACKING: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError,
    struct.error,
)  # fmt: skip
"""What goes wrong in a damaged zip file."""
_OVERLAP: Final = 4096
"""Bytes looked at twice, so that a tag over the end of a chunk is seen whole."""
_PLACE: Final = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_BEYOND: Final = re.compile(
    rb"""<(?:\w+:)?(?:c|row|dimension)\b[^<>]*\b(?:r|ref)\s*=\s*["'](?:[A-Za-z0-9]*:)?"""
    rb"""(?:[A-Za-z]{4,}[0-9]*|[A-Za-z]*[0-9]{8,})["']"""
)
"""A place that no sheet has."""
_DEEP: Final = re.compile(rb"""<(?:\w+:)?row\b[^>]*\br\s*=\s*["']([0-9]{7})["']""")
_ROWS: Final = 1_048_576
"""Rows of a sheet."""
_HIDDEN_ROW: Final = re.compile(rb"""<(?:\w+:)?row\b[^>]*\bhidden\s*=\s*["'](?:1|true)["'][^>]*>""")
_HIDDEN_COLUMN: Final = re.compile(rb"""<(?:\w+:)?col\b[^>]*\bhidden\s*=\s*["'](?:1|true)["'][^>]*>""")
_SPAN: Final = re.compile(rb"""\b(min|max)\s*=\s*["']([0-9]{1,5})["']""")
_UNCOUNTED: Final = re.compile(rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>")
_ERROR: Final = re.compile(rb"""<(?:\w+:)?c\b[^>]*\bt\s*=\s*["']e["']""")


class Hidden(Struct, frozen=True):
    """What a sheet has that a person who opens it does not see."""

    rows: int = 0
    columns: int = 0
    uncounted: int = 0
    """Formulas without a stored result."""
    errors: int = 0
    """Cells that hold an error such as #REF!."""


class Packed:
    """A zip file whose true size has been checked; raises `Broken` where it is damaged, locked or far too large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except _UNPACKING as error:
            raise Broken(DAMAGED) from error
        self._parts = {part.filename: part for part in self._file.infolist()}
        if any(part.flag_bits & 1 for part in self._parts.values()):
            raise Broken("this file is locked with a password; save it without one")
        declared = sum(part.file_size for part in self._parts.values())
        if len(self._parts) > _PARTS or declared > LARGEST:
            raise _too_large()
        self._check()

    @property
    def names(self) -> frozenset[str]:
        """The names of the parts."""
        return frozenset(self._parts)

    def text(self, name: str) -> bytes:
        """Give a small part; empty where there is none."""
        return b"".join(self.chunks(name)) if name in self._parts else b""

    def chunks(self, name: str) -> Iterator[bytes]:
        """Give a part piece by piece."""
        try:
            with self._file.open(self._parts[name]) as opened:
                while piece := opened.read(_CHUNK):
                    yield piece
        except _UNPACKING as error:
            raise Broken(DAMAGED) from error

    def _check(self) -> None:
        """Unpack every part once: what the directory says of sizes can be a lie, and what follows believes it."""
        total = 0
        for name in self._parts:
            size = 0
            for piece in self.chunks(name):
                size += len(piece)
                if len(piece) == _CHUNK and b"<" not in piece and name.endswith(".xml"):
                    raise Broken(TOO_LONG)
            total += size
            if total > LARGEST or (name.endswith("sharedStrings.xml") and size > _TEXTS_LARGEST):
                raise _too_large()


def _too_large() -> Broken:
    return Broken(
        f"unpacked it comes to more than {LARGEST // 1_000_000:,} MB, which is no list of deals; export it as CSV"
    )


def sheet_parts(packed: Packed) -> dict[str, str]:
    """Map the name of each sheet of an XLSX workbook to its part."""
    relations = {
        one.get("Id", ""): one.get("Target", "")
        for one in _elements(packed, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    found: dict[str, str] = {}
    for sheet in _elements(packed, "xl/workbook.xml", "sheet"):
        ident = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        target = relations.get(ident, "")
        found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _elements(packed: Packed, part: str, tag: str) -> Iterator[ElementTree.Element]:
    """Give the elements of a name in a part."""
    try:
        root = ElementTree.fromstring(packed.text(part) or b"<none/>")
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Broken(DAMAGED) from error
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == tag)


def look_into(packed: Packed, part: str) -> Hidden:
    """Look through a sheet of an XLSX workbook; raises `Broken` where it spans more cells than memory should hold."""
    rows = columns = uncounted = errors = 0
    widest, deepest = 1, 1
    tail = b""
    for piece in packed.chunks(part) if part in packed.names else ():
        window = tail + piece
        # Only what ends in this window's new part is counted: the rest was counted before.
        seen = len(tail)
        rows += _ending(_HIDDEN_ROW, window, seen)
        uncounted += _ending(_UNCOUNTED, window, seen)
        errors += _ending(_ERROR, window, seen)
        columns += sum(_span(match[0]) for match in _HIDDEN_COLUMN.finditer(window) if match.end() > seen)
        # The reader would ask for the memory of all that stands before, and ends the program where there is none.
        if _BEYOND.search(window) or any(int(row) > _ROWS for row in _DEEP.findall(window)):
            raise Broken(DAMAGED)
        places = _PLACE.findall(window)
        if places:
            widest = max(widest, max(map(_number, {letters for letters, _ in places})))
            deepest = max(deepest, max(map(int, {number for _, number in places})))
        if widest * deepest > CELLS:
            raise Broken(
                f"a sheet spans {deepest:,} rows and {widest:,} columns, most of them empty; delete the empty ones or"
                " export it as CSV"
            )
        tail = window[-_OVERLAP:]
    return Hidden(rows, columns, uncounted, errors)


def _ending(pattern: re.Pattern[bytes], window: bytes, seen: int) -> int:
    """Count the matches that end after the first `seen` bytes."""
    return sum(match.end() > seen for match in pattern.finditer(window))


def _span(tag: bytes) -> int:
    """Give the number of columns that a `col` tag is about; one that reaches to the sheet's edge is no data."""
    ends = {name: int(number) for name, number in _SPAN.findall(tag)}
    first, last = ends.get(b"min", 1), ends.get(b"max", 1)
    return last - first + 1 if last < 16_000 else 0


def _number(letters: bytes) -> int:
    """Give the number of a column by its letters, A being 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def check_span(packed: Packed, part: str) -> None:
    """Raise `Broken` where a sheet of an ODS workbook repeats cells beyond what memory should hold."""
    cells, times = 0, 1

    def begin(name: str, said: dict[str, str]) -> None:
        nonlocal cells, times
        if name == "table:table-row":
            times = int(said.get("table:number-rows-repeated", "1"))
        elif name == "table:table-cell" and "office:value-type" in said:
            cells += times * int(said.get("table:number-columns-repeated", "1"))
            if cells > CELLS:
                raise Broken("its cells are repeated beyond any list of deals; export it as CSV")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    try:
        for piece in packed.chunks(part):
            parser.Parse(piece)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Broken(DAMAGED) from error
