"""Which deal a row is: its id as exported, or a key where the export has none; no deal twice."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import structs

from review.deals import Deal, deal_key
from review.keys import key_without_id
from store.crm.column import Column
from store.crm.sheet import LeftOut
from store.crm.words import nulls

_DAMAGED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
_SIGNS = ("E+", "e+", ".0", "\n006")
"""What ids have that deserve a closer look."""
_TAILED = re.compile(r"[0-9]+\.0+")
_NO_REFERENCE = frozenset({"0" * 15, "0" * 15 + "aaa"})
_CHECKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SHOWN = 5


class Twice(Exception):
    """Two rows say different things of one deal; the argument shows both."""


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


def id_warnings(ids: Sequence[str], salesforce: bool) -> list[str]:
    """Say which ids look damaged by a spreadsheet or mistyped."""
    found: list[str] = []
    everything = "\n" + "\n".join(ids)
    if not any(sign in everything for sign in _SIGNS):
        return found
    damaged = [ident for ident in ids if _DAMAGED.fullmatch(ident)]
    if damaged:
        found.append(
            f"{len(damaged):,} ids look damaged by a spreadsheet ({_some(damaged)}): export again and do not open the"
            " file in between."
        )
    tailed = [ident for ident in ids if _TAILED.fullmatch(ident)]
    if tailed:
        found.append(
            f"{len(tailed):,} ids end in .0 ({_some(tailed)}), as a spreadsheet leaves them; kept as they are."
        )
    wrong = (
        [ident for ident in ids if len(ident) == 18 and ident[:3] == "006" and not _sound(ident)] if salesforce else []
    )
    if wrong:
        found.append(f"{len(wrong):,} Salesforce ids have a wrong checksum ({_some(wrong)}).")
    return found


def once_each(
    deals: Sequence[Deal], rows: Sequence[int], has_ids: bool, headers: Mapping[str, str]
) -> tuple[list[Deal], list[LeftOut]]:
    """Keep each deal once; raises `Twice` for rows of one id that differ, and for any two rows of one key."""
    if len({deal.id[:15] for deal in deals}) == len(deals):
        return list(deals), []
    first: dict[str, int] = {}
    again: list[tuple[int, int]] = []
    for at, deal in enumerate(deals):
        earlier = first.setdefault(deal_key(deal.id), at)
        if earlier != at:
            again.append((earlier, at))
    unlike = [(one, two) for one, two in again if not has_ids or differences(deals[one], deals[two], headers)]
    if unlike:
        raise Twice(_tell(unlike, deals, rows, has_ids, headers))
    twins = {at for _, at in again}
    left_out = [LeftOut(rows[at], f"the same deal as row {rows[one]}, with the same content") for one, at in again]
    return [deal for at, deal in enumerate(deals) if at not in twins], left_out


def differences(one: Deal, two: Deal, headers: Mapping[str, str]) -> list[str]:
    """Say in which fields two rows of a deal differ; the two lengths of a Salesforce id are no difference."""
    left, right = structs.asdict(one), structs.asdict(two)
    return [
        f"{headers.get(field, field.replace('_', ' '))} {_show(left[field])} and {_show(right[field])}"
        for field in left
        if field != "id" and left[field] != right[field]
    ]


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
