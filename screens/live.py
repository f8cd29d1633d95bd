"""What the four sections of the running hour share: the clock on screen, intents, undo, time, drafts."""

from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.message import Message

from review.clock import PHASES, Phase, Reading
from review.clock_words import say_call, say_late
from review.commitments import Origin
from review.intents import EnterSection, Pause, Promise, Resume, SetPresence
from review.pacing import call_to_actions, catch_up, prompt_at
from review.settings import SECTIONS, SectionId
from review.start import room_of
from review.time_plans import say_time_plan
from screens.dialogs.presence import WhoIsHere
from screens.dialogs.promise import AskPromise
from screens.hour import clock_of, header_of, wall
from screens.strip import FRESH, Notice, Strip
from screens.timing import CATCH_UP, Timing
from tui.ticking import keep_time
from tui.widgets.data import BackRowView, Mode, RailGroup, RailView, Tone
from tui.widgets.field import FieldRow

TICK = 0.5
"""Seconds between repaints; the time shown is computed, never counted."""
LATE_IS_SAID = 300
"""Seconds of the meeting in which a late start is named beside what it made one lose."""
FLASH = 0.7
"""Seconds that the clock is lit up."""


class LiveScreen(Timing):
    """A section of the running hour; a subclass shows its part in `repaint` and `rail_groups`."""

    SECTION: ClassVar[SectionId]

    class Moved(Message):
        """The room goes somewhere else: a section, 'lock', 'recap', 'lobby' or the manager's 'call'."""

        def __init__(self, to: str) -> None:
            """Name where to."""
            super().__init__()
            self.to = to

    _phase: Phase | None = None
    """The phase of the section at the last look."""

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
        keep_time(self, self.session.now(), TICK, self.tick)
        self.repaint()
        self.tick()

    def on_screen_resume(self) -> None:
        """Show the time at once; a screen is not mounted yet while it is told that it mounts."""
        super().on_screen_resume()
        self.tick()

    # What a section shows

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

    def tick(self) -> None:
        """Repaint what the clock derives."""
        if not self.is_mounted:
            return
        now, reading = self.session.now(), self.reading()
        self._heed(reading.phase)
        self.show_header(header_of(self.meeting, reading, now))
        clock = clock_of(self.meeting, reading, *self.pace_words(reading))
        self.show_rail(RailView(clock=clock, groups=self.rail_groups(), place=self.place_line()))
        status = (clock.punctual_tone, clock.punctual, f", {clock.ends}" if clock.ends else "")
        self.show_back_row(self.back_row_view(reading), status)
        notice = self.notice(reading)
        if self.mode is Mode.TYPE and len(notice.key) == 1:
            notice = self._while_typing(notice)
        self.query_one(Strip).notice = notice

    def _while_typing(self, notice: Notice) -> Notice:
        """Name no letter while one types, where it would be text; what is not saved says how to come to its key."""
        if self.session.unsaved is None:
            return replace(notice, key="", key_title="", key_too="")
        return replace(notice, key="Esc", key_title="then", key_too=notice.key, key_too_title=notice.key_title)

    def _heed(self, phase: Phase) -> None:
        """Ring and light up once where a worse phase begins, as far as the settings ask for it."""
        before, self._phase = self._phase, phase
        if before is None or PHASES.index(phase) <= PHASES.index(before):
            return
        if self.meeting.settings.bell:
            self.app.bell()
        if self.meeting.settings.flash:
            self.add_class("-flash")
            self.set_timer(FLASH, lambda: self.remove_class("-flash"))

    def notice(self, reading: Reading) -> Notice:
        """Choose the one line that matters most now."""
        if self.session.unsaved is not None:
            return self._note
        if self._note.text or self._note.word:
            return self._note
        away = self.gap_notice()
        if away.text:
            return away
        prompts = next(s for s in self.meeting.settings.sections if s.id == self.meeting.section).prompts
        fresh = prompt_at(prompts, reading.elapsed, FRESH)
        if fresh:
            return Notice(fresh)
        own = self.own_notice(reading)
        if own is not None and own.fresh:
            return own
        called = self._actions_called()
        if called is not None:
            return called
        plan = catch_up(self.meeting.clock, self.session.now())
        if plan is not None:
            late = reading.late if reading.meeting < LATE_IS_SAID else 0
            said = say_time_plan(self.meeting, plan, self.session.now())
            # How far behind is how late at first: it is said once.
            said = said.partition(" → ")[2] if late else said
            return Notice(said, Tone.WATCH, say_late(late) if late else "", "t", CATCH_UP)
        if own is not None:
            return own
        if reading.moved and reading.meeting < LATE_IS_SAID:
            ends = f"ends {wall(reading.planned_end, self.meeting.settings)}"
            return Notice(ends, Tone.WATCH, say_late(reading.moved, sum(each.planned for each in reading.sections)))
        said = prompt_at(prompts, reading.elapsed)
        return Notice(said) if said else self.sweep_notice()

    def _actions_called(self) -> Notice | None:
        """Call to the actions; whoever is behind then needs that more than a plan to catch up."""
        aloud = sum(c.aloud and c.is_open for c in self.meeting.ledger.commitments.values())
        each = self.meeting.settings.thresholds.read_aloud
        call = call_to_actions(self.meeting.clock, self.session.now(), aloud, each)
        return Notice(say_call(call), Tone.WATCH, "", ">", "go on") if call is not None and call.due else None

    def own_notice(self, reading: Reading) -> Notice | None:
        """Give a section's own quiet line."""
        return None

    # Time and people

    def action_pause(self) -> None:
        """Stop the section's clock, or let it run again."""
        self.do(Resume() if self.reading().paused else Pause())

    def action_who(self) -> None:
        """Ask who is here: the deals of whoever comes or leaves follow."""
        room = room_of(self.meeting.settings, self.meeting.day)
        here = [(person.id, person.name) for person in room]
        self.app.push_screen(WhoIsHere(here, self.meeting.present), self._take_presence)

    def _take_presence(self, here: frozenset[str] | None) -> None:
        if here is None:
            return
        room = room_of(self.meeting.settings, self.meeting.day)
        changed = [person.id for person in room if self.meeting.is_present(person.id) != (person.id in here)]
        self.do(*(SetPresence(person=person, present=person in here) for person in changed))

    # Sections

    def available(self, command_id: str) -> bool:
        """Say which sections one can go to."""
        return super().available(command_id) and (command_id, self.SECTION) != ("previous_section", SECTIONS[0])

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
        else:
            to = SECTIONS[at]
            self.do(EnterSection(section=to), then=lambda: self.post_message(self.Moved(to)))

    def action_commitment(self) -> None:
        """Write down who does what by when, without leaving what one is on."""
        deal = self.meeting.deal if self.SECTION == "inspection" else ""
        self.app.push_screen(AskPromise(self.meeting, deal=deal), lambda line: self._promise(line, deal))

    def _promise(self, line: str | None, deal: str) -> None:
        if line:
            self.do(Promise(line=line, deal=deal, origin=Origin.ACTION), then=self._say_promised)

    def _say_promised(self) -> None:
        made = list(self.meeting.ledger.commitments.values())[-1]
        who = next((person.first_name for person in self.meeting.settings.people if person.id == made.owner), "")
        self.say(Notice(f"{who}: {made.text}" if who else made.text, Tone.OK, "promised"))

    # Typing

    def action_take(self) -> None:
        """Take the line that is typed in, as its Enter does."""
        row = next((row for row in self.query(FieldRow) if row.has_focus_within), None)
        if row is not None:
            row.post_message(FieldRow.Entered(row, row.text))

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
