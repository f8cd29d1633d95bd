"""Another date for a promise, and the review at whose lock a verdict counts (method, section 3)."""

from datetime import date

from msgspec.structs import replace

from review.commitments import Commitment, Verdict
from review.folding.promises import judge
from review.meeting import Meeting


def redated(meeting: Meeting, commitment: Commitment, due: date) -> Commitment:
    """Give a commitment another date: what was promised in this review is put right, anything else was moved."""
    if due == commitment.due:
        return commitment
    if commitment.review == meeting.review and commitment.made == meeting.day:
        return replace(commitment, due=due, first_due=due)
    review = judging_review(meeting, commitment.id)
    return judge(commitment, Verdict.MOVED, due, review, meeting.day)


def judging_review(meeting: Meeting, commitment: str) -> str:
    """Name the review at whose lock a verdict counts; after the lock it is the next one, which is not known yet."""
    return "" if meeting.locked is not None and commitment not in meeting.verdicts else meeting.review
