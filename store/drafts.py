"""What is being typed, where one is and the sign of life; saved often, cheaply, and never as facts."""

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from store import documents, files
from store.errors import Damaged
from store.generations import Note
from store.kinds import DRAFT, lost_with


class Draft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state of a screen that is no fact yet."""

    texts: dict[str, str] = {}
    """Field to what stands in it; the screens choose the keys."""
    place: dict[str, str] = {}
    """Where one is: screen, deal, field; the screens choose the keys."""
    seen: datetime | None = None
    """Sign of life by the wall clock, UTC."""
    ticks: float = 0.0
    """Sign of life by the monotonic clock, seconds; comparable on the same boot only."""


class DraftFile:
    """The draft of one review."""

    def __init__(self, path: Path) -> None:
        """Take the place; nothing is read yet."""
        self._path = path
        self._saved: Draft | None = None

    def save(self, draft: Draft) -> None:
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

    def drop(self) -> None:
        """Delete the draft, as at the lock. Raises NotSaved."""
        files.remove(self._path)
        self._saved = None
