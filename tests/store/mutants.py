"""Exports of every kind, damaged in the ways that files get damaged."""

import io
import json
import zipfile
from datetime import date
from random import Random

import openpyxl

ROWS = [
    [
        "Record ID",
        "Deal Name",
        "Deal owner",
        "Amount",
        "Deal Stage",
        "Close Date",
        "Forecast category",
        "Is Closed Won",
    ],
    ["10676775052", "King, Tucker & Rowe", "Ann Lee", "1,234.50", "Proposal", "2026-06-30", "Commit", "false"],
    ["10676775053", 'The "Best" Account', "Bo Ek", "$40,000", "Closed Won", "2026-07-01", "Best Case", "true"],
    ["10676775054", "Gestión directa", "", "", "Negotiation", "", "Pipeline", "false"],
    ["10676775055", "two\nlines", "Ann Lee", "99", "Qualified", "2026-08-15", "Omitted", "false"],
    ["Total", "", "", "41333.50", "", "", "", ""],
]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "utf-16-le", "cp037")


def delimited(delimiter: str = ",", end: str = "\r\n") -> str:
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in ROWS]
    return end.join(delimiter.join(row) for row in quoted) + end


def workbook() -> bytes:
    book, data = openpyxl.Workbook(), io.BytesIO()
    for number, row in enumerate(ROWS):
        book.worksheets[0].append([*row[:3], 12.5 * number, row[4], date(2026, 6, 1 + number), *row[6:]])
    book.worksheets[0].merge_cells("C2:C3")
    book.worksheets[0].row_dimensions[3].hidden = True
    book.create_sheet("Notes").sheet_state = "hidden"
    book.save(data)
    return data.getvalue()


def records(lines: bool = False) -> str:
    found = [dict(zip(ROWS[0], row, strict=True)) | {"owner": {"name": "Ann", "tags": ["a", 1]}} for row in ROWS[1:]]
    return "\n".join(map(json.dumps, found)) if lines else json.dumps({"has_more": True, "data": found})


def sources() -> list[bytes]:
    """Give one sound file of each kind."""
    texts = [delimited(), delimited(";", "\n"), delimited("\t"), delimited("|", "\r"), "sep=;\n" + delimited(";")]
    texts += [records(), records(lines=True)]
    return [
        *(text.encode() for text in texts),
        delimited("\t").encode("utf-16"),
        delimited().encode("cp1252"),
        workbook(),
    ]


def flip(data: bytes, random: Random) -> bytes:
    found = bytearray(data)
    for _ in range(random.choice((1, 3, 20))):
        if found:
            found[random.randrange(len(found))] ^= 1 << random.randrange(8)
    return bytes(found)


def cut(data: bytes, random: Random) -> bytes:
    start, end = sorted((random.randrange(len(data) + 1), random.randrange(len(data) + 1)))
    return random.choice((data[:end], data[start:], data[:start] + data[end:], data[:end] + data[start:]))


def insert(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    piece = random.choice(
        (b'"', b"\x00", b"\r", b"\n\n", b",,,", b"\xff\xfe", b"'=", b"\x1b[2J", b"{", b"]", b"9" * 400)
    )
    return data[:at] + piece * random.choice((1, 1, 1, 50)) + data[at:]


def swap(data: bytes, random: Random) -> bytes:
    old, new = random.sample([b",", b";", b"\t", b"|", b'"', b"\n", b"\r\n", b".", b"-", b":", b"<", b">"], 2)
    return data.replace(old, new, random.choice((-1, 1, 5)))


def encode(data: bytes, random: Random) -> bytes:
    text = data.decode(random.choice(("utf-8", "latin-1")), "replace")
    return text.encode(random.choice(ENCODINGS), "replace")


def inside(data: bytes, random: Random) -> bytes:
    """Damage one part of a packed file and pack it soundly again."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        hit = random.choice(names)
        for name in names:
            content = before.read(name)
            after.writestr(name, random.choice(DAMAGES)(content, random) if name == hit else content)
    return packed.getvalue()


DAMAGES = (flip, cut, insert, swap)


def mutant(data: bytes, random: Random) -> bytes:
    """Damage a file once or several times."""
    if data.startswith(b"PK") and random.random() < 0.7:
        return inside(data, random)
    for _ in range(random.choice((1, 1, 2, 4))):
        data = random.choice((*DAMAGES, encode))(data, random)
    return data
