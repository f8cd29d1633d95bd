"""Stating a number: typed large, asked for its reason where it changed, and for its best case by one key."""

from decimal import Decimal

from textual.app import ComposeResult

from review.calls import awaits_next, called_period
from review.intents import StateCall
from review.money import read_amount, say_money
from review.onscreen import AT_NUMBER
from review.periods import asked_next
from review.results import Refusal
from screens.amounts import amount_of, prompt_of, understood
from screens.judging import Judging
from tui.widgets.data import Feedback, Mode, Tone
from tui.widgets.field import FieldRow

NUMBERS = ("number", "following")
"""The lines that take a number: this period's, and the next one's."""


class Stating(Judging):
    """Takes the commit of whoever has the turn; a number that looks odd wants a second Enter."""

    _echoed: str | None = None
    """The text that was echoed in full: entered again it is taken."""
    _filled = ""
    """Whose drafts the lines show."""
    restating = False
    """Whether a number that is in is said anew."""
    restating_next = False
    """The same for the next period's number."""
    correcting = False
    """Whether the best case is being corrected."""
    _reason = False
    """Whether the number waits for what changed."""

    @property
    def asks_next(self) -> bool:
        """Tell whether the next period's number is asked now: this period's is in, and it ends within two weeks."""
        person = self.person
        if person is None or not person.carries or self.restating or self.chosen is not None:
            return False
        return self.restating_next or awaits_next(self.meeting, person.id)

    def compose_number(self) -> ComposeResult:
        """Lay out the line for the number, and the one for its reason or the best case."""
        yield FieldRow("Say it", tall=True, id="number").add_class("gap")
        yield FieldRow("And next", tall=True, id="following").add_class("gap")
        yield FieldRow(
            "What changed?", "A few words: what is different since the last review?", id="reason", explained=True
        )
        yield FieldRow("Best case", "Like 508k", id="corrected", explained=True)

    def turn_began(self) -> None:
        """Ask whoever has the turn now, with what was typed before."""
        self._echoed, self._reason = None, False
        self.restating = self.restating_next = self.correcting = False
        self._fill()
        self.refresh_state()

    def _fill(self) -> None:
        self._filled = self.person.id if self.person else ""
        for ident in ("number", "following", "reason", "corrected"):
            field = self.query_one(f"#{ident}", FieldRow)
            field.text = self.drafting.text(self.draft_key(field))
            field.feedback = self._read(field.text) if ident in NUMBERS else Feedback()
        self._reason = bool(self.query_one("#reason", FieldRow).text)

    def show_fields(self, waits: bool) -> None:
        """Show the line that is asked; `waits`: promises come first."""
        person = self.person
        if self._filled != (person.id if person else ""):
            # The turn passed on by itself, as when somebody leaves: what was typed stays with whom it was typed for.
            self._echoed = None
            self.restating = self.restating_next = self.correcting = False
            self._fill()
        number, then, reason, best = (
            self.query_one(f"#{i}", FieldRow) for i in ("number", "following", "reason", "corrected")
        )
        carries = person is not None and person.carries
        stated = person is not None and person.id in self.meeting.calls
        number.display = carries and not waits and (not stated or self.restating)
        number.set_class(number.display and self.mode is Mode.KEYS, "-next")
        then.label = f"And for {called_period(self.meeting, following=True).label}"
        then.display = stated and not waits and not self.correcting and self.asks_next
        then.set_class(then.display and self.mode is Mode.KEYS, "-next")
        reason.display = (number.display or then.display) and self._reason
        best.display = carries and stated and not waits and self.correcting
        if person is None or not carries:
            return
        for field, following in ((number, False), (then, True)):
            field.prompt = prompt_of(self.meeting, person.id, following=following)

    @property
    def asked(self) -> FieldRow | None:
        """The line that takes a number now."""
        return next((row for ident in NUMBERS if (row := self.query_one(f"#{ident}", FieldRow)).display), None)

    @property
    def typed_text(self) -> str:
        """What stands in that line."""
        return self.asked.text.strip() if self.asked is not None else ""

    @property
    def typed_amount(self) -> Decimal | None:
        """What is being typed as this period's number, as far as it is one."""
        number = self.query_one("#number", FieldRow)
        return self._amount(number.text) if number.display and number.text.strip() else None

    def _amount(self, text: str) -> Decimal | None:
        return amount_of(self.meeting, self.person.id if self.person else "", text, following=self.asks_next)

    def _read(self, text: str) -> Feedback:
        return understood(self.meeting, self.person.id if self.person else "", text, following=self.asks_next)

    # Keys

    def available(self, command_id: str) -> bool:
        """Say which keys the number has."""
        person = self.person
        carries = person is not None and person.carries
        if command_id == "commit":
            return carries
        if command_id == "next_call":
            asked = person is not None and carries and person.id in self.meeting.calls and self.chosen is None
            return asked and asked_next(self.meeting.day, self.meeting.settings) is not None
        if command_id == "best_case":
            return carries and person is not None and person.id in self.meeting.calls and self.chosen is None
        if command_id == "type":
            return bool(self.fields())
        return super().available(command_id)

    def action_commit(self) -> None:
        """Say the number, or say it anew."""
        if self.person is None:
            return
        self.choose(AT_NUMBER)
        self.restating = self.person.id in self.meeting.calls
        self.restating_next = self.correcting = self._reason = False
        self.refresh_state()
        self.query_one("#number", FieldRow).type_here()

    def action_next_call(self) -> None:
        """Say the number for the next period, or say it anew."""
        if self.person is None:
            return
        self.restating_next = self.person.id in self.meeting.next_calls
        self.restating = self.correcting = self._reason = False
        self.refresh_state()
        self.query_one("#following", FieldRow).type_here()

    def begin_with(self, character: str) -> bool:
        """Begin the number with its first digit, where it is what comes next."""
        number = self.asked
        if self.mode is not Mode.KEYS or number is None:
            return False
        number.text += character
        self.drafting.type(self.draft_key(number), number.text)
        self.typed(number, number.text)
        number.type_here()
        return True

    def action_best_case(self) -> None:
        """Correct the best case."""
        self.correcting = True
        self.refresh_state()
        self.query_one("#corrected", FieldRow).type_here()

    def action_keys_mode(self) -> None:
        """Leave the line; a number that was in stays as it was."""
        if self.restating and not self.query_one("#number", FieldRow).text.strip():
            self.restating = False
        if self.restating_next and not self.query_one("#following", FieldRow).text.strip():
            self.restating_next = False
        self.correcting = False
        super().action_keys_mode()

    def watch_mode(self) -> None:
        """Raise the line that is next while nobody types."""
        super().watch_mode()
        if self.is_mounted:
            self.repaint()

    # Typing

    def draft_key(self, field: FieldRow) -> str:
        """Name the draft of a person's line."""
        if field.id == "answer":
            return super().draft_key(field)
        then = "then-" if field.id == "reason" and self.asks_next else ""
        return f"{self.SCOPE}:{self._filled}:{then}{field.id}"

    def typed(self, field: FieldRow, text: str) -> None:
        """Show the number large as it is typed."""
        super().typed(field, text)
        if field.id in NUMBERS:
            field.feedback = self._read(text)
            self._echoed = None
            self._reason = self._reason and bool(text.strip())
            self.repaint()
        elif field.id == "corrected":
            amount = read_amount(text, self.meeting.settings.call_unit)
            said = say_money(amount, self.meeting.settings.currency) if amount is not None else ""
            field.feedback = Feedback(marks=((Tone.OK, said, ""),)) if said else Feedback()

    async def entered(self, field: FieldRow, text: str) -> None:
        """Take what was typed."""
        if field.id == "answer":
            self.enter_answer(text)
        elif field.id == "corrected":
            self._correct(text)
        else:
            self.state(text if field.id in NUMBERS else self.typed_text, following=self.asks_next)

    def state(self, text: str, *, following: bool = False) -> None:
        """State the number; empty text keeps last week's."""
        person = self.person
        if person is None:
            return
        reason = self.query_one("#reason", FieldRow).text if self._reason else ""
        confirmed = self._echoed == text
        intent = StateCall(person=person.id, commit=text, reason=reason, confirmed=confirmed, following=following)
        self.do(intent, then=lambda: self._stated(person.id, following=following))

    def _stated(self, person: str, *, following: bool) -> None:
        self.restating = self.restating_next = self._reason = False
        self._echoed = None
        for ident in ("following", "then-reason") if following else ("number", "reason"):
            self.drafting.forget(f"{self.SCOPE}:{person}:{ident}")
        self._fill()
        self.set_focus(None)
        self.refresh_state()

    def _correct(self, text: str) -> None:
        person = self.person
        call = self.meeting.calls.get(person.id) if person else None
        if person is None or call is None or not text.strip():
            self.action_keys_mode()
            return
        intent = StateCall(person=person.id, commit="", best_case=text, confirmed=True)
        self.do(intent, then=lambda: self._corrected(person.id))

    def _corrected(self, person: str) -> None:
        self.correcting = False
        self.drafting.forget(f"{self.SCOPE}:{person}:corrected")
        self._fill()
        self.set_focus(None)
        self.refresh_state()

    def refused(self, refusal: Refusal) -> None:
        """Show a refusal under the line it is about; ask what changed where that is what is missing."""
        number = self.asked or self.query_one("#number", FieldRow)
        if refusal.field == "reason":
            self._reason = True
            self._echoed = number.text
            number.feedback = self._read(number.text)
            self.refresh_state()
            self.query_one("#reason", FieldRow).type_here()
        elif refusal.confirm:
            self._echoed = number.text
            number.feedback = Feedback(ok=False, marks=((Tone.WATCH, refusal.sentence, ""),))
        elif refusal.field == "commit":
            number.feedback = Feedback(ok=False, marks=((Tone.ACT, "number", f" {refusal.sentence}"),))
        elif refusal.field == "best case":
            field = self.query_one("#corrected", FieldRow)
            field.feedback = Feedback(ok=False, marks=((Tone.ACT, "best case", f" {refusal.sentence}"),))
        else:
            super().refused(refusal)
