"""The gate: what makes a next step, its date and its owner valid (method, section 4, “Valid means”)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pkgutil import get_data
from typing import Literal

from msgspec import Struct

from review.calendar import Workdays
from review.dates import short_date
from review.people import Person

Field = Literal["step", "date", "owner"]

NOBODY = frozenset({"team", "all", "everybody", "everyone", "we", "us"})
"""Words that stand for nobody in particular; a name with 'team' in it does too."""

_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"(?<![\w.@])@[^\W\d_][\w.'’-]*")
_CJK = (
    ("\u3040", "\u30ff"),
    ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"),
    ("\uac00", "\ud7af"),
    ("\uf900", "\ufaff"),
)
"""First and last of each range of signs that are written without spaces between words."""
_ENDINGS = ("ings", "ing", "ed", "es", "s", "e")
_DOUBLING = ("ings", "ing", "ed")


class Violation(Struct, frozen=True):
    """Something without which a deal is not closed out."""

    field: Field
    sentence: str


class Caution(Struct, frozen=True):
    """Something to think about; it stops nothing."""

    field: Field
    sentence: str
    offer: date | None = None
    """The day that is offered instead."""


def check(
    step: str,
    day: date | None,
    owner: Person | None,
    *,
    today: date,
    people: Iterable[Person],
    stock: Sequence[str] = (),
) -> tuple[Violation, ...]:
    """Give what is not valid, in the order step, date, owner; nothing where the gate is green."""
    found = (check_step(step, stock), check_date(day, today), check_owner(owner, people))
    return tuple(violation for violation in found if violation is not None)


def check_step(step: str, stock: Sequence[str] = ()) -> Violation | None:
    """Refuse a step that names nothing specific."""
    if not step.strip():
        return Violation("step", "what is the next step?")
    if not step.isascii() and any(first <= char <= last for char in step for first, last in _CJK):
        return None
    step = unicodedata.normalize("NFKC", step).casefold()
    left = _without_phrases(tuple(_WORD.findall(step)), phrases(tuple(stock)))
    little = words_in("little_words.txt")
    # Somebody may be called Will, May or Chase: behind the sign it is a name.
    names = {word for name in _NAME.findall(step) for word in _WORD.findall(name)}
    left = [word for word in left if _says_something(word) and (word in names or word not in little)]
    if not left:
        return Violation("step", "that names nothing: with whom, about what?")
    if all(stem(word) in _bare() and word not in names for word in left):
        return Violation("step", "with whom, about what?")
    return None


def check_date(day: date | None, today: date) -> Violation | None:
    """Refuse a missing date and one before the review's day."""
    if day is None:
        return Violation("date", "by when? A day like fri, 26 nov or +2w")
    if day < today:
        return Violation("date", f"{short_date(day, today)} has passed")
    return None


def check_owner(owner: Person | None, people: Iterable[Person]) -> Violation | None:
    """Refuse an owner who is not one known person."""
    if owner is None or _is_nobody(owner) or owner.id not in {person.id for person in people}:
        return Violation("owner", "who owns it? One known person")
    return None


def _is_nobody(owner: Person) -> bool:
    words = set(_WORD.findall(owner.name.casefold()))
    return owner.id in NOBODY or not words or words <= NOBODY or "team" in words


def cautions(
    day: date,
    owner: Person | None,
    *,
    today: date,
    close_date: date | None,
    workdays: Workdays,
    far_days: int,
) -> tuple[Caution, ...]:
    """Warn of a day on which the owner does not work, one far ahead, and one past the close date."""
    found: list[Caution] = []
    if not workdays.is_working(day, owner):
        offer = workdays.on_or_after(day, owner)
        why = f"{owner.first_name} is away" if owner is not None and owner.is_away(day) else "no working day"
        found.append(Caution("date", f"{why}; {short_date(offer, today)} is the next one", offer))
    if day > today + timedelta(days=far_days):
        found.append(Caution("date", f"more than {far_days} days ahead"))
    if close_date is not None and day > close_date:
        found.append(Caution("date", f"past the close date, {short_date(close_date, today)}"))
    return tuple(found)


def stem(word: str) -> str:
    """Cut a word's ending, so that 'following', 'followed' and 'follow-ups' are known; short words stay whole."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (2 if ending == "s" else 3):
            cut = word[: -len(ending)]
            doubled = ending in _DOUBLING and len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "lsz"
            return cut[:-1] if doubled else cut
    return word


@lru_cache(maxsize=2)
def words_in(name: str) -> frozenset[str]:
    """Give the words of a list that ships with the program: 'little_words.txt' or 'bare_verbs.txt'."""
    return frozenset(word for line in _lines(name) for word in line.split())


@lru_cache(maxsize=8)
def phrases(added: tuple[str, ...] = ()) -> tuple[tuple[str, ...], ...]:
    """Give the stock phrases as stemmed words, the longest first."""
    lines = (*_lines("stock_phrases.txt"), *added)
    found = {tuple(stem(word) for word in _WORD.findall(line.casefold())) for line in lines}
    return tuple(sorted((phrase for phrase in found if phrase), key=lambda phrase: (-len(phrase), phrase)))


def _lines(name: str) -> list[str]:
    data = get_data("review", name)
    lines = data.decode().splitlines() if data else []
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _says_something(word: str) -> bool:
    return sum(char.isalpha() for char in word) >= 2


@lru_cache(maxsize=1)
def _bare() -> frozenset[str]:
    return frozenset(stem(word) for word in words_in("bare_verbs.txt"))


@lru_cache(maxsize=8)
def _by_first_word(known: tuple[tuple[str, ...], ...]) -> dict[str, list[tuple[str, ...]]]:
    """Sort the phrases by their first word, the longest first; 'followup' begins a phrase of one word."""
    sorted_in: dict[str, list[tuple[str, ...]]] = {}
    for phrase in (*known, *(("".join(phrase),) for phrase in known if len(phrase) > 1)):
        sorted_in.setdefault(phrase[0], []).append(phrase)
    return sorted_in


def _without_phrases(words: tuple[str, ...], known: tuple[tuple[str, ...], ...]) -> list[str]:
    """Take every stock phrase out, longer ones first, each at its place."""
    left: list[str] = []
    stems = tuple(stem(word) for word in words)
    begun = _by_first_word(known)
    place = 0
    while place < len(words):
        candidates = begun.get(stems[place], ())
        phrase = next((phrase for phrase in candidates if stems[place : place + len(phrase)] == phrase), None)
        if phrase is None:
            left.append(words[place])
        place += len(phrase) if phrase else 1
    return left
