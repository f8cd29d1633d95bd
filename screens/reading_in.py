"""Reading an export in from a screen: ask for the file and what it does not say, show what was read, and give it on."""

from collections.abc import Callable
from functools import partial

from textual.app import App

from review.answers import Answers, answered
from review.errors import CloseoutError
from review.importing import older_than_last
from review.ports import Incoming, Office
from review.records import Ledger
from review.unclear import Unclear
from screens.dialogs.reading import LARGE, AskFile, NotUsed, StillReading, TakeExport, read_or_why, size_of
from screens.mapping import Mapping

Take = Callable[[Incoming], None]


def read_in(app: App[None], office: Office, ledger: Ledger, take: Take) -> None:
    """Ask which export to read in on what `ledger` knows; `take` gets the one that the manager took."""
    ask = AskFile(office.read_file, ledger)

    def show(path: str | None) -> None:
        if path is not None and ask.found is not None:
            _Reading(app, office, ledger, take, ask.path).go_on(ask.found)

    app.push_screen(ask, show)


class _Reading:
    """One file on its way in: asked about until it is clear, shown, and taken or left."""

    def __init__(self, app: App[None], office: Office, ledger: Ledger, take: Take, path: str) -> None:
        self._app, self._office, self._ledger, self._take, self._path = app, office, ledger, take, path
        self._said = Answers()
        self._asked: set[str] = set()
        """Questions that were put already: what stays open after its page is left open."""

    def go_on(self, found: Incoming | Unclear) -> None:
        """Ask what is unclear, or show what was read."""
        if isinstance(found, Unclear):
            self._app.push_screen(Mapping.of(found), self._answer)
        elif any(ask.id not in self._asked for ask in found.doubts):
            self._columns(found)
        else:
            self._show(found)

    def _columns(self, found: Incoming) -> None:
        self._asked |= {ask.id for ask in found.doubts}
        self._app.push_screen(Mapping(found.export.source, found.asks, crm=found.export.crm), self._answer)

    def _answer(self, answers: Answers | None) -> None:
        """Read the file again with what was said."""
        if answers is None:
            return
        self._said = answered(self._said, answers)
        read = partial(self._office.read_file, self._path, self._said)
        size = size_of(self._path) or 0
        if size < LARGE:
            self._was_read(read_or_why(read))
        else:
            self._app.push_screen(StillReading(size, read), self._was_read)

    def _was_read(self, found: Incoming | CloseoutError | None) -> None:
        if isinstance(found, Incoming | Unclear):
            self.go_on(found)
        elif found is not None:
            self._app.push_screen(NotUsed(found.sentence))

    def _show(self, found: Incoming) -> None:
        refused = older_than_last(self._ledger, found.export)
        if refused is not None:
            self._app.push_screen(NotUsed(refused.sentence))
            return
        self._app.push_screen(TakeExport(found.said), lambda answer: self._taken(found, answer))

    def _taken(self, found: Incoming, answer: str | None) -> None:
        if answer == "take":
            self._take(found)
        elif answer == "columns":
            self._columns(found)
