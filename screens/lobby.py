"""The lobby: what stands before the hour, who is here, the queue with its reasons – and Enter starts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.message import Message

from review.errors import CloseoutError
from review.outlook import deals_of, named
from review.ports import Incoming
from review.queue import Plan
from review.records import Ledger
from screens import lobby_words as words
from screens.explaining import Explaining
from screens.lobby_view import LobbyView
from screens.strip import Notice
from tui.widgets.data import Tone
from tui.widgets.queue import QueueLine

if TYPE_CHECKING:
    from review.aside import Offered
    from review.queue_edits import Edit
    from review.session import Session
    from review.why import Reason

TICK = 1.0
LOOK = 2.0
"""Seconds between looks at whether something on disk has changed."""


class Lobby(LobbyView, Explaining):
    """Shows what stands between reviews, and starts the next one."""

    class Started(Message):
        """The hour began."""

        def __init__(self, session: "Session", offered: "Offered | None") -> None:
            """Carry the running review, and what one that was set aside had decided."""
            super().__init__()
            self.session = session
            self.offered = offered

    class SetUp(Message):
        """Somebody wants to change the settings."""

    _was_covered = False

    def on_mount(self) -> None:
        """Read what stands, and go on looking."""
        self.read()
        self.set_interval(TICK, self.tick)
        self.set_interval(LOOK, self._look)

    def _look(self) -> None:
        if not self.covered and self.office.changed():
            empty = not self.planning.has_deals
            self.read()
            if empty and self.asks_first:
                self.post_message(self.SetUp())

    def on_screen_suspend(self) -> None:
        """Something lies over the lobby."""
        self._was_covered = True

    def on_screen_resume(self) -> None:
        """Look at once after a page that lay over the lobby."""
        if self._was_covered:
            self._was_covered = False
            self._look()
        self.tick()

    # Commands

    def ranks(self) -> Mapping[str, int]:
        """Let the export be the next key where there is none yet."""
        return {**super().ranks(), "import_file": 0} if self.teaches else super().ranks()

    def available(self, command_id: str) -> bool:
        """Say what can be done with what stands."""
        if command_id in ("start", "who", "edit_queue", "answers", "set_up", "call", "explain"):
            return self.planning.has_deals
        if command_id == "back_row":
            return not self.teaches or self.back_row
        if command_id == "history":
            return self.planning.outlook is not None and self.planning.outlook.locks > 0
        return super().available(command_id)

    def action_start(self) -> None:
        """Begin the hour."""
        if self.asks_first:
            self.post_message(self.SetUp())
            return
        opening = self.planning.opening
        if opening is None:
            return
        try:
            standing = self.planning.whole()
            session = self.office.begin(standing, self.present, self.plan)
        except CloseoutError as error:
            self.say(Notice(str(error), Tone.ACT, "not started"), keep=True)
            return
        self.post_message(self.Started(session, opening.offered))

    def action_who(self) -> None:
        """Ask who is here."""
        from screens.dialogs.presence import WhoIsHere  # each dialog is loaded when it is first asked for

        if self.whole() is None:
            return
        room = [(person.id, person.name) for person in self.planning.room]
        self.app.push_screen(WhoIsHere(room, self.present), self._take_presence)

    def _take_presence(self, here: frozenset[str] | None) -> None:
        if here is not None:
            self.planning.be_here(here)
            self.repaint()

    def reasons(self) -> "tuple[str, tuple[Reason, ...]]":
        """Give why each deal stands in the queue, what made it so long, and the facts behind every line above it."""
        from review.lobby_traces import lobby_reasons

        standing = self.whole()
        if standing is None:
            return "", ()
        return "The lobby", lobby_reasons(self.plan, standing.ledger, standing.settings, self.office.today)

    def action_edit_queue(self) -> None:
        """Show the queue for editing."""
        from screens.dialogs.queue import EditQueue

        planning = self.planning
        if self.whole() is None:
            return
        edit = EditQueue(planning.edits, planning.replay, self._lines, planning.find)
        self.app.push_screen(edit, self._take_edits)

    def _lines(self, queue: Plan) -> tuple[QueueLine, ...]:
        standing = self.planning.whole()
        return words.lines_of(queue.slots, named(deals_of(queue), standing.ledger), standing.settings)

    def _take_edits(self, edits: "tuple[Edit, ...] | None") -> None:
        if edits is not None:
            self.planning.edit(edits)
            self.repaint()

    def action_import_file(self) -> None:
        """Ask which export to read in."""
        from screens.reading_in import read_in

        standing = self.whole()
        read_in(self.app, self.office, standing.ledger if standing else Ledger(), self._take_export)

    def _take_export(self, found: Incoming) -> None:
        export = found.export
        try:
            self.office.take_import(found)
        except CloseoutError as error:
            self.say(Notice(str(error), Tone.ACT, "not read in"), keep=True)
            return
        self.take_up()
        if self.asks_first:
            # Its page comes now, and the queue before anybody is there to review it would only flash.
            self.post_message(self.SetUp())
            self.set_timer(LOOK, self.repaint)
            return
        self.repaint()
        self.say(Notice(f"{export.source}, {len(export.deals):,} rows", Tone.OK, "read in"))

    def action_answers(self) -> None:
        """Ask for the reps' filled-in sheets, and read them in."""
        from screens.answering import take_answers

        if self.planning.outlook is not None:
            take_answers(self.app, self.office, self.planning.outlook.settings, self._answered)

    def _answered(self, said: str) -> None:
        self.read()
        self.say(Notice(said, Tone.OK, "in writing"))

    def action_call(self) -> None:
        """Open the forecast call, for the manager alone."""
        self._move("call")

    def action_history(self) -> None:
        """Open the history."""
        self._move("history")

    def _move(self, to: str) -> None:
        from screens.live import LiveScreen

        self.post_message(LiveScreen.Moved(to))

    def action_set_up(self) -> None:
        """Open the settings."""
        self.post_message(self.SetUp())
