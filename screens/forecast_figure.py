"""The commit as the room reads it: large, dim while it is last week's, with where it comes from beside it."""

from decimal import Decimal
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from review.money import short_money
from tui.widgets.figures import Figure
from tui.widgets.static import Static

LOW: Final = 36
"""Rows of the screen under which numbers are not drawn large."""


class CommitFigure(Horizontal):
    """One number, its name, and a few words beside it."""

    DEFAULT_CSS = """
    CommitFigure { height: 4; padding: 0 2; }
    CommitFigure > .name { width: 20; padding-top: 1; }
    CommitFigure > .small { width: auto; padding-top: 1; display: none; }
    CommitFigure > .from { width: 1fr; height: 4; padding: 1 0 0 4; }
    """

    def compose(self) -> ComposeResult:
        """Lay out name, figure and what stands beside it."""
        yield Static(classes="name", markup=False)
        yield Figure()
        yield Static(classes="small", markup=False)
        yield Static(classes="from", markup=False)

    def show(self, period: str, amount: Decimal | None, *, new: bool, beside: Content) -> None:
        """Show an amount, or that there is none; `new`: it was said today."""
        said = "no number yet" if amount is None else short_money(amount)
        named = Content.assemble((f"Commit for {period}\n", "bold $bright"), ("with what is won", "$dim"))
        figure, small = self.query_one(Figure), self.query_one(".small", Static)
        figure.display = amount is not None and self.app.size.height >= LOW
        small.display = not figure.display
        figure.text, figure.tone = said, "" if new else "$dim"
        small.update(Content.styled(said, "bold $bright" if new else "bold $dim"))
        self.query_one(".name", Static).update(named)
        self.query_one(".from", Static).update(beside)
