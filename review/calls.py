"""Stated forecasts: the last one that holds, and what the room did to today's (method, section 7)."""

from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from review.after_room import AfterRoom, RoomLine, after_the_room
from review.calendar import Workdays
from review.demotion import Demotions, demotions
from review.figures import ZERO
from review.learning import learning
from review.meeting import Meeting
from review.money import short_money
from review.periods import Period, asked_next, next_period, period_of
from review.records import Call, Ledger
from review.rollup import closing_line, last_calls
from review.slips import Judgement, LockFacts, judge_all
from review.words import in_a_line


class Closing(Struct, frozen=True, kw_only=True):
    """The room's one line: commit, won, target and gap of the team."""

    commit: Decimal
    """0 while nobody has stated a call."""
    won: Decimal
    target: Decimal | None
    """None where no quota is known, or the settings keep it off the screen."""
    gap: Decimal | None
    """Target less commit; negative where the commit is over it."""
    missing: tuple[str, ...] = ()
    """Present people whose number is not in yet."""


def last_call(ledger: Ledger, person: str, period: Period) -> Call | None:
    """Give a person's own last call for the period; one for the whole team is none."""
    return last_calls((call for call in ledger.calls if call.person == person), period).get(person)


def lock_facts(meeting: Meeting) -> LockFacts:
    """Gather what the rules that act at the lock need to know, as things stand now."""
    return LockFacts(
        day=meeting.day,
        review=meeting.review,
        number=meeting.ledger.held + 1,
        present=frozenset(meeting.present),
        told=frozenset((*meeting.opened, *meeting.ledger.told)),
        written=_answered_in_writing(meeting.ledger),
        learning=learning(meeting.opening, meeting.settings, meeting.day).rules,
        settings=meeting.settings,
        workdays=Workdays.of(meeting.settings),
    )


def _answered_in_writing(ledger: Ledger) -> frozenset[str]:
    """Name the people who answered on their sheet, or gave a deal its step in writing, since the last lock."""
    steps = (ledger.commitments.get(record.step) for record in ledger.current.values() if record.step_in_writing)
    return frozenset((*ledger.written, *(step.owner for step in steps if step is not None)))


class Pending(Struct, frozen=True, kw_only=True):
    """What the rules would do at the lock as things stand now."""

    slips: dict[str, Judgement]
    """Every deal in commit or in a stay, with what two slips make of it."""
    evidence: Demotions

    @property
    def moving(self) -> tuple[str, ...]:
        """Name the deals that would move to best case."""
        return (*self.slipping, *(leaving.deal for leaving in self.evidence.leave))

    @property
    def slipping(self) -> tuple[str, ...]:
        """Name the deals that two slips would move."""
        return tuple(ident for ident, judged in self.slips.items() if judged.demotes)


def pending(meeting: Meeting) -> Pending:
    """Ask the rules what they would do if the review were locked now."""
    facts = lock_facts(meeting)
    slips = judge_all(meeting.ledger, facts)
    slipping = [ident for ident, judged in slips.items() if judged.demotes]
    return Pending(slips=slips, evidence=demotions(meeting.ledger, facts, slipping=slipping))


def room_calls(meeting: Meeting, moves: Pending | None = None) -> tuple[AfterRoom, ...]:
    """List what the room did to the calls, the running period's first; pending moves are counted as made."""
    moving = (moves or pending(meeting)).moving
    calls = tuple(call for call in (*meeting.calls.values(), *meeting.next_calls.values()) if not call.team)
    return after_the_room(meeting.opening, meeting.ledger, meeting.settings, calls, moving)


def after_room(meeting: Meeting, moves: Pending | None = None) -> dict[str, AfterRoom]:
    """Map people to what the room did to their call for the running period."""
    return {entry.person: entry for entry in room_calls(meeting, moves) if entry.period <= meeting.day}


def open_calls(meeting: Meeting, moves: Pending | None = None) -> tuple[AfterRoom, ...]:
    """List the calls after the room that are still to be taken: of everybody who stated one today, also in writing."""
    return tuple(entry for entry in room_calls(meeting, moves) if entry.asks)


def asked_again(meeting: Meeting, moves: Pending | None = None) -> tuple[str, ...]:
    """Name those in the room whose call after it is still open: the lock waits for nobody who left."""
    return tuple(dict.fromkeys(one.person for one in open_calls(meeting, moves) if meeting.is_present(one.person)))


def called_period(meeting: Meeting, *, following: bool = False) -> Period:
    """Give the period that a call is for: the review's own, or the one after it."""
    period = period_of(meeting.day, meeting.settings)
    return next_period(period, meeting.settings) if following else period


def awaits_next(meeting: Meeting, person: str) -> bool:
    """Tell whether a person's call for the next period is still asked: in its last two weeks, after this period's."""
    asked = asked_next(meeting.day, meeting.settings) is not None and not awaits_word(meeting, person)
    return (
        asked
        and person in meeting.calls
        and (person not in meeting.next_calls or _waits(meeting, person, following=True))
    )


def awaits_word(meeting: Meeting, person: str) -> bool:
    """Tell whether a call that was stated in writing still waits for its rep to confirm it in the room."""
    return _waits(meeting, person, following=False)


def _waits(meeting: Meeting, person: str, *, following: bool) -> bool:
    call = (meeting.next_calls if following else meeting.calls).get(person)
    return call is not None and call.in_writing and meeting.is_present(person)


def say_line(line: RoomLine) -> str:
    """Say one deal's part: 'Northwind −184k to best case'."""
    sign = "−" if line.amount < 0 else "+"
    return f"{in_a_line(line.title)} {sign}{short_money(abs(line.amount))} {line.became.value}"


def standing_calls(meeting: Meeting, *, following: bool = False) -> dict[str, Call]:
    """Map people to the call that holds now: stated today, or carried over where they are absent."""
    period = called_period(meeting, following=following)
    today = meeting.next_calls if following else meeting.calls
    found: dict[str, Call] = {}
    for person in meeting.settings.reps:
        stated = today.get(person.id)
        last = last_call(meeting.ledger, person.id, period)
        if stated is not None:
            found[person.id] = stated
        elif last is not None and not meeting.is_present(person.id):
            found[person.id] = _carried(last)
    return found


def _carried(call: Call) -> Call:
    """Give a call as an absent rep's: what stood after its room is what is carried, and its lines are told already."""
    return replace(call, commit=call.stands, after_room=None, lines=(), titles=(), proposed=None, carried=True)


def closing(meeting: Meeting) -> Closing:
    """Give the line that the room gets, from the calls that hold now."""
    calls = standing_calls(meeting)
    line = closing_line(meeting.ledger, meeting.settings, meeting.day, calls.values())
    return Closing(
        commit=line.commit.value or ZERO,
        won=line.won,
        target=line.target.value,
        gap=line.gap.value if calls else line.target.value,
        missing=tuple(p.id for p in meeting.settings.reps if p.id not in calls and meeting.is_present(p.id)),
    )
