"""Dates of a column: calendar dates as written, times and zones dropped, the order of day and month decided once."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple
from unicodedata import decimal

from store.crm.column import Column
from store.crm.fold import fold
from store.crm.words import months

Order = Literal["dmy", "mdy"]

_TAIL = r"(?:[T ,]\s*[0-9].*)?"
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.\\年년]\s*([0-9]{1,2})[-/.\\月월]\s*([0-9]{1,2})[日일]?" + _TAIL, re.DOTALL)
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})" + _TAIL, re.DOTALL)
_DAY_NAME = re.compile(r"([0-9]{1,2})[-. ]*([^\W\d_]+)[-., ]+([0-9]{4}|[0-9]{2})" + _TAIL, re.DOTALL)
_NAME_DAY = re.compile(r"([^\W\d_]+)\.? ([0-9]{1,2}),? ([0-9]{4})" + _TAIL, re.DOTALL)
_OF = re.compile(r"(?<=[\w.º]) de[l]? (?=\w)", re.IGNORECASE)
"""What stands between the parts of a date in Spanish and Portuguese."""
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])")
_SERIAL = re.compile(r"([3-5][0-9]{4})(?:\.[0-9]+)?")
_UNIX = re.compile(r"(1[0-9]{9})(?:[0-9]{3}|\.[0-9]+)?")
"""Seconds or milliseconds since 1970, from 2001 to 2033."""
_DAYS = re.compile(r"([0-9]{1,5})(?:\.0+)?")
_WORDS = re.compile(r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b.*\b[0-9]{4}\b", re.DOTALL)
_DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001 - calendar days have no zone
LONGEST = 60
"""Characters of the longest date that is written out."""
_EPOCH_OF_UNIX = date(1970, 1, 1)
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's serial dates."""


class Undecided(NamedTuple):
    """A date whose first two numbers may be day and month or month and day."""

    first: int
    second: int
    year: int
    dotted: bool

    @property
    def vote(self) -> Order | None:
        """The order that this value allows, or None where it allows both."""
        if self.dotted or self.first > 12:
            return "dmy"
        return "mdy" if self.second > 12 else None

    def read(self, order: Order) -> date | None:
        """Give the date in an order, or None where there is no such day."""
        day, month = (self.first, self.second) if order == "dmy" else (self.second, self.first)
        return _date(self.year, month, day)


class DateColumn(NamedTuple):
    """A column's dates, and the places of the cells that hold something else."""

    values: list[date | None]
    misfits: tuple[int, ...]


class OrderUnknown(Exception):
    """Nothing in the file settles the order of day and month; the arguments are the column's field and a value."""


def read_dates(columns: Mapping[str, Column], answer: Order | None) -> dict[str, DateColumn]:
    """Read the date columns of one file; raises `OrderUnknown` where a column needs an answer that is not there."""
    parsed = {field: {cell: parse_date(cell) for cell in column.distinct} for field, column in columns.items()}
    orders = {field: order_of(found.values()) for field, found in parsed.items()}
    said = {order for order in orders.values() if order}
    elsewhere = said.pop() if len(said) == 1 else None
    result: dict[str, DateColumn] = {}
    for field, column in columns.items():
        order = orders[field] or elsewhere or answer
        dates: dict[str, date | None] = {}
        for cell, found in parsed[field].items():
            if not isinstance(found, Undecided):
                dates[cell] = found
            elif order is None and found.first != found.second:
                raise OrderUnknown(field, cell.strip())
            else:
                dates[cell] = found.read(order or "dmy")
        result[field] = DateColumn(column.spread(dates), column.unread(dates))
    return result


def read_ages(column: Column, day: date) -> DateColumn:
    """Read a column of ages in days as the dates that lie so many days before `day`."""
    dates: dict[str, date | None] = {}
    for cell in column.distinct:
        match = _DAYS.fullmatch(cell.strip())
        dates[cell] = day - timedelta(days=int(match[1])) if match else None
    return DateColumn(column.spread(dates), column.unread(dates))


def parse_date(cell: str) -> date | Undecided | None:
    """Read one cell; None where it is blank or no date."""
    text = _OF.sub(" ", cell.strip())
    if not text.isascii():
        text = "".join(str(decimal(char, char)) for char in text)
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _YEAR_LAST.fullmatch(text):
        return Undecided(int(match[1]), int(match[3]), _year(match[4]), match[2] == ".")
    if match := _DAY_NAME.fullmatch(text):
        return _date(_year(match[3]), months().get(fold(match[2]), 0), int(match[1]))
    if match := _NAME_DAY.fullmatch(text):
        return _date(int(match[3]), months().get(fold(match[1]), 0), int(match[2]))
    if match := _COMPACT.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _UNIX.fullmatch(text):
        return _EPOCH_OF_UNIX + timedelta(seconds=int(match[1]))
    if match := _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(match[1]))
    return _in_words(text) if _WORDS.search(text) and len(text) <= LONGEST else None


def _in_words(text: str) -> date | None:
    """Read a date written out in English: 'Thursday, November 5, 2026', 'Thu, 05 Nov 2026 10:00:00 GMT'."""
    # Rare in exports, and slow to import.
    from dateutil import parser

    try:
        one, other = (parser.parse(text, default=default, ignoretz=True).date() for default in _DEFAULTS)
    except (ValueError, OverflowError, TypeError, ArithmeticError):
        return None
    # What differs was not in the text but filled in.
    return _date(one.year, one.month, one.day) if one == other else None


def order_of(found: Iterable[date | Undecided | None]) -> Order | None:
    """Take the order of day and month that most values ask for; None where none does, or as many for each."""
    votes = [value.vote for value in found if isinstance(value, Undecided)]
    days_first, months_first = votes.count("dmy"), votes.count("mdy")
    if days_first == months_first:
        return None
    return "dmy" if days_first > months_first else "mdy"


def _year(text: str) -> int:
    """Read a year of four digits, or of two in this century."""
    return int(text) if len(text) == 4 else 2000 + int(text)


def _date(year: int, month: int, day: int) -> date | None:
    """Make a date, or None where there is no such day or it lies centuries away."""
    if not 1900 <= year <= 2200:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
