"""The program on the screen: which screen shows, the signs of life, and leaving."""

from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.screen import ModalScreen, Screen

from review.errors import CloseoutError
from screens.lobby import Lobby
from tui.between import between_reviews
from tui.look import Look
from tui.registry import STANDARD, Registry
from tui.room import RoomScreen
from tui.widgets.data import Tone, plain

if TYPE_CHECKING:
    from review.aside import Offered
    from review.events import Batch
    from review.intents import Intent
    from review.ports import Incoming, Office
    from review.session import Session
    from screens.drafting import Drafting
    from screens.live import LiveScreen
    from screens.setup import SettingUp
    from tui.pulse import Pulse

# What only the running review needs is imported where it is used: the lobby is to be there at once.

BEAT = 10.0
"""Seconds between signs of life."""


class Closeout(Look[None]):
    """Shows the review that an office keeps."""

    def __init__(
        self, office: "Office", registry: Registry = STANDARD, theme: str = "petrol", clashes: tuple[str, ...] = ()
    ) -> None:
        """Take the office, and what is said of keys that clash; nothing is read before the first frame is asked for."""
        super().__init__(theme)
        self.office = office
        self.registry = registry
        self.session: Session | None = None
        self.drafting: Drafting | None = None
        self._pulse: Pulse | None = None
        self._clashes = clashes
        self._running_on: Session | None = None

    def get_default_screen(self) -> Screen[Any]:
        """Begin with the lobby or with setting up; a running review is gone on with once the app stands."""
        self._running_on = self.office.running()
        if self._running_on is not None:
            return super().get_default_screen()
        first = between_reviews(self.office, self.registry)
        # Textual forgets that the first screen too gives this back when another takes its place.
        first._push_result_callback(self, None)
        return first

    async def on_mount(self) -> None:
        """Open where one was."""
        if self._running_on is not None:
            await self.resume(self._running_on)
        self.set_interval(BEAT, self.beat)
        if self._clashes:
            from screens.dialogs.confirm import Confirm

            said = Content("\n\n").join(Content.styled(plain(clash), "$foreground") for clash in self._clashes)
            question = Confirm("Your own keys", said, yes="go on", no="leave")
            self.push_screen(question, lambda on: self.leave_now() if on is False else None)

    # Which screen

    async def open_lobby(self) -> None:
        """Show what stands between two reviews."""
        await self.show(between_reviews(self.office, self.registry))

    async def set_up(self) -> None:
        """Show setting up."""
        from screens.setup import SettingUp

        await self.show(SettingUp(self.office, self.registry))

    async def resume(self, session: "Session", offered: "Offered | None" = None) -> None:
        """Go on with a running review at the same deal, field and second; one that begins takes `offered` as drafts."""
        from review.aside import asks_first
        from screens.aside import offer, what_becomes_of
        from screens.drafting import Drafting

        self._end_drafting()
        self.session = session
        self.drafting = Drafting(self.office.drafts(session.meeting.review))
        self.drafting.begin()
        if offered is not None:
            offer(self.drafting, offered, frozenset(person.id for person in session.meeting.settings.people))
        if asks_first(session.minutes, self.office.clock.now()):
            self.push_screen(what_becomes_of(session.minutes, self.office.clock.now()), self._became)
        else:
            await self._go_on("lock" if self.drafting.at("screen") == "lock" else session.meeting.section)

    async def _go_on(self, place: str) -> None:
        """Show where one was, and ask about the time away; from now on the review gives signs of life."""
        from tui.pulse import Pulse

        if self.session is not None and self.drafting is not None:
            self._pulse = Pulse(self, self.session, self.drafting, self.office.clock, self._record)
            await self.go_to(place)
            self.beat()
            if self.office.notes:
                from screens.dialogs.confirm import Confirm

                question = Confirm("Damage met", " ".join(self.office.notes), yes="go on without it", no="leave")
                self.push_screen(question, lambda on: self.leave_now() if on is False else None)

    async def _became(self, chosen: str | None) -> None:
        """Go on with a review that was left, or end it; without an answer nothing of it changes."""
        from review.intents import SetReviewAside
        from screens.aside import LOCK, SET_ASIDE

        if self.session is None:
            return
        if chosen is None:
            self.exit()
            return
        if chosen != SET_ASIDE:
            await self._go_on("lock" if chosen == LOCK else self.session.meeting.section)
            return
        try:
            self.session.do(SetReviewAside())
        except CloseoutError as error:
            self.exit(message=str(error))
            return
        self.office.finish()
        await self.go_to("lobby")

    async def go_to(self, place: str) -> None:
        """Show a section of the running review, the lock or the recap."""
        if self.session is None or self.drafting is None or place == "lobby":
            self._end_drafting()
            self.session = self._pulse = None
            await self.open_lobby()
        elif place == "recap":
            from screens.recap import RecapScreen

            await self.show(RecapScreen(self.office, self.session, self.registry))
        else:
            from tui.places import section_screen

            await self.show(section_screen(place, self.session, self.drafting, self.registry))

    async def show(self, screen: RoomScreen) -> None:
        """Put a screen in place of the one that shows and of its dialogs; keys typed meanwhile wait for it."""
        while isinstance(self.screen, ModalScreen):
            await self.pop_screen()
        if isinstance(self.screen, RoomScreen):
            await self.switch_screen(screen)
        else:
            await self.push_screen(screen)

    async def on_live_screen_moved(self, message: "LiveScreen.Moved") -> None:
        """Follow the room to another section; a key pressed twice leads there once."""
        if isinstance(self.screen, RoomScreen) and message.to == self.screen.SCOPE:
            return
        if message.to == "call":
            from screens.call import ForecastCall

            # The manager's alone: it lies over where one is, and leads back there.
            await self.push_screen(ForecastCall(self.office, self.registry))
            return
        if message.to == "history":
            await self._open_history()
            return
        if message.to in ("recap", "lobby"):
            self.office.finish()
        await self.go_to(message.to)

    async def _open_history(self) -> None:
        """Lay the history over the lobby or the recap; what it shows first is what these have read already."""
        from review.ports import Standing
        from screens.history import History

        standing = self.screen.whole() if isinstance(self.screen, Lobby) else None
        if self.session is not None:
            meeting = self.session.meeting
            standing = Standing(ledger=meeting.ledger, settings=meeting.settings)
        if standing is not None:
            await self.push_screen(History(self.office, standing, self.registry))

    async def on_lobby_started(self, message: Lobby.Started) -> None:
        """Begin the hour."""
        await self.resume(message.session, message.offered)

    async def on_lobby_set_up(self, message: Lobby.SetUp) -> None:
        """Open setting up from the lobby; without an export there is nothing to propose."""
        try:
            await self.set_up()
        except CloseoutError as error:
            self.notify(plain(str(error)), markup=False)

    async def on_setting_up_done(self, message: "SettingUp.Done") -> None:
        """Leave setting up for the lobby, with or without taking it; an Enter too many does not start the hour."""
        await self.show(Lobby(self.office, self.registry))
        self.typeahead.forget()

    def action_import_file(self) -> None:
        """Read a newer export into the running review."""
        from screens.reading_in import read_in

        if self.session is not None:
            read_in(self, self.office, self.session.meeting.ledger, self._take_export)

    def _take_export(self, found: "Incoming") -> None:
        from screens.live import LiveScreen
        from screens.strip import Notice

        screen, export = self.screen, found.export
        if self.session is None or not isinstance(screen, LiveScreen):
            return
        try:
            self.office.keep_export(found)
            refused = self.session.take_import(export)
        except CloseoutError as error:
            screen.say(Notice(str(error), Tone.ACT, "not read in"), keep=True)
            return
        if refused is not None:
            screen.refused(refused)
            return
        screen.refresh_state()
        screen.say(Notice(f"{export.source}, {len(export.deals):,} rows; decisions stand.", Tone.OK, "read in"))

    def action_help(self) -> None:
        """Show every key of the screen."""
        if isinstance(room := self.screen, RoomScreen):
            from screens.help import Help

            self.push_screen(Help.of(room), room.do_chosen)

    # Signs of life

    def on_unmount(self) -> None:
        """Write what was typed last."""
        self._end_drafting()

    def _end_drafting(self) -> None:
        if self.drafting is not None:
            self.drafting.end()
            self.drafting = None

    def beat(self) -> None:
        """Give a sign of life; a time away is recorded, and asked about once."""
        if self._pulse is not None:
            self._pulse.beat()

    def _record(self, intent: "Intent") -> bool:
        """Carry out what came up by itself; where it cannot be saved, the room's screen says so and tries again."""
        from screens.doing import Doing

        room = next((screen for screen in reversed(self.screen_stack) if isinstance(screen, Doing)), None)
        return room is not None and room.do(intent)

    # Leaving

    async def action_quit(self) -> None:
        """Leave; while a review runs it asks once, and coming back is where one was."""
        from screens.dialogs.confirm import Confirm

        if isinstance(self.screen, Confirm):
            return
        if self.session is None or self.session.meeting.locked is not None:
            self.exit()
            return
        self.push_screen(Confirm("Leave?", _leaving(self.session.unsaved), yes="leave", no="stay"), self._leave)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.leave_now()

    def leave_now(self) -> None:
        """Leave without a question; what is being typed is kept, and where: taking the screens away changes neither."""
        self._end_drafting()
        super().leave_now()


def _leaving(unsaved: "Batch | None") -> str:
    """Say what leaving a running review costs: nothing, or a decision that the disk has refused so far."""
    sentence = "The review goes on; closeout brings you back to this second."
    if unsaved is None or not unsaved.decision:
        return sentence
    lost = f"The last decision is not on disk, and leaving loses it: {plain(unsaved.what)}."
    return f"{lost} n, then r tries again. {sentence}"
