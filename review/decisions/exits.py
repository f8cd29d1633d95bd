"""The five ways out of inspection; nothing else closes a deal out (method, section 4)."""

from datetime import date, timedelta

import msgspec

from review.calendar import Workdays
from review.closeout import Preview, as_commitment, preview
from review.commitments import Commitment, Origin, Verdict
from review.dates import read_date
from review.deals import Ending
from review.decisions.answer import Answer, Context, Decided, decides
from review.events import (
    ClosedOut,
    Committed,
    DealEnded,
    Dropped,
    Fact,
    Parked,
    TakenOffline,
    VerdictGiven,
)
from review.intents import CloseOut, Drop, EndDeal, Park, TakeOffline
from review.meeting import Meeting
from review.people import Person, find_person
from review.results import Refusal


@decides(CloseOut)
def close_out(meeting: Meeting, intent: CloseOut, context: Context) -> Answer:
    """Close a deal out where step, date and owner are valid; otherwise say which is not."""
    refused = must_be_here(meeting, intent.deal)
    if refused is not None:
        return refused
    seen = preview(meeting, intent.deal, intent.line)
    if not seen.green:
        return Refusal(seen.violations[0].sentence, seen.violations[0].field)
    title = meeting.record(intent.deal).crm.title
    if seen.keeps is not None:
        return Decided((ClosedOut(deal=intent.deal, step=seen.keeps, new=False),), f"closed out {title}")
    return Decided((*_steps(meeting, intent.deal, seen, context),), f"closed out {title}")


def _steps(meeting: Meeting, deal: str, seen: Preview, context: Context) -> tuple[Fact, ...]:
    """Move the standing step where only its day changed, otherwise put the new one in its place."""
    old = meeting.step(deal)
    step = as_commitment(meeting, deal, seen, context.commitment_id())
    if old is not None and old.text == step.text and old.owner == step.owner and old.due != step.due:
        moved = moved_to(old, step.due, meeting.day)
        moved = msgspec.structs.replace(moved, agreed=step.agreed, customers=step.customers)
        verdict: tuple[Fact, ...] = ()
        if old.is_due(meeting.day):
            verdict = (VerdictGiven(commitment=old.id, verdict=Verdict.MOVED, due=step.due, review=meeting.review),)
        return (*verdict, ClosedOut(deal=deal, step=moved, new=False))
    return (ClosedOut(deal=deal, step=step, new=True),)


def moved_to(commitment: Commitment, due: date, today: date) -> Commitment:
    """Give a commitment a new date: carried where the old one has passed, moved early where it has not."""
    if commitment.due < today:
        return msgspec.structs.replace(commitment, due=due, carried=commitment.carried + 1)
    return msgspec.structs.replace(commitment, due=due, early_moves=commitment.early_moves + 1)


@decides(EndDeal)
def end_deal(meeting: Meeting, intent: EndDeal, context: Context) -> Answer:
    """End a deal; its rep sets it in the CRM by the next working day."""
    refused = must_be_here(meeting, intent.deal)
    if refused is not None:
        return refused
    if intent.reason is None and intent.kind is not Ending.DUPLICATE:
        return Refusal(f"Why {intent.kind.value}? Choose a reason.", "reason")
    record = meeting.record(intent.deal)
    title = record.crm.title
    owner = rep_or_manager(meeting, intent.deal)
    events: list[Fact] = [
        DealEnded(
            deal=intent.deal,
            kind=intent.kind,
            reason=intent.reason,
            lesson=" ".join(intent.lesson.split()),
            category_then=meeting.effective(intent.deal).category,
        )
    ]
    if owner is not None:
        events.append(
            Committed(
                commitment=homework(
                    meeting, context, owner, f"Set in the CRM: {title} {intent.kind.value}", Origin.CRM, intent.deal
                )
            )
        )
    return Decided(tuple(events), f"ended {title} as {intent.kind.value}")


@decides(TakeOffline)
def take_offline(meeting: Meeting, intent: TakeOffline, context: Context) -> Answer:
    """Take a deal out of the room with somebody, on a day within the week; its old step stays."""
    refused = must_be_here(meeting, intent.deal)
    if refused is not None:
        return refused
    who = " ".join(intent.who.split())
    rep = rep_or_manager(meeting, intent.deal)
    if rep is None:
        return Refusal("This deal's owner is nobody of the team. Add the owner first.", "owner")
    if not who:
        return Refusal("With whom? Write a name.", "who")
    days = meeting.settings.thresholds.offline_days
    day = read_date(intent.when, meeting.day, meeting.settings.date_order)
    if day is None or not meeting.day <= day <= meeting.day + timedelta(days=days):
        last = meeting.day + timedelta(days=days)
        return Refusal(f"When? A day from today to {last:%a} {last.day} {last:%b}.", "when")
    title = meeting.record(intent.deal).crm.title
    other = find_person(meeting.settings.people, who)
    session = Commitment(
        id=context.commitment_id(),
        text=f"Session on {title} with {other.name if other else who}",
        owner=rep.id,
        due=day,
        first_due=day,
        made=meeting.day,
        review=meeting.review,
        origin=Origin.OFFLINE,
        deal=intent.deal,
    )
    return Decided((TakenOffline(deal=intent.deal, session=session),), f"took {title} offline")


@decides(Park)
def park(meeting: Meeting, intent: Park, context: Context) -> Answer:
    """Park a deal, once: its rep completes the step by the next working day."""
    refused = must_be_here(meeting, intent.deal)
    if refused is not None:
        return refused
    record = meeting.record(intent.deal)
    if record.parks:
        return Refusal("Parked last time already: give it a step, end it, or take it offline.", "step")
    rep = rep_or_manager(meeting, intent.deal)
    if rep is None:
        return Refusal("This deal's owner is nobody of the team. Add the owner first.", "owner")
    title = record.crm.title
    task = homework(meeting, context, rep, f"Complete the next step for {title}", Origin.PARKED, intent.deal)
    return Decided((Parked(deal=intent.deal, homework=task),), f"parked {title}")


@decides(Drop)
def drop(meeting: Meeting, intent: Drop, context: Context) -> Answer:  # noqa: ARG001
    """Drop a deal for which time ran out; it comes first by turn next week."""
    refused = must_be_here(meeting, intent.deal)
    if refused is not None:
        return refused
    return Decided((Dropped(deal=intent.deal),), f"dropped {meeting.record(intent.deal).crm.title}")


def must_be_here(meeting: Meeting, deal: str) -> Refusal | None:
    """Refuse a deal that is unknown, ended or closed."""
    if deal not in meeting.ledger.deals:
        return Refusal("That deal is not in the export.")
    title = meeting.record(deal).crm.title
    if meeting.ledger.deals[deal].ended is not None:
        return Refusal(f"{title} was ended. Undo that first.")
    if meeting.is_gone(deal):
        return Refusal(f"{title} is closed in the CRM.")
    return None


def rep_or_manager(meeting: Meeting, deal: str) -> Person | None:
    """Give the deal's rep, or the manager where its owner is nobody of the team."""
    return meeting.person(meeting.record(deal).rep) or meeting.settings.manager


def homework(meeting: Meeting, context: Context, owner: Person, text: str, origin: Origin, deal: str) -> Commitment:
    """Make a commitment due the owner's next working day."""
    due = Workdays.of(meeting.settings).next_working(meeting.day, owner)
    return Commitment(
        id=context.commitment_id(),
        text=text,
        owner=owner.id,
        due=due,
        first_due=due,
        made=meeting.day,
        review=meeting.review,
        origin=origin,
        deal=deal,
    )
