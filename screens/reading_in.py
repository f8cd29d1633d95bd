"""Reading an export in from a screen: ask for the file, show what was read, and give it to whoever keeps it."""

from collections.abc import Callable

from textual.app import App

from review.deals import Export
from review.ports import Office
from review.records import Ledger
from screens.dialogs.reading import AskFile, TakeExport


def read_in(app: App[None], office: Office, ledger: Ledger, take: Callable[[Export], None]) -> None:
    """Ask which export to read in on what `ledger` knows; `take` gets the one that the manager took."""
    ask = AskFile(office.read_file, ledger)

    def show(path: str | None) -> None:
        if path is not None and ask.found is not None:
            export, said = ask.found
            app.push_screen(TakeExport(said), lambda taken: take(export) if taken else None)

    app.push_screen(ask, show)
