"""Small repairs that a typed step is offered: another day in it, and who its unknown initials are."""

from datetime import date

from review.dates import MONTHS, MOST_WORDS, read_form
from review.line import BEFORE_A_DATE, read_line, with_initials
from review.meeting import Meeting

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


def with_initials_of(text: str, word: str, initials: str) -> str:
    """Give a line whose last `word` is somebody's initials now; they are put behind it where `word` is empty."""
    if not word:
        return f"{text.rstrip()} {initials}"
    words = text.split()
    place = max(at for at, each in enumerate(words) if each.rstrip(".,") == word)
    return " ".join([*words[:place], initials, *words[place + 1 :]])
