"""One export file to deals and a report; a file that cannot be used is refused with what to ask the CRM for."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from msgspec import Struct, structs

from review.deals import Export
from review.settings import Settings
from store.crm.answers import Answers, Question
from store.crm.assemble import Assembled, assemble
from store.crm.dates import OrderUnknown
from store.crm.idents import Twice, id_warnings, once_each
from store.crm.join import read_table
from store.crm.mapping import Columns, map_columns
from store.crm.money import Mixed
from store.crm.numbers import MarkUnknown
from store.crm.others import other_kind
from store.crm.refusals import not_imported
from store.crm.report import Report, make_report
from store.crm.sheet import LeftOut, without_junk
from store.crm.table import Table, table_of
from store.errors import Refused


class Reading(Struct, frozen=True):
    """What came out of a file."""

    export: Export
    report: Report


def read_export(
    path: Path | Sequence[Path], *, settings: Settings, day: date, answers: Answers | None = None
) -> Reading:
    """Read an export that shows the CRM on `day`, from one file or several that are one export.

    Raises `Refused`, or `Question` where a person must decide.
    """
    said = answers or Answers()
    with _uncollected():
        table = read_table([path] if isinstance(path, Path) else path, said)
        return deals_of(table, settings=settings, day=day, answers=said)


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
    return deals_of(table_of(data, file=file, answers=answers), settings=settings, day=day, answers=answers)


def deals_of(table: Table, *, settings: Settings, day: date, answers: Answers) -> Reading:
    """Make deals of a table that shows the CRM on `day`; raises `Refused` or `Question`."""
    file, headers, body = table.file, table.headers, table.body
    columns = map_columns(headers, body, answers)
    _require_deals(file, columns)
    body, left_out = without_junk(body, headers, columns.place)
    try:
        found = assemble(columns, body, settings, day, answers)
        deals, twins = once_each(found.deals, found.rows, found.has_ids, columns.used)
    except OrderUnknown as error:
        raise _order_question(file, columns, *error.args) from error
    except MarkUnknown as error:
        raise _mark_question(file, columns, error.args[0]) from error
    except Mixed as error:
        raise _mixed(file, columns, error.args[0], settings) from error
    except Twice as error:
        raise _twice(file, columns, error.args[0], found.has_ids) from error
    everything = (*table.left_out, *left_out, *found.left_out, *twins)
    if not deals:
        raise _nothing(file, columns, everything)
    found = structs.replace(found, deals=deals, left_out=everything)
    return _reading(table, day, settings, columns, found)


def _reading(table: Table, day: date, settings: Settings, columns: Columns, found: Assembled) -> Reading:
    """Put the export and its report together."""
    export = Export(
        id=f"{day.isoformat()}-{table.digest}",
        day=day,
        source=table.file,
        crm=columns.profile.name,
        deals=tuple(found.deals),
        columns=found.columns,
        has_ids=found.has_ids,
    )
    ids = id_warnings([deal.id for deal in found.deals], columns.crm == "salesforce") if found.has_ids else []
    report = make_report(
        found.deals,
        file=table.file,
        crm=columns.profile.name,
        settings=settings,
        used=columns.used,
        columns=found.columns,
        left_over=columns.left_over,
        left_out=found.left_out,
        warnings=(*table.notes, *columns.ambiguous, *ids, *found.warnings),
    )
    return Reading(export, report)


def _require_deals(file: str, columns: Columns) -> None:
    """Refuse a list that is no list of deals."""
    place = columns.place
    named = {"id", "name", "account"} & place.keys()
    telling = {"stage", "amount", "converted", "close_date"} & place.keys()
    if named and telling:
        return
    if kind := other_kind(columns.headers):
        raise not_imported(file, f"it {kind}", columns.profile.name)
    lacks = "an id, a deal name or an account" if not named else "a stage, an amount or a close date"
    heads = ", ".join(f"“{header[:30]}”" for header in columns.headers[:8])
    reason = f"no column has {lacks}, so these are no deals; the header has {heads}"
    raise not_imported(file, reason, columns.profile.name)


def _nothing(file: str, columns: Columns, left_out: tuple[LeftOut, ...]) -> Refused:
    """Refuse a file without deals: taken, it would make every deal vanish."""
    why = ""
    if left_out:
        shown = "; ".join(one.plain().said for one in left_out[:3])
        why = f" ({len(left_out):,} rows left out: {shown}{'; …' if len(left_out) > 3 else ''})"
    return not_imported(file, f"there are no deals in it{why}", columns.profile.name)


def _order_question(file: str, columns: Columns, field: str, value: str) -> Question:
    """Ask which number of a date is the day."""
    return Question(
        f"{file}: is “{value}” in “{columns.header(field)}” day/month or month/day? No date in the file tells."
        ' Say date_order = "dmy" or "mdy" in the mapping file, or export with dates like 2026-12-31.',
        "date_order",
        ("dmy", "mdy"),
    )


def _mark_question(file: str, columns: Columns, value: str) -> Question:
    """Ask what the point in amounts is."""
    header = columns.header("amount" if "amount" in columns.place else "converted")
    return Question(
        f"{file}: is “{value}” in “{header}” thousands or a number with decimals? No amount in the file tells."
        ' Say decimal_mark = "," (thousands) or "." (decimals) in the mapping file.',
        "decimal_mark",
        (",", "."),
    )


def _mixed(file: str, columns: Columns, listed: str, settings: Settings) -> Refused:
    """Refuse several currencies that cannot be brought to one."""
    return not_imported(
        file,
        f"its amounts are in several currencies ({listed}), which cannot be added. Add the amount converted to"
        f" {settings.currency} as a column of the report, or give the rates in the settings",
        columns.profile.name,
    )


def _twice(file: str, columns: Columns, listed: str, has_ids: bool) -> Refused:
    """Refuse rows that are one deal and say different things, or that cannot be told apart."""
    todo = "Keep the row that is right" if has_ids else "Add the record id as a column of the report"
    return not_imported(file, f"{listed}. {todo} and import again", columns.profile.name)
