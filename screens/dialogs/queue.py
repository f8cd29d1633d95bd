"""The queue under the manager's hands: move, take out, put in; nothing counts until it is taken."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from review.clock_words import say_seconds
from review.queue import Plan
from review.queue_edits import Edit
from review.words import counted
from screens.dialogs.ask import Ask
from screens.dialogs.base import Dialog
from tui.widgets.data import Feedback, Tone
from tui.widgets.parts import gist
from tui.widgets.queue import QueueLine, cut
from tui.widgets.static import Static

BESIDE: Final = 16
"""Cells of a row that number and rep take, and those between title and reason."""
TITLE: Final = 20
"""Cells of a title, or on a wide screen as many as the next."""
WIDE_TITLE: Final = 32
WIDE: Final = 112
"""Cells of a row from which titles get more room."""
AIR: Final = 3
"""Rows kept free for deals that are put in."""
Replay = Callable[[tuple[Edit, ...]], Plan]
"""Gives the queue with the manager's steps done on it."""
Describe = Callable[[Plan], tuple[QueueLine, ...]]
Find = Callable[[str, Plan], tuple[tuple[str, str], ...]]
"""Finds deals that may be put in by a part of their name; each an id and a title with its rep."""


def title_room(width: int) -> int:
    """Give the cells of a title in a row."""
    return WIDE_TITLE if width >= WIDE else TITLE


def reason_room(width: int) -> int:
    """Give the cells of the reason in a row."""
    return width - BESIDE - title_room(width)


class DealRow(Static):
    """One deal of the queue; a click raises it."""

    DEFAULT_CSS = """
    DealRow { height: 1; padding: 0 2; text-wrap: nowrap; text-overflow: ellipsis; }
    DealRow.-chosen { background: $panel; border-left: outer $accent; padding-left: 1; }
    """

    def __init__(self, at: int) -> None:
        """Stand at place `at`."""
        super().__init__(markup=False)
        self.at = at
        self._line: QueueLine | None = None

    def on_resize(self) -> None:
        """Shorten the reason to the new width."""
        if self._line is not None:
            self.show(self._line, self.has_class("-chosen"))

    def show(self, line: QueueLine, chosen: bool) -> None:
        """Say the deal."""
        self._line = line
        self.set_class(chosen, "-chosen")
        width = self.content_size.width
        self.update(
            Content.assemble(
                (f"{line.number:>3}  ", "$dim" if not chosen else "$foreground"),
                (cut(line.rep, 9) + " ", "$foreground"),
                (cut(line.title, title_room(width)) + " ", "bold $bright"),
                (gist(line.words, reason_room(width)), "$foreground"),
            )
        )

    def on_click(self) -> None:
        """Raise the line."""
        screen = self.screen
        if isinstance(screen, EditQueue):
            screen.at = self.at


