"""A file of people: names, addresses, ids, first and last days and quotas, its columns known by their headers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from review.answers import Answers
from review.people import Person
from review.periods import Period, period_of
from review.plain import plain
from review.settings import Settings
from review.team import free_id, free_initials, readable_name
from review.unclear import Unclear
from review.words import listed
from store.crm import asking
from store.crm.column import Column, clean
from store.crm.dates import OrderUnknown, read_dates
from store.crm.fold import fold, tidy_header
from store.crm.grid import Broken
from store.crm.kinds import grids_of
from store.crm.numbers import MarkUnknown, read_amounts
from store.crm.refusals import bytes_of
from store.crm.report import by_reason
from store.crm.sheet import Body, LeftOut, gather
from store.errors import Refused

_HEADERS: Final = {
    "name": ("rep_name", "full name", "name", "owner name", "user", "rep", "owner", "display name", "employee",
             "seller"),
    "first": ("first name", "given name", "vorname"),
    "last": ("last name", "surname", "family name", "nachname"),
    "id": ("rep_id", "user id", "owner id", "id", "employee id", "code", "rep code", "owner code", "hubspot owner id"),
    "email": ("email", "e-mail", "email address", "rep_email", "work email", "username"),
    "aliases": ("aliases", "also known as", "crm name", "alias"),
    "start": ("start date", "start", "hire_date", "hired", "joined", "first day", "start_date", "eintritt",
              "eintrittsdatum"),
    "left": ("left", "end date", "leaving date", "last day", "termination date", "left on", "end", "leaving", "leaves",
             "leave date", "exit date", "departure date", "austritt", "austrittsdatum"),
    "active": ("active", "is active", "is_active"),
    "quota": ("quota", "target", "quarterly quota", "monthly quota", "annual quota", "yearly quota",
              "quote", "ziel"),
}  # fmt: skip
"""Field to the headers it is known by, the best first."""
_DEPTH = 20


class RosterReport(Struct, frozen=True, kw_only=True):
    """What came out of a list of people."""

    file: str
    people: tuple[str, ...]
    quotas: int
    starts: int
    left: int
    columns: dict[str, str]
    left_over: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...] = ()

    def sentences(self) -> tuple[str, ...]:
        """Say it all, a line each."""
        number = f"{len(self.people):,} {'person' if len(self.people) == 1 else 'people'}"
        said = [
            f"{number} from {self.file}: {self.quotas:,} with a quota, {self.starts:,} with a first day,"
            f" {self.left:,} who left.",
            f"Columns: {', '.join(f'{field} from “{head}”' for field, head in self.columns.items())}.",
        ]
        if self.left_over:
            said.append(f"Columns left over: {', '.join(self.left_over)}.")
        if self.left_out:
            said += [f"{len(self.left_out):,} {'row' if len(self.left_out) == 1 else 'rows'} left out:"]
            said += by_reason(self.left_out)
        return (*said, *self.notes)

    def to_json(self) -> str:
        """Give the report as JSON."""
        return msgspec.json.encode(self).decode()


class RosterReading(Struct, frozen=True):
    """The people of a file and what is said of it."""

    people: tuple[Person, ...]
    report: RosterReport


class _Table(Struct, frozen=True):
    file: str
    headers: tuple[str, ...]
    place: dict[str, int]
    body: Body

    def column(self, field: str) -> Column | None:
        return self.body.columns[self.place[field]] if field in self.place else None

    def texts(self, field: str) -> Sequence[str]:
        column = self.column(field)
        return clean(column) if column is not None else [""] * len(self.body.numbers)


def read_roster(path: Path, *, settings: Settings, day: date, answers: Answers | None = None) -> RosterReading:
    """Read a list of people; raises `Refused`, or `Unclear` where a person must decide."""
    now = period_of(day, settings)
    table = _table(path, answers or Answers(), now)
    values = _values(table, answers or Answers())
    people, left_out = _people(table, day, values, _share(table, settings.period))
    if not people:
        raise Refused(f"{path.name} was not imported as a list of people: it has no rows with a name.")
    return RosterReading(tuple(people), _report(table, people, left_out, (*values.doubts, *_odd(people)), now))


def _people(table: _Table, day: date, values: "_Values", share: Decimal) -> tuple[list[Person], list[LeftOut]]:
    """Make a person of each row that has a name."""
    dates, quotas = values.dates, values.quotas
    people: list[Person] = []
    left_out: list[LeftOut] = []
    seen: dict[str, int] = {}
    names, firsts, lasts = table.texts("name"), table.texts("first"), table.texts("last")
    ids, emails, aliases, active = (table.texts(field) for field in ("id", "email", "aliases", "active"))
    for at, row in enumerate(table.body.numbers):
        name = names[at] or " ".join(filter(None, (firsts[at], lasts[at]))) or emails[at]
        if not name:
            left_out.append(LeftOut(row, "no name"))
            continue
        earlier = seen.setdefault(fold(emails[at] or ids[at] or name), row)
        if earlier != row:
            left_out.append(LeftOut(row, f"the same person as in row {earlier}"))
            continue
        readable = readable_name(name)
        others = (ids[at], name, *re.split(r"\s*[;|]\s*", aliases[at]))
        gone = dates["left"][at] or (day if fold(active[at]) in {"false", "no", "0", "inactive"} else None)
        people.append(
            Person(
                id=free_id(readable, people),
                name=readable,
                initials=free_initials(readable, people),
                email=emails[at],
                aliases=tuple(dict.fromkeys(text for text in others if text and text != readable)),
                start=dates["start"][at],
                left=gone,
                quota=None if quotas[at] is None else (quotas[at] or Decimal(0)) / share,
            )
        )
    return people, left_out


class _Values(Struct, frozen=True):
    """Days and quotas by row, and what in their columns is none."""

    dates: dict[str, list[date | None]]
    quotas: list[Decimal | None]
    doubts: tuple[str, ...]


def _values(table: _Table, answers: Answers) -> _Values:
    empty: list[date | None] = [None] * len(table.body.numbers)
    columns = {field: column for field in ("start", "left") if (column := table.column(field)) is not None}
    quota = table.column("quota")
    try:
        found = read_dates(columns, answers.date_order)
        amounts = read_amounts(quota, answers.decimal_mark) if quota is not None else None
    except OrderUnknown as unknown:
        header = table.headers[table.place[unknown.args[0]]]
        raise Unclear(table.file, [asking.date_order(header, unknown.args[1])]) from unknown
    except MarkUnknown as unknown:
        header = table.headers[table.place["quota"]]
        raise Unclear(table.file, [asking.decimal_mark(header, unknown.args[0])]) from unknown
    doubts = [_none(table, field, "no date", column.misfits) for field, column in found.items() if column.misfits]
    if amounts is not None and amounts.misfits:
        doubts.append(_none(table, "quota", "no number", amounts.misfits))
    none: list[Decimal | None] = [None] * len(empty)
    return _Values(
        {field: found[field].values if field in found else empty for field in ("start", "left")},
        amounts.values if amounts is not None else none,
        tuple(doubts),
    )


def _none(table: _Table, field: str, what: str, places: Sequence[int]) -> str:
    """Say which rows have something in a column that cannot be read: '“Quota” is no number in row 4: left empty.'."""
    rows = [table.body.numbers[at] for at in places]
    said = f"row {rows[0]}" if len(rows) == 1 else f"rows {listed([str(row) for row in rows])}"
    return f"“{plain(table.headers[table.place[field]])}” is {what} in {said}: left empty."


def _odd(people: Sequence[Person]) -> Iterator[str]:
    """Say what of the people themselves is to be looked at."""
    names = Counter(fold(person.name) for person in people)
    twice = dict.fromkeys(person.name for person in people if names[fold(person.name)] > 1)
    for name in twice:
        yield f"{plain(name)} stands there more than once: deals of that name are nobody’s until you tell them apart."
    for person in people:
        if person.start is not None and person.left is not None and person.left < person.start:
            yield f"{plain(person.name)} left before the first day: mend one of the two days."


def _table(path: Path, answers: Answers, now: Period) -> _Table:
    """Find the columns. Raises Refused where there is no name or nothing else."""
    try:
        for grid in grids_of(bytes_of(path)):
            for at, row in enumerate(grid.head[:_DEPTH]):
                headers = tuple(map(tidy_header, row))
                place = _places(headers, answers, now)
                if {"name", "last", "email"} & place.keys() and len(place) > 1:
                    return _Table(path.name, headers, place, gather(grid, at))
    except Broken as broken:
        raise Refused(f"{path.name} was not imported: {broken}.") from broken
    raise Refused(
        f"{path.name} was not imported as a list of people: it needs one row per person, and above them headers for the"
        " name and for one more of these: id, email, start date, end date, quota."
    )


def _places(headers: Sequence[str], answers: Answers, now: Period) -> dict[str, int]:
    """Find the column of each field; of quotas by quarter the one of the period that runs."""
    keys = [fold(header) for header in headers]
    place = {
        field: next(keys.index(fold(one)) for one in wanted if fold(one) in keys)
        for field, wanted in _HEADERS.items()
        if any(fold(one) in keys for one in wanted)
    }
    for header, field in answers.mapping.items():
        if field in _HEADERS and fold(header) in keys:
            place[field] = keys.index(fold(header))
    dated = [at for at, key in enumerate(keys) if key.startswith("quota")]
    if "quota" not in place and dated:
        place["quota"] = next((at for at in dated if _is_of(keys[at], now)), dated[-1])
    return place


def _is_of(key: str, now: Period) -> bool:
    """Tell whether a header such as `quotaq12026` is that of a period."""
    return now.label.casefold() in key and (str(now.last.year) in key or not re.search("[0-9]{4}", key))


def _share(table: _Table, period: Literal["quarter", "month"]) -> Decimal:
    """Give how many periods the quotas of the file cover."""
    key = fold(table.headers[table.place["quota"]]) if "quota" in table.place else ""
    months = 3 if period == "quarter" else 1
    if any(word in key for word in ("annual", "year")):
        return Decimal(12) / months
    covered = 1 if "month" in key else 3 if "quarter" in key or re.search("q[1-4]", key) else months
    return Decimal(covered) / months


def _report(
    table: _Table, people: Sequence[Person], left_out: Sequence[LeftOut], doubts: Sequence[str], now: Period
) -> RosterReport:
    columns = {field: table.headers[at] for field, at in table.place.items()}
    taken = set(table.place.values())
    notes: tuple[str, ...] = ()
    key = fold(columns.get("quota", ""))
    if re.search("q[1-4]", key) and not _is_of(key, now):
        notes = (f"Quotas are those of “{columns['quota']}”; the period that runs is {now.label} {now.last.year}.",)
    return RosterReport(
        file=table.file,
        people=tuple(person.name for person in people),
        quotas=sum(person.quota is not None for person in people),
        starts=sum(person.start is not None for person in people),
        left=sum(person.left is not None for person in people),
        columns=columns,
        left_over=tuple(header for at, header in enumerate(table.headers) if at not in taken and header),
        left_out=tuple(one.plain() for one in left_out),
        notes=(*doubts, *notes),
    )
