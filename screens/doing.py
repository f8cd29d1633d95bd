"""Intents go up from a screen of the running review, and what became of them is said where one looks."""

from collections.abc import Callable

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


def nothing() -> None:
    """Go on with nothing."""


class Doing(RoomScreen):
    """A screen that carries intents out, takes them back, and tries again what could not be saved."""

    def __init__(self, session: Session, drafting: Drafting, registry: Registry = STANDARD) -> None:
        """Show the running review that `session` holds."""
        super().__init__(registry, id=self.SCOPE)
        self.session = session
        self.drafting = drafting
        self._note = Notice()
        self._rest: tuple[tuple[Intent, ...], Callable[[], object]] = ((), nothing)
        """What is still to be done once that which could not be saved is on disk."""

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

    def do(self, *intents: Intent, then: Callable[[], object] = nothing) -> bool:
        """Carry intents out one after the other, then go on; what is refused or not saved is shown where one looks.

        Where the disk refuses, the key that tries again goes on from there as if it had been saved at once.
        """
        for at, intent in enumerate(intents):
            before = self.session.unsaved
            try:
                refusal = self.session.do(intent)
            except CloseoutError as error:
                if self.session.unsaved is not before:
                    self._rest = (intents[at + 1 :], then)
                self._not_saved(error)
                return False
            if refusal is not None:
                self.refused(refusal)
                return False
        if self._note.word == "not saved":
            self._note = Notice()
        self.refresh_state()
        then()
        return True

    def _not_saved(self, error: CloseoutError) -> None:
        self.say(Notice(error.brief, Tone.ACT, "not saved", "r", "try again"), keep=True)
        self.refresh_keys()

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
        self.do(Undo(), then=lambda: self.say(Notice(last.what, Tone.OK, "undone")) if last is not None else None)

    def action_redo(self) -> None:
        """Make the decision again that was taken back."""
        back = self.session.minutes.next_redo
        self.do(Redo(), then=lambda: self.say(Notice(back.what, Tone.OK, "done again")) if back is not None else None)

    def action_retry(self) -> None:
        """Save what could not be saved, and go on from there."""
        try:
            self.session.retry()
        except CloseoutError as error:
            self._not_saved(error)
            return
        (intents, then), self._rest = self._rest, ((), nothing)
        self._note = Notice()
        self.refresh_state()
        self.say(Notice("It is on disk now.", Tone.OK, "saved"))
        self.do(*intents, then=then)
