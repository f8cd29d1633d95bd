"""Small repairs that a typed step is offered: another day in it, who its initials are, last week's words to edit."""

from datetime import date

from msgspec import Struct

from review.closeout import Preview, standing_step
from review.dates import MONTHS, MOST_WORDS, read_form, short_date
from review.line import BEFORE_A_DATE, read_line, with_initials
from review.meeting import Meeting
from review.people import Person

SHORT = (2, 3)
"""Letters that initials have, at least and at most."""


def with_day(meeting: Meeting, text: str, day: date) -> str:
    """Give a line with another day in the place of its own, or behind it where it has none."""
    written = f"{day.day} {MONTHS[day.month - 1][:3]}"
    if day.year != meeting.day.year:
        written += f" {day.year}"
    words = text.split()
    order = meeting.settings.date_order
    for end in range(len(words), 0, -1):
        for start in range(max(0, end - MOST_WORDS), end):
            form = read_form([*words[start : end - 1], words[end - 1].rstrip(".,")], order)
            if form is not None and form.kind != "yesterday":
                return " ".join([*words[:start], written, *words[end:]])
    return " ".join([*words, written])


class Fill(Struct, frozen=True):
    """What one key would make of a step's line."""

    text: str
    """The line after it."""
    words: str
    """What the key does: 'edits it', 'means Marcus Bell', 'takes Tue 24 Nov'."""


def fill(meeting: Meeting, deal: str, text: str, seen: Preview) -> Fill | None:
    """Give what Tab offers: the step that stands, to be edited; the owner that a name means; the next working day.

    `seen` is the line as it was understood.
    """
    if not text.strip():
        standing = standing_step(meeting, deal)
        if standing is None:
            return None
        old = standing.commitment
        owner = None if standing.owner == meeting.record(deal).rep else meeting.person(standing.owner)
        day = standing.day if standing.day is not None and standing.day >= meeting.day else None
        return Fill(as_typed(standing.text, day, owner, agreed=old is not None and old.agreed), "edits it")
    person = owner_meant(meeting, text)
    if person is not None:
        return Fill(" ".join([*text.split()[:-1], person.initials]), f"means {person.name}")
    caution = next((one for one in seen.cautions if one.offer is not None), None)
    if caution is None or caution.offer is None:
        return None
    return Fill(with_day(meeting, text, caution.offer), f"takes {short_date(caution.offer)}")


def as_typed(step: str, day: date | None, owner: Person | None, *, agreed: bool) -> str:
    """Write a step as it is typed; `owner` where it is not the deal's rep."""
    parts = [step]
    if day is not None:
        parts.append(f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}")
        parts += [owner.initials] if owner is not None else []
    return " ".join([*parts, *["!"] * agreed])


def owner_meant(meeting: Meeting, text: str) -> Person | None:
    """Find the one person whose name begins as the word behind the line's date does; None where it is initials."""
    words = text.split()
    if len(words) < 2:
        return None
    word, people = words[-1].casefold(), meeting.settings.people
    if not word.isalpha() or len(word) < SHORT[0] or with_initials(people, word) or word in BEFORE_A_DATE:
        return None
    order = meeting.settings.date_order
    before = read_line(" ".join(words[:-1]), today=meeting.day, people=people, owner=None, order=order)
    whole = read_line(text, today=meeting.day, people=people, owner=None, order=order)
    if before.day is None or before.owner is not None or whole.day is not None:
        return None
    meant = [one for one in people if any(part.startswith(word) for part in one.name.casefold().split())]
    return meant[0] if len(meant) == 1 and meant[0].initials else None


def unknown_initials(meeting: Meeting, text: str) -> str:
    """Give the word at the end of a line that would be initials if anybody had them; empty where there is none."""
    words = text.split()
    end = len(words)
    while end and words[end - 1].rstrip(".,") in ("!", ""):
        end -= 1
    if end < 2:
        return ""
    word = words[end - 1].rstrip(".,")
    people = meeting.settings.people
    if not word.isalpha() or not SHORT[0] <= len(word) <= SHORT[1] or with_initials(people, word):
        return ""
    if word.casefold() in BEFORE_A_DATE:
        return ""
    rest = [*words[: end - 1], *words[end:]]
    order = meeting.settings.date_order
    whole, without = (
        read_line(" ".join(part), today=meeting.day, people=people, owner=None, order=order) for part in (words, rest)
    )
    return word if whole.day is None and without.day is not None and without.step else ""


class Newcomer(Struct, frozen=True):
    """Somebody who could be added on the spot, of whom the initials or the name may be empty."""

    word: str
    """Initials at the end of the line that nobody has."""
    name: str


def newcomer_in(meeting: Meeting, deal: str, text: str, seen: Preview) -> Newcomer | None:
    """Give who is missing for a line to be taken: whom its initials mean, or an owner where the deal's is not ours."""
    if seen.green:
        return None
    word = unknown_initials(meeting, text)
    if word:
        return Newcomer(word, "")
    if [violation.field for violation in seen.violations] == ["owner"] and text.strip():
        return Newcomer("", meeting.record(deal).crm.owner)
    return None


def with_initials_of(text: str, word: str, initials: str) -> str:
    """Give a line whose last `word` is somebody's initials now; they are put behind it where `word` is empty."""
    if not word:
        return f"{text.rstrip()} {initials}"
    words = text.split()
    place = max(at for at, each in enumerate(words) if each.rstrip(".,") == word)
    return " ".join([*words[:place], initials, *words[place + 1 :]])
