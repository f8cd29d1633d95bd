"""How a review begins: who is expected, the queue, and everything that is pinned."""

from collections.abc import Sequence
from datetime import date, datetime

from review.calendar import Workdays
from review.events import Started
from review.people import Person
from review.queue import Plan
from review.records import Ledger
from review.settings import Settings


def expected(settings: Settings, today: date) -> tuple[str, ...]:
    """List who is expected in the room: everybody of the team who has started, is not away and has not left."""
    return tuple(
        person.id
        for person in settings.people
        if (person.carries or person.manager) and not person.is_away(today) and _is_there(person, today)
    )


def room_of(settings: Settings, today: date) -> tuple[Person, ...]:
    """List who may be in the room: the team and its manager, without those who have left."""
    return tuple(
        person
        for person in settings.people
        if (person.carries or person.manager) and (person.left is None or person.left >= today)
    )


def _is_there(person: Person, today: date) -> bool:
    started = person.start is None or person.start <= today
    return started and (person.left is None or person.left >= today)


def plan(ledger: Ledger, settings: Settings, today: date, present: Sequence[str]) -> Plan:
    """Plan the queue for those who are here."""
    from review.queue_plan import plan_queue  # the lobby shows a queue that was planned before

    return plan_queue(ledger, settings=settings, day=today, present=present, focus=None, workdays=Workdays.of(settings))


def start(
    ledger: Ledger,
    settings: Settings,
    *,
    review: str,
    today: date,
    present: Sequence[str],
    planned: Plan,
    desk: int,
    planned_start: datetime | None = None,
    speed: int = 1,
) -> Started:
    """Make the first event of a review, which pins what it stands on."""
    last = ledger.last_lock
    return Started(
        review=review,
        day=today,
        settings=settings,
        present=tuple(present),
        queue=planned.slots,
        beyond=planned.beyond,
        away=planned.away,
        focus=planned.focus,
        cycle_weeks=planned.cycle_weeks,
        desk=desk,
        lock=last.review if last else "",
        export=ledger.export,
        planned_start=planned_start,
        speed=speed,
    )
