"""What the forecast call records goes to the desk at once, and is tried again where the disk refuses."""

from collections.abc import Callable

from review.desk_call import DeskIntent
from review.errors import CloseoutError
from review.ports import CallDesk
from screens.dialogs.confirm import Confirm
from screens.strip import Notice, Strip
from tui.room import RoomScreen
from tui.widgets.data import Tone


class Recording(RoomScreen):
    """Has the desk decide and record; a subclass says what it shows."""

    office: CallDesk
    _unsaved: Callable[[], None] | None = None
    """Tries again what could not be saved."""

    def read(self) -> None:
        """Read what stands and work everything out anew."""

    def available(self, command_id: str) -> bool:
        """Say whether something waits to be saved."""
        return self._unsaved is not None if command_id == "retry" else super().available(command_id)

    def say(self, notice: Notice) -> None:
        """Say what was done; it stays until the next thing is."""
        self.query_one(Strip).notice = notice

    def do(self, intent: DeskIntent, done: str, again: Callable[[], DeskIntent] | None = None) -> None:
        """Have it decided and recorded; a refusal is said, or asked about where a second Enter would do it."""
        try:
            refusal = self.office.desk_do(intent)
        except CloseoutError as error:
            self._unsaved = lambda: self.do(intent, done, again)
            self.say(Notice(error.brief, Tone.ACT, "not saved", "r", "try again"))
            self.refresh_keys()
            return
        self._unsaved = None
        if refusal is None:
            self.say(Notice(done, Tone.OK, "saved"))
            self.read()
        elif refusal.confirm and again is not None:
            confirmed = again()
            question = Confirm("Is that right?", refusal.sentence, yes="it is right", no="no")
            self.app.push_screen(question, lambda sure: self.do(confirmed, done) if sure else None)
        else:
            self.say(Notice(refusal.sentence, Tone.ACT, "not taken"))

    def action_retry(self) -> None:
        """Save what could not be saved."""
        if self._unsaved is not None:
            self._unsaved()
