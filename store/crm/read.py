"""One export file to deals and a report; a file that cannot be used is refused with what to ask the CRM for."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from review.answers import Answers
from review.settings import Settings
from store.crm.join import read_table
from store.crm.meaning import Experience, Given, deals_of
from store.crm.meaning import Reading as Reading
from store.crm.table import table_of


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
    with _uncollected():
        return deals_of(read_table([path] if isinstance(path, Path) else path, given.to_find_it), given)


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
    return deals_of(table_of(data, file=file, answers=given.to_find_it), given)
