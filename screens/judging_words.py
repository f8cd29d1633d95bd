"""What is understood of an answer under a promise: a day, or the next step."""

from review.closeout import preview
from review.dates import no_date, read_date, say_date
from review.meeting import Meeting
from tui.widgets.data import Feedback, Tone


def date_feedback(meeting: Meeting, text: str) -> Feedback:
    """Say which day a text means."""
    order = meeting.settings.date_order
    day = read_date(text, meeting.day, order)
    if day is not None:
        return Feedback(marks=((Tone.OK, say_date(day, meeting.day), ""),))
    return Feedback(
        ok=False, marks=((Tone.ACT, "date", f" {no_date(text, order) or 'a day from today on, like fri'}"),)
    )


def step_feedback(meeting: Meeting, deal: str, text: str) -> Feedback:
    """Say which step, day and owner a line means, and what is missing."""
    seen = preview(meeting, deal, text)
    marks: list[tuple[Tone, str, str]] = []
    for field, said in (
        ("step", "step"),
        ("date", say_date(seen.day, meeting.day) if seen.day else ""),
        ("owner", seen.owner.name if seen.owner else ""),
    ):
        wrong = seen.violation(field)
        marks.append((Tone.OK, said, "") if wrong is None else (Tone.ACT, field, f" {wrong.sentence}"))
    if seen.asks is not None:
        marks.append((Tone.WATCH, seen.asks.sentence, ""))
    return Feedback(ok=seen.green, marks=tuple(marks))
