"""A deal's whole story: every review that it stood in, what moved, what was promised and what became of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from review.closed import closed_day
from review.commitments import Commitment, Verdict
from review.dates import short_date
from review.events import (
    Batch,
    ClosedOut,
    CommitmentDropped,
    CommitmentMended,
    Committed,
    DealEnded,
    EvidenceGiven,
    ExceptionGranted,
    Fact,
    Locked,
    LossExplained,
    MarkGiven,
    Noted,
    Parked,
    StepGiven,
    TakenOffline,
    VanishedAnswered,
    VerdictGiven,
)
from review.in_force import taken_back
from review.line import plain_step
from review.recap import say_change
from review.records import DealRecord, LockRow
from review.truth import effective
from review.words import day_month

VERDICTS: Final = {Verdict.BUYER: "buyer did it", Verdict.MOVED: "new date", Verdict.NOT_NEEDED: "not needed"}
"""What a line calls a verdict whose own words are longer, or are also those of a deal that moved."""


class Told(Struct, frozen=True):
    """One thing that happened to the deal."""

    on: date
    what: str
    """One word or two, such as 'step' or 'moved'."""
    text: str


class Chapter(Struct, frozen=True, kw_only=True):
    """One review that the deal stood in."""

    review: str
    day: date
    exit: str
    """How it left; empty where it was not opened."""
    told: tuple[Told, ...] = ()
    """What moved since the lock before, and up to this one."""
    stood: bool = True
    """False for a review after the deal's end, in which only its promises were answered for."""


def chapters(deal: str, record: DealRecord, rows: Sequence[LockRow]) -> tuple[Chapter, ...]:
    """Tell what the ledger alone knows: the locks that the deal stood in, how it left them, what moved in between."""
    end = _end(record)
    found, before = list[Chapter](), date.min
    moves = sorted(record.history, key=lambda change: change.on)
    for row in rows:
        if row.day >= record.first_seen:
            exits = [opened.exit.value for opened in row.opened if opened.deal == deal]
            told = tuple(
                Told(change.on, "moved", say_change(change)) for change in moves if before < change.on <= row.day
            )
            if exits or told or end is None or before < end:
                found.append(Chapter(review=row.review, day=row.day, exit="".join(exits[:1]), told=told))
        before = row.day
    return tuple(found)


def _end(record: DealRecord) -> date | None:
    """Give the day from which the deal is in no review any more."""
    day = record.ended.day if record.ended is not None else closed_day(record)
    return day if day is not None else record.missing_since


class Reading:
    """Reads reviews in their order, and remembers what was promised, so that a later verdict can be told."""

    def __init__(self, deal: str) -> None:
        """Follow one deal."""
        self.deal = deal
        self._promises: dict[str, Commitment] = {}
        self._answered: set[str] = set()

    @property
    def waits(self) -> bool:
        """Tell whether a promise about the deal has no last word yet; its end does not end them."""
        return bool(self._promises.keys() - self._answered)

    @property
    def ids(self) -> frozenset[str]:
        """What a review that tells something of the deal holds one of."""
        return frozenset((self.deal, *self._promises))

    def read(self, batches: Iterable[Batch], day: date) -> tuple[Told, ...]:
        """Tell what was recorded of the deal, in order; what was taken back is left out."""
        kept = tuple(batches)
        undone = taken_back(kept)
        return tuple(
            told for batch in kept if batch.id not in undone for event in batch.events for told in self._of(event, day)
        )

    def _of(self, event: Fact, day: date) -> Iterator[Told]:
        if isinstance(event, VerdictGiven) and event.commitment in self._promises:
            promise = self._promises[event.commitment]
            if not event.due:
                self._answered.add(promise.id)
            later = f" to {short_date(event.due)}" if event.due else ""
            yield Told(
                event.on or day,
                VERDICTS.get(event.verdict, event.verdict.value),
                f"“{plain_step(promise.text)}”{later}",
            )
        elif isinstance(event, CommitmentDropped) and event.commitment in self._promises:
            self._answered.add(event.commitment)
            said = f"“{plain_step(self._promises[event.commitment].text)}” – {event.why}"
            yield Told(event.on or day, "dropped", said)
        elif isinstance(event, Locked):
            for stay in event.stays:
                if stay.deal == self.deal and stay.slip is not None and stay.evidence:
                    yield Told(day, "slip", stay.evidence)
        elif isinstance(event, Committed | CommitmentMended):
            promise = event.commitment
            if promise.deal == self.deal or promise.id in self._promises:
                yield self._promised("promised" if isinstance(event, Committed) else "mended", promise, day)
        elif getattr(event, "deal", "") == self.deal:
            yield from self._on_deal(event, day)

    def _on_deal(self, event: Fact, day: date) -> Iterator[Told]:
        match event:
            case ClosedOut(new=True) | StepGiven():
                yield self._promised("step", event.step, day)
            case ClosedOut():
                yield Told(day, "step kept", f"“{plain_step(event.step.text)}”")
            case TakenOffline():
                yield self._promised("offline", event.session, day)
            case Parked():
                yield self._promised("parked", event.homework, day)
            case DealEnded():
                reason = event.reason.value if event.reason else ""
                yield Told(day, event.kind.value, " – ".join(part for part in (reason, event.lesson) if part))
            case LossExplained():
                reason = event.reason.value if event.reason else ""
                yield Told(day, "lost", " – ".join(part for part in (reason, event.lesson) if part))
            case Noted():
                yield Told(day, event.question, event.text)
            case MarkGiven():
                answer = "not known" if event.yes is None else "yes" if event.yes else "no"
                yield Told(day, "mark", f"{event.mark.value}: {answer}")
            case EvidenceGiven():
                yield Told(day, "evidence", _evidence(event))
            case ExceptionGranted():
                yield Told(day, "exception", event.reason)
            case VanishedAnswered():
                yield Told(day, "vanished", event.answer)

    def _promised(self, what: str, promise: Commitment, day: date) -> Told:
        self._promises[promise.id] = promise
        return Told(day, what, f"“{plain_step(promise.text)}”, due {short_date(promise.due)}")


def _evidence(event: EvidenceGiven) -> str:
    parts = []
    if event.confirmation is not None:
        said = f"date: {event.confirmation.who}, {day_month(event.confirmation.said_on)}"
        parts.append(f"{said}, signed" if event.confirmation.signed else said)
    if event.paper is not None:
        parts.append(f"paper: {event.paper.stage or event.paper.none_needed or 'a fixed appointment'}")
    return " · ".join(parts)


def with_more(chapter: Chapter, more: Collection[Told]) -> Chapter:
    """Add what the minutes tell behind what moved."""
    return Chapter(review=chapter.review, day=chapter.day, exit=chapter.exit, told=(*chapter.told, *more))


def standing_words(record: DealRecord) -> str:
    """Say in a line where the deal stands: stage, category and close date, or how it ended."""
    deal = effective(record)
    if record.ended is not None:
        return f"{record.ended.kind.value} on {day_month(record.ended.day)}"
    close = f"closes {short_date(deal.close_date)}" if deal.close_date else "no close date"
    return " · ".join(part for part in (deal.stage, deal.category.value, close) if part)
