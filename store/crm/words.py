"""The words of `words.toml`: spellings of nothing, yes and no, categories, endings and months."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from msgspec import Struct, convert

from store.crm.fold import fold

_MEANT = frozenset({"cierre", "chiusura"})
"""Words for closing that a stage on the way to it begins with as well."""
_WORD = re.compile(r"[\W_]+")


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """What `words.toml` holds, as written there."""

    null: tuple[str, ...]
    nobody: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    ticks: tuple[str, ...]
    crosses: tuple[str, ...]
    category: dict[str, tuple[str, ...]]
    status: dict[str, tuple[str, ...]]
    months: dict[str, tuple[str, ...]]
    currency: dict[str, tuple[str, ...]]
    closing: tuple[str, ...]
    """Words of a stage's name that make an end of a won or lost beside them, whatever else it says."""
    beside_ends: tuple[str, ...]
    """Words that may stand beside won or lost in a stage's name and say nothing."""
    filler: tuple[str, ...]
    """Words of headers that say nothing about the field."""
    near: dict[str, tuple[str, ...]]
    """Field to words that headers nobody wrote down before have for it."""


@lru_cache(maxsize=1)
def words() -> Words:
    """Load the words once."""
    return convert(tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8")), Words)


@lru_cache(maxsize=1)
def nulls() -> frozenset[str]:
    """Give every spelling of "no value", lower case; compare with `text.lower()`."""
    return frozenset(word.lower() for word in words().null)


def _by_word(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Turn meaning → spellings into folded spelling → meaning."""
    return {fold(word): meaning for meaning, spellings in table.items() for word in spellings}


@lru_cache(maxsize=1)
def categories() -> dict[str, str]:
    """Map a folded spelling to a category of the review, or to "closed"."""
    return _by_word(words().category)


@lru_cache(maxsize=1)
def statuses() -> dict[str, str]:
    """Map a folded word to open, won or lost."""
    return _by_word(words().status)


def end_of(stage: str) -> tuple[str | None, bool]:
    """Give what a stage's words say, won or lost, and whether it sounds like an end that they leave open."""
    said = [word for word in map(fold, _WORD.split(stage)) if word and not word.isdigit()]
    ends = {end for word in said if (end := statuses().get(word)) in ("won", "lost")}
    closing, empty = _folded(words().closing), _folded(words().beside_ends)
    others = [word for word in said if word not in statuses()]
    if len(ends) == 1 and (closing.intersection(said) or empty.issuperset(others)):
        return ends.pop(), False
    begun = bool(said) and said[0] in closing - _MEANT
    return None, bool(ends) or begun or (bool(closing.intersection(said)) and (closing | empty).issuperset(said))


@lru_cache(maxsize=4)
def _folded(spellings: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, spellings))


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Map a folded month name to its number."""
    return {name: int(number) for name, number in _by_word(words().months).items()}


@lru_cache(maxsize=1)
def currencies() -> dict[str, str]:
    """Map a currency's name or sign, in lower case, to its code."""
    return {name.casefold(): code for code, names in words().currency.items() for name in names}


@lru_cache(maxsize=1)
def booleans() -> dict[str, bool]:
    """Map a folded word, a tick or a cross to true or false."""
    said = {fold(word): True for word in words().yes} | {fold(word): False for word in words().no}
    return said | dict.fromkeys(words().ticks, True) | dict.fromkeys(words().crosses, False)
