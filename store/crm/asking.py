"""The questions that cells raise: each in words, with its possible answers."""

import re
from collections.abc import Sequence
from typing import Final

from review.dates import MONTHS
from review.deals import Category, Status
from review.unclear import Ask, Choice, category_question, stage_question
from review.words import counted

EVERY_SHEET: Final = "*"
"""The answer that takes all sheets of a workbook for one list."""
MOST: Final = 40
"""Words of one column that a person is asked about."""
_ENDS = (Choice(Status.WON.value, "an end: won"), Choice(Status.LOST.value, "an end: lost"))


def date_order(header: str, value: str) -> Ask:
    """Ask which number of a date is the day; no value of the file settles it."""
    return Ask(
        id="date_order",
        label="Dates",
        choices=(Choice("dmy", "day/month", _meant(value, 0)), Choice("mdy", "month/day", _meant(value, 1))),
        needed=True,
        sentence=f"Is “{value}” in “{header}” day/month or month/day? No date in the file tells.",
    )


def _meant(value: str, day_at: int) -> tuple[str, ...]:
    """Say which day a date is when its day stands at a place."""
    numbers = [int(number) for number in re.findall("[0-9]+", value)[:2]]
    month = numbers[1 - day_at]
    return (f"{value} is {numbers[day_at]} {MONTHS[month - 1].title()}",) if 1 <= month <= len(MONTHS) else (value,)


def decimal_mark(header: str, value: str) -> Ask:
    """Ask what the point in amounts is."""
    return Ask(
        id="decimal_mark",
        label="Amounts",
        choices=(
            Choice(",", "thousands", (f"{value} is {value.replace('.', '')}",)),
            Choice(".", "decimals", (f"{value} is {value.rstrip('0').rstrip('.')}",)),
        ),
        needed=True,
        sentence=f"Is the point in “{value}” in “{header}” for thousands or for decimals? No amount in the file tells.",
    )


def probability_scale(header: str) -> Ask:
    """Ask whether 1 is certain or one percent."""
    return Ask(
        id="probability_scale",
        label="Probability",
        choices=(Choice("1", "1 is certain", ("0", "1")), Choice("100", "1 is one percent", ("0", "1"))),
        sentence=f"“{header}” holds only 0 and 1: is 1 certain, or one percent?",
    )


def category(word: str, deals: int) -> Ask:
    """Ask what a word means as a forecast category."""
    return Ask(
        id=category_question(word),
        label=f"“{word}” means",
        choices=tuple(Choice(each.value, each.value) for each in Category),
        chosen=0,
        sentence=f"“{word}” is the forecast category of {counted(deals, 'open deal')} and not known here:"
        " what does it mean?",
    )


def stage(word: str, deals: int, names: Sequence[str]) -> Ask:
    """Ask what a stage is that the settings do not list."""
    return Ask(
        id=stage_question(word),
        label=f"“{word}” is",
        choices=(Choice(word, "a stage of its own"), *(Choice(name, name) for name in names), *_ENDS),
        chosen=0,
        sentence=f"{deals:,} open {'deal is' if deals == 1 else 'deals are'} in “{word}”, which is no stage of the"
        " settings: is it one of them under another name?",
    )


def status(word: str, deals: int, header: str) -> Ask:
    """Ask what a word of a status column says of its deals."""
    return Ask(
        id=stage_question(word),
        label=f"“{word}” is",
        choices=(Choice(word, "still open"), *_ENDS),
        chosen=0,
        sentence=f"{counted(deals, 'deal')} with “{word}” in “{header}”: open, won or lost?",
    )


def tails(ident: str) -> Ask:
    """Ask whether ids are to be read without the .0 that all of them have."""
    return Ask(
        id="trim_ids",
        label="Record ids",
        choices=(Choice("true", f"read as {ident.partition('.')[0]}"), Choice("false", f"keep {ident}")),
        chosen=0,
        sentence="All ids end in .0, as a spreadsheet leaves them. Read them without it, to find the deals again?",
    )


def fill_down(headers: Sequence[str], blank: int) -> Ask:
    """Ask whether a value holds for the rows of its group below it."""
    listed = " and ".join(f"“{header}”" for header in headers)
    return Ask(
        id="fill_down",
        label="Groups",
        choices=(Choice("true", "repeat it in the rows below"), Choice("false", "leave them empty")),
        chosen=0,
        needed=True,
        sentence=f"{listed} {'stands' if len(headers) == 1 else 'stand'} once for each group and"
        f" {'is' if len(headers) == 1 else 'are'} empty in {counted(blank, 'row')} below, as in a summary report:"
        f" does it hold for {'that row' if blank == 1 else 'those rows'} too?",
    )


def duplicates(listed: str) -> Ask:
    """Ask which of two rows of one deal is right."""
    return Ask(
        id="duplicates",
        label="Rows twice",
        choices=(Choice("later", "take the later one"),),
        needed=True,
        sentence=f"{listed[:1].upper()}{listed[1:]}. Keep the row that is right, or take the later one of each pair"
        " (on the command line also --later).",
    )


def worksheet(names: Sequence[str], *, together: bool) -> Ask:
    """Ask which sheet of a workbook holds the deals; `together`: they have the same columns and may all do so."""
    listed = " and ".join(f"“{name}”" for name in names)
    return Ask(
        id="worksheet",
        label="Sheet",
        choices=(*(Choice(name, name) for name in names), *((Choice(EVERY_SHEET, "all of them"),) if together else ())),
        needed=True,
        sentence=f"Which sheet holds the deals, {listed}{', or all of them' if together else ''}? On the"
        f" command line: --worksheet NAME{f', or {EVERY_SHEET!r} for all' if together else ''}.",
    )
