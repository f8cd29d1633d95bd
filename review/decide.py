"""The one way in: an intent is answered with events, or refused with a sentence."""

from review.decisions import calls, card, causes, course, creation, ending, exits, promises, steps
from review.decisions.answer import DECIDERS, Answer, Context, Decided
from review.events import Amended, Batch, DealOpened, Fact, LengthsSet, Redone, Undone
from review.fold import Minutes
from review.intents import (
    Amend,
    CloseOut,
    DropCommitment,
    ExplainLoss,
    GiveVerdict,
    Intent,
    Mend,
    OpenDeal,
    Promise,
    Redo,
    StateCall,
    Undo,
)
from review.meeting import Meeting
from review.results import Refusal

DECIDING = (calls, card, causes, course, creation, ending, exits, promises, steps)
"""The modules that register deciders; named so that importing this module is enough."""

AMENDABLE = (CloseOut, Mend, Promise, DropCommitment, ExplainLoss, StateCall, GiveVerdict)
"""What can be amended after a lock: step, date, owner, commitment, reason, call (method, section 11)."""


def decide(minutes: Minutes, intent: Intent, context: Context) -> Answer:
    """Answer an intent by the state that the minutes fold to; pure, and the only maker of events."""
    meeting = minutes.meeting
    if meeting.aside:
        return Refusal("This review was set aside; start the next one.")
    if isinstance(intent, Amend):
        return _amend(minutes, intent, context)
    if meeting.locked is not None:
        if isinstance(intent, OpenDeal):
            return Decided(())
        return Refusal("The review is locked. A step, date, owner, reason or call can be amended from the recap.")
    if isinstance(intent, Undo):
        return _undo(minutes)
    if isinstance(intent, Redo):
        return _redo(minutes)
    return decide_on(meeting, intent, context)


def decide_on(meeting: Meeting, intent: Intent, context: Context) -> Answer:
    """Answer an intent by a state alone, as for what comes in writing before there are minutes."""
    return DECIDERS[type(intent)](meeting, intent, context)


def _undo(minutes: Minutes) -> Answer:
    last = minutes.last_decision
    if last is None:
        return Refusal("There is nothing to undo in this review.")
    return Decided((Undone(batch=last.id, what=last.what), *_back_to(minutes, last)))


def _redo(minutes: Minutes) -> Answer:
    following = minutes.next_redo
    if following is None:
        return Refusal("There is nothing to redo.")
    return Decided((Redone(batch=following.id, what=following.what), *_back_to(minutes, following)))


def _back_to(minutes: Minutes, batch: Batch) -> tuple[Fact, ...]:
    """Show the deal that an undone or redone decision was about."""
    meeting = minutes.meeting
    if any(isinstance(event, LengthsSet) for event in batch.events):
        return ()
    deal = next((event.deal for event in batch.events if hasattr(event, "deal")), "")
    if meeting.section != "inspection" or not deal or deal == meeting.deal:
        return ()
    return (DealOpened(deal=deal),)


def _amend(minutes: Minutes, intent: Amend, context: Context) -> Answer:
    meeting = minutes.meeting
    if meeting.locked is None:
        return Refusal("The review is not locked yet; just change it.")
    if not isinstance(intent.intent, AMENDABLE):
        return Refusal("Only a step, date, owner, commitment, reason or call can be amended after the lock.")
    answer = decide_on(meeting, intent.intent, context)
    if isinstance(answer, Refusal) or not answer.events:
        return answer
    return Decided((*answer.events, Amended(what=answer.what, day=intent.day)), f"amended: {answer.what}")
