"""A made-up workspace of five years: a review every week, each through the same decisions and files as any other.

`python -m benchmarks.five_years DIR [WEEKS] [OPEN]` keeps one. The same arguments give the same workspace.
"""

import random
import sys
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from benchmarks.five_years_deals import ODDS, STAGES, Made, export_of, pipeline, won_by
from review.calls import after_room
from review.commitments import Verdict
from review.deals import EndReason
from review.errors import CloseoutError
from review.events import Batch, Imported
from review.intents import (
    CloseOut,
    EnterSection,
    ExplainLoss,
    GiveVerdict,
    Intent,
    Lock,
    NameWorthCopying,
    OpenDeal,
    Promise,
    StateCall,
    TakeCall,
    WriteNote,
)
from review.people import Person
from review.periods import period_of
from review.recap import lost_since
from review.session import Session
from review.settings import Settings, Stage
from review.start import expected, plan, start
from store.demo.build import Tape
from store.demo.hour import Ticking
from store.demo.words import CUSTOMERS, LESSONS, REASONS, STEPS, movement
from store.reviews import Reviews
from store.settings_file import write_settings
from store.workspace import Workspace

LAST: Final = date(2026, 11, 16)
"""The day of the last lock; one more export is read in a week later."""
WEEKS: Final = 260
OPEN: Final = 2000
TALKED: Final = 15
"""Deals that an hour gets through."""
MANAGER: Final = "Elena Vogt"
REPS: Final = (
    "Sofia Reyes", "Nina Falk", "Tom Reed", "Aisha Khan", "Marcus Bell", "Wei Lin", "Diego Marin", "Leo Hart",
    "Ida Berg", "Omar Aziz",
)  # fmt: skip
VERDICTS: Final = (*[Verdict.DONE] * 7, *[Verdict.BUYER] * 2, Verdict.MOVED, Verdict.NOT_DONE, Verdict.NOT_NEEDED)
COPIED: Final = (
    "Aisha asked for the date of the board before she offered a price.",
    "Wei wrote the customer’s criteria down and sent them back the same day.",
    "Tom brought the person who signs into the second meeting.",
    "",
)
ACTIONS: Final = (
    "Price list for renewals to everybody",
    "Ask legal for a shorter form",
    "Invite two customers to the forum",
)


def build(
    workspace: Workspace, *, last: date = LAST, weeks: int = WEEKS, open_deals: int = OPEN, seed: int = 1
) -> None:
    """Make the workspace: `weeks` locked reviews up to `last`, and the export of the week after. Raises NotSaved."""
    chance = random.Random(seed)  # the same five years for everybody
    workspace.make()
    settings = settings_of(last, weeks, open_deals)
    write_settings(workspace.settings, settings, None)
    reviews = Reviews(workspace, mend=True)
    team = tuple((person.name, person.email) for person in settings.people if person.carries)
    deals = pipeline(chance, team, weeks + 1, open_deals)
    for week in range(weeks + 1):
        day = last - timedelta(weeks=weeks - 1 - week)
        export = export_of(deals, week, day)
        reviews.keep_export(export)
        event = Imported(export=export.id, day=day, source=export.source, rows=len(export.deals))
        at = datetime.combine(day, time(8, 14), UTC)
        what = f"read in {export.source}"
        reviews.desk.append(Batch(id=_id(chance), at=at, events=(event,), decision=True, what=what))
        if week < weeks:
            Hour(reviews, deals, day, week, chance).hold()


def settings_of(last: date, weeks: int, open_deals: int) -> Settings:
    """Set the team up: ten reps with a quota that their deals can reach, and a manager without one."""
    names = (*REPS, MANAGER)
    people = tuple(
        Person(
            id=name.lower().replace(" ", "-"),
            name=name,
            initials="".join(part[0] for part in name.split()),
            email=f"{name.lower().replace(' ', '.')}@example.com",
            quota=Decimal(open_deals * 1000) if name != MANAGER else None,
            start=last - timedelta(weeks=weeks + 20 * at),
            manager=name == MANAGER,
            carries=name != MANAGER,
        )
        for at, name in enumerate(names)
    )
    stages = tuple(Stage(name=name, odds=Decimal(odds)) for name, odds in zip(STAGES, ODDS, strict=True))
    return Settings(people=people, stages=stages, qualified_from="Evaluation", start=time(10, 0), timezone="UTC")


