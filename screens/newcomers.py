"""Somebody whom a line means and nobody knows is added where the line is typed (method, section 4)."""

from review.intents import AddPerson
from review.line_edits import Newcomer
from review.people import Person, find_person
from screens.dialogs.ask import Ask
from screens.doing import Doing


def ask_who(found: Newcomer) -> Ask:
    """Ask for the full name."""
    body = f"“{found.word}” are nobody’s initials. " if found.word else ""
    body += "Whoever is added can own steps and actions from now on."
    return Ask("Who is it?", "Name", body=body, value=found.name, prompt="full name")


def known_as(screen: Doing, name: str) -> Person | None:
    """Give the person of that name, added if nobody has it; None where it is refused, which the screen shows."""
    person = find_person(screen.meeting.settings.people, name)
    if person is None and screen.do(AddPerson(name=name)):
        return screen.meeting.settings.people[-1]
    return person
