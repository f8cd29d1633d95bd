from datetime import UTC, date, datetime
from pathlib import Path

from review.fold import Minutes
from review.session import Session
from review.start import expected, plan, start
from store.demo.hour import Ticking
from store.reviews import Reviews, new_id
from store.workspace import Workspace

MONDAY = date(2026, 11, 23)
TEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def started(root: Path, day: date = MONDAY) -> Session:
    """Start a review on a workspace and give its session; nothing holds the lock."""
    reviews = Reviews(Workspace(root), mend=True)
    now = reviews.now()
    present = expected(now.settings, day)
    begun = start(
        now.ledger,
        now.settings,
        review=reviews.workspace.next_review_id(day),
        today=day,
        present=present,
        planned=plan(now.ledger, now.settings, day, present),
        desk=now.desk,
    )
    clock = Ticking(TEN)
    minutes: Minutes = reviews.begin(begun, clock.now())
    return Session(minutes, reviews.minutes_log(begun.review), clock, reviews, new_id)
