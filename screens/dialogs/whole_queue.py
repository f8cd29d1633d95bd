"""The whole queue of the running review: jump to a deal, put one in, move it, take it out."""

from typing import ClassVar, Final

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from review.meeting import Meeting
from review.queue import Slot
from review.records import Exit
from review.words import counted
from screens.dialogs.base import Dialog
from tui.widgets.data import STYLES, SYMBOLS, Tone, plain
from tui.widgets.parts import gist
from tui.widgets.queue import cut
from tui.widgets.static import Static


class Wish(Struct, frozen=True):
    """What is wanted of the queue: 'open', 'remove', 'up', 'down' or 'add'."""

    what: str
    deal: str = ""


class Place(Struct, frozen=True):
    """One line of the list."""

    slot: Slot
    tone: Tone
    words: str
    beyond: bool = False


def places(meeting: Meeting) -> tuple[Place, ...]:
    """List every deal of the hour with how it stands, those beyond the line last."""
    queued = tuple(_place(meeting, slot) for slot in meeting.queue)
    return (*queued, *(_place(meeting, slot, beyond=True) for slot in meeting.beyond))


def _place(meeting: Meeting, slot: Slot, *, beyond: bool = False) -> Place:
    left = meeting.left.get(slot.deal)
    if left is not None:
        tone = Tone.WATCH if left.exit is Exit.PARKED else Tone.DIM if left.exit is Exit.DROPPED else Tone.OK
        return Place(slot, tone, f"{left.exit.value}: {left.words}", beyond)
    reason = f"{slot.kind} – {slot.reason}" if slot.reason and slot.reason != slot.kind else slot.kind
    tone = Tone.NOW if slot.deal == meeting.deal else Tone.PLAIN
    return Place(slot, tone, f"if time: {reason}" if beyond else reason, beyond)


BESIDE: Final = 34
"""Cells of a row that the reason does not have."""


class PlaceRow(Static):
    """One deal; a click raises it, a second one opens it."""

    DEFAULT_CSS = """
    PlaceRow { height: 1; padding: 0 2; text-wrap: nowrap; text-overflow: ellipsis; }
    PlaceRow.-chosen { background: $panel; border-left: outer $accent; padding-left: 1; }
    """

    def __init__(self, at: int, number: str, place: Place, title: str, rep: str) -> None:
        """Stand at place `at`."""
        super().__init__(markup=False)
        self.at, self._number, self._place, self._title, self._rep = at, number, place, title, rep

    def show(self, chosen: bool) -> None:
        """Raise the line, or let it down."""
        self.set_class(chosen, "-chosen")
        tone = self._place.tone
        strong = "bold $bright" if chosen or tone is Tone.NOW else "$foreground"
        self.update(
            Content.assemble(
                (f"{self._number:>2} ", "$foreground" if chosen else "$dim"),
                (f"{SYMBOLS[tone] or ' '} ", STYLES[tone]),
                (cut(self._title, 18) + " ", strong),
                (cut(self._rep, 9) + " ", "$foreground"),
                (gist(self._place.words, self.content_size.width - BESIDE), "$foreground" if chosen else "$dim"),
            )
        )

    def on_resize(self) -> None:
        """Shorten the reason to the new width."""
        self.show(self.has_class("-chosen"))

    def on_click(self) -> None:
        """Raise the line, or open the raised one."""
        screen = self.screen
        if isinstance(screen, WholeQueue):
            if screen.at == self.at:
                screen.action_wish("open")
            screen.at = self.at


class WholeQueue(Dialog[Wish]):
    """Answer with what is wanted of the queue."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor(-1)", "Up", show=False),
        Binding("down,j", "cursor(1)", "Down", show=False),
        Binding("home", "cursor(-9999)", "First", show=False),
        Binding("end", "cursor(9999)", "Last", show=False),
        Binding("K,shift+up", "wish('up')", "Move up", show=False),
        Binding("J,shift+down", "wish('down')", "Move down", show=False),
        Binding("x,delete", "wish('remove')", "Take out", show=False),
        Binding("plus,+", "wish('add')", "Put in", show=False),
        Binding("enter", "wish('open')", "Open", show=False),
    ]
    AUTO_FOCUS = ""
    TALL = True
    at: reactive[int] = reactive(0, init=False)

    def __init__(self, meeting: Meeting, chosen: str = "") -> None:
        """Show the queue; the deal `chosen` is raised first."""
        self._meeting = meeting
        self._places = places(meeting)
        super().__init__("The queue", self._sum())
        start = next((at for at, place in enumerate(self._places) if place.slot.deal == chosen), 0)
        self.set_reactive(WholeQueue.at, start)

    def _sum(self) -> str:
        if not self._places:
            return "No deal is queued. + puts any deal in."
        beyond = f", {len(self._meeting.beyond)} more if time" if self._meeting.beyond else ""
        return f"{counted(len(self._meeting.queue), 'deal')}, {len(self._meeting.to_go)} to go{beyond}."

    def compose_body(self) -> ComposeResult:
        """Yield a line for each deal."""
        for at, place in enumerate(self._places):
            number = "" if place.beyond else str(at + 1)
            rep = self._meeting.name(place.slot.rep) if place.slot.rep else "nobody"
            yield PlaceRow(at, number, place, self._meeting.record(place.slot.deal).crm.title, rep)

    def leave_line(self) -> Content:
        """Say the keys there are."""
        parts = (("Enter", "open"), ("+", "put in"), ("x", "take out"), ("K J", "move"), ("Esc", "back"))
        shown = parts if self._places else (parts[1], parts[-1])
        return Content("   ").join(
            Content.assemble((key, "bold $accent"), (f" {what}", "$dim" if key == "Esc" else "$foreground"))
            for key, what in shown
        )

    def on_mount(self) -> None:
        """Raise the first line."""
        self.watch_at()
        self.call_after_refresh(self.watch_at)

    def on_resize(self) -> None:
        """Say the reason of the raised deal where its row cuts it, once the rows have their width."""
        self.call_after_refresh(self.watch_at)

    def watch_at(self) -> None:
        """Raise another line."""
        rows = self.query(PlaceRow)
        room = rows.first().content_size.width - BESIDE if rows else 0
        # Where a row cuts its reason, that of the raised one stands above the list.
        cut_off = any(gist(place.words, room) != plain(place.words) for place in self._places)
        reason = f"\n{plain(self._places[self.at].words)}" if cut_off else ""
        self.query_one(".dialog-body", Static).update(Content.styled(f"{self._sum()}{reason}", "$foreground"))
        for row in rows:
            row.show(row.at == self.at)
            if row.at == self.at:
                row.scroll_visible(animate=False)

    def action_cursor(self, step: int) -> None:
        """Go up or down, and stop at the ends."""
        self.at = max(0, min(len(self._places) - 1, self.at + step))

    def action_wish(self, what: str) -> None:
        """Answer with a wish for the raised deal."""
        if what == "add":
            self.dismiss(Wish(what))
        elif self._places:
            self.dismiss(Wish(what, self._places[self.at].slot.deal))
