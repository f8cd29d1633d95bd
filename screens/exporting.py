"""How a review leaves the recap: copied, looked at, saved; all of it, or only what is new for a format."""

from pathlib import Path
from typing import Final

from review.errors import CloseoutError
from review.meeting import Meeting
from review.ports import Office, Saved
from review.session import Session
from review.words import counted
from screens.dialogs.choose import Choice, Choose
from screens.dialogs.preview import Preview
from screens.paging import Paging
from screens.strip import Notice, Strip
from tui.registry import Registry
from tui.widgets.data import RailGroup, RailLine, Tone

NAMED: Final = {"markdown": "Recap, Markdown", "csv": "Commitments, CSV"}
"""The two that the rail counts."""


class Exporting(Paging):
    """A page about a locked review that can leave the program."""

    def __init__(self, office: Office, session: Session, registry: Registry, ident: str | None) -> None:
        """Take what writes exports, and the review that is exported."""
        super().__init__(registry, id=ident)
        self.office = office
        self.session = session
        self.saved: dict[str, Path] = {}
        """Formats that were saved whole since the last amendment, and where."""
        self.exports = RailGroup()
        """What the rail says of exports."""

    @property
    def meeting(self) -> Meeting:
        """The state, amendments included."""
        return self.session.meeting

    def say(self, notice: Notice) -> None:
        """Say what was done; it stays until the next thing is."""
        self.query_one(Strip).notice = notice

    def show_exports(self) -> None:
        """Count what the rail says of exports."""
        try:
            others = len(self.office.targets()) - len(NAMED)
        except CloseoutError:
            others = 0
        lengths = [(title, self._length(name)) for name, title in NAMED.items()]
        self.exports = RailGroup(
            title="Exports",
            lines=tuple(RailLine(title, right=length) for title, length in lengths),
            key="p" if others > 0 else "",
            key_title=f"and {others} more",
            marked=False,
        )

    def _length(self, name: str) -> str:
        try:
            lines = len(self.office.written(self.session.minutes, name).text.splitlines())
        except CloseoutError:
            return ""
        return counted(max(lines - 1, 0), "row") if name == "csv" else counted(lines, "line")

    # Commands

    def action_copy_line(self) -> None:
        """Copy the line, and write it where it can be found if the terminal does not take it."""
        locked = self.meeting.locked
        if locked is None:
            return
        self.app.copy_to_clipboard(locked.paste)
        path = self._save("markdown")
        if path is not None:
            self.say(Notice(f"also in {path.parent.name}/{path.name} of the workspace", Tone.OK, "copied"))

    def action_preview(self) -> None:
        """Choose a format and look at it."""
        try:
            # The first part fits beside the title; the rest is in the README.
            choices = [Choice(name, title, note.split(";")[0]) for name, title, note in self.office.targets()]
        except CloseoutError as error:
            self.say(Notice(str(error), Tone.ACT, "cannot be written"))
            return
        self.app.push_screen(Choose("Which export?", choices), lambda name: self._preview(name) if name else None)

    def _preview(self, name: str) -> None:
        try:
            whole = self.office.written(self.session.minutes, name)
            news = self.office.written(self.session.minutes, name, news=True)
            title = next((title for known, title, _ in self.office.targets() if known == name), name)
        except CloseoutError as error:
            self.say(Notice(str(error), Tone.ACT, "cannot be written"))
            return
        if name in self.saved:
            whole = Saved(whole.text, self.saved[name], whole.said, beside=whole.beside)
        self.app.push_screen(Preview(title, whole, news), lambda answer: self._take(name, answer, whole, news))

    def _take(self, name: str, answer: str | None, whole: Saved, news: Saved) -> None:
        """Save what was looked at, and copy it where that was asked for."""
        if answer is None:
            return
        word, _, only = answer.partition(" ")
        try:
            path = self.office.save(self.session.minutes, name, news=True) if only else self._saved(name)
        except CloseoutError as error:
            self.say(Notice(error.brief, Tone.ACT, "not saved"))
            return
        if word == "copy":
            self.app.copy_to_clipboard((news if only else whole).text)
        taken = news if only else whole
        said = [taken.at(path)] if path is not None else []
        said += [line.strip() for line in taken.said]
        self.say(Notice(" · ".join(said), Tone.OK, "copied" if word == "copy" else "saved"))

    def _save(self, name: str) -> Path | None:
        """Save an export; what goes wrong is said."""
        try:
            return self._saved(name)
        except CloseoutError as error:
            self.say(Notice(error.brief, Tone.ACT, "not saved"))
            return None

    def _saved(self, name: str) -> Path | None:
        """Write an export once, and again only after something was amended; raises CloseoutError."""
        path = self.saved.get(name) or self.office.save(self.session.minutes, name)
        if path is not None:
            self.saved[name] = path
        return path
