"""Dates as people say them, read forward for what is to come and backward for what was said (method, section 4)."""

import calendar
import re
from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

from msgspec import Struct

Order = Literal["dmy", "mdy"]
Kind = Literal["today", "tomorrow", "yesterday", "weekday", "next", "shift", "day"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MOST_WORDS = 3
"""Words that the longest form has: '26 nov 2026'."""
NEAR = 182
"""Days to either side of today within which a day and its month are enough to tell the year."""
LEAP_GAP = 8
"""Years between two 29 Februaries at most."""

_WEEKDAY = {name: number for number, full in enumerate(WEEKDAYS) for name in (full, full[:3])}
_MONTH = {name: number for number, full in enumerate(MONTHS, 1) for name in (full, full[:3])} | {"sept": 9}
_NEARLY = {"tues": "tue", "weds": "wed", "thur": "thu", "thurs": "thu"}
_M = "(" + "|".join(sorted(_MONTH, key=len, reverse=True)) + ")"
_YEAR = "([0-9]{4}|[0-9]{2})"
# Kept as text and compiled by the first date that is read: most starts read none.
_DAY_MONTH = rf"([0-9]{{1,2}})\.? {_M}\.?(?: {_YEAR})?"
_MONTH_DAY = rf"{_M}\.? ([0-9]{{1,2}})(?:,? {_YEAR})?"
_SLASHED = rf"([0-9]{{1,2}})/([0-9]{{1,2}})(?:/{_YEAR})?"
_ISO = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_SHIFT = r"\+([0-9]{1,4})([dw])"
_NEXT = r"next (\w+)"
_OTHER_WAYS = (
    rf"[0-9]{{1,2}}(?:st|nd|rd|th)?\.? ?{_M}(?: {_YEAR})?|{_M} [0-9]{{1,2}}(?:st|nd|rd|th)(?:,? {_YEAR})?"
    r"|[0-9]{1,2}[.-][0-9]{1,2}[.-][0-9]{4}|[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]+"
    r"|\+[0-9]+[dw]"
)


class Form(Struct, frozen=True):
    """A date as written, not yet held against today."""

    kind: Kind
    number: int = 0
    """Weekday (Monday is 0), days to move on, or day of the month."""
    month: int = 0
    year: int | None = None


class Said(Struct, frozen=True):
    """A day read backward."""

    day: date
    ahead: bool
    """Whether it is an appointment: it lies ahead, or was written as `next` or `+`."""


def read_form(words: Sequence[str], order: Order) -> Form | None:
    """Recognise exactly one date of the method's forms; None for anything else, and for a day no calendar has."""
    text = _plain(words)
    simple = _WEEKDAY.get(text)
    if simple is not None:
        return Form("weekday", simple)
    if text == "today":
        return Form("today")
    if text == "tomorrow":
        return Form("tomorrow")
    if text == "yesterday":
        return Form("yesterday")
    if (match := re.fullmatch(_NEXT, text)) and match[1] in _WEEKDAY:
        return Form("next", _WEEKDAY[match[1]])
    if match := re.fullmatch(_SHIFT, text):
        return Form("shift", int(match[1]) * (7 if match[2] == "w" else 1))
    written = _written(text, order)
    return written if written is not None and _exists(written) else None


def _plain(words: Sequence[str]) -> str:
    text = " ".join(words).lower()
    return text[:-1] if text.endswith((".", ",")) else text


def _written(text: str, order: Order) -> Form | None:
    """Take day, month and year from a form that names them, whether or not a calendar has that day."""
    if match := re.fullmatch(_DAY_MONTH, text):
        return Form("day", int(match[1]), _MONTH[match[2]], _year(match[3]))
    if match := re.fullmatch(_MONTH_DAY, text):
        return Form("day", int(match[2]), _MONTH[match[1]], _year(match[3]))
    if match := re.fullmatch(_SLASHED, text):
        first, second = int(match[1]), int(match[2])
        day, month = (first, second) if order == "dmy" else (second, first)
        return Form("day", day, month, _year(match[3]))
    if match := re.fullmatch(_ISO, text):
        return Form("day", int(match[3]), int(match[2]), int(match[1]))
    return None


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) > 2 else 2000 + int(text)


def _exists(form: Form) -> bool:
    leap = 2028
    return _on(leap if form.year is None else form.year, form.month, form.number) is not None


