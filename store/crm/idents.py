"""Which deal a row is: its id as exported, or a key where the export has none; no deal twice."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from msgspec import structs

from review.deals import Deal, deal_key
from review.keys import key_without_id
from store.crm.column import Column
from store.crm.sheet import LeftOut
from store.crm.words import nulls

_DAMAGED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
_SIGNS = ("E+", "e+", ".0\n", ".00", "\n006")
"""What ids have that deserve a closer look."""
_ROUNDED = re.compile(r"\n[0-9]{15,}0\n")
_TAILED = re.compile(r"[0-9]+\.0+")
_ID = attrgetter("id")
_NO_REFERENCE = frozenset({"0" * 15, "0" * 15 + "aaa"})
_CHECKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SHOWN = 5
_KEPT = 15
"""Digits that a spreadsheet keeps of a number."""
_TWO_LENGTHS = 18
"""Characters of a Salesforce id that is the same deal's by its first fifteen."""


class Twice(Exception):
    """Two rows say different things of one deal; the arguments show both, and tell whether they have ids."""


def read_ids(column: Column) -> Sequence[str]:
    """Give ids as exported, spaces around them aside; empty where the row has none."""
    none = nulls() | _NO_REFERENCE
    if column.untouched(none):
        return column.cells
    return column.spread({cell: "" if (text := cell.strip()).lower() in none else text for cell in column.distinct})


def keys_without_ids(
    accounts: Sequence[str], names: Sequence[str], created: Sequence[date | None], owners: Sequence[str]
) -> list[str]:
    """Make the keys of a file without ids: account, name and created date, or the owner where there is no date."""
    return [
        key_without_id(account, name, day, owner)
        for account, name, day, owner in zip(accounts, names, created, owners, strict=True)
    ]


class Ids(NamedTuple):
    """The ids of a column, which of them look damaged, and what is said of that."""

    ids: Sequence[str]
    damaged: frozenset[str]
    warnings: tuple[str, ...]
    tails: str = ""
    """An id that ends in .0 as all of them do; empty where that is not so, or was answered."""


def judge(ids: Sequence[str], salesforce: bool, trim: bool | None) -> Ids:
    """Find ids that a spreadsheet has damaged or that are mistyped; where all end in .0, `trim` takes that off."""
    everything = "\n" + "\n".join(ids) + "\n"
    if not any(sign in everything for sign in _SIGNS) and not _ROUNDED.search(everything):
        return Ids(ids, frozenset(), ())
    warnings: list[str] = []
    rounded = [ident for ident in ids if _DAMAGED.fullmatch(ident)] + _cut_off(ids)
    if rounded:
        warnings.append(
            f"{_ids(rounded)} damaged by a spreadsheet ({_some(rounded)}); never written back. Export again and do not"
            " open the file in between."
        )
    tailed = [ident for ident in ids if _TAILED.fullmatch(ident)]
    every = bool(tailed) and len(tailed) == sum(map(bool, ids))
    if every and trim:
        ids = [ident.partition(".")[0] for ident in ids]
        tailed = [ident.partition(".")[0] for ident in tailed]
        warnings.append(f"{_ids(tailed)} cut at .0, as asked; never written back.")
    elif tailed:
        more = " trim_ids = true in a mapping file reads them without it." if every and trim is None else ""
        warnings.append(f"{_ids(tailed)} left with .0 by a spreadsheet ({_some(tailed)}); never written back.{more}")
    wrong = [i for i in ids if len(i) == 18 and i[:3] == "006" and not _sound(i)] if salesforce else []
    if wrong:
        warnings.append(f"{_ids(wrong)} mistyped or damaged: wrong checksum ({_some(wrong)}); never written back.")
    tails = tailed[0] if every and trim is None else ""
    return Ids(ids, frozenset((*rounded, *tailed, *wrong)), tuple(warnings), tails)


def _cut_off(ids: Sequence[str]) -> list[str]:
    """Find long numbers of which a spreadsheet kept fifteen digits: all of the file's have noughts from there on."""
    long = [ident for ident in ids if len(ident) > _KEPT and ident.isdecimal()]
    lost = [ident for ident in long if not ident[_KEPT:].strip("0")]
    return lost if len(lost) == len(long) and len(lost) > 1 else []


def _ids(found: Sequence[str]) -> str:
    return f"{len(found):,} {'id is' if len(found) == 1 else 'ids are'}"


