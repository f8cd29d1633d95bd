"""What is understood of an answer under a promise: a day, or the next step."""

from collections.abc import Sequence
from datetime import date

from review.closeout import preview, think_of
from review.dates import no_date, read_date, say_date
from review.gate import Caution
from review.meeting import Meeting
from tui.widgets.data import Feedback, Tone

Mark = tuple[Tone, str, str]


def date_feedback(meeting: Meeting, text: str, owner: str = "", deal: str = "") -> Feedback:
    """Say which day a text means for a promise of `owner`, and what to think of; `deal` is that of a next step."""
    order = meeting.settings.date_order
    day = read_date(text, meeting.day, order)
    if day is not None:
        return Feedback(marks=(day_mark(meeting, day, think_of(meeting, day, meeting.person(owner), deal)),))
    return Feedback(
        ok=False, marks=((Tone.ACT, "date", f" {no_date(text, order) or 'a day from today on, like fri'}"),)
    )


def day_mark(meeting: Meeting, day: date, found: Sequence[Caution]) -> Mark:
    """Say a day as understood, with what to think of."""
    think = " · ".join(caution.sentence for caution in found)
    said = say_date(day, meeting.day)
    return (Tone.WATCH, said, f": {think}") if think else (Tone.OK, said, "")


def step_feedback(meeting: Meeting, deal: str, text: str) -> Feedback:
    """Say which step, day and owner a line means, and what is missing."""
    seen = preview(meeting, deal, text)
    marks: list[Mark] = []
    for field, mark in (
        ("step", (Tone.OK, "step", "")),
        ("date", day_mark(meeting, seen.day or meeting.day, seen.cautions)),
        ("owner", (Tone.OK, seen.owner.name if seen.owner else "", "")),
    ):
        wrong = seen.violation(field)
        marks.append(mark if wrong is None else (Tone.ACT, field, f" {wrong.sentence}"))
    if seen.asks is not None:
        marks.append((Tone.WATCH, seen.asks.sentence, ""))
    return Feedback(ok=seen.green, marks=tuple(marks))


class DayCheck:
    """Understands a day from today on, at most some days ahead."""

    def __init__(self, meeting: Meeting, days: int) -> None:
        """Count from the review's day."""
        self._meeting, self._days = meeting, days

    def __call__(self, text: str) -> Feedback:
        """Say which day is meant, or that it is too far."""
        day = read_date(text, self._meeting.day, self._meeting.settings.date_order)
        if day is not None and (day - self._meeting.day).days > self._days:
            return Feedback(ok=False, marks=((Tone.ACT, "date", f" more than {self._days} days ahead"),))
        return understood(day, self._meeting, text)


def understood(day: date | None, meeting: Meeting, text: str) -> Feedback:
    """Say a day as understood, or what a date looks like."""
    if day is None:
        return Feedback(ok=False, marks=((Tone.ACT, "date", " like fri, 26 nov or +2w"),) if text.strip() else ())
    return Feedback(marks=((Tone.OK, say_date(day, meeting.day), ""),))