def _on(year: int, month: int, day: int) -> date | None:
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def forward(form: Form, today: date) -> date | None:
    """Give the day a form means for what is to come; with a year written it may lie before today."""
    if form.kind == "day" and form.year is not None:
        return _on(form.year, form.month, form.number)
    if form.kind == "day":
        found = (_on(year, form.month, form.number) for year in range(today.year, today.year + LEAP_GAP + 1))
        return next((day for day in found if day is not None and day >= today), None)
    days = {
        "today": 0,
        "tomorrow": 1,
        "shift": form.number,
        "weekday": (form.number - today.weekday() - 1) % 7 + 1,
        "next": 7 - today.weekday() + form.number,
    }.get(form.kind)
    return None if days is None else _moved(today, days)


def backward(form: Form, today: date) -> Said | None:
    """Give the day a form means for what was said or moved: a weekday is its last occurrence before today."""
    if form.kind == "weekday":
        day = _moved(today, -((today.weekday() - form.number - 1) % 7 + 1))
        return None if day is None else Said(day, ahead=False)
    if form.kind == "yesterday":
        day = _moved(today, -1)
        return None if day is None else Said(day, ahead=False)
    if form.kind == "day" and form.year is None:
        years = range(today.year - LEAP_GAP, today.year + LEAP_GAP + 1)
        days = [day for year in years if (day := _on(year, form.month, form.number)) is not None]
        nearest = min(days, key=lambda day: (abs(day - today), day), default=None)
        return None if nearest is None else Said(nearest, ahead=nearest > today)
    day = forward(form, today)
    return None if day is None else Said(day, ahead=day > today or form.kind in {"next", "shift"})


def read_date(text: str, today: date, order: Order) -> date | None:
    """Read a text that is one date, today or later; None for anything else.

    Besides the forms of the method it takes what `short_date` writes, a weekday before the day that it belongs to.
    """
    weekday, form = _with_weekday(text, order)
    day = None if form is None else forward(form, today)
    if day is None or day < today or weekday not in {None, day.weekday()}:
        return None
    return day


def read_said(text: str, today: date, order: Order) -> Said | None:
    """Read a text that is one date, looking back; None for anything else."""
    weekday, form = _with_weekday(text, order)
    said = None if form is None else backward(form, today)
    return said if said is not None and weekday in {None, said.day.weekday()} else None


def _with_weekday(text: str, order: Order) -> tuple[int | None, Form | None]:
    words = text.split()
    if len(words) > 1 and (weekday := _WEEKDAY.get(_plain(words[:1]))) is not None:
        form = read_form(words[1:], order)
        return weekday, form if form is not None and form.kind == "day" else None
    return None, read_form(words, order)


def weekday_of(word: str) -> int | None:
    """Give the number of a weekday, Monday 0; None for any other word."""
    return _WEEKDAY.get(_plain((word,)))


def date_trouble(words: Sequence[str], order: Order) -> str:
    """Say what is wrong with words that look like a date and are none; empty where they do not look like one."""
    text = _plain(words)
    shown = " ".join(words).rstrip(".,")
    if text in _NEARLY:
        return f"“{shown}” is not read as a day: write {_NEARLY[text]}."
    written = _written(text, order)
    if written is not None and not _exists(written):
        if not re.fullmatch(_SLASHED, text):
            return f"“{shown}” is no day in the calendar."
        if _like_a_date(text):
            return f"“{shown}” is no day in the calendar, read as {'day/month' if order == 'dmy' else 'month/day'}."
        return ""
    if written is None and re.fullmatch(_OTHER_WAYS, text) and not re.fullmatch(_SHIFT, text):
        return f"“{shown}” is not read as a date: write it like 26 nov, 26 nov 2026 or 2026-11-26."
    return ""


def no_date(text: str, order: Order) -> str:
    """Say what is wrong with a text that looks like a date and is none; empty where it does not look like one."""
    return date_trouble(text.split(), order)


def _like_a_date(text: str) -> bool:
    """Tell a mistyped 32/11 from a 50/50: one number could be a month, or both a day."""
    first, second = (int(part) for part in text.split("/")[:2])
    return min(first, second) <= 12 or max(first, second) <= 31


def short_date(day: date, today: date | None = None) -> str:
    """Write a day as 'Thu 26 Nov', with its year where it is more than half a year from `today`."""
    text = f"{WEEKDAYS[day.weekday()][:3].title()} {day.day} {MONTHS[day.month - 1][:3].title()}"
    return f"{text} {day.year:04}" if today is not None and abs((day - today).days) > NEAR else text


def say_date(day: date, today: date) -> str:
    """Write a day and how far it is: 'Thu 26 Nov, in 3 days', 'Mon 23 Nov, today', 'Fri 20 Nov, 3 days ago'."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    far = near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")
    return f"{short_date(day, today)}, {far}"
