"""`closeout import --minutes`: a review that was written as JSON comes back."""

import json
from pathlib import Path

from store import files
from store.errors import Refused
from tui.cli.options import say, say_json
from tui.cli.place import there, writing
from tui.cli.table import wrapped

INSIDE = "Lock it first; reviews are read in between reviews."


def import_minutes(path: Path, *, dry_run: bool, as_json: bool) -> None:
    """Read a review back in where it is missing, and say whether one that is here is the same."""
    from store.exports.document import read
    from store.exports.taking_back import missing, take_back

    found = files.read(path)
    if found is None:
        raise Refused(f"There is no file {path}.")
    data = found[0]
    document = read(data, str(path))
    if dry_run:
        taken = missing(there(), document, str(path)) is not None
    else:
        with writing("an import of minutes", INSIDE) as reviews:
            taken = take_back(reviews, document, str(path))
    if as_json:
        say_json(json.dumps({"review": document.review, "facts": len(document.minutes), "taken": taken}))
        return
    what = f"The review of {document.review}"
    if not taken:
        say(*wrapped(f"{what} is here already, equal in every fact. Nothing was changed."))
    elif dry_run:
        say(*wrapped(f"{what} can be read in. Nothing was changed."))
    else:
        say(*wrapped(f"{what} is back, with everything that was decided in it."))
