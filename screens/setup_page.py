"""The page that sets a team up, as it is shown: its lines, and what is said beside them."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Protocol

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content

from review.dates import WEEKDAYS, short_date
from review.ports import Clock
from review.proposal_lines import page
from review.proposals import Proposals, Source
from review.settings import Settings
from review.words import counted
from screens.hour import wall
from screens.setup_parts import SetupAside, SetupRow
from tui.registry import STANDARD, Registry
from tui.room import RoomScreen
from tui.widgets.backrow import BackRow
from tui.widgets.data import HeaderView, Mode, Piece, Tone, plain, status
from tui.widgets.footer import KeyFooter
from tui.widgets.header import HourHeader
from tui.widgets.rows import Subject


class Registrar(Protocol):
    """What setting up asks of the outside world."""

    @property
    def clock(self) -> Clock:
        """The clock of the workspace."""
        ...

    @property
    def today(self) -> date:
        """The day on which the team is set up."""
        ...

    def proposals(self) -> Proposals:
        """Read what the export proposes; raises CloseoutError."""
        ...

    def keep_settings(self, settings: Settings) -> None:
        """Write the settings; raises CloseoutError."""
        ...


class SetupPage(RoomScreen):
    """The lines of the page, and what is said about them."""

    SCOPE: ClassVar[str] = "setup"
    HAS_RAIL: ClassVar[bool] = False

    def __init__(self, office: Registrar, registry: Registry = STANDARD) -> None:
        """Take what the export proposes."""
        super().__init__(registry, id=self.SCOPE)
        self._office = office
        self.proposals = office.proposals()
        self._lines = VerticalScroll(id="lines", can_focus=False)
        self._at = next(iter(self.proposals.sources))
        """The line that is typed in, or was last."""

    def compose(self) -> ComposeResult:
        """Lay out the page, and beside it what is said about it."""
        yield HourHeader()
        with Container(id="room"):
            yield SetupAside()
            with Vertical(id="plane"):
                yield Subject()
                with self._lines:
                    yield from (SetupRow(line) for line in page(self.proposals))
        yield BackRow()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Ask the first thing at once."""
        self.set_interval(10, self._show_header)
        self._show()
        # At once: what is typed already is meant for the line, not for the commands of its letters.
        self.set_focus(self._row(self._at).line)

    # What is shown

    def _show(self) -> None:
        told, settings = self.proposals.told, self.proposals.settings
        self._show_header()
        subject = self.query_one(Subject)
        subject.name_text = "Setting up"
        subject.beside = (plain(told.file), f"{counted(told.deals, 'open deal')}, {counted(len(told.owned), 'owner')}")
        found = ((source, self.proposals.count(source)) for source in Source)
        counts = tuple((source, count) for source, count in found if count or source is not Source.PAST)
        minutes = sum(section.minutes for section in settings.sections)
        when = f"every {WEEKDAYS[settings.weekday].title()}, {minutes} minutes"
        aside = self.query_one(SetupAside)
        aside.show_page(f"{settings.start:%H:%M}", when, counts, self.proposals.summary)
        self._explain()

    def _show_header(self) -> None:
        settings, today = self.proposals.settings, self._office.today
        self.show_header(
            HeaderView(
                what="Setting up",
                date=f"{short_date(today)} {today.year}",
                clock=wall(self._office.clock.now(), settings),
                pieces=tuple(Piece(section.title, section.minutes) for section in settings.sections),
            )
        )

    def _explain(self, understood: str = "") -> None:
        """Say what the line is about, or what is understood of what is typed; and what the next key does."""
        aside, row = self.query_one(SetupAside), self._row(self._at)
        if self.mode is Mode.KEYS:
            where = row.shown.name or row.shown.label
            aside.say("Nothing is lost: go on, or start with what is there.", "Enter", f"goes on at “{where}”")
        elif row.refused:
            aside.refuse("needed:" if row.needed else "not taken:", row.refused, row.asked)
        elif row.waits:
            aside.ask(row.shown.sentence, "your name")
        elif understood:
            aside.say(Content.assemble(status(Tone.OK, understood)), "Enter", self._does())
        else:
            aside.say(row.shown.sentence, "Enter", self._does())

    def _does(self) -> str:
        if self._at == list(self.proposals.sources)[-1]:
            return "takes it and starts" if self.proposals.ready else "takes it"
        return "takes it"

    def _row(self, ident: str) -> SetupRow:
        return next(row for row in self._rows() if row.shown.id == ident)

    def _rows(self) -> Iterator[SetupRow]:
        # Asked often: the children are at hand, a query looks through the whole screen.
        for row in self._lines.children:
            if isinstance(row, SetupRow):
                yield row

    def on_resize(self) -> None:
        """Give up the empty rows between groups where the lines do not fit with them."""
        lines, rows = self._lines, list(self._rows())
        gaps = sum(row.shown.gap for row in rows)
        self.call_after_refresh(lambda: lines.set_class(len(rows) + gaps > lines.size.height, "-tight"))
