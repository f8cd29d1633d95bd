"""Headers that nobody wrote down before: the field whose words come nearest, if the cells look like it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from store.crm.column import Column
from store.crm.dates import parse_date
from store.crm.fold import fold, header_keys
from store.crm.knowledge import GENERIC, Knowledge
from store.crm.numbers import is_amount
from store.crm.sheet import Body
from store.crm.units import Units, units_of
from store.crm.words import nulls, words

_ENOUGH = 0.5
_LEAST = {"name": 0.6, "id": 0.6}
"""Fields whose one word stands in many headers: “Contact name” is none."""
_TYPO = 0.84
_SHORT = 6
"""Letters of one CRM's header that may be anything in a list of nobody's."""
_LONG = 60
"""Characters of a header that may be a mistyped one."""
_SAMPLE = 200
_MOST = 0.7
"""Share of the cells that have to look like the field."""
_SOME = 0.3
_HALF = 0.5
_DATES = frozenset({"close_date", "created", "last_activity", "stage_entered", "next_step_date"})
MEASURED = _DATES | {"amount", "probability"}
"""Fields that most cells of a column fit or do not."""
_TEXTS = frozenset({"name", "account", "owner", "stage", "category", "next_step", "type"})
_FEW = frozenset({"stage", "category", "type"})
"""Fields whose values come again and again."""
_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[^\W\d_]?[^\W\d_A-Z]+|[0-9]+")


def nearest(
    headers: Sequence[str], body: Body, free: Collection[int], place: Mapping[str, int], known: Knowledge
) -> dict[str, tuple[int, ...]]:
    """Give for each field without a column the free columns that come near, the nearest first; none for two fields."""
    found: list[tuple[float, int, str]] = []
    generic = known.profiles[GENERIC].columns
    for number in free:
        said = tokens(headers[number])
        keys = header_keys(headers[number])
        elsewhere = {known.agreed[key][0] for key in keys if key in known.agreed and len(key) > _SHORT}
        for field, phrases in words().near.items():
            if field in place or (field == "account" and "owner" in said):
                continue
            of_it = (*phrases, *generic.get(field, ()))
            score = 1.0 if field in elsewhere else max(_score(said, headers[number], phrase) for phrase in of_it)
            if field == "amount" and units_of(headers[number], {}) != Units():
                # A currency or thousands in a header are said of nothing but money.
                score = max(score, _ENOUGH)
            # A header that says it outright needs less of its cells: “When?” of a list kept by hand.
            share = _SOME if score == 1 else _HALF if field in _DATES else _MOST
            if score >= _LEAST.get(field, _ENOUGH) and looks_like(field, body.columns[number], share):
                found.append((score, -number, field))
    result: dict[str, list[int]] = {}
    taken: dict[int, str] = {}
    for _, below, field in sorted(found, reverse=True):
        if taken.setdefault(-below, field) == field:
            result.setdefault(field, []).append(-below)
    if "amount" not in {*place, *result}:
        result.pop("currency", None)
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


def looks_like(field: str, column: Column, share: float = _MOST) -> bool:
    """Tell whether enough of the cells hold what the field is made of, most of them unless a `share` is given."""
    cells = [cell for cell in islice(column.distinct, _SAMPLE) if cell.strip().lower() not in nulls()]
    if not cells:
        return False
    if field in _DATES:
        return _share(cells, lambda cell: parse_date(cell) is not None) >= share
    if field in ("amount", "probability"):
        return _share(cells, lambda cell: is_amount(cell) or (field == "probability" and "%" in cell)) >= share
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
