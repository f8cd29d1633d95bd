"""The health figures of the team as a list; on a page of their own, what rates people, for the manager alone."""

from collections.abc import Iterator
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
from screens.strip import Strip
from tui.registry import STANDARD, Registry
from tui.widgets.data import LABEL_WIDTH, ClockView, RailView, Tone, plain, status
from tui.widgets.foot import Foot
from tui.widgets.listing import Listing, ListLine
from tui.widgets.rows import Row

PRIVATE = "This page rates people. It is yours alone: see that nobody else sees this screen."
PEOPLE = ("People", "Accuracy")


class FiguresPage(PastPage):
    """Works the figures out beside the screen, and lists them with their words."""

    def __init__(
        self, office: Office, standing: Standing, registry: Registry = STANDARD, *, private: bool = False
    ) -> None:
        """Show the team, or where it was asked for by name, people."""
        super().__init__(office, standing, registry)
        self.private = private

    def compose_plane(self) -> ComposeResult:
        """Lay out the mark, the list and the quiet line."""
        if self.private:
            yield Row(status(Tone.WATCH, "PRIVATE"), PRIVATE)
        yield Listing(id="lines")
        with Foot(classes="foot"):
            yield Strip()

    def repaint(self) -> None:
        """Work out what is shown."""
        stands = self.standing
        self.show_rail(RailView(ClockView(str(stands.ledger.held), "reviews held")))
        work = partial(gather, stands.ledger, stands.settings, self.office.today, private=self.private)
        read_aside(self, "every deal", work, self._show)

    def _show(self, gathered: Gathered) -> None:
        blocks = page_of(gathered).blocks
        shown = [block for block in blocks if (block.title in PEOPLE) == self.private and block.title != "Locks"]
        self.put(tuple(line for block in shown for line in _lines(block)))


def _lines(block: Block) -> Iterator[PastLine]:
    """Lay a table out: the first cell as the label, figures in columns, and the words behind them."""
    columns = zip(*([column.head for column in block.columns], *(row.cells for row in block.rows)), strict=True)
    widths = [max(len(cell) for cell in column) for column in columns][1:]
    heads = "  ".join(column.head.rjust(width) for column, width in zip(block.columns[1:], widths, strict=True))
    title = Content.assemble((block.title.ljust(LABEL_WIDTH), "bold $bright"), (heads, "$dim"))
    yield PastLine(ListLine(f"head {block.title}", title, Content(""), heading=True))
    for at, row in enumerate(block.rows):
        cells = "  ".join(plain(cell).rjust(width) for cell, width in zip(row.cells[1:], widths, strict=True))
        words = plain(block.divider.join(row.parts))
        said = Content.assemble((cells, "bold $bright"), ("   " if words else "", ""), (words, "$foreground"))
        yield PastLine(ListLine(f"{block.title} {at}", Content.styled(plain(row.cells[0]), "$foreground"), said))
    if block.note:
        yield told(f"note {block.title}", "", block.note)
