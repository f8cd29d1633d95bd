"""What is being typed, where one is and the sign of life; saved often, cheaply, and never as facts."""

from pathlib import Path

from review.errors import CloseoutError
from review.ports import Draft
from store import documents, files
from store.errors import Damaged
from store.generations import Note
from store.kinds import DRAFT, lost_with


class DraftFile:
    """The draft of one review."""

    def __init__(self, path: Path) -> None:
        """Take the place; nothing is read yet."""
        self._path = path
        self._saved: Draft | None = None

    def keep(self, draft: Draft) -> None:
        """Write the draft in one step without waiting for the disk; nothing to do where it is unchanged.

        Raises NotSaved.
        """
        if draft != self._saved:
            documents.save(self._path, DRAFT, draft, durable=False, keep=False)
            self._saved = draft

    def load(self) -> tuple[Draft, tuple[Note, ...]]:
        """Give the draft, empty where there is none; a damaged one is dropped with a note.

        Raises TooNew, NotReadable and NotSaved.
        """
        try:
            read = documents.load(self._path, DRAFT, Draft)
        except Damaged:
            aside = files.set_aside(self._path)
            lost = lost_with(DRAFT, self._path)
            sentence = (
                f"The draft {self._path.name} is damaged and was dropped. Lost: {lost}. It is kept as {aside.name}."
            )
            return Draft(), (Note(file=self._path.name, sentence=sentence, lost=lost, aside=aside.name),)
        self._saved = read.value
        return read.value or Draft(), read.notes

    def read(self) -> Draft:
        """Give the draft; one that cannot be read is as good as none, because no fact is in it."""
        try:
            return self.load()[0]
        except CloseoutError:
            return Draft()

    def drop(self) -> None:
        """Delete the draft, as at the lock. Raises NotSaved."""
        files.remove(self._path)
        self._saved = None
