"""The rows of a card: one grid, labels in sixteen cells, values at column 16, and the row the next key acts on."""

import textwrap
from collections.abc import Callable, Sequence
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.data import LABEL_WIDTH, Tone, plain, spread, status, values
from tui.widgets.drawing import Draw, Fitted
from tui.widgets.figures import BETWEEN, LARGER, ROWS, Figure, capitals, large_width
from tui.widgets.keywords import KeyWords
from tui.widgets.static import Static

Fit = Callable[[int, int], Content]
"""Draws for a width in cells and a number of lines."""


def words(text: str | Content) -> Content:
    """Take content as it is, and anything from outside as plain text."""
    return text if isinstance(text, Content) else Content.styled(plain(text), "$foreground")


class Row(Horizontal):
    """A label and what stands behind it; long values wrap under themselves."""

    DEFAULT_CSS = """
    Row { height: auto; width: 1fr; padding: 0 2; }
    Row > .label { width: 16; height: auto; color: $dim; }
    Row > .value { width: 1fr; height: auto; }
    Row > .right { width: auto; height: auto; text-align: right; }
    """

    def __init__(
        self,
        label: str | Content = "",
        value: str | Content = "",
        *,
        right: str | Content = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Show `label` dim unless it comes with its own colours, as a `status` does."""
        super().__init__(id=id, classes=classes)
        self._label = label if isinstance(label, Content) else Content(plain(label))
        self._value, self._right = words(value), words(right)

    @classmethod
    def status(cls, tone: Tone, word: str, evidence: str | Content = "", *, id: str | None = None) -> "Row":
        """Show a status in the label column with its evidence behind it."""
        return cls(status(tone, word), evidence, id=id)

    def compose(self) -> ComposeResult:
        """Lay out label, value and what stands at the right end."""
        yield Static(self._label, classes="label", markup=False)
        yield Static(self._value, classes="value", markup=False)
        if self._right:
            yield Static(self._right, classes="right", markup=False)

    def show(self, value: str | Content, label: str | Content | None = None) -> None:
        """Change what is said; nothing is repainted that stays the same."""
        fresh = words(value)
        if not fresh.is_same(self._value):
            self._value = fresh
            self._update(".value", fresh)
        if label is not None:
            self.name_it(label)

    def name_it(self, label: str | Content) -> None:
        """Change the label."""
        named = label if isinstance(label, Content) else Content(plain(label))
        if not named.is_same(self._label):
            self._label = named
            self._update(".label", named)

    def _update(self, part: str, content: Content) -> None:
        if self.is_mounted:
            self.query_one(part, Static).update(content)


LINES: Final = ((44, 1), (50, 2))
"""Rows of the screen under which a fitted value has so many lines; more have six."""


class FittedRow(Row):
    """A row whose value is drawn to its width, on as many lines as the screen has for it."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Start empty."""
        super().__init__(id=id, classes=classes)
        self._fitted = Fitted(classes="value")

    def compose(self) -> ComposeResult:
        """Lay out label and value."""
        yield Static(self._label, classes="label", markup=False)
        yield self._fitted

    def fit(self, said: str | Content | Fit, label: str | Content) -> None:
        """Say something else; what is not drawn to a width wraps."""
        self.name_it(label)
        self._fitted.show(self._to_lines(said) if callable(said) else lambda _: words(said))

    def _to_lines(self, fit: Fit) -> Draw:
        return lambda width: fit(width, next((lines for under, lines in LINES if self.app.size.height < under), 6))


def show_groups(rows: Sequence[Row], groups: Sequence[Sequence[tuple[Content, Content]]]) -> None:
    """Show groups of labels with what stands behind them, air before each group; rows that are left over hide."""
    said = [(*line, not at) for group in groups for at, line in enumerate(group)]
    for number, row in enumerate(rows):
        row.display = number < len(said)
        if row.display:
            label, value, first = said[number]
            row.set_class(first, "gap", "group")
            row.show(value, label)


class Raised(Vertical):
    """The plane of the row the next key acts on; it hangs into the padding, so that its text does not shift."""

    DEFAULT_CSS = """
    Raised {
        height: auto; padding: 1 2 1 1; background: $panel; border-left: outer $accent; color: $foreground;
    }
    Raised > Row { padding: 0; }
    Raised > Row > .label { color: $bright; text-style: bold; }
    """


class NextKey(KeyWords):
    """“**Enter** closes Northwind out”: the next key in words, where one looks."""

    DEFAULT_CSS = """
    NextKey { height: auto; }
    """

    def say(self, key: str, what: str) -> None:
        """Name the key and what it does."""
        self.update(next_key(key, what))

    def refuse(self, word: str, reason: str, *offers: tuple[str, str]) -> None:
        """Say in its place why it cannot be done, what is asked, and which keys help."""
        keys = [
            Content.assemble("   ", (key, "bold $accent"), (f" {plain(what)}", "$foreground")) for key, what in offers
        ]
        self.update(Content.assemble(status(Tone.ACT, f"{word}:"), (f" {plain(reason)}", "bold $bright"), *keys))


def next_key(key: str, what: str) -> Content:
    """Say a key and what it does."""
    return Content.assemble((key, "bold $accent"), (f" {plain(what)}", "bold $bright"))


class Line(Widget):
    """A thin rule between parts of another kind."""

    DEFAULT_CSS = """
    Line { height: 1; margin: 1 2; color: $line; text-wrap: nowrap; text-overflow: clip; }
    """

    def render(self) -> Content:
        """Draw it from end to end."""
        return Content("─" * self.size.width)


class Facts(Static):
    """Names over values: amount, category, stage, close date; one line of values where the screen is low."""

    DEFAULT_CSS = """
    Facts { height: 2; padding: 0 2; text-wrap: nowrap; text-overflow: clip; }
    """

    facts: reactive[tuple[tuple[str, str], ...]] = reactive((), init=False)
    """Each a name and its value; the last one keeps its name where there is one line."""

    def show(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Change what is said."""
        self.facts = facts

    def watch_facts(self) -> None:
        """Draw the new values."""
        self._draw()

    def on_resize(self) -> None:
        """Choose the form again."""
        self._draw()

    def _draw(self) -> None:
        if self.facts and self.content_size.width:
            self.update(self._short() if self.content_size.height == 1 else self._columns())

    def _columns(self) -> Content:
        """Set each pair in a column of the grid, at least sixteen cells wide."""
        above, below = Content(""), Content("")
        for name, value in self.facts:
            label, said = Content.styled(plain(name), "$dim"), values(value)
            column = max(LABEL_WIDTH, -(-(max(label.cell_length, said.cell_length) + 5) // 4) * 4)
            above += label.pad_right(column - label.cell_length)
            below += said.pad_right(column - said.cell_length)
        return Content("\n").join([above.rstrip(), below.rstrip()])

    def _short(self) -> Content:
        *first, (name, value) = self.facts
        strong = [
            Content.styled(plain(said), "bold $bright" if at < 2 else "$foreground")
            for at, (_, said) in enumerate(first)
        ]
        last = Content.assemble((plain(name), "$foreground"), " ", values(value))
        return spread(Content("   ").join(strong), last, self.content_size.width)


def wrapped(first: str, second: str, room: int | None) -> tuple[list[str], list[str]]:
    """Break what stands beside a name into at most its four rows, evenly; one row each where `room` is less."""
    broken = [
        [textwrap.wrap(text, width, break_long_words=False) for text in (first, second)]
        for width in range(1, (room or 0) + 1)
    ]
    fits = [
        both
        for width, both in enumerate(broken, 1)
        if all(Content(row).cell_length <= width for rows in both for row in rows)
    ]
    bold, reading = min(fits, key=lambda both: sum(map(len, both)), default=([first], [second]))
    return (bold, reading) if len(bold) + len(reading) <= ROWS else ([first], [second])


NAME_BESIDE: Final = 12
"""Cells that stay beside a name in twice the type, for what is broken into rows there."""


class Subject(Horizontal):
    """What the room is on: its name large at the left, two lines at the right; one line where the screen is low."""

    DEFAULT_CSS = """
    Subject { height: 4; padding: 0 2; }
    Subject > Figure { width: 1fr; }
    Subject > .name { display: none; width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Subject > .beside { width: auto; height: 4; padding-top: 1; text-align: right; }
    Subject > .beside.-tall { padding-top: 0; }
    """

    name_text: reactive[str] = reactive("")
    beside: reactive[tuple[str, str]] = reactive(("", ""))
    """Such as the owner, bold, and what the deal is about."""

    def compose(self) -> ComposeResult:
        """Lay out the name, in both forms, and what stands beside it."""
        yield Figure()
        yield Static(classes="name", markup=False)
        yield Static(classes="beside", markup=False)

    def on_mount(self) -> None:
        """Draw at once."""
        self._draw()

    @property
    def rows(self) -> int:
        """Give the rows that it takes with the air under it, as the style sheets have it for the terminal's size."""
        height = self.styles.height
        return int(height.value if height is not None else 0) + self.styles.margin.bottom

    def on_resize(self) -> None:
        """Choose the form again."""
        self._draw()

    def watch_name_text(self) -> None:
        """Draw the new name."""
        self._draw()

    def watch_beside(self) -> None:
        """Draw what stands beside it."""
        self._draw()

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        first, second = (plain(text) for text in self.beside)
        low = not self.query_one(Figure).display
        self.query_one(Figure).text = self.name_text
        self.query_one(".name", Static).update(
            Content.assemble((capitals(self.name_text), "bold $bright"), (f"  {second}", "$foreground"))
        )
        bold, reading = wrapped(first, second, None if low else self._room_beside(first, second))
        said = [Content.styled("\n".join(bold), "bold $bright")]
        said += [] if low else [Content.styled("\n".join(reading), "$foreground")]
        beside = self.query_one(".beside", Static)
        beside.set_class(not low and len(bold) + len(reading) == ROWS, "-tall")
        beside.update(Content("\n").join(said))

    def _room_beside(self, *beside: str) -> int | None:
        """Give the cells that leave room for the whole name, where it would else be drawn in part; None: no matter."""
        inside, whole = self.content_size.width, large_width(self.name_text)
        wide = max(Content(line).cell_length for line in beside)
        if self.query_one(Figure).rows >= LARGER and inside - 2 * whole - BETWEEN >= NAME_BESIDE:
            whole *= 2
        return inside - whole - BETWEEN if whole and inside - whole < wide else None
