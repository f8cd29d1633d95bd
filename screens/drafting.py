"""Keeps what is typed and where one is, so that a kill loses at most the last half second of typing."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from review.clock import Sign
from review.errors import CloseoutError
from review.ports import Draft, Drafts


class Drafting:
    """The draft of a running review in memory; `flush` writes it, and is called by a timer, never by a key."""

    def __init__(self, drafts: Drafts, read: Callable[[], Draft] | None = None) -> None:
        """Take over what was kept last."""
        self._drafts = drafts
        self.draft = (read or drafts.read)()
        self._fresh = False

    def text(self, key: str) -> str:
        """Give what was being typed in a field."""
        return self.draft.texts.get(key, "")

    def type(self, key: str, text: str) -> None:
        """Remember what stands in a field; the empty text forgets it."""
        if self.draft.texts.get(key, "") == text:
            return
        texts = {**self.draft.texts, key: text} if text else {k: v for k, v in self.draft.texts.items() if k != key}
        self.draft = replace(self.draft, texts=texts)
        self._fresh = True

    def forget(self, beginning: str) -> None:
        """Forget every field whose key begins so: what was typed has become a fact."""
        texts = {key: text for key, text in self.draft.texts.items() if not key.startswith(beginning)}
        if texts != self.draft.texts:
            self.draft = replace(self.draft, texts=texts)
            self._fresh = True

    def be(self, **place: str) -> None:
        """Remember where one is."""
        after = {**self.draft.place, **place}
        if after != self.draft.place:
            self.draft = replace(self.draft, place=after)
            self._fresh = True

    def at(self, key: str) -> str:
        """Give a part of where one was."""
        return self.draft.place.get(key, "")

    @property
    def sign(self) -> Sign | None:
        """The last sign of life; its steady time is not comparable after a restart."""
        return None if self.draft.seen is None else Sign(self.draft.seen, None)

    def live(self, now: datetime, steady: float) -> None:
        """Give a sign of life."""
        self.draft = replace(self.draft, seen=now, ticks=steady)
        self._fresh = True

    def flush(self) -> None:
        """Write what is new; a draft that cannot be written is tried again at the next turn."""
        if not self._fresh:
            return
        try:
            self._drafts.keep(self.draft)
        except CloseoutError:
            return
        self._fresh = False
