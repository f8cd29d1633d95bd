"""Pipeline creation: whether new pipeline keeps pace with what was won and lost."""

from collections.abc import Mapping
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.content import Content

from review.clock import Reading
from review.creation_items import Item, ItemKind, items_of
from review.deals import EndReason
from review.intents import ExplainLoss, GiveNumber
from review.intents_deal import SettleMarks
from review.onscreen import asked_item
from review.results import Refusal
from review.settings import SectionId
from screens import creation_words as say
from screens.dialogs.choose import Choice, Choose
from screens.dialogs.trace import Tracing
from screens.marking import Marking
from screens.vanishing import ANSWERS
from tui.widgets.data import BackRowView, Feedback, Mode, RailGroup, Tone
from tui.widgets.field import FieldRow
from tui.widgets.rows import Line, NextKey, Raised, Row, Subject
from tui.widgets.static import Static

TYPED: Final = (ItemKind.LOSS, ItemKind.NUMBER)
"""Items that are answered in a line of text."""


class Creation(Marking):
    """Goes through what came, what went, and what each rep will create."""

    DEFAULT_CSS = """
    Creation #items, Creation #after { height: auto; padding: 0 2; text-wrap: nowrap; text-overflow: ellipsis; }
    Creation.-low #items, Creation.-low #after { padding: 0 1; }
    """
    SCOPE = "creation"
    SECTION: ClassVar[SectionId] = "creation"
    _answers_for = ""
    """The item and line that the field was last filled for."""

    def compose_rows(self) -> ComposeResult:
        """Lay out the figures, the list, and the row that is asked."""
        yield Subject()
        yield Row("Created", id="created", classes="gap group")
        yield Row("Won and lost", id="gone")
        yield Row(id="bridge")
        yield Row("Coverage", id="coverage")
        yield Line()
        yield Static(id="items", markup=False, classes="gap")
        with Raised(id="asked"):
            yield Row("", "", id="question")
            yield NextKey(id="keys")
        answer = FieldRow("Answer", tall=True, id="answer")
        yield answer.add_class("gap")
        yield Static(id="after", markup=False, classes="gap")

    # What is asked

    @property
    def items(self) -> tuple[Item, ...]:
        """What Creation settles."""
        return items_of(self.meeting)

    @property
    def item(self) -> Item | None:
        """The item that is asked: the chosen one, else the first that is open."""
        return asked_item(self.meeting, self.drafting.at("creation item"))

    def choose(self, item: Item | None) -> None:
        """Ask another item."""
        self.drafting.be(**{"creation item": item.place if item else ""})

    def go_on(self) -> None:
        """Ask the next item that is open."""
        typing = self.mode is Mode.TYPE
        self.choose(None)
        self.set_focus(None)
        self.refresh_state()
        if typing and self.item is not None and self.item.kind in TYPED:
            self.query_one("#answer", FieldRow).type_here()

    def available(self, command_id: str) -> bool:
        """Say which keys the item that is asked has."""
        item = self.item
        kind = item.kind if item else None
        if command_id in ANSWERS:
            return kind is ItemKind.VANISHED
        if command_id == "vanish_renamed":
            return item is not None and bool(self.renamed_to(item))
        if command_id in ("mark_event", "mark_buyer", "settle"):
            return kind is ItemKind.NEW
        if command_id == "loss_reason":
            return kind is ItemKind.LOSS
        if command_id in ("item_before", "item_after"):
            aloud = [one for one in self.items if one.aloud]
            return item not in (aloud[:1] if command_id == "item_before" else aloud[-1:]) and bool(aloud)
        return super().available(command_id)

    def wording(self) -> Mapping[str, str]:
        """Say what Enter does on a new deal."""
        return {**super().wording(), "settle": "next"}

    # What is shown

    def repaint(self) -> None:
        """Show figures, list and question."""
        figures = say.figures_of(self.meeting)
        subject = self.query_one(Subject)
        subject.name_text, subject.beside = figures.subject, figures.beside
        self.query_one("#bridge", Row).show(figures.pipeline, f"{figures.period} pipeline")
        for ident, words in (("#created", figures.created), ("#gone", figures.gone)):
            self.query_one(ident, Row).show(words)
        cover = self.query_one("#coverage", Row)
        cover.show(figures.coverage)
        cover.display = bool(figures.coverage) and self.app.size.height >= say.LOW_SCREEN
        items, asked = self.items, self.item
        height = self.app.size.height
        room = height - say.AROUND_ON_WALL if self.has_class("-wall") else 0
        self.query_one("#items", Static).update(say.listed(self.meeting, items, asked, say.how_many(height), room))
        typed = asked is not None and asked.kind in TYPED
        self.query_one("#asked").display = asked is not None and not typed
        field = self.query_one("#answer", FieldRow)
        field.display = typed
        if asked is not None:
            self._ask(asked, field)
        left = sum(item.kind is ItemKind.NEW and not item.aloud and not item.done for item in items)
        after = self.query_one("#after", Static)
        done = Content.assemble((">", "bold $accent"), (" on to Actions", "bold $bright"))
        said = "1 more new deal stands" if left == 1 else f"{left} more new deals stand"
        waits = f"{said} in next week’s queue" if left else ""
        after.update(done if asked is None else Content.styled(waits, "$dim"))

    def on_resize(self) -> None:
        """Choose how much of the list fits."""
        self.repaint()

    def _ask(self, item: Item, field: FieldRow) -> None:
        question = self.query_one("#question", Row)
        keys = self.query_one("#keys", NextKey)
        name = say.title_of(self.meeting, item)
        if item.kind is ItemKind.VANISHED:
            question.show(say.vanished_line(self.meeting, item, self.renamed_to(item)), "Vanished")
            keys.update(say.vanished_keys(renamed=bool(self.renamed_to(item))))
        elif item.kind is ItemKind.NEW:
            question.show(say.marks_line(self.meeting, item.id), "New")
            keys.update(say.keys_line(("v", "event"), ("b", "economic buyer"), ("Enter", "next")))
        elif item.kind is ItemKind.LOSS:
            self._field(field, "What do we take from it? One line, no blame", f"{item.id}:lesson")
            field.feedback = Feedback(marks=((Tone.PLAIN, "", say.said_of(self.meeting, item)),))
        else:
            self._field(field, say.number_prompt(self.meeting, name), f"{item.id}:number")
            said = say.needed_of(self.meeting, item.id)
            field.feedback = Feedback(marks=((Tone.PLAIN, "", said),) if said else ())

    def _field(self, field: FieldRow, prompt: str, key: str) -> None:
        if self._answers_for != key:
            self._answers_for = key
            field.prompt = prompt
            field.text = self.drafting.text(f"creation:{key}")

    # Keys

    def action_settle(self) -> None:
        """Go on to the next item; the marks were gone through."""
        item = self.item
        if item is not None:
            self.do(SettleMarks(deal=item.id), then=self.go_on)

    def action_loss_reason(self) -> None:
        """Choose why a deal was lost."""
        if self.item is not None:
            self._ask_reason(self.item)

    def _ask_reason(self, item: Item) -> None:
        choices = [Choice(reason.value, reason.value) for reason in EndReason]
        title = f"Why was {say.title_of(self.meeting, item)} lost?"
        self.app.push_screen(Choose(title, choices), lambda reason: self._reason(item, reason))

    def _reason(self, item: Item, reason: str | None) -> None:
        if reason is None:
            return
        self.choose(item)
        lesson = self.meeting.record(item.id).loss_lesson
        then = self.go_on if lesson else lambda: self.query_one("#answer", FieldRow).type_here()
        self.do(ExplainLoss(deal=item.id, reason=EndReason(reason), lesson=lesson), then=then)

    def action_basis(self) -> None:
        """Show the deals behind every figure."""
        self.app.push_screen(Tracing(say.basis_of(self.meeting)))

    def follow_line(self, to: str) -> None:
        """Ask the item that was clicked."""
        self.drafting.be(**{"creation item": to})
        self.refresh_state()

    def follow_rail(self, to: str) -> None:
        """Ask for the number of whom was clicked in the rail."""
        self.follow_line(to)

    def action_item_before(self) -> None:
        """Ask the item above."""
        self._step(-1)

    def action_item_after(self) -> None:
        """Ask the item below."""
        self._step(1)

    def _step(self, by: int) -> None:
        items = [item for item in self.items if item.aloud]
        asked = self.item
        at = (items.index(asked) if asked in items else len(items)) + by
        self.choose(items[max(0, min(at, len(items) - 1))])
        self.refresh_state()

    # Typing

    def draft_key(self, field: FieldRow) -> str:
        """Name the draft of the item that is asked."""
        item = self.item
        return f"creation:{item.id}:{'number' if item.kind is ItemKind.NUMBER else 'lesson'}" if item else "creation:"

    async def entered(self, field: FieldRow, text: str) -> None:
        """Take the lesson or the number."""
        item = self.item
        if item is None or not text.strip():
            return
        key, reason = self.draft_key(field), None
        if item.kind is ItemKind.LOSS:
            reason = say.reason_of(self.meeting, item.id)

        def go_on() -> None:
            self.drafting.forget(key)
            field.text = ""
            self._answers_for = ""
            # A lesson without a reason leaves the loss open: the next line typed would take its place.
            if item.kind is ItemKind.LOSS and reason is None:
                self._ask_reason(item)
            else:
                self.go_on()

        if item.kind is ItemKind.NUMBER:
            self.do(GiveNumber(person=item.id, text=text), then=go_on)
        else:
            self.do(ExplainLoss(deal=item.id, reason=reason, lesson=text), then=go_on)

    def refused(self, refusal: Refusal) -> None:
        """Show a refusal under the line it is about."""
        field = self.query_one("#answer", FieldRow)
        if field.display:
            field.feedback = Feedback(ok=False, marks=((Tone.ACT, refusal.field or "answer", f" {refusal.sentence}"),))
        else:
            super().refused(refusal)

    # The rail

    def rail_groups(self) -> tuple[RailGroup, ...]:
        """Show how many items are settled, and each rep's number."""
        return say.rail_of(self.meeting, self.items, self.item)

    def place_line(self) -> str:
        """Say the place in a few words."""
        return say.place_line(self.items)

    def back_row_view(self, reading: Reading) -> BackRowView:
        """Say what is asked, for the last row of chairs."""
        view = super().back_row_view(reading)
        item = self.item
        if item is None:
            return BackRowView(view.time, "On to Actions", view.tone, key=">", key_title="on to Actions")
        return BackRowView(
            view.time, say.ASKS[item.kind], view.tone, say.title_of(self.meeting, item), *say.NEXT_KEYS[item.kind]
        )
