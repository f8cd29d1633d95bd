"""Amounts, probabilities and booleans of a column: exact decimals, the marks decided for the whole column."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, NamedTuple

from store.crm.column import Column
from store.crm.fold import fold
from store.crm.words import booleans, currencies

Mark = Literal[".", ","]

_PLAIN = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,2})?")
_TYPED = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,30})?")
_ALL_PLAIN = re.compile(rf"{_PLAIN.pattern}(?:\n{_PLAIN.pattern})*")
_SHAPE = re.compile(
    r"(?P<minus>-?)(?P<number>[0-9][0-9.,]*|[.,][0-9]+)"
    r"(?:[Ee]\+?(?P<exponent>[0-9]{1,2})|(?P<times>k|tsd|m|mm|mn|mio|mil|cr|crores?|lakhs?|lacs?)\.?)?(?P<after>-?)",
    re.IGNORECASE,
)
_HUNDREDTHS = re.compile(r"[.,][0-9]{2}$")
_TIMES = {"k": 3, "tsd": 3, "mil": 3, **dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), 5)}
_TIMES |= dict.fromkeys(("cr", "crore", "crores"), 7)
"""What stands behind a number that counts in other than millions, to the power of ten."""
_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")
# What stands between thousands and beside symbols: any white space, Swiss and typographic apostrophes.
_GAPS = re.compile(r"[\s'’]+")
# 12.500,- and 5'000.– are whole amounts, and below nothing.
_NO_CENTS = re.compile(r"(?<=[0-9])[.,]\s*[-\u2010-\u2015\u2212]+(?=\D*$)")
_SYMBOLS = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₩": "KRW",
    "₺": "TRY",
    "₽": "RUB",
    "₴": "UAH",
    "₪": "ILS",
    "₫": "VND",
    "$": "",
    "¥": "",
}
"""Currency signs; the dollar and the yen sign stand for several currencies, so they name none."""
_BESIDE = re.compile(
    r"(?P<before>[^\W\d_]+[$.]?)?\s*(?P<number>[-(]?\s*[0-9][^$]*?[0-9)-]|[0-9])\s*(?P<behind>[^\W\d_]+\.?)?", re.DOTALL
)
_ONE = Decimal(1)
_DIGITS = 18
"""More before the decimal mark is no amount of money."""


class Amount(NamedTuple):
    """One cell's number with its marks still in place, and the currency that it names."""

    number: str
    negative: bool
    exponent: int
    code: str


class AmountColumn(NamedTuple):
    """A column's amounts, the currencies named beside them, and the places of the cells that hold something else."""

    values: list[Decimal | None]
    codes: dict[str, str]
    """Cell to currency code, for cells that name one."""
    misfits: tuple[int, ...]


class MarkUnknown(Exception):
    """Every amount is like 1.000: one thousand or one; the argument is such a value."""


def read_amounts(column: Column, answer: Mark | None, scale: Decimal = _ONE) -> AmountColumn:
    """Read amounts; one of the column is `scale` of the currency; raises `MarkUnknown`."""
    if column.different is column.cells and scale == 1 and _ALL_PLAIN.fullmatch("\n".join(column.cells)):
        # The usual form, and hardly two amounts the same: in a large file a table of them is most of the time.
        return AmountColumn(list(map(Decimal, column.cells)), {}, ())
    distinct = column.distinct
    plain = [cell for cell in distinct if _PLAIN.fullmatch(cell)]
    pointed = [cell for cell in plain if "." in cell and cell not in column.typed]
    values: dict[str, Decimal | None] = dict(zip(plain, map(Decimal, plain), strict=True))
    # What the file typed as a number is one whatever its digits look like.
    values |= {cell: Decimal(cell) for cell in column.typed & set(distinct) if _TYPED.fullmatch(cell)}
    found = {cell: _split(cell) for cell in distinct if cell not in values} if len(values) < len(distinct) else {}
    mark = _decimal_mark([amount.number for amount in found.values() if amount], answer, len(pointed))
    if mark != ".":
        found.update((cell, _split(cell)) for cell in pointed)
    for cell, amount in found.items():
        values[cell] = _value(amount, mark) if amount else None
        if amount and values[cell] is None and _HUNDREDTHS.search(amount.number) and (shown := _vote(amount.number)):
            # 12 500,00 among 1.2M shows its own mark, whatever the others have; 1,5 among 1.25 may be a slip.
            values[cell] = _value(amount, shown)
    if scale != 1:
        values = {cell: None if value is None else value * scale for cell, value in values.items()}
    codes = {cell: amount.code for cell, amount in found.items() if amount and amount.code}
    return AmountColumn(column.spread(values), codes, column.unread(values))


def read_probabilities(
    column: Column, scale: Literal[1, 100] | None
) -> tuple[list[Decimal | None], tuple[int, ...], bool]:
    """Give probabilities from 0 to 100, the misfits, and whether the scale cannot be told (then none is given)."""
    distinct = column.distinct
    numbers = {cell: _probability(cell) for cell in distinct}
    known = [number for number in numbers.values() if number is not None]
    percent = any("%" in cell for cell in distinct)
    top = max(known, default=Decimal(0))
    if not percent and scale is None and top == 1 and set(known) <= {Decimal(0), Decimal(1)}:
        return [None] * len(column.cells), (), True
    factor = 100 if not percent and (scale == 1 or (scale is None and top <= 1)) else 1
    values = {cell: _within(number, factor) for cell, number in numbers.items()}
    words = {"high", "medium", "low"}
    bad = {cell: value for cell, value in values.items() if cell.strip().lower() not in words}
    return column.spread(values), column.unread(bad), False


