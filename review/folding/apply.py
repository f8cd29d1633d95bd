"""The fold: one event more gives the next state; no rule runs here and nothing is refused."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from msgspec.structs import replace

from review import clock_facts as clock
from review import events as e
from review.commitments import Origin
from review.deals import Category
from review.events import Fact
from review.folding import deals, exits, joins, promises
from review.folding.change import credited, on_commitment, on_record, with_commitment, with_record
from review.folding.lock import lock
from review.folding.register import FOLDS, folds
from review.meeting import Meeting, Visit
from review.presence import with_presence
from review.records import DealRecord, Ledger

E = TypeVar("E", bound=Fact)
FOLDING = (exits, joins)
"""The modules that register further folds; named so that importing this one is enough."""


def apply(meeting: Meeting, event: Fact, at: datetime) -> Meeting:
    """Give the state after one event; kinds that concern only the desk change nothing."""
    fold = FOLDS.get(type(event))
    return meeting if fold is None else fold(meeting, event, at)


# The course of the hour


@folds(e.SectionEntered)
def _section(meeting: Meeting, event: e.SectionEntered, at: datetime) -> Meeting:
    meeting = _stop_visit(meeting, at)
    after = replace(meeting, section=event.section, clock=clock.entered(meeting.clock, event.section, at))
    return _start_visit(after, after.deal, at) if event.section == "inspection" and after.deal else after


@folds(e.TurnTaken)
def _turn(meeting: Meeting, event: e.TurnTaken, at: datetime) -> Meeting:
    return replace(meeting, turns={**meeting.turns, event.section: event.person}, turn_began=at.isoformat())


@folds(e.DealOpened)
def _opened(meeting: Meeting, event: e.DealOpened, at: datetime) -> Meeting:
    meeting = _stop_visit(meeting, at)
    if meeting.section == "inspection":
        meeting = _start_visit(meeting, event.deal, at)
    opened = meeting.opened if event.deal in meeting.opened else (*meeting.opened, event.deal)
    return replace(meeting, deal=event.deal, opened=opened)


def _start_visit(meeting: Meeting, deal: str, at: datetime) -> Meeting:
    return replace(meeting, visits=(*meeting.visits, Visit(deal, at.isoformat())))


def _stop_visit(meeting: Meeting, at: datetime) -> Meeting:
    if not meeting.visits or meeting.visits[-1].last:
        return meeting
    return replace(meeting, visits=(*meeting.visits[:-1], replace(meeting.visits[-1], last=at.isoformat())))


@folds(e.Paused)
def _paused(meeting: Meeting, event: e.Paused, at: datetime) -> Meeting:  # noqa: ARG001
    return replace(meeting, clock=clock.paused(meeting.clock, at))


@folds(e.Resumed)
def _resumed(meeting: Meeting, event: e.Resumed, at: datetime) -> Meeting:  # noqa: ARG001
    return replace(meeting, clock=clock.resumed(meeting.clock, at))


@folds(e.LengthsSet)
def _lengths(meeting: Meeting, event: e.LengthsSet, at: datetime) -> Meeting:
    lengths: dict[str, int] = {
        section.id: event.lengths[section.id] for section in meeting.settings.sections if section.id in event.lengths
    }
    return replace(meeting, clock=clock.adjusted(meeting.clock, at, lengths, event.end_moves))


@folds(e.GapFound)
def _gap(meeting: Meeting, event: e.GapFound, at: datetime) -> Meeting:  # noqa: ARG001
    return replace(meeting, clock=clock.gap_found(meeting.clock, event.first, event.last))


@folds(e.GapAnswered)
def _gap_answered(meeting: Meeting, event: e.GapAnswered, at: datetime) -> Meeting:  # noqa: ARG001
    return replace(meeting, clock=clock.gap_answered(meeting.clock, event.first, event.counts))


@folds(e.PresenceSet)
def _presence(meeting: Meeting, event: e.PresenceSet, at: datetime) -> Meeting:  # noqa: ARG001
    return with_presence(meeting, event.person, present=event.present, slots=event.slots)


@folds(e.QueueChanged)
def _queue(meeting: Meeting, event: e.QueueChanged, at: datetime) -> Meeting:  # noqa: ARG001
    queued = {slot.deal for slot in event.queue}
    beyond = (*(slot for slot in (*meeting.queue, *meeting.beyond) if slot.deal not in queued),)
    return replace(meeting, queue=event.queue, beyond=tuple({slot.deal: slot for slot in beyond}.values()))


@folds(e.PersonAdded)
def _person(meeting: Meeting, event: e.PersonAdded, at: datetime) -> Meeting:  # noqa: ARG001
    settings = replace(meeting.settings, people=(*meeting.settings.people, event.person))
    ledger = replace(meeting.ledger, added=(*meeting.ledger.added, event.person))
    return replace(meeting, settings=settings, ledger=ledger)


# Promises and calls


@folds(e.VerdictGiven)
def _verdict(meeting: Meeting, event: e.VerdictGiven, at: datetime) -> Meeting:  # noqa: ARG001
    ledger = _judged_anew(meeting, event.commitment) if event.commitment in meeting.verdicts else meeting.ledger
    ledger = promises.verdict_given(ledger, event, event.on or meeting.day)
    return replace(meeting, ledger=ledger, verdicts={**meeting.verdicts, event.commitment: event.verdict.value})


def _judged_anew(meeting: Meeting, ident: str) -> Ledger:
    """Take today's verdict off a promise before it gets another one: it counts, and is carried, once."""
    now, before = meeting.ledger.commitments.get(ident), meeting.opening.commitments.get(ident)
    if now is None or before is None:
        return meeting.ledger
    said = {"text": now.text, "owner": now.owner, "agreed": now.agreed, "customers": now.customers}
    return with_commitment(meeting.ledger, replace(before, **said))


