"""A list of people joined with the team: codes get names, addresses and quotas, and who is missing comes in."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from review.people import Person, find_person
from review.records import DealRecord, Ledger
from review.settings import Settings
from review.team import free_id, free_initials


def with_roster(settings: Settings, roster: Iterable[Person], has_deals: Callable[[Person], bool]) -> Settings:
    """Give the team with what the list knows of it; what the settings say themselves stays.

    Whoever is on the list alone comes in with a quota or deals; the rest, such as managers, is not in the room.
    """
    people = list(settings.people)
    for listed in roster:
        known = _known(people, listed)
        if known is not None:
            people[people.index(known)] = _filled(known, listed)
        elif listed.quota is not None or has_deals(listed):
            fresh = replace(
                listed, id=free_id(listed.name, people), initials=listed.initials or free_initials(listed.name, people)
            )
            people.append(fresh)
    return replace(settings, people=tuple(people))


def _known(people: Iterable[Person], listed: Person) -> Person | None:
    everyone = tuple(people)
    spellings = (listed.name, listed.email, *listed.aliases)
    return next((found for text in spellings if text and (found := find_person(everyone, text))), None)


def _filled(known: Person, listed: Person) -> Person:
    """Fill in what is not known of somebody."""
    spellings = {text.casefold() for text in (known.name, known.email, *known.aliases)}
    more = tuple(text for text in (listed.name, *listed.aliases) if text.casefold() not in spellings)
    # Where the only name known so far is a code of the list, the list knows better.
    coded = known.name.casefold() in {alias.casefold() for alias in listed.aliases}
    name, aliases = (listed.name, (known.name, *known.aliases)) if coded else (known.name, known.aliases)
    return replace(
        known,
        name=name,
        email=known.email or listed.email,
        aliases=tuple(dict.fromkeys(alias for alias in (*aliases, *more) if alias != name)),
        start=known.start or listed.start,
        left=known.left or listed.left,
        quota=known.quota if known.quota is not None else listed.quota,
    )


def owners_among(records: Iterable[DealRecord]) -> set[str]:
    """Give what the CRM calls the owners of deals, case folded."""
    return {text.casefold() for record in records for text in (record.crm.owner, record.crm.owner_email)}


def owners_of(ledger: Ledger) -> Callable[[Person], bool]:
    """Tell of a person whether a deal names them as its owner."""
    owners = owners_among(ledger.current.values()).union(*(box.owners for box in ledger.settled.boxes))
    return lambda person: bool(
        owners & {text.casefold() for text in (person.name, person.email, *person.aliases) if text}
    )


def rematched(ledger: Ledger, people: Iterable[Person]) -> Ledger:
    """Give the ledger with an owner's person where the text was nobody's before."""
    everyone = tuple(people)
    found: dict[str, str] = {}
    changed = {}
    for key, record in ledger.deals.items():
        if record.rep:
            continue
        text = record.crm.owner or record.crm.owner_email
        if text not in found:
            person = find_person(everyone, text)
            found[text] = person.id if person else ""
        if found[text]:
            changed[key] = replace(record, rep=found[text])
    return ledger.with_deals(changed) if changed else ledger
