"""A review that was left: what becomes of it, and its decisions as drafts of the next one."""

from datetime import datetime
from typing import Final

from textual.content import Content

from review.aside import Offered, last_fact, say_offered
from review.export_age import say_span
from review.fold import Minutes
from review.words import day_month
from screens.dialogs.choose import Choice, Choose
from screens.drafting import Drafting
from screens.inspection_noting import field_id
from tui.widgets.data import plain

GO_ON: Final = "go on"
LOCK: Final = "lock"
SET_ASIDE: Final = "set aside"


def what_becomes_of(minutes: Minutes, now: datetime) -> Choose:
    """Ask what becomes of a review whose last fact is hours old."""
    meeting = minutes.meeting
    since = say_span(int((now - last_fact(minutes)).total_seconds()))
    return Choose(
        f"The review of {meeting.day:%a} {day_month(meeting.day)} is still running",
        (
            Choice(GO_ON, "Go on", "where it was left, on its own date"),
            Choice(LOCK, "Lock it as it stands", f"on its own date, {day_month(meeting.day)}"),
            Choice(SET_ASIDE, "Set it aside", "kept, not held; decisions wait as drafts in the next"),
        ),
        body=f"Its last fact is {since} old.",
    )


def offer(drafting: Drafting, found: Offered, people: frozenset[str]) -> None:
    """Put the decisions of a review that was set aside into the drafts of the one that begins."""
    for deal, line in found.steps.items():
        drafting.type(f"{deal}:step", line)
    for deal, answers in found.notes.items():
        for question, text in answers.items():
            drafting.type(f"{deal}:{field_id(question)}", text)
    for person, (number, reason) in found.calls.items():
        if person in people:
            drafting.type(f"forecast:{person}:number", number)
            drafting.type(f"forecast:{person}:reason", reason)
    for person, (number, reason) in found.next_calls.items():
        if person in people:
            drafting.type(f"forecast:{person}:following", number)
            drafting.type(f"forecast:{person}:then-reason", reason)
    for deal, words in found.others.items():
        if deal:
            drafting.type(again_key(deal), f"{found.day:%a} {day_month(found.day)}: {', '.join(words)}")


def aside_words(found: Offered) -> Content:
    """Say what a review that was set aside leaves to this one."""
    said = f"{found.day:%a} {day_month(found.day)}: {say_offered(found)}"
    return Content.styled(plain(said), "$foreground")


def again_key(deal: str) -> str:
    """Name the draft that says what is to be decided again on a deal."""
    return f"{deal}:again"
