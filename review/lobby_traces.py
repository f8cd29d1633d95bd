"""What the lobby says between two reviews, and of the queue, fact by fact (method, sections 2, 3, 6 and 8)."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from review.dates import short_date
from review.focus import Focus, third_of
from review.line import plain_step
from review.money import short_money
from review.people import display_names
from review.periods import period_of
from review.queue import Plan, Turn
from review.records import DealRecord, Ledger
from review.settings import Settings
from review.since import since_lock
from review.traces import queue_reasons
from review.truth import effective, encode, not_in_crm, not_there, say_decision
from review.why import Reason
from review.words import counted, day_month, in_words


def lobby_reasons(plan: Plan, ledger: Ledger, settings: Settings, day: date) -> tuple[Reason, ...]:
    """Say what the queue, its length, its focus and its cycle rest on; then what changed, waits and fell due."""
    return (
        *queue_reasons(plan, ledger, settings, day),
        *_focus(plan, settings, day),
        *_cycle(plan, settings),
        *_since(ledger, settings),
        *_crm(ledger),
        *_due(ledger, settings, day),
    )


def _focus(plan: Plan, settings: Settings, day: date) -> Iterator[Reason]:
    period = period_of(day, settings)
    third = third_of(period, day)
    at = f"{short_date(day)} lies in the {('first', 'second', 'last')[third - 1]} third of {period.label}"
    meant = tuple(Focus)[third - 1].value
    chosen = "" if plan.focus == meant else f"; chosen instead of {meant}"
    yield Reason("focus", f"{plan.focus}: {at}, which ends {short_date(period.last)}{chosen}")


def _cycle(plan: Plan, settings: Settings) -> Iterator[Reason]:
    """Say how the cycle comes about, the longest first."""
    names = display_names(settings.people)
    for turn in sorted(plan.turns, key=lambda one: (one.reviews is None, -(one.reviews or 0))):
        yield Reason("cycle", f"{names.get(turn.rep, turn.rep)}: {_turn(turn)}")


def _turn(turn: Turn) -> str:
    active = counted(turn.active, "active deal")
    if not turn.attended:
        if turn.reviews is None:
            return f"{active}, no slot by turn is planned: left out"
        return f"{active}, as planned, with one by turn wherever it fits: {counted(turn.reviews, 'review')}"
    seen = f"the last {counted(turn.attended, 'review')} attended" if turn.attended > 1 else "the one review attended"
    if turn.reviews is None:
        return f"{active}, none opened by turn in {seen}: left out"
    return f"{active}, {in_words(turn.by_turn)} opened by turn in {seen}: {counted(turn.reviews, 'review')}"


def _since(ledger: Ledger, settings: Settings) -> Iterator[Reason]:
    """Name the deals behind what changed since the last lock."""
    found = since_lock(ledger, settings)
    if found is None:
        return
    born = found.creation
    sums = (("new", born.created), ("appeared", born.appeared), ("handed over", born.transferred))
    for name, figure in (*sums, ("won", born.won), ("lost", born.lost)):
        yield from _named(name, figure.deals, ledger, _amount)
    yield from _named("date later", found.later, ledger, _dates)
    yield from _named("date sooner", found.sooner, ledger, _dates)
    yield from _named("stage on", found.on, ledger, _stages)
    yield from _named("stage back", found.back, ledger, _stages)
    yield from _named("vanished", found.vanished, ledger, _amount)


def _named(name: str, deals: Iterable[str], ledger: Ledger, say: Callable[[DealRecord], str]) -> Iterator[Reason]:
    for ident in deals:
        record = ledger.deals[ident]
        yield Reason(name, f"{effective(record).title}: {say(record)}")


def _amount(record: DealRecord) -> str:
    amount = effective(record).amount
    return "no amount" if amount is None else short_money(amount)


def _dates(record: DealRecord) -> str:
    was, now = record.lock.close_date if record.lock else None, effective(record).close_date
    return f"{day_month(was) if was else 'no date'} → {day_month(now) if now else 'no date'}"


def _stages(record: DealRecord) -> str:
    return f"{record.lock.stage if record.lock else ''} → {effective(record).stage}"


def _crm(ledger: Ledger) -> Iterator[Reason]:
    """Say what was decided on which day, and what the CRM shows instead."""
    for record, words in not_in_crm(ledger):
        if record.ended is not None:
            shows, on = record.crm.status.value, record.ended.day
        else:
            left = not_there(record, ledger.columns)
            there = (replace(one, value=encode(getattr(record.crm, one.field))) for one in left)
            shows, on = ", ".join(map(say_decision, there)), left[-1].day
        yield Reason("not in the CRM", f"{record.crm.title}: {words}, decided {day_month(on)}; the CRM shows {shows}")


def _due(ledger: Ledger, settings: Settings, day: date) -> Iterator[Reason]:
    """Name what fell due and is read aloud, by owner."""
    names = display_names(settings.people)
    fell = [one for one in ledger.commitments.values() if one.aloud and one.is_due(day)]
    for one in sorted(fell, key=lambda one: (one.owner, one.due)):
        carried = f", carried {one.carried}×" if one.carried else ""
        about = f" ({ledger.deals[one.deal].crm.title})" if one.deal in ledger.deals else ""
        yield Reason(
            "promise due",
            f"{names.get(one.owner, one.owner)}, {day_month(one.due)}{carried}: {plain_step(one.text)}{about}",
        )
