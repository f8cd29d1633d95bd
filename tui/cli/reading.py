"""`closeout import`: an export comes in, and what was read is said."""

from datetime import date, datetime
from pathlib import Path

import click
from msgspec.structs import replace

from review.ask import report_to_ask_for
from store.crm.answers import Answers, load_answers
from store.crm.read import Reading, read_export
from store.errors import Refused
from store.lock import WorkspaceLock
from store.reviews import Reviews
from tui.cli.options import common, invocation, plainly, say


@click.command("import")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--crm", default="", metavar="NAME", help="Which CRM's headers these are, where they could be several.")
@click.option("--map", "mapping", type=click.Path(path_type=Path), metavar="FILE", help="What columns mean, as TOML.")
@click.option("--dry-run", is_flag=True, help="Say what would be read, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--older", is_flag=True, help="Take an export that is older than the last one.")
@click.option("--undo", is_flag=True, help="Take the last import back.")
@common
@plainly
def import_(
    files: tuple[Path, ...], crm: str, mapping: Path | None, dry_run: bool, as_json: bool, older: bool, undo: bool
) -> None:
    """Read in an export from the CRM."""
    if undo:
        _undo()
        return
    if not files:
        raise click.UsageError(f"Which file?\n\n{report_to_ask_for(crm or None)}")
    if len(files) > 1:
        raise Refused("One export at a time: give one file with all open deals of the team.")
    reviews = invocation().reviews(mend=not dry_run)
    reading = read_file(reviews, files[0], crm=crm, mapping=mapping, older=older)
    if not dry_run:
        _take(reviews, reading)
    if as_json:
        click.echo(reading.report.to_json())
        return
    say(*reading.report.sentences())
    say("", "Nothing was changed." if dry_run else "Read in. Next: closeout")


def read_file(
    reviews: Reviews, path: Path, *, crm: str = "", mapping: Path | None = None, older: bool = False
) -> Reading:
    """Read one file as the export of its day; raises Refused where it is older than the last import."""
    answers = load_answers(mapping) if mapping else Answers()
    if crm:
        answers = replace(answers, crm=crm)
    now = reviews.now() if reviews.workspace.exists else None
    settings = now.settings if now else reviews.settings()
    day = invocation().as_of or _day_of(path)
    reading = read_export(path, settings=settings, day=day, answers=answers)
    last = now.ledger.export_day if now else None
    if last is not None and day < last and not older:
        raise Refused(
            f"{path.name} shows {day.isoformat()}, and an export of {last.isoformat()} was read in already. "
            "Give --older to take it all the same."
        )
    return reading


def _day_of(path: Path) -> date:
    """Give the day of an export: the file's own time, in the machine's zone."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error


def _take(reviews: Reviews, reading: Reading) -> None:
    reviews.workspace.make()
    with WorkspaceLock(reviews.workspace.lock, "an import"):
        reviews.take_import(reading.export)


def _undo() -> None:
    reviews = invocation().reviews(mend=True)
    if not reviews.workspace.exists:
        raise Refused("There is no workspace here yet, so there is no import to take back.")
    with WorkspaceLock(reviews.workspace.lock, "an import"):
        taken = reviews.undo_import()
    say(f"Took back {taken.source}, {taken.rows} rows.")


COMMANDS = (import_,)
