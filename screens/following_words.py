"""What a wall screen says of the running review: the words of the room’s screen, without its keys."""

from collections.abc import Callable
from typing import Final

from textual.content import Content

from review.dates import short_date
from review.hanging import hanging
from review.recap import paste_line, recap_of
from review.standing import Part, parts
from screens import recap_words
from screens.following_deals import creation, inspection
from screens.following_turns import actions, forecast
from screens.following_view import Look, Shown, label
from screens.inspection_typing import NARROW
from tui.widgets.data import LABEL_WIDTH, ClockView, RailView, Tone, plain, status, values


def shown(look: Look) -> Shown:
    """Say what the room looks at."""
    return SCOPES[look.point.scope](look)


def _lock(look: Look) -> Shown:
    meeting = look.meeting
    sums = {part: len(deals) for part, deals in parts(meeting).items()}
    active = sum(sums.values())
    have = active - sums[Part.WITHOUT]
    rows = tuple(
        (status(Tone.WATCH, one.kind.value), Content(plain(", ".join(case.name for case in one.cases))))
        for one in hanging(meeting)
    )
    return Shown(
        f"{have} of {active}",
        ("with a step, a date and an owner", ", ".join(f"{sums[part]} {part.value}" for part in sums if sums[part])),
        groups=(rows or ((status(Tone.OK, "all settled"), Content("nothing is open")),),),
        asks="That was the hour.",
        marks=Content(f"{have} of {active} with a step"),
    )


def _over(look: Look) -> Shown:
    meeting = look.meeting
    day = f"{short_date(meeting.day)} {meeting.day.year}"
    if meeting.locked is None:
        said = Content("It is kept, but not held: the next review stands on the last lock again.")
        return Shown("Set aside", (day, "the review was set aside"), groups=(((label("Review"), said),),))
    recap = recap_of(meeting, meeting.locked.row, draft=False)
    line = paste_line(meeting, meeting.locked.row)
    width = look.columns - LABEL_WIDTH - (6 if look.columns < NARROW else 44)
    amended = [(label("amended" if not at else ""), Content(plain(each))) for at, each in enumerate(recap.amendments)]
    return Shown(
        "Locked",
        (day, "the review has ended"),
        groups=(((label("The hour"), Content("\n").join(values(line).wrap(width))), *amended),),
        drawn=lambda width: recap_words.bridge_content(meeting, recap.period, width),
        marks=Content(plain(line)),
    )


SCOPES: Final[dict[str, Callable[[Look], Shown]]] = {
    "forecast": forecast,
    "inspection": inspection,
    "creation": creation,
    "actions": actions,
    "lock": _lock,
    "over": _over,
}


# Before the first review

NOTHING: Final = "No review has begun here yet."
UNREADABLE: Final = "Cannot be read"


def nothing_yet(trouble: str) -> Shown:
    """Say that nothing runs, and what to do about it; or in full why what there is cannot be read."""
    if trouble:
        return Shown(UNREADABLE, ("this screen waits", ""), groups=(((label("Why"), Content(plain(trouble))),),))
    said = "Start it with closeout in another terminal; it shows here within a second."
    return Shown("No review yet", ("this screen waits", ""), groups=(((label("Next"), Content(said)),),))


def waiting_rail(clock: str) -> RailView:
    """Show the time of day while nothing runs."""
    return RailView(ClockView(clock, "no review is running"), place="waiting")
