"""One number with the deals it rests on, or the reason why there is none."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from msgspec import Struct

ZERO = Decimal(0)
ONE = Decimal(1)


class Lack(StrEnum):
    """What stands where a number would be."""

    NOT_KNOWN = "n/a"
    NOTHING = "–"
    """There is nothing to divide by, and that says nothing bad."""
    MET = "met"


class Figure(Struct, frozen=True, kw_only=True):
    """An exact number; callers round it. Where `value` is None, `lack` and `why` say what to show instead."""

    value: Decimal | None = None
    lack: Lack | None = None
    why: str = ""
    deals: tuple[str, ...] = ()
    """Ids of the deals that the number rests on."""


def known(value: Decimal, deals: Iterable[str] = ()) -> Figure:
    """Make a figure of a number."""
    return Figure(value=value, deals=tuple(deals))


def lacking(why: str, lack: Lack = Lack.NOT_KNOWN, deals: Iterable[str] = ()) -> Figure:
    """Make a figure that has no number, with the reason in words."""
    return Figure(lack=lack, why=why, deals=tuple(deals))


def ratio(part: Decimal | int, whole: Decimal | int, why: str, deals: Iterable[str] = ()) -> Figure:
    """Divide; nothing to divide by is not known, and `why` says so."""
    if not whole:
        return lacking(why, deals=deals)
    return known(Decimal(part) / Decimal(whole), deals)


def median(values: Sequence[int]) -> Decimal | None:
    """Give the middle value, exact also between two; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return Decimal(ordered[half])
    return Decimal(ordered[half - 1] + ordered[half]) / 2


def mean(values: Sequence[int] | Sequence[Decimal]) -> Decimal | None:
    """Give the mean; None of nothing."""
    return sum((Decimal(value) for value in values), ZERO) / len(values) if values else None


def whole(value: Decimal) -> int:
    """Round to whole days, halves up."""
    return int(value.to_integral_value(ROUND_HALF_UP))
