"""Intents go up from a screen of the running review, and what became of them is said where one looks."""

from review.clock import Reading, read_clock
from review.errors import CloseoutError
from review.intents import Intent, Redo, Undo
from review.meeting import Meeting
from review.results import Refusal
from review.session import Session
from screens.drafting import Drafting
from screens.strip import Notice
from tui.registry import STANDARD, Registry
from tui.room import RoomScreen
from tui.widgets.data import Tone

NOTE_LASTS = 6.0
"""Seconds that a word about what was done stays."""


class Doing(RoomScreen):
    """A screen that carries intents out, takes them back, and tries again what could not be saved."""

    def __init__(self, session: Session, drafting: Drafting, registry: Registry = STANDARD) -> None:
        """Show the running review that `session` holds."""
        super().__init__(registry, id=self.SCOPE)
        self.session = session
        self.drafting = drafting
        self._note = Notice()

    @property
    def meeting(self) -> Meeting:
        """The state as it stands on disk."""
        return self.session.meeting

    def reading(self) -> Reading:
        """Read the clock now."""
        return read_clock(self.meeting.clock, self.session.now())

    # What it shows

    def repaint(self) -> None:
        """Show the state; called after every fact."""

    def tick(self) -> None:
        """Repaint what the clock derives."""

    def refresh_state(self) -> None:
        """Repaint everything that depends on the state."""
        self.repaint()
        self.tick()
        self.refresh_keys()

    # Intents go up

    def do(self, intent: Intent) -> bool:
        """Carry an intent out; what is refused, or cannot be saved, is shown where one looks."""
        try:
            refusal = self.session.do(intent)
        except CloseoutError as error:
            self.say(Notice(str(error), Tone.ACT, "not saved", "r", "try again"), keep=True)
            self.refresh_keys()
            return False
        if refusal is not None:
            self.refused(refusal)
            return False
        if self._note.word == "not saved":
            self._note = Notice()
        self.refresh_state()
        return True

    def refused(self, refusal: Refusal) -> None:
        """Show a refusal; sections with fields show it where it was typed."""
        self.say(Notice(refusal.sentence, Tone.ACT, "not done"))

    def say(self, notice: Notice, *, keep: bool = False, lasts: float = NOTE_LASTS) -> None:
        """Show a notice, for a few seconds unless it is to stay."""
        self._note = notice
        if not keep:
            self.set_timer(lasts, lambda: self._forget(notice))
        self.tick()

    def _forget(self, notice: Notice) -> None:
        if self._note is notice:
            self._note = Notice()
            self.tick()

    def available(self, command_id: str) -> bool:
        """Say which of the common commands are alive."""
        minutes = self.session.minutes
        common = {
            "undo": lambda: minutes.last_decision is not None,
            "redo": lambda: minutes.next_redo is not None,
            "retry": lambda: self.session.unsaved is not None,
        }
        return common[command_id]() if command_id in common else super().available(command_id)

    def action_undo(self) -> None:
        """Take the last decision back and say what it was."""
        last = self.session.minutes.last_decision
        if self.do(Undo()) and last is not None:
            self.say(Notice(last.what, Tone.OK, "undone"))

    def action_redo(self) -> None:
        """Make the decision again that was taken back."""
        following = self.session.minutes.next_redo
        if self.do(Redo()) and following is not None:
            self.say(Notice(following.what, Tone.OK, "done again"))

    def action_retry(self) -> None:
        """Save what could not be saved."""
        try:
            self.session.retry()
        except CloseoutError as error:
            self.say(Notice(str(error), Tone.ACT, "not saved", "r", "try again"), keep=True)
            return
        self._note = Notice()
        self.refresh_state()
        self.say(Notice("It is on disk now.", Tone.OK, "saved"))
