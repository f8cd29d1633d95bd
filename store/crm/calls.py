"""A file of calls that were stated before: who, when, commit and best case, its columns known by their headers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from review.answers import Answers
from review.people import Person, find_person
from review.periods import period_of
from review.records import Call
from review.settings import Settings
from review.unclear import Unclear
from store.crm import asking
from store.crm.column import Column
from store.crm.dates import OrderUnknown, read_dates
from store.crm.fold import fold, tidy_header
from store.crm.grid import Broken
from store.crm.kinds import grids_of
from store.crm.numbers import MarkUnknown, read_amounts
from store.crm.refusals import bytes_of
from store.crm.sheet import Body, LeftOut, gather
from store.errors import Refused

_HEADERS: Final = {
    "person": ("rep_name", "rep", "name", "owner_name", "owner", "person", "sales_rep", "seller", "ae", "rep_email",
               "email", "rep_id", "owner_id"),
    "day": ("week_of", "week", "week_start", "week_starting", "call_date", "forecast_date", "as_of", "snapshot_date",
            "date", "day"),
    "commit": ("commit_amount", "commit", "committed", "commit_forecast", "commit_call", "forecast_commit"),
    "best_case": ("bestcase_amount", "best_case_amount", "best_case", "best_case_forecast", "upside", "most_likely"),
    "pipeline": ("pipeline_amount", "pipeline", "pipeline_forecast", "open_pipeline"),
}  # fmt: skip
"""Field to the headers it is known by, the best first; a pipeline is named and not kept, since it is computed."""
_NEEDED: Final = ("person", "day", "commit")
_ASKS: Final = {"person": "who stated it (rep_name)", "day": "when (week_of)", "commit": "the commit (commit_amount)"}
_DEPTH = 20
_SHOWN = 3


class CallsReport(Struct, frozen=True, kw_only=True):
    """What came out of a file of calls, for people."""

    file: str
    calls: int
    people: tuple[str, ...]
    first: date
    last: date
    columns: dict[str, str]
    """Field to header."""
    left_over: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    scale: str = ""
    """The question whether the unit is the export's; empty where nothing asks it."""

    def sentences(self) -> tuple[str, ...]:
        """Say it all, a line each."""
        days = f"{self.first.day} {self.first:%b %Y} to {self.last.day} {self.last:%b %Y}"
        kept = {field: head for field, head in self.columns.items() if field != "pipeline"}
        said = [
            f"{self.calls:,} calls of {len(self.people)} {'person' if len(self.people) == 1 else 'people'}"
            f" from {self.file}, {days}.",
            "Columns: " + ", ".join(f"{_word(field)} from “{head}”" for field, head in kept.items()) + ".",
        ]
        if "pipeline" in self.columns:
            said.append(f"“{self.columns['pipeline']}” was not kept: the pipeline is computed from the export.")
        if self.left_over:
            said.append(f"Columns left over: {', '.join(self.left_over)}.")
        if self.left_out:
            shown = "; ".join(f"row {one.row}: {one.reason}" for one in self.left_out[:_SHOWN])
            more = f"; and {len(self.left_out) - _SHOWN:,} more" if len(self.left_out) > _SHOWN else ""
            number = f"{len(self.left_out):,} {'row' if len(self.left_out) == 1 else 'rows'}"
            said.append(f"{number} left out: {shown}{more}.")
        return (*said, self.scale) if self.scale else tuple(said)

    def to_json(self) -> str:
        """Give the report as JSON."""
        return msgspec.json.encode(self).decode()


class CallsReading(Struct, frozen=True):
    """The calls of a file and what is said of it."""

    calls: tuple[Call, ...]
    report: CallsReport


class _Table(Struct, frozen=True):
    headers: tuple[str, ...]
    place: dict[str, int]
    body: Body

    def column(self, field: str) -> Column:
        return self.body.columns[self.place[field]]


def read_calls(path: Path, *, settings: Settings, answers: Answers | None = None) -> CallsReading:
    """Read stated calls; raises `Refused`, or `Unclear` where a person must decide."""
    table = _table(bytes_of(path), path.name)
    said = answers or Answers()
    try:
        days = read_dates({"day": table.column("day")}, said.date_order)["day"].values
        amounts: dict[str, Sequence[Decimal | None]] = {
            field: read_amounts(table.column(field), said.decimal_mark).values
            for field in ("commit", "best_case")
            if field in table.place
        }
    except OrderUnknown as error:
        raise Unclear(path.name, [asking.date_order(*error.args)]) from error
    except MarkUnknown as error:
        raise Unclear(path.name, [asking.decimal_mark("commit", error.args[0])]) from error
    calls, left_out = _calls(table, days, amounts, settings)
    if not calls:
        why = "; ".join(f"row {one.row}: {one.reason}" for one in left_out[:_SHOWN]) or "it has no rows"
        raise Refused(f"{path.name} was not imported: no call could be taken from it ({why}).")
    return CallsReading(calls, _report(path.name, table, calls, left_out, settings))


