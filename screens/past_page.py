"""A page about reviews that are over: a list whose lines open a recap or a deal's story."""

from functools import partial

from textual.app import ComposeResult

from review.dates import short_date
from review.fold import Minutes
from review.ports import Office, Standing
from review.words import day_month
from screens import history_words as words
from screens.history_words import PastLine
from screens.listed import Listed
from screens.opening_past import read_aside
from screens.past_recap import PastRecap
from screens.strip import Notice, Strip
from tui.registry import STANDARD, Registry
from tui.widgets.data import Mode
from tui.widgets.foot import Foot
from tui.widgets.headline import Headline
from tui.widgets.listing import Listing
from tui.widgets.rows import NextKey, Raised

TICK = 1.0


class PastPage(Listed[PastLine]):
    """Lies over where one was, and leads back there."""

    SCOPE = "history"
    DEFAULT_CSS = """
    PastPage HourHeader .names, PastPage HourHeader .bars { display: none; }
    PastPage Listing { margin-top: 1; }
    PastPage.-low Listing { margin: 0; }
    PastPage.-low .foot Raised, PastPage .foot Raised.-dead { display: none; }
    """

    def __init__(self, office: Office, standing: Standing, registry: Registry = STANDARD) -> None:
        """Take what stands; it is in memory already, so that nothing is read before the page shows."""
        # Several of these may lie over each other, so none has an id.
        super().__init__(registry)
        self.office = office
        self.standing = standing

    def compose_plane(self) -> ComposeResult:
        """Lay out the large figure, the list and the quiet line."""
        yield Headline()
        yield Listing(id="lines")
        yield from self.compose_foot()

    def compose_foot(self) -> ComposeResult:
        """Lay out the quiet line, and what the next key does."""
        with Foot(classes="foot"):
            yield Strip()
            with Raised():
                yield NextKey()

    def on_mount(self) -> None:
        """Show the page."""
        self.call_after_refresh(self.repaint)
        self.set_interval(TICK, self.tick)
        self.tick()

    def on_screen_resume(self) -> None:
        """Show the time at once."""
        super().on_screen_resume()
        self.tick()

    def repaint(self) -> None:
        """Show everything."""

    def show_lines(self) -> None:
        """Draw the list, and the keys of the chosen line."""
        super().show_lines()
        self.say_next()
        self.refresh_keys()

    def say_next(self) -> None:
        """Say what Enter does on the chosen line, where it does anything."""
        opens = self.mode is Mode.KEYS and self.available("open_line")
        self.query_one(".foot Raised").set_class(not opens, "-dead")
        if opens:
            self.query_one(NextKey).say("Enter", self.next_words())

    def next_words(self) -> str:
        """Say what the chosen line opens."""
        line = self.line
        deal = line is not None and line.deal in self.standing.ledger.deals
        return "opens the deal’s story" if deal else "opens the recap of that review"

    def watch_mode(self) -> None:
        """Nothing is opened while somebody types."""
        super().watch_mode()
        if self.is_mounted:
            self.say_next()

    def tick(self) -> None:
        """Show the time of day."""
        if self.is_mounted:
            today = self.office.today
            day = f"{short_date(today)} {today.year}"
            self.show_header(words.header_of(self.standing, day, self.office.clock.now()))

    def say(self, notice: Notice) -> None:
        """Say what was done; it stays until the next thing is."""
        self.query_one(Strip).notice = notice

    # Keys

    def available(self, command_id: str) -> bool:
        """Say which keys the page has."""
        if command_id == "open_line":
            return self.line is not None and bool(self.line.review or self.line.deal)
        return super().available(command_id)

    def action_open_line(self) -> None:
        """Read the recap of the chosen review, or the story of the chosen deal."""
        line = self.line
        if line is None:
            return
        if line.deal in self.standing.ledger.deals:
            from screens.story import Story  # a story is such a page itself

            self.app.push_screen(Story(line.deal, self.office, self.standing, self.registry))
        elif line.review:
            row = next((row for row in self.standing.ledger.locks if row.review == line.review), None)
            name = f"the review of {day_month(row.day)}" if row is not None else line.review
            read_aside(self, name, partial(self.office.archive.minutes, line.review), self._open)

    def _open(self, minutes: Minutes) -> None:
        self.app.push_screen(PastRecap(self.office, minutes, self.registry))

    def action_close_history(self) -> None:
        """Go back to where one came from."""
        self.dismiss()
