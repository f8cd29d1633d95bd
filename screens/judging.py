"""Promises that fell due, one key each; what a verdict asks for is typed under the promise."""

from textual.app import ComposeResult
from textual.content import Content

from review.action_line import before_next_review
from review.commitments import Commitment, Origin, Verdict
from review.intents import DropCommitment, GiveVerdict, Intent, NextStep
from review.onscreen import AT_NUMBER
from review.results import Refusal
from review.suggestions import suggested
from screens import forecast_words as say
from screens.judging_words import date_feedback, step_feedback
from screens.promises import Promises
from tui.widgets.data import Feedback, Mode, Tone, plain
from tui.widgets.field import FieldRow
from tui.widgets.keywords import leading
from tui.widgets.rows import Raised
from tui.widgets.static import Static

PROMPTS = {
    "moved": ("New date", "What is the new date? Like “fri” or “26 nov”"),
    "missed": ("New date", "What is the new date? Like “fri” or “26 nov”"),
    "step": ("Next step", "What happens next, with whom, by when?"),
    "drop": ("Drop it", "Why? A few words"),
}
"""What is asked after a key: label and prompt."""
ALONE = {"missed": "leaves it without a date", "step": "leaves it to the sweep"}
"""What Enter does where nothing is typed and that is an answer too."""
SHOWN = ((30, 5), (36, 7), (40, 8))
"""Rows of the screen under which so many promises are listed."""
MOST = 12
AIRY, AIRY_FROM = 5, 40
"""How many promises stand apart from so many rows on."""
AROUND_ON_WALL = 38
"""Rows of a wall that the list does not have, the keys of the promise that is asked among them."""


