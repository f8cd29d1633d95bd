"""Accounts that are written in two ways: named, never joined."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from store.crm.fold import fold

_MOST: Final = 3_000
"""Accounts beyond which nobody would read on, and looking takes long."""
_ALIKE: Final = 0.92
_SHORT: Final = 6
_SHOWN: Final = 3


def alike(accounts: Iterable[str]) -> tuple[str, ...]:
    """Say which accounts may be one: as good as the same letters, and the same figures."""
    names = set(accounts) - {""}
    if len(names) > _MOST:
        return ()
    ordered = sorted((fold(name), name) for name in names)
    pairs = [f"“{one}” and “{two}”" for (first, one), (second, two) in pairwise(ordered) if _is_one(first, second)]
    if not pairs:
        return ()
    more = f" and {len(pairs) - _SHOWN:,} more" if len(pairs) > _SHOWN else ""
    return (f"Accounts that may be one, kept apart: {', '.join(pairs[:_SHOWN])}{more}.",)


def _is_one(one: str, two: str) -> bool:
    if one == two:
        return True
    if min(len(one), len(two)) < _SHORT or [*filter(str.isdigit, one)] != [*filter(str.isdigit, two)]:
        return False
    return SequenceMatcher(None, one, two).ratio() >= _ALIKE
