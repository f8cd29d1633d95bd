"""What the header of an amount says of every cell below it: its currency, and whether it counts in thousands."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from msgspec import Struct

from store.crm.fold import fold
from store.crm.numbers import currency_code

_SIGN: Final = r"(?:[$€£]|EUR|USD|GBP|CHF)"
_THOUSANDS: Final = re.compile(
    rf"(?<![^\W_])(?:[kKT] ?{_SIGN}|{_SIGN} ?[kK]|[\[(] ?k ?[\])]|(?:in )?(?:Tsd|thousands?|000s|'000|’000|000)\b\.?)"
    r"(?![^\W_])",
    re.I,
)
_MILLIONS: Final = re.compile(
    rf"(?<![^\W_])(?:M ?{_SIGN}|{_SIGN} ?M[mn]?|[\[(] ?mn? ?[\])]|Mio|Mn|millions?)(?![^\W_])", re.I
)
_NAMED: Final = re.compile(r"[\[(]\s*[kKTM]? ?([A-Z]{3}|[€£₹])\s*[\])]|\bin [kKTM]? ?([A-Z]{3}\b|[€£₹])|([€£₹])")
"""A currency in brackets or behind “in”, or its sign: other words of three capitals, as ARR, are none."""


class Units(Struct, frozen=True):
    """How the cells of an amount's column are to be taken."""

    scale: Decimal = Decimal(1)
    """What one in a cell is worth in its currency: 0.01 of cents, 1,000 of T€."""
    code: str = ""
    """Currency that the header names; empty where it names none."""
    said: bool = False
    """Whether the header says it, not what is known of the CRM."""


def units_of(header: str, minor: Mapping[str, int]) -> Units:
    """Read the header of an amount; `minor` is what its CRM's profile says of columns in smaller units."""
    known = {fold(one): number for one, number in minor.items()}.get(fold(header))
    if known:
        return Units(Decimal(1) / known)
    named = _NAMED.search(header)
    code = currency_code(named[named.lastindex or 0]) if named else ""
    if _MILLIONS.search(header):
        return Units(Decimal(1_000_000), code, True)
    if _THOUSANDS.search(header):
        return Units(Decimal(1000), code, True)
    return Units(code=code)