def apart(screen: Promises) -> int:
    """Give how many promises a screen has room for with an empty row between them."""
    height = screen.app.size.height
    if screen.has_class("-wall"):
        return max(AIRY, (height - AROUND_ON_WALL) // 2)
    return AIRY if height >= AIRY_FROM else 0


class Judging(Promises):
    """Lists a person's promises that fell due and takes their verdicts; a subclass says whose, and goes on."""

    def compose_promises(self) -> ComposeResult:
        """Lay out the list around the promise that is asked."""
        yield Static(id="before", markup=False, classes="gap promises")
        with Raised(id="asked"):
            yield Static(id="promise", markup=False, classes="promises")
            yield Static(id="verdicts", markup=False)
        yield FieldRow("New date", tall=True, id="answer")
        yield Static(id="after", markup=False, classes="gap promises")

    def after_verdicts(self) -> None:
        """Go on when a promise was answered."""

    # What is shown

    def show_promises(self) -> None:
        """Show the list, and what is asked of the chosen one."""
        kind, ident = self.asks
        promises, chosen = self.promises, self.chosen
        if kind:
            chosen = next(promise for promise in promises if promise.id == ident)
        at = promises.index(chosen) if chosen is not None else len(promises)
        first, last = self._window(at, len(promises))
        width = self.line_width()
        between = "\n\n" if len(promises) <= apart(self) else "\n"
        before = [*_hidden(first, "above"), *(self._line(p, width) for p in promises[first:at])]
        after = [*(self._line(p, width) for p in promises[at + 1 : last]), *_hidden(len(promises) - last, "below")]
        for ident_, part in (("#before", before), ("#after", after)):
            listed = self.query_one(ident_, Static)
            listed.display = bool(part)
            listed.update(Content(between).join(part))
        asked = self.query_one("#asked")
        asked.display = chosen is not None
        answer = self.query_one("#answer", FieldRow)
        answer.display = bool(kind)
        asked.set_class(bool(kind), "-asking")
        asked.set_class(not before, "-first")
        if chosen is not None:
            self.query_one("#promise", Static).update(say.promise_line(self.meeting, chosen, width, chosen=True))
            self._show_keys(chosen, bool(kind))
        if kind and chosen is not None:
            self._prepare(answer, kind, chosen)

    def _line(self, promise: Commitment, width: int) -> Content:
        return leading(say.promise_line(self.meeting, promise, width), promise.id)

    def _show_keys(self, chosen: Commitment, asking: bool) -> None:
        line = self.query_one("#verdicts", Static)
        line.display = not asking
        words = say.evidence(self.meeting, chosen)
        said = say.verdict_keys(self.meeting, chosen)
        line.update(Content.assemble((f"{plain(words)}\n", "$foreground"), said) if words else said)

    def _window(self, at: int, count: int) -> tuple[int, int]:
        most = next((shown for rows, shown in SHOWN if self.app.size.height < rows), MOST)
        most -= count > most
        first = max(0, min(at - most // 2, count - most))
        return first, min(count, first + most)

    def line_width(self) -> int:
        """Cells that a line of the plane has, before the first layout about as many as it will have."""
        across = self.app.size.width
        likely = across if self.has_class("-narrow") else across * 2 // 3
        inside = self.query_one("#plane").content_size.width or likely
        return max(inside - (2 if self.has_class("-narrow") and self.has_class("-low") else 4), 40)

    _prepared = ""

    def _prepare(self, answer: FieldRow, kind: str, promise: Commitment) -> None:
        """Make the line ask what it is to ask, with what was typed before."""
        key = f"{kind}:{promise.id}"
        if self._prepared != key:
            self._prepared = key
            label, prompt = PROMPTS[kind]
            answer.label = label
            answer.prompt = prompt
            answer.text = self.drafting.text(f"{self.SCOPE}:{key}")
        answer.feedback = self.understood(answer.text)

    def understood(self, text: str) -> Feedback:
        """Say what the answer's line means so far."""
        kind, ident = self.asks
        if not text.strip():
            alone = ALONE.get(kind, "")
            return Feedback(ok=bool(alone), marks=((Tone.DIM, "", f"Enter alone {alone}"),) * bool(alone))
        if kind == "step":
            return step_feedback(self.meeting, self.meeting.ledger.commitments[ident].deal, text)
        if kind == "drop":
            return Feedback()
        promise = self.meeting.ledger.commitments[ident]
        return date_feedback(self.meeting, text, promise.owner, promise.deal if promise.origin is Origin.STEP else "")

    # Keys

    def available(self, command_id: str) -> bool:
        """Say which verdicts there are."""
        if command_id.startswith("verdict_"):
            chosen = self.chosen
            if chosen is None:
                return False
            often = say.often(self.meeting, chosen)
            return {"verdict_keep": often, "verdict_void": not often}.get(command_id, True)
        if command_id == "promise_before":
            return self.chosen not in self.promises[:1] and bool(self.promises)
        if command_id == "promise_after":
            return self.chosen is not None
        return super().available(command_id)

    def judge(self, verdict: Verdict, when: str = "") -> None:
        """Give the chosen promise its verdict; one that was kept on an active deal asks for the next step."""
        kind, ident = self.asks
        promise = self.meeting.ledger.commitments[ident] if kind else self.chosen
        if promise is not None:
            intent = GiveVerdict(commitment=promise.id, verdict=verdict, when=when)
            self.do(intent, then=lambda: self._judged(promise, verdict))

    def _judged(self, promise: Commitment, verdict: Verdict) -> None:
        if verdict in (Verdict.DONE, Verdict.BUYER) and self._wants_step(promise):
            self._ask("step", promise)
        else:
            self._next(promise)

    def _wants_step(self, promise: Commitment) -> bool:
        deal = promise.deal
        return deal in self.meeting.ledger.deals and not self.meeting.is_gone(deal) and self.meeting.step(deal) is None

    def _next(self, promise: Commitment) -> None:
        """Go to the next promise without a verdict, else to what comes after the promises."""
        if self.asks[0]:
            self.drafting.forget(f"{self.SCOPE}:{self.asks[0]}:{promise.id}")
        self.choose()
        self._prepared = ""
        self.set_focus(None)
        self.refresh_state()
        self.after_verdicts()

    def _ask(self, kind: str, promise: Commitment) -> None:
        self.choose(promise.id, asks=f"{kind}:{promise.id}")
        self.refresh_state()
        self.query_one("#answer", FieldRow).type_here()

    def _ask_chosen(self, kind: str) -> None:
        if self.chosen is not None:
            self._ask(kind, self.chosen)

    def action_verdict_done(self) -> None:
        """Say that the promise was kept."""
        self.drafting.be(asks="")
        self.judge(Verdict.DONE)

    def action_verdict_buyer(self) -> None:
        """Say that it was kept and the buyer acted."""
        self.drafting.be(asks="")
        self.judge(Verdict.BUYER)

    def action_verdict_void(self) -> None:
        """Say that it needs no answer any more."""
        self.drafting.be(asks="")
        self.judge(Verdict.NOT_NEEDED)

    def action_verdict_keep(self) -> None:
        """Keep a promise that was carried often: it stands until the next review."""
        self.drafting.be(asks="")
        self.judge(Verdict.MOVED, before_next_review(self.meeting.settings, self.meeting.day).isoformat())

    def action_verdict_moved(self) -> None:
        """Ask the new date."""
        self._ask_chosen("moved")

    def action_verdict_missed(self) -> None:
        """Say that it was not done; one that was carried often is dropped with a note."""
        chosen = self.chosen
        self._ask_chosen("drop" if chosen is not None and say.often(self.meeting, chosen) else "missed")

    def take_suggested(self) -> None:
        """Give the verdict that the export suggests."""
        chosen = self.chosen
        found = suggested(self.meeting, chosen) if chosen is not None else None
        if found is not None:
            self.judge(found.verdict)

    def follow_line(self, to: str) -> None:
        """Go to the promise that was clicked."""
        self.choose(to)
        self.refresh_state()

    def action_promise_before(self) -> None:
        """Go to the promise above."""
        self._step(-1)

    def action_promise_after(self) -> None:
        """Go to the promise below; under the last one stands the number."""
        self._step(1)

    def _step(self, by: int) -> None:
        promises, chosen = self.promises, self.chosen
        at = (promises.index(chosen) if chosen is not None else len(promises)) + by
        self.choose(promises[max(at, 0)].id if at < len(promises) else AT_NUMBER)
        self.refresh_state()

    def action_undo(self) -> None:
        """Take the last decision back; what was asked after it is asked no more."""
        self.choose()
        super().action_undo()

    def action_keys_mode(self) -> None:
        """Leave the line: nothing is asked any more, what was typed is kept."""
        if self.mode is Mode.TYPE and self.asks[0]:
            self.choose("" if self.asks[0] == "step" else self.asks[1])
        super().action_keys_mode()
        self.refresh_state()

    # Typing

    def draft_key(self, field: FieldRow) -> str:
        """Name the draft of what is asked."""
        return f"{self.SCOPE}:{':'.join(self.asks)}" if field.id == "answer" else super().draft_key(field)

    def typed(self, field: FieldRow, text: str) -> None:
        """Say what is understood."""
        if field.id == "answer":
            field.feedback = self.understood(text)

    def enter_answer(self, text: str) -> None:
        """Take what was typed under a promise."""
        kind, ident = self.asks
        promise = self.meeting.ledger.commitments[ident]
        if kind in ("moved", "missed"):
            self.judge(Verdict.MOVED if kind == "moved" else Verdict.NOT_DONE, text)
        elif not text.strip() and kind == "step":
            self._next(promise)
        else:
            intent: Intent = DropCommitment(commitment=ident, why=text)
            if kind == "step":
                intent = NextStep(deal=promise.deal, line=text)
            self.do(intent, then=lambda: self._next(promise))

    def refused(self, refusal: Refusal) -> None:
        """Show a refusal under the line it is about."""
        answer = self.query_one("#answer", FieldRow)
        if answer.display:
            answer.feedback = Feedback(
                ok=False, marks=((Tone.ACT, refusal.field or "not done", f" {refusal.sentence}"),)
            )
        else:
            super().refused(refusal)


def _hidden(count: int, where: str) -> tuple[Content, ...]:
    """Count the promises that have no room."""
    return (Content.styled(f"+{count} {where}", "$dim"),) if count else ()
