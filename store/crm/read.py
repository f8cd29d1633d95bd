"""One export file to deals and a report; a file that cannot be used is refused with what to ask the CRM for."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from review.answers import Answers
from review.settings import Settings
from store.crm.join import files_in, read_table, whole
from store.crm.meaning import Experience, Given, deals_of
from store.crm.meaning import Reading as Reading
from store.crm.refusals import bytes_of
from store.crm.table import digest_of

PACKED: Final = b"PK\x03\x04"
"""How a workbook begins that can go back as it came."""


def read_export(
    path: Path | Sequence[Path],
    *,
    settings: Settings,
    day: date,
    answers: Answers | None = None,
    experience: Experience | None = None,
) -> Reading:
    """Read an export that shows the CRM on `day`, from one file or several that are one export.

    Raises `Refused`, or `Unclear` where a person must decide.
    """
    given = Given(settings=settings, day=day, answers=answers or Answers(), experience=experience or Experience())
    paths = [path] if isinstance(path, Path) else path
    with _uncollected():
        table = read_table(paths, given.to_find_it)
        return _with_original(deals_of(table, given), paths, table.digest, given)


def _with_original(reading: Reading, paths: Sequence[Path], digest: str, given: Given) -> Reading:
    """Add the file itself, where its CRM takes nothing else back."""
    origin = reading.export.origin
    if origin is None or not given.known.profiles[origin.profile].write.workbook:
        return reading
    files = [file for path in paths for file in files_in(path)]
    data = bytes_of(files[0]) if len(files) == 1 else b""
    if not data.startswith(PACKED) or digest_of(data) != digest:
        return reading
    export = replace(reading.export, origin=replace(origin, workbook=digest))
    return replace(reading, export=export, original=data)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold garbage collection back: it would walk over every row again and again, and there are no cycles to find."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def read_bytes(data: bytes, *, file: str, settings: Settings, day: date, answers: Answers) -> Reading:
    """Read an export from its bytes; see `read_export`."""
    given = Given(settings=settings, day=day, answers=answers)
    return deals_of(whole(data, file, given.to_find_it), given)