class EditQueue(Dialog[tuple[Edit, ...]]):
    """Answer with the manager's steps, those of before and those of now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor(-1)", "Up", show=False),
        Binding("down,j", "cursor(1)", "Down", show=False),
        Binding("K,shift+up", "carry(-1)", "Move up", show=False),
        Binding("J,shift+down", "carry(1)", "Move down", show=False),
        Binding("x,delete", "remove", "Take out", show=False),
        Binding("plus,+", "add", "Put in", show=False),
        Binding("u", "step_back", "Undo", show=False),
        Binding("enter", "take", "Take", show=False),
    ]
    AUTO_FOCUS = ""
    at: reactive[int] = reactive(0, init=False)

    def __init__(self, edits: tuple[Edit, ...], replay: Replay, describe: Describe, find: Find) -> None:
        """Begin with the steps that were taken before."""
        super().__init__("The queue", Content(" "))
        self._edits, self._replay, self._describe, self._find = edits, replay, describe, find
        self._plan = replay(edits)
        self._rows = len(self._plan.slots) + AIR

    def compose_body(self) -> ComposeResult:
        """Yield a line for each deal."""
        for at in range(len(self._plan.slots)):
            yield DealRow(at)

    def leave_line(self) -> Content:
        """Say the keys there are."""
        parts = (("Enter", "take it"), ("K J", "move"), ("x", "out"), ("+", "in"), ("u", "undo"), ("Esc", "back"))
        return Content("   ").join(
            Content.assemble((key, "bold $accent"), (f" {what}", "$dim" if key == "Esc" else "$foreground"))
            for key, what in parts
        )

    def on_mount(self) -> None:
        """Show the queue."""
        self._show()
        self.call_after_refresh(self._show)

    def fit(self) -> None:
        """Keep room for deals that are put in, and the room of those that are taken out: nothing jumps."""
        super().fit()
        text = self.query_one(".dialog-text")
        most = text.styles.max_height
        text.styles.min_height = min(self._rows, int(most.value)) if most is not None else self._rows

    def on_resize(self) -> None:
        """Say the reason of the raised deal where its row cuts it, once the rows have their width."""
        self.call_after_refresh(self._show)

    def watch_at(self) -> None:
        """Raise another line."""
        self._show()

    def _show(self) -> None:
        plan = self._plan
        lines = self._describe(plan)[: len(plan.slots)]
        over = "" if plan.seconds <= plan.room else f", {say_seconds(plan.seconds - plan.room)} more than there is"
        said = f"{counted(len(lines), 'deal')}, {say_seconds(plan.seconds)} of {say_seconds(plan.room)}{over}"
        rows = self.query(DealRow)
        room = reason_room(rows.first().content_size.width) if rows else 0
        # Where a row cuts its reason, that of the raised one stands above the list.
        cut_off = any(gist(line.words, room) != line.words for line in lines)
        chosen = f"\n{lines[self.at].words}" if cut_off and self.at < len(lines) else ""
        self.query_one(".dialog-body", Static).update(Content.styled(f"{said}{chosen}", "$foreground"))
        for row in rows:
            if row.at < len(lines):
                row.show(lines[row.at], row.at == self.at)
                if row.at == self.at:
                    row.scroll_visible(animate=False)

    async def _do(self, edits: tuple[Edit, ...], at: int) -> None:
        self._edits, self._plan = edits, self._replay(edits)
        rows = list(self.query(DealRow))
        for row in rows[len(self._plan.slots) :]:
            await row.remove()
        fresh = [DealRow(place) for place in range(len(rows), len(self._plan.slots))]
        if fresh:
            await self.query_one(".dialog-text").mount_all(fresh)
        self.set_reactive(EditQueue.at, max(0, min(at, len(self._plan.slots) - 1)))
        self._show()

    def action_cursor(self, step: int) -> None:
        """Go up or down, and stop at the ends."""
        self.at = max(0, min(len(self._plan.slots) - 1, self.at + step))

    async def action_carry(self, step: int) -> None:
        """Move the raised deal."""
        to = self.at + step
        if 0 <= to < len(self._plan.slots):
            edit = Edit(kind="move", deal=self._plan.slots[self.at].deal, by=step)
            await self._do((*self._edits, edit), to)

    async def action_remove(self) -> None:
        """Take the raised deal out."""
        if self._plan.slots:
            edit = Edit(kind="remove", deal=self._plan.slots[self.at].deal)
            await self._do((*self._edits, edit), self.at)

    async def action_step_back(self) -> None:
        """Take the last step back."""
        if self._edits:
            await self._do(self._edits[:-1], self.at)

    def action_add(self) -> None:
        """Ask which deal to put in."""
        ask = Ask("Put a deal in", "Deal", prompt="a part of its name", check=self._understood)
        self.app.push_screen(ask, self._added)

    def _understood(self, text: str) -> Feedback:
        found = self._find(text, self._plan)
        if len(found) == 1:
            return Feedback(marks=((Tone.OK, found[0][1], ""),))
        if not text.strip():
            return Feedback(ok=False)
        if not found:
            return Feedback(ok=False, marks=((Tone.ACT, "none", " of those here has such an active deal to put in"),))
        names = ", ".join(title for _, title in found[:4])
        return Feedback(ok=False, marks=((Tone.UNKNOWN, str(len(found)), f" deals: {names}"),))

    async def _added(self, text: str | None) -> None:
        found = self._find(text, self._plan) if text else ()
        if len(found) == 1:
            await self._do((*self._edits, Edit(kind="add", deal=found[0][0])), len(self._plan.slots))

    def action_take(self) -> None:
        """Answer with the steps."""
        self.dismiss(self._edits)
