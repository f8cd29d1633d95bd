"""`closeout look`: one page about an export, against an earlier one; nothing is read but the files, nothing written."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from store.errors import Refused
from tui.cli.money import with_money, with_rates
from tui.cli.options import common, invocation, plainly, say_json

if TYPE_CHECKING:
    from review.answers import Answers
    from review.settings import Settings
    from store.crm.read import Reading

WEEK: Final = timedelta(days=7)
_IN_NAME: Final = re.compile(r"(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
"""A date in a file's name: 2026-05-20, 2026_05_20 or 20260520."""


@click.command()
@click.argument("this", type=click.Path(path_type=Path))
@click.argument("last", required=False, type=click.Path(path_type=Path))
@click.option("--to", "form", type=click.Choice(["text", "markdown"]), default="text", help="How the page is written.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--crm", default="", metavar="NAME", help="Which CRM's headers these are, where they could be several.")
@click.option("--map", "mapping", type=click.Path(path_type=Path), metavar="FILE", help="What columns mean, as TOML.")
@with_rates
@common
@plainly
def look(
    this: Path,
    last: Path | None,
    form: str,
    as_json: bool,
    crm: str,
    mapping: Path | None,
    currency: str,
    rates: tuple[tuple[str, Decimal], ...],
) -> None:
    """Show one page about an export THIS, against an earlier one LAST. Needs no workspace and writes nothing."""
    from review.look import look as look_at
    from review.look import team_of
    from review.look_page import notes_of, page_of

    day, day_from = day_of_this(this, invocation().as_of)
    answers = with_money(_answers(crm, mapping), currency, rates)
    now = _read(this, day, answers)
    then, last_from = None, ""
    if last is not None:
        last_day, last_from = day_of_last(last, day)
        then = _read(last, last_day, answers)
    settings = team_of(now.export, then.export if then else None)
    if settings.category_by_stage:
        # Only now is it known what category the odds of a stage propose.
        now = _read(this, day, answers, settings)
        then = _read(last, then.export.day, answers, settings) if last is not None and then is not None else None
    found = look_at(
        now.export,
        then.export if then else None,
        settings=settings,
        day_from=day_from,
        last_from=last_from,
        notes=(*_unlike(now, then), *notes_of(now.export.columns, now.report.warnings)),
    )
    if as_json:
        import msgspec

        say_json(msgspec.json.encode(found).decode())
        return
    from tui.cli.sheet import as_markdown, as_text

    page = page_of(found)
    if form == "markdown":
        click.echo(as_markdown(page), nl=False)
        return
    click.echo("\n".join(as_text(page)))


def _answers(crm: str, mapping: Path | None) -> "Answers":
    from msgspec.structs import replace

    from review.answers import Answers
    from store.crm.answers import load_answers

    answers = load_answers(mapping) if mapping else Answers()
    return replace(answers, crm=crm) if crm else answers


def _read(path: Path, day: date, answers: "Answers", settings: "Settings | None" = None) -> "Reading":
    from review.settings import Settings
    from store.crm.read import read_export

    return read_export(path, settings=settings or Settings(), day=day, answers=answers)


def _unlike(now: "Reading", then: "Reading | None") -> tuple[str, ...]:
    """Warn where deals of the two files can hardly be the same ones."""
    if then is None:
        return ()
    if now.export.has_ids is not then.export.has_ids:
        return ("Only one of the files has ids, so no deal is found again: export both with the record id.",)
    here = {deal.id for deal in now.export.deals}
    if not any(deal.id in here for deal in then.export.deals):
        return ("No deal is in both files. Are they exports of the same team?",)
    return ()


def day_of_this(path: Path, as_of: date | None) -> tuple[date, str]:
    """Give the day that an export shows, and where that comes from."""
    if as_of is not None:
        return as_of, "--as-of"
    named = _named(path)
    return (named, "its name") if named else (_modified(path), "the file’s time")


def day_of_last(path: Path, this: date) -> tuple[date, str]:
    """Give the day of the earlier export: by its name, by its time where that is earlier, else a week before."""
    named = _named(path)
    if named is not None:
        if named >= this:
            raise Refused(
                f"{path.name} is of {named.isoformat()} by its name, and the export to look at is of"
                f" {this.isoformat()}: give the newer file first, or its day with --as-of."
            )
        return named, "its name"
    modified = _modified(path)
    return (modified, "the file’s time") if modified < this else (this - WEEK, "a week before, nothing tells")


def _named(path: Path) -> date | None:
    match = _IN_NAME.search(path.name)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _modified(path: Path) -> date:
    """Give the day of a file's own time, in the machine's zone."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error


COMMANDS = (look,)
"""What this module brings."""
