"""How a sheet and its lines are named: in letters that no spreadsheet, mail or chat takes for a number or a word."""

from collections.abc import Mapping
from datetime import date
from hashlib import blake2b

from msgspec import Struct

from review.commitments import Commitment
from review.records import DealRecord, Ledger
from review.standing import step_of
from review.truth import effective, encode

LETTERS = "bcdfghjklmnpqrstvwxz"
"""Neither vowels nor digits: no word, no number, no date comes of them."""
PART, KEY, MARK = 4, 7, 2
"""Letters of a sheet's four parts, of a line's key, and of each value that the line was made on."""
VALUES = ("close date", "amount", "category", "stage", "next step")
SHEET = 4 * PART
STAMP = MARK * len(VALUES)
WHOLE = SHEET + KEY + STAMP


class SheetCode(Struct, frozen=True):
    """Whose sheet it is and what it was made on; each part is letters."""

    workspace: str
    person: str
    export: str
    lock: str

    def __str__(self) -> str:
        """Write it as it stands on the sheet."""
        return "-".join((self.workspace, self.person, self.export, self.lock))


class LineCode(Struct, frozen=True):
    """Which line of a sheet it is, and what its deal or promise looked like."""

    key: str
    stamp: str

    def __str__(self) -> str:
        """Write it as it stands on the sheet."""
        return f"{self.key}-{self.stamp}"


def letters(text: str, size: int) -> str:
    """Give letters that stand for a text: the same ones for the same text."""
    number = int.from_bytes(blake2b(text.encode(), digest_size=16).digest())
    found = ""
    for _ in range(size):
        number, place = divmod(number, len(LETTERS))
        found += LETTERS[place]
    return found


def sheet_code(workspace: str, person: str, ledger: Ledger) -> SheetCode:
    """Name the sheet of a person on what stands."""
    lock = ledger.last_lock.review if ledger.last_lock else ""
    return SheetCode(letters(workspace, PART), person_code(person), letters(ledger.export, PART), letters(lock, PART))


def person_code(person: str) -> str:
    """Give the part of a sheet's code that says whose it is."""
    return letters(person, PART)


def line_key(kind: str, ident: str) -> str:
    """Give the key of a line: what is asked, and of which deal, promise or person."""
    return letters(f"{kind}\n{ident}", KEY)


def stamp_of(record: DealRecord, commitments: Mapping[str, Commitment]) -> str:
    """Give the marks of a deal's values as they stand."""
    return "".join(letters(value, MARK) for value in values_of(record, commitments))


def values_of(record: DealRecord, commitments: Mapping[str, Commitment]) -> tuple[str, ...]:
    """Give the values whose change makes an answer stale, in the order of VALUES."""
    deal = effective(record)
    step = step_of(record, commitments)
    said = "" if step is None else f"{step.text} {step.due or ''}".strip()
    return encode(deal.close_date), encode(deal.amount), deal.category.value, deal.stage, said


def stamp_of_day(due: date) -> str:
    """Give the stamp of a promise: the day it was due."""
    return letters(due.isoformat(), STAMP)


def changed_since(record: DealRecord, commitments: Mapping[str, Commitment], stamp: str) -> tuple[str, ...]:
    """Name the values that are others than when the line was made."""
    now = stamp_of(record, commitments)
    places = range(0, STAMP, MARK)
    return tuple(name for name, at in zip(VALUES, places, strict=True) if now[at : at + MARK] != stamp[at : at + MARK])


def read_codes(text: str) -> tuple[SheetCode | None, LineCode | None]:
    """Read what a code's letters name: a sheet, a line, or both; whatever a program put between them is passed over."""
    bare = [char for char in text.lower() if char.isalnum()]
    found = "".join(bare)
    if any(char not in LETTERS for char in bare) or len(found) not in (SHEET, KEY + STAMP, WHOLE):
        return None, None
    sheet = line = None
    if len(found) != KEY + STAMP:
        sheet = SheetCode(*(found[at : at + PART] for at in range(0, SHEET, PART)))
        found = found[SHEET:]
    if found:
        line = LineCode(found[:KEY], found[KEY:])
    return sheet, line
