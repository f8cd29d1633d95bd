"""Answers in writing, from the lobby: ask for the sheets, show what they change, take all of it or nothing."""

from collections.abc import Callable

from textual.app import App

from review.errors import CloseoutError
from review.ports import Office
from review.settings import Settings
from review.sheets.filled import ReadSheets
from review.sheets.report import summary
from screens.dialogs.answers import AskedAgain, AskSheets, TakeAnswers
from screens.dialogs.reading import NotUsed


def take_answers(app: App[None], office: Office, settings: Settings, done: Callable[[str], None]) -> None:
    """Ask which sheets to read in; `done` gets what they came to once they were taken."""
    ask = AskSheets(office.read_sheets)

    def show(path: str | None) -> None:
        read = ask.read
        if path is not None and read is not None:
            app.push_screen(TakeAnswers(read.answered, settings), lambda yes: take(read) if yes else None)

    def take(read: ReadSheets) -> None:
        try:
            back = read.take()
        except CloseoutError as error:
            app.push_screen(NotUsed(error.sentence))
            return
        done(summary(read.answered, dry_run=False))
        if back:
            app.push_screen(AskedAgain(back))

    app.push_screen(ask, show)
