"""The lines of the questions: which are asked, and what becomes of the answers."""

from collections.abc import Callable, Sequence
from typing import Final

from textual import work

from review.card import Card
from review.commitments import Origin
from review.deals import Cause
from review.intents import Mend, Promise, WriteNote
from review.intents_deal import NameCause
from review.questions import Question, cause_in, every_question
from screens.dialogs.choose import Choice, Choose
from screens.doing import nothing
from screens.inspection_queueing import Queueing
from screens.strip import Notice
from tui.widgets.data import Tone
from tui.widgets.field import FieldRow

QUESTIONS: Final = {
    "buyer": "Buyer",
    "event": "Event",
    "risk": "Risk",
    "economic buyer": "Money",
    "cause": "Cause",
    "help": "Help",
    "approach": "Approach",
}
"""Every question in the order of the card, with its label."""


def field_id(question: str) -> str:
    """Give the id of a question's line."""
    return f"q-{question.replace(' ', '-')}"


class Noting(Queueing):
    """Asks the questions of the card and keeps their answers."""

    _shown = ""
    """The deal whose texts stand in the lines."""
    _asked: tuple[str, ...] = ()
    """Questions that were asked for by key."""
    _rows: dict[str, FieldRow]

    def question_rows(self) -> tuple[FieldRow, ...]:
        """Make a line for each question; only those that the card asks are shown."""
        self._rows = {ident: FieldRow(label, id=field_id(ident)) for ident, label in QUESTIONS.items()}
        return tuple(self._rows.values())

    def prompts(self, card: Card) -> dict[str, Question]:
        """Give every question for the deal."""
        lock = self.meeting.record(card.deal.id).lock
        return every_question(card.deal, lock.day if lock else None)

    def keep_notes(self, then: Callable[[], object] = nothing) -> None:
        """Write the answers that are not kept yet, then go on; those in a line that has the cursor wait."""
        deal = self.deal
        if not deal or deal != self._shown:
            then()
            return
        answers = self.card().answers
        fresh = []
        for ident, row in self._rows.items():
            text = " ".join(row.text.split())
            if row.display and text and text != answers.get(ident, "") and not row.line.has_focus:
                fresh.append((ident, text))
        self._keep(deal, fresh, then)

    def _keep(self, deal: str, fresh: Sequence[tuple[str, str]], then: Callable[[], object]) -> None:
        if not fresh:
            then()
            return
        (ident, text), *others = fresh

        def go_on() -> None:
            self.drafting.forget(f"{deal}:{field_id(ident)}")
            if ident == "cause" and cause_in(text) is None:
                self._which_cause(deal, text)
            if ident == "help":
                self._promise_help(deal, text, lambda: self._keep(deal, others, then))
            else:
                self._keep(deal, others, then)

        self.do(WriteNote(deal=deal, question=ident, text=text), then=go_on)

    @work
    async def _which_cause(self, deal: str, text: str) -> None:
        """Ask by one key which cause an answer means; left open it stays a note and counts nowhere."""
        choices = [Choice(cause.value, cause.value) for cause in Cause]
        body = f"“{text}” is kept as it is. The word counts where several deals have the same cause."
        found = await self.app.push_screen_wait(
            Choose(f"{self.title_of(deal)}: which cause is that?", choices, body=body)
        )
        if found is not None:
            self.do(NameCause(deal=deal, cause=Cause(found)))

    def _promise_help(self, deal: str, text: str, then: Callable[[], object]) -> None:
        """Make what the rep needs the manager's commitment, once."""
        manager = self.meeting.settings.manager
        if manager is None:
            then()
            return
        known = next(
            (
                c
                for c in self.meeting.ledger.commitments.values()
                if c.origin is Origin.HELP and c.deal == deal and c.is_open and c.review == self.meeting.review
            ),
            None,
        )
        if known is not None:
            self.do(Mend(commitment=known.id, line=text), then=then)
            return
        said = Notice(text, Tone.OK, f"{manager.first_name} owes")

        def go_on() -> None:
            self.say(said)
            then()

        self.do(Promise(line=text, owner=manager.id, deal=deal, origin=Origin.HELP), then=go_on)

    def action_next_question(self) -> None:
        """Ask one more question."""
        hidden = [ident for ident, row in self._rows.items() if not row.display]
        if hidden:
            self._ask(hidden[0])

    @work
    async def action_questions(self) -> None:
        """Choose any of the questions."""
        prompts = self.prompts(self.card())
        choices = [Choice(ident, question.prompt) for ident, question in prompts.items()]
        found = await self.app.push_screen_wait(Choose("Which question?", choices))
        if found is not None:
            self._ask(found)

    def _ask(self, ident: str) -> None:
        self._asked = (*self._asked, ident)
        self.refresh_state()
        self._rows[ident].type_here()
