"""The reps' sheets as files: one of each form for each rep."""

from collections.abc import Iterable
from importlib import import_module
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
        (folder / f"{sheet.day.isoformat()}-{sheet.person}{ending}{form}", sheet, module)
        for sheet in sheets
        for form, module in FORMS.items()
    ]
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file. Name a folder.")
    there = [path.name for path, _, _ in wanted if path.exists()]
    if there:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise Refused(
            f"{folder} has {there[0]}{more} already; somebody may have filled it in. Name another folder, or move them."
        )
    made = [(path, import_module(f"store.sheets.{module}").render(sheet)) for path, sheet, module in wanted]
    files.make_folder(folder)
    for path, data in made:
        files.write(path, [data], keep=False)
    return tuple(path for path, _ in made)


def free_ending(folder: Path, sheets: Iterable[Sheet], ending: str) -> str:
    """Give an ending under which none of the files is there yet: '-open', then '-open-2'."""
    names = [f"{sheet.day.isoformat()}-{sheet.person}" for sheet in sheets]
    number = 1
    while True:
        chosen = ending if number == 1 else f"{ending}-{number}"
        if not any((folder / f"{name}{chosen}{form}").exists() for name in names for form in FORMS):
            return chosen
        number += 1
