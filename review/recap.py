"""The hour on one page, and its first line, made to be pasted (method, section 11)."""

from collections import Counter
from datetime import date
from decimal import Decimal

from msgspec import Struct

from review.audience import for_room
from review.calls import Closing, called_period, closing, standing_calls
from review.clock_words import say_seconds
from review.closed import is_lost
from review.commitments import Commitment
from review.creation import creation
from review.dates import short_date
from review.line import plain_step
from review.meeting import Meeting
from review.money import short_money
from review.progress import progress
from review.recap_rules import called_early, moved_by_rules, slips_counted
from review.records import Change, Exit, LockRow
from review.standing import missing_by_rep, step_of
from review.told import Told, told_by_reason
from review.truth import effective, not_in_crm
from review.words import in_a_line


class DealLine(Struct, frozen=True, kw_only=True):
    """One deal that left inspection."""

    deal: str
    title: str
    rep: str
    exit: str
    step: str
    owner: str
    due: date | None
    notes: tuple[tuple[str, str], ...] = ()
    changes: tuple[str, ...] = ()


class CallLine(Struct, frozen=True, kw_only=True):
    """One person's forecast; `period` is named where it is for the next one."""

    name: str
    stated: Decimal
    stands: Decimal
    best_case: Decimal | None
    reason: str
    lines: tuple[str, ...]
    carried: bool
    period: str = ""


class LossLine(Struct, frozen=True):
    """One lost deal with its lesson."""

    title: str
    amount: Decimal | None
    reason: str
    lesson: str


class OwnerList(Struct, frozen=True):
    """What one person promised, soonest first."""

    person: str
    name: str
    commitments: tuple[Commitment, ...]


class SectionLine(Struct, frozen=True):
    """Planned, adapted and actual seconds of a section."""

    title: str
    planned: int
    adapted: int
    actual: int


class Recap(Struct, frozen=True, kw_only=True):
    """Everything the recap shows; nothing in it rates a person but the manager's own kept rate."""

    review: str
    day: date
    draft: bool
    paste: str
    row: LockRow
    period: str
    closing: Closing
    calls: tuple[CallLine, ...]
    deals: tuple[DealLine, ...]
    moved: tuple[str, ...]
    """What the rules moved, with their dates."""
    early: tuple[str, ...] = ()
    """Deals called early, with credit."""
    slips: tuple[str, ...] = ()
    """Slips that were counted, exceptions and demotions that wait, each with its dates; nothing was moved."""
    told: tuple[Told, ...]
    """Deals due to leave commit by reason, said now so that their reps are told."""
    learning: tuple[str, ...] = ()
    """What a changed threshold meant at this lock."""
    losses: tuple[LossLine, ...]
    new: tuple[str, ...]
    owners: tuple[OwnerList, ...]
    without: tuple[tuple[str, tuple[str, ...]], ...]
    """Names and the deals that still lack a step, a date or an owner."""
    sections: tuple[SectionLine, ...]
    not_discussed: tuple[str, ...]
    not_in_crm: tuple[str, ...]
    amendments: tuple[str, ...] = ()
    progress: str = ""
    """What has changed since the first lock; empty before the third, and in a draft."""


def paste_line(meeting: Meeting, row: LockRow) -> str:
    """Write the line made to be pasted: time, deals, commit, kept, commitments, still without."""
    return " · ".join(
        part
        for part in (
            say_seconds(row.seconds),
            _say_deals(meeting, row),
            _say_commit(meeting, row),
            f"kept {row.kept} of {row.judged}" if row.judged else "",
            f"{row.commitments} commitment{'' if row.commitments == 1 else 's'}",
            _say_without(meeting, row),
        )
        if part
    )


def _say_deals(meeting: Meeting, row: LockRow) -> str:
    ways = Counter(opened.exit for opened in row.opened if opened.exit is not Exit.ENDED)
    ends = Counter(meeting.left[opened.deal].words for opened in row.opened if opened.exit is Exit.ENDED)
    parts = [f"{len(row.opened)} deal{'' if len(row.opened) == 1 else 's'}"]
    if ways[Exit.CLOSED_OUT]:
        parts.append(f"{ways[Exit.CLOSED_OUT]} with a step")
    parts.extend(f"{number} {kind}" for kind, number in ends.items())
    parts.extend(f"{ways[way]} {way.value}" for way in (Exit.OFFLINE, Exit.PARKED) if ways[way])
    return ", ".join(parts)


def _say_commit(meeting: Meeting, row: LockRow) -> str:
    if row.commit_stated is None or row.commit_after is None:
        return ""
    if row.commit_stated == row.commit_after:
        return f"commit {short_money(row.commit_after)}"
    moved = dict.fromkeys(title for call in meeting.calls.values() for title in call.titles)
    because = f" ({', '.join(map(in_a_line, moved))})" if moved else ""
    return f"commit {short_money(row.commit_stated)} → {short_money(row.commit_after)}{because}"


def _say_without(meeting: Meeting, row: LockRow) -> str:
    total = sum(row.without.values())
    if not total:
        return "every deal with a step"
    known = [(rep, count) for rep, count in row.without.items()]
    names = ", ".join(f"{meeting.name(rep) if rep else 'no owner'} {count}" for rep, count in known)
    return f"{total} still without: {names}"


