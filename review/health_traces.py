"""What the team's health figures rest on, deal by deal; nothing in it rates a person (method, section 12)."""

from collections.abc import Iterable, Iterator
from datetime import date

from review.closed import closed_day, worth
from review.creation import intervals_before, replacement
from review.deals import Mark
from review.health import agreed_steps, cycle, mark_rate, velocity, win_rate
from review.money import short_money
from review.records import DealRecord, Ledger
from review.settings import Settings
from review.truth import effective
from review.why import Reason
from review.words import counted, day_month


def health_reasons(ledger: Ledger, settings: Settings, day: date) -> tuple[Reason, ...]:
    """Say which reviews and deals stand behind each of the team's figures."""
    return (
        *_kept(ledger),
        *_closed(ledger, settings, day),
        *_cycle(ledger, settings, day),
        *_factors(ledger, settings, day),
        *_created(ledger),
        *_marks(ledger, settings, day),
    )


def _kept(ledger: Ledger) -> Iterator[Reason]:
    for row in ledger.locks:
        if row.judged:
            yield Reason("kept rate", f"{row.kept} of {row.judged} at the lock of {day_month(row.day)}")


def _closed(ledger: Ledger, settings: Settings, day: date) -> Iterator[Reason]:
    rates = win_rate(ledger, settings, day)
    for name, deals in (("won", rates.won), ("lost", rates.lost)):
        for record in _records(ledger, deals):
            on = closed_day(record)
            dated = f", {_dated(on)}" if on is not None else ""
            yield Reason(name, f"{effective(record).title}: {short_money(worth(record))}{dated}")


def _cycle(ledger: Ledger, settings: Settings, day: date) -> Iterator[Reason]:
    for record in _records(ledger, cycle(ledger, settings, day).median.deals):
        on, created = closed_day(record), record.crm.created
        if on is not None and created is not None:
            days = counted((on - created).days, "day")
            yield Reason("cycle", f"{effective(record).title}: created {_dated(created)}, won {_dated(on)}, {days}")


def _factors(ledger: Ledger, settings: Settings, day: date) -> Iterator[Reason]:
    speed = velocity(ledger, settings, day)
    titles = ", ".join(effective(record).title for record in _records(ledger, speed.qualified))
    yield Reason("qualified", f"{counted(len(speed.qualified), 'deal')}: {titles}" if titles else "no deal")


def _created(ledger: Ledger) -> Iterator[Reason]:
    pace = replacement(ledger)
    if pace.recent.value is None:
        yield Reason("replacement", pace.recent.why)
        return
    over = counted(pace.intervals, "interval")
    yield Reason("replacement", f"{short_money(pace.created)} created ÷ {short_money(pace.gone)} gone, over {over}")
    for row in intervals_before(ledger):
        gone = row.won_amount + row.lost_amount
        yield Reason("", f"up to {day_month(row.day)}: {short_money(row.created)} created, {short_money(gone)} gone")


def _marks(ledger: Ledger, settings: Settings, day: date) -> Iterator[Reason]:
    for name, share in (
        ("economic buyer", mark_rate(ledger, settings, day, Mark.ECONOMIC_BUYER)),
        ("champion", mark_rate(ledger, settings, day, Mark.CHAMPION)),
        ("agreed steps", agreed_steps(ledger, settings, day)),
    ):
        titles = ", ".join(effective(record).title for record in _records(ledger, share.yes))
        yield Reason(name, f"{len(share.yes)} of {share.of}{f': {titles}' if titles else ''}")


def _records(ledger: Ledger, deals: Iterable[str]) -> list[DealRecord]:
    return [ledger.deals[deal] for deal in deals]


def _dated(day: date) -> str:
    return f"{day_month(day)} {day.year}"
