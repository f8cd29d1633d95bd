"""Headers that nobody wrote down before: the field whose words come nearest, if the cells look like it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from store.crm.column import Column
from store.crm.dates import parse_date
from store.crm.fold import fold
from store.crm.knowledge import Profile
from store.crm.numbers import is_amount
from store.crm.sheet import Body
from store.crm.units import Units, units_of
from store.crm.words import nulls, words

_ENOUGH = 0.5
_LEAST = {"name": 0.6, "id": 0.6}
"""Fields whose one word stands in many headers: “Contact name” is none."""
_TYPO = 0.84
_LONG = 60
"""Characters of a header that may be a mistyped one."""
_SAMPLE = 200
_MOST = 0.7
"""Share of the cells that have to look like the field."""
_DATES = frozenset({"close_date", "created", "last_activity", "stage_entered", "next_step_date"})
MEASURED = _DATES | {"amount", "probability"}
"""Fields that most cells of a column fit or do not."""
_TEXTS = frozenset({"name", "account", "owner", "stage", "category", "next_step", "type"})
_FEW = frozenset({"stage", "category", "type"})
"""Fields whose values come again and again."""
_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[^\W\d_]?[^\W\d_A-Z]+|[0-9]+")


def nearest(
    headers: Sequence[str], body: Body, free: Collection[int], place: Mapping[str, int], generic: Profile
) -> dict[str, tuple[int, ...]]:
    """Give for each field without a column the free columns that come near, the nearest first; none for two fields."""
    found: list[tuple[float, int, str]] = []
    for number in free:
        said = tokens(headers[number])
        for field, phrases in words().near.items():
            if field in place or (field == "currency" and "amount" not in place):
                continue
            known = (*phrases, *generic.columns.get(field, ()))
            score = max(_score(said, headers[number], phrase) for phrase in known)
            if field == "amount" and units_of(headers[number], {}) != Units():
                # A currency or thousands in a header are said of nothing but money.
                score = max(score, _ENOUGH)
            if score >= _LEAST.get(field, _ENOUGH) and looks_like(field, body.columns[number]):
                found.append((score, -number, field))
    result: dict[str, list[int]] = {}
    taken: dict[int, str] = {}
    for _, below, field in sorted(found, reverse=True):
        if taken.setdefault(-below, field) == field:
            result.setdefault(field, []).append(-below)
    return {field: tuple(numbers) for field, numbers in result.items()}


@lru_cache(maxsize=50_000)
def tokens(header: str) -> frozenset[str]:
    """Give the words of a header that say something: 'Opp_TargetCloseDate (EUR)' → target, close, date."""
    filler = {fold(word) for word in words().filler}
    return frozenset(
        token for part in _TOKEN.findall(header) if (token := fold(part)) and token not in filler and not part.isdigit()
    )


def _score(said: frozenset[str], header: str, phrase: str) -> float:
    """Say how near a header comes to a phrase, 0 to 1: all of the phrase's words are in it, or it is mistyped."""
    wanted = tokens(phrase)
    if wanted and all(any(_alike(one, other) for other in said) for one in wanted):
        return len(wanted) / max(len(said), len(wanted))
    return _slip(fold(header), fold(phrase))


def _alike(one: str, other: str) -> bool:
    """Tell whether two words are the same but for a slip of the finger."""
    return one == other or (min(len(one), len(other)) > 3 and _slip(one, other) > 0)


@lru_cache(maxsize=50_000)
def _slip(one: str, other: str) -> float:
    """Say how alike two texts are that differ by slips of the finger, 0 where they differ by more."""
    shorter, longer = sorted((len(one), len(other)))
    # Comparing is slow, and a file can have thousands of headers.
    if longer > _LONG or 2 * shorter < _TYPO * (shorter + longer):
        return 0.0
    matcher = SequenceMatcher(None, one, other)
    if matcher.quick_ratio() < _TYPO:
        return 0.0
    alike = matcher.ratio()
    return alike if alike >= _TYPO else 0.0


def looks_like(field: str, column: Column) -> bool:
    """Tell whether most cells hold what the field is made of."""
    cells = [cell for cell in islice(column.distinct, _SAMPLE) if cell.strip().lower() not in nulls()]
    if not cells:
        return False
    if field in _DATES:
        return _share(cells, lambda cell: parse_date(cell) is not None) >= _MOST
    if field in ("amount", "probability"):
        return _share(cells, lambda cell: is_amount(cell) or (field == "probability" and "%" in cell)) >= _MOST
    if field == "currency":
        return _share(cells, lambda cell: len(cell.strip()) == 3 and cell.strip().isalpha()) >= _MOST
    if field == "id":
        return len(column.distinct) == len(column.cells)
    if field in _TEXTS:
        letters = _share(cells, lambda cell: any(char.isalpha() for char in cell) and parse_date(cell) is None)
        several = field not in _FEW or len(column.distinct) <= max(12, len(column.cells) // 3)
        return letters >= _MOST and several
    return True


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    """Give the part of the cells that fit."""
    return sum(map(fits, cells)) / len(cells)
