"""Filled-in sheets between reviews: read, judged on what stands, taken as one batch, and taken back."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from review.sheets.filled import Answered, FilledFile, Returned
from review.sheets.taking import Taking
from store.errors import Refused
from store.reviews import Now, Reviews, new_id
from store.sheets.folder import FORMS, free_ending, write_sheets
from store.sheets.reading import read_filled

TABLES = (*FORMS, ".xlsm", ".xls", ".ods", ".tsv", ".md")
"""Endings of what may be a filled-in sheet in a folder."""
CHANGED = "What stands has changed since these answers were shown. Read them in once more."


def answers_in(reviews: Reviews, now: Now, paths: Sequence[Path], *, today: date, review_day: date) -> Answered:
    """Read filled-in sheets, or the folders that hold them, and judge them on what stands. Raises Refused."""
    read: list[FilledFile] = []
    passed: list[Returned] = []
    for path in paths:
        if not path.is_dir():
            read.append(read_filled(path, now.settings.date_order))
            continue
        found = sorted(
            one for one in path.iterdir() if one.suffix.lower() in TABLES and not one.name.startswith((".", "~"))
        )
        for one in found:
            try:
                read.append(read_filled(one, now.settings.date_order))
            except Refused as refused:
                passed.append(Returned("", one.name, "", "", str(refused), asks=False))
        if not found:
            raise Refused(f"There is no sheet in {path}: no file that ends in {', '.join(FORMS)}.")
    taking = Taking(
        now.ledger,
        now.settings,
        today=today,
        review_day=review_day,
        workspace=reviews.workspace_id(),
        batch=new_id(),
    )
    answered = taking.take(read)
    return replace(answered, refused=(*answered.refused, *passed))


def take(reviews: Reviews, answered: Answered) -> None:
    """Record the answers: one batch, one write. Raises NotSaved."""
    if answered.facts:
        reviews.desk_write(*answered.facts, what=answered.what)


def send_back(folder: Path, answered: Answered) -> tuple[Path, ...]:
    """Write the small sheets of what is asked again. Raises Refused, NotSaved."""
    if not answered.back:
        return ()
    return write_sheets(folder, answered.back, ending=free_ending(folder, answered.back, "-open"))
