"""The hour as it went: what was decided in each section, in order, from the minutes' events."""

from msgspec import Struct

from review.events import Amended, Locked, SectionEntered
from review.fold import Minutes
from review.line import plain_step
from review.settings import SectionId


class Passage(Struct, frozen=True, kw_only=True):
    """One stretch of the hour in one section."""

    section: SectionId
    title: str
    decided: tuple[str, ...]
    """In words, in the order in which it was decided; what was taken back is left out."""


def timeline(minutes: Minutes) -> tuple[Passage, ...]:
    """Give the passages in order; a section that was entered twice stands twice. What is amended later is not in it.

    Instants are left out: how long a deal or a person took is the manager's to know (method, section 2).
    """
    titles = {section.id: section.title for section in minutes.meeting.settings.sections}
    undone = minutes.undone
    section: SectionId = "forecast"
    found: list[tuple[SectionId, list[str]]] = [(section, [])]
    for batch in minutes.batches:
        if batch.id in undone or any(isinstance(event, Amended) for event in batch.events):
            continue
        for event in batch.events:
            if isinstance(event, SectionEntered) and event.section != section:
                section = event.section
                found.append((section, []))
        if batch.decision and batch.what and not isinstance(batch.events[-1], Locked):
            found[-1][1].append(plain_step(batch.what))
    return tuple(Passage(section=ident, title=titles[ident], decided=tuple(said)) for ident, said in found)
