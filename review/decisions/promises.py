"""Decisions on promises: verdicts, new commitments, mending and dropping (method, sections 3 and 9)."""

from datetime import date, timedelta

import msgspec
from msgspec import Struct

from review.calendar import Workdays
from review.commitments import Commitment, Verdict
from review.dates import read_date
from review.decisions.answer import Answer, Context, Decided, course, decides
from review.decisions.redate import judging_review, redated
from review.events import CommitmentDropped, CommitmentMended, Committed, Heard, VerdictGiven, WorthCopying
from review.gate import check_date, check_owner, check_step
from review.intents import DropCommitment, GiveVerdict, Hear, Mend, NameWorthCopying, Promise
from review.line import read_line
from review.meeting import Meeting
from review.people import Person
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
    return Decided((event,), f"“{commitment.text}”: {intent.verdict.value}")


@decides(Promise)
def promise(meeting: Meeting, intent: Promise, context: Context) -> Answer:
    """Make a commitment from one line; without a date it is due the last working day before the next review."""
    if intent.deal and intent.deal not in meeting.ledger.deals:
        return Refusal("That deal is not in the export.")
    owner = meeting.person(intent.owner)
    if owner is None and intent.deal:
        owner = meeting.person(meeting.record(intent.deal).rep)
    line = read_commitment(meeting, intent.line, owner)
    if isinstance(line, Refusal):
        return line
    commitment = Commitment(
        id=context.commitment_id(meeting),
        text=line.text,
        owner=line.owner.id,
        due=line.due,
        first_due=line.due,
        made=meeting.day,
        review=meeting.review,
        origin=intent.origin,
        deal=intent.deal,
        agreed=line.agreed,
        customers=line.customers,
    )
    return Decided((Committed(commitment=commitment),), f"added “{line.text}” for {line.owner.name}")


class ActionLine(Struct, frozen=True, kw_only=True):
    """An action's line as understood: complete, whatever was left out filled by default."""

    text: str
    due: date
    owner: Person
    agreed: bool = False
    customers: tuple[str, ...] = ()


def read_commitment(meeting: Meeting, text: str, owner: Person | None, due: date | None = None) -> ActionLine | Refusal:
    """Read an action's line: text, date and initials as in a step; refuses what lacks a text, a date or an owner."""
    line = read_line(
        text, today=meeting.day, people=meeting.settings.people, owner=owner, order=meeting.settings.date_order
    )
    wrong_date = next((problem for problem in line.problems if problem.field == "date"), None)
    if wrong_date is not None:
        return Refusal(wrong_date.sentence, "date")
    day = line.day or due or before_next_review(meeting)
    wrong = (
        check_step(line.step, meeting.settings.stock_phrases)
        or check_date(day, meeting.day)
        or check_owner(line.owner, meeting.settings.people)
    )
    if wrong is not None or line.owner is None:
        return Refusal(wrong.sentence if wrong else "Whose is it?", wrong.field if wrong else "owner")
    return ActionLine(text=line.step, due=day, owner=line.owner, agreed=line.agreed, customers=line.customers)


def before_next_review(meeting: Meeting) -> date:
    """Give the last working day before the next weekly review, the default date of an action."""
    ahead = (meeting.settings.weekday - meeting.day.weekday()) % 7 or 7
    return max(Workdays.of(meeting.settings).previous_working(meeting.day + timedelta(days=ahead)), meeting.day)


@decides(Mend)
def mend(meeting: Meeting, intent: Mend, context: Context) -> Answer:  # noqa: ARG001
    """Put a commitment right; another date is a move, but for what was promised in this review."""
    commitment = meeting.ledger.commitments.get(intent.commitment)
    if commitment is None or not commitment.is_open:
        return Refusal("That commitment is closed; there is nothing to mend.")
    line = read_commitment(meeting, intent.line, meeting.person(commitment.owner), commitment.due)
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
    return Decided((CommitmentMended(commitment=mended),), f"mended “{line.text}”")


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
