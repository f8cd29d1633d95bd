"""A rep's sheet: what is asked of whom, in lines that a table, a workbook or a chat can show (method, section 11)."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from review.commitments import Verdict
from review.deals import Cause
from review.evidence import BELOW, NONE_NEEDED
from review.sheets.codes import LineCode, SheetCode


class Kind(StrEnum):
    """What a line asks, in the words that stand on the sheet."""

    PROMISE = "kept?"
    COMMIT = "commit"
    SURE = "commit, again"
    BEST = "best case"
    REASON = "what changed"
    NEXT = "commit, next period"
    NEXT_SURE = "commit, next period, again"
    NEXT_REASON = "what changed, next period"
    STEP = "next step"
    CONFIRMED = "buyer-confirmed date"
    PAPER = "paper process"
    CLOSE = "close date"
    EVENT = "compelling event"
    BUYER = "economic buyer"
    TOLD = "to know"


OF_NEXT = {Kind.COMMIT: Kind.NEXT, Kind.SURE: Kind.NEXT_SURE, Kind.REASON: Kind.NEXT_REASON}
"""Lines of the running period's call to those of the next one's, asked in its last two weeks."""
OF_CALL = frozenset({*OF_NEXT, Kind.BEST, *OF_NEXT.values()})
DATED = frozenset({Kind.PROMISE, Kind.STEP, Kind.CONFIRMED, Kind.PAPER, Kind.CLOSE})
"""Kinds whose line has a date of its own."""
MARKS = ("yes", "no", "not known")
NO_PAPER = tuple(f"none needed: {kind}" for kind in NONE_NEEDED if kind != BELOW)


class Blank(Struct, frozen=True, kw_only=True):
    """One line of a sheet."""

    kind: Kind
    ident: str
    """Of the deal, the promise or the person that it asks about."""
    about: str
    """The deal, promise or call in a few words."""
    now: str
    """How it stands, or what is wrong with it."""
    how: str
    """What to write."""
    code: LineCode
    choices: tuple[str, ...] = ()
    """The only answers there are, as far as the date beside them does not say more."""

    @property
    def answers(self) -> bool:
        """Tell whether the line takes an answer."""
        return self.kind is not Kind.TOLD


class Sheet(Struct, frozen=True, kw_only=True):
    """All that one person is asked before a review."""

    person: str
    """Person id."""
    name: str
    day: date
    """The review's day."""
    code: SheetCode
    blanks: tuple[Blank, ...]
    said: tuple[str, ...]
    """What stands above the lines: what to do, and how much is complete already."""

    @property
    def told(self) -> tuple[str, ...]:
        """Name the deals that stand on the sheet with what a rule will do to them."""
        kinds = (Kind.CONFIRMED, Kind.PAPER, Kind.TOLD)
        return tuple(dict.fromkeys(blank.ident for blank in self.blanks if blank.kind in kinds))


def choices_of(kind: Kind, paper_stages: tuple[str, ...]) -> tuple[str, ...]:
    """Give what a line's drop-down offers; nothing where the answer is free."""
    if kind is Kind.PROMISE:
        return tuple(verdict.value for verdict in Verdict)
    if kind is Kind.PAPER:
        return (*paper_stages, *NO_PAPER)
    if kind is Kind.CLOSE:
        return tuple(cause.value for cause in Cause)
    return MARKS if kind in (Kind.EVENT, Kind.BUYER) else ()
