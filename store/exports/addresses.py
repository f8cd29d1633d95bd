"""People's e-mail as it is known today: an address is no fact of a review, and one added later goes along at once."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from review.people import Person
from store.exports.outgoing import Outgoing, Recipient


def addressed(outgoing: Outgoing, people: Iterable[Person]) -> Outgoing:
    """Put today's addresses in, by name; whoever had left by the day of the review gets no mail.

    A name that two people share, or that is in the team no longer, keeps what the review knew.
    """
    team = tuple(people)
    names = Counter(person.name for person in team)
    known = {person.name: person for person in team if names[person.name] == 1}

    def address(name: str, before: str) -> str:
        return (known[name].email or before) if name in known else before

    rows = tuple(replace(row, email=address(row.owner, row.email)) for row in outgoing.rows)
    sender = outgoing.sender
    return replace(
        outgoing,
        rows=rows,
        recipients=_recipients(outgoing, known),
        sender=replace(sender, email=address(sender.name, sender.email)) if sender else None,
    )


def _recipients(outgoing: Outgoing, known: dict[str, Person]) -> tuple[Recipient, ...]:
    """Give those of the review, and whoever of its owners had no address then, in the order of the team."""
    was = {one.name: one for one in outgoing.recipients}
    named = {row.owner for row in outgoing.rows}
    found = [one for one in outgoing.recipients if one.name not in known]
    found += [
        Recipient(person.name, person.email or was[person.name].email)
        for person in known.values()
        if (person.name in was or (person.email and person.name in named)) and not _gone(person, outgoing.day)
    ]
    order = {name: place for place, name in enumerate((*was, *known))}
    return tuple(sorted(found, key=lambda one: order[one.name]))


def _gone(person: Person, day: date) -> bool:
    return person.left is not None and person.left < day
