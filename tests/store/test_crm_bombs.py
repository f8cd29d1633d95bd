"""Files made to exhaust whoever reads them: read or refused within seconds and bounded memory, in a bounded process."""

import io
import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from functools import cache

import openpyxl
import pytest

MEMORY, SECONDS = 1_500_000_000, 5
"""What the process may take of memory, in bytes with its libraries, and of the processor for one file."""
HEADER = "Deal ID,Deal Name,Owner,Amount,Stage,Close Date"
ROW = "D1,R,Ann,1,S,2026-06-30"
DEAL = '{"id":"1","name":"A","stage":"S","amount":'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "lollollollol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)


def book() -> bytes:
    made, data = openpyxl.Workbook(), io.BytesIO()
    page = made.worksheets[0]
    page.append(HEADER.split(","))
    page.append(ROW.split(","))
    made.save(data)
    return data.getvalue()


@cache
def packed(part: str, change: Callable[[bytes], Iterable[bytes]]) -> bytes:
    """Give a workbook with one part changed, written piece by piece."""
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book())) as old,
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            with new.open(name, "w") as file:
                for piece in change(old.read(name)) if name == part else (old.read(name),):
                    file.write(piece)
    return data.getvalue()


def zeros(_: bytes) -> Iterable[bytes]:
    return (bytes(1 << 20) for _ in range(410))


def laughing(text: bytes) -> Iterable[bytes]:
    cell = b'<row r="3"><c r="A3" t="inlineStr"><is><t>&m;</t></is></c></row></sheetData>'
    yield (
        LAUGHS.encode() + text.partition(b"?>")[2]
        if text.startswith(b"<?xml")
        else LAUGHS.encode() + text.replace(b"</sheetData>", cell).replace(b'name="Sheet"', b'name="&m;"')
    )


SHEET = "xl/worksheets/sheet1.xml"
LONG_CELL = (b'<row r="3"><c r="A3" t="inlineStr"><is><t>', b"</t></is></c></row></sheetData>")


def with_put(old: bytes, new: bytes) -> bytes:
    """Give a workbook whose sheet holds something else in a place."""
    return packed(SHEET, lambda text: [text.replace(old, new)])


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a sheet of zeros.xlsx": (lambda: packed(SHEET, zeros), "unpacked it comes to more than 400 MB"),
    "a directory that lies.xlsx": (
        lambda: packed(SHEET, zeros).replace((410 << 20).to_bytes(4, "little"), (410).to_bytes(4, "little")),
        "damaged",
    ),
    "a far cell.xlsx": (
        lambda: packed(SHEET, lambda text: [text.replace(b'r="F2"', b'r="XFD1048576"')]), "spans 1,048,576 rows",
    ),
    "a cell that no sheet has.xlsx": (lambda: with_put(b'r="F2"', b'r="ZZZZ4000000000"'), "damaged"),
    "a row that no sheet has.xlsx": (lambda: with_put(b'<row r="2"', b'<row r="4000000000"'), "damaged"),
    "a row just too deep.xlsx": (lambda: with_put(b'<row r="2"', b'<row r="9999999"'), "damaged"),
    "an extent that no sheet has.xlsx": (
        lambda: with_put(b"<sheetData>", b'<dimension ref="A1:ZZZZ4000000000"/><sheetData>'), "damaged",
    ),
    "a cell of 300 million letters.xlsx": (
        lambda: with_put(b"</sheetData>", (b"A" * 300_000_000).join(LONG_CELL)), "more than a million characters",
    ),
    "laughs in a sheet.xlsx": (lambda: packed(SHEET, laughing), "damaged"),
    "laughs in the workbook.xlsx": (lambda: packed("xl/workbook.xml", laughing), "damaged"),
    "laughs.csv": (lambda: LAUGHS.encode() + b"<x>&m;</x>", "is the header of a list of deals"),
    "deep list.json": (lambda: b"[" * 2_000_000, "nested too deeply"),
    "deep object.json": (lambda: b'{"a":' * 500_000 + b"1" + b"}" * 500_000, "nested too deeply"),
    "many keys.json": (
        lambda: json.dumps([{"id": "1", **{f"k{n}": 1 for n in range(200_000)}}]).encode(), "different keys",
    ),
    "a long text.json": (
        lambda: json.dumps([{"id": "1", "name": "A" * 150_000_000, "amount": 1}]).encode(), "more than a million",
    ),
    "a long integer.json": (lambda: f"[{DEAL}{'9' * 1_000_000}}}]".encode(), "out of range"),
    "a far exponent.json": (lambda: f"[{DEAL}1e999999999}}]".encode(), "1 deal from"),
    "long decimals.json": (lambda: f"[{DEAL}0.{'9' * 1_000_000}}}]".encode(), "1 deal from"),
    "one line.csv": (lambda: b"a," * 3_000_000, "more than any spreadsheet has columns"),
    "thousands of columns.csv": (
        lambda: (
            f"{HEADER},{','.join(f'Custom field {n} of account owner' for n in range(3_000))}\n{ROW}{',' * 3_000}\n"
        ).encode(),
        "1 deal from",
    ),
    "blank lines.csv": (lambda: f"{HEADER}\n{ROW}{chr(10) * 5_000_000}".encode(), "1 deal from"),
    "a quote that never ends.csv": (
        lambda: f'{HEADER}\n{ROW}\n"'.encode() + b"x\n" * 200_000, "swallows the rows after it",
    ),
    "digits and spaces.csv": (
        lambda: f'{HEADER}\nD1,R,Ann,"{"1 " * 50_000}x","{"won (" * 30_000}",{"1" * 500_000}\n'.encode(),
        "1 deal from",
    ),
    "a stage for every deal.csv": (
        lambda: "\n".join((HEADER, *(f"D{n},N,O{n},1,Stage {n} won maybe,2026-06-30" for n in range(3_000)))).encode(),
        "3,000 deals from",
    ),
    "rows of junk.csv": (
        lambda: f"{HEADER}\n".encode() + b",,x,1,,\n" * 20_000 + ROW.encode(), "20,000 left out",
    ),
}  # fmt: skip


READ = """
import json, sys, time
from datetime import date
from pathlib import Path
from review.errors import CloseoutError
from review.settings import Settings
from store.crm.read import read_export
for path in map(Path, sys.argv[1:]):
    began = time.process_time()
    try:
        said = " ".join(read_export(path, settings=Settings(), day=date(2026, 5, 20)).report.sentences())
    except CloseoutError as error:
        said = str(error)
    print(json.dumps([path.name, time.process_time() - began, said[:3000]]), flush=True)
"""


def bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[float, str]]:
    """Read every file in one process, for as long as that lives."""
    folder = tmp_path_factory.mktemp("bombs")
    for name, (made, _) in BOMBS.items():
        (folder / name).write_bytes(made())
    paths = [str(folder / name) for name in BOMBS]
    done = subprocess.run(
        [sys.executable, "-c", READ, *paths], capture_output=True, text=True, preexec_fn=bounded, check=False
    )
    print(done.stderr[-3000:])
    return {name: (seconds, said) for name, seconds, said in map(json.loads, done.stdout.splitlines())}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to its memory")
@pytest.mark.parametrize("name", BOMBS)
def test_a_file_made_to_exhaust_its_reader_ends_in_a_sentence_within_bounds(
    outcomes: dict[str, tuple[float, str]], name: str
) -> None:
    assert name in outcomes, "the process ended before it, out of memory"
    seconds, said = outcomes[name]
    assert BOMBS[name][1] in said
    assert seconds < SECONDS
