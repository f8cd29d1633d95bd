"""`closeout export --to crm`: the decisions go back into the CRM, as a file that its importer takes."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import Refused
from tui.cli.options import say
from tui.cli.place import day_of
from tui.cli.saving import check_free, save
from tui.cli.table import wrapped

if TYPE_CHECKING:
    from store.exports.crm import Update
    from store.reviews import Reviews

TO_SCREEN = "-"


def export_update(reviews: "Reviews", review: str | None, output: str | None, *, force: bool) -> None:
    """Write what stands and the CRM does not show yet. Raises Refused while a review runs, or for an earlier one."""
    held = reviews.last_held()
    if reviews.running() is not None:
        raise Refused("A review is running. Lock it first: what it decides is not settled before.")
    if held is None:
        raise Refused("No review was locked here yet, so nothing was decided that the CRM does not show.")
    if review is not None and review != held:
        raise Refused(f"The CRM gets what stands now, after {held}. Leave {review} out of the command.")
    update = _update(reviews, held, day_of(reviews))
    if output == TO_SCREEN:
        _to_screen(update)
        return
    paths = _paths(reviews, update, held, output)
    for path in paths:
        check_free(path, reviews.workspace.exports, force=force)
    for path, file in zip(paths, update.files, strict=True):
        save(path, file.data)
        say(f"Wrote {path}.")
    for sentence in update.said:
        say(*wrapped(sentence))


def _update(reviews: "Reviews", held: str, today: date) -> "Update":
    from store.exports.crm import update_for

    now = reviews.now()
    return update_for(reviews, now.ledger, now.settings, review=held, today=today)


def _to_screen(update: "Update") -> None:
    if len(update.files) > 1:
        names = ", ".join(file.name for file in update.files)
        raise Refused(f"The update is in several files ({names}). Leave --output out, or name a file.")
    for sentence in update.said:
        say(sentence, err=True)
    for file in update.files:
        sys.stdout.buffer.write(file.data)
        sys.stdout.buffer.flush()


def _paths(reviews: "Reviews", update: "Update", held: str, output: str | None) -> list[Path]:
    """Give where each file goes: into exports/, or under the name given, with what tells several apart."""
    if output is None:
        return [reviews.workspace.exports / file.name for file in update.files]
    named = Path(output).expanduser()
    if len(update.files) <= 1:
        return [named for _ in update.files]
    tails = (Path(file.name).stem.removeprefix(f"{held}-crm") for file in update.files)
    return [named.with_name(f"{named.stem}{tail}{named.suffix}") for tail in tails]
