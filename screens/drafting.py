"""Keeps what is typed and where one is, so that a kill loses at most the last half second of typing."""

from collections.abc import Callable
from datetime import datetime
from threading import Event, Lock, Thread
from typing import Final

from msgspec.structs import replace

from review.clock import Sign
from review.errors import CloseoutError
from review.ports import Draft, Drafts

SOON: Final = 0.25
"""Seconds from the first letter to the write; what is typed meanwhile goes with it."""


class Drafting:
    """The draft of a running review in memory.

    A thread of its own writes it: no key waits for the disk, and neither a screen that is being made nor a disk that
    is slow to take a fact keeps what was typed from being written.
    """

    def __init__(self, drafts: Drafts, read: Callable[[], Draft] | None = None) -> None:
        """Take over what was kept last; nothing is written before `begin`, except by `flush`."""
        self._drafts = drafts
        self.draft = (read or drafts.read)()
        self._fresh = False
        self._due = Event()
        self._one = Lock()
        self._ended = Event()
        self._writer: Thread | None = None

    def begin(self) -> None:
        """Write from now on whatever is new."""
        self._writer = Thread(target=self._write, name="drafts", daemon=True)
        self._writer.start()

    def end(self) -> None:
        """Write what is new and come to rest."""
        self._ended.set()
        self._due.set()
        if self._writer is not None:
            self._writer.join()
        self.flush()

    def text(self, key: str) -> str:
        """Give what was being typed in a field."""
        return self.draft.texts.get(key, "")

    def type(self, key: str, text: str) -> None:
        """Remember what stands in a field; the empty text forgets it."""
        if self.draft.texts.get(key, "") == text:
            return
        texts = {**self.draft.texts, key: text} if text else {k: v for k, v in self.draft.texts.items() if k != key}
        self._take(replace(self.draft, texts=texts))

    def forget(self, beginning: str) -> None:
        """Forget every field whose key begins so: what was typed has become a fact."""
        texts = {key: text for key, text in self.draft.texts.items() if not key.startswith(beginning)}
        if texts != self.draft.texts:
            self._take(replace(self.draft, texts=texts))

    def be(self, **place: str) -> None:
        """Remember where one is."""
        after = {**self.draft.place, **place}
        if after != self.draft.place:
            self._take(replace(self.draft, place=after))

    def at(self, key: str) -> str:
        """Give a part of where one was."""
        return self.draft.place.get(key, "")

    @property
    def sign(self) -> Sign | None:
        """The last sign of life; its steady time is not comparable after a restart."""
        return None if self.draft.seen is None else Sign(self.draft.seen, None)

    def live(self, now: datetime, steady: float) -> None:
        """Give a sign of life."""
        self._take(replace(self.draft, seen=now, ticks=steady))

    def flush(self) -> None:
        """Write what is new; a draft that cannot be written is tried again at the next turn."""
        with self._one:
            if not self._fresh:
                return
            # First: what is typed while this is written makes it fresh again.
            self._fresh = False
            try:
                self._drafts.keep(self.draft)
            except CloseoutError:
                self._fresh = True

    def _take(self, draft: Draft) -> None:
        self.draft = draft
        self._fresh = True
        self._due.set()

    def _write(self) -> None:
        while not self._ended.is_set():
            self._due.wait()
            self._due.clear()
            self._ended.wait(SOON)
            self.flush()
            if self._fresh:
                self._due.set()
