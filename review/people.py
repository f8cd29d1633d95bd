"""The people of the review: reps, the manager, and whoever was added on the spot."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct


class Absence(Struct, frozen=True):
    """A stretch of days on which somebody is away, both ends included."""

    first: date
    last: date


class Person(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who can own a commitment."""

    id: str
    """Short and stable: the name in lower case with hyphens."""
    name: str
    """The name as the CRM writes it."""
    initials: str = ""
    email: str = ""
    manager: bool = False
    carries: bool = True
    """Whether this person has deals and takes a turn in the room."""
    aliases: tuple[str, ...] = ()
    """Other spellings that exports use for this person: ids, codes, 'Last, First'."""
    start: date | None = None
    left: date | None = None
    quota: Decimal | None = None
    """Per period, before ramp."""
    absences: tuple[Absence, ...] = ()

    @property
    def first_name(self) -> str:
        """The name used where room is short."""
        return self.name.split()[0] if self.name.split() else self.name

    def is_away(self, day: date) -> bool:
        """Tell whether `day` lies in one of the absences."""
        return any(away.first <= day <= away.last for away in self.absences)


def person_id(name: str) -> str:
    """Make the id of a person from a name: letters and digits of any script, the rest hyphens."""
    kept = "".join(char.lower() if char.isalnum() else " " for char in name)
    return "-".join(kept.split()) or "nobody"


def find_person(people: Iterable[Person], text: str) -> Person | None:
    """Find a person by id, name, e-mail or alias, case ignored, else by the words of the name in any order.

    Where that finds nobody, accents are ignored too: exports lose them.

    None where nobody or several match.
    """
    wanted = text.strip().casefold()
    everyone = tuple(people)
    found = [
        person
        for person in everyone
        if wanted
        in {person.id, person.name.casefold(), person.email.casefold(), *(a.casefold() for a in person.aliases)}
    ]
    if not found and len(words := _words(wanted)) > 1:
        # “Bell, Marcus” and “Bell Marcus” are Marcus Bell.
        found = [person for person in everyone if _words(person.name.casefold()) == words]
        if not found:
            plain = _words(_bare(wanted))
            found = [person for person in everyone if _words(_bare(person.name)) == plain]
    return found[0] if len(found) == 1 and wanted else None


def _bare(name: str) -> str:
    """Take the accents off a name: Jürgen Groß → jurgen gross."""
    split = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in split if not unicodedata.combining(char))


def _words(name: str) -> list[str]:
    return sorted(name.replace(",", " ").split())


def display_names(people: Iterable[Person]) -> dict[str, str]:
    """Map person ids to the shortest clear name: the first name, or the full one where two share it."""
    everyone = tuple(people)
    firsts = [person.first_name for person in everyone]
    return {p.id: p.first_name if firsts.count(p.first_name) == 1 else p.name for p in everyone}
