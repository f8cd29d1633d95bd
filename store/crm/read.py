"""One export file to deals and a report; a file that cannot be used is refused with what to ask the CRM for."""

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from msgspec import Struct, structs

from review.ask import report_to_ask_for
from review.deals import Export
from review.settings import Settings
from store.crm.answers import Answers, Question
from store.crm.assemble import Assembled, assemble
from store.crm.dates import OrderUnknown
from store.crm.fold import tidy_header
from store.crm.idents import Twice, id_warnings, once_each
from store.crm.mapping import Columns, map_columns
from store.crm.money import Mixed
from store.crm.numbers import MarkUnknown
from store.crm.report import Report, make_report
from store.crm.sheet import LeftOut, find_header, gather, without_junk
from store.crm.text import Broken, Text
from store.errors import Refused

_OTHER_KINDS = (
    (b"PK\x03\x04", "an Excel workbook or another packed file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a packed file"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)
"""How files begin that are no delimited text."""


class Reading(Struct, frozen=True):
    """What came out of a file."""

    export: Export
    report: Report


def read_export(path: Path, *, settings: Settings, day: date, answers: Answers | None = None) -> Reading:
    """Read an export that shows the CRM on `day`; raises `Refused`, or `Question` where a person must decide."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path.name or path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error
    with _uncollected():
        return read_bytes(data, file=path.name, settings=settings, day=day, answers=answers or Answers())


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
    kind = next((name for start, name in _OTHER_KINDS if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(start)), "")
    if kind:
        raise _refused(file, f"this is {kind}, not comma-separated text", answers.crm)
    text = Text(data)
    header = find_header(text.head, answers.mapping)
    if header is None:
        raise _refused(file, _no_header(text.head), answers.crm)
    headers = tuple(tidy_header(cell) for cell in text.head[header])
    try:
        body = gather(text.batches(), header, len(headers))
    except Broken as broken:
        raise _refused(file, str(broken), answers.crm) from broken
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
    everything = (*left_out, *found.left_out, *twins)
    if not deals:
        raise _nothing(file, columns, everything)
    found = structs.replace(found, deals=deals, left_out=everything)
    said = list(text.warnings)
    if header:
        said.append(f"The header was found in row {header + 1}.")
    return _reading(data, file, day, settings, columns, found, said)


def _reading(
    data: bytes, file: str, day: date, settings: Settings, columns: Columns, found: Assembled, said: list[str]
) -> Reading:
    """Put the export and its report together."""
    export = Export(
        id=f"{day.isoformat()}-{hashlib.blake2b(data, digest_size=6).hexdigest()}",
        day=day,
        source=file,
        crm=columns.profile.name,
        deals=tuple(found.deals),
        columns=found.columns,
        has_ids=found.has_ids,
    )
    ids = id_warnings([deal.id for deal in found.deals], columns.crm == "salesforce") if found.has_ids else []
    report = make_report(
        found.deals,
        file=file,
        crm=columns.profile.name,
        settings=settings,
        used=columns.used,
        columns=found.columns,
        left_over=columns.left_over,
        left_out=found.left_out,
        warnings=(*said, *columns.ambiguous, *ids, *found.warnings),
    )
    return Reading(export, report)


def _refused(file: str, reason: str, crm: str = "") -> Refused:
    """Refuse a file: why, and which report to ask for instead."""
    return Refused(f"{file} was not imported: {reason}. {report_to_ask_for(crm)}")


def _no_header(rows: list[list[str]]) -> str:
    """Say what stands where a header was expected."""
    first = next((row for row in rows if any(cell.strip() for cell in row)), None)
    if first is None:
        return "it is empty"
    cells = ", ".join(f"“{tidy_header(cell)[:30]}”" for cell in first[:6])
    number = rows.index(first) + 1
    return f"no row among the first 20 is the header of a list of deals; row {number} says {cells}"


def _require_deals(file: str, columns: Columns) -> None:
    """Refuse a list that is no list of deals."""
    place = columns.place
    named = {"id", "name", "account"} & place.keys()
    telling = {"stage", "amount", "converted", "close_date"} & place.keys()
    if named and telling:
        return
    lacks = "an id, a deal name or an account" if not named else "a stage, an amount or a close date"
    heads = ", ".join(f"“{header[:30]}”" for header in columns.headers[:8])
    raise _refused(file, f"no column has {lacks}, so these are no deals; the header has {heads}", columns.profile.name)


def _nothing(file: str, columns: Columns, left_out: tuple[LeftOut, ...]) -> Refused:
    """Refuse a file without deals: taken, it would make every deal vanish."""
    why = ""
    if left_out:
        shown = "; ".join(f"row {one.row}: {one.reason}" for one in left_out[:3])
        why = f" ({len(left_out):,} rows left out: {shown}{'; …' if len(left_out) > 3 else ''})"
    return _refused(file, f"there are no deals in it{why}", columns.profile.name)


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
    return _refused(
        file,
        f"its amounts are in several currencies ({listed}), which cannot be added. Add the amount converted to"
        f" {settings.currency} as a column of the report, or give the rates in the settings",
        columns.profile.name,
    )


def _twice(file: str, columns: Columns, listed: str, has_ids: bool) -> Refused:
    """Refuse rows that are one deal and say different things, or that cannot be told apart."""
    todo = "Keep the row that is right" if has_ids else "Add the record id as a column of the report"
    return _refused(file, f"{listed}. {todo} and import again", columns.profile.name)
