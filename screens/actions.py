"""Actions: the call after the room, then every owner reads the own commitments aloud."""

from collections.abc import Callable, Mapping
from typing import ClassVar, Final

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.content import Content

from review.clock import Reading
from review.intents import Hear
from review.money import short_money
from review.recap import OwnerList
from review.settings import SectionId
from screens import actions_words as say
from screens.aloud import Aloud
from screens.strip import Notice
from tui.widgets.data import BackRowView, RailGroup, plain, spread
from tui.widgets.foot import Foot
from tui.widgets.keywords import leading
from tui.widgets.rows import Raised, Subject, next_key
from tui.widgets.static import Static

ROWS_EACH: Final = ((36, 1, 13), (40, 2, 15), (10_000, 3, 16))
"""Rows of the screen under which a commitment takes so many where they are many, and those around list and name."""
MOST_EACH: Final = 3
"""Rows of a commitment with what it is about under it, and air."""
NOTHING_PROMISED: Final = (
    "What is promised in the hour is read aloud here: the next step of each deal that is closed out, each rep’s number"
    " for the week, and whatever + adds."
)


class Actions(Aloud):
    """Takes the calls again, then has each owner heard."""

    DEFAULT_CSS = """
    Actions .list { height: auto; padding: 0 2 0 0; text-wrap: nowrap; text-overflow: ellipsis; }
    Actions #cause, Actions #nothing { padding: 0 2; text-wrap: wrap; }
    Actions #room-calls { height: auto; }
    Actions #calls, Actions #lines, Actions #cause, Actions #nothing, Actions #room-calls > * { margin-top: 1; }
    Actions FieldRow .label, Actions CommitFigure > .name { width: 20; }
    Actions FieldRow .feedback { margin-left: 20; }
    Actions FieldRow.-next { background: $panel; border-left: outer $accent; padding: 1 2 0 1; }
    Actions FieldRow.-next .label { color: $bright; text-style: bold; }
    Actions FieldRow.-next Input > .input--placeholder { color: $foreground; }
    Actions Raised > Static { width: 1fr; height: 1; text-wrap: nowrap; }
    Actions.-wall CommitFigure { margin-top: 1; }
    Actions.-low CommitFigure, Actions.-low CommitFigure > * { height: 2; padding: 0; }
    Actions.-low CommitFigure { padding: 0 2; }
    Actions.-low CommitFigure > .from { padding: 0 0 0 4; }
    Actions.-low.-narrow .list { padding: 0 1 0 0; }
    Actions.-low.-narrow CommitFigure, Actions.-low.-narrow #cause, Actions.-low.-narrow #nothing { padding: 0 1; }
    """
    SCOPE = "actions"
    SECTION: ClassVar[SectionId] = "actions"

    def compose_rows(self) -> ComposeResult:
        """Lay out who it is, the opening, and the list for reading aloud."""
        yield Subject()
        yield from self.compose_opening()
        yield Static(id="lines", markup=False, classes="list")
        yield Static(NOTHING_PROMISED, id="nothing", markup=False)

    def compose_plane(self) -> ComposeResult:
        """Put the quiet line and the next key at the foot."""
        *rows, strip = super().compose_plane()
        yield from rows
        with Foot(classes="foot"):
            yield strip
            with Raised():
                yield Static(id="next", markup=False)

    # What is shown

    def repaint(self) -> None:
        """Show what comes next: a call, a cause, a list, or the end."""
        subject, lines = self.query_one(Subject), self.query_one("#lines", Static)
        cause = None if self.calls else self.cause
        mine = self.reading_now
        self.show_call()
        self.show_cause(cause)
        lines.display = mine is not None
        if self.calls:
            subject.name_text = self._full_name(self.calls[0].person)
            waiting = f"{len(self.calls)} to take" if len(self.calls) > 1 else "the last one"
            subject.beside = ("the call after the room", waiting)
        elif cause is not None:
            subject.name_text, subject.beside = cause.cause, ("one cause, many deals", "")
        elif mine is not None:
            subject.name_text, subject.beside = mine.name, say.beside(self.meeting, mine)
            lines.update(self._listed(mine))
        else:
            total = sum(len(each.commitments) for each in self.lists)
            subject.name_text = f"{total} heard" if total else "No commitments"
            subject.beside = ("each with an owner and a date", "") if total else ("nobody promised anything", "")
        self.query_one("#nothing").display = not self.calls and cause is None and not self.lists
        self._show_next()

    def _full_name(self, person: str) -> str:
        found = self.meeting.person(person)
        return found.name if found else person

    def _listed(self, mine: OwnerList) -> Content:
        height = self.app.size.height
        rows, around = next((rows, around) for limit, rows, around in ROWS_EACH if height < limit)
        around += self.query_one(Subject).rows
        if rows < MOST_EACH:
            rows = max(rows, min(MOST_EACH, (height - around) // max(1, len(mine.commitments))))
        room = max(2, (height - around) // rows)
        chosen = self.chosen
        at = mine.commitments.index(chosen) if chosen is not None else 0
        first = max(0, min(at - room // 2, len(mine.commitments) - room))
        shown = mine.commitments[first : first + room]
        said = [leading(say.aloud(self.meeting, c, chosen=c is chosen, rows=min(rows, 2)), c.id) for c in shown]
        hidden = len(mine.commitments) - len(shown)
        more = [Content.styled(f"  and {hidden} more", "$dim")] if hidden else []
        return Content("\n\n" if rows == 3 else "\n").join([*said, *more])

    def _show_next(self) -> None:
        line = self.query_one("#next", Static)
        self.query_one(Raised).display = not self.calls
        left = next_key("Enter", self.enter_word())
        if self.cause is not None and not self.calls:
            left = Content.assemble(left, "   ", ("n", "bold $accent"), (" leaves it", "$foreground"))
        line.update(spread(left, self._following(), max(line.size.width, left.cell_length + 1)))

    def _following(self) -> Content:
        mine = self.reading_now
        if mine is None:
            return Content("")
        after = self.after(mine)
        if after is None:
            return Content.styled("then the lock", "$foreground")
        name = (plain(self.meeting.name(after.person)), "bold $bright")
        return Content.assemble("next: ", name, f", {say.counted(len(after.commitments))}")

    def on_resize(self) -> None:
        """Set the lines anew."""
        super().on_resize()
        self.call_after_refresh(self.repaint)

    def watch_mode(self) -> None:
        """Raise the line that is next while nobody types."""
        super().watch_mode()
        if self.is_mounted:
            self.repaint()

    # Keys

    def enter_word(self) -> str:
        """Say what Enter does."""
        if self.calls:
            return f"takes {short_money(self.calls[0].after)}"
        if self.cause is not None:
            return "takes it: one commitment of the manager"
        return "on to the lock" if self.reading_now is None else "heard"

    def action_heard(self) -> None:
        """Take what is asked; an owner who has read was heard, and the next one reads."""
        mine = self.reading_now
        if self.calls:
            self.take_call()
        elif self.cause is not None:
            self.take_cause(self.cause)
        elif mine is None:
            self.action_next_section()
        else:
            self.do(Hear(owner=mine.person), then=lambda: self.read(""))

    def available(self, command_id: str) -> bool:
        """Say which keys are alive."""
        mine = self.reading_now
        own: dict[str, Callable[[], bool]] = {
            "heard": lambda: True,
            "line_up": lambda: mine is not None and self.chosen not in mine.commitments[:1],
            "line_down": lambda: mine is not None and self.chosen not in mine.commitments[-1:],
            "mend": lambda: mine is not None,
            "drop_line": lambda: mine is not None,
            "add": lambda: not self.opening,
            "owner_before": lambda: not self.opening and self.lists[:1] not in ((), (mine,)),
            "worth_copying": lambda: self.shows_more and not self.opening,
            "leave_cause": lambda: not self.calls and self.cause is not None,
        }
        return own[command_id]() if command_id in own else super().available(command_id)

    def wording(self) -> Mapping[str, str]:
        """Say what Enter does."""
        mine = self.reading_now
        word = "heard, next owner" if mine is not None and self.after(mine) is not None else self.enter_word()
        word = f"take {short_money(self.calls[0].after)}" if self.calls else word
        return {**super().wording(), "heard": word}

    def on_key(self, event: events.Key) -> None:
        """Begin another number with its first digit."""
        if event.character and event.character in "0123456789+" and self.begin_with(event.character):
            event.stop()

    # Around the plane

    def rail_groups(self) -> tuple[RailGroup, ...]:
        """Show who reads, and what is worth copying."""
        mine = self.reading_now
        first = say.rail_of(self.meeting, mine.person if mine else "")
        if not self.shows_more:
            return (first,)
        worth = RailGroup(title="worth copying this week", words=plain(self.meeting.worth_copying))
        if not worth.words and self.available("worth_copying"):
            worth = replace(worth, key="w", key_title="names one behaviour")
        return (first, worth) if worth.words or worth.key else (first,)

    def place_line(self) -> str:
        """Say who reads in a few words."""
        mine = self.reading_now
        if self.calls:
            return f"{len(self.calls)} to take"
        if mine is None:
            return "one cause" if self.cause is not None else "all heard"
        after = self.after(mine)
        following = f" · next: {self.meeting.name(after.person)}" if after else ""
        return f"{self.lists.index(mine) + 1} of {len(self.lists)}{following}"

    def pace_words(self, reading: Reading) -> tuple[str, str]:
        """Say how much is still to be read."""
        return say.pace_of(self.meeting)

    def own_notice(self, reading: Reading) -> Notice | None:
        """Offer the sweep once everybody was heard."""
        offer = Notice() if self.opening or self.reading_now is not None else self.sweep_notice()
        return offer if offer.text else super().own_notice(reading)

    def back_row_view(self, reading: Reading) -> BackRowView:
        """Say who reads, for the last row of chairs."""
        view, mine = super().back_row_view(reading), self.reading_now
        if self.calls:
            entry = self.calls[0]
            sentence = f"{short_money(entry.stated)} to {short_money(entry.after)}?"
            return BackRowView(
                view.time, sentence, view.tone, self._full_name(entry.person), "Enter", self.enter_word()
            )
        if mine is None:
            words = "One fix or many?" if self.cause else "All heard"
            return BackRowView(view.time, words, view.tone, "Actions", "Enter", self.enter_word())
        sentence = f"Reads {say.counted(len(mine.commitments))}"
        return BackRowView(view.time, sentence, view.tone, mine.name, "Enter", "heard")
