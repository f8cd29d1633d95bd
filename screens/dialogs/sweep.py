"""The sweep: deal by deal, owner by owner, one line each; nothing else is asked."""

from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from review.closeout import Preview, preview, standing_step
from review.dates import short_date
from review.line_edits import Newcomer, newcomer_in
from review.meeting import Meeting
from review.money import short_money
from review.sweep import Swept, say_swept
from screens import inspection_form as form
from screens.dialogs.base import Dialog
from screens.drafting import Drafting
from screens.judging_words import step_feedback
from tui.widgets.data import Feedback, plain, spread
from tui.widgets.field import FieldRow
from tui.widgets.static import Static

NARROW = 100
AHEAD = 5
"""Deals named under the one that is asked."""


class Said(Struct, frozen=True):
    """The line for one deal."""

    deal: str
    line: str


class Unknown(Struct, frozen=True):
    """A line that names somebody who is to be added first."""

    deal: str
    line: str
    who: Newcomer


class AskSweep(Dialog[Said | Unknown]):
    """Answer with the line of the deal that is asked; arrows go past a deal and back."""

    DEFAULT_CSS = """
    AskSweep #who, AskSweep #about, AskSweep #ahead { height: auto; padding: 0 2; }
    AskSweep #about { color: $foreground; margin-bottom: 1; }
    AskSweep #ahead { margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the line takes them to move the focus: there is only one line here.
        Binding("down,tab", "go(1)", "Past it", show=False, priority=True),
        Binding("up,shift+tab", "go(-1)", "Back", show=False, priority=True),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, meeting: Meeting, deals: tuple[Swept, ...], drafting: Drafting, at: int = 0) -> None:
        """Ask `deals`, beginning with the one at place `at`."""
        super().__init__("The sweep", f"{say_swept(deals)} still without a step, a date or an owner.")
        self._meeting, self._deals, self._drafting = meeting, deals, drafting
        self._at = min(max(at, 0), len(deals) - 1)
        self._row = FieldRow("Next step", tall=True, id="sweep-step")

    def compose_body(self) -> ComposeResult:
        """Yield whose deal it is, the deal, its line, and what comes after it."""
        yield Static(id="who", markup=False)
        yield Static(id="about", markup=False)
        yield self._row
        yield Static(id="ahead", markup=False)

    def leave_line(self) -> Content:
        """Say the keys that work now."""
        keys = [("↑↓", "another deal"), ("Esc", "back")]
        newcomer = self._newcomer
        if self._green:
            last = self._at + 1 == len(self._deals)
            keys.insert(0, ("Enter", "close it out" if last else "close it out, next"))
        elif newcomer is not None:
            keys.insert(0, ("Enter", f"say who “{newcomer.word}” is" if newcomer.word else "add an owner"))
        return Content("   ").join(
            Content.assemble((key, "bold $accent"), (f" {what}", "bold $bright" if key == "Enter" else "$dim"))
            for key, what in keys
        )

    @property
    def _seen(self) -> Preview:
        return preview(self._meeting, self._deals[self._at].deal, self._row.text)

    @property
    def _green(self) -> bool:
        return self._seen.green

    @property
    def _newcomer(self) -> Newcomer | None:
        return newcomer_in(self._meeting, self._deals[self._at].deal, self._row.text, self._seen)

    def on_mount(self) -> None:
        """Ask the first deal."""
        self._ask()

    def on_resize(self) -> None:
        """Set the lines anew."""
        self.call_after_refresh(self._show)

    def action_go(self, by: int) -> None:
        """Go past the deal, or back; what was typed stays with it."""
        self._at = (self._at + by) % len(self._deals)
        self._ask()

    def _ask(self) -> None:
        deal = self._deals[self._at].deal
        self._row.text = self._drafting.text(draft_key(deal))
        self._row.prompt = form.step_prompt(standing_step(self._meeting, deal), self._meeting)
        self._show()

    def _show(self) -> None:
        one, meeting = self._deals[self._at], self._meeting
        mine = [each for each in self._deals if each.rep == one.rep]
        person = meeting.person(one.rep)
        who, about = self.query_one("#who", Static), self.query_one("#about", Static)
        place = f"{mine.index(one) + 1} of {len(mine)}"
        name = Content.styled(plain(person.name) if person else "Nobody of the team", "bold $bright")
        who.update(spread(name, Content.styled(place, "$dim"), max(who.content_size.width, 20)))
        about.update(self._about(one))
        ahead = self._deals[self._at + 1 : self._at + 1 + AHEAD]
        names = [Content.styled(f"then {plain(self._named(each))}", "$dim") for each in ahead]
        more = len(self._deals) - self._at - 1 - len(ahead)
        if more > 0:
            names.append(Content.styled(f"and {more} more", "$dim"))
        self.query_one("#ahead", Static).update(Content("\n").join(names))
        self._judge()

    def _named(self, one: Swept) -> str:
        return f"{self._meeting.record(one.deal).crm.title}, {self._meeting.name(one.rep) or 'nobody of the team'}"

    def _about(self, one: Swept) -> Content:
        deal = self._meeting.effective(one.deal)
        closes = f"closes {short_date(deal.close_date, self._meeting.day)}" if deal.close_date else "no close date"
        parts = (
            short_money(deal.amount) if deal.amount is not None else "no amount",
            deal.category.value,
            deal.stage,
            f"{closes}, later" if one.later else closes,
        )
        said = " · ".join(part for part in parts if part)
        return Content.assemble((plain(self._meeting.record(one.deal).crm.title), "bold $bright"), "   ", plain(said))

    def on_field_row_changed(self, message: FieldRow.Changed) -> None:
        """Say at once what is understood, and keep what is typed."""
        message.stop()
        self._drafting.type(draft_key(self._deals[self._at].deal), message.text)
        self._judge()

    def on_field_row_entered(self, message: FieldRow.Entered) -> None:
        """Take the line, ask who it means, or leave the reason standing where it is."""
        message.stop()
        deal, newcomer = self._deals[self._at].deal, self._newcomer
        if self._green:
            self.dismiss(Said(deal, message.text))
        elif newcomer is not None:
            self.dismiss(Unknown(deal, message.text, newcomer))

    def _judge(self) -> None:
        deal, text, meeting = self._deals[self._at].deal, self._row.text, self._meeting
        seen, standing = preview(meeting, deal, text), standing_step(meeting, deal)
        if seen.green:
            self._row.feedback = form.step_feedback(seen, meeting, text, standing, short=self.app.size.width < NARROW)
        elif text.strip() or standing is not None:
            self._row.feedback = step_feedback(meeting, deal, text)
        else:
            self._row.feedback = Feedback(ok=False)
        self.query_one(".dialog-leave", Static).update(self.leave_line())


def draft_key(deal: str) -> str:
    """Name the draft of a deal's line."""
    return f"sweep:{deal}"
