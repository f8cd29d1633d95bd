"""Events of what goes out and comes back in writing (method, section 11)."""

from datetime import date

from review.event import Event


class SheetsMade(Event, frozen=True, kw_only=True, tag="sheets made"):
    """The reps' sheets were written: who stands on one with what a rule will do was told."""

    day: date
    people: tuple[str, ...]
    told: tuple[str, ...] = ()
    """Deals that stand on a sheet with their reason."""


class AnswersTaken(Event, frozen=True, kw_only=True, tag="answers taken"):
    """Filled-in sheets were read in; what they say follows in the same batch."""

    day: date
    lines: dict[str, dict[str, str]]
    """Person id to the keys of the lines answered, each with what was written there."""
    sources: tuple[str, ...] = ()
