"""What becomes of a line of the page that sets a team up when Enter is pressed there."""

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation

from msgspec.structs import replace

from review import proposal_words
from review.people import Person
from review.proposal_lines import line_of
from review.proposals import Change, Proposals, Source, settled, with_team_lines
from review.team import MOST_INITIALS, free_initials, matching, new_person
from review.words import listed


def change(proposals: Proposals, ident: str, text: str) -> Change:
    """Take what stands in a line when Enter is pressed there."""
    line = line_of(proposals, ident)
    text = " ".join("; ".join(text.splitlines()).split())
    if text == " ".join(line.text.split()):
        return _taken(proposals, ident, text)
    kind, _, name = ident.partition(":")
    if kind == "person":
        return _person(proposals, ident, name, text)
    if kind == "stage":
        return _stage(proposals, ident, name, text)
    return _SINGLE[kind](proposals, text)


def _taken(proposals: Proposals, ident: str, text: str) -> Change:
    """Take a line as it stands: an open one with a value is confirmed by that."""
    if ident == "manager" and not text:
        return Change(None, "Type your name: somebody has to drive the review.")
    open_still = proposals.sources[ident] is Source.OPEN and not text
    return Change(proposals if open_still or proposals.sources[ident] is not Source.OPEN else settled(proposals, ident))


# The manager


def _manager(proposals: Proposals, text: str) -> Change:
    if not text:
        return Change(None, "Type your name: somebody has to drive the review.")
    if not any(char.isalpha() for char in text):
        return Change(None, f"“{text}” is no name.")
    others = tuple(_without_manager(proposals))
    everybody = (*others, *proposals.left_out)
    found = matching(everybody, text)
    if len(found) > 1:
        return Change(None, f"{listed([person.name for person in found])}: which one? Type a little more.")
    driver = replace(found[0] if found else replace(new_person(text, everybody), carries=False), manager=True)
    people = tuple(driver if person.id == driver.id else person for person in others)
    people = people if driver in people else (driver, *people)
    left = tuple(person for person in proposals.left_out if person.id != driver.id)
    after = replace(proposals, settings=replace(proposals.settings, people=people), left_out=left)
    owns = Source.FILE if driver.id in proposals.told.owned else Source.YOU
    after = replace(after, sources={**after.sources, "manager": Source.YOU, "carries": owns})
    said = f"{driver.name} drives" + ("" if found else ", and has no deals in the export")
    return Change(with_team_lines(after), said)


def _without_manager(proposals: Proposals) -> Iterable[Person]:
    """Give the team as it is when nobody drives: whoever was there for that only is not in it."""
    for person in proposals.settings.people:
        if not person.manager:
            yield person
        elif person.carries or person.id in proposals.told.owned:
            yield replace(person, manager=False, carries=True)


def _carries(proposals: Proposals, text: str) -> Change:
    driver = proposals.settings.manager
    if driver is None:
        return Change(None, "Say first who you are.")
    answer = {"y": True, "yes": True, "n": False, "no": False}.get(text.casefold())
    if answer is None:
        return Change(None, "Type yes or no.")
    people = tuple(replace(p, carries=answer) if p.manager else p for p in proposals.settings.people)
    said = "takes a turn in the room too" if answer else "has no turn in the room"
    after = settled(proposals, "carries", replace(proposals.settings, people=people))
    return Change(with_team_lines(after), f"{driver.name} {said}")


# The team and the stages


def _person(proposals: Proposals, ident: str, key: str, text: str) -> Change:
    settings = proposals.settings
    person = next(each for each in (*settings.people, *proposals.left_out) if each.id == key)
    others = tuple(each for each in settings.people if each.id != key)
    if not text:
        if person.manager:
            return Change(None, f"{person.name} drives the review. Say first that somebody else does.")
        after = settled(proposals, ident, replace(settings, people=others))
        return Change(replace(after, left_out=(*proposals.left_out, person)), f"{person.name} is left out")
    name, initials = _name_and_initials(text, person, others)
    trouble = _trouble(name, initials, others)
    if trouble:
        return Change(None, trouble)
    aliases = person.aliases if name == person.name else (*person.aliases, person.name)
    fresh = replace(person, name=name, initials=initials, aliases=tuple(a for a in aliases if a != name))
    order = list(proposals.sources)
    people = sorted((*others, fresh), key=lambda each: _place(order, each))
    after = settled(proposals, ident, replace(settings, people=tuple(people)))
    left = tuple(each for each in proposals.left_out if each.id != key)
    return Change(replace(after, left_out=left), f"{initials} is short for {name}")


def _place(order: list[str], person: Person) -> int:
    ident = f"person:{person.id}"
    return order.index(ident) if ident in order else -1


def _name_and_initials(text: str, person: Person, others: tuple[Person, ...]) -> tuple[str, str]:
    """Tell initials from a name: 'MB', 'Marcus Bell' or 'Marcus Bell, MB'."""
    name, _, initials = (part.strip() for part in text.partition(","))
    if initials:
        return name, initials.upper()
    if len(text) <= MOST_INITIALS and text.isalnum():
        return person.name, text.upper()
    return name, person.initials if name == person.name else free_initials(name, others)


def _trouble(name: str, initials: str, others: Iterable[Person]) -> str:
    if not (initials.isalnum() and len(initials) <= MOST_INITIALS):
        return f"Initials are one to four letters, not “{initials}”."
    for other in others:
        if other.initials.casefold() == initials.casefold():
            return f"{initials} is {other.name} already. Take others."
        if other.name.casefold() == name.casefold():
            return f"{name} is in the team already."
    return "" if any(char.isalnum() for char in name) else f"“{name}” is no name."


def _stage(proposals: Proposals, ident: str, name: str, text: str) -> Change:
    odds: Decimal | None = None
    if text:
        try:
            odds = Decimal(text.removesuffix("%").strip().replace(",", "."))
        except InvalidOperation:
            return Change(None, f"“{text}” is no number. Type odds from 0 to 100.")
        if not odds.is_finite() or not 0 <= odds <= 100:
            return Change(None, "Odds are from 0 to 100.")
    stages = tuple(replace(s, odds=odds) if s.name == name else s for s in proposals.settings.stages)
    said = f"{name}: odds not known" if odds is None else f"{name}: {odds.normalize():f} % are won"
    return Change(settled(proposals, ident, replace(proposals.settings, stages=stages)), said)


def move_stage(proposals: Proposals, name: str, step: int) -> Proposals:
    """Move a stage earlier (-1) or later (1) in the order; at the ends nothing happens."""
    stages = list(proposals.settings.stages)
    at = next(place for place, stage in enumerate(stages) if stage.name == name)
    if not 0 <= at + step < len(stages):
        return proposals
    stages[at], stages[at + step] = stages[at + step], stages[at]
    idents = iter([f"stage:{stage.name}" for stage in stages])
    order = [next(idents) if ident.startswith("stage:") else ident for ident in proposals.sources]
    sources = {ident: proposals.sources[ident] for ident in order} | {f"stage:{name}": Source.YOU}
    return replace(proposals, settings=replace(proposals.settings, stages=tuple(stages)), sources=sources)


_SINGLE: dict[str, Callable[[Proposals, str], Change]] = {
    "manager": _manager,
    "carries": _carries,
    "categories": proposal_words.categories,
    "currency": proposal_words.currency,
    "fiscal": proposal_words.fiscal,
    "quota": proposal_words.quota,
    "starters": proposal_words.starters,
    "meeting": proposal_words.meeting,
    "country": proposal_words.country,
}
