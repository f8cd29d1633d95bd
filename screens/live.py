"""What the four sections of the running hour share: the clock on screen, intents, undo, time, drafts."""

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.message import Message

from review.clock import Reading, read_clock
from review.clock_words import say_call, say_plan
from review.commitments import Origin
from review.errors import CloseoutError
from review.intents import EnterSection, Intent, Pause, Promise, Redo, Resume, Undo
from review.meeting import Meeting
from review.pacing import call_to_actions, catch_up, prompt_at
from review.results import Refusal
from review.session import Session
from review.settings import SECTIONS, SectionId
from screens.dialogs.promise import AskPromise
from screens.dialogs.time import ChooseTime, plan_of
from screens.drafting import Drafting
from screens.hour import clock_of, header_of
from screens.strip import Notice, Strip
from tui.registry import STANDARD, Registry
from tui.room import RoomScreen
from tui.widgets.data import BackRowView, Mode, RailGroup, RailView, Tone
from tui.widgets.field import FieldRow

TICK = 0.5
"""Seconds between repaints; the time shown is computed, never counted."""
NOTE_LASTS = 6.0
"""Seconds that a word about what was done stays."""


class LiveScreen(RoomScreen):
    """A section of the running hour; a subclass shows its part in `repaint` and `rail_groups`."""

    SECTION: ClassVar[SectionId]

    class Moved(Message):
        """The room goes somewhere else: a section, 'lock', 'recap', 'lobby' or the manager's 'call'."""

        def __init__(self, to: str) -> None:
            """Name where to."""
            super().__init__()
            self.to = to

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

    def compose_plane(self) -> ComposeResult:
        """Lay out the section's rows, and the quiet line at the foot."""
        yield from self.compose_rows()
        yield Strip()

    def compose_rows(self) -> ComposeResult:
        """Yield the section's own rows."""
        yield from ()

    def on_mount(self) -> None:
        """Show everything and start the clock on screen."""
        self.drafting.be(screen=self.SCOPE)
        self.set_interval(TICK, self.tick)
        self.repaint()
        self.tick()

    def on_screen_resume(self) -> None:
        """Show the time at once; a screen is not mounted yet while it is told that it mounts."""
        super().on_screen_resume()
        self.tick()

    # What a section shows

    def repaint(self) -> None:
        """Show the state; called after every fact."""

    def rail_groups(self) -> tuple[RailGroup, ...]:
        """Give what stands under the time in the rail."""
        return ()

    def place_line(self) -> str:
        """Give the rail in a few words, where it folds to one line."""
        return ""

    def pace_words(self, reading: Reading) -> tuple[str, str]:
        """Give the share of time under the clock, long and short."""
        return "", ""

    def back_row_view(self, reading: Reading) -> BackRowView:
        """Give the view for the last row of chairs."""
        clock = clock_of(self.meeting, reading)
        return BackRowView(time=clock.figure, sentence="", tone=clock.tone)

    def refresh_state(self) -> None:
        """Repaint everything that depends on the state."""
        self.repaint()
        self.tick()
        self.refresh_keys()

    def tick(self) -> None:
        """Repaint what the clock derives."""
        if not self.is_mounted:
            return
        now, reading = self.session.now(), self.reading()
        self.show_header(header_of(self.meeting, reading, now))
        clock = clock_of(self.meeting, reading, *self.pace_words(reading))
        self.show_rail(RailView(clock=clock, groups=self.rail_groups(), place=self.place_line()))
        status = (clock.punctual_tone, clock.punctual, f", {clock.ends}" if clock.ends else "")
        self.show_back_row(self.back_row_view(reading), status)
        notice = self.notice(reading)
        # While one types a letter is text: its key would be dead.
        dead = self.mode is Mode.TYPE and len(notice.key) == 1
        self.query_one(Strip).notice = replace(notice, key="", key_title="") if dead else notice

    def notice(self, reading: Reading) -> Notice:
        """Choose the one line that matters most now."""
        if self.session.unsaved is not None:
            return self._note
        if self._note.text or self._note.word:
            return self._note
        plan = catch_up(self.meeting.clock, self.session.now())
        if plan is not None:
            titles: dict[str, str] = {section.id: section.title for section in self.meeting.settings.sections}
            return Notice(say_plan(plan, titles), Tone.WATCH, "", "t", "catch up")
        own = self.own_notice(reading)
        if own is not None:
            return own
        aloud = sum(c.aloud and c.is_open for c in self.meeting.ledger.commitments.values())
        each = self.meeting.settings.thresholds.read_aloud
        call = call_to_actions(self.meeting.clock, self.session.now(), aloud, each)
        if call is not None and call.due:
            return Notice(say_call(call), Tone.WATCH, "", ">", "go on")
        section = next(s for s in self.meeting.settings.sections if s.id == self.meeting.section)
        return Notice(prompt_at(section.prompts, reading.elapsed))

    def own_notice(self, reading: Reading) -> Notice | None:
        """Give a section's own quiet line."""
        return None

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

    def say(self, notice: Notice, *, keep: bool = False) -> None:
        """Show a notice, for a few seconds unless it is to stay."""
        self._note = notice
        if not keep:
            self.set_timer(NOTE_LASTS, lambda: self._forget(notice))
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

    def action_pause(self) -> None:
        """Stop the section's clock, or let it run again."""
        self.do(Resume() if self.reading().paused else Pause())

    def action_time(self) -> None:
        """Offer more or less time, and ways to catch up."""
        choice = ChooseTime(self.meeting, self.session.now())
        self.app.push_screen(choice, self._take_time)

    def _take_time(self, chosen: str | None) -> None:
        plan = plan_of(self.meeting, self.session.now(), chosen) if chosen else None
        if plan is not None:
            self.do(plan)

    def action_next_section(self) -> None:
        """Go on to the next section; after Actions comes the lock."""
        self._go(1)

    def action_previous_section(self) -> None:
        """Go back to the section before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        at = SECTIONS.index(self.SECTION) + by
        if at < 0:
            return
        if at >= len(SECTIONS):
            self.post_message(self.Moved("lock"))
        elif self.do(EnterSection(section=SECTIONS[at])):
            self.post_message(self.Moved(SECTIONS[at]))

    def action_commitment(self) -> None:
        """Write down who does what by when, without leaving what one is on."""
        deal = self.meeting.deal if self.SECTION == "inspection" else ""
        self.app.push_screen(AskPromise(self.meeting, deal=deal), lambda line: self._promise(line, deal))

    def _promise(self, line: str | None, deal: str) -> None:
        if line:
            self.do(Promise(line=line, deal=deal, origin=Origin.ACTION))

    # Drafts

    def draft_key(self, field: FieldRow) -> str:
        """Name a field's draft."""
        return f"{self.SCOPE}:{field.id or ''}"

    def on_field_row_changed(self, message: FieldRow.Changed) -> None:
        """Remember what is being typed."""
        self.drafting.type(self.draft_key(message.field), message.text)
        self.typed(message.field, message.text)

    def typed(self, field: FieldRow, text: str) -> None:
        """Answer what is being typed; sections show here what they understand."""

    def watch_mode(self) -> None:
        """Remember whether one types."""
        super().watch_mode()
        self.drafting.be(mode=str(self.mode))
        self.tick()
