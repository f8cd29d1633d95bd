"""`closeout import --calls`: forecasts that were stated before there were reviews here."""

from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import Refused
from tui.cli.options import invocation
from tui.cli.place import standing, there, writing
from tui.cli.telling import tell

if TYPE_CHECKING:
    from store.crm.calls import CallsReading
    from store.reviews import Reviews

TAKEN = "Read in as earlier calls; accuracy counts only calls of reviews."
INSIDE = "Lock it first; earlier calls are read in between reviews."
NOBODY = "Nobody of the team is known yet, so calls belong to nobody. Read in an export first: closeout import FILE"


def import_calls(path: Path, *, mapping: Path | None, dry_run: bool, as_json: bool) -> None:
    """Read in earlier calls, and ask for the unit where they are on another scale than the export."""
    if dry_run:
        reading = _read(there(writes=False), path, mapping)
    else:
        from review.events import CallsRead

        with writing("an import of calls", INSIDE) as reviews:
            reading = _read(reviews, path, mapping)
            reviews.desk_write(
                CallsRead(calls=reading.calls, source=reading.report.file),
                what=f"read in the calls of {reading.report.file}",
            )
    tell(reading.report, as_json=as_json, dry_run=dry_run, taken=TAKEN)


def _read(reviews: "Reviews", path: Path, mapping: Path | None) -> "CallsReading":
    """Read the file for the team that stands, or that the export proposes; raises Refused."""
    from msgspec.structs import replace

    from review.earlier_calls import say_scale
    from store.crm.answers import load_answers
    from store.crm.calls import CallsReading, read_calls

    day = invocation().today
    now = standing(reviews, day)
    if not now.settings.people:
        raise Refused(NOBODY)
    reading = read_calls(path, settings=now.settings, answers=load_answers(mapping) if mapping else None)
    scale = say_scale(now.ledger, now.settings, reading.calls, now.ledger.export_day or day)
    return CallsReading(reading.calls, replace(reading.report, scale=scale))