def _table(data: bytes, file: str) -> _Table:
    """Find header and columns. Raises Refused where a needed column is missing."""
    try:
        found = [(grid, at, _places(row)) for grid in grids_of(data) for at, row in enumerate(grid.head[:_DEPTH])]
        grid, header, place = max(found, key=lambda one: len(one[2]), default=(None, 0, {}))
        missing = [field for field in _NEEDED if field not in place]
        if grid is None or missing:
            asked = ", ".join(_ASKS[field] for field in missing)
            raise Refused(
                f"{file} was not imported as calls: no column tells {asked}. A file of calls has one row for each"
                " person and week: rep_name, week_of, commit_amount, bestcase_amount."
            )
        return _Table(tuple(tidy_header(cell) for cell in grid.head[header]), place, gather(grid, header))
    except Broken as broken:
        raise Refused(f"{file} was not imported: {broken}.") from broken


def _places(row: Sequence[str]) -> dict[str, int]:
    """Give the column of each field among some headers."""
    keys = [fold(tidy_header(cell)) for cell in row]
    found: dict[str, int] = {}
    for field, names in _HEADERS.items():
        at = next((keys.index(key) for name in names if (key := fold(name)) in keys), None)
        if at is not None:
            found[field] = at
    return found


def _calls(
    table: _Table, days: Sequence[date | None], amounts: Mapping[str, Sequence[Decimal | None]], settings: Settings
) -> tuple[tuple[Call, ...], tuple[LeftOut, ...]]:
    """Make a call of each row that tells who, when and how much; the last of several of one person and day counts."""
    found: dict[tuple[str, date], tuple[int, Call]] = {}
    left_out: list[LeftOut] = []
    person_of = _People(settings.people)
    best = amounts.get("best_case", [None] * len(days))
    rows = zip(table.body.numbers, table.column("person").cells, days, amounts["commit"], best, strict=True)
    for number, name, day, commit, best_case in rows:
        person = person_of(name)
        if day is None or commit is None:
            left_out.append(LeftOut(number, "no date that can be read" if day is None else "no commit"))
        elif commit < 0:
            left_out.append(LeftOut(number, "a commit below 0"))
        elif person is None:
            left_out.append(LeftOut(number, f"“{name.strip() or 'nobody'}” is nobody of the team"))
        else:
            call = Call(
                person=person.id,
                period=period_of(day, settings).first,
                commit=commit,
                best_case=best_case,
                day=day,
                from_exports=True,
                team=person.manager and not person.carries,
            )
            earlier = found.pop((person.id, day), None)
            if earlier is not None:
                left_out.append(LeftOut(earlier[0], f"row {number} has another call of {person.name} for that day"))
            found[person.id, day] = (number, call)
    calls = sorted((call for _, call in found.values()), key=lambda call: call.day)
    return tuple(calls), tuple(sorted(left_out, key=lambda one: one.row))


class _People:
    """Finds the person that a cell means, once per spelling."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people = tuple(people)
        self._found: dict[str, Person | None] = {}

    def __call__(self, text: str) -> Person | None:
        if text not in self._found:
            self._found[text] = find_person(self._people, text)
        return self._found[text]


def _report(
    file: str, table: _Table, calls: Sequence[Call], left_out: tuple[LeftOut, ...], settings: Settings
) -> CallsReport:
    names = {person.id: person.name for person in settings.people}
    taken = set(table.place.values())
    return CallsReport(
        file=file,
        calls=len(calls),
        people=tuple(dict.fromkeys(names.get(call.person, call.person) for call in calls)),
        first=calls[0].day,
        last=calls[-1].day,
        columns={field: table.headers[at] for field, at in table.place.items()},
        left_over=tuple(head for at, head in enumerate(table.headers) if at not in taken and head),
        left_out=left_out,
    )


def _word(field: str) -> str:
    return {"person": "who", "day": "when", "best_case": "best case"}.get(field, field)


def holds_calls(headers: Sequence[str]) -> bool:
    """Tell whether headers are those of a file of calls."""
    return set(_NEEDED) <= _places(headers).keys()
