"""Stated forecasts: the last one that holds, and what the room did to today's (method, section 7)."""

from decimal import Decimal

from msgspec import Struct

from review.after_room import AfterRoom, RoomLine, after_the_room
from review.calendar import Workdays
from review.meeting import Meeting
from review.money import short_money
from review.periods import Period, period_of
from review.pipeline import pipeline_of
from review.records import Call, Ledger
from review.slips import LockFacts, judge_all


class Closing(Struct, frozen=True, kw_only=True):
    """The room's one line: commit, won, target and gap of the team."""

    commit: Decimal
    won: Decimal
    target: Decimal | None
    missing: tuple[str, ...] = ()
    """Present people whose number is not in yet."""

    @property
    def gap(self) -> Decimal | None:
        """Target less commit; negative where the commit is over it."""
        return None if self.target is None else self.target - self.commit


def last_call(ledger: Ledger, person: str, period: Period) -> Call | None:
    """Give a person's last call for the period, from an earlier review."""
    found = [call for call in ledger.calls if call.person == person and call.period == period.first]
    return found[-1] if found else None


def lock_facts(meeting: Meeting) -> LockFacts:
    """Gather what the rules that act at the lock need to know, as things stand now."""
    return LockFacts(
        day=meeting.day,
        review=meeting.review,
        number=meeting.ledger.held + 1,
        present=frozenset(meeting.present),
        told=frozenset(meeting.opened),
        settings=meeting.settings,
        workdays=Workdays.of(meeting.settings),
    )


def after_room(meeting: Meeting) -> dict[str, AfterRoom]:
    """Map people to what the room did to their call, pending moves counted as made."""
    facts = lock_facts(meeting)
    moving = [ident for ident, judged in judge_all(meeting.ledger, facts).items() if judged.demotes]
    entries = after_the_room(meeting.opening, meeting.ledger, meeting.settings, tuple(meeting.calls.values()), moving)
    return {entry.person: entry for entry in entries}


def say_line(line: RoomLine) -> str:
    """Say one deal's part: 'Northwind −184k to best case'."""
    sign = "−" if line.amount < 0 else "+"
    return f"{line.title} {sign}{short_money(abs(line.amount))} {line.became.value}"


def standing_calls(meeting: Meeting) -> dict[str, Call]:
    """Map people to the call that holds now: stated today, or carried over where they are absent."""
    period = period_of(meeting.day, meeting.settings)
    found: dict[str, Call] = {}
    for person in meeting.settings.reps:
        stated = meeting.calls.get(person.id)
        last = last_call(meeting.ledger, person.id, period)
        if stated is not None:
            found[person.id] = stated
        elif last is not None and not meeting.is_present(person.id):
            found[person.id] = last
    return found


def closing(meeting: Meeting, target: Decimal | None) -> Closing:
    """Add the team's calls up for the line that the room gets."""
    calls = standing_calls(meeting)
    won = pipeline_of(meeting.ledger, meeting.settings, meeting.day).won_amount
    return Closing(
        commit=sum((call.stands for call in calls.values()), Decimal(0)),
        won=won,
        target=target,
        missing=tuple(p.id for p in meeting.settings.reps if p.id not in calls and meeting.is_present(p.id)),
    )
