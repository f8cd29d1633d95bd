"""The right rail: the time, large; where one is in the queue; now and the next. One line where there is no room."""

from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.data import (
    STYLES,
    SYMBOLS,
    ClockView,
    RailGroup,
    RailLine,
    RailView,
    Tone,
    loud,
    plain,
    spread,
    status,
)
from tui.widgets.drawing import Fitted
from tui.widgets.figures import LARGER, ROWS, Figure, drawn
from tui.widgets.keywords import LEADS_TO, leading
from tui.widgets.parts import packed
from tui.widgets.static import Static

_EMPTY = RailView(ClockView("", ""))
NARROWEST: Final = 20
"""Cells under which nothing is said under the figure."""


def strip(marks: tuple[Tone, ...], width: int) -> Content:
    """Draw the queue: a dash for each thing where they fit, else one line of whole cells."""
    styles = {Tone.PLAIN: "$foreground", Tone.OK: "$foreground", Tone.DIM: "$line"}
    colours = [styles.get(mark, STYLES[mark]) for mark in marks]
    if 2 * len(marks) - 1 <= width:
        return Content(" ").join(Content.styled("━", colour) for colour in colours)
    order = [colours[cell * len(marks) // width] for cell in range(width)]
    return Content.assemble(*(("━", colour) for colour in order))


def large(figure: str, width: int, rows: int = ROWS) -> str:
    """Leave the “+” of a time past zero to the words under it where only the digits have room in large type."""
    digits = figure.removeprefix("+")
    for room in (width // 2, width) if rows >= LARGER else (width,):
        if drawn(digits, room):
            return figure if drawn(figure, room) else digits
    return figure


def clock_lines(clock: ClockView) -> tuple[Content, ...]:
    """Say what stands under the figure: left of, pace, on time or not."""
    lines = []
    if clock.tone is Tone.PLAIN:
        lines.append(Content.styled(plain(clock.of), "bold $bright"))
    else:
        lines.append(
            Content.assemble(
                Content.styled(status(clock.tone, clock.word).plain, f"bold {STYLES[clock.tone]}"),
                (f", {plain(clock.of)}", "bold $bright"),
            )
        )
    if clock.pace:
        lines.append(Content.styled(plain(clock.pace), "$foreground"))
    if clock.punctual:
        lines.append(_punctual(clock))
    elif clock.ends:
        lines.append(Content.styled(plain(clock.ends), "$foreground"))
    return tuple(lines)


def _punctual(clock: ClockView) -> Content:
    ends = f", {plain(clock.ends)}" if clock.ends else ""
    return Content.assemble(status(clock.punctual_tone, clock.punctual), (ends, "$foreground"))


def chip(clock: ClockView, *, colour: bool = True) -> Content:
    """Draw the time as a reverse chip, for low screens; a status sets colour, symbol and word."""
    ground = loud(clock.tone, colour=colour) or "$bright"
    return Content.styled(f" {plain(clock.figure)} ", f"bold $background on {ground}")


def folded(view: RailView, width: int, *, colour: bool = True) -> Content:
    """Say the rail in one line: the time left in front, the place at the end."""
    clock = view.clock
    first, _, rest = plain(clock.of).partition(" ")
    if clock.tone is Tone.PLAIN:
        words = Content.assemble((first, "bold $bright"), (f" {rest}", "$foreground"))
    else:
        words = Content.assemble(status(clock.tone, clock.word), (f", {first} {rest}", "$foreground"))
    left = Content.assemble(chip(clock, colour=colour), " ", words)
    # A long name gives way to the time, never the time to a name.
    room = max(1, width - left.cell_length - 2)
    place = Content.styled(plain(view.place), "$foreground").truncate(room, ellipsis=True)
    pace = f" · {plain(clock.short_pace)}" if clock.short_pace else ""
    full = Content.assemble(left, (pace, "$foreground"))
    return spread(full if full.cell_length + 2 + place.cell_length <= width else left, place, width)


def line(said: RailLine, width: int, marked: bool) -> Content:
    """Draw a line of a list."""
    words = {Tone.NOW: "bold $bright", Tone.DIM: "$dim"}.get(said.tone, "$foreground")
    symbol = Content.styled(f"{SYMBOLS[said.tone] or ' '} ", STYLES[said.tone]) if marked else Content("")
    parts: list[Content] = []
    if said.note:
        parts.append(Content.styled(plain(said.note) + ("  " if said.right else ""), "$dim"))
    if said.word:
        parts.append(Content.styled(plain(said.word), STYLES[said.tone]))
    if said.right:
        right = "$foreground" if said.tone is Tone.DIM and said.note else words
        parts.append(Content.styled(plain(said.right), right))
    drawn = spread(Content.assemble(symbol, (plain(said.text), words)), Content("").join(parts), width)
    return leading(drawn, said.to)


def group(said: RailGroup, width: int, *, apart: bool = False) -> Content:
    """Draw one part of the rail, the lines of its list `apart` where there is room for that."""
    lines: list[Content] = []
    if said.title:
        title = Content.styled(plain(said.title), "bold $bright")
        lines.append(spread(title, Content.styled(plain(said.right), "$dim"), width))
    if said.strip:
        lines.append(strip(said.strip, width))
    if said.under or said.watch:
        between = " · " if said.under and said.watch else ""
        parked = status(Tone.WATCH, said.watch) if said.watch else Content("")
        lines.append(Content.assemble((plain(said.under) + between, "$dim"), parked))
    if said.lines:
        lines += [Content("")] if lines else []
        listed = [line(one, width, said.marked) for one in said.lines]
        lines.append(Content("\n\n" if apart else "\n").join(listed))
    if said.words:
        lines.append(Content.styled(plain(said.words), "$dim"))
    lines += [Content.styled(row, "$dim") for row in packed(said.parts, width, len(said.parts)) if row]
    if said.key:
        lines += [Content("")] if apart and said.lines else []
        lines.append(Content.assemble((said.key, "bold $accent"), (f" {plain(said.key_title)}", "$foreground")))
    return Content("\n").join(lines)


def fitted(view: RailView, width: int, room: int, *, apart: bool = False) -> Content:
    """Draw what stands under the figure; in too few rows the air goes first, then sentences, the last one first.

    The lines of lists stand `apart`, as on a wall, where all of them have room for that.
    """
    ruler = Content.styled("─" * width, "$line")
    groups, air = list(view.groups), "\n\n"
    while True:
        parts = [Content("\n").join(clock_lines(view.clock))]
        for one in groups:
            parts += [ruler, group(one, width, apart=apart)]
        said = Content(air).join(parts)
        spoken = next((one for one in reversed(groups) if one.words and not one.lines), None)
        if room <= 0 or len(said.wrap(width)) <= room or (air == "\n" and spoken is None):
            return said
        if apart:
            apart = False
            continue
        if air == "\n" and spoken is not None:
            groups.remove(spoken)
        air = "\n"


class Words(Fitted):
    """What stands under the figure, in the rows that the rail has for it."""

    ALLOW_SELECT = False
    view: reactive[RailView] = reactive(_EMPTY, init=False, repaint=False)
    _room = 0

    def watch_view(self, before: RailView, view: RailView) -> None:
        """Draw what changed: a tick changes the figure alone."""
        clock = view.clock
        if (clock_lines(before.clock), before.clock.tone, before.groups) == (
            clock_lines(clock),
            clock.tone,
            view.groups,
        ):
            return
        self.show(self._fitted)

    def _fitted(self, width: int) -> Content:
        apart = self.screen.has_class("-wall")
        return fitted(self.view, width, self._room, apart=apart) if width >= NARROWEST else Content("")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines that are drawn for a width, and for the rows that are left under the figure."""
        rail = self.screen.query_one(Rail)
        under = rail.query_one(Figure).rows + self.styles.margin.top
        # The row that the plane leaves free is left free here too.
        room = container.height + rail.gutter.height - under - 2
        if room != self._room:
            self._room, self._drawn = room, None
        return super().get_content_height(container, viewport, width)


class Rail(Widget):
    """The rail; `view` is all it knows."""

    DEFAULT_CSS = """
    Rail { dock: right; width: 34; height: 100%; layout: vertical; padding-top: 1; }
    Rail > Figure { width: 1fr; }
    Rail > .words { height: auto; margin-top: 1; text-wrap: wrap; }
    Rail > .folded { display: none; height: 1; text-wrap: nowrap; text-overflow: clip; }
    Rail > .chip { display: none; height: 1; }
    """

    class Chosen(Message):
        """A line that leads somewhere was clicked."""

        def __init__(self, to: str) -> None:
            """Say where it leads."""
            super().__init__()
            self.to = to

    ALLOW_SELECT = False
    view: reactive[RailView] = reactive(_EMPTY, repaint=False)

    def compose(self) -> ComposeResult:
        """Lay out the large time, the words and their short form."""
        yield Figure()
        yield Static(classes="chip", markup=False)
        yield Words(classes="words")
        yield Fitted(classes="folded")

    def on_mount(self) -> None:
        """Draw at once."""
        self._show(self.view)

    def on_resize(self) -> None:
        """Draw the time as large as there is room."""
        figure = self.query_one(Figure)
        figure.text = large(self.view.clock.figure, self.content_size.width, figure.rows)

    def on_click(self, event: events.Click) -> None:
        """Say where the line under the pointer leads."""
        to = event.style.meta.get(LEADS_TO, "")
        if to:
            event.stop()
            self.post_message(self.Chosen(to))

    def watch_view(self, now: RailView) -> None:
        """Repaint what changed."""
        if self.is_mounted:
            self._show(now)

    def _show(self, view: RailView) -> None:
        figure, colour = self.query_one(Figure), not self.app.no_color
        figure.text = large(view.clock.figure, self.content_size.width, figure.rows)
        figure.tone = loud(view.clock.tone, colour=colour)
        self.query_one(".chip", Static).update(chip(view.clock, colour=colour))
        self.query_one(".folded", Fitted).show(lambda width: folded(view, width, colour=colour))
        self.query_one(Words).view = view
