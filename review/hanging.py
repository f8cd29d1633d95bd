"""What is open before a lock, and what the lock will do to each (method, sections 5, 6 and 11)."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from review.calendar import Workdays
from review.calls import awaits_next, called_period, lock_facts, open_calls, say_line, standing_calls
from review.creation_items import ItemKind, items_of
from review.dates import short_date
from review.demotion import demotions
from review.learning import learning
from review.meeting import Meeting
from review.money import short_money
from review.recap import lost_since, owner_lists
from review.slips import judge_all
from review.standing import missing_by_rep
from review.sweep import later_without
from review.truth import effective
from review.words import in_a_line


class Loose(StrEnum):
    """A kind of thing that may be open at the lock, as the room reads it."""

    CALL = "call open"
    NO_CALL = "no number"
    VERDICT = "not answered"
    QUEUE = "still queued"
    LEARNING = "threshold"
    LEAVES = "best case"
    DUE = "due to leave"
    UNHEARD = "not heard"
    WITHOUT = "without"
    LATER = "later"
    LESSON = "no lesson"
    NEW = "new, no marks"


class Case(Struct, frozen=True):
    """One deal or person, with what it rests on."""

    name: str
    evidence: str = ""


class Hanging(Struct, frozen=True, kw_only=True):
    """One kind of open things."""

    kind: Loose
    cases: tuple[Case, ...]
    becomes: str = ""
    """What the lock does to them."""

    @property
    def blocks(self) -> bool:
        """Tell whether the lock is refused while it is open."""
        return self.kind is Loose.CALL


def hanging(meeting: Meeting) -> tuple[Hanging, ...]:
    """List what is open, what blocks the lock first; empty where nothing is."""
    every = (
        _calls(meeting),
        Hanging(kind=Loose.NO_CALL, cases=_silent(meeting), becomes="no commit of theirs is locked"),
        Hanging(kind=Loose.VERDICT, cases=_unanswered(meeting), becomes="promises due: asked again next week"),
        Hanging(kind=Loose.QUEUE, cases=_queued(meeting), becomes="dropped: first by turn next week"),
        Hanging(kind=Loose.LEARNING, cases=_learning(meeting)),
        Hanging(kind=Loose.LEAVES, cases=_leaving(meeting), becomes="leave commit at the lock"),
        Hanging(kind=Loose.DUE, cases=_due(meeting), becomes="leave commit next week unless the evidence comes"),
        Hanging(kind=Loose.WITHOUT, cases=_without(meeting), becomes=_after_without(meeting)),
        Hanging(kind=Loose.LATER, cases=_later(meeting), becomes="later deals without a step, asked once a month"),
        Hanging(kind=Loose.UNHEARD, cases=_unheard(meeting), becomes="commitments that stand unread"),
        Hanging(kind=Loose.LESSON, cases=_losses(meeting), becomes="the recap shows them without reason or lesson"),
        Hanging(kind=Loose.NEW, cases=_new(meeting), becomes="first in next week’s queue"),
    )
    return tuple(one for one in every if one.cases)


def _calls(meeting: Meeting) -> Hanging:
    cases = tuple(
        Case(
            meeting.name(entry.person),
            f"{short_money(entry.stated if entry.taken is None else entry.taken)} → {short_money(entry.after)}: "
            + ", ".join(say_line(line) for line in entry.lines),
        )
        for entry in open_calls(meeting)
    )
    return Hanging(kind=Loose.CALL, cases=cases, becomes="take the call in Actions, or state it again")


def _silent(meeting: Meeting) -> tuple[Case, ...]:
    calls, label = standing_calls(meeting), called_period(meeting, following=True).label
    reps = [p.id for p in meeting.turn_order if p.carries]
    return (
        *(Case(meeting.name(rep)) for rep in reps if rep not in calls),
        *(Case(meeting.name(rep), label) for rep in reps if awaits_next(meeting, rep)),
    )


def _unanswered(meeting: Meeting) -> tuple[Case, ...]:
    waiting = [c.owner for c in meeting.due if c.id not in meeting.verdicts and meeting.is_present(c.owner)]
    return _by_name(meeting, waiting)


def _by_name(meeting: Meeting, owners: Iterable[str]) -> tuple[Case, ...]:
    counts: dict[str, int] = {}
    for owner in owners:
        counts[owner] = counts.get(owner, 0) + 1
    return tuple(Case(meeting.name(owner), str(number)) for owner, number in counts.items())


def _queued(meeting: Meeting) -> tuple[Case, ...]:
    return tuple(
        Case(in_a_line(meeting.record(slot.deal).crm.title), meeting.name(slot.rep))
        for slot in meeting.to_go
        if meeting.is_present(slot.rep)
    )


def _learning(meeting: Meeting) -> tuple[Case, ...]:
    said = learning(meeting.opening, meeting.settings, meeting.day).words
    return tuple(Case(*sentence.split(": ", 1)) for sentence in said)


def _leaving(meeting: Meeting) -> tuple[Case, ...]:
    facts = lock_facts(meeting)
    judged = {ident: one for ident, one in judge_all(meeting.ledger, facts).items() if one.demotes}
    evidence = demotions(meeting.ledger, facts, slipping=tuple(judged))
    return (
        *(Case(in_a_line(meeting.record(ident).crm.title), one.moves) for ident, one in judged.items()),
        *(Case(in_a_line(one.title), one.evidence) for one in evidence.leave),
    )


def _due(meeting: Meeting) -> tuple[Case, ...]:
    facts = lock_facts(meeting)
    slipping = [ident for ident, one in judge_all(meeting.ledger, facts).items() if one.demotes]
    found = demotions(meeting.ledger, facts, slipping=slipping).next_week
    return tuple(Case(in_a_line(one.title), f"{one.evidence} – {one.why}") for one in found)


def _without(meeting: Meeting) -> tuple[Case, ...]:
    missing = missing_by_rep(meeting.ledger, meeting.settings, meeting.day)
    return tuple(Case(meeting.name(rep) if rep else "no owner", str(len(deals))) for rep, deals in missing.items())


def _later(meeting: Meeting) -> tuple[Case, ...]:
    """Name the deals beyond the active periods that this review asks: the first of its month."""
    found = [meeting.record(ident) for ident in later_without(meeting)]
    closing = sorted((effective(record).close_date or meeting.day, in_a_line(record.crm.title)) for record in found)
    return tuple(Case(title, short_date(day, meeting.day)) for day, title in closing)


def _after_without(meeting: Meeting) -> str:
    if meeting.ledger.held + 1 < meeting.settings.thresholds.enforce_from:
        return "named in the recap; from next week each owner gets one commitment"
    day = Workdays.of(meeting.settings).next_working(meeting.day)
    return f"one commitment for each owner, due {short_date(day)}"


def _unheard(meeting: Meeting) -> tuple[Case, ...]:
    return tuple(
        Case(meeting.name(mine.person), str(len(mine.commitments)))
        for mine in owner_lists(meeting)
        if mine.person not in meeting.heard and meeting.is_present(mine.person)
    )


def _losses(meeting: Meeting) -> tuple[Case, ...]:
    found = []
    for ident in lost_since(meeting):
        record = meeting.record(ident)
        given = record.ended.reason if record.ended else record.loss_reason
        asked = (("reason", given or record.crm.lost_reason), ("lesson", record.loss_lesson))
        lacks = [word for word, has in asked if not has]
        if lacks:
            found.append(Case(in_a_line(record.crm.title), f"no {' and no '.join(lacks)}"))
    return tuple(found)


def _new(meeting: Meeting) -> tuple[Case, ...]:
    items = [item for item in items_of(meeting) if item.kind is ItemKind.NEW and not item.done]
    return tuple(Case(in_a_line(meeting.record(item.id).crm.title)) for item in items)
