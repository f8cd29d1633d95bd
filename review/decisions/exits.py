"""The five ways out of inspection; nothing else closes a deal out (method, section 4)."""

from datetime import timedelta

from msgspec.structs import replace

from review.calendar import Workdays
from review.closeout import Preview, as_commitment, preview
from review.collecting import open_one, passed_by, say_crm
from review.commitments import Commitment, Origin, Verdict
from review.dates import read_date
from review.deals import Ending
from review.decisions.answer import Answer, Context, Decided, decides
from review.decisions.redate import judging_review, redated
from review.events import (
    ClosedOut,
    CommitmentMended,
    Committed,
    DealEnded,
    Dropped,
    Fact,
    Parked,
    TakenOffline,
    VerdictGiven,
)
from review.folding.change import with_record
from review.folding.deals import ended
from review.intents import CloseOut, Drop, EndDeal, Park, TakeOffline
from review.meeting import Meeting
from review.people import Person, find_person
from review.records import Exit
from review.results import Refusal


@decides(CloseOut)
def close_out(meeting: Meeting, intent: CloseOut, context: Context) -> Answer:
    """Close a deal out where step, date and owner are valid; otherwise say which is not."""
    refused = must_be_here(meeting, intent.deal)
    if refused is not None:
        return refused
    named = meeting.person(intent.owner)
    if intent.owner and named is None:
        return Refusal("who owns it? One known person", "owner")
    seen = preview(meeting, intent.deal, intent.line, beside=intent.day, named=named)
    if not seen.green:
        return Refusal(seen.violations[0].sentence, seen.violations[0].field)
    judged: tuple[VerdictGiven, ...] = ()
    step, new = seen.keeps, False
    if step is None:
        judged, step, new = next_step_of(meeting, intent.deal, seen, context)
    out = ClosedOut(deal=intent.deal, step=step, new=new, in_writing=intent.in_writing)
    return Decided((*judged, out), f"closed out {meeting.record(intent.deal).crm.title}")


def next_step_of(
    meeting: Meeting, deal: str, seen: Preview, context: Context
) -> tuple[tuple[VerdictGiven, ...], Commitment, bool]:
    """Go on with the standing step where text and owner are the same, otherwise make a new one.

    Gives the verdict that another day means for a step that fell due, the step, and whether it is new.
    """
    old = meeting.step(deal)
    step = as_commitment(meeting, deal, seen, context.commitment_id(meeting))
    if old is None or (old.text, old.owner) != (step.text, step.owner):
        return (), step, True
    moved = replace(redated(meeting, old, step.due), agreed=step.agreed, customers=step.customers)
    if not old.is_due(meeting.day):
        return (), moved, False
    review = judging_review(meeting, old.id)
    return (VerdictGiven(commitment=old.id, verdict=Verdict.MOVED, due=step.due, review=review),), moved, False


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
    event = DealEnded(
        deal=intent.deal,
        kind=intent.kind,
        reason=intent.reason,
        lesson=" ".join(intent.lesson.split()),
        category_then=meeting.effective(intent.deal).category,
    )
    return Decided((event, *_set_in_crm(meeting, event, context)), f"ended {title} as {intent.kind.value}")


def _set_in_crm(meeting: Meeting, event: DealEnded, context: Context) -> tuple[Fact, ...]:
    """Put the ended deal into the one commitment of its rep that says what to set in the CRM."""
    owner = rep_or_manager(meeting, event.deal)
    if owner is None:
        return ()
    record = ended(meeting.record(event.deal), event, meeting.review, meeting.day)
    ledger = with_record(meeting.ledger, event.deal, record)
    known = open_one(ledger, owner.id, Origin.CRM)
    deals = tuple(dict.fromkeys((*(known.deals if known else ()), event.deal)))
    task = homework(meeting, context, owner, say_crm(ledger, deals, passed_by(ledger)), Origin.CRM)
    if known is None:
        return (Committed(commitment=replace(task, deals=deals)),)
    return (CommitmentMended(commitment=replace(known, text=task.text, deals=deals, due=task.due)),)


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
        id=context.commitment_id(meeting),
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
    left = meeting.left.get(intent.deal)
    if left is not None and left.exit is Exit.PARKED:
        return Refusal("Parked already: its rep completes the step by the next working day.", "step")
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
    if intent.deal in meeting.left:
        return Refusal(f"{meeting.record(intent.deal).crm.title} has left inspection already.")
    return Decided((Dropped(deal=intent.deal),), f"dropped {meeting.record(intent.deal).crm.title}")


def must_be_here(meeting: Meeting, deal: str) -> Refusal | None:
    """Refuse a deal that is unknown, ended or closed."""
    if deal not in meeting.ledger.deals:
        return Refusal("That deal is not in the export.")
    title = meeting.record(deal).crm.title
    if meeting.ledger.deals[deal].ended is not None:
        return Refusal(f"{title} was ended. Undo that first.")
    if meeting.record(deal).missing_since is not None:
        return Refusal(f"{title} is not in the last export any more.")
    if meeting.is_gone(deal):
        return Refusal(f"{title} is closed in the CRM.")
    return None


def rep_or_manager(meeting: Meeting, deal: str) -> Person | None:
    """Give the deal's rep, or the manager where its owner is nobody of the team."""
    return meeting.person(meeting.record(deal).rep) or meeting.settings.manager


def homework(
    meeting: Meeting, context: Context, owner: Person, text: str, origin: Origin, deal: str = ""
) -> Commitment:
    """Make a commitment due the owner's next working day."""
    due = Workdays.of(meeting.settings).next_working(meeting.day, owner)
    return Commitment(
        id=context.commitment_id(meeting),
        text=text,
        owner=owner.id,
        due=due,
        first_due=due,
        made=meeting.day,
        review=meeting.review,
        origin=origin,
        deal=deal,
    )
