"""Amounts in the reporting currency: converted by the CRM, by the settings' rates, or refused."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from review.deals import Status
from review.settings import Settings
from review.words import counted
from store.crm.column import Column
from store.crm.fold import fold
from store.crm.mapping import Columns
from store.crm.numbers import AmountColumn, Mark, currency_code, read_amounts
from store.crm.report import some_rows
from store.crm.sheet import Body
from store.crm.units import Units, units_of
from store.crm.words import currencies, nulls

_A_YEAR = {"monthly": 12, "month": 12, "permonth": 12, "monat": 12, "quarterly": 4, "quarter": 4}
"""How often a year an amount is paid; once and each year are one."""

_DRESSED = re.compile(r"[^\s0-9eE+-](?!0*$)")
"""What whole numbers of cents do not have: signs of money, marks, cents of their own."""

_LONGEST = 30
"""Characters of a currency's name."""


class Mixed(Exception):
    """Several currencies and no way to one; the arguments tell which, and which need a rate."""


class Money(Struct, frozen=True, kw_only=True):
    """A file's amounts, all in one currency."""

    values: list[Decimal | None]
    misfits: tuple[int, ...]
    source: Literal["amount", "converted"]
    """The field they were taken from."""
    currency: str = ""
    """The one currency that the file names for them or that they were converted to; empty where it names none."""
    warnings: tuple[str, ...] = ()


def read_money(columns: Columns, body: Body, settings: Settings, mark: Mark | None) -> Money:
    """Read the amounts; raises `Mixed`, and `MarkUnknown` where a person must say what 1.000 is."""
    place = columns.place
    if "amount" not in place:
        return _by_the_crm(columns, body, settings, mark)
    units = units_of(columns.header("amount"), columns.profile.minor_units)
    if units.scale < 1 and any(_DRESSED.search(cell) for cell in body.columns[place["amount"]].distinct):
        # $12,500 was written for people, who do not count in cents.
        units = Units()
    found = _read(columns, body, settings, mark, read_amounts(body.columns[place["amount"]], mark, units.scale), units)
    if not units.said or found.source != "amount":
        return found
    said = f"“{columns.header('amount')}” counts in {units.scale:,}s: every amount was taken times {units.scale:,}."
    return replace(found, warnings=(said, *found.warnings))


def _read(
    columns: Columns, body: Body, settings: Settings, mark: Mark | None, amounts: AmountColumn, units: Units
) -> Money:
    """Bring the amounts to one currency."""
    place = columns.place
    if "currency" not in place and not amounts.codes and not units.code:
        return _as_they_are(amounts, Counter(), settings.currency, "")
    codes = _codes(
        body.columns[place["amount"]].cells, body.columns[place["currency"]] if "currency" in place else None, amounts
    )
    if units.code:
        codes = [code or units.code for code in codes]
    present = Counter(code for code, value in zip(codes, amounts.values, strict=True) if value is not None)
    rates = {code.upper(): rate for code, rate in settings.rates.items()}
    # The one currency of the first file is the team's, until somebody says another, or the file converts it itself.
    told = "converted_currency" in place and _differs(columns, body)
    alone = settings.untouched and not told
    ours = (alone and _only(present)) or settings.currency
    foreign = {code for code in present if code and code != ours}
    if not foreign:
        return _as_they_are(amounts, present, ours, "")
    if "converted" in place:
        return _by_the_crm(columns, body, settings, mark)
    if foreign <= rates.keys():
        used = {code: rates[code] for code in sorted(foreign)}
        values = _converted(amounts.values, codes, used)
        said = ", ".join(f"1 {code} = {rate.normalize():f} {ours}" for code, rate in used.items())
        warning = f"Amounts in {' and '.join(used)} are converted: {said}."
        return Money(values=values, misfits=amounts.misfits, source="amount", currency=ours, warnings=(warning,))
    if len(present) == 1:
        return _as_they_are(amounts, present, ours, next(iter(foreign)))
    listed = ", ".join(
        f"{code or 'no currency'} in {count:,} {'row' if count == 1 else 'rows'}"
        for code, count in present.most_common()
    )
    raise Mixed(listed, foreign)


def _differs(columns: Columns, body: Body) -> bool:
    """Tell whether the CRM converted the amounts to another currency than theirs."""
    if "converted" not in columns.place:
        return False
    cells, others = (body.columns[columns.place[field]].cells for field in ("amount", "converted"))
    return any(one != other for one, other in zip(cells, others, strict=True) if one and other)


