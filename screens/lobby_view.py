"""What the room sees in the lobby: figures, facts and queue, what teaches where there is nothing yet, and the rail."""

from textual.app import ComposeResult
from textual.content import Content

from review.errors import CloseoutError
from review.outlook import Opening
from review.ports import Office, Standing
from review.queue import Plan
from review.schedule import planned_start
from screens import lobby_words as words
from screens.hour import zone_of
from screens.lobby_plan import Planning
from screens.lobby_ready import ready_of
from screens.paging import Paging
from screens.strip import Notice, Strip
from tui.registry import STANDARD, Registry
from tui.widgets.data import BackRowView, Tone
from tui.widgets.foot import Foot
from tui.widgets.headline import Headline
from tui.widgets.queue import Queue
from tui.widgets.rows import Fit, FittedRow, Line, NextKey, Raised

NOTE_LASTS = 8.0
UNREADABLE = "cannot be read"
WIDE = 140
"""Columns from which the rail has room for a sentence beside a name."""
FACTS = ("export", "due", "since", "crm", "third", "aside", "notes")


class LobbyView(Paging):
    """Shows what stands between reviews."""

    DEFAULT_CSS = """
    LobbyView #rail-next { dock: bottom; margin-bottom: 1; }
    LobbyView #next { display: none; }
    LobbyView.-narrow #rail-next { display: none; }
    LobbyView.-narrow #next { display: block; }
    LobbyView.-low Welcome Line { margin: 0 2; }
    LobbyView.-low Welcome .command { margin-top: 0; }
    LobbyView.-low Welcome .gap { margin-top: 0; }
    LobbyView.-narrow.-low Welcome Line, LobbyView.-narrow.-low Welcome .command { margin: 0; padding: 0 1; }
    """
    SCOPE = "lobby"

    def __init__(self, office: Office, registry: Registry = STANDARD, opening: Opening | None = None) -> None:
        """Show what `office` keeps; `opening` where that was read just now."""
        super().__init__(registry, id=self.SCOPE)
        self.office = office
        self.planning = Planning(office.today, office.standing)
        self._first = opening
        self._note = Notice()
        self.rail_key = NextKey()

    async def action_leave_lobby(self) -> None:
        """Leave the program."""
        await self.app.action_quit()

    def compose_plane(self) -> ComposeResult:
        """Lay out figures, facts and queue."""
        yield Headline()
        for at, ident in enumerate(FACTS):
            yield FittedRow(id=ident, classes="gap group" if at == 0 else "close")
        yield Line()
        yield Queue()
        with Foot(classes="foot"):
            yield Strip()
            with Raised(id="next"):
                yield NextKey()

    def compose_rail(self) -> ComposeResult:
        """Say the next key where the eye is: under the time."""
        yield Raised(self.rail_key, id="rail-next")

    # What stands

    def whole(self) -> Standing | None:
        """Read all that stands; None where it cannot be read, which the strip then says."""
        try:
            return self.planning.whole()
        except CloseoutError as error:
            self.say(Notice(str(error), Tone.ACT, UNREADABLE), keep=True)
            return None

    @property
    def plan(self) -> Plan:
        """The queue as it would begin."""
        return self.planning.plan

    @property
    def present(self) -> tuple[str, ...]:
        """Those who are here."""
        return self.planning.present

    def read(self) -> None:
        """Read what stands, plan the queue for those who are here, and show both."""
        self.take_up()
        self.repaint()

    def take_up(self) -> None:
        """Read what stands and plan the queue for those who are here."""
        try:
            opening, self._first = self._first or self.office.opening(), None
            self.planning.open_on(opening)
        except CloseoutError as error:
            self.say(Notice(str(error), Tone.ACT, UNREADABLE), keep=True)
        else:
            if self._note.word == UNREADABLE:
                self._forget(self._note)

    @property
    def asks_first(self) -> bool:
        """An export is there, but nobody yet to review it with."""
        opening = self.planning.opening
        return self.planning.has_deals and opening is not None and not opening.set_up

    # What is shown

    def repaint(self) -> None:
        """Show everything that stands."""
        full = self.planning.has_deals
        self.teaches = not full
        self._teach(not full)
        for part in (Headline, Line, Queue):
            self.query_one(part).display = full
        for ident in FACTS:
            self.query_one(f"#{ident}", FittedRow).display = False
        if self.planning.opening is not None and full:
            self._show(self.planning.opening)
        key, what = ("Enter", "starts the review") if full else ("i", "reads in an export")
        if self.asks_first:
            what = "sets up the team"
        for row in (self.query_one("#next NextKey", NextKey), self.rail_key):
            row.say(key, what)
        self.tick()
        self.refresh_keys()

    def _teach(self, empty: bool) -> None:
        """Show what teaches where there is nothing yet; a lobby that never was empty goes without it."""
        if empty and not self.query("Welcome"):
            from screens.welcome import Welcome

            self.query_one("#plane").mount(Welcome(), before=0)
        for page in self.query("Welcome"):
            page.display = empty

    def _show(self, opening: Opening) -> None:
        ready = ready_of(opening.outlook)
        self.query_one(Headline).show(ready.figure, ready.beside, ready.short)
        for ident, label, said in words.facts_of(opening):
            self._fact(ident, label, said)
        self.query_one(Queue).view = words.queue_view(self.plan, self.planning.named, opening.outlook.settings)

    def _fact(self, ident: str, label: str | Content, said: str | Content | Fit) -> None:
        row = self.query_one(f"#{ident}", FittedRow)
        row.fit(said, label)
        row.display = True

    def tick(self) -> None:
        """Show the time, and what depends on it."""
        outlook, now, today = self.planning.outlook, self.office.clock.now(), self.office.today
        if not self.is_mounted or outlook is None or self.covered:
            return
        settings = outlook.settings
        self.show_header(words.header_view(settings, today, now, self.plan.focus))
        if not self.planning.has_deals:
            from screens.welcome import teaching_rail

            self.show_rail(teaching_rail(settings))
            return
        self._fact("export", "Export", words.export_words(outlook, today, now))
        start = planned_start(settings, today, now, zone_of(settings))
        rows, wide = words.rows_for_people(self.size.height, settings), self.size.width >= WIDE
        view = words.rail_view(outlook, self.plan, self.present, today, now, start, rows, wide=wide)
        self.show_rail(view)
        back = BackRowView(
            view.clock.figure,
            view.clock.of.removesuffix(f" at {settings.start:%H:%M}"),
            view.clock.tone,
            view.place,
            key="Enter",
            key_title="starts the review",
        )
        self.show_back_row(back, (Tone.OK, "ready", ""))

    def on_resize(self) -> None:
        """List as many names as fit."""
        self.call_after_refresh(self.tick)

    def say(self, notice: Notice, *, keep: bool = False) -> None:
        """Show a word about what was done, for a few seconds unless it is to stay."""
        self._note = notice
        self.query_one(Strip).notice = notice
        if not keep:
            self.set_timer(NOTE_LASTS, lambda: self._forget(notice))

    def _forget(self, notice: Notice) -> None:
        if self._note is notice:
            self._note = Notice()
            self.query_one(Strip).notice = self._note
