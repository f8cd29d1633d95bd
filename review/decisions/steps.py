"""A next step given outside of inspection, through the same gate (method, sections 3 and 11)."""

from review.closeout import preview
from review.decisions.answer import Answer, Context, Decided, course, decides
from review.decisions.exits import close_out, must_be_here, next_step_of
from review.events import StepGiven
from review.intents import CloseOut, NextStep
from review.intents_deal import Sweep
from review.meeting import Meeting
from review.records import Exit
from review.results import Refusal


@decides(NextStep)
def next_step(meeting: Meeting, intent: NextStep, context: Context) -> Answer:
    """Give a deal its next step where step, date and owner are valid; the deal does not leave inspection by it."""
    refused = must_be_here(meeting, intent.deal)
    if refused is not None:
        return refused
    seen = preview(meeting, intent.deal, intent.line)
    if not seen.green:
        return Refusal(seen.violations[0].sentence, seen.violations[0].field)
    if seen.keeps is not None:
        return course(())
    judged, step, _ = next_step_of(meeting, intent.deal, seen, context)
    return Decided(
        (*judged, StepGiven(deal=intent.deal, step=step)), f"next step on {meeting.record(intent.deal).crm.title}"
    )


@decides(Sweep)
def sweep(meeting: Meeting, intent: Sweep, context: Context) -> Answer:
    """Close a deal out in the sweep; one that time ran out for gets its step and stays first by turn next week."""
    left = meeting.left.get(intent.deal)
    dropped = left is not None and left.exit is Exit.DROPPED
    if dropped or any(slot.deal == intent.deal for slot in meeting.to_go):
        return next_step(meeting, NextStep(deal=intent.deal, line=intent.line), context)
    return close_out(meeting, CloseOut(deal=intent.deal, line=intent.line), context)