def read_booleans(column: Column) -> list[bool | None]:
    """Read yes and no in many spellings; None where there is neither."""
    known = booleans()
    return column.spread({cell: known.get(cell.strip(), known.get(fold(cell))) for cell in column.distinct})


def is_amount(cell: str) -> bool:
    """Tell whether a cell holds one number, with or without a currency."""
    return _split(cell) is not None


def currency_code(text: str) -> str:
    """Give the three-letter code that a text is, or the one that its sign stands for; empty where it is none."""
    word = text.strip()
    if named := currencies().get(word.casefold()):
        return named
    if len(word) == 3 and word.isascii() and word.isalpha():
        return word.upper()
    match = _CODE.search(word)
    return match[1] if match else next((_SYMBOLS[sign] for sign in _SYMBOLS if sign in word), "")


def _split(cell: str) -> Amount | None:
    """Take signs, spaces and currency off a cell; None where no number is left."""
    text = _NO_CENTS.sub("", _arabic(cell.strip())).replace("\u2212", "-")
    code = ""
    if match := _CODE.search(text):
        code = match[1]
        text = text.replace(code, "", 1)
    if not code and (match := _BESIDE.fullmatch(text)):
        # A word or a sign of letters, alone before or behind the number: zł, R$, kr.
        word = match["before"] or match["behind"] or ""
        if word.casefold() in currencies():
            code = currencies()[word.casefold()]
            text = match["number"]
    for sign, meant in _SYMBOLS.items():
        if sign in text:
            code = code or meant
            # US$, A$ and the like: the letters belong to the sign.
            text = re.sub(rf"[A-Z]{{0,3}}{re.escape(sign)}", "", text, count=1)
    text = _GAPS.sub("", text)
    bracketed = text.startswith("(") and text.endswith(")")
    shape = _SHAPE.fullmatch(text[1:-1] if bracketed else text)
    if shape is None or (shape["minus"] and shape["after"]):
        return None
    negative = bracketed or bool(shape["minus"] or shape["after"])
    times = (shape["times"] or "").casefold()
    exponent = _TIMES.get(times, 6) if times else int(shape["exponent"] or 0)
    return Amount(shape["number"], negative, exponent, code)


def _arabic(text: str) -> str:
    """Write digits of other scripts as ours: ١٢٥٠٠ is 12500."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char, char)) for char in text).replace("٫", ".").replace("٬", ",")


def _decimal_mark(numbers: Iterable[str], answer: Mark | None, points: int) -> Mark:
    """Decide a column's decimal mark, `points` votes for the point given; raises `MarkUnknown` where none can tell."""
    votes: Counter[Mark] = Counter({".": points})
    unsettled = ""
    for number in numbers:
        vote = _vote(number)
        if vote:
            votes[vote] += 1
        elif "." in number:
            unsettled = unsettled or number
    if votes["."] != votes[","]:
        return "." if votes["."] > votes[","] else ","
    if answer:
        return answer
    # "1,000" alone is a thousand everywhere; "1.000" is one in some places and a thousand in others.
    if unsettled:
        raise MarkUnknown(unsettled)
    return "."


def _vote(number: str) -> Mark | None:
    """Tell which decimal mark a number shows, or None where it shows none."""
    points, commas = number.count("."), number.count(",")
    if points and commas:
        return "." if number.rindex(".") > number.rindex(",") else ","
    if not points and not commas:
        return None
    mark: Mark = "." if points else ","
    other: Mark = "," if points else "."
    if points + commas > 1:
        return other
    before, _, after = number.partition(mark)
    grouped = len(after) == 3 and 1 <= len(before) <= 3 and not before.startswith("0")
    return None if grouped else mark


def _value(amount: Amount, mark: Mark) -> Decimal | None:
    """Make the decimal, or None where the marks make no number."""
    whole, _, fraction = amount.number.partition(mark)
    groups = whole.split("," if mark == "." else ".")
    # Groups of two before the last three are the Indian way of writing.
    uneven = len(groups) > 1 and (len(groups[-1]) != 3 or any(not 1 <= len(group) <= 3 for group in groups))
    digits = "".join(groups)
    if uneven or not (fraction.isdigit() or not fraction) or len(digits) + amount.exponent > _DIGITS:
        return None
    value = Decimal(f"{digits or '0'}.{fraction or '0'}" if fraction else digits)
    if amount.exponent:
        value = Decimal(format(value.scaleb(amount.exponent), "f"))
    return -value if amount.negative else value


def _probability(cell: str) -> Decimal | None:
    """Read a number with or without a percent sign."""
    text = cell.strip().removesuffix("%").strip().replace(",", ".")
    return Decimal(text) if re.fullmatch(r"-?[0-9]{1,6}(?:\.[0-9]{0,30})?", text) else None


def _within(number: Decimal | None, factor: int) -> Decimal | None:
    """Bring a probability to its scale; None where it is below 0 or above 100."""
    if number is None or not 0 <= number * factor <= 100:
        return None
    return number * factor
