"""Decisions on promises: verdicts, new commitments, mending and dropping (method, sections 3 and 9)."""

import msgspec

from review.action_line import read_commitment
from review.commitments import Verdict
from review.dates import read_date, short_date
from review.decisions.answer import Answer, Context, Decided, course, decides
from review.decisions.redate import judging_review, redated
from review.events import CommitmentDropped, CommitmentMended, Committed, Heard, VerdictGiven, WorthCopying
from review.gate import check_date
from review.intents import DropCommitment, GiveVerdict, Hear, Mend, NameWorthCopying, Promise
from review.line import plain_step
from review.meeting import Meeting
from review.results import Refusal


@decides(GiveVerdict)
def give_verdict(meeting: Meeting, intent: GiveVerdict, context: Context) -> Answer:  # noqa: ARG001
    """Judge a promise; 'moved' wants its new date, 'not done' takes one. Judged again today, the last word counts."""
    commitment = meeting.ledger.commitments.get(intent.commitment)
    if commitment is None:
        return Refusal("There is no such commitment.")
    if not commitment.is_open and commitment.id not in meeting.verdicts:
        return Refusal("That promise has its verdict already.")
    day = None
    if intent.verdict is Verdict.MOVED or (intent.verdict is Verdict.NOT_DONE and intent.when.strip()):
        day = read_date(intent.when, meeting.day, meeting.settings.date_order)
        wrong = check_date(day, meeting.day)
        if wrong is not None:
            return Refusal("What is the new date?" if day is None else wrong.sentence, "date")
    review = judging_review(meeting, commitment.id)
    event = VerdictGiven(commitment=commitment.id, verdict=intent.verdict, due=day, review=review)
    to = f" to {short_date(day, meeting.day)}" if intent.verdict is Verdict.MOVED and day is not None else ""
    to = to or (f", now {short_date(day, meeting.day)}" if day is not None else "")
    return Decided((event,), f"“{commitment.text}”: {intent.verdict.value}{to}")


@decides(Promise)
def promise(meeting: Meeting, intent: Promise, context: Context) -> Answer:
    """Make a commitment from one line; without a date it is due the last working day before the next review."""
    if intent.deal and intent.deal not in meeting.ledger.deals:
        return Refusal("That deal is not in the export.")
    owner = meeting.person(intent.owner)
    if owner is None and intent.deal:
        owner = meeting.person(meeting.record(intent.deal).rep)
    line = read_commitment(meeting.settings, meeting.day, intent.line, owner)
    if isinstance(line, Refusal):
        return line
    commitment = line.made(context.commitment_id(meeting), meeting.day, meeting.review, intent.origin)
    commitment = msgspec.structs.replace(commitment, deal=intent.deal)
    return Decided((Committed(commitment=commitment),), f"added “{line.text}” for {line.owner.name}")


@decides(Mend)
def mend(meeting: Meeting, intent: Mend, context: Context) -> Answer:  # noqa: ARG001
    """Put a commitment right; another date is a move, but for what was promised in this review."""
    commitment = meeting.ledger.commitments.get(intent.commitment)
    if commitment is None or not commitment.is_open:
        return Refusal("That commitment is closed; there is nothing to mend.")
    line = read_commitment(meeting.settings, meeting.day, intent.line, meeting.person(commitment.owner), commitment.due)
    if isinstance(line, Refusal):
        return line
    mended = msgspec.structs.replace(
        commitment,
        text=line.text,
        owner=line.owner.id,
        agreed=line.agreed or (commitment.agreed and bool(line.customers)),
        customers=line.customers,
    )
    mended = redated(meeting, mended, line.due)
    if mended == commitment:
        return course(())
    now = f", now {short_date(mended.due, meeting.day)}" if mended.due != commitment.due else ""
    return Decided((CommitmentMended(commitment=mended),), f"mended “{plain_step(line.text)}”{now}")


@decides(DropCommitment)
def drop_commitment(meeting: Meeting, intent: DropCommitment, context: Context) -> Answer:  # noqa: ARG001
    """Drop a commitment; the note stays with it."""
    commitment = meeting.ledger.commitments.get(intent.commitment)
    if commitment is None or not commitment.is_open:
        return Refusal("That commitment is closed already.")
    why = " ".join(intent.why.split())
    if not why:
        return Refusal("Why is it dropped? A few words.", "why")
    return Decided((CommitmentDropped(commitment=commitment.id, why=why),), f"dropped “{commitment.text}”")


@decides(Hear)
def hear(meeting: Meeting, intent: Hear, context: Context) -> Answer:  # noqa: ARG001
    """Note that an owner's list was read aloud."""
    if meeting.person(intent.owner) is None:
        return Refusal("Nobody of that name is on the team.")
    if intent.owner in meeting.heard:
        return course(())
    return course((Heard(owner=intent.owner),))


@decides(NameWorthCopying)
def name_worth_copying(meeting: Meeting, intent: NameWorthCopying, context: Context) -> Answer:  # noqa: ARG001
    """Write the line about a behaviour worth copying."""
    text = " ".join(intent.text.split())
    if not text:
        return Refusal("What is worth copying? A behaviour, in a few words.", "text")
    return Decided((WorthCopying(text=text),), "worth copying")
