"""How Actions opens: the call after the room, rep by rep, then the causes that stand on many deals."""

from decimal import Decimal
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from review.action_line import before_next_review
from review.after_room import AfterRoom
from review.calls import open_calls
from review.causes import SharedCause, open_causes
from review.dates import short_date
from review.decisions.causes import proposed
from review.intents import TakeCall, TakeCause
from review.money import short_money
from review.periods import period_of
from review.results import Refusal
from review.traces import cause_reasons, room_reasons
from review.why import Reason
from screens import actions_words as say
from screens.amounts import amount_of, understood
from screens.explaining import Explaining
from screens.forecast_figure import CommitFigure
from screens.live import LiveScreen
from tui.widgets.data import Feedback, Mode, Tone, plain
from tui.widgets.field import FieldRow
from tui.widgets.static import Static

AROUND_ON_WALL: Final = 38
"""Rows of a wall that the calls do not have."""


class Taking(LiveScreen, Explaining):
    """Takes calls and causes before anybody reads."""

    _asked: tuple[object, tuple[AfterRoom, ...]] | None = None
    _filled = ""
    """Whose draft stands in the line."""

    def compose_opening(self) -> ComposeResult:
        """Lay out the calls and the cause."""
        yield Vertical(
            Static(id="calls", markup=False, classes="list"),
            CommitFigure(),
            FieldRow("After the room", tall=True, id="amount"),
            id="room-calls",
        )
        yield Static(id="cause", markup=False, classes="gap list")

    # What is asked

    @property
    def calls(self) -> tuple[AfterRoom, ...]:
        """The calls that the room has changed and that are still to be taken, of those who are here."""
        meeting = self.meeting
        if self._asked is None or self._asked[0] is not meeting:
            self._asked = (meeting, open_calls(meeting))
        return self._asked[1]

    @property
    def cause(self) -> SharedCause | None:
        """The first cause that nobody mends and that was not passed over."""
        passed = self.drafting.at("causes passed").split("|")
        found = open_causes(self.meeting.ledger, self.meeting.settings, self.meeting.day)
        return next((shared for shared in found if shared.cause not in passed), None)

    def reasons(self) -> tuple[str, tuple[Reason, ...]]:
        """Give what the calls after the room add up, or on which deals the cause stands."""
        cause = None if self.calls else self.cause
        if cause is not None:
            return cause.cause, cause_reasons(self.meeting, cause)
        return "The call after the room", room_reasons(self.meeting, self.calls)

    def available(self, command_id: str) -> bool:
        """Say whether there is anything to explain."""
        if command_id == "why":
            return bool(self.calls) or self.cause is not None
        return super().available(command_id)

    # What is shown

    def show_call(self) -> None:
        """Show the calls, the first of them large."""
        calls = self.calls
        self.query_one("#room-calls").display = bool(calls)
        if not calls:
            return
        entry = calls[0]
        shown = self.query_one("#calls", Static)
        width = shown.content_size.width
        lines = [say.room_line(self.meeting, one, now=one is entry, width=width) for one in calls]
        apart = self.has_class("-wall") and 2 * len(lines) + AROUND_ON_WALL <= self.app.size.height
        shown.update(Content("\n\n" if apart else "\n").join(lines))
        field = self.query_one("#amount", FieldRow)
        if self._filled != _key(entry):
            self._filled = _key(entry)
            field.text = self.drafting.text(self.draft_key(field))
            field.feedback = self._read(field.text)
        field.prompt = f"Enter takes {short_money(entry.after)}; or another number, like 420k or +80"
        field.set_class(self.mode is Mode.KEYS, "-next")
        typed = self._amount(field.text) if field.text.strip() else None
        label = period_of(entry.period, self.meeting.settings).label
        figure = entry.after if typed is None else typed
        beside = Content.styled(f"stated {short_money(entry.stated)}\n{plain(say.pending_words(entry))}", "$dim")
        self.query_one(CommitFigure).show(label, figure, new=True, beside=beside)

    def show_cause(self, shared: SharedCause | None) -> None:
        """Show one cause, without names."""
        words = self.query_one("#cause", Static)
        words.display = shared is not None
        manager = self.meeting.settings.manager
        if shared is None:
            return
        until = short_date(before_next_review(self.meeting.settings, self.meeting.day))
        owner = f"for {manager.name}, {until}" if manager else "there is no manager in the settings"
        words.update(
            Content.assemble(
                (plain(shared.sentence), "bold $bright"),
                (f"\n\n{proposed(shared.cause, len(shared.deals))}", "$foreground"),
                (f"   {plain(owner)}", "$dim"),
            )
        )

    # Keys

    def take_call(self, text: str = "") -> None:
        """Take the call after the room as proposed, or as typed."""
        entry = self.calls[0]
        following = entry.period > self.meeting.day
        self.do(TakeCall(person=entry.person, amount=text, following=following), then=lambda: self._taken_call(entry))

    def _taken_call(self, entry: AfterRoom) -> None:
        self.drafting.forget(f"{self.SCOPE}:{_key(entry)}:")
        self._filled = ""
        self.set_focus(None)
        self.refresh_state()

    def take_cause(self, shared: SharedCause) -> None:
        """Make one commitment of the manager."""
        self.do(TakeCause(cause=shared.cause))

    def action_leave_cause(self) -> None:
        """Pass a cause over for this review."""
        if self.cause is not None:
            passed = self.drafting.at("causes passed")
            self.drafting.be(**{"causes passed": f"{passed}|{self.cause.cause}"})
            self.refresh_state()

    def begin_with(self, character: str) -> bool:
        """Begin another number with its first digit."""
        if self.mode is not Mode.KEYS or not self.calls:
            return False
        field = self.query_one("#amount", FieldRow)
        field.text += character
        self.drafting.type(self.draft_key(field), field.text)
        self.typed(field, field.text)
        field.type_here()
        return True

    # Typing

    def draft_key(self, field: FieldRow) -> str:
        """Name the draft of a person's number."""
        return f"{self.SCOPE}:{self._filled}:{field.id}"

    def typed(self, field: FieldRow, text: str) -> None:
        """Show the number large as it is typed."""
        field.feedback = self._read(text)
        self.repaint()

    async def entered(self, field: FieldRow, text: str) -> None:
        """Take the number that was typed, or the proposed one."""
        if self.calls:
            self.take_call(text)
        else:
            await super().entered(field, text)

    def refused(self, refusal: Refusal) -> None:
        """Show a refusal under the line it is about."""
        field = self.query_one("#amount", FieldRow)
        if refusal.field == "commit" and self.calls:
            field.feedback = Feedback(ok=False, marks=((Tone.ACT, "number", f" {refusal.sentence}"),))
        else:
            super().refused(refusal)

    def _amount(self, text: str) -> Decimal | None:
        entry = self.calls[0]
        return amount_of(self.meeting, entry.person, text, following=entry.period > self.meeting.day)

    def _read(self, text: str) -> Feedback:
        if not self.calls:
            return Feedback()
        entry = self.calls[0]
        return understood(self.meeting, entry.person, text, following=entry.period > self.meeting.day)


def _key(entry: AfterRoom) -> str:
    """Name the draft of one call."""
    return f"{entry.person}:{entry.period}"
