"""The reps' sheets as files: one of each form for each rep."""

from collections.abc import Iterable
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Final

from review.sheets.blank import Sheet
from store import files
from store.errors import Refused

FORMS: Final = {".csv": "delimited", ".xlsx": "workbook", ".txt": "chat"}
"""Ending to the module of this package that writes it: `render(sheet) -> bytes`."""


def write_sheets(folder: Path, sheets: Iterable[Sheet], *, ending: str = "") -> tuple[Path, ...]:
    """Write every form of every sheet; a file that is there is never written over.

    `ending` stands behind a rep's name, such as '-open'. Raises Refused, NotSaved.
    """
    wanted = [
        (folder / f"{sheet.day.isoformat()}-{sheet.person}{ending}{form}", sheet, form)
        for sheet in sheets
        for form in FORMS
    ]
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file. Name a folder.")
    there = [path.name for path, _, _ in wanted if path.exists()]
    if there:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise Refused(
            f"{folder} has {there[0]}{more} already; somebody may have filled it in. Name another folder, or move them."
        )
    made = [(path, _render(form, sheet)) for path, sheet, form in wanted]
    files.make_folder(folder)
    for path, data in made:
        files.write(path, [data], keep=False)
    return tuple(path for path, _ in made)


def write_again(folder: Path, sheet: Sheet, ending: str) -> tuple[Path, ...]:
    """Write every form of a sheet under an ending that is free: '-open', then '-open-2'.

    Where the very same sheet is there already, give its files and write nothing. Raises Refused, NotSaved.
    """
    asks = _render(".csv", sheet)
    for number in count(1):
        chosen = ending if number == 1 else f"{ending}-{number}"
        stem = f"{sheet.day.isoformat()}-{sheet.person}{chosen}"
        there = tuple(path for form in FORMS if (path := folder / f"{stem}{form}").exists())
        if not there:
            return write_sheets(folder, [sheet], ending=chosen)
        found = files.read(there[0])
        if found is not None and found[0] == asks and len(there) == len(FORMS):
            return there
    raise AssertionError


def _render(form: str, sheet: Sheet) -> bytes:
    rendered: bytes = import_module(f"store.sheets.{FORMS[form]}").render(sheet)
    return rendered
