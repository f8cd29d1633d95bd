"""What the room sees, on another screen: read-only, at the same second, from a pane to a wall."""

from datetime import datetime
from typing import Final

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.content import Content

from review.clock import Reading, read_clock
from review.contact import say_silence, silence
from review.fold import Minutes, speed_of
from review.meeting import Meeting
from review.onscreen import Point, last_done, point_of
from review.ports import Watch, Watched
from screens import following_words as say
from screens.following_pane import pane
from screens.following_rail import rail_view
from screens.following_view import Look, Shown
from screens.hour import header_of, wall, zone_of
from screens.strip import Notice, Strip
from tui.registry import STANDARD, Registry
from tui.room import RoomScreen
from tui.sizes import HEIGHTS, WIDTHS
from tui.ticking import keep_time
from tui.widgets.backrow import BigTime
from tui.widgets.data import BackRowView, HeaderView, Tone, plain
from tui.widgets.drawing import Drawing
from tui.widgets.figures import Figure
from tui.widgets.rows import Facts, Line, Row, Subject, show_groups
from tui.widgets.static import Static

TICK: Final = 0.25
"""Seconds between looks at the files; a change shows within a second."""
ROWS: Final = 20
PANE: Final = (60, 16)
"""Columns and rows under which the screen is a pane: a few lines, the most telling first."""


