"""The one line that closes a deal out: a step, and at its end a date, initials and `!` (method, section 4)."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from review.dates import (
    MOST_WORDS,
    WEEKDAYS,
    Form,
    Order,
    date_trouble,
    forward,
    read_form,
    say_date,
    weekday_of,
)
from review.people import Person

BEFORE_A_DATE = ("by", "on", "until")
_WORD = re.compile(r"\S+(?:\s+[.,](?!\S))?")
"""A word, with a full stop or comma that stands apart behind it."""
_CUSTOMER = re.compile(r"(?<![\w.@])@([^\W\d_](?:[\w.'’-]*\w)?)")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_AGREED = re.compile(r"(?<!\S)![.,]?(?!\S)")


class Problem(Struct, frozen=True):
    """Something in a line that could not be taken as it stands."""

    field: Literal["date", "owner", "agreed", "confirmation", "paper"]
    """'date' keeps the line from counting; 'owner' and 'agreed' ask for what is left open."""
    sentence: str


class Line(Struct, frozen=True, kw_only=True):
    """A line as understood."""

    step: str
    """The text without what was lifted from its end, otherwise as typed; empty where only a date was typed."""
    day: date | None
    day_text: str = ""
    """The date as typed."""
    owner: Person | None = None
    owner_named: bool = False
    """Whether initials in the line named the owner."""
    agreed: bool = False
    """Whether `!` counts; on a line without a step it speaks of the step that stands, whose customers decide."""
    customers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Tail(Struct, frozen=True):
    """What the end of a line holds."""

    start: int
    """Number of words before it."""
    form: Form | None = None
    typed: str = ""
    weekday: int | None = None
    """Whose weekday stands before a day, as in “Thu 26 Nov”."""
    person: Person | None = None
    agreed: bool = False
    trouble: str = ""


def read_line(text: str, *, today: date, people: Sequence[Person], owner: Person | None, order: Order) -> Line:
    """Read a line; `owner` is who owns the step where no initials say otherwise."""
    found = list(_WORD.finditer(text))
    words = [match[0] for match in found]
    tail = _read_tail(words, people, order, today, initials=True)
    trouble = tail.trouble
    if tail.form is None:
        tail = _read_tail(words, people, order, today, initials=False)
    step = text[: found[tail.start - 1].end()].lstrip() if tail.start else ""
    day = None if tail.form is None else forward(tail.form, today)
    customers = customers_in(step, people)
    problems = [
        _date_problem(tail, day, today, trouble or tail.trouble),
        _owner_problem(words[: tail.start], people, order) if tail.form is None else None,
        _agreed_problem(step, people) if tail.agreed and step and not customers else None,
    ]
    return Line(
        step=step,
        day=day if day is not None and day >= today and tail.weekday in {None, day.weekday()} else None,
        day_text=tail.typed,
        owner=tail.person or owner,
        owner_named=tail.person is not None,
        agreed=tail.agreed and (bool(customers) or not step),
        customers=customers,
        problems=tuple(problem for problem in problems if problem is not None),
    )


def _read_tail(words: Sequence[str], people: Sequence[Person], order: Order, today: date, *, initials: bool) -> _Tail:
    """Read from the last word back, each of the three once, until a word is none of them."""
    end = len(words)
    form: Form | None = None
    typed = ""
    weekday: int | None = None
    person: Person | None = None
    agreed = False
    while end:
        word = _bare(words[end - 1])
        if word == "!" and not agreed:
            agreed = True
            end -= 1
            continue
        if form is None:
            count, form, trouble = _date_at_end(words[:end], order)
            if trouble:
                return _Tail(end, person=person, agreed=agreed, trouble=trouble)
            if form is not None:
                weekday = _weekday_before(form, words[: end - count], today)
                count += weekday is not None
                typed = _bare(" ".join(words[end - count : end]))
                end -= count
                if end and words[end - 1].lower() in BEFORE_A_DATE:
                    end -= 1
                continue
        named = with_initials(people, word) if initials and person is None else ()
        if len(named) != 1:
            break
        person = named[0]
        end -= 1
    return _Tail(end, form, typed, weekday, person, agreed)


def _date_at_end(words: Sequence[str], order: Order) -> tuple[int, Form | None, str]:
    """Find the longest date at the end: its words and itself, or what is wrong with what looks like one."""
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        last = [*words[len(words) - count : -1], _bare(words[-1])]
        form = read_form(last, order)
        if form is not None and form.kind != "yesterday":
            return count, form, ""
        if trouble := date_trouble(last, order):
            return 0, None, trouble
    return 0, None, ""


def _weekday_before(form: Form, words: Sequence[str], today: date) -> int | None:
    """Give the weekday written before a day: where it is that day's, or nothing else stands there."""
    found = weekday_of(words[-1]) if words and form.kind == "day" else None
    day = None if found is None else forward(form, today)
    return found if day is not None and (day.weekday() == found or len(words) == 1) else None