class Hour:
    """Holds one review of the five years, from start to lock."""

    def __init__(self, reviews: Reviews, deals: tuple[Made, ...], day: date, week: int, chance: random.Random) -> None:
        """Start it on what stands."""
        now = reviews.now()
        present = expected(now.settings, day)
        planned = plan(now.ledger, now.settings, day, present)
        self._clock = Ticking(datetime.combine(day, time(10, 0), UTC) + timedelta(seconds=chance.randrange(200)))
        name = reviews.workspace.next_review_id(day)
        begun = start(now.ledger, now.settings, review=name, today=day, present=present, planned=planned, desk=now.desk)
        self._reviews, self._deals, self._week, self._chance = reviews, deals, week, chance
        self._tape = Tape()
        minutes = reviews.begin(begun, self._clock.now())
        self._session = Session(minutes, self._tape, self._clock, reviews, lambda: _id(chance))

    def hold(self) -> None:
        """Go through the four sections, and lock."""
        # The first years took longer than the last.
        self._pace = 1 + 0.25 / (1 + self._week / 20) + self._chance.uniform(-0.04, 0.04)
        self._forecast()
        self._inspection()
        self._creation()
        self._actions()
        self._do(Lock(), 20)
        self._reviews.minutes_log(self._session.meeting.review).append_all(self._tape.batches)

    def _do(self, intent: Intent, seconds: float = 4) -> None:
        self._clock.pass_by(seconds * self._pace)
        refusal = self._session.do(intent)
        if refusal is not None:
            raise CloseoutError(f"The five years cannot be made: {intent}: {refusal.sentence}")

    def _forecast(self) -> None:
        meeting = self._session.meeting
        for person in meeting.turn_order:
            for promise in meeting.due_of(person.id):
                verdict = self._chance.choice(VERDICTS)
                when = self._on(self._chance.randrange(2, 9)) if verdict is Verdict.MOVED else ""
                self._do(GiveVerdict(commitment=promise.id, verdict=verdict, when=when), 6)
            if not person.manager:
                said = f"{self._call(person.name)}k"
                self._do(StateCall(person=person.id, commit=said, reason=REASONS[self._week % 4], confirmed=True), 38)

    def _call(self, owner: str) -> int:
        """State what is won in the period so far, and most of what will be."""
        meeting = self._session.meeting
        period = period_of(meeting.day, meeting.settings)
        first = self._week - (meeting.day - period.first).days // 7
        last = self._week + (period.last - meeting.day).days // 7
        won = sum(made.amount for made in won_by(self._deals, first, self._week, owner))
        ahead = sum(made.amount for made in won_by(self._deals, self._week + 1, last, owner))
        return won + round(ahead * self._chance.uniform(0.75, 1.2) / 10) * 10

    def _inspection(self) -> None:
        self._do(EnterSection(section="inspection"))
        for slot in self._session.meeting.to_go[:TALKED]:
            self._do(OpenDeal(deal=slot.deal), 60)
            who = self._chance.choice(CUSTOMERS)
            if self._chance.random() < 0.4:
                self._do(WriteNote(deal=slot.deal, question="buyer", text=movement(self._chance, who)), 14)
            stage = STAGES.index(self._session.meeting.effective(slot.deal).stage)
            line = self._chance.choice(STEPS[stage]).format(who=who)
            self._do(CloseOut(deal=slot.deal, line=f"{line} {self._on(self._chance.randrange(2, 11))}"), 26)

    def _creation(self) -> None:
        self._do(EnterSection(section="creation"), 120)
        for ident in lost_since(self._session.meeting):
            lesson = self._chance.choice(LESSONS)
            self._do(ExplainLoss(deal=ident, reason=self._chance.choice(tuple(EndReason)), lesson=lesson), 30)
        self._clock.pass_by(200)

    def _actions(self) -> None:
        self._do(EnterSection(section="actions"), 60)
        for person, entry in after_room(self._session.meeting).items():
            if entry.asks:
                self._do(TakeCall(person=person), 9)
        for owner in self._chance.sample(self._session.meeting.settings.people, 3):
            line = f"{self._chance.choice(ACTIONS)} {self._on(6)}"
            self._do(Promise(line=line, owner=owner.id), 20)
        copied = COPIED[self._week % len(COPIED)]
        if copied:
            self._do(NameWorthCopying(text=copied), 20)
        self._clock.pass_by(380)

    def _on(self, days: int) -> str:
        day = self._session.meeting.day + timedelta(days=days)
        return (day + timedelta(days=max(0, 7 - day.isoweekday()) if day.isoweekday() > 5 else 0)).isoformat()


def _id(chance: random.Random) -> str:
    return f"{chance.getrandbits(128):032x}"


if __name__ == "__main__":
    asked = [int(text) for text in sys.argv[2:4]]
    build(Workspace(Path(sys.argv[1])), weeks=(asked or [WEEKS])[0], open_deals=asked[1] if asked[1:] else OPEN)
