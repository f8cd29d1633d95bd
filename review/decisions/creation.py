"""Decisions in Creation: losses, vanished deals, new deals and the number for the week (method, section 8)."""

import re
from decimal import Decimal

from review.action_line import before_next_review
from review.commitments import Commitment, Origin
from review.deals import Status
from review.decisions.answer import Answer, Context, Decided, decides
from review.events import Committed, DealJoined, LossExplained, MarksSettled, VanishedAnswered
from review.intents import AnswerVanished, ExplainLoss, GiveNumber
from review.intents_deal import JoinDeals, SettleMarks
from review.meeting import Meeting
from review.money import read_amount, short_money
from review.renaming import renamed
from review.results import Refusal
from review.truth import effective

VANISHED_ANSWERS = ("won", "lost", "filtered out", "deleted", "later")
MEETINGS = re.compile(r"\b(\d{1,3})\s*(?:first\s+)?(?:meetings?|mtgs?)\b", re.IGNORECASE)


@decides(ExplainLoss)
def explain_loss(meeting: Meeting, intent: ExplainLoss, context: Context) -> Answer:  # noqa: ARG001
    """Give a lost deal its reason and its one-line lesson."""
    record = meeting.ledger.deals.get(intent.deal)
    if record is None:
        return Refusal("That deal is not in the export.")
    if effective(record).status is Status.OPEN:
        return Refusal(f"{record.crm.title} is still open.")
    lesson = " ".join(intent.lesson.split())
    if intent.reason is None and not lesson:
        return Refusal("A reason, and what to take from it in one line.", "lesson")
    return Decided(
        (LossExplained(deal=intent.deal, reason=intent.reason, lesson=lesson),), f"why {record.crm.title} was lost"
    )


@decides(AnswerVanished)
def answer_vanished(meeting: Meeting, intent: AnswerVanished, context: Context) -> Answer:  # noqa: ARG001
    """Say where a deal went; won and lost count from now on."""
    record = meeting.ledger.deals.get(intent.deal)
    if record is None or record.missing_since is None:
        return Refusal("That deal has not vanished.")
    if intent.answer not in VANISHED_ANSWERS:
        return Refusal(f"One of: {', '.join(VANISHED_ANSWERS)}.")
    return Decided((VanishedAnswered(deal=intent.deal, answer=intent.answer),), f"{record.crm.title}: {intent.answer}")


@decides(JoinDeals)
def join_deals(meeting: Meeting, intent: JoinDeals, context: Context) -> Answer:  # noqa: ARG001
    """Join a vanished deal with the new one that is proposed for it; its history goes on under the new id."""
    if renamed(meeting.ledger).get(intent.old) != intent.new:
        return Refusal("No new deal of the same owner, created date and amount is there to join it with.")
    titles = [meeting.record(ident).crm.name for ident in (intent.old, intent.new)]
    return Decided((DealJoined(old=intent.old, new=intent.new),), f"joined {titles[0]} with {titles[1]}")


@decides(SettleMarks)
def settle_marks(meeting: Meeting, intent: SettleMarks, context: Context) -> Answer:  # noqa: ARG001
    """Note that a new deal's three marks were gone through in the room."""
    record = meeting.ledger.deals.get(intent.deal)
    if record is None:
        return Refusal("That deal is not in the export.")
    return Decided((MarksSettled(deal=intent.deal),), f"marks of {record.crm.title}")


@decides(GiveNumber)
def give_number(meeting: Meeting, intent: GiveNumber, context: Context) -> Answer:
    """Promise new pipeline, and first meetings, for the week; checked next week like any promise."""
    person = meeting.person(intent.person)
    if person is None:
        return Refusal("Nobody of that name is on the team.")
    found = MEETINGS.search(intent.text)
    meetings = int(found.group(1)) if found else 0
    rest = MEETINGS.sub(" ", intent.text).replace(", ", " ").strip(" ,;")
    amount = read_amount(rest, meeting.settings.call_unit) if rest else None
    if (rest and amount is None) or (amount is None and not found) or (amount is not None and amount < 0):
        return Refusal("Like “110k”, or “2 meetings, 110k”.", "number")
    due = before_next_review(meeting.settings, meeting.day)
    commitment = Commitment(
        id=meeting.numbers.get(person.id) or context.commitment_id(meeting),
        text=_say_number(meetings, amount),
        owner=person.id,
        due=due,
        first_due=due,
        made=meeting.day,
        review=meeting.review,
        origin=Origin.NUMBER,
        amount="" if amount is None else str(amount),
        meetings=meetings,
    )
    return Decided((Committed(commitment=commitment),), f"{person.name}’s number for the week")


def _say_number(meetings: int, amount: Decimal | None) -> str:
    parts = []
    if meetings:
        parts.append(f"{meetings} first meeting{'s' if meetings != 1 else ''}")
    if amount is not None:
        parts.append(f"{short_money(amount)} new pipeline")
    return ", ".join(parts)
