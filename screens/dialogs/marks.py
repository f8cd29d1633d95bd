"""The five marks of a deal, one key each: yes, no, not known."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from review.deals import Mark
from review.meeting import Meeting
from review.words import ago
from screens.dialogs.base import Dialog
from tui.widgets.data import Tone, status
from tui.widgets.static import Static

ASKED = {
    Mark.ECONOMIC_BUYER: "Is whoever signs off the money reached?",
    Mark.CHAMPION: "Is there a champion who has acted?",
    Mark.EVENT: "Does something at the customer force a decision?",
    Mark.CRITERIA: "Are their criteria known and written down?",
    Mark.PLAN: "Is there a plan that both sides keep?",
}
ANSWERS: dict[bool | None, tuple[Tone, str]] = {
    True: (Tone.OK, "yes"),
    False: (Tone.ACT, "no"),
    None: (Tone.UNKNOWN, "not known"),
}


class MarkRow(Static):
    """One mark with its answer; a click raises it."""

    DEFAULT_CSS = """
    MarkRow { height: 1; padding: 0 2; }
    MarkRow.-chosen { background: $panel; border-left: outer $accent; padding-left: 1; }
    """

    def __init__(self, at: int) -> None:
        """Stand at place `at`."""
        super().__init__(markup=False)
        self.at = at

    def show(self, question: str, yes: bool | None, since: str, chosen: bool) -> None:
        """Say question and answer."""
        self.set_class(chosen, "-chosen")
        tone, word = ANSWERS[yes]
        said = status(tone, word).pad_right(max(1, 13 - len(word)))
        strong = "bold $bright" if chosen else "$foreground"
        self.update(Content.assemble(said, (question, strong), (f"  {since}" if since else "", "$dim")))

    def on_click(self) -> None:
        """Raise the line."""
        screen = self.screen
        if isinstance(screen, AskMarks):
            screen.at = self.at


class AskMarks(Dialog[dict[str, bool | None]]):
    """Answer with the marks that were set; after the last one it closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer('yes')", "Yes", show=False),
        Binding("n", "answer('no')", "No", show=False),
        Binding("question_mark,u", "answer('unknown')", "Not known", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("enter", "take", "Take", show=False),
    ]
    AUTO_FOCUS = ""
    at: reactive[int] = reactive(0, init=False)

    def __init__(self, meeting: Meeting, deal: str) -> None:
        """Begin with what is known."""
        record = meeting.record(deal)
        super().__init__(f"{record.crm.title}: five marks")
        self._marks = tuple(Mark)
        self._known = {mark: record.marks.get(mark) for mark in Mark}
        self._day = meeting.day
        self.answers: dict[str, bool | None] = {}
        first = next((at for at, mark in enumerate(Mark) if self._known[mark] is None), 0)
        self.set_reactive(AskMarks.at, first)

    def compose_body(self) -> ComposeResult:
        """Yield a line for each mark."""
        for at in range(len(self._marks)):
            yield MarkRow(at)

    def leave_line(self) -> Content:
        """Say the keys there are."""
        parts = (("y", "yes"), ("n", "no"), ("?", "not known"), ("↑↓", "move"), ("Enter", "take"), ("Esc", "back"))
        return Content("   ").join(
            Content.assemble((key, "bold $accent"), (f" {what}", "$dim" if key == "Esc" else "$foreground"))
            for key, what in parts
        )

    def on_mount(self) -> None:
        """Show the marks."""
        self.watch_at()

    def watch_at(self) -> None:
        """Show every mark, the raised one bold."""
        for row in self.query(MarkRow):
            mark = self._marks[row.at]
            known = self._known[mark]
            yes = self.answers.get(mark.value, known.yes if known else None)
            since = "" if known is None or mark.value in self.answers else ago(known.on, self._day)
            row.show(ASKED[mark], yes, since, row.at == self.at)

    def action_move(self, step: int) -> None:
        """Go up or down, and stop at the ends."""
        self.at = max(0, min(len(self._marks) - 1, self.at + step))

    def action_answer(self, word: str) -> None:
        """Answer the raised mark and go to the next; after the last one all are taken."""
        self.answers[self._marks[self.at].value] = {"yes": True, "no": False}.get(word)
        if self.at + 1 < len(self._marks):
            self.at += 1
        else:
            self.action_take()

    def action_take(self) -> None:
        """Answer with what was set."""
        self.dismiss(self.answers)