def _bare(word: str) -> str:
    """Take the one full stop or comma behind a word away."""
    return word[:-1].rstrip() if word.endswith((".", ",")) else word


def with_initials(people: Sequence[Person], word: str) -> tuple[Person, ...]:
    """List everybody whose initials a word is, case ignored."""
    wanted = word.casefold()
    return tuple(person for person in people if person.initials and person.initials.casefold() == wanted)


def _date_problem(tail: _Tail, day: date | None, today: date, trouble: str) -> Problem | None:
    if tail.form is None:
        return Problem("date", trouble) if trouble else None
    if day is None:
        return Problem("date", f"“{tail.typed}” is no day in the calendar.")
    if day < today:
        return Problem("date", f"{say_date(day, today)}: give a day from today on.")
    if tail.weekday not in {None, day.weekday()}:
        return Problem("date", f"“{tail.typed}” is a {WEEKDAYS[day.weekday()].title()}: which day?")
    return None


def _owner_problem(words: Sequence[str], people: Sequence[Person], order: Order) -> Problem | None:
    """Say what behind a date kept it from being read: initials that several share, or one of ours named by `@`."""
    if not words or _date_at_end(words[:-1], order)[1] is None:
        return None
    last = _bare(words[-1])
    shared = with_initials(people, last)
    if len(shared) > 1:
        names = " and ".join(person.name for person in shared)
        return Problem("owner", f"“{last}” is {names}: leave the initials out and name the owner.")
    named = _CUSTOMER.fullmatch(last)
    return _ours_problem(last, _ours(_plain_name(named), people), people) if named else None


def _ours_problem(typed: str, ours: Sequence[Person], people: Sequence[Person]) -> Problem | None:
    if not ours:
        return None
    if len(ours) > 1:
        names = " and ".join(person.name for person in ours)
        return Problem("owner", f"“{typed}” is {names}, no customer: leave it out and name the owner.")
    one = ours[0]
    if len(with_initials(people, one.initials)) == 1:
        return Problem(
            "owner",
            f"{typed} is one of ours: {one.initials.upper()} in its place gives {one.first_name} the step.",
        )
    return Problem("owner", f"{typed} is one of ours: end with the date, and name {one.first_name} as the owner.")


def _agreed_problem(step: str, people: Sequence[Person]) -> Problem:
    ours = next((name for name in _names_in(step) if is_ours(name, people)), "")
    if ours:
        return Problem("agreed", f"Agreed with whom? {ours} is one of ours; a namesake is written @{ours}.Surname.")
    return Problem("agreed", "Agreed with whom? Name them in the step, like @Dana.")


def _names_in(step: str) -> tuple[str, ...]:
    found = (_plain_name(match) for match in _CUSTOMER.finditer(step))
    return tuple(dict.fromkeys(name for name in found if name))


def _plain_name(match: re.Match[str]) -> str:
    return _POSSESSIVE.sub("", match[1]).replace(".", " ").strip()


def customers_in(step: str, people: Sequence[Person]) -> tuple[str, ...]:
    """List the people at the customer that a step names with `@`, each once; `@Tom.Reed` is 'Tom Reed'."""
    names: dict[str, str] = {}
    for name in _names_in(step):
        if not is_ours(name, people):
            names.setdefault(name.casefold(), name)
    return tuple(names.values())


def is_ours(name: str, people: Sequence[Person]) -> bool:
    """Tell whether a name is the full name, the first name or the initials of one of ours, case ignored."""
    return bool(_ours(name, people))


def _ours(name: str, people: Sequence[Person]) -> tuple[Person, ...]:
    wanted = _letters(name)
    return tuple(
        person
        for person in people
        if wanted and wanted in {_letters(person.name), _letters(person.first_name), _letters(person.initials)}
    )


def _letters(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


def is_ours_only(step: str, people: Sequence[Person]) -> bool:
    """Tell whether a step names nobody at the customer."""
    return not customers_in(step, people)


def plain_step(step: str) -> str:
    """Write a step for exports: without the sign before a customer's name and the one for agreed."""
    unsigned = _AGREED.sub(" ", _CUSTOMER.sub(r"\1", step))
    return " ".join(unsigned.split())
