"""Cells that name several owners: a deal has one, the first of them."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import Final

from store.crm.report import some_rows

_APART: Final = re.compile(r"\s*[;|\n/&+]\s*")
_COMMA: Final = re.compile(r"\s*,\s*")
_LONGEST: Final = 120
_SHOWN: Final = 5


def bare_owner(owner: str) -> str:
    """Give an owner without the brackets of a list, and with plain spaces: pasted with others it is nobody else."""
    text = " ".join(owner.replace("\u200b", "").split())
    return text[1:-1].strip() if text.startswith("[") and text.endswith("]") else text


def one_each(owners: Sequence[str], rows: Sequence[int], people: Iterable[str]) -> tuple[Sequence[str], list[str]]:
    """Give each deal one owner, with a sentence for each cell of the first few that name several."""
    first = first_owners(set(owners), people)
    if not first:
        return owners, []
    said: list[str] = []
    for cell in islice(first, _SHOWN):
        here = [row for row, owner in zip(rows, owners, strict=True) if owner == cell]
        said.append(f"“{' '.join(cell.split())}” in {some_rows(here)}: a deal has one owner; {first[cell]} is taken.")
    return [first.get(owner, owner) for owner in owners], said


def first_owners(owners: Collection[str], people: Iterable[str]) -> Mapping[str, str]:
    """Map each cell that names several owners to the first of them.

    “Lee, Ann” is one owner: a comma parts two only where both are e-mails, or one of them stands alone elsewhere.
    """
    several = [owner for owner in owners if len(owner) <= _LONGEST and any(sign in owner for sign in ",;|\n/&+")]
    if not several:
        return {}
    alone = {owner.casefold() for owner in owners} - {owner.casefold() for owner in several}
    alone |= {name.casefold() for name in people}
    found = {owner: _first(owner, alone) for owner in several}
    return {owner: first for owner, first in found.items() if first}


def _first(owner: str, alone: Collection[str]) -> str:
    """Give the first of several owners; empty where the cell names one, or nothing tells."""
    parts = [part for part in _APART.split(owner) if part]
    apart = len(parts) > 1
    if not apart:
        parts = [part for part in _COMMA.split(owner) if part]
    if len(parts) < 2 or not all(any(map(str.isalpha, part)) for part in parts):
        return ""
    if all(part.count("@") == 1 and " " not in part for part in parts):
        return parts[0]
    known = [part.casefold() in alone for part in parts]
    full = all(" " in part for part in parts)
    if known[0] or (full and (apart or any(known))):
        return parts[0]
    return ""
