"""What the page that sets a team up is made of: its lines, and what stands beside them."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from review.proposal_lines import Line as SetupLine
from review.proposals import Source
from tui.widgets.data import Tone, plain, status
from tui.widgets.field import FieldRow, LineInput
from tui.widgets.figures import Figure
from tui.widgets.footer import NARROW
from tui.widgets.rows import Line, Raised, next_key
from tui.widgets.static import Static

TONES = {Source.FILE: Tone.DIM, Source.PAST: Tone.DIM, Source.YOU: Tone.OK, Source.OPEN: Tone.UNKNOWN}
"""What is in order without anybody's doing is quiet."""


class ListInput(LineInput):
    """A line that takes a pasted list: each of its lines becomes a part of one."""

    _came = False
    """Whether the cursor just came: then the whole value is chosen, and typing replaces it."""

    def on_focus(self) -> None:
        """Remember that the value is chosen."""
        self._came = True

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Let the click that comes into the line leave its value chosen; the next one sets the cursor."""
        if self._came:
            event.prevent_default()
        self._came = False

    def on_key(self) -> None:
        """Let a click after a key set the cursor."""
        self._came = False

    def on_paste(self, event: events.Paste) -> None:
        """Put the lines behind one another."""
        event.stop()
        event.prevent_default()
        lines = [plain(line.replace("\t", " ")) for line in event.text.splitlines() if line.strip()]
        self.insert_text_at_cursor("; ".join(lines))


class SetupRow(FieldRow):
    """One line of the page: label, name, value to type over, and where the value comes from."""

    DEFAULT_CSS = """
    SetupRow .name { width: 20; height: 1; padding-right: 1; color: $foreground; text-wrap: nowrap; }
    SetupRow .name { text-overflow: ellipsis; }
    SetupRow Input { width: 14; }
    SetupRow .note { width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis; color: $dim; margin-left: 2; }
    SetupRow .source { width: 15; height: 1; margin-left: 2; }
    SetupRow.-plain .name, SetupRow.-plain .note { display: none; }
    SetupRow.-plain Input { width: 1fr; }
    SetupRow:focus-within .name { color: $bright; text-style: bold; }
    SetupRow:focus-within .note { color: $foreground; }
    """

    def __init__(self, line: SetupLine) -> None:
        """Show a line of the page."""
        super().__init__(line.label, line.prompt, plain(line.text))
        self.shown = line
        self._input = ListInput(line.prompt)
        # Values are short here: typing replaces them, an arrow key keeps them.
        self._input.select_on_focus = True
        self.refused = ""
        """Why what stands in it cannot be taken; empty while it can."""
        self.set_class(not line.name, "-plain")
        self.set_class(line.gap, "gap")

    def compose(self) -> ComposeResult:
        """Lay out the row."""
        with Horizontal():
            yield Static(plain(self.shown.label), classes="label", markup=False)
            yield Static(plain(self.shown.name), classes="name", markup=False)
            yield self._input
            yield Static(plain(self.shown.note), classes="note", markup=False)
            yield Static(self._said(), classes="source", markup=False)
        yield Static(classes="feedback", markup=False)

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not taken yet."""
        return plain(self.text) != plain(self.shown.text)

    @property
    def value(self) -> str:
        """What is to be taken: what was typed, or the line as it stands."""
        return self.text if self.dirty else self.shown.text

    @property
    def needed(self) -> bool:
        """Whether the review cannot start before this line is filled in."""
        return self.shown.id == "manager" and self.shown.source is Source.OPEN

    @property
    def waits(self) -> bool:
        """Whether Enter can do nothing here before something is typed."""
        return self.needed and not self.text.strip()

    @property
    def asked(self) -> str:
        """What is to be typed after a refusal."""
        return "your name" if self.needed else "something else"

    def show(self, line: SetupLine) -> None:
        """Show the line as it stands now; what is being typed in another one is not touched."""
        if line == self.shown and not self.refused:
            return
        was, self.shown = self.shown, line
        if not self.is_mounted:
            self.text = plain(line.text)
            return
        if line.text != was.text or not self.dirty:
            self.text = plain(line.text)
        self.prompt = line.prompt
        self.set_class(line.gap, "gap")
        for part, text in (("label", line.label), ("name", line.name), ("note", line.note)):
            if text != getattr(was, part):
                self.query_one(f".{part}", Static).update(Content(plain(text)))
        self.say()

    def take(self, line: SetupLine) -> None:
        """Show what became of what was typed here."""
        self.refused = ""
        self.text = plain(line.text)
        self.show(line)

    def say(self) -> None:
        """Say where the value comes from, or that it is not taken."""
        if self.is_mounted:
            self.query_one(".source", Static).update(self._said())

    def _said(self) -> Content:
        if self.refused:
            return status(Tone.ACT, "needed" if self.needed else "not taken")
        said = status(Tone.WATCH if self.needed else TONES[self.shown.source], self.shown.source.value)
        return said if self.shown.source not in (Source.FILE, Source.PAST) else Content("  ") + said


class SetupAside(Vertical):
    """Beside the lines: when the review is, how far the page is, the line in words, and the next key."""

    DEFAULT_CSS = """
    SetupAside { width: 34; height: 100%; dock: right; padding-top: 1; margin-bottom: 1; }
    SetupAside > Static { height: auto; }
    SetupAside > .when { margin-top: 1; }
    SetupAside > Line { margin: 1 0; }
    SetupAside > .spring { height: 1fr; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Figure(classes="wide")
        yield Static(classes="when wide", markup=False)
        yield Line()
        yield Static(classes="counts", markup=False)
        yield Line()
        yield Static(classes="sentence", markup=False)
        yield Static(classes="spring wide", markup=False)
        with Raised():
            yield Static(classes="next", markup=False)

    def show_page(self, figure: str, when: str, counts: tuple[tuple[Source, int], ...], summary: str) -> None:
        """Say when the review is, and how many lines come from where."""
        self.query_one(Figure).text = figure
        self.query_one(".when", Static).update(Content.styled(when, "bold $bright"))
        lines = [
            Content.assemble((f"{count:>2}", "bold $bright"), (f"  {source.value}", "$foreground"))
            for source, count in counts
        ]
        folded = Content.styled(summary, "$foreground")
        self._counts = (Content("\n").join(lines), folded)
        self._draw_counts()

    _counts: tuple[Content, Content] = (Content(""), Content(""))

    def on_resize(self) -> None:
        """Choose the form that fits."""
        self._draw_counts()

    def _draw_counts(self) -> None:
        if self.is_mounted:
            narrow = self.app.size.width < NARROW
            self.query_one(".counts", Static).update(self._counts[narrow])

    def say(self, sentence: str | Content, key: str, does: str) -> None:
        """Say what the chosen line is about, and what the next key does."""
        said = sentence if isinstance(sentence, Content) else Content.styled(plain(sentence), "$foreground")
        self.query_one(".sentence", Static).update(said)
        self.query_one(".next", Static).update(next_key(key, does))

    def refuse(self, word: str, reason: str, asked: str) -> None:
        """Say in their place why a line cannot be taken, and what is asked."""
        self.ask(Content.assemble(status(Tone.ACT, word), (f" {plain(reason)}", "bold $bright")), asked)

    def ask(self, sentence: str | Content, asked: str) -> None:
        """Say that something has to be typed first."""
        self.say(sentence, "", "")
        typed = Content.assemble(("Type", "bold $bright"), (f" {asked}", "bold $bright"))
        self.query_one(".next", Static).update(typed if asked else Content(""))
