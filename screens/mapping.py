"""Which column is what: a line for every field, the doubtful ones first, and Enter takes what is proposed."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from review.answers import Answers
from review.unclear import Ask, Unclear, also_taken, answers_of
from screens.dialogs.base import Dialog
from tui.widgets.data import Tone, plain, status
from tui.widgets.keywords import KeyWords
from tui.widgets.rows import next_key
from tui.widgets.static import KEY_STYLE, Static

LABEL, VALUE, STATE = 19, 23, 12
"""Cells of a line's parts; the samples have the rest."""


class MapLine(Static):
    """One field: the column that is proposed for it, three of its values, and whether that stands."""

    DEFAULT_CSS = """
    MapLine { height: 1; padding: 0 2; text-wrap: nowrap; text-overflow: ellipsis; }
    MapLine.-chosen { background: $panel; border-left: outer $accent; padding-left: 1; }
    MapLine.-apart { margin-top: 1; }
    """

    def __init__(self, at: int, ask: Ask) -> None:
        """Stand at place `at` for a question or a certain field."""
        super().__init__(markup=False)
        self.at, self.ask = at, ask
        self.choice = ask.chosen
        """Place of the choice that stands in the line; None before one is made."""
        self.taken = ask.sure or not (ask.needed or ask.sentence)
        """Whether nothing is left to ask."""
        self.typed = ""
        """Letters typed to find another choice."""
        self.twice: Ask | None = None
        """Another field that has the same column."""

    @property
    def value(self) -> str | None:
        """What is answered; None where nothing was chosen, or nobody has to choose."""
        changed = self.choice != self.ask.chosen
        if self.choice is None or (not changed and (self.ask.sure or not self.ask.sentence)):
            return None
        return self.ask.choices[self.choice].value

    @property
    def told(self) -> str:
        """What is asked of the line, or what stands in it."""
        label = self.ask.label
        proposed = self.choice == self.ask.chosen and self.twice is None
        if self.ask.sentence and (proposed or not self.ask.is_column):
            return self.ask.sentence
        choice = None if self.choice is None else self.ask.choices[self.choice]
        if choice is None or not choice.value:
            return f"{label}: no column is taken for it. ← and → choose one, or the first letters of its name."
        if self.twice is not None:
            return (
                f"“{choice.shown}” is taken for {self.twice.label.lower()} as well: choose another for one of the two."
            )
        return f"{label}: “{choice.shown}”" + (f" ({', '.join(choice.samples)})." if choice.samples else ".")

    def draw(self, chosen: bool) -> None:
        """Show the line, raised where it is the one that Enter takes."""
        self.set_class(chosen, "-chosen")
        choice = None if self.choice is None else self.ask.choices[self.choice]
        shown = plain(choice.shown) if choice else "choose with ← →"
        strong, quiet = ("bold $bright", "$foreground") if chosen else ("$foreground", "$dim")
        found = self.typed + "…" if self.typed and chosen else ""
        parts = [
            _cell(plain(self.ask.label), LABEL, quiet),
            _cell(found or shown, VALUE, strong if choice and choice.value else quiet),
            _cell_of(self._state(), STATE),
            Content.styled(" · ".join(map(plain, choice.samples)) if choice else "", quiet),
        ]
        self.update(Content.assemble(*parts))

    def _state(self) -> Content:
        if self.twice is not None:
            return status(Tone.ACT, "twice")
        if not self.taken:
            return status(
                Tone.WATCH if self.choice is not None else Tone.ACT, "look" if self.choice is not None else "say"
            )
        if self.value is not None:
            return status(Tone.OK, "from you")
        has = self.choice is not None and self.ask.choices[self.choice].value
        return status(Tone.DIM, "certain") if has else status(Tone.UNKNOWN, "none")

    def on_click(self) -> None:
        """Go to the line."""
        if isinstance(self.screen, Mapping):
            self.screen.at = self.at


def _cell(text: str, width: int, style: str) -> Content:
    return _cell_of(Content.styled(text, style), width)


def _cell_of(content: Content, width: int) -> Content:
    """Bring a part to its width."""
    short = content.truncate(width - 2, ellipsis=True)
    return Content.assemble(short, " " * (width - short.cell_length))


