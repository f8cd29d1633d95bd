"""`closeout import`: an export comes in, and what was read is said."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct, structs

from review.ask import report_to_ask_for, whole_request
from store.errors import Refused
from tui.cli.money import with_money, with_rates
from tui.cli.options import common, invocation, plainly, say
from tui.cli.patience import patience
from tui.cli.place import check_day, writing
from tui.cli.telling import tell

if TYPE_CHECKING:
    from review.answers import Answers
    from store.crm.read import Reading
    from store.now import Now
    from store.reviews import Reviews

TAKEN = "Read in. Next: closeout prep shows the queue, closeout opens it."
INSIDE = "In the review’s own terminal the key I – import – reads the export in."


class How(Struct, frozen=True, kw_only=True):
    """How files are to be read, as the command line says it."""

    crm: str = ""
    mapping: Path | None = None
    worksheet: str = ""
    older: bool = False
    later: bool = False
    currency: str = ""
    rates: tuple[tuple[str, Decimal], ...] = ()

    def answers(self) -> "Answers":
        """Put the mapping file and the options together; raises Refused."""
        from review.answers import Answers
        from store.crm.answers import load_answers

        said = load_answers(self.mapping) if self.mapping else Answers()
        said = with_money(said, self.currency, self.rates)
        return structs.replace(
            said,
            crm=self.crm or said.crm,
            worksheet=self.worksheet or said.worksheet,
            duplicates="later" if self.later else said.duplicates,
        )


@click.command("import", epilog="\n\n".join(whole_request()))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--crm", default="", metavar="NAME", help="Which CRM's headers these are, where they could be several.")
@click.option("--map", "mapping", type=click.Path(path_type=Path), metavar="FILE", help="What columns mean, as TOML.")
@click.option(
    "--worksheet",
    default="",
    metavar="NAME",
    help="Which sheet of a workbook holds the deals; “*”: all of them, as one list.",
)
@click.option("--calls", is_flag=True, help="The file holds calls that were stated earlier: rep_name, week_of, …")
@click.option("--minutes", is_flag=True, help="The file is a review, as export --to json wrote it.")
@click.option("--roster", is_flag=True, help="The file lists the team's people: names, e-mails, ids, start, quota.")
@click.option("--answers", is_flag=True, help="The files, or the folder, are the reps' sheets, filled in.")
@click.option(
    "--sheets",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where sheets go back with what could not be taken; otherwise to exports/ in the workspace.",
)
@click.option("--baseline", is_flag=True, help="The files are exports of before the first review, one a day.")
@click.option("--dry-run", is_flag=True, help="Say what would be read, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--older", is_flag=True, help="Take an export that is older than the last one.")
@click.option("--later", is_flag=True, help="Of two rows of one id that differ, take the later one.")
@click.option("--undo", is_flag=True, help="Take the last thing back that was read in.")
@with_rates
@common
@plainly
def import_(
    files: tuple[Path, ...],
    crm: str,
    mapping: Path | None,
    worksheet: str,
    calls: bool,
    minutes: bool,
    roster: bool,
    answers: bool,
    folder: Path | None,
    baseline: bool,
    dry_run: bool,
    as_json: bool,
    older: bool,
    later: bool,
    undo: bool,
    currency: str,
    rates: tuple[tuple[str, Decimal], ...],
) -> None:
    """Read in an export from the CRM: a file, several that are one export, or a folder of them."""
    if undo:
        if files or dry_run:
            raise click.UsageError("--undo takes back what was read in last, and stands by itself.")
        _undo()
        return
    if minutes:
        if len(files) != 1:
            raise click.UsageError("Which file? Name the one that “closeout export --to json” wrote.")
        from tui.cli.minutes import import_minutes

        import_minutes(files[0], dry_run=dry_run, as_json=as_json)
        return
    if not files:
        raise click.UsageError(f"Which file?\n\n{report_to_ask_for(crm or None)}")
    if answers:
        from tui.cli.sheets import take_sheets

        take_sheets(files, folder=folder, dry_run=dry_run, as_json=as_json)
        return
    if calls or roster:
        _read_other(files, calls=calls, mapping=mapping, dry_run=dry_run, as_json=as_json)
        return
    how = How(crm=crm, mapping=mapping, worksheet=worksheet, older=older, later=later, currency=currency, rates=rates)
    if baseline:
        from tui.cli.baselines import import_past

        import_past(files, answers=how.answers(), dry_run=dry_run, as_json=as_json)
        return
    _import_deals(files, how, dry_run=dry_run, as_json=as_json)


def _import_deals(files: tuple[Path, ...], how: How, *, dry_run: bool, as_json: bool) -> None:
    """Read in an export to be reviewed, and say what was read."""
    if dry_run:
        reviews = invocation().reviews(writes=False)
        reading = read_files(reviews, files, how)
        told = _told(reviews, reading)
    else:
        reading, told = _take(files, how)
    tell(reading.report, as_json=as_json, dry_run=dry_run, taken=TAKEN, more=told)


def _read_other(files: tuple[Path, ...], *, calls: bool, mapping: Path | None, dry_run: bool, as_json: bool) -> None:
    """Read in a file that holds no deals."""
    if len(files) > 1:
        raise Refused(f"One file of {'calls' if calls else 'people'} at a time.")
    if calls:
        from tui.cli.calls import import_calls

        import_calls(files[0], mapping=mapping, dry_run=dry_run, as_json=as_json)
        return
    from tui.cli.roster import import_roster

    import_roster(files[0], mapping=mapping, dry_run=dry_run, as_json=as_json)


def read_files(reviews: "Reviews", paths: Sequence[Path], how: How) -> "Reading":
    """Read files as the export of the newest one's day; raises Refused where that is older than the last import."""
    now = None
    if reviews.workspace.exists:
        check_day(reviews, invocation())
        now = reviews.now()
    reading = _read(reviews, paths, how, now)
    day = reading.export.day
    last = now.ledger.export_day if now else None
    if last is not None and day < last and not how.older:
        raise Refused(
            f"{reading.export.source} shows {day.isoformat()}, and an export of {last.isoformat()} was read in"
            " already. Give --older to take it all the same."
        )
    return reading


