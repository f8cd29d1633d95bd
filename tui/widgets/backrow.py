"""The back-row view: the time as large as the screen allows, one sentence, the next key."""

from typing import Final

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.data import BackRowView, loud
from tui.widgets.figures import LARGER, ROWS, Figure, back_row_figure, drawn, twice
from tui.widgets.static import Static, own_key_of

SCALES: Final = (6, 5, 4, 3, 2)
"""Cells that a dot of the large face may be wide; each is square on screen."""
_BELOW: Final = 15
"""Rows that subject, sentence and key take."""
_TALL: Final = 46
"""Rows from which subject and sentence are drawn twice as large."""
_MORE: Final = 2 * (LARGER - ROWS)
"""Rows that they take more then."""


class BigTime(Widget):
    """The time in the largest dots that fit."""

    DEFAULT_CSS = """
    BigTime { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: clip; color: $bright; }
    """

    ALLOW_SELECT = False
    text = reactive("", layout=True)
    tone = reactive("")

    def render(self) -> Content:
        """Draw the rows."""
        rows = self._rows()
        return Content.styled("\n".join(rows) if rows else self.text, self.tone or "$bright")

    def get_content_height(self, *_: object) -> int:
        """Take as many rows as drawn."""
        return max(len(self._rows()), 1)

    def _rows(self) -> tuple[str, ...]:
        parent = self.parent
        space = parent.content_size if isinstance(parent, Widget) else self.size
        drawn: tuple[str, ...] = ()
        below = _BELOW + _MORE * (space.height >= _TALL)
        for scale in SCALES:
            drawn = back_row_figure(self.text, scale)
            if drawn and len(drawn[0]) <= space.width and len(drawn) + below <= space.height:
                break
        return drawn


class BackRow(Vertical):
    """What the last row of chairs reads; `view` is all it knows."""

    DEFAULT_CSS = """
    BackRow { padding: 0 8; height: 1fr; }
    BackRow > Figure { margin-top: 1; }
    BackRow > .subject { color: $dim; }
    BackRow > BigTime { margin-bottom: 2; }
    BackRow > Horizontal { height: 3; margin-top: 1; }
    BackRow .key { background: $accent; color: $on-accent; text-style: bold; width: auto; padding: 1 2; height: 3; }
    BackRow .does { color: $bright; text-style: bold; padding: 1 3; height: 3; }
    """

    view: reactive[BackRowView] = reactive(BackRowView("", ""), repaint=False)

    async def lay_out(self) -> None:
        """Lay out time, subject, sentence and key, when the view is asked for first."""
        if not self.children:
            key = Horizontal(Static(classes="key", markup=False), Static(classes="does", markup=False))
            await self.mount(BigTime(), Figure(classes="subject"), Figure(classes="sentence"), key)
            self.watch_view(self.view)

    def watch_view(self, view: BackRowView) -> None:
        """Hand each part what changed."""
        if not self.children:
            return
        time = self.query_one(BigTime)
        time.text = view.time
        time.tone = loud(view.tone, colour=not self.app.no_color)
        self.query_one(".subject", Figure).text = view.subject
        self.query_one(".sentence", Figure).text = view.sentence
        self._fold()
        self.query_one(Horizontal).display = bool(view.key)
        own_key = own_key_of(self)
        self.query_one(".key", Static).update(Content(own_key(view.key) if own_key and view.key else view.key))
        self.query_one(".does", Static).update(Content(view.key_title))

    def on_resize(self) -> None:
        """Choose the heights again, also while the time stands."""
        self._fold()
        for time in self.query(BigTime):
            time.refresh(layout=True)

    def _fold(self) -> None:
        """Let a line that does not fit in large type take one row, not four."""
        for line in self.query(Figure):
            line.display = bool(line.text)
            line.styles.height = self._rows_of(line.text)

    def _rows_of(self, text: str) -> int:
        space = self.content_size
        if space.height >= _TALL and twice(text, space.width, LARGER):
            return LARGER
        return ROWS if drawn(text, space.width or None) else 1
