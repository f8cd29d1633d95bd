"""The health figures of the team as a list; on a page of their own, what rates people, for the manager alone."""

from collections.abc import Iterator, Mapping
from functools import partial

from textual.app import ComposeResult
from textual.content import Content

from review.history_page import History as Gathered
from review.history_page import history as gather
from review.history_words import page_of
from review.page import Block
from review.ports import Office, Standing
from screens.history_words import PastLine, told
from screens.opening_past import read_aside
from screens.past_page import PastPage
from tui.registry import STANDARD, Registry
from tui.widgets.data import LABEL_WIDTH, ClockView, RailView, Tone, plain, status
from tui.widgets.listing import Listing, ListLine, room_for_text
from tui.widgets.rows import Row

PRIVATE = "This page rates people. It is yours alone: see that nobody else sees this screen."
PEOPLE = ("People", "Accuracy")


class FiguresPage(PastPage):
    """Works the figures out beside the screen, and lists them with their words."""

    DEFAULT_CSS = """
    FiguresPage.-team Listing { margin-top: 0; }
    """

    def __init__(
        self, office: Office, standing: Standing, registry: Registry = STANDARD, *, private: bool = False
    ) -> None:
        """Show the team, or where it was asked for by name, people."""
        super().__init__(office, standing, registry)
        self.private = private
        self._blocks: tuple[Block, ...] = ()
        self.set_class(not private, "-team")

    def compose_plane(self) -> ComposeResult:
        """Lay out the mark, the list and the quiet line."""
        if self.private:
            yield Row(status(Tone.WATCH, "PRIVATE"), PRIVATE)
        yield Listing(id="lines")
        yield from self.compose_foot()

    def repaint(self) -> None:
        """Work out what is shown."""
        stands = self.standing
        self.show_rail(RailView(ClockView(str(stands.ledger.held), "reviews held")))
        work = partial(gather, stands.ledger, stands.settings, self.office.today, private=self.private)
        read_aside(self, "every deal", work, self._show)

    def _show(self, gathered: Gathered) -> None:
        blocks = page_of(gathered).blocks
        shown = [block for block in blocks if (block.title in PEOPLE) == self.private and block.title != "Locks"]
        self._blocks = tuple(shown)
        self._lay_out()

    def available(self, command_id: str) -> bool:
        """Say which keys the page has; people are traced on the forecast call."""
        if command_id == "open_line":
            return bool(self._blocks) and not self.private
        return super().available(command_id)

    def wording(self) -> Mapping[str, str]:
        """Say what Enter shows here."""
        return {**super().wording(), "open_line": "what they rest on"}

    def next_words(self) -> str:
        """Say what Enter shows."""
        return "shows what the figures rest on"

    def action_open_line(self) -> None:
        """Show the deals and reviews that the figures rest on."""
        from review.health_traces import health_reasons  # loaded when it is first asked for
        from screens.dialogs.why import Why

        stands = self.standing
        self.app.push_screen(
            Why("The team’s figures", health_reasons(stands.ledger, stands.settings, self.office.today))
        )

    def on_resize(self) -> None:
        """Lay the tables out to the new width, once the list has it."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        room = room_for_text(self.query_one(Listing).size.width)
        self.put(tuple(line for block in self._blocks for line in _lines(block, room)))


def _lines(block: Block, room: int) -> Iterator[PastLine]:
    """Lay a table out: the first cell as the label, figures in columns, and the words behind them, else below."""
    columns = zip(*([column.head for column in block.columns], *(row.cells for row in block.rows)), strict=True)
    widths = [max(len(cell) for cell in column) for column in columns][1:]
    gap = "  " if sum(widths) + 2 * (len(widths) - 1) <= room else " "
    heads = gap.join(column.head.rjust(width) for column, width in zip(block.columns[1:], widths, strict=True))
    title = Content.assemble((block.title.ljust(LABEL_WIDTH), "bold $bright"), (heads, "$dim"))
    yield PastLine(ListLine(f"head {block.title}", title, Content(""), heading=True))
    for at, row in enumerate(block.rows):
        cells = gap.join(plain(cell).rjust(width) for cell, width in zip(row.cells[1:], widths, strict=True))
        words = plain(block.divider.join(row.parts))
        figures = Content.styled(cells, "bold $bright")
        said = Content.assemble(figures, ("   " if words and cells else "", ""), (words, "$foreground"))
        lines = [said] if said.cell_length <= room else _wrapped(figures, words, room)
        label = Content.styled(plain(row.cells[0]), "$foreground")
        for more, line in enumerate(line for line in lines if line):
            ident = f"{block.title} {at}" + (f" {more}" if more else "")
            yield PastLine(ListLine(ident, Content("") if more else label, line))
    for at, line in enumerate(Content(plain(block.note)).wrap(room) if block.note and room > 0 else ()):
        yield told(f"note {block.title} {at}", "", line.plain)


def _wrapped(figures: Content, words: str, room: int) -> list[Content]:
    """Wrap the words beside few figures, or below many."""
    column = figures.cell_length + 3
    if column * 3 > room:
        return [figures, *Content.styled(words, "$foreground").wrap(max(1, room))]
    first, *others = Content.styled(words, "$foreground").wrap(room - column)
    return [Content.assemble(figures, "   ", first), *(Content.assemble(" " * column, line) for line in others)]
