"""Search over what past reviews recorded: steps, actions, notes, lessons and the lines of the recaps."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct

from review.commitments import Commitment, Origin
from review.dates import MONTHS, WEEKDAYS, short_date
from review.events import (
    Batch,
    ClosedOut,
    CommitmentMended,
    Committed,
    DealEnded,
    Fact,
    Locked,
    LossExplained,
    Noted,
    Parked,
    Started,
    StepGiven,
    TakenOffline,
    WorthCopying,
)
from review.in_force import taken_back
from review.line import plain_step
from review.records import DealRecord

DEALS: int = 20
"""Deals that are listed at most; more words find fewer."""
NAMED: int = 50
"""Deals that a word may name for the reviews to be looked through by their ids."""
OF_DAYS = (*WEEKDAYS, *MONTHS)
"""What stands in a hit's date and not in the file."""


class Hit(Struct, frozen=True, kw_only=True):
    """One thing that was found."""

    kind: str
    """Such as 'step', 'action' or 'deal'."""
    text: str
    review: str = ""
    """Empty for a deal, and for what was recorded between reviews."""
    day: date | None = None
    deal: str = ""
    title: str = ""
    owner: str = ""


class Search:
    """Looks for words; each of them has to stand in the text, the deal's name or the owner's."""

    def __init__(self, words: str, deals: Mapping[str, DealRecord], names: Mapping[str, str]) -> None:
        """Take the words as typed, and the names of deals and people."""
        self._words = tuple(dict.fromkeys(words.casefold().split()))
        self._deals = deals
        self._names = names

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self._words)

    @cached_property
    def saying(self) -> tuple[tuple[str, ...], ...]:
        """Give for words what has to stand in a review's file, where that can be told: the word, or a deal it names.

        A file in which one of them is missing holds no hit, and need not be read.
        """
        return tuple(found for word in self._words if (found := self._needs(word)))

    def _needs(self, word: str) -> tuple[str, ...]:
        if not (word.isascii() and word.isalnum()) or any(word in name.casefold() for name in self._names.values()):
            return ()
        if any(char.isdigit() for char in word) or any(word in said for said in OF_DAYS):
            return ()
        named = [ident for ident, record in self._deals.items() if word in record.crm.title.casefold()]
        return (word, *named) if len(named) <= NAMED else ()

    def deals(self) -> tuple[Hit, ...]:
        """Give the deals whose name, account or owner has the words; those seen last come first."""
        found = [
            (ident, record)
            for ident, record in self._deals.items()
            if self._matches(record.crm.title, record.crm.name, record.crm.owner)
        ]
        found.sort(key=lambda each: (each[1].first_seen, each[0]), reverse=True)
        return tuple(
            Hit(kind="deal", text=deal.detail or deal.name, deal=ident, title=deal.title, owner=deal.owner)
            for ident, deal in ((ident, record.crm) for ident, record in found[:DEALS])
        )

    def read(self, batches: Iterable[Batch], review: str = "", day: date | None = None) -> tuple[Hit, ...]:
        """Look through what was recorded, in order; what was taken back is left out."""
        kept = tuple(batches)
        undone = taken_back(kept)
        found = (
            hit
            for batch in kept
            if batch.id not in undone
            for event in batch.events
            for hit in self._hits(event, review, day or batch.at.date())
        )
        return tuple(hit for hit in found if self._matches(hit.text, hit.title, hit.owner))

    def _matches(self, *texts: str) -> bool:
        said = " ".join(texts).casefold()
        return all(word in said for word in self._words)

    def _hits(self, event: Fact, review: str, day: date) -> Iterator[Hit]:
        promise = _promise(event)
        if promise is not None:
            kind = "step" if promise.origin is Origin.STEP else "action"
            text = f"{plain_step(promise.text)}, {short_date(promise.due)}"
            owner = self._names.get(promise.owner, "")
            yield self._hit(kind, text, review, day, promise.deal, owner)
        elif isinstance(event, Noted):
            yield self._hit("note", event.text, review, day, event.deal)
        elif isinstance(event, LossExplained | DealEnded) and event.lesson:
            yield self._hit("lesson", event.lesson, review, day, event.deal)
        elif isinstance(event, WorthCopying) and event.text:
            yield self._hit("copy", event.text, review, day)
        elif isinstance(event, Locked) and event.paste:
            yield self._hit("recap", event.paste, review, day)
        elif isinstance(event, Started) and event.focus:
            yield self._hit("focus", event.focus, review, day)

    def _hit(self, kind: str, text: str, review: str, day: date, deal: str = "", owner: str = "") -> Hit:
        record = self._deals.get(deal)
        title = record.crm.title if record is not None else ""
        return Hit(kind=kind, text=text, review=review, day=day, deal=deal, title=title, owner=owner)


def _promise(event: Fact) -> Commitment | None:
    match event:
        case ClosedOut(new=True) | StepGiven():
            return event.step
        case Committed() | CommitmentMended():
            return event.commitment
        case TakenOffline():
            return event.session
        case Parked():
            return event.homework
    return None
