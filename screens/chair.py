"""The manager's own terminal: what to ask the rep the room is on, one focus, and notes that nobody else reads."""

from datetime import datetime
from typing import Final

from textual.app import ComposeResult

from review.clock import read_clock
from review.clock_words import say_seconds
from review.errors import CloseoutError
from review.meeting import Meeting
from review.onscreen import Point, point_of
from review.people import Person, display_names
from review.ports import PrivateDesk, Standing, Watched
from review.private_notes import Entry, EntryKind, Settle, Write
from screens import chair_words as say
from screens.chair_call import ReadCall, frame
from screens.chair_words import ChairView
from screens.dialogs.ask import Ask
from screens.dialogs.choose import Choice, Choose
from screens.hour import clock_of, wall
from screens.paging import Paging
from screens.strip import Notice, Strip
from tui.registry import STANDARD, Registry
from tui.ticking import keep_time
from tui.widgets.data import ClockView, HeaderView, RailView, Tone, plain
from tui.widgets.rows import Line, Row, Subject, show_groups

TICK: Final = 0.5
ROWS: Final = 24
PANE: Final = 60
"""Columns under which labels are short and the header is left out."""
NOBODY: Final = Point("")


class Chair(Paging):
    """Follows the room's rep and deal; writes private notes and nothing else."""

    SCOPE = "chair"
    DEFAULT_CSS = """
    Chair HourHeader { height: 3; }
    Chair HourHeader .names, Chair HourHeader .bars { display: none; }
    Chair #plane { overflow-y: auto; }
    Chair.-low Line { margin: 0 2; }
    """

    def __init__(self, desk: PrivateDesk, registry: Registry = STANDARD) -> None:
        """Sit at `desk`."""
        super().__init__(registry, id=self.SCOPE)
        self.desk = desk
        self.pinned = ""
        """A rep looked at in place of the room's."""
        self.view: ChairView | None = None
        self._seen: Watched | None = None
        self._standing: Standing | None = None
        self._entries: tuple[Entry, ...] = ()

    def compose_plane(self) -> ComposeResult:
        """Lay out the rep and rows of one grid."""
        yield Subject()
        yield Line()
        for number in range(ROWS):
            yield Row("", "", id=f"row{number}")
        yield Strip()

    def on_mount(self) -> None:
        """Read everything, and follow."""
        frame(self)
        self.read()
        keep_time(self, self.desk.clock.now(), TICK, self.tick)

    def on_resize(self) -> None:
        """Choose between screen and pane."""
        self.set_class(self.app.size.width < PANE, "-pane")
        super().on_resize()

    def on_screen_resume(self) -> None:
        """Show the time at once."""
        super().on_screen_resume()
        self.tick()

    # What is shown

    @property
    def meeting(self) -> Meeting | None:
        """The running review."""
        minutes = self._seen.minutes if self._seen is not None else None
        over = minutes is None or minutes.meeting.locked is not None or minutes.meeting.aside
        return None if minutes is None or over else minutes.meeting

    @property
    def point(self) -> Point:
        """Where the room is."""
        meeting, seen = self.meeting, self._seen
        return point_of(meeting, seen.draft.place) if meeting is not None and seen is not None else NOBODY

    @property
    def person(self) -> Person | None:
        """The rep looked at: the one chosen, else the room's, else the first."""
        people = say.people_of(self._standing.settings) if self._standing is not None else ()
        wanted = (self.pinned, self.view.person.id if self.view else "")
        order = (self.pinned or self.point.person, *wanted)
        found = (person for ident in order for person in people if person.id == ident)
        return next(found, next(iter(people), None))

    def tick(self) -> None:
        """Look at the room; repaint where it moved, and the time."""
        if not self.is_mounted:
            return
        if self.desk.look() is not self._seen:
            self.read()
        else:
            self._show_time()

    def read(self) -> None:
        """Read everything anew."""
        self._seen = self.desk.look()
        try:
            self._standing = self.desk.standing()
            self._entries = self.desk.entries()
        except CloseoutError as error:
            if self._standing is not None:
                self.say(Notice(str(error), Tone.ACT, say.UNREADABLE))
            else:
                self.query_one(Subject).name_text = say.UNREADABLE.capitalize()
                self._fill(say.unreadable(str(error)))
            return
        if self.query_one(Strip).notice.word == say.UNREADABLE:
            self.say(Notice())
        self.repaint()

    def repaint(self) -> None:
        """Show the rep."""
        person, standing = self.person, self._standing
        subject = self.query_one(Subject)
        if person is None or standing is None:
            self.view = None
            subject.name_text, subject.beside = "Nobody yet", ("set up the team first: run closeout", "")
            self._fill(())
            return
        self.view = say.chair_view(standing, self.desk.today, person, self._entries, self.meeting, self.point)
        where = self.view.title or ("the room is here" if self.point.person == person.id else "")
        subject.name_text, subject.beside = person.name, (where, "")
        self._fill(say.rows_of(self.view))
        self._show_time()
        self.refresh_keys()

    def _fill(self, groups: tuple[tuple[say.Said, ...], ...]) -> None:
        show_groups([self.query_one(f"#row{number}", Row) for number in range(ROWS)], groups)
        self.call_after_refresh(self._settle)

    def _show_time(self) -> None:
        standing, meeting = self._standing, self.meeting
        if standing is None:
            return
        now, settings = self.desk.clock.now(), standing.settings
        names = display_names(settings.people)
        group = say.rail_group(settings, names, self.view.person.id if self.view else "", self.point, self._entries)
        day = self.desk.today
        self.show_header(HeaderView("For you alone", f"{day:%a} {day.day} {day:%b %Y}", wall(now, settings)))
        room = say.room_is_on(names.get(self.point.person))
        self.show_rail(RailView(self._clock(meeting, now), (group,), place=room))

    def _clock(self, meeting: Meeting | None, now: datetime) -> ClockView:
        if meeting is None:
            assert self._standing is not None
            return ClockView(wall(now, self._standing.settings), "no review is running")
        reading = read_clock(meeting.clock, now)
        titles: dict[str, str] = {section.id: section.title for section in meeting.settings.sections}
        return clock_of(meeting, reading, f"{titles[meeting.section]}, {say_seconds(reading.elapsed)} in")

    def say(self, notice: Notice) -> None:
        """Say what was done; it stays until the next thing is."""
        self.query_one(Strip).notice = notice

    # Keys

    def available(self, command_id: str) -> bool:
        """Say which keys are alive."""
        people = say.people_of(self._standing.settings) if self._standing is not None else ()
        if command_id in ("private_note", "their_words", "private_focus", "private_question", "one_to_one"):
            return self.view is not None
        if command_id == "settle_entry":
            return self.view is not None and bool(self.view.mine.standing)
        if command_id in ("other_rep", "rep_before"):
            return len(people) > 1
        if command_id == "with_room":
            return bool(self.pinned)
        if command_id == "call":
            return self._standing is not None and bool(self._standing.ledger.deals)
        return super().available(command_id)

    def action_private_note(self) -> None:
        """Write a note."""
        self._ask(EntryKind.NOTE)

    def action_their_words(self) -> None:
        """Write down what the rep undertakes."""
        self._ask(EntryKind.WORDS)

    def action_private_focus(self) -> None:
        """Choose the focus; the proposed one stands there."""
        view = self.view
        self._ask(EntryKind.FOCUS, view.proposed.text if view and view.proposed and not view.mine.focus else "")

    def action_private_question(self) -> None:
        """Write down a question for next time."""
        self._ask(EntryKind.QUESTION)

    def _ask(self, kind: EntryKind, value: str = "") -> None:
        view = self.view
        if view is None:
            return
        title = f"{say.TITLES[kind]} {view.person.first_name}"
        ask = Ask(title, say.LABELS[kind], body=say.BODIES[kind], prompt=say.PROMPTS[kind], value=value)
        self.app.push_screen(ask, lambda text: self._write(kind, view, text))

    def _write(self, kind: EntryKind, view: ChairView, text: str | None) -> None:
        if text:
            intent = Write(kind=kind, person=view.person.id, text=text, deal=view.deal)
            self._do(intent, f"{kind.value} on {view.person.first_name}, in the private folder")

    def action_settle_entry(self) -> None:
        """Choose an entry that is settled."""
        if self.view is None:
            return
        choices = [Choice(one.id, plain(one.text), one.kind.value) for one in self.view.mine.standing]
        choose = Choose("Settle", choices, body="Asked, reached or done; a note is struck out.")
        self.app.push_screen(choose, lambda entry: self._do(Settle(entry=entry), "settled") if entry else None)

    def _do(self, intent: Write | Settle, done: str) -> None:
        try:
            refusal = self.desk.note(intent)
        except CloseoutError as error:
            self.say(Notice(error.brief, Tone.ACT, "not saved"))
            return
        if refusal is not None:
            self.say(Notice(refusal.sentence, Tone.ACT, "not done"))
            return
        self.read()
        self.say(Notice(done, Tone.OK, "saved"))

    def action_other_rep(self) -> None:
        """Look at the next rep."""
        self._turn(1)

    def action_rep_before(self) -> None:
        """Look at the rep before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        person = self.person
        people = say.people_of(self._standing.settings) if self._standing is not None else ()
        if person is not None:
            self.pinned = people[(people.index(person) + by) % len(people)].id
            self.repaint()

    def follow_rail(self, to: str) -> None:
        """Look at the rep who was clicked in the rail."""
        self.pinned = to
        self.repaint()

    def action_with_room(self) -> None:
        """Follow the room again."""
        self.pinned = ""
        self.repaint()

    def action_one_to_one(self) -> None:
        """Write the sheet."""
        if self.view is None:
            return
        try:
            path = self.desk.write_sheet(self.view.person.id)
        except CloseoutError as error:
            self.say(Notice(error.brief, Tone.ACT, "not saved"))
            return
        self.say(Notice(f"private/{path.name}", Tone.OK, "sheet"))

    def action_call(self) -> None:
        """Read the forecast call."""
        self.app.push_screen(ReadCall(self.desk, self.registry))

    def action_close_chair(self) -> None:
        """Leave."""
        self.app.exit()
