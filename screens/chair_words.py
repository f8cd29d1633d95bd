"""What the manager's own terminal says of one rep: what to ask, one focus, the rep's own words, and notes."""

from datetime import date
from typing import Final

from msgspec import Struct
from textual.content import Content

from review.coaching import (
    LISTEN,
    Calibration,
    DealQuestion,
    Focus,
    Prompt,
    calibration,
    next_questions,
    prompt_on,
    proposed_focus,
    said_call,
)
from review.coaching_sheet import say_calibration
from review.meeting import Meeting
from review.money import short_money
from review.onscreen import Point
from review.people import Person
from review.ports import Standing
from review.private_notes import Entry, EntryKind, Private, about
from review.settings import Settings
from review.words import day_month
from tui.widgets.data import RailGroup, RailLine, Tone, plain, values

Said = tuple[Content, Content]
UNREADABLE: Final = "cannot be read"
NOTES: Final = 6
"""Notes that are shown; the others stand on the sheet."""
TITLES: Final = {
    EntryKind.NOTE: "Note on",
    EntryKind.QUESTION: "Ask next time:",
    EntryKind.FOCUS: "One focus for",
    EntryKind.WORDS: "In the words of",
}
LABELS: Final = {
    EntryKind.NOTE: "Note",
    EntryKind.QUESTION: "Question",
    EntryKind.FOCUS: "Focus",
    EntryKind.WORDS: "They said",
}
BODIES: Final = {
    EntryKind.NOTE: "What was done, not who somebody is. Nobody else reads it.",
    EntryKind.QUESTION: "It stands here and on the sheet until it was asked.",
    EntryKind.FOCUS: "One behaviour, until it is reached; a new one takes its place.",
    EntryKind.WORDS: "As the rep says it: what, and by when they will know.",
}
PROMPTS: Final = {
    EntryKind.NOTE: "asked for the date before the price",
    EntryKind.QUESTION: "how did the talk with the CFO go?",
    EntryKind.FOCUS: "agree on steps that the customer takes",
    EntryKind.WORDS: "I ask every sponsor who signs, this week",
}


class ChairView(Struct, frozen=True, kw_only=True):
    """Everything about one rep at one moment."""

    person: Person
    deal: str = ""
    title: str = ""
    """The deal on the room's screen, where it is this rep's."""
    prompt: Prompt
    mine: Private
    proposed: Focus | None
    calibration: Calibration | None
    questions: tuple[DealQuestion, ...]
    awaited: bool
    """Whether a number of the rep's is still to be said today."""


def chair_view(
    standing: Standing, day: date, person: Person, entries: tuple[Entry, ...], meeting: Meeting | None, point: Point
) -> ChairView:
    """Work out what is said of a rep; `meeting` where a review runs."""
    ledger, settings = standing.ledger, standing.settings
    here = meeting is not None and point.person == person.id
    deal = point.deal if here else ""
    questions = next_questions(ledger, settings, day, person.id)
    if meeting is not None and deal:
        prompt = prompt_on(meeting, deal)
    elif (here and point.scope == "forecast") or not questions:
        prompt = LISTEN
    else:
        first = questions[0]
        prompt = Prompt(first.ask, f"First {first.title}, and nothing else.", first.why)
    return ChairView(
        person=person,
        deal=deal,
        title=ledger.deals[deal].crm.title if deal else "",
        prompt=prompt,
        mine=about(entries, person.id),
        proposed=proposed_focus(ledger, settings, day, person.id),
        calibration=calibration(ledger, settings, day, person, said_call(ledger, settings, day, person.id, meeting)),
        questions=questions,
        awaited=meeting is not None or any(call.person == person.id for call in ledger.calls),
    )


# Rows


def unreadable(why: str) -> tuple[tuple[Said, ...], ...]:
    """Say in full why nothing can be shown."""
    return (((_label("Why"), _text(why)),),)


def rows_of(view: ChairView) -> tuple[tuple[Said, ...], ...]:
    """Lay everything out in groups of rows."""
    return (_coaching(view), _standing(view), _calibration(view), _questions(view), _notes(view))


