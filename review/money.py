"""Amounts as people type them and as the room reads them (method, section 7)."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Unit = Literal["1", "k", "m"]

MOST_DIGITS = 15
"""Digits beyond which a figure is a slip of the hand."""
_TIMES = {"1": Decimal(1), "k": Decimal(1_000), "m": Decimal(1_000_000)}
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩"}
_TYPED = re.compile(r"([0-9][0-9.,]*|[.,][0-9]{1,2})([km])?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_AROUND = "$€£¥₹₩"
_K, _CENT = Decimal(1_000), Decimal("0.01")


def read_amount(text: str, unit: Unit) -> Decimal | None:
    """Read an amount typed in `unit`, in whole currency; k and m override the unit; None where it is no amount.

    A point or comma before at most two digits at the end is decimal, others divide thousands.
    """
    bare = "".join(text.split()).strip(_AROUND).lower()
    match = _TYPED.fullmatch(bare)
    if match is None:
        return None
    value = _number(match[1])
    return None if value is None else _tidy(value * _TIMES[match[2] or unit])


def _number(text: str) -> Decimal | None:
    whole, fraction = text, ""
    mark = max(text.rfind("."), text.rfind(","))
    if mark >= 0 and len(text) - mark - 1 <= 2:
        whole, fraction = text[:mark], text[mark + 1 :]
    if not whole.isdigit() and whole and not _GROUPED.fullmatch(whole):
        return None
    digits = whole.replace(".", "").replace(",", "")
    if len(digits) > MOST_DIGITS or not digits + fraction:
        return None
    return Decimal(f"{digits or '0'}.{fraction or '0'}")


def _tidy(value: Decimal) -> Decimal:
    """Drop zeros behind the point: 1200000, not 1200000.0."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def read_call(text: str, unit: Unit, won: Decimal) -> Decimal | None:
    """Read a stated call; one that begins with `+` is on top of what is won."""
    bare = text.strip()
    if not bare.startswith("+"):
        return read_amount(bare, unit)
    more = read_amount(bare[1:], unit)
    return None if more is None else won + more


def odd_since(value: Decimal, last: Decimal | None, implied: Decimal | None) -> str:
    """Say against what a call is under a tenth or over ten times; empty where it is odd against nothing.

    The last call comes first. Where the export implies nothing any call is odd, and a ratio would say nothing.
    """
    if last is not None and odd(value, last, None):
        return f"the last call was {short_money(last)}"
    if odd(value, None, implied):
        return f"the export implies {short_money(implied)}" if implied else "nothing is in commit in the export"
    return ""


def odd(value: Decimal, last: Decimal | None, implied: Decimal | None) -> bool:
    """Tell whether a call is under a tenth or over ten times the last call or the implied figure."""
    return any(value * 10 < known or value > known * 10 for known in (last, implied) if known is not None)


def say_money(amount: Decimal, currency: str) -> str:
    """Write an amount to the cent: '$184,000', 'CHF 1,200.50', '−$60,000'.

    What was divided or converted has more digits than anybody says; figures go on being computed with all of them.
    """
    size = abs(amount).quantize(_CENT, ROUND_HALF_UP)
    digits = f"{size:,.0f}" if size == size.to_integral_value() else f"{size:,.2f}"
    sign = _SIGNS.get(currency.upper())
    figure = f"{sign}{digits}" if sign else f"{currency} {digits}".strip()
    return f"−{figure}" if amount < 0 and size else figure


def short_money(amount: Decimal) -> str:
    """Write an amount briefly: '850', '1.5k', '184k', '1,176k'; never in millions, so that a list has one unit."""
    size = abs(amount)
    if size < _K:
        text = f"{_whole(size):,f}"
    elif size < 10 * _K:
        text = f"{_trimmed(size / _K, '0.1')}k"
    else:
        text = f"{_whole(size / _K):,f}k"
    return f"−{text}" if amount < 0 else text


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def _trimmed(value: Decimal, step: str) -> str:
    text = f"{value.quantize(Decimal(step), ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".")
