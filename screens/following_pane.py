"""The running review in a few lines, for a tmux pane: the most telling first, as many as there is room for."""

from datetime import datetime
from typing import Final

from textual.content import Content

from review.meeting import Meeting
from review.onscreen import Point
from screens.following_view import Shown
from screens.hour import wall
from screens.strip import Notice
from tui.widgets.data import RailView, plain, spread, status, values
from tui.widgets.rail import chip

TITLES: Final = {"lock": "Lock", "over": "Over"}


def pane(
    meeting: Meeting, point: Point, view: Shown, rail: RailView, notice: Notice, size: tuple[int, int], now: datetime
) -> Content:
    """Draw the lines for `size`, columns by rows."""
    width, height = size
    titles: dict[str, str] = {section.id: section.title for section in meeting.settings.sections}
    title = (titles | TITLES).get(point.scope, "")
    time = Content.assemble(chip(rail.clock), "  ", (f"▸ {plain(title).upper()}", "bold $bright"))
    clock = Content.styled(wall(now, meeting.settings), "$dim")
    name = Content.styled(plain(view.subject).upper(), "bold $bright")
    owner = Content.styled(plain(view.beside[0]), "$foreground")
    pace = Content.assemble(
        status(rail.clock.punctual_tone, rail.clock.punctual),
        (f", {plain(rail.clock.ends)}" if rail.clock.ends else "", "$foreground"),
    )
    facts = Content("  ").join(
        values(said) if not at else Content.styled(plain(said), "$foreground")
        for at, (_, said) in enumerate(view.facts[:2] + view.facts[3:])
    )
    # Each with its rank: what goes last leaves first where there is no room.
    lines = [
        (0, spread(time, clock, width)),
        (1, spread(name, owner, width)),
        (4, facts),
        (3, view.marks),
        (6, Content.styled(plain(view.asks), "bold $bright")),
        (5, Content.styled(plain(rail.place), "$foreground")),
        (7, pace),
        (2, said_of(notice)),
        *(
            (8 + at, _row(label, said))
            for at, (label, said) in enumerate(row for group in view.groups for row in group)
        ),
    ]
    full = [(rank, line) for rank, line in lines if line]
    kept = sorted(rank for rank, _ in full)[:height]
    return Content("\n").join(line.truncate(width, ellipsis=True) for rank, line in full if rank in kept)


def said_of(notice: Notice) -> Content:
    """Say a notice in one line."""
    said = Content.styled(plain(notice.text), "$foreground")
    return Content.assemble(status(notice.tone, notice.word), "  ", said) if notice.word else said


def _row(label: Content, said: Content) -> Content:
    first = said.split("\n", allow_blank=True)[0] if said else said
    return Content.assemble(label, "  ", first) if label else first
