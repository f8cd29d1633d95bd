"""What is being typed in the room, as a wall screen shows it: the line, and under it what is understood."""

from typing import Final

from review.after_room import AfterRoom
from review.onscreen import asked_item
from review.people import Person
from screens.amounts import understood
from screens.following_view import EMPTY, Look, Said, label
from screens.judging import PROMPTS
from tui.widgets.data import values

FORECAST: Final = (
    ("number", "Says"),
    ("reason", "What changed"),
    ("following", "And next"),
    ("then-reason", "What changed"),
    ("corrected", "Best case"),
)
"""Lines of a person in Forecast, in their order: ids and labels."""
NUMBERS: Final = ("number", "following")


def in_forecast(look: Look, person: Person) -> tuple[Said, ...]:
    """Give what is typed as somebody's number, its reason, or the answer to a promise."""
    rows: list[Said] = []
    asks = look.draft.place.get("asks", "")
    answer = look.draft.texts.get(f"forecast:{asks}", "")
    if answer.strip():
        rows.append((label(PROMPTS[asks.partition(":")[0]][0]), values(answer)))
    for field, name in FORECAST:
        rows += _number(look, person, f"forecast:{person.id}:{field}", name, field)
    return tuple(rows)


def in_creation(look: Look) -> tuple[Said, ...]:
    """Give what is typed as the lesson of a loss or as somebody's number."""
    item = asked_item(look.meeting, look.draft.place.get("creation item", ""))
    if item is None:
        return ()
    typed = ((kind, look.draft.texts.get(f"creation:{item.id}:{kind}", "")) for kind in ("lesson", "number"))
    return tuple((label(kind.capitalize()), values(text)) for kind, text in typed if text.strip())


def in_actions(look: Look, person: Person, entry: AfterRoom) -> tuple[Said, ...]:
    """Give what is typed as the call after the room."""
    return _number(look, person, f"actions:{entry.person}:{entry.period}:amount", "Says", "number")


def _number(look: Look, person: Person, key: str, name: str, field: str) -> tuple[Said, ...]:
    text = look.draft.texts.get(key, "")
    if not text.strip():
        return ()
    line = label(name), values(text)
    if field not in NUMBERS:
        return (line,)
    said = understood(look.meeting, person.id, text, following=field == "following").line()
    return (line, (EMPTY, said)) if said else (line,)
