"""The recap: the hour on one page, the line made to be pasted, the exports, and what can still be put right."""

from pathlib import Path
from typing import Final

from textual.app import ComposeResult
from textual.content import Content

from review.clock import read_clock
from review.errors import CloseoutError
from review.events import Locked
from review.intents import Amend, CloseOut, Intent, Mend
from review.meeting import Meeting
from review.ports import Office
from review.recap import Recap, recap_of
from review.session import Session
from review.words import counted
from screens import recap_words as words
from screens.dialogs.ask import Ask
from screens.dialogs.choose import Choice, Choose
from screens.dialogs.preview import Preview
from screens.dialogs.promise import AskPromise
from screens.hour import wall
from screens.live import LiveScreen
from screens.paging import Paging
from screens.strip import Notice, Strip
from tui.registry import STANDARD, Registry
from tui.widgets.data import Tone, plain, status
from tui.widgets.drawing import Drawing
from tui.widgets.foot import Foot
from tui.widgets.headline import Headline
from tui.widgets.rows import Line, Raised, Row

TICK = 1.0
EXPORTS: Final = {"markdown": "Minutes, Markdown", "csv": "Commitments, CSV"}
"""Target to how it is called."""


class RecapScreen(Paging):
    """Shows a locked review; nothing of it rates a person."""

    SCOPE = "recap"
    DEFAULT_CSS = """
    RecapScreen #paste > .right { padding-left: 3; }
    RecapScreen .told { margin-top: 1; }
    """

    def __init__(self, office: Office, session: Session, registry: Registry = STANDARD) -> None:
        """Show the review that `session` has locked."""
        super().__init__(registry, id=self.SCOPE)
        self.office = office
        self.session = session
        self._kept: dict[str, Path] = {}
        self._exports: tuple[tuple[str, str], ...] = ()

    @property
    def meeting(self) -> Meeting:
        """The state, amendments included."""
        return self.session.meeting

    def compose_plane(self) -> ComposeResult:
        """Lay out commit, bridge and hour, what the lock moved, and the line at the foot."""
        yield Headline()
        yield Line()
        yield Drawing(id="bridge")
        yield Line()
        yield Drawing(id="hours")
        for ident in ("moved", "learning", "told", "crm", "amended"):
            yield Row(id=ident, classes="told")
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
        self.query_one("#bridge", Drawing).show(lambda width: words.bridge_content(meeting, recap.period, width))
        self.query_one("#hours", Drawing).show(lambda width: words.hours_content(recap, width))
        self.query_one("#paste", Row).show(Content.styled(plain(recap.paste), "$foreground"))
        self._row("moved", status(Tone.WATCH, "moved"), recap.moved)
        self._row("learning", status(Tone.WATCH, "threshold"), recap.learning)
        self._row("told", status(Tone.WATCH, "due to leave"), recap.told)
        self._row("crm", status(Tone.WATCH, "not in CRM"), recap.not_in_crm)
        self._row("amended", "amended", recap.amendments)
        self._exports = tuple((name, self._length(target)) for target, name in EXPORTS.items())
        self.tick()

    def _row(self, ident: str, label: str | Content, lines: tuple[str, ...]) -> None:
        row = self.query_one(f"#{ident}", Row)
        row.display = bool(lines)
        row.show(Content("\n").join(Content.styled(plain(line), "$foreground") for line in lines), label)

    def _length(self, target: str) -> str:
        try:
            lines = len(self.office.written(self.meeting, target).text.splitlines())
        except CloseoutError:
            return ""
        return counted(max(lines - 1, 0), "row") if target == "csv" else counted(lines, "line")

    def tick(self) -> None:
        """Show the time of day, and the rail."""
        recap = self.recap
        if not self.is_mounted or recap is None:
            return
        now = self.office.clock.now()
        reading = read_clock(self.meeting.clock, now)
        self.show_header(words.header_of(self.meeting, recap, wall(now, self.meeting.settings), reading))
        self.show_rail(words.rail_of(self.meeting, recap, reading, self._exports))

    def say(self, notice: Notice) -> None:
        """Say what was done; it stays until the next thing is."""
        self.query_one(Strip).notice = notice

    # Commands

    def available(self, command_id: str) -> bool:
        """Say what can be done."""
        if command_id == "amend":
            return bool(words.amendable(self.meeting))
        return super().available(command_id)

    def action_copy_line(self) -> None:
        """Copy the line, and write it where it can be found if the terminal does not take it."""
        recap = self.recap
        if recap is None:
            return
        self.app.copy_to_clipboard(recap.paste)
        path = self._save("markdown")
        if path is not None:
            self.say(Notice(f"it also stands near the top of {path}", Tone.OK, "copied"))

    def _save(self, target: str) -> Path | None:
        """Write an export once, and again only after something was amended; give its path."""
        if target not in self._kept:
            try:
                self._kept[target] = self.office.save(self.meeting, target)
            except CloseoutError as error:
                self.say(Notice(str(error), Tone.ACT, "not saved"))
                return None
        return self._kept[target]

    def action_preview(self) -> None:
        """Choose an export and look at it."""
        choices = [Choice(target, name, self._length(target)) for target, name in EXPORTS.items()]
        self.app.push_screen(Choose("Which export?", choices), self._preview)

    def _preview(self, target: str | None) -> None:
        if target is None:
            return
        try:
            saved = self.office.written(self.meeting, target)
        except CloseoutError as error:
            self.say(Notice(str(error), Tone.ACT, "cannot be written"))
            return
        path = str(self._kept.get(target) or saved.path or "")
        self.app.push_screen(
            Preview(EXPORTS[target], saved.text, path), lambda sure: self._keep(target) if sure else None
        )

    def _keep(self, target: str) -> None:
        path = self._save(target)
        if path is not None:
            self.say(Notice(str(path), Tone.OK, "saved"))

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
            self.say(Notice(str(error), Tone.ACT, "not saved"))
            return
        if refusal is not None:
            self.say(Notice(refusal.sentence, Tone.ACT, "not amended"))
            return
        self._kept.clear()
        self.repaint()
        last = self.meeting.amendments[-1:]
        self.say(Notice(last[0], Tone.OK, "saved") if last else Notice("nothing changed"))
        self.refresh_keys()

    def action_call(self) -> None:
        """Open the forecast call, for the manager alone."""
        self.post_message(LiveScreen.Moved("call"))

    def action_leave(self) -> None:
        """Go back to the lobby."""
        self.post_message(LiveScreen.Moved("lobby"))