@folds(e.Committed)
def _committed(meeting: Meeting, event: e.Committed, at: datetime) -> Meeting:  # noqa: ARG001
    meeting = on_commitment(meeting, event.commitment)
    if event.commitment.origin is not Origin.NUMBER:
        return meeting
    meeting = replace(meeting, ledger=promises.number_given(meeting.ledger, event.commitment, meeting.day))
    return replace(meeting, numbers={**meeting.numbers, event.commitment.owner: event.commitment.id})


@folds(e.CommitmentMended)
def _mended(meeting: Meeting, event: e.CommitmentMended, at: datetime) -> Meeting:  # noqa: ARG001
    return on_commitment(meeting, event.commitment)


@folds(e.CommitmentDropped)
def _commitment_dropped(meeting: Meeting, event: e.CommitmentDropped, at: datetime) -> Meeting:  # noqa: ARG001
    return replace(meeting, ledger=promises.dropped(meeting.ledger, event, meeting.day))


@folds(e.CallStated)
@folds(e.CallTaken)
def _call(meeting: Meeting, event: e.CallStated | e.CallTaken, at: datetime) -> Meeting:  # noqa: ARG001
    if event.call.period > meeting.day:
        meeting = replace(meeting, next_calls={**meeting.next_calls, event.call.person: event.call})
    else:
        meeting = replace(meeting, calls={**meeting.calls, event.call.person: event.call})
    if meeting.locked is None:
        return meeting
    # The lock has put the calls into the ledger; one that is amended takes its place there.
    key = (event.call.person, event.call.period, event.call.review, event.call.team)
    rest = (c for c in meeting.ledger.calls if (c.person, c.period, c.review, c.team) != key)
    return replace(meeting, ledger=replace(meeting.ledger, calls=(*rest, event.call)))


# A deal on the table


@folds(e.Noted)
def _noted(meeting: Meeting, event: e.Noted, at: datetime) -> Meeting:  # noqa: ARG001
    return _record(meeting, event.deal, deals.noted, event)


@folds(e.CauseGiven)
def _cause(meeting: Meeting, event: e.CauseGiven, at: datetime) -> Meeting:  # noqa: ARG001
    return _record(meeting, event.deal, deals.cause_given, event)


