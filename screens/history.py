"""The history: locks to open and read, the team's figures over time, and the ways to search and to compare."""

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.content import Content

from review.audience import for_room
from review.locks_compared import Compared, compare
from review.ports import Office, Standing
from review.records import LockRow
from review.trends import quarters, trends
from review.words import counted, day_month
from screens import history_words as words
from screens.comparing import Comparing
from screens.dialogs.confirm import Confirm
from screens.figures_page import PRIVATE, FiguresPage
from screens.opening_past import read_aside
from screens.over_time import SPANS, page
from screens.past_page import PastPage
from screens.searching import Searching
from screens.strip import Notice
from tui.registry import STANDARD, Registry
from tui.widgets.data import RailView, Tone
from tui.widgets.drawing import Drawing
from tui.widgets.foot import Foot
from tui.widgets.headline import Headline
from tui.widgets.listing import Listing
from tui.widgets.rows import NextKey

LOCKS_ONLY = frozenset(
    ("open_line", "call_line_before", "call_line_after", "part_after", "part_before", "mark_lock", "compare")
)
OVER_TIME_ONLY = frozenset(("longer", "quarter_before", "quarter_after"))


class History(PastPage):
    """Lies over the lobby or the recap; what rates a person is on a page of its own."""

    DEFAULT_CSS = """
    History #over-time { display: none; }
    History.-over-time #locks, History.-over-time Headline { display: none; }
    History.-over-time #over-time { display: block; }
    """

    def __init__(self, office: Office, standing: Standing, registry: Registry = STANDARD) -> None:
        """Show the locks of what stands."""
        super().__init__(office, standing, registry)
        manager = standing.settings.manager.id if standing.settings.manager else ""
        self.rows = tuple(for_room(row, manager) for row in standing.ledger.locks)
        self._quarters = quarters(self.rows, standing.settings)
        self._quarter = len(self._quarters) - 1
        self._span = 0
        self.marked = ""
        self.over_time = False

    def compose_plane(self) -> ComposeResult:
        """Lay out the chosen lock, the list, the drawings, and the next key."""
        yield Headline()
        yield Listing(id="locks")
        yield Drawing(id="over-time")
        yield from self.compose_foot()

    def on_resize(self) -> None:
        """Choose the columns again, and draw to the new height."""
        super().on_resize()
        self.call_after_refresh(self.repaint)

    # What is shown

    @property
    def row(self) -> LockRow | None:
        """The lock that is chosen."""
        line = self.line
        return next((row for row in self.rows if line is not None and row.review == line.review), None)

    def repaint(self) -> None:
        """Show everything."""
        self.set_class(self.over_time, "-over-time")
        width = self.query_one("#plane").content_size.width
        self.put(words.lock_lines(self.rows, self.standing.settings, self.marked, width - 4))
        if self.over_time:
            self._draw()

    def show_lines(self) -> None:
        """Draw the list, and what is said of the chosen lock."""
        super().show_lines()
        row = self.row
        if row is not None:
            self.query_one(Headline).show(
                words.figure(row), lambda width: words.beside(row, width), lambda width: words.short(row, width)
            )
            self.show_rail(words.rail_of(row, self.standing, self.rows))
        else:
            self.show_rail(RailView(words.nothing_yet()))
        self.refresh_keys()

    def _draw(self) -> None:
        count, span = SPANS[self._span]
        if count is not None and len(self.rows) <= count:
            span = counted(len(self.rows), "review")
        shown, quarter = trends(self.rows, count), self._quarters[self._quarter]
        height = self.query_one("#plane").content_size.height - self.query_one(Foot).outer_size.height
        self.query_one("#over-time", Drawing).show(lambda width: page(quarter, shown, span, width, height))

    def say_next(self) -> None:
        """Say what is next on the locks, and over time."""
        if not self.rows:
            self.query_one(NextKey).say("q", "goes back; the first lock begins the history")
            return
        key, what = ("g", "goes back to the locks") if self.over_time else ("Enter", "opens its recap")
        other = Content.assemble(("   /", "bold $accent"), (" finds steps, actions, recaps, deals", "$foreground"))
        said = Content.assemble((key, "bold $accent"), (f" {what}", "bold $bright"), other)
        self.query_one(NextKey).update(said)

    # Keys

    def available(self, command_id: str) -> bool:
        """Say which keys the page has."""
        if command_id in LOCKS_ONLY:
            enough = len(self.rows) > 1 if command_id in ("compare", "mark_lock") else bool(self.rows)
            return enough and not self.over_time and super().available(command_id)
        if command_id in OVER_TIME_ONLY:
            at = {"quarter_before": self._quarter > 0, "quarter_after": self._quarter < len(self._quarters) - 1}
            return self.over_time and at.get(command_id, len(self.rows) > (SPANS[0][0] or 0))
        if command_id in ("over_time", "search", "team_figures", "people"):
            return bool(self.rows)
        return super().available(command_id)

    def wording(self) -> Mapping[str, str]:
        """Say where keys lead from here."""
        return {**super().wording(), "over_time": "the locks" if self.over_time else "over time"}

    def action_over_time(self) -> None:
        """Draw the figures over time, or go back to the locks."""
        self.over_time = not self.over_time
        self.repaint()

    def action_close_history(self) -> None:
        """Go back to the locks, and from there to where one came from."""
        if self.over_time:
            self.action_over_time()
        else:
            super().action_close_history()

    def action_longer(self) -> None:
        """Show more locks in the strips, and after all of them a quarter again."""
        self._span = (self._span + 1) % len(SPANS)
        self._draw()

    def action_quarter_before(self) -> None:
        """Show the quarter before."""
        self._quarter -= 1
        self._draw()
        self.refresh_keys()

    def action_quarter_after(self) -> None:
        """Show the quarter after."""
        self._quarter += 1
        self._draw()
        self.refresh_keys()

    def action_mark_lock(self) -> None:
        """Choose the lock that others are compared with, or take that back."""
        review = self.line.review if self.line is not None else ""
        self.marked = "" if review == self.marked else review
        self.repaint()

    def action_compare(self) -> None:
        """Compare the chosen lock with the marked one, or with the one before it."""
        row = self.row
        if row is None:
            return
        at = self.rows.index(row)
        other = next((each for each in self.rows if each.review == self.marked), None)
        if other is None or other is row:
            other = self.rows[at - 1] if at else self.rows[1]
        first, last = sorted((row, other), key=lambda each: each.held)
        archive, settings = self.office.archive, self.standing.settings
        what = f"the locks of {day_month(first.day)} and {day_month(last.day)}"

        def read() -> Compared | None:
            return compare(archive.ledger(first.review), archive.ledger(last.review), settings)

        read_aside(self, what, read, self._show_compared)

    def _show_compared(self, found: Compared | None) -> None:
        if found is None:
            self.say(Notice("One of the two was never locked.", Tone.ACT, "cannot be compared"))
        else:
            self.app.push_screen(Comparing(found, self.office, self.standing, self.registry))

    def action_search(self) -> None:
        """Search over everything that is over."""
        self.app.push_screen(Searching(self.office, self.standing, self.registry))

    def action_team_figures(self) -> None:
        """List the health figures of the team."""
        self.app.push_screen(FiguresPage(self.office, self.standing, self.registry))

    def action_people(self) -> None:
        """Ask before what rates people stands on a screen that others may see."""
        question = Confirm("Show what rates people?", PRIVATE, yes="show it, I am alone", no="no")
        self.app.push_screen(question, lambda sure: self._show_people() if sure else None)

    def _show_people(self) -> None:
        self.app.push_screen(FiguresPage(self.office, self.standing, self.registry, private=True))