class Following(RoomScreen):
    """Shows the running review as another program goes through it."""

    SCOPE = "follow"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    Following #pane { display: none; padding: 0 1; height: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    Following.-pane #room, Following.-pane HourHeader, Following.-pane KeyFooter { display: none; }
    Following.-pane #pane { display: block; }
    Following.-pane.-back-row #pane { display: none; }
    Following #list { margin-top: 1; }
    Following #plane { overflow-y: hidden; }
    Following.-low Row > .value { max-height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Following.-waiting #pane, Following.-low.-waiting Row > .value { max-height: 100%; text-wrap: wrap; }
    Following Rail > BigTime, Following #asks { display: none; }
    Following.-wall Rail { width: 66; }
    Following.-wall Rail > Figure { display: none; }
    Following.-wall Rail > BigTime, Following.-wall #asks { display: block; }
    Following.-wall #asks { width: 1fr; margin: 1 0 1 2; color: $dim; }
    """

    def __init__(self, watch: Watch, registry: Registry = STANDARD) -> None:
        """Follow what `watch` sees."""
        super().__init__(registry, id=self.SCOPE)
        self.watch_files = watch
        self._seen: Watched | None = None
        self._view: tuple[Point, Shown] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the room's parts, and the few lines of a pane."""
        yield from super().compose()
        yield Static(id="pane", markup=False)

    def compose_rail(self) -> ComposeResult:
        """Show the time larger still on a wall."""
        yield BigTime()

    def compose_plane(self) -> ComposeResult:
        """Lay out the subject, a list and rows of one grid."""
        yield Subject()
        yield Figure(id="asks")
        yield Facts(classes="gap", markup=False)
        yield Line()
        yield Drawing(id="list")
        for number in range(ROWS):
            yield Row("", "", id=f"row{number}")
        yield Strip()

    def on_mount(self) -> None:
        """Look at once, and then often."""
        keep_time(self, self.watch_files.clock.now(), TICK, self.tick)
        self.tick()

    def on_resize(self) -> None:
        """Choose between pane, screen and wall."""
        width, height = self.app.size
        self.set_class(width < PANE[0] or height < PANE[1], "-pane")
        self._seen = None
        self.call_after_refresh(self._redraw)

    def _redraw(self) -> None:
        """Draw everything to the new size."""
        self.tick()
        for large in self.query(Figure), self.query(BigTime):
            for one in large:
                one.refresh(layout=True)

    # What is shown

    def tick(self) -> None:
        """Look at the files; repaint what changed, and the time."""
        if not self.is_mounted:
            return
        seen = self.watch_files.look()
        if seen is not self._seen:
            self._seen = seen
            self._repaint(seen)
        now = self.watch_files.clock.now()
        if seen.minutes is None:
            self._wait(seen, now)
        else:
            self._show_time(seen, seen.minutes, now)

    def _repaint(self, seen: Watched) -> None:
        self.set_class(seen.minutes is None, "-waiting")
        if seen.minutes is None:
            self._fill(say.nothing_yet(seen.trouble))
            return
        meeting = seen.minutes.meeting
        point = point_of(meeting, seen.draft.place)
        view = say.shown(Look(meeting, point, seen.draft, *self.app.size))
        self._view = (point, view)
        self._fill(view)

    def _fill(self, view: Shown) -> None:
        subject = self.query_one(Subject)
        subject.name_text, subject.beside = view.subject, view.beside
        self.query_one("#asks", Figure).text = view.asks
        facts = self.query_one(Facts)
        facts.display = bool(view.facts)
        facts.show(view.facts)
        drawn = self.query_one("#list", Drawing)
        drawn.display = view.drawn(100) != Content("")
        drawn.show(view.drawn)
        show_groups([self.query_one(f"#row{number}", Row) for number in range(ROWS)], view.groups)
        self.call_after_refresh(self._settle)

    def _show_time(self, seen: Watched, minutes: Minutes, now: datetime) -> None:
        if self._view is None:
            return
        meeting, (point, view) = minutes.meeting, self._view
        reading = read_clock(meeting.clock, now)
        rail = rail_view(meeting, point, seen.draft, reading)
        header = header_of(meeting, reading, now)
        self.show_header(replace(header, note=" · ".join(filter(None, ("read-only", header.note)))))
        self.show_rail(rail)
        self.query_one("Rail BigTime", BigTime).text = rail.clock.figure
        tones = {Tone.WATCH: "$warning", Tone.ACT: "$error"}
        self.query_one("Rail BigTime", BigTime).tone = tones.get(rail.clock.tone, "")
        status = (rail.clock.punctual_tone, rail.clock.punctual, f", {rail.clock.ends}" if rail.clock.ends else "")
        self.show_back_row(BackRowView(rail.clock.figure, view.asks, rail.clock.tone, view.subject), status)
        notice = self._notice(seen, minutes, reading, now)
        self.query_one(Strip).notice = notice
        width, height = self.app.size
        self._title(meeting)
        self.query_one("#pane", Static).update(pane(meeting, point, view, rail, notice, (width - 2, height), now))

    def _title(self, meeting: Meeting) -> None:
        # No customer's name stands in a window's title.
        self.app.sub_title = f"follows the review of {meeting.day.day} {meeting.day:%b}"

    def _notice(self, seen: Watched, minutes: Minutes, reading: Reading, now: datetime) -> Notice:
        meeting = minutes.meeting
        if seen.trouble:
            return Notice(seen.trouble, Tone.ACT, "cannot be read")
        quiet = silence(seen.contact, now, speed_of(minutes)) if seen.contact is not None else None
        if quiet is not None and seen.contact is not None and not reading.ended and not meeting.aside:
            heard = f"{seen.contact.heard.astimezone(zone_of(meeting.settings)):%H:%M:%S}"
            return Notice(say_silence(quiet), Tone.ACT, f"last heard from {heard}")
        if meeting.locked is not None or meeting.aside:
            return Notice("The next review shows here as soon as it begins.")
        done = last_done(minutes)
        if done is None:
            return Notice()
        return Notice(f"{done.what}, {wall(done.at, meeting.settings)}", Tone.OK, done.word or "last")

    def _wait(self, seen: Watched, now: datetime) -> None:
        """Say that nothing runs yet."""
        clock = f"{now.astimezone():%H:%M}"
        self.show_header(HeaderView("Weekly pipeline review", f"{now.astimezone():%a %d %b %Y}", clock))
        self.show_rail(say.waiting_rail(clock))
        self.query_one(Strip).notice = Notice()
        said = f"{say.UNREADABLE}: {seen.trouble}" if seen.trouble else say.NOTHING
        self.query_one("#pane", Static).update(Content.styled(plain(f"{clock}  {said}"), "$foreground"))

    # Keys

    def action_close_follow(self) -> None:
        """Leave; the review goes on."""
        self.app.exit()
