"""One earlier review of the demonstration, held through the same decisions as any other, on a clock of its own."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Final

from review.calls import last_call, open_calls
from review.commitments import Commitment, Origin, Verdict
from review.deals import EndReason, Mark
from review.errors import CloseoutError
from review.focus import is_new
from review.forecast import implied
from review.intents import (
    AddToQueue,
    AnswerVanished,
    CloseOut,
    EnterSection,
    ExplainLoss,
    GiveMark,
    GiveNumber,
    GiveVerdict,
    Hear,
    Intent,
    Lock,
    NameWorthCopying,
    OpenDeal,
    StateCall,
    TakeCall,
    TakeTurn,
    WriteNote,
)
from review.intents_deal import SettleMarks
from review.periods import period_of
from review.pipeline import pipeline_of
from review.recap import lost_since
from review.session import Session
from store.demo.deals import deal_id
from store.demo.script import CARRIED, CARRIED_BY, COPIED, on, promises, scenes
from store.demo.words import CUSTOMERS, LESSONS, REASONS, STEPS, movement

ROOM: Final = 17
"""Deals that an hour has time for; later ones are dropped."""
DAYS: Final = (2, 3, 4, 8, 9, 10, 11)
"""Days to which a step is promised."""
VERDICTS: Final = (
    Verdict.DONE, Verdict.DONE, Verdict.BUYER, Verdict.DONE, Verdict.MOVED, Verdict.DONE, Verdict.NOT_DONE,
    Verdict.DONE, Verdict.DONE, Verdict.NOT_NEEDED,
)  # fmt: skip


class Ticking:
    """A clock that moves only when it is told to."""

    def __init__(self, at: datetime) -> None:
        """Start at an instant, aware UTC."""
        self.at = at

    def now(self) -> datetime:
        """Give the instant."""
        return self.at

    def steady(self) -> float:
        """Give steady seconds."""
        return self.at.timestamp()

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)


class Hour:
    """Drives one review from the first promise to the lock."""

    def __init__(self, session: Session, clock: Ticking, week: int, chance: random.Random) -> None:
        """Take a review that was just started."""
        self._session = session
        self._clock = clock
        self._week = week
        self._chance = chance
        self._verdicts = islice(cycle(VERDICTS), 3 * week, None)

    def hold(self) -> None:
        """Go through the four sections and lock."""
        self._forecast()
        self._inspection()
        self._creation()
        self._actions()
        self._do(Lock(), 20)

    def _do(self, intent: Intent, seconds: float = 4) -> None:
        self._clock.pass_by(seconds)
        refusal = self._session.do(intent)
        if refusal is not None:
            raise CloseoutError(f"The demonstration cannot be made: {intent}: {refusal.sentence}")

    # Forecast

    def _forecast(self) -> None:
        for person in self._session.meeting.turn_order:
            self._do(TakeTurn(section="forecast", person=person.id), 6)
            for promise in self._session.meeting.due_of(person.id):
                self._judge(promise)
            if not person.manager:
                self._call(person.id)

    def _judge(self, promise: Commitment) -> None:
        verdict = next(self._verdicts)
        days = 3
        if promise.text == CARRIED:
            verdict, days = Verdict.MOVED, CARRIED_BY[self._week]
        elif promise.origin is not Origin.STEP and verdict is Verdict.MOVED:
            verdict = Verdict.DONE
        when = on(self._session.meeting.day, days) if verdict is Verdict.MOVED else ""
        self._do(GiveVerdict(commitment=promise.id, verdict=verdict, when=when), 9)

    def _call(self, person: str) -> None:
        meeting = self._session.meeting
        shown = implied(pipeline_of(meeting.ledger, meeting.settings, meeting.day, rep=person))
        last = last_call(meeting.ledger, person, period_of(meeting.day, meeting.settings))
        reason = self._chance.choice(REASONS)
        self._do(
            StateCall(
                person=person,
                commit=f"{shown.commit / 1000:f}k",
                best_case=f"{shown.best_case / 1000:f}k",
                reason=reason if last is not None and last.stands != shown.commit else "",
                confirmed=True,
            ),
            35,
        )

    # Inspection

    def _inspection(self) -> None:
        self._do(EnterSection(section="inspection"))
        meeting = self._session.meeting
        scripted = {deal_id(account): acts for account, acts in scenes(self._week, meeting.day).items()}
        queued = {slot.deal for slot in meeting.queue}
        for ident in scripted:
            if ident not in queued:
                self._do(AddToQueue(deal=ident), 1)
        for ident, acts in scripted.items():
            self._open(ident)
            for act in acts:
                self._do(act, self._chance.randrange(9, 22))
        for slot in self._session.meeting.to_go[: ROOM - len(scripted)]:
            self._talk(slot.deal)

    def _open(self, ident: str) -> None:
        self._do(OpenDeal(deal=ident), 3)
        self._clock.pass_by(self._chance.randrange(50, 76))

    def _talk(self, ident: str) -> None:
        self._open(ident)
        if self._chance.random() < 0.5:
            said = movement(self._chance, self._customer(ident))
            self._do(WriteNote(deal=ident, question="buyer", text=said), 14)
        self._close_out(ident)

    def _close_out(self, ident: str) -> None:
        deal = self._session.meeting.effective(ident)
        stages = [stage.name for stage in self._session.meeting.settings.stages]
        lines = STEPS[stages.index(deal.stage)]
        line = self._chance.choice(lines).format(who=self._customer(ident))
        self._do(
            CloseOut(
                deal=ident, line=f"{line} {on(self._session.meeting.day, DAYS[self._chance.randrange(len(DAYS))])}"
            ),
            16,
        )

    def _customer(self, ident: str) -> str:
        return CUSTOMERS[sum(map(ord, ident)) % len(CUSTOMERS)]

    # Creation

    def _creation(self) -> None:
        self._do(EnterSection(section="creation"))
        self._clock.pass_by(self._chance.randrange(300, 340))
        meeting = self._session.meeting
        for ident in lost_since(meeting):
            if not meeting.record(ident).loss_lesson:
                lesson = self._chance.choice(LESSONS)
                self._do(ExplainLoss(deal=ident, reason=EndReason.PRICE, lesson=lesson), 70)
        for ident, record in meeting.ledger.deals.items():
            if record.missing_since is not None and not record.vanished and record.ended is None:
                self._do(AnswerVanished(deal=ident, answer="filtered out"), 30)
        for ident in self._new():
            self._do(GiveMark(deal=ident, mark=Mark.EVENT, yes=True), 45)
            self._do(SettleMarks(deal=ident), 30)
        if self._week:
            for person in meeting.settings.reps:
                if meeting.is_present(person.id):
                    self._do(GiveNumber(person=person.id, text=self._number()), 24)

    def _new(self) -> Iterator[str]:
        ledger = self._session.meeting.ledger
        yield from [ident for ident, record in ledger.deals.items() if is_new(record, ledger)][1:]

    def _number(self) -> str:
        return f"{self._chance.randrange(1, 4)} meetings, {self._chance.randrange(3, 12) * 10}k"

    # Actions

    def _actions(self) -> None:
        self._do(EnterSection(section="actions"))
        for entry in open_calls(self._session.meeting):
            self._do(TakeCall(person=entry.person), 9)
        for promise in promises(self._week, self._session.meeting.day):
            self._do(promise, 15)
        for owner in self._session.meeting.present:
            self._do(Hear(owner=owner), self._chance.randrange(38, 62))
        if self._week in COPIED:
            self._do(NameWorthCopying(text=COPIED[self._week]), 15)
