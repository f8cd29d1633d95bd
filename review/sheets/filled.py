"""A filled-in sheet as it came back, before anything is made of it, and what became of it."""

from pathlib import Path
from typing import Protocol

from msgspec import Struct

from review.events import Fact
from review.sheets.blank import Sheet
from review.sheets.codes import LineCode, SheetCode


class Filled(Struct, frozen=True, kw_only=True):
    """One line that came back; the texts are as typed, freed of what spreadsheets put around them."""

    where: str
    """'row 12' or 'line 40', for people."""
    sheet: SheetCode
    line: LineCode
    about: str = ""
    """What the file itself says the line is about."""
    answer: str = ""
    when: str = ""
    """An ISO day where the cell was a date, otherwise as typed."""
    who: str = ""
    spoiled: str = ""
    """What stands where a spreadsheet took an answer for a formula, such as #NAME?."""

    @property
    def said(self) -> str:
        """Give everything that was written on the line."""
        return " · ".join(text for text in (self.answer, self.when, self.who) if text)


class Stray(Struct, frozen=True):
    """An answer on a line that has no code: nobody can tell what it is about."""

    where: str
    about: str
    said: str


class FilledFile(Struct, frozen=True):
    """The lines of one file."""

    source: str
    lines: tuple[Filled, ...]
    stray: tuple[Stray, ...] = ()
    beside: str = ""
    """What is to be said about cells that nothing is read from; empty where there are none."""


class Difference(Struct, frozen=True):
    """What one answer changes."""

    person: str
    about: str
    said: str
    caution: str = ""


class Returned(Struct, frozen=True):
    """A line that is not taken, and why."""

    person: str
    source: str
    where: str
    about: str
    sentence: str
    asks: bool
    """Whether it goes back on a small sheet."""


class Answered(Struct, frozen=True, kw_only=True):
    """What filled-in sheets come to as a whole."""

    facts: tuple[Fact, ...]
    """Nothing where no answer was taken."""
    taken: tuple[Difference, ...]
    refused: tuple[Returned, ...]
    same: int
    """Lines that say what was taken from them before."""
    empty: int
    """Lines that nobody wrote on, in whichever form a sheet came back; each counts once."""
    back: tuple[Sheet, ...]
    """Small sheets with the lines that are asked again."""
    sources: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """Say it in a few words, for the desk and undo."""
        return f"took {len(self.taken)} answers from {', '.join(self.sources)}"


class ReadSheets(Protocol):
    """Filled-in sheets that were read and are not taken yet."""

    answered: Answered
    """What they come to on what stood when they were read."""

    def take(self) -> tuple[Path, ...]:
        """Record the answers as one batch, and give the small sheets of what is asked again.

        Raises CloseoutError where it cannot be saved, and where they come to something else by now.
        """
        ...
