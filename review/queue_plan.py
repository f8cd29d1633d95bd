"""Making the queue before the meeting: slots, two rounds, the order of the team, and what fits (method, section 6)."""

from collections.abc import Sequence
from datetime import date

from review.bearings import THIRDS, Bearings, take_bearings
from review.calendar import Workdays
from review.cycle import Turns, cycle_of
from review.focus import Focus, focus_of, third_of
from review.pace import Pace, pace_of
from review.people import Person, display_names
from review.periods import in_first_month
from review.queue import Plan, Slot, fitted, say_fit
from review.queue_pick import Candidate, Pick, Picker, as_slot, look_at
from review.records import Ledger
from review.settings import Settings

SPARE_SECONDS = 120
"""What the queue leaves free of its section."""
FEW_DEALS = 3
"""With fewer active deals than this a rep has one slot."""

Rounds = tuple[list[Slot], list[Slot]]


def plan_queue(
    ledger: Ledger,
    *,
    settings: Settings,
    day: date,
    present: Sequence[str],
    focus: Focus | None = None,
    workdays: Workdays,
) -> Plan:
    """Plan the queue of a review for those who are present; the same facts give the same queue."""
    bearings = take_bearings(ledger, settings, day, workdays)
    chosen = focus or focus_of(day, settings)
    team = turn_order(ledger, settings, day)
    deals = _by_rep(bearings, team, chosen)
    pace = pace_of(ledger.locks, settings.thresholds)
    rounds = {person.id: _rounds(person, deals[person.id], bearings, chosen, pace) for person in team}
    here = [person.id for person in team if person.id in present]
    every = _in_order(rounds, here)
    room = room_for_deals(settings)
    slots, beyond = fitted(every, room)
    regular = frozenset(person.id for person in team if has_turns(person, len(deals[person.id]), bearings))
    cut = len({slot.rep for slot in beyond if slot.number == 2} & regular)
    firsts_fit = all(slot.number > 1 for slot in beyond)
    turns = Turns(order=tuple(person.id for person in team), regular=regular, cut=cut, firsts_fit=firsts_fit)
    active = {person.id: len(deals[person.id]) for person in team}
    cycle = cycle_of(active, ledger.locks, turns, settings.thresholds)
    return Plan(
        slots=slots,
        beyond=beyond,
        away=_in_order(rounds, [person.id for person in team if person.id not in present]),
        focus=chosen.value,
        cycle_weeks=cycle.weeks,
        left_out=cycle.left_out,
        turns=cycle.turns,
        room=room,
        sentence=say_fit(slots, beyond),
        measured=pace.measured,
    )


def turn_order(ledger: Ledger, settings: Settings, day: date) -> tuple[Person, ...]:
    """Give the whole team in this review's order, which moves on by one at each held review."""
    team = [person for person in settings.reps if person.left is None or person.left >= day]
    first = ledger.held % len(team) if team else 0
    return (*team[first:], *team[:first])


def room_for_deals(settings: Settings) -> int:
    """Give the seconds that the queue may take of its section."""
    minutes = next((section.minutes for section in settings.sections if section.id == "inspection"), 0)
    return max(0, minutes * 60 - SPARE_SECONDS)


def has_turns(person: Person, active: int, bearings: Bearings) -> bool:
    """Tell whether somebody has a slot by turn in every plan; who is new has one slot, filled like slot 1."""
    slots = bearings.settings.thresholds.queue_slots
    return slots > 1 and active >= FEW_DEALS and not in_first_month(person, bearings.day)


def was_away(person: Person, ledger: Ledger) -> bool:
    """Tell whether somebody of the team missed the last held review."""
    last = ledger.last_lock
    if last is None or person.id in last.present:
        return False
    return person.start is None or person.start <= last.day


def _by_rep(bearings: Bearings, team: Sequence[Person], focus: Focus) -> dict[str, list[Candidate]]:
    """Sort the active deals by their reps; those of others are nobody's to be asked about."""
    deals: dict[str, list[Candidate]] = {person.id: [] for person in team}
    for record, deal in bearings.active():
        if record.rep in deals:
            deals[record.rep].append(look_at(record, deal, bearings, focus))
    return deals


def _rounds(person: Person, deals: list[Candidate], bearings: Bearings, focus: Focus, pace: Pace) -> Rounds:
    """Fill one rep's slots: those of round 1, and those of round 2."""
    ledger = bearings.ledger
    name = display_names(bearings.settings.people).get(person.id, person.name)
    picker = Picker(deals, name, ledger.last_lock.day if ledger.last_lock else None)
    first = [(1, picker.at_stake())]
    second: list[tuple[int, Pick | None]] = []
    if has_turns(person, len(deals), bearings):
        goes_to_new = picker.new_ones > 1 and (ledger.held + 1) % 2 == 0
        first.append((2, picker.new_one() if goes_to_new else picker.by_turn()))
        if was_away(person, ledger):
            first.append((2, picker.by_turn()))
        like_first = focus is Focus.CLOSE_PLANS and third_of(bearings.period, bearings.day) == THIRDS
        for number in range(3, bearings.settings.thresholds.queue_slots + 1):
            second.append((number, picker.at_stake() if like_first else picker.in_focus()))
    return _slots(first, pace), _slots(second, pace)


def _slots(picks: Sequence[tuple[int, Pick | None]], pace: Pace) -> list[Slot]:
    return [as_slot(pick, number, pace) for number, pick in picks if pick is not None]


def _in_order(rounds: dict[str, Rounds], people: Sequence[str]) -> tuple[Slot, ...]:
    """Put the slots into the order of the meeting: everybody's first round, then everybody's second."""
    return tuple(slot for part in (0, 1) for person in people for slot in rounds[person][part])
