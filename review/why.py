"""Every rule that applies to a deal with the facts that it stands on (method, sections 4 to 6)."""

from typing import Literal

from msgspec import Struct

from review.bearings import take_bearings
from review.calendar import Workdays
from review.card import card_of, evidence_halves
from review.meeting import Meeting
from review.momentum import say_momentum
from review.newcomers import say_inherited


class Reason(Struct, frozen=True):
    """One rule, figure or signal, and its facts in words."""

    name: str
    facts: str
    tone: Literal["watch", "act", "ok", ""] = ""


def reasons_of(meeting: Meeting, ident: str) -> tuple[Reason, ...]:
    """Say why a deal is in the queue, its momentum, both halves of its evidence, and every signal in full."""
    record, card = meeting.record(ident), card_of(meeting, ident)
    bearings = take_bearings(meeting.ledger, meeting.settings, meeting.day, Workdays.of(meeting.settings))
    slot = next((slot for slot in (*meeting.queue, *meeting.beyond) if slot.deal == ident), None)
    found = [] if slot is None else [Reason("in the queue", f"slot {slot.number}, {slot.kind}: {slot.reason}")]
    if record.inherited is not None:
        found.append(Reason("handed over", say_inherited(record)))
    found.append(Reason("momentum", say_momentum(record, card.deal, bearings)))
    halves = card.evidence or evidence_halves(meeting, record, card.deal)
    found += [Reason(half.name, half.words, "ok" if half.holds else "watch") for half in halves]
    found += [Reason(signal.word, signal.whole, signal.tone) for signal in card.signals]
    if card.early:
        found.append(Reason("called early", card.early, "ok"))
    if record.exception:
        found.append(Reason("exception", record.exception, "ok"))
    return tuple(found)
