"""The workspace of the demonstration: five exports and four locked reviews, the last one a week before today."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from review.events import Batch, Imported
from review.fold import Minutes
from review.session import Session
from review.start import expected, plan, start
from store.demo.deals import WEEKS, export_of
from store.demo.hour import Hour, Ticking
from store.demo.pipeline import pipeline
from store.demo.team import settings_on
from store.reviews import Reviews
from store.settings_file import write_settings
from store.workspace import Workspace

SEED: Final = 1
TEN: Final = time(10, 0)


class Tape:
    """The minutes of a review while it is made; written in one piece when it is over."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.batches: list[Batch] = []

    def append(self, batch: Batch) -> None:
        """Keep a batch."""
        self.batches.append(batch)


def build(workspace: Workspace, today: date) -> None:
    """Make the workspace, as if the team had reviewed four weeks running. Raises NotSaved."""
    workspace.make()
    settings = settings_on(today)
    write_settings(workspace.settings, settings, None)
    reviews = Reviews(workspace, mend=True)
    chance = random.Random(SEED)  # the same team for everybody
    deals = pipeline()
    names = {person.id: (person.name, person.email) for person in settings.people}
    for week in range(WEEKS):
        export = export_of(week, today, deals, names)
        reviews.keep_export(export)
        event = Imported(export=export.id, day=export.day, source=export.source, rows=len(export.deals))
        at = datetime.combine(export.day, time(8, 14)).astimezone(UTC)
        reviews.desk.append(
            Batch(id=_id(chance), at=at, events=(event,), decision=True, what=f"read in {export.source}")
        )
        if week < WEEKS - 1:
            _hold(reviews, export.day, week, chance)


def _hold(reviews: Reviews, day: date, week: int, chance: random.Random) -> None:
    """Hold one review on a day, from start to lock."""
    now = reviews.now()
    present = expected(now.settings, day)
    planned = plan(now.ledger, now.settings, day, present)
    clock = Ticking(datetime.combine(day, TEN).astimezone(UTC) + timedelta(seconds=chance.randrange(90)))
    review = reviews.workspace.next_review_id(day)
    begun = start(now.ledger, now.settings, review=review, today=day, present=present, planned=planned, desk=now.desk)
    minutes: Minutes = reviews.begin(begun, clock.now())
    tape = Tape()
    Hour(Session(minutes, tape, clock, reviews, lambda: _id(chance)), clock, week, chance).hold()
    reviews.minutes_log(review).append_all(tape.batches)


def _id(chance: random.Random) -> str:
    return f"{chance.getrandbits(128):032x}"
