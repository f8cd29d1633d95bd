"""Inspection: one deal after the other, and the gate that each must pass."""

from collections.abc import Callable, Mapping
from typing import ClassVar, Final

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.content import Content

from review.card import Card
from review.clock import Reading
from review.clock_words import say_seconds
from review.commitments import Verdict
from review.lock_row import seconds_on
from review.pacing import LONG_DEAL, offers_offline
from review.settings import SectionId
from screens import inspection_form as form
from screens import inspection_rail as rail
from screens import inspection_words as say
from screens.aside import again_key
from screens.inspection_next import Guiding, keys_line
from screens.inspection_typing import NARROW
from screens.strip import FRESH, Notice
from tui.widgets.data import BackRowView, Mode, RailGroup, Tone
from tui.widgets.field import FieldRow
from tui.widgets.rows import Facts, FittedRow, Line, NextKey, Raised, Row, Subject
from tui.widgets.static import Static

SIGNALS: Final = 8
"""Lines there are for what stands out; small screens show fewer."""
ROOM: Final = ((30, 3), (40, 5))
"""Rows of the screen under which so many of them are shown."""
VERDICTS: Final = (
    ("d", "done"),
    ("b", "the buyer did it"),
    ("m", "moved"),
    ("x", "not done"),
    ("n", "no longer needed"),
)
SHORT_VERDICTS: Final = (("d", "done"), ("b", "buyer did it"), ("m", "moved"), ("x", "not done"), ("n", "not needed"))


