"""The day that a file's name says, as exports are named by CRMs and by people."""

import re
from datetime import UTC, date, datetime

from review.dates import MONTHS, Order

_SEP = r"[-_. ]?"
_MONTH = "|".join(sorted({name[:size] for name in MONTHS for size in (3, len(name))}, key=len, reverse=True))
_YEAR_FIRST = re.compile(rf"(?<!\d)(20\d\d){_SEP}(\d\d){_SEP}(\d\d)(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})[-_. ](\d{1,2})[-_. ](20\d\d)(?!\d)")
_DAY_NAMED = re.compile(rf"(?<!\d)(\d{{1,2}}){_SEP}({_MONTH}){_SEP}(20\d\d)(?!\d)", re.IGNORECASE)
_MONTH_NAMED = re.compile(rf"(?<![a-z])({_MONTH}){_SEP}(\d{{1,2}})[-_., ]{{1,2}}(20\d\d)(?!\d)", re.IGNORECASE)
_YEAR_NAMED = re.compile(rf"(?<!\d)(20\d\d){_SEP}({_MONTH}){_SEP}(\d{{1,2}})(?!\d)", re.IGNORECASE)
_INSTANT = re.compile(r"(?<!\d)(1[4-9]\d{8})(\d{3})(?!\d)")
"""Milliseconds since 1970, as Salesforce names its reports; the years from 2014 to 2033."""


def day_in_name(name: str, order: Order) -> date | None:
    """Give the one day that a file's name says; None where it says none, or two that differ."""
    found: set[date] = set()
    for year, month, day in _YEAR_FIRST.findall(name):
        found |= _days(year, month, day)
    for first, second, year in _YEAR_LAST.findall(name):
        found |= _days(year, second, first) if order == "dmy" else _days(year, first, second)
    for day, month, year in _DAY_NAMED.findall(name):
        found |= _days(year, _number(month), day)
    for month, day, year in _MONTH_NAMED.findall(name):
        found |= _days(year, _number(month), day)
    for year, month, day in _YEAR_NAMED.findall(name):
        found |= _days(year, _number(month), day)
    if not found:
        found = {datetime.fromtimestamp(int(seconds), UTC).date() for seconds, _ in _INSTANT.findall(name)}
    return found.pop() if len(found) == 1 else None


def _number(month: str) -> int:
    return next(at for at, name in enumerate(MONTHS, 1) if name.startswith(month.casefold()[:3]))


def _days(year: str, month: str | int, day: str) -> set[date]:
    try:
        return {date(int(year), int(month), int(day))}
    except ValueError:
        return set()
