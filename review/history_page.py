"""What the locks and the health figures say, for the team; what rates a person apart (method, sections 2 and 12)."""

from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from review.accuracy import Accuracy, accuracies
from review.bearings import take_bearings
from review.born import born_late
from review.calendar import Workdays
from review.closed import won_amount
from review.coverage import Coverage, CreationNumber, coverage, creation_number
from review.creation import Replacement, replacement
from review.deals import Mark
from review.figures import Figure, lacking, ratio
from review.from_exports import say_past
from review.health import (
    Cycle,
    Punctuality,
    Share,
    Velocity,
    WinRate,
    WonSize,
    agreed_steps,
    cycle,
    cycles_by_type,
    mark_rate,
    punctuality,
    velocity,
    win_rate,
    won_sizes,
)
from review.health_window import health_window
from review.kept import KeptOver, kept_over
from review.momentum import TeamMomentum, team_momentum
from review.passage import Conversion, conversions
from review.people import Person
from review.periods import is_ramping, period_of, period_quota
from review.records import Exit, Ledger, LockRow
from review.rollup import RollUp, roll_up
from review.settings import Settings


class PastLock(Struct, frozen=True, kw_only=True):
    """One held review, for the room: nothing in it rates a person."""

    review: str
    day: date
    held: int
    present: int
    seconds: int
    planned: int
    opened: int
    with_step: int
    """Deals closed out in the room."""
    active: int
    without: int
    kept: int
    judged: int
    commitments: int
    commit_stated: Decimal | None
    commit_after: Decimal | None
    created: Decimal
    won: int
    won_amount: Decimal
    lost: int
    lost_amount: Decimal
    focus: str
    worth_copying: str

    @property
    def momentum(self) -> int | None:
        """Percent of the active deals that had step, date and owner; None without active deals."""
        return 100 * (self.active - self.without) // self.active if self.active else None


class TeamFigures(Struct, frozen=True, kw_only=True):
    """The health figures of the team."""

    momentum: TeamMomentum | None
    kept: KeptOver
    kept_target: int
    punctuality: tuple[Punctuality, ...]
    win_rate: WinRate
    cycle: Cycle
    cycles: tuple[Cycle, ...]
    won_sizes: tuple[WonSize, ...]
    velocity: Velocity
    conversions: tuple[Conversion, ...]
    economic_buyer: Share
    champion: Share
    agreed: Share | None
    """None before the review from which it shows."""
    coverage: Coverage
    replacement: Replacement
    creation_number: CreationNumber


class PersonFigures(Struct, frozen=True, kw_only=True):
    """What rates one person: for the manager alone."""

    person: str
    name: str
    kept: KeptOver
    accuracy: Accuracy
    win_rate: WinRate
    cycle: Cycle
    with_step: tuple[int, int]
    """Active deals that have momentum, and all."""
    call: Decimal | None
    quota: Decimal | None
    attainment: Figure
    """Won in the running period over quota."""
    ramping: bool
    born_late: int


