"""The manager's own notes on a rep: facts, what is decided on them, and the state they fold to (manager only)."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from review.plain import plain
from review.results import Refusal


class EntryKind(StrEnum):
    """What an entry is."""

    NOTE = "note"
    QUESTION = "question"
    """To be asked next time."""
    FOCUS = "focus"
    """The one behaviour to work on; a new one takes the place of the last."""
    WORDS = "their words"
    """What the rep undertook, as the rep said it."""


ONE_AT_A_TIME: Final = frozenset({EntryKind.FOCUS, EntryKind.WORDS})


class Written(Struct, frozen=True, kw_only=True, tag="written"):
    """Something was written down."""

    kind: EntryKind
    person: str
    text: str
    day: date
    deal: str = ""


class Settled(Struct, frozen=True, kw_only=True, tag="settled"):
    """An entry was asked, reached or struck out."""

    entry: str
    day: date
    how: str


class PrivateBatch(Struct, frozen=True, kw_only=True):
    """One fact of the private log."""

    id: str
    at: datetime
    event: Written | Settled


class Entry(Struct, frozen=True, kw_only=True):
    """An entry as it stands."""

    id: str
    kind: EntryKind
    person: str
    text: str
    day: date
    deal: str = ""
    settled: str = ""
    """How it was settled; empty while it stands."""


class Write(Struct, frozen=True, kw_only=True):
    """Write something down about a rep."""

    kind: EntryKind
    person: str
    text: str
    deal: str = ""


class Settle(Struct, frozen=True, kw_only=True):
    """Settle an entry: a question was asked, a focus was reached, a note is struck out."""

    entry: str


class Private(Struct, frozen=True, kw_only=True):
    """What stands about one rep."""

    focus: Entry | None = None
    words: Entry | None = None
    questions: tuple[Entry, ...] = ()
    notes: tuple[Entry, ...] = ()
    """Newest first."""

    @property
    def standing(self) -> tuple[Entry, ...]:
        """Give everything that can be settled, as it is listed."""
        ones = tuple(entry for entry in (self.focus, self.words) if entry is not None)
        return (*ones, *self.questions, *self.notes)


SETTLES: Final = {
    EntryKind.NOTE: "struck out",
    EntryKind.QUESTION: "asked",
    EntryKind.FOCUS: "reached",
    EntryKind.WORDS: "done",
}


def decide(entries: tuple[Entry, ...], intent: Write | Settle, day: date) -> Written | Settled | Refusal:
    """Decide what becomes a fact."""
    if isinstance(intent, Settle):
        entry = next((one for one in entries if one.id == intent.entry and not one.settled), None)
        if entry is None:
            return Refusal("That entry does not stand any more.")
        return Settled(entry=entry.id, day=day, how=SETTLES[entry.kind])
    text = " ".join(plain(intent.text).split())
    if not text:
        return Refusal("Write a few words first.")
    if not intent.person:
        return Refusal("Choose a rep first: the note is about nobody yet.")
    return Written(kind=intent.kind, person=intent.person, text=text, day=day, deal=intent.deal)


def fold(batches: Iterable[PrivateBatch]) -> tuple[Entry, ...]:
    """Give the entries in the order in which they were written; of a focus and of somebody's words one stands."""
    entries: dict[str, Entry] = {}
    for batch in batches:
        event = batch.event
        if isinstance(event, Settled):
            if event.entry in entries:
                entries[event.entry] = replace(entries[event.entry], settled=event.how)
            continue
        for entry in list(entries.values()):
            same = (entry.kind, entry.person) == (event.kind, event.person)
            if same and event.kind in ONE_AT_A_TIME and not entry.settled:
                entries[entry.id] = replace(entry, settled="replaced")
        entries[batch.id] = Entry(
            id=batch.id, kind=event.kind, person=event.person, text=event.text, day=event.day, deal=event.deal
        )
    return tuple(entries.values())


def about(entries: Iterable[Entry], person: str) -> Private:
    """Give what stands about one rep."""
    mine = [entry for entry in entries if entry.person == person and not entry.settled]
    of = {kind: tuple(entry for entry in mine if entry.kind is kind) for kind in EntryKind}
    return Private(
        focus=next(iter(of[EntryKind.FOCUS]), None),
        words=next(iter(of[EntryKind.WORDS]), None),
        questions=of[EntryKind.QUESTION],
        notes=of[EntryKind.NOTE][::-1],
    )