def _by_the_crm(columns: Columns, body: Body, settings: Settings, mark: Mark | None) -> Money:
    """Take the amounts that the CRM converted; where there are none either, no amounts at all."""
    place = columns.place
    if "converted" not in place:
        return Money(values=[], misfits=(), source="amount")
    found = read_amounts(body.columns[place["converted"]], mark)
    beside = body.columns[place["converted_currency"]].distinct if "converted_currency" in place else set()
    codes = {currency_code(text) for text in beside} | set(found.codes.values())
    other = sorted(codes - {"", settings.currency})
    warning = f"Converted amounts are in {' and '.join(other)}; the settings say {settings.currency}."
    said = other and not (settings.untouched and len(other) == 1)
    return Money(
        values=found.values,
        misfits=found.misfits,
        source="converted",
        currency=_only(codes),
        warnings=(warning,) if said else (),
    )


def _codes(cells: Sequence[str], beside: Column | None, amounts: AmountColumn) -> list[str]:
    """Give each row's currency code: from its own column, else from beside the amount, else empty."""
    if beside is None:
        if not amounts.codes:
            return [""] * len(cells)
        return [amounts.codes.get(cell, "") for cell in cells]
    known = beside.spread(_named(beside.distinct))
    return [code or amounts.codes.get(cell, "") for code, cell in zip(known, cells, strict=True)]


def _named(texts: Collection[str]) -> dict[str, str]:
    """Map what a column says of currencies to codes; unknown names tell several of them apart all the same."""
    codes = {text: currency_code(text) for text in texts}
    known = nulls() | currencies().keys()
    strange = {
        text
        for text, code in codes.items()
        if not code and any(map(str.isalpha, text)) and text.strip().casefold() not in known
    }
    if len({text.strip() for text in strange}) > 1 or (strange and any(codes.values())):
        codes |= {text: text.strip()[:_LONGEST] for text in strange}
    return codes


def _as_they_are(amounts: AmountColumn, present: Counter[str], ours: str, code: str) -> Money:
    """Take the amounts unconverted, and say what was assumed."""
    warnings: list[str] = []
    if code:
        warnings.append(
            f"All amounts are in {code} and the settings say {ours}: taken as they stand."
            f" Set the currency to {code}, or give a rate for it."
        )
    elif len(present) > 1 and present[""]:
        has = "has" if present[""] == 1 else "have"
        warnings.append(f"{counted(present[''], 'amount')} {has} no currency: taken as {ours}.")
    return Money(
        values=amounts.values,
        misfits=amounts.misfits,
        source="amount",
        currency=_only(present),
        warnings=tuple(warnings),
    )


def _only(codes: Collection[str]) -> str:
    """Give the one currency that is named, with rows that name none aside."""
    named = sorted(set(codes) - {""})
    return named[0] if len(named) == 1 else ""


def _converted(
    values: Sequence[Decimal | None], codes: Sequence[str], rates: dict[str, Decimal]
) -> list[Decimal | None]:
    """Multiply each amount by its currency's rate; the reporting currency and none stand as they are."""
    return [
        value if value is None or code not in rates else value * rates[code]
        for value, code in zip(values, codes, strict=True)
    ]


def yearly(
    values: Sequence[Decimal | None], periods: Column, numbers: Sequence[int]
) -> tuple[list[Decimal | None], tuple[str, ...]]:
    """Take what is paid each month or quarter for a year, so that it adds up with what is paid once."""
    times = {cell: _A_YEAR.get(fold(cell), 1) for cell in periods.distinct}
    factors = periods.spread(times)
    paired = list(zip(values, factors, strict=True))
    found = [value if value is None or factor == 1 else value * factor for value, factor in paired]
    rows = [number for number, (value, factor) in zip(numbers, paired, strict=True) if value and factor != 1]
    if not rows:
        return found, ()
    return found, (f"Amounts in {some_rows(rows)} are paid each month or quarter: taken for a year.",)


def sold(
    values: Sequence[Decimal | None], actual: Column, status: Sequence[Status], mark: Mark | None
) -> list[Decimal | None]:
    """Put what was really sold in the place of what was expected, where a deal is won."""
    return [
        amount if amount is not None and ending is Status.WON else value
        for value, amount, ending in zip(values, read_amounts(actual, mark or ".").values, status, strict=True)
    ]