class Mapping(Dialog[Answers]):
    """Ask line by line what a file does not say; the answer is what was said."""

    DEFAULT_CSS = """
    Mapping .sentence { height: auto; max-height: 4; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("left", "other(-1)", "Other", show=False),
        Binding("right", "other(1)", "Other", show=False),
        Binding("backspace", "forget", "Forget", show=False),
        Binding("enter", "take", "Take", show=False),
    ]
    AUTO_FOCUS = ""
    TALL: ClassVar[bool] = True
    at: reactive[int] = reactive(0, init=False)
    """The place of the raised line."""

    def __init__(self, file: str, asks: Sequence[Ask], *, crm: str = "") -> None:
        """Ask for `file`; `crm` is whose headers were recognised."""
        known = f"{crm} headers" if crm and crm != "generic" else "headers of no CRM that is known"
        super().__init__("Which column is what", Content.styled(f"{plain(file)} · {known}", "$dim"))
        self._lines = [MapLine(at, ask) for at, ask in enumerate(asks)]
        self.set_reactive(Mapping.at, next((line.at for line in self._lines if not line.taken), 0))

    @classmethod
    def of(cls, unclear: Unclear) -> "Mapping":
        """Ask what an import has stopped at."""
        return cls(unclear.file, unclear.asks, crm=unclear.crm)

    def compose_body(self) -> ComposeResult:
        """Yield the lines, those that ask apart from those that are certain."""
        for before, line in zip((None, *self._lines), self._lines, strict=False):
            line.set_class(before is not None and line.taken and not before.taken, "-apart")
            yield line

    def compose_raised(self) -> ComposeResult:
        """Yield what is asked and what the next key does."""
        yield Static(classes="sentence", markup=False)
        yield KeyWords(classes="next", markup=False)

    def leave_line(self) -> Content:
        """Say the keys there are."""
        keys = (("↑↓", "line"), ("← →", "another, or type its name"), ("Esc", "back, nothing changes"))
        parts = [part for key, does in keys for part in ((key, "bold $accent"), (f" {does}   ", "$dim"))]
        return Content.assemble(*parts)

    def on_mount(self) -> None:
        """Raise the first line that asks."""
        self.watch_at()

    @property
    def line(self) -> MapLine:
        """The raised line."""
        return self._lines[self.at]

    def watch_at(self) -> None:
        """Raise another line."""
        self._redraw()
        # What is said below may have taken another line from the list.
        self.call_after_refresh(self.line.scroll_visible, animate=False)

    def _explain(self) -> None:
        line = self.line
        self.query_one(".sentence", Static).update(Content.styled(plain(line.told), "$foreground"))
        rest = [one for one in self._lines if (not one.taken or one.twice is not None) and one is not line]
        if line.choice is None or line.twice is not None:
            said = Content.assemble("Choose with ", ("←", KEY_STYLE), " and ", ("→", KEY_STYLE)).stylize_before(
                "bold $bright"
            )
        elif rest:
            said = next_key("Enter", "takes it" if not line.taken else "goes on")
        else:
            said = next_key("Enter", "takes it and reads the file" if not line.taken else "reads the file")
        self.query_one(".next", Static).update(said)

    def action_move(self, step: int) -> None:
        """Go up or down, and stop at the ends."""
        self.line.typed = ""
        self.at = max(0, min(len(self._lines) - 1, self.at + step))

    def action_other(self, step: int) -> None:
        """Propose the next choice."""
        line = self.line
        many = len(line.ask.choices)
        line.choice = ((-1 if step > 0 else 0) if line.choice is None else line.choice) + step
        line.choice %= many
        line.typed = ""
        self._redraw()

    def action_forget(self) -> None:
        """Take back a letter."""
        self._find(self.line.typed[:-1])

    def on_key(self, event: events.Key) -> None:
        """Find a column by the letters of its name."""
        if event.character and event.is_printable and (event.character != " " or self.line.typed):
            event.stop()
            self._find(self.line.typed + event.character)

    def _find(self, typed: str) -> None:
        line = self.line
        names = [choice.shown.casefold() for choice in line.ask.choices]
        wanted = typed.casefold()
        # The shortest first: the whole name of one may be the beginning of another.
        begun = sorted((at for at, name in enumerate(names) if name.startswith(wanted)), key=lambda at: len(names[at]))
        inside = [at for at, name in enumerate(names) if wanted in name]
        if typed and not inside:
            return
        line.typed = typed
        if typed:
            line.choice = (begun or inside)[0]
        self._redraw()

    def _redraw(self) -> None:
        asks = [line.ask for line in self._lines]
        chosen = {line.ask.id: line.ask.choices[line.choice].value for line in self._lines if line.choice is not None}
        for line in self._lines:
            line.twice = also_taken(asks, chosen, line.ask)
            line.draw(line is self.line)
        self._explain()

    def action_take(self) -> None:
        """Take the line and go to the next that asks; behind the last one the page is answered."""
        line = self.line
        if line.choice is None:
            return
        line.taken, line.typed = True, ""
        rest = [one.at for one in self._lines if not one.taken or (one.twice is not None and one is not line)]
        if not rest:
            told = {one.ask.id: one.value for one in self._lines if one.value is not None}
            self.dismiss(answers_of((one.ask for one in self._lines), told))
            return
        following = [at for at in rest if at > self.at]
        line.draw(False)
        self.at = (following or rest)[0]