@folds(e.MarkGiven)
def _mark(meeting: Meeting, event: e.MarkGiven, at: datetime) -> Meeting:  # noqa: ARG001
    return _record(meeting, event.deal, deals.mark_given, event)


@folds(e.EvidenceGiven)
def _evidence(meeting: Meeting, event: e.EvidenceGiven, at: datetime) -> Meeting:  # noqa: ARG001
    return _record(meeting, event.deal, deals.evidence_given, event)


def _record(meeting: Meeting, deal: str, step: Callable[[DealRecord, E, date], DealRecord], event: E) -> Meeting:
    record = meeting.ledger.deals.get(deal)
    if record is None:
        return meeting
    return replace(meeting, ledger=with_record(meeting.ledger, deal, step(record, event, meeting.day)))


@folds(e.DealChanged)
def _changed(meeting: Meeting, event: e.DealChanged, at: datetime) -> Meeting:  # noqa: ARG001
    record = meeting.ledger.deals.get(event.deal)
    if record is None:
        return meeting
    after = deals.deal_changed(record, event, meeting)
    meeting = replace(meeting, ledger=with_record(meeting.ledger, event.deal, after))
    if event.field != "category" or event.rule:
        return meeting
    words = "" if event.to == Category.COMMIT else f"left commit for {event.to}"
    return credited(meeting, event.deal, words)


@folds(e.ExceptionGranted)
def _exception(meeting: Meeting, event: e.ExceptionGranted, at: datetime) -> Meeting:  # noqa: ARG001
    return on_record(meeting, event.deal, exception=event.reason)


# Creation, actions and the end


@folds(e.LossExplained)
def _loss(meeting: Meeting, event: e.LossExplained, at: datetime) -> Meeting:  # noqa: ARG001
    record = meeting.ledger.deals.get(event.deal)
    if record is None:
        return meeting
    if record.ended is not None:
        told = replace(record.ended, reason=event.reason or record.ended.reason, lesson=event.lesson)
        return on_record(meeting, event.deal, ended=told, loss_lesson=event.lesson)
    return on_record(meeting, event.deal, loss_lesson=event.lesson, loss_reason=event.reason)


@folds(e.VanishedAnswered)
def _vanished(meeting: Meeting, event: e.VanishedAnswered, at: datetime) -> Meeting:  # noqa: ARG001
    return on_record(meeting, event.deal, vanished=event.answer, vanished_on=meeting.day)


@folds(e.MarksSettled)
def _marks(meeting: Meeting, event: e.MarksSettled, at: datetime) -> Meeting:  # noqa: ARG001
    return on_record(meeting, event.deal, born_checked=True)


@folds(e.Heard)
def _heard(meeting: Meeting, event: e.Heard, at: datetime) -> Meeting:  # noqa: ARG001
    return replace(meeting, heard=tuple(dict.fromkeys((*meeting.heard, event.owner))))


@folds(e.WorthCopying)
def _worth(meeting: Meeting, event: e.WorthCopying, at: datetime) -> Meeting:  # noqa: ARG001
    return replace(meeting, worth_copying=event.text)


@folds(e.Locked)
def _locked(meeting: Meeting, event: e.Locked, at: datetime) -> Meeting:
    meeting = _stop_visit(meeting, at)
    return replace(lock(meeting, event), clock=clock.ended(meeting.clock, at), locked=event, at_lock=meeting.ledger)


@folds(e.SetAside)
def _aside(meeting: Meeting, event: e.SetAside, at: datetime) -> Meeting:  # noqa: ARG001
    return replace(meeting, aside=True, clock=clock.ended(meeting.clock, at))


@folds(e.Amended)
def _amended(meeting: Meeting, event: e.Amended, at: datetime) -> Meeting:  # noqa: ARG001
    return replace(meeting, amendments=(*meeting.amendments, f"amended {event.day.day} {event.day:%b}: {event.what}"))
