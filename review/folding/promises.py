"""How verdicts and commitments change the ledger (method, section 3)."""

from datetime import date

from msgspec.structs import replace

from review.commitments import Commitment, Judged, Origin, Standing, Verdict
from review.events import CommitmentDropped, VerdictGiven
from review.records import Ledger

CLOSES = {
    Verdict.DONE: Standing.DONE,
    Verdict.BUYER: Standing.BUYER,
    Verdict.NOT_NEEDED: Standing.NOT_NEEDED,
}


def judge(commitment: Commitment, verdict: Verdict, due: date | None, review: str, day: date) -> Commitment:
    """Give a commitment its verdict.

    It counts once: at the first date given, or at the second if it was moved once on a day before the first. What was
    judged before keeps that judgement. What was not done stays open, with its new date where one was given.
    """
    judged = commitment.judged
    if judged is Judged.NOT_YET and commitment.in_rate:
        judged = _judged(commitment, verdict, day)
    fresh = commitment.judged is Judged.NOT_YET and judged is not Judged.NOT_YET
    commitment = replace(commitment, judged=judged, judged_in=review if fresh else commitment.judged_in)
    if verdict in (Verdict.MOVED, Verdict.NOT_DONE):
        return replace(_moved(commitment, due, day), let_go=due is None)
    return replace(commitment, standing=CLOSES[verdict], closed_on=day, done_early=day <= commitment.due)


def _judged(commitment: Commitment, verdict: Verdict, day: date) -> Judged:
    if verdict is Verdict.NOT_NEEDED:
        return Judged.APART
    if verdict in (Verdict.DONE, Verdict.BUYER):
        return Judged.KEPT
    if verdict is Verdict.MOVED and day < commitment.due:
        return Judged.NOT_YET if commitment.early_moves == 0 else Judged.NOT_KEPT
    return Judged.NOT_KEPT


def _moved(commitment: Commitment, due: date | None, day: date) -> Commitment:
    if due is None or due == commitment.due:
        return commitment
    if commitment.due <= day:
        return replace(commitment, due=due, carried=commitment.carried + 1)
    return replace(commitment, due=due, early_moves=commitment.early_moves + 1)


def verdict_given(ledger: Ledger, event: VerdictGiven, day: date) -> Ledger:
    """Give the ledger with a promise judged; an unknown one changes nothing.

    A step that was let go ends where its deal has another one by now, a number for the week where there is a later one.
    """
    commitment = ledger.commitments.get(event.commitment)
    if commitment is None:
        return ledger
    after = judge(commitment, event.verdict, event.due, event.review, day)
    if after.let_go and _has_another(ledger, after):
        after = replace(after, standing=Standing.REPLACED, closed_on=day)
    return replace(ledger, commitments={**ledger.commitments, after.id: after})


def _has_another(ledger: Ledger, promise: Commitment) -> bool:
    if promise.origin is Origin.NUMBER:
        numbers = (one for one in ledger.commitments.values() if one.origin is Origin.NUMBER)
        return any(one.owner == promise.owner and one.made > promise.made for one in numbers)
    record = ledger.deals.get(promise.deal)
    return promise.origin is Origin.STEP and record is not None and record.step not in ("", promise.id)


def number_given(ledger: Ledger, number: Commitment, day: date) -> Ledger:
    """Give the ledger with a number for the week; an earlier one of the same person that was let go ends."""
    over = {
        ident: replace(one, standing=Standing.REPLACED, closed_on=day)
        for ident, one in ledger.commitments.items()
        if one.let_go
        and one.is_open
        and one.origin is Origin.NUMBER
        and one.owner == number.owner
        and ident != number.id
    }
    return replace(ledger, commitments={**ledger.commitments, **over}) if over else ledger


def dropped(ledger: Ledger, event: CommitmentDropped, day: date) -> Ledger:
    """Give the ledger with a commitment dropped."""
    commitment = ledger.commitments.get(event.commitment)
    if commitment is None:
        return ledger
    judged = commitment.judged if commitment.judged is not Judged.NOT_YET else Judged.APART
    after = replace(commitment, standing=Standing.DROPPED, closed_on=day, why=event.why, judged=judged)
    return replace(ledger, commitments={**ledger.commitments, after.id: after})