def recap_of(meeting: Meeting, row: LockRow, *, draft: bool) -> Recap:
    """Gather the recap of a locked review, or of a running one as a draft."""
    locked, manager = meeting.locked, meeting.settings.manager
    return Recap(
        review=meeting.review,
        day=meeting.day,
        draft=draft,
        paste=locked.paste if locked else paste_line(meeting, row),
        row=for_room(row, manager.id if manager else ""),
        period=called_period(meeting).label,
        closing=closing(meeting),
        calls=(*_calls(meeting), *_calls(meeting, following=True)),
        deals=_deals(meeting),
        moved=moved_by_rules(meeting),
        early=called_early(meeting),
        slips=slips_counted(meeting),
        told=told_by_reason(meeting, locked.due_to_leave) if locked else (),
        learning=locked.learning if locked else (),
        losses=_losses(meeting),
        new=tuple(meeting.record(ident).crm.title for ident in creation(meeting.since).created.deals),
        owners=owner_lists(meeting),
        without=tuple(
            (meeting.name(rep) if rep else "no owner on the team", tuple(meeting.record(i).crm.title for i in deals))
            for rep, deals in missing_by_rep(meeting.ledger, meeting.settings, meeting.day).items()
        ),
        sections=tuple(
            SectionLine(section.title, planned, row.adapted.get(section.id, planned), row.actual.get(section.id, 0))
            for section in meeting.settings.sections
            for planned in (row.planned.get(section.id, 0),)
        ),
        not_discussed=tuple(p.name for p in meeting.settings.reps if not meeting.is_present(p.id)),
        not_in_crm=tuple(f"{record.crm.title} {words}" for record, words in not_in_crm(meeting.ledger)),
        amendments=meeting.amendments,
        progress=progress(meeting.ledger.locks) if locked else "",
    )


def owner_lists(meeting: Meeting, *, everybody: bool = False) -> tuple[OwnerList, ...]:
    """Give what each person reads aloud: today's promises and older ones still open, the manager first."""
    found = []
    manager = meeting.settings.manager
    for person in sorted(meeting.settings.people, key=lambda p: p is not manager):
        own = tuple(
            sorted(
                (c for c in meeting.ledger.commitments.values() if c.is_open and c.owner == person.id and c.aloud),
                key=lambda c: c.due,  # those of one day as they were made
            )
        )
        if own or (everybody and person.carries):
            found.append(OwnerList(person.id, person.name, own))
    return tuple(found)


def _calls(meeting: Meeting, *, following: bool = False) -> tuple[CallLine, ...]:
    return tuple(
        CallLine(
            name=meeting.name(person),
            stated=call.commit,
            stands=call.stands,
            best_case=call.best_case,
            reason=call.reason,
            lines=call.lines,
            carried=call.carried,
            period=called_period(meeting, following=True).label if following else "",
        )
        for person, call in standing_calls(meeting, following=following).items()
    )


def _deals(meeting: Meeting) -> tuple[DealLine, ...]:
    found = []
    for ident, left in meeting.left.items():
        record = meeting.record(ident)
        step = step_of(record, meeting.ledger.commitments)
        found.append(
            DealLine(
                deal=ident,
                title=record.crm.title,
                rep=meeting.name(record.rep) if record.rep else record.crm.owner,
                exit=left.words if left.exit is Exit.ENDED else left.exit.value,
                step=plain_step(step.text) if step and left.exit is not Exit.ENDED else "",
                owner=meeting.name(step.owner) if step and step.owner else "",
                due=step.due if step else None,
                notes=tuple((note.question, note.text) for note in record.notes if note.on == meeting.day),
                changes=tuple(
                    say_change(change) for change in record.history if change.on == meeting.day and change.note
                ),
            )
        )
    return tuple(found)


def say_change(change: Change) -> str:
    """Say what was changed, as people say days and money, with the cause of a slip."""
    said = f"{change.field.replace('_', ' ')} {_value(change, change.frm)} → {_value(change, change.to)}"
    return f"{said} ({change.cause.value})" if change.cause else said


def _value(change: Change, text: str) -> str:
    if not text:
        return "none"
    if change.field == "close_date":
        return short_date(date.fromisoformat(text), change.on)
    return short_money(Decimal(text)) if change.field == "amount" else text


def lost_since(meeting: Meeting) -> tuple[str, ...]:
    """List the deals lost since the last lock, with those that this review ended without a win."""
    ended = (
        ident
        for ident, record in meeting.ledger.current.items()
        if record.ended is not None and record.ended.review == meeting.review and is_lost(record)
    )
    return tuple(dict.fromkeys((*creation(meeting.since).lost.deals, *ended)))


def _losses(meeting: Meeting) -> tuple[LossLine, ...]:
    found = []
    for ident in lost_since(meeting):
        record = meeting.record(ident)
        reason = record.ended.reason if record.ended else record.loss_reason
        found.append(
            LossLine(
                record.crm.title,
                effective(record).amount,
                reason.value if reason else record.crm.lost_reason,
                record.loss_lesson,
            )
        )
    return tuple(found)
