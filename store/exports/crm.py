"""The update file of a CRM: what the review decided and the CRM does not show yet, as its importer takes it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from msgspec import Struct

from review.deals import Export
from review.origin import Origin
from review.ports import Saved
from review.records import Ledger
from review.settings import Settings
from review.truth import encode
from review.updates import FIELDS as DECIDED
from review.words import counted, day_month
from store.crm.knowledge import GENERIC, Profile, with_own
from store.crm.table import digest_of
from store.crm.writing import Write
from store.errors import Damaged, Refused
from store.exports.crm_cells import Cell, Changes, Row, changes_of
from store.exports.crm_notes import notes_of
from store.exports.delimited import written
from store.exports.targets import free
from store.files import read
from store.formulas import hidden
from store.reviews import Reviews
from store.workspace import Workspace

_SHOWN: Final = 5
_INTERNAL: Final = re.compile(r"[a-z][A-Za-z0-9_.]*")
"""What an interface or a warehouse calls a field, as deal_id or dealId."""
FIELDS: Final = tuple(one for field in DECIDED for one in (("pipeline", field) if field == "stage" else (field,)))
"""What a file may hold, in its order: a stage stands behind its pipeline."""
_TOGETHER: Final = (("next_step", "next_step_date"), ("pipeline", "stage"))
"""Fields that are one decision and go in one file."""
_APART: Final = tuple((field,) for field in FIELDS if not any(field in one for one in _TOGETHER))


class File(Struct, frozen=True, kw_only=True):
    """One file of an update."""

    name: str
    data: bytes
    text: str
    """The same for people to look at."""


class Update(Struct, frozen=True, kw_only=True):
    """What goes back to the CRM."""

    files: tuple[File, ...]
    """None where the CRM shows everything that can be written."""
    said: tuple[str, ...]
    """Sentences for whoever sends them: what is in them, where they go, and what stays out and why."""

    def saved(self, folder: Path) -> Saved:
        """Give it as a screen shows it; `folder` is where it would go."""
        path = free(folder / self.files[0].name) if self.files else None
        return Saved(self.preview, path, self.said, beside=max(len(self.files) - 1, 0))

    @property
    def preview(self) -> str:
        """The sentences and the files as one text."""
        shown = (f"{file.name}\n\n{file.text.rstrip()}" for file in self.files)
        return "\n\n".join(("\n".join(self.said), *shown)) + "\n"


class Source(Struct, frozen=True, kw_only=True):
    """What an update is made of."""

    ledger: Ledger
    settings: Settings
    export: Export
    profile: Profile
    today: date
    name: str
    """What its files are called, without their endings."""
    original: Callable[[], bytes]
    """Gives the workbook that the export came in."""


def update_for(reviews: Reviews, ledger: Ledger, settings: Settings, *, review: str, today: date) -> Update:
    """Make the update of what stands after a review, from the export that it rests on. Raises Refused and Damaged."""
    if not ledger.export:
        raise Refused("Nothing is read in yet. Run “closeout import FILE” first.")
    export = reviews.export(ledger.export)
    known = with_own(reviews.workspace.crm).profiles
    source = Source(
        ledger=ledger,
        settings=settings,
        export=export,
        profile=known.get(export.origin.profile if export.origin else GENERIC, known[GENERIC]),
        today=today,
        name=f"{review}-crm",
        original=lambda: _original(reviews.workspace, export),
    )
    return update_of(source)


def _original(workspace: Workspace, export: Export) -> bytes:
    """Read the workbook that an export came in. Raises Damaged where it is gone or another one."""
    found = read(workspace.original(export.id))
    if found is None or export.origin is None or digest_of(found[0]) != export.origin.workbook:
        raise Damaged(f"imports/{export.id}.xlsx is missing or damaged. Read {export.source} in again.")
    return found[0]


def update_of(source: Source) -> Update:
    """Make the update of what stands. Raises Refused where no deal of the export can be found again in the CRM."""
    export, origin = source.export, _origin(source)
    profile, write = source.profile, source.profile.write
    found = changes_of(source.ledger, source.settings, export, origin, profile)
    if not found.rows:
        rest = "the CRM shows what it can take" if found.left else "the CRM shows what was decided"
        return Update(files=(), said=(f"Nothing to write: {rest}.", *_left(found)))
    if write.workbook:
        files: tuple[File, ...] = (_workbook(source, origin, found.rows),)
    else:
        # A person who types reads an empty cell as nothing to do.
        sets = (FIELDS,) if write.empty == "kept" or not write.where else _sets(found.rows)
        files = tuple(_files(source, origin, found.rows, sets))
    return Update(files=files, said=tuple(_said(source, origin, found, files)))


def _origin(source: Source) -> Origin:
    export, profile = source.export, source.profile
    origin = export.origin
    if origin is None:
        raise Refused(f"How {export.source} names its columns was not kept. Read it in again, then export.")
    if not export.has_ids or "id" not in origin.headers:
        known = (*profile.columns.get("id", ()), "the record id")[0]
        raise Refused(
            f"{export.source} has no column with ids, so nothing tells which deal of the CRM a row would change. "
            f"Add “{known}” to the report, read it in, and export again."
        )
    if profile.write.workbook and not origin.workbook:
        raise Refused(
            f"{profile.name} takes back nothing but its own workbook, and {export.source} is none. "
            "Use Export to Excel there, read the XLSX in, and export again."
        )
    return origin


def _sets(rows: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    """Give the fields of each file, where an empty cell may not stand for a value that stays."""
    there = {field for row in rows for field in row.cells}
    return tuple(one for one in (*_TOGETHER, *_APART) if {*one} & there)


def _files(source: Source, origin: Origin, rows: Sequence[Row], sets: Sequence[tuple[str, ...]]) -> Iterable[File]:
    """Write a file for each set of fields, in parts where the importer takes no more rows."""
    for fields in sets:
        told = [row for row in rows if row.cells.keys() & {*fields}]
        name = source.name if len(sets) == 1 else f"{source.name}-{_called(fields)}"
        for file, part in _parts(name, told, source.profile.write.rows):
            used = [field for field in FIELDS if field in fields and any(field in row.cells for row in part)]
            cells = _table(source, origin, part, used)
            delimiter = origin.delimiter if source.profile.write.form == "exported" else ","
            data = written(cells, delimiter)
            yield File(name=f"{file}.csv", data=data, text=data.decode())


def _called(fields: Sequence[str]) -> str:
    """Name a file by the field that it sets, not by what stands beside it."""
    return "stage" if "stage" in fields else fields[0].replace("_", "-")


def _parts(name: str, rows: Sequence[Row], most: int) -> Iterable[tuple[str, Sequence[Row]]]:
    parts = [rows[at : at + most] for at in range(0, len(rows), most)] if most else [rows]
    for number, part in enumerate(parts, 1):
        yield (name if len(parts) == 1 else f"{name}-{number}-of-{len(parts)}"), part


def _renamed(origin: Origin, write: Write) -> Mapping[str, str]:
    """Give the headers that its importer knows, but for labels of the export where it goes by those."""
    if not write.translated:
        return write.headers
    return {field: to for field, to in write.headers.items() if _INTERNAL.fullmatch(origin.headers.get(field, ""))}


def _table(source: Source, origin: Origin, rows: Sequence[Row], fields: Sequence[str]) -> list[list[str]]:
    """Give the header and the rows: the id, what stands beside it, and the fields."""
    headers = {**origin.headers, **_renamed(origin, source.profile.write)}
    beside = tuple(rows[0].beside)
    iso = source.profile.write.form == "iso"
    return [
        [headers[field] for field in ("id", *beside, *fields)],
        *(
            [
                row.ident,
                *map(hidden, row.beside.values()),
                *(_shown(row.cells.get(f, ""), f, origin, iso=iso) for f in fields),
            ]
            for row in rows
        ),
    ]


def _shown(cell: Cell, field: str, origin: Origin, *, iso: bool) -> str:
    """Write a cell as the importer takes it: as calendar date and plain number, or in the form of the export."""
    if isinstance(cell, date):
        return cell.isoformat() if iso else cell.strftime(origin.dates.get(field, "%Y-%m-%d"))
    if isinstance(cell, Decimal):
        return encode(cell) if iso else encode(cell).replace(".", origin.decimal_mark)
    return hidden(cell)


def _workbook(source: Source, origin: Origin, rows: Sequence[Row]) -> File:
    from store.exports.crm_workbook import filled  # slow to import, and for one CRM only

    fields = [field for field in FIELDS if any(field in row.cells for row in rows)]
    table = _table(source, origin, rows, fields)
    data = filled(source.original(), origin, rows)
    return File(name=f"{source.name}.xlsx", data=data, text=written(table).decode())


def _said(source: Source, origin: Origin, found: Changes, files: Sequence[File]) -> Iterable[str]:
    write, crm = source.profile.write, source.profile.name
    whose = "the CRM" if origin.profile == "generic" else crm
    yield f"{counted(len(found.rows), 'deal')} for {whose} in {counted(len(files), 'file')}."
    if write.where:
        yield f"Where it goes: {write.where}"
    else:
        yield f"How {crm} would read this in is not known here: take it as the list of what to set there."
    if len(files) > 1 and write.empty != "kept" and write.where:
        yield "One file for each field, as an empty cell might empty a value there; read in all of them."
    days = (source.today - source.export.day).days
    if days > 0:
        yield (
            f"It rests on the export of {day_month(source.export.day)}, {counted(days, 'day')} ago: what somebody has"
            " set in the CRM since then may be written over."
        )
    yield from notes_of(source, origin, found)
    yield from _left(found)


def _left(found: Changes) -> Iterable[str]:
    for why, titles in found.left.items():
        more = f" and {len(titles) - _SHOWN} more" if len(titles) > _SHOWN else ""
        yield f"Left out – {why}: {', '.join(titles[:_SHOWN])}{more}."