def _coaching(view: ChairView) -> tuple[Said, ...]:
    rows = [(_label("Ask first"), values(view.prompt.ask)), (_label("One thing"), _text(view.prompt.one_thing))]
    if view.prompt.why:
        rows.append((_label("Because"), _text(view.prompt.why)))
    return tuple(rows)


def _standing(view: ChairView) -> tuple[Said, ...]:
    mine, name = view.mine, view.person.first_name
    if mine.focus is not None:
        focus = _dated(mine.focus)
    elif view.proposed is not None:
        focus = Content.assemble(
            (plain(view.proposed.text), "$foreground"), (f"\nproposed: {view.proposed.why}", "$dim")
        )
    else:
        focus = Content.styled("nothing shows often enough to propose one", "$dim")
    words = Content.styled(f"nothing yet: ask what {plain(name)} will do, and write it as said", "$dim")
    if mine.words is not None:
        said = (f"“{plain(mine.words.text)}”", "bold $bright")
        words = Content.assemble(said, (f"   {day_month(mine.words.day)}", "$dim"))
    return ((_label("One focus"), focus), (_label("Their words"), words))


def _calibration(view: ChairView) -> tuple[Said, ...]:
    found = view.calibration
    if found is None:
        said = f"shown once {plain(view.person.first_name)} has said the number" if view.awaited else "no number yet"
        return ((_label("Calibration"), Content.styled(said, "$dim")),)
    stated = values(short_money(found.stated))
    if found.middle is None or found.low is None or found.high is None:
        line = Content.assemble(stated, (" stated", "$foreground"))
    else:
        span = f" to {short_money(found.high)}" if found.high != found.low else ""
        line = Content.assemble(
            stated,
            (f" stated   by the own last quarters {short_money(found.low)}{span}, ", "$foreground"),
            (short_money(found.middle), "bold $bright"),
            (" in all", "$foreground"),
        )
    return ((_label("Calibration"), line), (_label(""), Content.styled(say_calibration(found.accuracy), "$dim")))


def _questions(view: ChairView) -> tuple[Said, ...]:
    said = [_dated(entry) for entry in view.mine.questions]
    said += [
        Content.assemble((plain(one.title), "bold $bright"), (f"   {one.ask}", "$foreground"))
        for one in view.questions
        if one.deal != view.deal
    ]
    return tuple((_label("" if at else "Ask next"), line) for at, line in enumerate(said))


def _notes(view: ChairView) -> tuple[Said, ...]:
    said = [_dated(entry) for entry in view.mine.notes[:NOTES]]
    hidden = len(view.mine.notes) - len(said)
    said += [Content.styled(f"{hidden} more on the sheet", "$dim")] if hidden > 0 else []
    return tuple((_label("" if at else "Notes"), line) for at, line in enumerate(said))


def _dated(entry: Entry) -> Content:
    return Content.assemble((plain(entry.text), "$foreground"), (f"   {day_month(entry.day)}", "$dim"))


def _label(word: str) -> Content:
    return Content.styled(word, "$dim")


def _text(text: str) -> Content:
    return Content.styled(plain(text), "$foreground")


# Around the plane


def room_is_on(name: str | None) -> str:
    """Say whom the room is on."""
    return f"the room: {name}" if name else "for you alone"


def people_of(settings: Settings) -> tuple[Person, ...]:
    """Give those who are coached: everybody who carries deals but the manager."""
    return tuple(person for person in settings.reps if not person.manager)


def rail_group(
    settings: Settings, names: dict[str, str], shown: str, point: Point, entries: tuple[Entry, ...]
) -> RailGroup:
    """List the reps: who is looked at, who the room is on, who has questions waiting."""
    lines = []
    for person in people_of(settings):
        waiting = len(about(entries, person.id).questions)
        note = "the room" if person.id == point.person else ""
        lines.append(
            RailLine(
                names.get(person.id, person.name),
                right=f"{waiting} to ask" if waiting else "",
                note=note,
                tone=Tone.NOW if person.id == shown else Tone.PLAIN,
                to=person.id,
            )
        )
    return RailGroup(title="Reps", lines=tuple(lines))