class Inspection(Guiding):
    """Shows a deal and takes the step that closes it out."""

    DEFAULT_CSS = """
    Inspection #verdict { padding: 0 2 0 1; }
    Inspection #verdict > Static { padding-left: 16; height: auto; }
    Inspection #verdict > Row > .label { text-style: none; }
    """
    SCOPE = "inspection"
    SECTION: ClassVar[SectionId] = "inspection"

    def compose_rows(self) -> ComposeResult:
        """Lay out subject, facts, what stands out, and the form in the order people talk."""
        yield Subject()
        yield Facts(classes="gap", markup=False)
        yield Row("", "", id="since", classes="gap group")
        yield Row("promised", "", id="promised")
        with Raised(id="verdict"):
            yield Row("promised", "", id="judged")
            yield Static(id="verdicts", markup=False)
        for number in range(SIGNALS):
            yield FittedRow(id=f"signal{number}")
        yield Line()
        for row in self.question_rows():
            yield row.add_class("gap")
        yield form.EvidenceRow(id="evidence").add_class("gap")
        yield FieldRow("Step", tall=True, id="step").add_class("gap")
        yield NextKey(classes="gap indent")

    def on_mount(self) -> None:
        """Open the first deal that is to go, and type on where one stopped."""
        self.open_first()
        self.call_after_refresh(self.take_up)

    # The deal on the screen

    _again = ""
    """The deal whose verdict is given once more."""

    @property
    def judging(self) -> bool:
        """Tell whether last week's step waits for its verdict."""
        if not self.deal:
            return False
        card = self.card()
        step = card.promised
        if step is None:
            return False
        return (step.is_due(self.meeting.day) and not card.verdict) or self._again == self.deal

    def give_verdict(self, verdict: Verdict, when: str = "") -> None:
        """Judge last week's step; from then on the next one is asked."""
        self._again = ""
        super().give_verdict(verdict, when)

    def action_verdicts(self) -> None:
        """Give the verdict once more."""
        self._again = self.deal
        self.refresh_state()

    # What is shown

    def repaint(self) -> None:
        """Show the card of the deal on the screen."""
        here = self.meeting.deal
        card = self.card() if here in self.meeting.ledger.deals else None
        if card is not None and card.deal.id != self._shown:
            self.load(card)
        subject = self.query_one(Subject)
        if card is None:
            subject.name_text, subject.beside = "Inspection", ("", "")
        else:
            name = card.deal.detail
            subject.name_text, subject.beside = card.deal.title, (self._owner(card), name)
        for kind in (Facts, Line):
            self.query_one(kind).display = card is not None
        if card is not None:
            self.query_one(Facts).show(say.facts_of(card))
        self._show_story(card)
        self.show_form(card)
        self.say_next()

    def _owner(self, card: Card) -> str:
        person = self.meeting.person(self.meeting.record(card.deal.id).rep)
        return card.owned_by(person.name if person else card.rep)

    def _show_story(self, card: Card | None) -> None:
        since = self.query_one("#since", Row)
        if card is None:
            keys = Content.assemble(("a", "bold $accent"), " puts any deal in, ", (">", "bold $accent"), " goes on")
            since.show(Content.assemble("No deal is queued: ", keys), "")
        else:
            since.show(say.changed(card), card.since)
        said = say.promised(card, self.meeting) if card else Content("")
        judging = self.judging
        self.query_one("#promised", Row).display = bool(said) and not judging
        self.query_one("#verdict").display = judging
        self.query_one("#promised", Row).show(said)
        self.query_one("#judged", Row).show(said)
        verdicts = VERDICTS if self.app.size.width >= NARROW else SHORT_VERDICTS
        self.query_one("#verdicts", Static).update(keys_line(*verdicts, even=True))
        again = self.drafting.text(again_key(card.deal.id)) if card else ""
        found, rest = say.capped(
            say.standing_out(card, self.meeting, again) if card else (), self._room(beside="\n" in said.plain)
        )
        # Letters are text while one types: then no key is named.
        key = "y" if self.mode is Mode.KEYS else ""
        for number in range(SIGNALS):
            row = self.query_one(f"#signal{number}", FittedRow)
            row.display = number < len(found) + bool(rest)
            row.set_class(not number or self.has_class("-wall"), "gap").set_class(bool(number), "close")
            if number < len(found):
                row.fit(found[number][1], found[number][0])
            elif row.display:
                row.fit(lambda width, _: say.naming(rest, width, key), say.count_of(rest))

    def _room(self, *, beside: bool) -> int:
        room = next((room for rows, room in ROOM if self.app.size.height < rows), SIGNALS)
        return room - self.evidence_row.has_class("-warned") - beside if room < SIGNALS else room

    def on_resize(self) -> None:
        """Show as much of what stands out as there is room for."""
        self.repaint()

    def on_evidence_row_grew(self) -> None:
        """Leave the row to what stands out, or take it from there."""
        self.repaint()

    # Which keys are alive

    def available(self, command_id: str) -> bool:
        """Say which keys the deal on the screen has."""
        here, on_step = bool(self.deal), self.typing_in == "step"
        if command_id in ON_DEAL:
            return here
        if command_id.startswith("verdict_"):
            return self.judging
        own: dict[str, Callable[[], bool]] = {
            "verdicts": lambda: here and not self.judging and bool(self.card().verdict),
            "close_out": lambda: here and on_step and (seen := self.seen) is not None and seen.green,
            "add_person": lambda: here and on_step and self.newcomer is not None,
            "take_offer": lambda: here and on_step and self.offer is not None,
            "exception": self.excepts,
            "next_question": lambda: here and any(not row.display for row in self._rows.values()),
            "next_deal": lambda: self.order()[-1:] not in ((), (self.meeting.deal,)),
            "previous_deal": lambda: self.order()[:1] not in ((), (self.meeting.deal,)),
        }
        return own[command_id]() if command_id in own else super().available(command_id)

    def wording(self) -> Mapping[str, str]:
        """Say what Enter does with the step that stands."""
        words = {**super().wording()}
        if self.seen is not None and not self.step_row.text.strip():
            words["close out"] = "keep it, close out"
        return words

    # Around the card

    def rail_groups(self) -> tuple[RailGroup, ...]:
        """Show the place in the queue, and what comes next: on a wall all that is to come."""
        on_wall = self.has_class("-wall")
        return rail.groups_of(self.meeting, self.app.size.height - rail.ELSE_ON_WALL if on_wall else rail.AHEAD)

    def place_line(self) -> str:
        """Say the place in a few words."""
        return rail.place_line(self.meeting)

    def pace_words(self, reading: Reading) -> tuple[str, str]:
        """Say the time there is for each deal."""
        return rail.pace_of(self.meeting, reading)

    def own_notice(self, reading: Reading) -> Notice | None:
        """Offer to take a long deal offline, and to go on when every deal has left."""
        if self.meeting.queue and not self.meeting.to_go:
            sweep = self.sweep_notice()
            if sweep.text:
                return replace(sweep, text=f"Every deal has left. {sweep.text}", tone=Tone.OK)
            return Notice("Every deal has left.", Tone.OK, "", ">", "on to Creation")
        if not self.deal or self.deal in self.meeting.left:
            return None
        seconds = seconds_on(self.meeting, self.deal, self.session.now())
        if not offers_offline(seconds):
            return None
        key = "F8" if self.mode is Mode.TYPE else "o"
        said = f"{say_seconds(seconds)} on {self.title_of(self.deal)}."
        return Notice(said, Tone.DIM, "", key, "take it offline", fresh=seconds < LONG_DEAL + FRESH)

    def back_row_view(self, reading: Reading) -> BackRowView:
        """Say deal and question for the last row of chairs."""
        view = super().back_row_view(reading)
        if not self.deal:
            return BackRowView(view.time, "On to Creation", view.tone, key=">", key_title="on to Creation")
        card = self.card()
        subject = f"{card.deal.title}, {card.rep}"
        if self.judging and card.promised is not None:
            return BackRowView(view.time, "Was it done?", view.tone, subject, "d", "done")
        return BackRowView(view.time, "What is the next step?", view.tone, subject, "s", "type the step")


ON_DEAL: Final = frozenset(
    {"step", "type", "evidence", "end_deal", "park", "category", "change", "offline", "questions", "marks", "why"}
)
"""Commands that need a deal that can be worked on."""