def _read(reviews: "Reviews", paths: Sequence[Path], how: How, now: "Now | None") -> "Reading":
    """Read files by what is known; `now` is what they are compared with."""
    from store.crm.read import read_export
    from store.experience import experience_of

    with patience(f"Reading {paths[0].name}"):
        return read_export(
            paths,
            settings=now.settings if now else reviews.settings(),
            day=invocation().as_of or max(map(_day_of, paths)),
            answers=how.answers(),
            experience=experience_of(reviews, now.ledger if now else None),
        )


def _day_of(path: Path) -> date:
    """Give the day of an export: the file's own time, or that of a folder's newest file, in the machine's zone."""
    try:
        inside = [one.stat().st_mtime for one in path.iterdir()] if path.is_dir() else []
        return datetime.fromtimestamp(max(inside, default=path.stat().st_mtime)).astimezone().date()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error


def _take(paths: Sequence[Path], how: How) -> tuple["Reading", tuple[str, ...]]:
    """Read files and take them in, with what is said of ids; what cannot be used leaves no workspace behind."""
    reviews, reading = invocation().reviews(), None
    if not reviews.workspace.exists:
        reading = read_files(reviews, paths, how)
        reviews.workspace.make()
    elif back := _put_back(paths, how):
        return back
    with writing("an import", INSIDE) as held:
        reading = reading or read_files(held, paths, how)
        told = _told(held, reading)
        held.take_import(reading.export, reading.learned, reading.original)
    return reading, told


def _put_back(paths: Sequence[Path], how: How) -> tuple["Reading", tuple[str, ...]] | None:
    """Let files take the place of the same export whose own file in the workspace is gone; None where none is.

    Raises Damaged where a running review misses another.
    """
    from store.gone_exports import gone, put_back

    if not gone(invocation().reviews()):
        return None
    with writing("an import", dated=False) as reviews:
        reading = _read(reviews, paths, how, None)
        if said := put_back(reviews, reading):
            return reading, (said,)
        if (running := reviews.running()) is not None:
            reviews.minutes(running)  # which says what it misses
    return None


def _told(reviews: "Reviews", reading: "Reading") -> tuple[str, ...]:
    """Say which deals the file shows under another id, before it is taken in."""
    from review.renaming import told_by_import

    return told_by_import(reviews.now().ledger, reading.export) if reviews.workspace.exists else ()


def _undo() -> None:
    from store.undoing import undo_last

    with writing("an import", INSIDE) as reviews:
        said = undo_last(reviews)
    say(said)


COMMANDS = (import_,)
