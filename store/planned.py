"""The queue of the next review, worked out once for a day and for what stands then."""

from datetime import date

from review.queue import Plan
from store.kinds import PLANNED
from store.now import Now
from store.reviews import Reviews


def planned(reviews: Reviews, now: Now, day: date) -> Plan:
    """Give the queue of a review on a day for everybody who is expected then."""

    def worked_out() -> Plan:
        from review.start import expected, plan

        return plan(now.ledger, now.settings, day, expected(now.settings, day))

    return reviews.kept(PLANNED, Plan).at(f"{now.resting} {day}", worked_out)
