"""The lines of a deal's form: questions, evidence, step; what is typed, understood, kept and taken."""

from typing import Final, NamedTuple

from textual import on, work
from textual.events import DescendantBlur, DescendantFocus

from review.card import Card
from review.closeout import Preview, preview, standing_step
from review.deals import Cause
from review.decisions.card import understand_evidence
from review.intents import CloseOut, GiveEvidence
from review.line_edits import Fill, Newcomer, fill, newcomer_in, with_initials_of
from review.meeting import Meeting
from review.people import Person
from screens import inspection_form as form
from screens.dialogs.confirm import Confirm
from screens.inspection_form import EvidenceRow
from screens.inspection_noting import QUESTIONS, Noting, field_id
from screens.newcomers import ask_who, known_as
from screens.strip import Notice
from tui.widgets.data import Feedback, Mode, Tone
from tui.widgets.field import FieldRow

CLOSED: Final = "closed out"
NARROW: Final = 140
"""Columns of the screen below which things are said in fewer words."""


class _Read(NamedTuple):
    """The step's line as understood, and what Tab would make of it."""

    meeting: Meeting
    deal: str
    text: str
    seen: Preview
    offer: Fill | None


class Typing(Noting):
    """Keeps what is typed, says what it means, and makes facts of it."""

    _read: _Read | None = None
    _to_judge = False
    _evidence_open = False
    _back = ""
    """The line that one left for the evidence."""
    _left_last = ("", "")
    """The deal that left last, and what stood in its step: undo brings both back."""

    @property
    def step_row(self) -> FieldRow:
        """The line for the step."""
        return self.query_one("#step", FieldRow)

    @property
    def evidence_row(self) -> EvidenceRow:
        """The line for the commit evidence."""
        return self.query_one("#evidence", EvidenceRow)

    # Which deal's texts stand in the lines

    def load(self, card: Card) -> None:
        """Put a deal's drafts and answers into the lines; a deal opens with letters as commands."""
        deal = card.deal.id
        first = not self._shown
        self._shown, self._asked, self._evidence_open, self._back = deal, (), False, ""
        if not first:
            self.set_focus(None)
            self.drafting.be(deal=deal, field="")
        for ident, row in self._rows.items():
            row.text = self.drafting.text(f"{deal}:{row.id}") or card.answers.get(ident, "")
        self.evidence_row.text = self.drafting.text(f"{deal}:evidence")
        self._evidence_open = bool(self.evidence_row.text)
        if deal == self._left_last[0] and deal not in self.meeting.left:
            self.drafting.type(f"{deal}:step", self._left_last[1])
        self.step_row.text = self.drafting.text(f"{deal}:step")
        self._asked = tuple(i for i in QUESTIONS if self.drafting.text(f"{deal}:{field_id(i)}"))

    def show_form(self, card: Card | None) -> None:
        """Show the lines that the deal asks for, with their prompts."""
        here = card is not None and bool(self.deal)
        asked = {question.id for question in card.questions} if card else set()
        prompts = self.prompts(card) if card else {}
        for ident, row in self._rows.items():
            row.display = here and (ident in asked or ident in self._asked)
            if ident in prompts:
                row.prompt = prompts[ident].prompt
        self.evidence_row.display = here and card is not None and (bool(card.evidence) or self._evidence_open)
        self.step_row.display = here
        if card is not None and here:
            self.evidence_row.rest = (*form.evidence_at_rest(card, self.meeting), self.warning(card))
            self.judge_evidence()
            self.judge_step()

    def warning(self, card: Card) -> tuple[str, ...]:
        """Say what the commit gate does to the deal at the lock, in full and briefly."""
        return ()

    # While one types

    def draft_key(self, field: FieldRow) -> str:
        """Name a draft by deal and line."""
        return f"{self._shown}:{field.id or ''}"

    def typed(self, field: FieldRow, text: str) -> None:
        """Say at once what is understood."""
        if field.id == "step":
            # The letter shows first; whoever asks before then what is understood reads the line itself.
            if not self._to_judge:
                self._to_judge = self.call_after_refresh(self.judge_step)
        elif field.id == "evidence":
            self.judge_evidence()
            self.say_next()

    @property
    def seen(self) -> Preview | None:
        """The step's line as understood; None where no deal is open."""
        return self._line.seen if self._line is not None else None

    @property
    def offer(self) -> Fill | None:
        """What Tab would make of the step's line."""
        return self._line.offer if self._line is not None else None

    @property
    def _line(self) -> _Read | None:
        """The step's line, read once as it stands."""
        deal, text, meeting = self.deal, self.step_row.text, self.meeting
        known = self._read
        if known is None or known.meeting is not meeting or (known.deal, known.text) != (deal, text):
            seen = preview(meeting, deal, text) if deal else None
            self._read = None if seen is None else _Read(meeting, deal, text, seen, fill(meeting, deal, text, seen))
        return self._read

    def judge_step(self) -> None:
        """Say under the step what is understood, and which key comes next."""
        self._to_judge = False
        seen = self.seen
        if seen is None:
            return
        text, standing = self.step_row.text, standing_step(self.meeting, self.deal)
        self.step_row.prompt = form.step_prompt(standing, self.meeting)
        self.step_row.feedback = form.step_feedback(
            seen, self.meeting, text, standing, short=self.app.size.width < NARROW
        )
        self.say_next()
        self.refresh_keys()

    def judge_evidence(self) -> None:
        """Say under the evidence what is understood."""
        text = self.evidence_row.text
        fresh = form.evidence_feedback(self.card(), self.meeting, text) if self.deal else Feedback()
        self.evidence_row.feedback = fresh
        self.evidence_row.draw()

    def say_next(self) -> None:
        """Say the next key in words."""

    @property
    def typing_in(self) -> str:
        """The id of the line that has the cursor; empty where none has."""
        focused = self.focused
        row = None if focused is None else next((one for one in focused.ancestors if isinstance(one, FieldRow)), None)
        return (row.id or "") if row is not None else ""

    @property
    def newcomer(self) -> Newcomer | None:
        """Who could be added on the spot."""
        return None if self.seen is None else newcomer_in(self.meeting, self.deal, self.step_row.text, self.seen)

    @on(DescendantFocus)
    def _entered_line(self, _: DescendantFocus) -> None:
        if self._shown and self.typing_in:
            self.drafting.be(deal=self._shown, field=self.typing_in)
        self.evidence_row.draw()
        self.say_next()
        self.refresh_keys()

    @on(DescendantBlur)
    def _left_line(self, _: DescendantBlur) -> None:
        self.evidence_row.draw()
        self.say_next()
        # What waits for the disk comes before what is left unasked.
        if self.deal and self.app.screen is self and self.session.unsaved is None:
            self.keep_notes()

    # What becomes of it

    async def entered(self, field: FieldRow, text: str) -> None:
        """Take the evidence where some was typed; pass every other line but the last."""
        if field.id == "evidence" and text.strip():
            self.take_evidence()
            return
        if field.id == "step":
            # Enter means the line as it stood at the key: by now more may have been typed behind it.
            if self.deal and preview(self.meeting, self.deal, text).green:
                self.close_out(text)
                return
            if text != field.text:
                return
            self.judge_step()
        await super().entered(field, text)

    @work
    async def take_evidence(self) -> None:
        """Record the evidence; a confirmed date that is not the deal's asks to move the close date."""
        deal, text, card = self.deal, self.evidence_row.text, self.card()
        day = understand_evidence(self.meeting, deal, text).moves_close_date_to
        cause: Cause | None = None
        if day is not None and card.deal.close_date is not None and day > card.deal.close_date:
            cause = await self.ask_cause(day)
            if cause is None:
                return
        elif day is not None:
            sentence = f"The deal closes {card.closes}. The confirmed date takes its place: {day.day} {day:%b}."
            if not await self.app.push_screen_wait(Confirm("Move the close date?", sentence, yes="move it")):
                return
        given = GiveEvidence(deal=deal, line=text, move=day is not None, cause=cause)
        self.do(given, then=lambda: self._evidence_taken(deal))

    def _evidence_taken(self, deal: str) -> None:
        self.drafting.forget(f"{deal}:evidence")
        self.evidence_row.text = ""
        back, self._back = self._back or "step", ""
        self.refresh_state()
        self.query_one(f"#{back}", FieldRow).type_here()

    def action_close_out(self) -> None:
        """Take the step as it stands."""
        self.close_out(self.step_row.text)

    def close_out(self, line: str) -> None:
        """Take a step, and open the next deal."""
        deal = self.deal
        said, intent = f"{self.title_of(deal)}: ", CloseOut(deal=deal, line=line)
        self.exit_by(intent, lambda: self.leave(deal, Notice(said + self.meeting.left[deal].words, Tone.OK, CLOSED)))

    def leave(self, deal: str, notice: Notice) -> None:
        """Forget the drafts of a deal that left, and open the next one."""
        self._left_last = (deal, self.step_row.text)
        self.drafting.forget(f"{deal}:")
        self._shown = "-"
        self.open_next()
        self.say(notice)

    # Keys of the form

    def action_step(self) -> None:
        """Type the step."""
        self.step_row.type_here()

    def action_evidence(self) -> None:
        """Type the evidence, and come back to where one typed."""
        self._back = self.typing_in if self.typing_in != "evidence" else self._back
        self._evidence_open = True
        self.evidence_row.display = True
        self.evidence_row.type_here()

    def action_take_offer(self) -> None:
        """Put what is offered into the step's line: last week's words, an owner, a working day."""
        if self.offer is not None:
            self._replace(self.offer.text)

    def _replace(self, text: str) -> None:
        self.step_row.text = text
        self.drafting.type(self.draft_key(self.step_row), text)
        self.judge_step()

    @work
    async def action_add_person(self) -> None:
        """Add on the spot whom the line means, and make them its owner."""
        found = self.newcomer
        given = "" if found is None else await self.app.push_screen_wait(ask_who(found))
        person = known_as(self, given) if given else None
        if found is not None and person is not None:
            self._own(person, found.word)

    def _own(self, person: Person, word: str) -> None:
        self._replace(with_initials_of(self.step_row.text, word, person.initials))
        self.step_row.type_here()

    def take_up(self) -> None:
        """Type on where one stopped: the same deal and line, the cursor behind the text."""
        if self.drafting.at("mode") != Mode.TYPE or self.drafting.at("deal") != self.deal:
            return
        row = next((row for row in self.fields() if row.id == self.drafting.at("field")), None)
        if row is not None:
            row.type_here()
