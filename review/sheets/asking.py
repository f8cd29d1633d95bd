"""What a rep's sheet asks: promises, the own call, and of each active deal only its blanks (method, section 11)."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil

from msgspec.structs import replace

from review.calls import called_period, last_call, lock_facts
from review.card import said_cause
from review.creation import is_new
from review.dates import short_date
from review.deals import Category, Deal, Mark
from review.evidence_gaps import gaps_now
from review.gate import check_date, check_step
from review.line import plain_step
from review.meeting import Meeting
from review.money import short_money
from review.people import Person
from review.periods import asked_next
from review.records import DealRecord, Ledger
from review.settings import Settings
from review.sheets.blank import Blank, Kind, Sheet, choices_of
from review.sheets.codes import LineCode, line_key, sheet_code, stamp_of, stamp_of_day
from review.sheets.desk_meeting import desk_meeting
from review.slips import LockFacts, pending
from review.standing import active_deals, has_all_three, step_of
from review.truth import effective
from review.words import counted, day_month

HOW = {
    Kind.PROMISE: "choose; a promise that was moved gets its new date",
    Kind.COMMIT: "like 420k, 420,000 or 1.2m",
    Kind.SURE: "the number once more, as it is meant",
    Kind.BEST: "like 508k",
    Kind.REASON: "a few words, where the commit is another than last time",
    Kind.STEP: "what, with whom at the customer (@Dana); a date; an owner if not you",
    Kind.CONFIRMED: "who at the customer confirmed the close date, and the day they said it",
    Kind.PAPER: "the stage, and the day it last moved or the appointment ahead",
    Kind.CLOSE: "the new date, and why it moves",
    Kind.EVENT: "is there a date by which they need it?",
    Kind.BUYER: "has whoever signs off the money been named?",
    Kind.NEXT: "like 420k, 420,000 or 1.2m",
    Kind.NEXT_SURE: "the number once more, as it is meant",
    Kind.NEXT_REASON: "a few words, where the commit is another than last time",
    Kind.TOLD: "nothing to write here",
}

HALVES = {
    "date": (Kind.CONFIRMED, "commit needs it, and a paper process that moves"),
    "paper": (Kind.PAPER, "commit needs it, and a date that the buyer confirmed"),
}
"""Halves of the commit evidence to the line that asks for each, with why it does."""
A_BEGINNING = 9
"""Letters by which what a line asks for is known again."""
A_MINUTE, FEW = 4, 5
"""Lines that take a minute, and the minutes that a sheet takes as a rule."""


def says_how(text: str) -> bool:
    """Tell whether a text is what a line asks for, and nothing that somebody wrote over it."""
    return any(text.strip().startswith(how[:A_BEGINNING]) for how in HOW.values())


def review_day(settings: Settings, today: date) -> date:
    """Give the day of the next weekly review; today where it is that weekday."""
    return today + timedelta(days=(settings.weekday - today.weekday()) % 7)


def sheets_of(ledger: Ledger, settings: Settings, day: date, workspace: str) -> tuple[Sheet, ...]:
    """Make the sheet of everybody of the team who has something to answer for the review of `day`."""
    meeting = desk_meeting(ledger, settings, day)
    facts = lock_facts(replace(meeting, present=tuple(person.id for person in settings.people)))
    found = []
    for person in settings.reps:
        if (person.left is None or person.left >= day) and (person.start is None or person.start <= day):
            found.append(_sheet(meeting, facts, person, workspace))
    return tuple(sheet for sheet in found if any(blank.answers for blank in sheet.blanks))


def _sheet(meeting: Meeting, facts: LockFacts, person: Person, workspace: str) -> Sheet:
    ledger, settings, day = meeting.ledger, meeting.settings, meeting.day
    mine = [ident for ident in active_deals(ledger, settings, day) if ledger.deals[ident].rep == person.id]
    mine.sort(key=lambda ident: _order(effective(ledger.deals[ident])))
    of_deals = [blank for ident in mine for blank in of_deal(meeting, ident, facts)]
    blanks = (*_promises(meeting, person), *_call(meeting, person), *of_deals)
    whole = sum(has_all_three(ledger.deals[ident], ledger, settings, day) for ident in mine)
    return Sheet(
        person=person.id,
        name=person.name,
        day=day,
        code=sheet_code(workspace, person.id, ledger),
        blanks=blanks,
        said=(
            "Answer where you can, leave the rest empty, keep the codes as they are, and send all of it back. "
            + _takes(blanks),
            f"Pipeline review of {short_date(day)} {day.year} – {person.name}.",
            _complete(whole, len(mine)),
        ),
    )


def _takes(blanks: tuple[Blank, ...]) -> str:
    """Say how long it takes; the first sheets ask more than any later one."""
    minutes = ceil(sum(blank.answers for blank in blanks) / A_MINUTE)
    return f"About {minutes} minutes." if minutes > FEW else "About five minutes."


def _complete(whole: int, active: int) -> str:
    """Say how many deals have their three."""
    if not whole:
        return (
            "None of your active deals has a step, a date and an owner yet."
            if active
            else "No deal of yours is active."
        )
    have, they = ("has", "it is") if whole == 1 else ("have", "they are")
    deals = counted(active, "active deal")
    return f"{whole} of your {deals} {have} a step, a date and an owner already; {they} not asked."


def _order(deal: Deal) -> tuple[int, bool, object, str]:
    rank = {Category.COMMIT: 0, Category.BEST_CASE: 1}.get(deal.category, 2)
    return (rank, deal.amount is None, -(deal.amount or 0), deal.id)


def _promises(meeting: Meeting, person: Person) -> Iterator[Blank]:
    for promise in meeting.due_of(person.id):
        deal = meeting.ledger.deals.get(promise.deal)
        about = f"{plain_step(promise.text)}{f' · {deal.crm.title}' if deal else ''}"
        now = f"due {short_date(promise.due, meeting.day)}"
        if promise.carried:
            now += ", carried once" if promise.carried == 1 else f", carried {promise.carried} times"
        code = LineCode(line_key(Kind.PROMISE, promise.id), stamp_of_day(promise.due))
        yield blank(meeting.settings, Kind.PROMISE, promise.id, about, now, code)


def _call(meeting: Meeting, person: Person) -> Iterator[Blank]:
    """Ask the call of the review's period, and in its last two weeks the next one's after it."""
    written = meeting.ledger.written.get(person.id)
    if written is None or written.call is None:
        yield from _call_for(meeting, person, (Kind.COMMIT, Kind.BEST, Kind.REASON))
    asked = asked_next(meeting.day, meeting.settings) is not None
    if asked and (written is None or written.next_call is None):
        yield from _call_for(meeting, person, (Kind.NEXT, Kind.NEXT_REASON))


def _call_for(meeting: Meeting, person: Person, kinds: tuple[Kind, ...]) -> Iterator[Blank]:
    period = called_period(meeting, following=Kind.NEXT in kinds)
    last = last_call(meeting.ledger, person.id, period)
    commit = last.stands if last else None
    known = {Kind.COMMIT: commit, Kind.NEXT: commit, Kind.BEST: last.best_case if last else None}
    for kind in kinds:
        if commit is None and kind in (Kind.REASON, Kind.NEXT_REASON):
            continue  # nothing can have changed
        amount = known.get(kind)
        now = f"last {short_money(amount)}" if amount is not None else "not stated yet" if kind in known else ""
        yield blank(meeting.settings, kind, person.id, f"Your call for {period.label}", now, call_code(kind, person.id))


def call_code(kind: Kind, person: str) -> LineCode:
    """Give the code of a line of somebody's call."""
    return LineCode(line_key(kind, person), stamp_of_day(date.min))


