"""The row that a held review leaves behind: its figures, for ever."""

from collections.abc import Iterable
from datetime import datetime

from review.calls import standing_calls
from review.clock import Reading
from review.clock_facts import ClockFacts
from review.commitments import Commitment
from review.coverage import total_coverage
from review.creation import creation
from review.deals import Category
from review.events import Committed, Fact
from review.figures import ZERO
from review.folding.lock import settle_promises
from review.health import agreed_steps
from review.kept import kept_by, kept_running
from review.meeting import Meeting
from review.pipeline import pipeline_of
from review.records import Exit, LockRow, Opened
from review.standing import active_deals, missing_by_rep, steps_in_writing
from review.stretches import spent
from review.truth import effective


def row_of(meeting: Meeting, reading: Reading, added: Iterable[Fact]) -> LockRow:
    """Make the row from the state as the rules leave it, and the commitments that the lock adds."""
    calls, following = standing_calls(meeting), standing_calls(meeting, following=True)
    counted = settle_promises(meeting.ledger, meeting.review, meeting.day)
    promises = kept_running(counted, meeting.review, meeting.day)
    since = creation(meeting.ledger)
    now = pipeline_of(meeting.ledger, meeting.settings, meeting.day)
    steps = agreed_steps(meeting.ledger, meeting.settings, meeting.day)
    missing = missing_by_rep(meeting.ledger, meeting.settings, meeting.day)
    return LockRow(
        review=meeting.review,
        day=meeting.day,
        held=meeting.ledger.held + 1,
        present=meeting.present,
        planned={section.section: section.planned for section in reading.sections},
        adapted={section.section: section.adapted for section in reading.sections},
        actual={section.section: section.actual for section in reading.sections},
        seconds=reading.meeting,
        opened=opened_deals(meeting, reading.wall),
        active=len(active_deals(meeting.ledger, meeting.settings, meeting.day)),
        without={rep: len(deals) for rep, deals in missing.items()},
        kept=len(promises.kept),
        judged=promises.judged,
        kept_by=kept_by(counted, meeting.review, meeting.day),
        commit_stated=sum((call.commit for call in calls.values()), ZERO) if calls else None,
        commit_after=sum((call.stands for call in calls.values()), ZERO) if calls else None,
        next_stated=sum((call.commit for call in following.values()), ZERO) if following else None,
        next_after=sum((call.stands for call in following.values()), ZERO) if following else None,
        commitments=len(made_today(meeting)) + sum(isinstance(event, Committed) for event in added),
        won=len(since.won.deals),
        lost=len(since.lost.deals),
        created=since.created.value or ZERO,
        won_amount=since.won.value or ZERO,
        lost_amount=since.lost.value or ZERO,
        focus=meeting.focus,
        worth_copying=meeting.worth_copying,
        steps=steps.of,
        agreed=len(steps.yes),
        export_day=meeting.ledger.export_day,
        won_by_then=now.won_amount,
        coverage=total_coverage(now, meeting.settings).value,
    )


def made_today(meeting: Meeting) -> tuple[Commitment, ...]:
    """List what was promised in this review, or as a step in writing for it, and still stands."""
    written = steps_in_writing(meeting.opening)
    return tuple(
        c
        for c in meeting.ledger.commitments.values()
        if c.is_open and (c.id in written or (c.review == meeting.review and c.made == meeting.day))
    )


def opened_deals(meeting: Meeting, now: datetime) -> tuple[Opened, ...]:
    """List the deals that were opened and left, with the seconds that each took."""
    slots = {slot.deal: slot for slot in (*meeting.beyond, *meeting.queue)}
    found = []
    for ident, left in meeting.left.items():
        if ident not in meeting.opened or left.exit is Exit.DROPPED:
            continue
        slot = slots.get(ident)
        found.append(
            Opened(
                deal=ident,
                rep=meeting.record(ident).rep,
                slot=slot.number if slot else 0,
                by_turn=slot is not None and slot.by_turn,
                commit=effective(meeting.opening.deals.get(ident, meeting.record(ident))).category is Category.COMMIT,
                seconds=seconds_on(meeting, ident, now),
                exit=left.exit,
            )
        )
    return tuple(found)


def seconds_on(meeting: Meeting, deal: str, now: datetime) -> int:
    """Add up the seconds that a deal stood on the screen, without pauses and gaps that do not count."""
    facts: ClockFacts = meeting.clock
    return sum(
        spent(facts, datetime.fromisoformat(visit.first), datetime.fromisoformat(visit.last) if visit.last else now)
        for visit in meeting.visits
        if visit.deal == deal
    )