def once_each(
    deals: Sequence[Deal], rows: Sequence[int], has_ids: bool, headers: Mapping[str, str], *, later: bool = False
) -> tuple[list[Deal], list[LeftOut]]:
    """Keep each deal once; raises `Twice` for rows of one id that differ, and for any two rows of one key.

    `later` takes the later of two rows of one id that differ.
    """
    ids = list(map(_ID, deals))
    if len(set(ids)) == len(ids) and _TWO_LENGTHS not in set(map(len, ids)):
        return list(deals), []
    first: dict[str, int] = {}
    again: list[tuple[int, int]] = []
    for at, deal in enumerate(deals):
        earlier = first.setdefault(deal_key(deal.id), at)
        if earlier != at:
            again.append((earlier, at))
    unlike = [(one, two) for one, two in again if not has_ids or differences(deals[one], deals[two], headers)]
    if unlike and later and has_ids:
        return _later(deals, rows)
    if unlike:
        raise Twice(_tell(unlike, deals, rows, has_ids, headers), has_ids)
    twins = {at for _, at in again}
    left_out = [LeftOut(rows[at], f"the same deal as row {rows[one]}, with the same content") for one, at in again]
    return [deal for at, deal in enumerate(deals) if at not in twins], left_out


def clashing_damage(deals: Sequence[Deal]) -> str:
    """Say that a spreadsheet has made one id of the ids of different deals; empty where it has not."""
    times = Counter(deal.id for deal in deals if deal.id_damaged)
    twice = [ident for ident, count in times.items() if count > 1]
    if not twice:
        return ""
    return (
        f"a spreadsheet has cut its ids short, so that different deals have the same one ({_some(twice)}); export it"
        " again and import the file as it comes, without opening it in a spreadsheet in between"
    )


def _later(deals: Sequence[Deal], rows: Sequence[int]) -> tuple[list[Deal], list[LeftOut]]:
    """Keep the last row of each deal."""
    last = {deal_key(deal.id): at for at, deal in enumerate(deals)}
    kept = set(last.values())
    left_out = [
        LeftOut(rows[at], f"the same deal as row {rows[last[deal_key(deal.id)]]}, which is later")
        for at, deal in enumerate(deals)
        if at not in kept
    ]
    return [deal for at, deal in enumerate(deals) if at in kept], left_out


def differences(one: Deal, two: Deal, headers: Mapping[str, str]) -> list[str]:
    """Say in which fields two rows of a deal differ; the two lengths of a Salesforce id are no difference."""
    left, right = structs.asdict(one), structs.asdict(two)
    told = {field for field in left if left[field] != right[field]}
    return [
        f"{_named(field, headers)} {_show(left[field])} and {_show(right[field])}"
        for field in left
        if field != "id" and field in told and not (field == "category_word" and "category" in told)
    ]


def _named(field: str, headers: Mapping[str, str]) -> str:
    """Give the header of a field; the words of categories stand in the category's column."""
    field = "category" if field == "category_word" else field
    return headers.get(field, field.replace("_", " "))


def _tell(
    pairs: Sequence[tuple[int, int]],
    deals: Sequence[Deal],
    rows: Sequence[int],
    has_ids: bool,
    headers: Mapping[str, str],
) -> str:
    """Show the rows that clash, the first five pairs."""
    lines: list[str] = []
    for one, two in pairs[:_SHOWN]:
        unlike = "; ".join(differences(deals[one], deals[two], headers)) or "all the same"
        what = f"id {deals[one].id}" if has_ids else f"“{deals[one].id}”"
        lines.append(f"rows {rows[one]} and {rows[two]} are both {what} ({unlike})")
    more = f", and {len(pairs) - _SHOWN:,} more" if len(pairs) > _SHOWN else ""
    return "; ".join(lines) + more


def _show(value: object) -> str:
    """Show a value of a deal."""
    return "none" if value is None or value == "" else str(value)


def _some(ids: Sequence[str]) -> str:
    """Show the first few."""
    return ", ".join(ids[:3]) + (", …" if len(ids) > 3 else "")


def _sound(ident: str) -> bool:
    """Check the last three characters of an 18-character Salesforce id, which tell upper case in the first 15."""
    checks = ""
    for start in (0, 5, 10):
        bits = sum(1 << bit for bit, char in enumerate(ident[start : start + 5]) if "A" <= char <= "Z")
        checks += _CHECKS[bits]
    return ident[15:] == checks