def of_deal(meeting: Meeting, ident: str, facts: LockFacts) -> Iterator[Blank]:
    """Give the blanks of one active deal, its next step first."""
    record, settings = meeting.record(ident), meeting.settings
    deal = effective(record)
    found: list[tuple[Kind, str]] = []
    if not has_all_three(record, meeting.ledger, settings, meeting.day):
        found.append((Kind.STEP, _step_now(meeting, record)))
    if wrong := _close_now(record, deal, meeting.day):
        found.append((Kind.CLOSE, wrong))
    if deal.category is Category.COMMIT:
        gaps = gaps_now(record, deal, meeting.day, settings)
        found += [(HALVES[gap.half][0], f"{gap.evidence}; {HALVES[gap.half][1]}") for gap in gaps]
    if slipping := pending(record, facts):
        found.append((Kind.TOLD, slipping.sentence.removesuffix(" Exception?")))
    if is_new(record, meeting.ledger):
        asked = ((Kind.EVENT, Mark.EVENT), (Kind.BUYER, Mark.ECONOMIC_BUYER))
        found += [(kind, "a new deal: not known yet") for kind, mark in asked if mark not in record.marks]
    for kind, now in found:
        yield deal_blank(meeting, ident, kind, now)


def deal_blank(meeting: Meeting, ident: str, kind: Kind, now: str) -> Blank:
    """Make a line that asks about a deal as it stands."""
    record = meeting.record(ident)
    code = LineCode(line_key(kind, ident), stamp_of(record, meeting.ledger.commitments))
    return blank(meeting.settings, kind, ident, about_deal(effective(record), meeting.day), now, code)


def blank(settings: Settings, kind: Kind, ident: str, about: str, now: str, code: LineCode) -> Blank:
    """Make a line with what is to be written there."""
    choices = choices_of(kind, settings.paper_stages)
    return Blank(kind=kind, ident=ident, about=about, now=now, how=HOW[kind], code=code, choices=choices)


def about_deal(deal: Deal, today: date) -> str:
    """Say which deal it is: account and name, amount, category, close date."""
    apart = bool(deal.account and deal.name) and deal.account.casefold() not in deal.name.casefold()
    name = f"{deal.account}: {deal.name}" if apart else deal.name or deal.title
    amount = short_money(deal.amount) if deal.amount is not None else "no amount"
    closes = f"closes {short_date(deal.close_date, today)}" if deal.close_date else "no close date"
    return f"{name} · {amount} · {deal.category.value} · {closes}"


def _step_now(meeting: Meeting, record: DealRecord) -> str:
    step = step_of(record, meeting.ledger.commitments)
    if step is None:
        return "no next step yet"
    wrong = check_step(step.text, meeting.settings.stock_phrases) if step.from_crm else None
    said = f"“{plain_step(step.text)}”"
    if wrong is not None:
        return f"{said}: {wrong.sentence}"
    late = check_date(step.due, meeting.day)
    if late is not None:
        return f"{said}: {'by when?' if step.due is None else late.sentence}"
    return f"{said}: who owns it?"


def _close_now(record: DealRecord, deal: Deal, day: date) -> str:
    """Say what is open of the close date: none, past, or moved later without a cause."""
    if deal.close_date is None:
        return "no close date"
    if deal.close_date < day:
        return f"{short_date(deal.close_date, day)} will have passed"
    before = record.lock
    if before is None or before.close_date is None or deal.close_date <= before.close_date:
        return ""
    if said_cause(record) is not None:
        return ""
    return f"{day_month(before.close_date)} → {day_month(deal.close_date)}: why?"
