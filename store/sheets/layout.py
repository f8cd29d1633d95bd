"""The columns of a rep's sheet, alike in every form that has columns."""

from typing import Final

from review.sheets.blank import DATED, Blank, Kind, Sheet

COLUMNS: Final = ("About", "Asked", "How it stands", "Your answer", "Date", "Owner", "What to write", "Code")
"""Their headers; answers go into the fourth to sixth."""
ANSWER: Final = 3
DATE: Final = 4
OWNER: Final = 5
HOW: Final = 6
CODE: Final = 7


def code_of(sheet: Sheet, blank: Blank) -> str:
    """Give the code of a line with that of its sheet: a line that is moved elsewhere still says where it belongs."""
    return f"{sheet.code}-{blank.code}"


def cells_of(sheet: Sheet, blank: Blank) -> tuple[str, ...]:
    """Give the cells of one line, those for the answer empty."""
    how = f"{blank.how}: {', '.join(blank.choices)}" if blank.choices else blank.how
    return (blank.about, blank.kind.value, blank.now, "", "", "", how, code_of(sheet, blank))


def is_dated(blank: Blank) -> bool:
    """Tell whether a line has a date of its own."""
    return blank.kind in DATED


def is_owned(blank: Blank) -> bool:
    """Tell whether a line may name an owner."""
    return blank.kind is Kind.STEP
