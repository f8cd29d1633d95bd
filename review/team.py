"""Making people from what a CRM or a manager writes: names, initials that nobody else has, ids."""

import re
from collections.abc import Iterable, Iterator

from review.people import Person, find_person, person_id

MOST_INITIALS = 4


def new_person(text: str, people: Iterable[Person], email: str = "") -> Person:
    """Make somebody from an owner's text; an address or 'Bell, Marcus' becomes a name with that text as alias."""
    people = tuple(people)
    text = text.strip()
    name = readable_name(text)
    address = text if "@" in text else email
    return Person(
        id=free_id(name, people),
        name=name,
        initials=free_initials(name, people),
        email=address,
        aliases=() if name == text else (text,),
    )


def readable_name(text: str) -> str:
    """Turn an address or 'Bell, Marcus' into 'Marcus Bell'; everything else stays as it is."""
    address = re.fullmatch(r"([^@\s]+)@[^@\s]+\.[^@\s]+", text)
    if address:
        words = [word for word in re.split(r"[._+-]+", address[1]) if word]
        return " ".join(word.capitalize() for word in words) or text
    turned = re.fullmatch(r"([^,\s]+(?: [^,\s]+)?), ([^,\s]+(?: [^,\s]+)?)", text)
    return f"{turned[2]} {turned[1]}" if turned else text


def free_id(name: str, people: Iterable[Person]) -> str:
    """Make an id that nobody has."""
    wanted, taken = person_id(name), {person.id for person in people}
    return next(each for each in _numbered(wanted) if each not in taken)


def _numbered(text: str) -> Iterator[str]:
    yield text
    number = 2
    while True:
        yield f"{text}-{number}"
        number += 1


def free_initials(name: str, people: Iterable[Person]) -> str:
    """Make initials that nobody has: first and last letter of the names, more of the surname, then a number."""
    taken = {person.initials.casefold() for person in people}
    return next(each for each in _initials(name) if each.casefold() not in taken)


def _initials(name: str) -> Iterator[str]:
    words = ["".join(char for char in word if char.isalnum()) for word in re.split(r"[\s._@/-]+", name)]
    words = [word for word in words if word] or ["X"]
    first, last = words[0], words[-1]
    if len(words) > 1 and last.isdecimal():
        yield f"{first[0]}{int(last)}".upper()[:MOST_INITIALS]
    elif len(words) > 1:
        for length in range(1, min(len(last), MOST_INITIALS - 1) + 1):
            yield f"{first[0]}{last[:length]}".upper()[:MOST_INITIALS]
    else:
        for length in range(2, MOST_INITIALS + 1):
            yield first[:length].upper()[:MOST_INITIALS]
    for number in range(2, 1000):
        yield f"{first[0].upper()[:1]}{number}"


def matching(people: Iterable[Person], text: str) -> list[Person]:
    """Find who is meant by a name, an address, initials, or the first letters of a name."""
    people = tuple(people)
    exact = find_person(people, text)
    if exact is not None:
        return [exact]
    wanted = text.casefold()
    if by_initials := [person for person in people if person.initials.casefold() == wanted]:
        return by_initials
    whole = [person for person in people if wanted in person.name.casefold().split()]
    return whole or [person for person in people if person.name.casefold().startswith(wanted)]
