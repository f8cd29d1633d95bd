"""Small phrases that rules and queue are said in."""

from collections.abc import Sequence
from datetime import date

LONGEST_NAME = 80
"""Characters of a name in a line that holds several: a longer one would be all of it."""
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def day_month(day: date) -> str:
    """Write a day without weekday and year: '4 Dec'."""
    return f"{day.day} {day:%b}"


def in_words(number: int) -> str:
    """Write a count in words up to twelve, in digits above."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def counted(number: int, noun: str) -> str:
    """Write a count with its noun: '1 day', '3 days'."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"


def in_a_line(name: str) -> str:
    """Give a name as it may stand in a line with others: what is far too long is cut, visibly."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def ago(day: date, today: date) -> str:
    """Say how long ago a day was: 'today', '21 days ago'."""
    days = (today - day).days
    return "today" if days == 0 else f"{counted(days, 'day')} ago"


def listed(names: Sequence[str]) -> str:
    """Join names as people say them: 'Tom', 'Tom and Wei', 'Ann, Tom and Wei'."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
