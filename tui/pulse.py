"""The signs of life of a running review: they find a time away, which is recorded, and asked about once."""

from collections.abc import Callable
from datetime import datetime

from textual.app import App

from review.aside import last_fact
from review.clock import Sign, find_gap
from review.clock_facts import SILENT_GAP
from review.fold import speed_of
from review.intents import AnswerGap, Intent, ReportGap
from review.ports import Clock
from review.session import Session
from screens.dialogs.away import AskAway
from screens.drafting import Drafting
from tui.room import RoomScreen
from tui.widgets.data import Mode


class Pulse:
    """Gives signs of life while a review runs (method, *Time*)."""

    def __init__(
        self, app: App[None], session: Session, drafting: Drafting, clock: Clock, record: Callable[[Intent], bool]
    ) -> None:
        """Go on from the last sign; `record` carries out what came up by itself and says whether that is saved."""
        self._app = app
        self._session = session
        self._drafting = drafting
        self._clock = clock
        self._record = record
        self._last = drafting.sign or Sign(last_fact(session.minutes), None)
        session.heed = lambda: self._look(gives_sign=False)

    def beat(self) -> None:
        """Give a sign of life; a time away is recorded, and asked about once."""
        self._look(gives_sign=True)

    def _look(self, *, gives_sign: bool) -> None:
        session, clock = self._session, self._clock
        # What could not be saved comes first; a new fact would take its place.
        if session.meeting.locked is not None or session.unsaved is not None:
            return
        now = Sign(clock.now(), clock.steady())
        gap = find_gap(self._last, now)
        if gap is not None and 0 < gap.seconds <= SILENT_GAP * speed_of(session.minutes):
            gap = None
        if gap is None and not gives_sign:
            return
        self._last = now
        if gap is not None and not self._record(ReportGap(first=gap.first, last=gap.last)):
            return
        self._drafting.live(now.wall, clock.steady())
        self._drafting.flush()
        # Found by an intent, which may lead elsewhere, it is asked in the quiet line: no dialog comes between.
        if gap is not None and gap.asks and gives_sign and self._nobody_types():
            first = gap.first
            self._app.push_screen(AskAway(gap), lambda counts: self._count(first, counts is not False))

    def _nobody_types(self) -> bool:
        """Say whether a question takes nothing from anybody; else it waits in the quiet line."""
        screen = self._app.screen
        return isinstance(screen, RoomScreen) and screen.mode is Mode.KEYS

    def _count(self, first: datetime, counts: bool) -> None:
        self._record(AnswerGap(first=first, counts=counts))
