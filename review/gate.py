"""The gate: what makes a next step, its date and its owner valid (method, section 4, “Valid means”)."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from msgspec import Struct

from review.calendar import Workdays
from review.dates import short_date
from review.people import Person

Field = Literal["step", "date", "owner"]

LITTLE = frozenset(["a", "an", "the", "and", "or", "but", "if", "then", "so", "to", "of", "on", "in", "at", "by", "for", "from", "with", "without", "about", "into", "onto", "over", "under", "up", "out", "off", "as", "is", "are", "was", "were", "be", "been", "am", "do", "does", "did", "has", "have", "had", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "i", "me", "my", "we", "us", "our", "you", "your", "he", "him", "his", "she", "her", "it", "its", "they", "them", "their", "this", "that", "these", "those", "there", "here", "again", "still", "also", "just", "now", "today", "tomorrow", "next", "last", "week", "month", "day", "quarter", "time", "all", "any", "some", "more", "very", "please", "re", "via", "per", "not", "no", "yes", "ok", "okay", "who", "whom", "what", "when", "where", "why", "how", "get", "got"])
"""Words that name nothing by themselves."""
BARE_VERBS = frozenset(["call", "mail", "email", "meeting", "meet", "send", "talk", "ping", "demo", "write", "phone", "ring", "text", "message", "chat", "contact", "discuss", "speak", "present", "review", "schedule", "book", "arrange", "plan", "visit", "see", "try", "ask", "tell", "show", "push", "chase", "nudge", "remind", "respond", "reply", "answer", "sync", "update", "connect", "work", "confirm", "check", "prepare"])
"""What somebody does, said without with whom or about what."""
NOBODY = frozenset({"team", "all", "everybody", "everyone", "we", "us"})

_WORD = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_ENDINGS = ("ings", "ing", "ed", "es", "s", "e")


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
    if _CJK.search(step):
        return None
    words = tuple(stem(word) for word in _WORD.findall(step.casefold()))
    left = _without_phrases(words, phrases(tuple(stock)))
    left = [word for word in left if word not in _little() and sum(char.isalpha() for char in word) >= 2]
    if not left:
        return Violation("step", "that names nothing: with whom, about what?")
    if all(word in _bare() for word in left):
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
    if owner is None or owner.id in NOBODY or owner.id not in {person.id for person in people}:
        return Violation("owner", "who owns it? One known person")
    return None


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
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


@lru_cache(maxsize=8)
def phrases(added: tuple[str, ...] = ()) -> tuple[tuple[str, ...], ...]:
    """Give the stock phrases as stemmed words, the longest first."""
    text = files("review").joinpath("stock_phrases.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = {tuple(stem(word) for word in _WORD.findall(line.casefold())) for line in (*lines, *added)}
    return tuple(sorted((phrase for phrase in found if phrase), key=lambda phrase: (-len(phrase), phrase)))


@lru_cache(maxsize=1)
def _little() -> frozenset[str]:
    return LITTLE | {stem(word) for word in LITTLE}


@lru_cache(maxsize=1)
def _bare() -> frozenset[str]:
    return frozenset(stem(word) for word in BARE_VERBS)


def _without_phrases(words: tuple[str, ...], known: tuple[tuple[str, ...], ...]) -> list[str]:
    """Take every stock phrase out, longer ones first, each at its place."""
    left: list[str] = []
    place = 0
    while place < len(words):
        phrase = next((phrase for phrase in known if words[place : place + len(phrase)] == phrase), None)
        if phrase is None:
            left.append(words[place])
            place += 1
        else:
            place += len(phrase)
    return left