class History(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Locks, team and, where asked for by name, people."""

    day: date
    currency: str
    period: str
    locks: tuple[PastLock, ...]
    team: TeamFigures
    past: str = ""
    """What the figures rest on besides: exports of before the first review."""
    own_kept: KeptOver | None = None
    """The manager's own kept rate, which the room may see."""
    people: tuple[PersonFigures, ...] | None = None
    """None unless asked for."""


def history(ledger: Ledger, settings: Settings, day: date, *, private: bool = False) -> History:
    """Gather the history on a day."""
    goal = settings.thresholds.kept_target
    manager = settings.manager
    return History(
        day=day,
        currency=settings.currency,
        period=period_of(day, settings).label,
        locks=tuple(_lock(row) for row in ledger.locks),
        team=_team(ledger, settings, day),
        past=say_past(ledger.past),
        own_kept=kept_over(ledger.locks, goal, manager.id) if manager else None,
        people=_people(ledger, settings, day) if private else None,
    )


def _lock(row: LockRow) -> PastLock:
    return PastLock(
        review=row.review,
        day=row.day,
        held=row.held,
        present=len(row.present),
        seconds=row.seconds,
        planned=sum(row.planned.values()),
        opened=len(row.opened),
        with_step=sum(each.exit is Exit.CLOSED_OUT for each in row.opened),
        active=row.active,
        without=sum(row.without.values()),
        kept=row.kept,
        judged=row.judged,
        commitments=row.commitments,
        commit_stated=row.commit_stated,
        commit_after=row.commit_after,
        created=row.created,
        won=row.won,
        won_amount=row.won_amount,
        lost=row.lost,
        lost_amount=row.lost_amount,
        focus=row.focus,
        worth_copying=row.worth_copying,
    )


def _momentum(ledger: Ledger, settings: Settings, day: date) -> TeamMomentum:
    return team_momentum(take_bearings(ledger, settings, day, Workdays.of(settings)), number=ledger.held + 1)


def _team(ledger: Ledger, settings: Settings, day: date) -> TeamFigures:
    shows_more = ledger.held >= settings.thresholds.shows_more_from
    return TeamFigures(
        # A share for each person would rate people.
        momentum=replace(_momentum(ledger, settings, day), by_rep={}) if ledger.deals else None,
        kept=kept_over(ledger.locks, settings.thresholds.kept_target),
        kept_target=settings.thresholds.kept_target,
        punctuality=punctuality(ledger.locks),
        win_rate=win_rate(ledger, settings, day),
        cycle=cycle(ledger, settings, day),
        cycles=cycles_by_type(ledger, settings, day),
        won_sizes=won_sizes(ledger, settings, day),
        velocity=velocity(ledger, settings, day),
        conversions=conversions(ledger, settings, health_window(settings, day)),
        economic_buyer=mark_rate(ledger, settings, day, Mark.ECONOMIC_BUYER),
        champion=mark_rate(ledger, settings, day, Mark.CHAMPION),
        agreed=agreed_steps(ledger, settings, day) if shows_more else None,
        coverage=coverage(ledger, settings, day),
        replacement=replacement(ledger),
        creation_number=creation_number(ledger, settings, day),
    )


def _people(ledger: Ledger, settings: Settings, day: date) -> tuple[PersonFigures, ...]:
    momentum = _momentum(ledger, settings, day).by_rep
    calls = roll_up(ledger.calls, settings, period_of(day, settings), day)
    scored = {each.person: each for each in accuracies(ledger, settings, day)}
    people = [*settings.reps, *([settings.manager] if settings.manager and not settings.manager.carries else [])]
    return tuple(
        _person(person, ledger, settings, day, scored[person.id], momentum.get(person.id, (0, 0)), calls)
        for person in people
        if person.id in scored
    )


def _person(
    person: Person,
    ledger: Ledger,
    settings: Settings,
    day: date,
    scored: Accuracy,
    with_step: tuple[int, int],
    calls: RollUp,
) -> PersonFigures:
    period = period_of(day, settings)
    quota = period_quota(person, period)
    own = calls.own if person.manager else next((each for each in calls.calls if each.person == person.id), None)
    none = "no quota is set"
    won = won_amount(ledger, period, person.id)
    return PersonFigures(
        person=person.id,
        name=person.name,
        kept=kept_over(ledger.locks, settings.thresholds.kept_target, person.id),
        accuracy=scored,
        win_rate=win_rate(ledger, settings, day, person.id),
        cycle=cycle(ledger, settings, day, person.id),
        with_step=with_step,
        call=own.stands if own else None,
        quota=quota,
        attainment=ratio(won, quota, "the quota is 0") if quota is not None else lacking(none),
        ramping=is_ramping(person, day),
        born_late=_born_late(ledger, settings, day, person.id),
    )


def _born_late(ledger: Ledger, settings: Settings, day: date, person: str) -> int:
    bearings = take_bearings(ledger, settings, day, Workdays.of(settings))
    return sum(
        bool(born_late(record, record.crm, bearings)) for record in ledger.deals.values() if record.rep == person
    )
