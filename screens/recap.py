"""The recap: the hour on one page, the line made to be pasted, the exports, and what can still be put right."""

from textual.app import ComposeResult
from textual.content import Content

from review.clock import read_clock
from review.errors import CloseoutError
from review.events import Locked
from review.intents import Amend, CloseOut, Intent, Mend
from review.ports import Office
from review.recap import Recap, recap_of
from review.session import Session
from review.timeline import timeline
from review.traces import recap_reasons
from review.why import Reason
from screens import recap_words as words
from screens.dialogs.ask import Ask
from screens.dialogs.choose import Choose
from screens.dialogs.course import Course
from screens.dialogs.promise import AskPromise
from screens.explaining import Explaining
from screens.exporting import Exporting
from screens.hour import wall
from screens.live import LiveScreen
from screens.strip import Notice, Strip
from tui.registry import STANDARD, Registry
from tui.widgets.data import Tone, plain, status
from tui.widgets.drawing import Drawing
from tui.widgets.foot import Foot
from tui.widgets.headline import Headline
from tui.widgets.parts import Parts
from tui.widgets.rows import FittedRow, Line, Raised, Row

TICK = 1.0
DRAWN = 32
"""Rows of the screen from which the bridge is drawn; below, the page holds it in words."""


class RecapScreen(Exporting, Explaining):
    """Shows a locked review; nothing of it rates a person."""

    SCOPE = "recap"
    DEFAULT_CSS = """
    RecapScreen #paste > .right { padding-left: 3; }
    RecapScreen.-middle Raised { padding: 0 2 0 1; }
    RecapScreen.-middle #rule, RecapScreen.-low #rule { display: none; }
    """

    def __init__(
        self, office: Office, session: Session, registry: Registry = STANDARD, *, ident: str | None = SCOPE
    ) -> None:
        """Show the review that `session` has locked."""
        super().__init__(office, session, registry, ident)

    def compose_plane(self) -> ComposeResult:
        """Lay out commit, bridge and hour, what the lock moved, and the line at the foot."""
        yield Headline()
        yield Line()
        yield Drawing(id="bridge")
        yield Line(id="rule")
        yield Drawing(id="hours")
        for at, ident in enumerate(("rules", "learning", "told", "crm", "amended", "progress")):
            yield FittedRow(id=ident, classes="close gap group" if not at else "close")
        with Foot(classes="foot"):
            yield Strip()
            with Raised():
                right = Content.assemble(("c", "bold $accent"), (" copy", "bold $bright"))
                yield Row("", "", right=right, id="paste")

    def on_mount(self) -> None:
        """Show the review."""
        self.query_one("#paste .label").display = False
        self.repaint()
        self.set_interval(TICK, self.tick)

    def on_screen_resume(self) -> None:
        """Show time and rail at once."""
        super().on_screen_resume()
        self.tick()

    # What is shown

    @property
    def recap(self) -> Recap | None:
        """Everything on the page; None before the lock."""
        locked: Locked | None = self.meeting.locked
        return recap_of(self.meeting, locked.row, draft=False) if locked is not None else None

    def repaint(self) -> None:
        """Show everything."""
        recap = self.recap
        if recap is None:
            return
        shows = self.meeting.settings.quota_on_screen != "none"
        self.query_one(Headline).show(
            words.figure(recap),
            lambda width: words.beside(recap, shows, width),
            lambda width: words.short(recap, shows, width),
        )
        meeting = self.meeting
        airy, drawn = not self.has_class("-middle"), self.app.size.height >= DRAWN
        self.query_one("#bridge", Drawing).show(
            lambda width: words.bridge_content(meeting, recap.period, width, airy=airy, drawn=drawn)
        )
        self.query_one("#hours", Drawing).show(lambda width: words.hours_content(recap, width))
        self.query_one("#paste", Row).show(Content.styled(plain(recap.paste), "$foreground"))
        early = tuple(f"called early: {one}" for one in recap.early)
        self._row("rules", status(Tone.WATCH, "the rules"), (*recap.moved, *recap.slips, *early))
        self._row("learning", status(Tone.WATCH, "threshold"), recap.learning)
        self._row("told", status(Tone.WATCH, "due to leave"), words.told_lines(recap))
        self._row("crm", status(Tone.WATCH, "not in CRM"), recap.not_in_crm)
        self._row("amended", "since the lock", recap.amendments)
        since, _, said = recap.progress.partition(": ")
        self.query_one("#progress", FittedRow).display = bool(said)
        self.query_one("#progress", FittedRow).fit(Parts("", tuple(said.split(" · "))), since[:1].lower() + since[1:])
        self.show_exports()
        self.tick()

    def _row(self, ident: str, label: str | Content, lines: tuple[str, ...]) -> None:
        row = self.query_one(f"#{ident}", FittedRow)
        row.display = bool(lines)
        row.fit(Parts("" if len(lines) < 2 else str(len(lines)), lines), label)

    def on_resize(self) -> None:
        """Choose again how much air there is."""
        super().on_resize()
        self.call_after_refresh(self.repaint)

    def tick(self) -> None:
        """Show the time of day, and the rail."""
        recap = self.recap
        if not self.is_mounted or recap is None:
            return
        now = self.office.clock.now()
        reading = read_clock(self.meeting.clock, now)
        self.show_header(words.header_of(self.meeting, recap, wall(now, self.meeting.settings), reading))
        self.show_rail(words.rail_of(self.meeting, recap, reading, self.exports))

    # Commands

    def available(self, command_id: str) -> bool:
        """Say what can be done."""
        if command_id == "amend":
            return bool(words.amendable(self.meeting))
        if command_id == "retry":
            return self.session.unsaved is not None
        return super().available(command_id)

    def reasons(self) -> tuple[str, tuple[Reason, ...]]:
        """Give what the rules did and on which facts, and what the figures add up."""
        recap = self.recap
        return "The review", recap_reasons(recap) if recap is not None else ()

    def action_timeline(self) -> None:
        """Show what was decided, in order."""
        recap = self.recap
        if recap is not None:
            self.app.push_screen(Course(timeline(self.session.minutes), recap.sections))

    def action_amend(self) -> None:
        """Choose what to put right."""
        body = "Rules are not run again; the recap says that it was amended."
        choices = words.amendable(self.meeting)
        self.app.push_screen(Choose("What is to be put right?", choices, body=body), self._ask_line)

    def _ask_line(self, chosen: str | None) -> None:
        if chosen is None:
            return
        kind, _, ident = chosen.partition(" ")
        meeting = self.meeting
        ask: Ask
        if kind == "c":
            commitment = meeting.ledger.commitments[ident]
            line = words.as_line(commitment, meeting.person(commitment.owner))
            ask = AskPromise(meeting, owner=commitment.owner, value=line, title="Put it right")
            self.app.push_screen(ask, lambda text: self._amend(Mend(commitment=ident, line=text)) if text else None)
        else:
            ask = AskPromise(meeting, deal=ident, title="Its next step")
            self.app.push_screen(ask, lambda text: self._amend(CloseOut(deal=ident, line=text)) if text else None)

    def _amend(self, intent: Intent) -> None:
        try:
            refusal = self.session.do(Amend(intent=intent, day=self.office.today))
        except CloseoutError as error:
            self._not_saved(error)
            return
        if refusal is not None:
            self.say(Notice(refusal.sentence, Tone.ACT, "not amended"))
            return
        self._amended()

    def action_retry(self) -> None:
        """Save what could not be saved."""
        try:
            self.session.retry()
        except CloseoutError as error:
            self._not_saved(error)
            return
        self._amended()

    def _not_saved(self, error: CloseoutError) -> None:
        self.say(Notice(error.brief, Tone.ACT, "not saved", "r", "try again"))
        self.refresh_keys()

    def _amended(self) -> None:
        self.saved.clear()
        self.repaint()
        last = self.meeting.amendments[-1:]
        self.say(Notice(last[0], Tone.OK, "saved") if last else Notice("nothing changed"))
        self.refresh_keys()

    def action_call(self) -> None:
        """Open the forecast call, for the manager alone."""
        self.post_message(LiveScreen.Moved("call"))

    def action_history(self) -> None:
        """Open the history."""
        self.post_message(LiveScreen.Moved("history"))

    def action_leave(self) -> None:
        """Go back to the lobby."""
        self.post_message(LiveScreen.Moved("lobby"))
