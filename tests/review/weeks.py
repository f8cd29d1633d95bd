"""Twelve weeks of a team of eight through the real path: imports, plan, start, intents, lock – and its facts retold."""

import random
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace as Box
from typing import Any

from review import intents as i
from review.commitments import Origin, Verdict
from review.creation_items import ItemKind, items_of
from review.deals import Category, Cause, Deal, Ending, EndReason, Export, Status
from review.events import Batch, ClosedOut, DealChanged, VerdictGiven
from review.fold import fold
from review.intents_deal import SettleMarks
from review.people import Absence, Person
from review.records import Ledger
from review.settings import Settings, Stage
from review.start import expected, plan, start
from tests.builders import NINE, STAGES, RunningSession, a_promise, desk, imported
from tests.review.recount import Recount

FIRST = date(2026, 11, 2)
WEEKS, SKIPPED, MIDWAY, TWICE, SAME_DAY = 12, 5, (2, 8), (3, 9, 10), (4,)
NAMES = ("Tom Reed", "Wei Lin", "Aisha Khan", "Marcus Bell", "Nina Roth", "Sofia Diaz", "Elena Ro", "Diego Paz")
HOLIDAYS = (date(2026, 12, 25), date(2027, 1, 1))
AWAY = {"Wei Lin": (2, 2), "Marcus Bell": (3, 4), "Nina Roth": (7, 7), "Tom Reed": (9, 9), "Elena Ro": (10, 10)}
COLUMNS = ("id", "created", "next_step", "next_step_date", "category", "close_date", "amount", "stage", "owner")
LUCK = {
    "nothing": 38, "push": 12, "nudge": 6, "pull": 5, "undated": 1, "amount": 6, "stage": 10, "category": 8, "won": 4,
    "lost": 3, "vanish": 3, "handed": 2, "step": 12, "omitted": 2, "crm says otherwise": 2,
}  # fmt: skip


def ident_of(name):
    return name.lower().replace(" ", "-")


def week_day(week):
    return FIRST + timedelta(weeks=week)


def the_team():
    people = [Person(id="ada-hall", name="Ada Hall", initials="ah", manager=True, carries=False)]
    for name in NAMES:
        first, last = AWAY.get(name, (99, 98))
        away = (Absence(week_day(first), week_day(last) + timedelta(days=1)),) if first < 99 else ()
        letters = "".join(word[0] for word in name.split()).lower()
        people.append(Person(id=ident_of(name), name=name, initials=letters, quota=Decimal(900_000), absences=away))
    return tuple(people)


SETTINGS = Settings(
    people=the_team(),
    stages=tuple(Stage(name=name, odds=Decimal(20 * place + 10)) for place, name in enumerate(STAGES)),
    holidays=HOLIDAYS,
)


class World:
    """The CRM: rows that change between exports, whether or not a review decided something."""

    def __init__(self, seed):
        self.luck = random.Random(seed)
        self.rows, self.hidden = {}, {}
        self.decided = {}
        """What reviews decided, deal to field to values; people set it in the CRM, sooner or later, or one before."""
        for number in range(80):
            self._new(NAMES[number % 8], FIRST - timedelta(days=self.luck.randrange(10, 90)))

    def _new(self, owner, created, **more):
        ident = f"d{len(self.rows):03d}"
        self.rows[ident] = {
            "owner": owner,
            "created": created,
            "amount": Decimal(self.luck.randrange(5, 120) * 1000) if self.luck.random() > 0.03 else None,
            "close_date": created + timedelta(days=self.luck.randrange(60, 150)),
            "stage": self.luck.choice(STAGES[:4]),
            "category": self.luck.choices(("commit", "best case", "pipeline", "omitted"), (34, 28, 36, 2))[0],
            "status": "open",
            "step": "",
            "step_date": None,
            **more,
        }

    def word(self):
        return "".join(self.luck.choice("bdfgklmnprstvz") + self.luck.choice("aeiou") for _ in range(4))

    def live(self, day, *, few=False):
        """Let days pass up to `day`."""
        for ident in list(self.hidden):
            if self.luck.random() < 0.35:
                del self.hidden[ident]
        for ident, row in self.rows.items():
            if few and self.luck.random() > 0.15:
                continue
            self._sync(ident, row)
            if row["status"] == "open":
                what = self.luck.choices(list(LUCK), list(LUCK.values()))[0]
                what = "push" if row["category"] == "commit" and self.luck.random() < 0.3 else what
                self._happen(what, ident, row, day)
            elif self.luck.random() < 0.04:
                row["status"] = "open"
        for _ in range(0 if few else self.luck.randrange(1, 5)):
            created = day - timedelta(days=self.luck.choice((0, 1, 2, 3, 5, 40)))
            status = self.luck.choices(("open", "won", "lost"), (8, 1, 1))[0]
            self._new(self.luck.choice(NAMES), created, status=status)

    def comes(self, day):
        """A deal that is handed to somebody else before any review has seen it."""
        self._new("Diego Paz", day, close_date=day + timedelta(days=16), category="best case")
        return next(reversed(self.rows))

    def _sync(self, ident, row):
        for field, values in list(self.decided.get(ident, {}).items()):
            if self.luck.random() < 0.25:
                value = values.pop(0) if self.luck.random() < 0.5 else values.pop()
                if not values:
                    del self.decided[ident][field]
                if field == "ended" and self.luck.random() < 0.4:
                    self.hidden[ident] = True
                elif field == "ended":
                    row["status"] = "won" if value == "won" else "lost"
                else:
                    row[field] = value

    def _happen(self, what, ident, row, day):
        close, luck = row["close_date"], self.luck
        if what in ("push", "nudge", "pull"):
            days = {"push": (4, 25), "nudge": (1, 3), "pull": (-12, -1)}[what]
            row["close_date"] = max(close or day, day - timedelta(days=20)) + timedelta(days=luck.randint(*days))
        elif what == "undated":
            row["close_date"] = None
        elif what == "amount":
            row["amount"] = Decimal(luck.randrange(5, 120) * 1000)
        elif what == "stage":
            row["stage"] = luck.choice(STAGES)
        elif what in ("category", "omitted"):
            row["category"] = luck.choice(("commit", "best case", "pipeline")) if what == "category" else "omitted"
        elif what in ("won", "lost"):
            row["status"] = what
            row["close_date"] = day if what == "won" else close
        elif what == "vanish":
            self.hidden[ident] = True
        elif what == "handed":
            row["owner"] = luck.choice((*NAMES, "Zoe Novak"))
        elif what == "step":
            row["step"] = f"Walk @Dana through {self.word()}"
            row["step_date"] = day + timedelta(days=luck.randrange(2, 16))

    def export(self, day, number):
        shown = {ident: row for ident, row in self.rows.items() if ident not in self.hidden}
        deals = tuple(as_deal(ident, row) for ident, row in shown.items())
        export = Export(id=f"e{number}", day=day, source=f"{number}.csv", crm="test", deals=deals, columns=COLUMNS)
        ours = {ident_of(name) for name in NAMES}
        told = {}
        for ident, row in shown.items():
            owner = ident_of(row["owner"])
            told[ident] = {**row, "owner": owner if owner in ours else "outside"}
        return export, told


def as_deal(ident, row):
    return Deal(
        id=ident, name=ident, owner=row["owner"], amount=row["amount"], stage=row["stage"], created=row["created"],
        category=Category(row["category"]), close_date=row["close_date"], status=Status(row["status"]),
        next_step=row["step"], next_step_date=row["step_date"],
    )  # fmt: skip


class Weeks:
    """Runs the weeks; `seen` holds a pair per moment: what the product shows and what the recount says."""

    def __init__(self, seed=7):
        self.world, self.luck = World(seed), random.Random(seed + 1)
        self.again = Recount([ident_of(name) for name in NAMES], set(HOLIDAYS))
        self.ledger, self.exports, self.seen, self.reviews, self.happened = Ledger(), 0, [], [], set()
        for week in range(WEEKS):
            self._week(week)

    def _week(self, week):
        day = week_day(week)
        if week in TWICE:
            ident = self.world.comes(day - timedelta(days=4))
            self._import_at_desk(day - timedelta(days=4))
            self.world.rows[ident]["owner"] = "Sofia Diaz"
        self._import_at_desk(day - timedelta(days=1))
        if week == SKIPPED:
            return
        self._at_desk(day)
        self._review(week, day)
        if week in SAME_DAY:
            self._import_at_desk(day)

    # Between two reviews

    def _import_at_desk(self, day):
        self.world.live(day)
        export, rows = self._export(day)
        self.ledger = desk(self.ledger, [export], imported(export), settings=SETTINGS)
        self.again.read(day, rows)

    def _export(self, day):
        self.exports += 1
        return self.world.export(day, self.exports)

    def _at_desk(self, day):
        """A verdict given at the desk, and a deal answered in writing by somebody who is away."""
        on = day - timedelta(days=1)
        at = NINE.replace(year=on.year, month=on.month, day=on.day)
        facts: list[Any] = []
        for label, promise in self.again.promises.items():
            if promise.open and on - timedelta(days=9) < promise.due < day and self.luck.random() < 0.1:
                word = self.luck.choice(("done", "not done", "no longer needed"))
                facts.append(VerdictGiven(commitment=label, verdict=Verdict(word), on=on))
                self.again.verdict(label, word, None, on)
        for person in SETTINGS.reps:
            mine = [k for k, r in self.ledger.deals.items() if r.rep == person.id and not self.again.deals[k].gone]
            if person.is_away(day) and mine and person.id != "marcus-bell":
                ident, label, due = min(mine), f"written-{person.id}-{day}", day + timedelta(days=3)
                step = a_promise(label, owner=person.id, due=due, made=on, review="", origin=Origin.STEP, deal=ident)
                facts.append(ClosedOut(deal=ident, step=step, new=True, in_writing=True))
                self.again.step(ident, label, person.id, due, on, written=True)
        batch = Batch(id=f"desk-{day}", at=at, events=tuple(facts), what="at the desk")
        self.ledger = desk(self.ledger, [], batch, settings=SETTINGS)

    # A review

    def _review(self, week, day):
        present = expected(SETTINGS, day)
        planned = plan(self.ledger, SETTINGS, day, present)
        review = day.isoformat()
        event = start(self.ledger, SETTINGS, review=review, today=day, present=present, planned=planned, desk=0)
        at = NINE.replace(year=day.year, month=day.month, day=day.day)
        batch = Batch(id=f"start-{review}", at=at, events=(event,), what="started")
        self.session = RunningSession(fold(self.ledger, (batch,)))
        self.again.start(day, [person for person in present if person != "ada-hall"])
        opening = self._look("start")
        self._forecast()
        queue = [slot.deal for slot in planned.slots]
        for place, ident in enumerate(queue):
            if week in MIDWAY and place == len(queue) // 2:
                self._import_midway(day)
            if place < len(queue) - 2:
                self._inspect(ident)
        if week == 3:
            self._come_late("marcus-bell")
        self._creation()
        self._actions(day)
        self.again.queued([slot.deal for slot in self.session.meeting.queue])
        before = self._look("before the lock")
        self.ledger = self._locked()
        counted = self.again.lock()
        self.reviews.append(
            Box(day=day, plan=planned, opening=opening, before=before, meeting=self.session.meeting,
                minutes=self.session.minutes, counted=counted, after=self.again.picture(), week=week)
        )  # fmt: skip
        for fact in self.session.log.batches[-1].events:
            if isinstance(fact, DealChanged):
                self._decided(fact.deal, "category", "best case")

    def _locked(self):
        return self.session.lock()

    def _look(self, moment):
        seen = Box(moment=moment, meeting=self.session.meeting, counted=self.again.picture(), day=self.again.day)
        self.seen.append(seen)
        return seen

    def _decided(self, ident, field, value):
        self.world.decided.setdefault(ident, {}).setdefault(field, []).append(value)

    def _import_midway(self, day):
        self.world.live(day, few=True)
        export, rows = self._export(day)
        assert self.session.take_import(export) is None
        self.again.read(day, rows)
        self.again.queued([slot.deal for slot in self.session.meeting.queue])
        self._look("after an import")

    def _come_late(self, person):
        self.session.must(i.SetPresence(person=person, present=True))
        self.again.presence(person, True)

    def _forecast(self):
        for person in self.session.meeting.turn_order:
            for promise in self.session.meeting.due_of(person.id):
                self._judge(promise)
            if not person.manager and self.luck.random() < 0.95:
                amount = self.luck.randrange(200, 700)
                stated = i.StateCall(person=person.id, commit=f"{amount}k", reason="as it stands", confirmed=True)
                self.session.must(stated)
                self.again.stated_call(person.id, Decimal(amount * 1000))
        known = self.session.meeting.ledger.commitments.values()
        for promise in [c for c in known if c.is_open and c.aloud and c.due >= self.day][:3]:
            word = self.luck.choice((Verdict.DONE, Verdict.MOVED))
            due = promise.due + timedelta(days=4) if word is Verdict.MOVED else None
            self._verdict(promise.id, word, due)

    @property
    def day(self):
        return self.session.meeting.day

    def _judge(self, promise):
        word = self.luck.choices(list(Verdict), (40, 15, 20, 15, 10))[0]
        due = self.day + timedelta(days=self.luck.randrange(1, 15)) if word is Verdict.MOVED else None
        if word is Verdict.NOT_DONE and self.luck.random() < 0.7:
            due = self.day + timedelta(days=3)
        self._verdict(promise.id, word, due)
        meeting = self.session.meeting
        done = word in (Verdict.DONE, Verdict.BUYER) and promise.origin is Origin.STEP
        if done and not meeting.is_gone(promise.deal) and self.luck.random() < 0.5:
            self._new_step(promise.deal, i.NextStep)

    def _verdict(self, label, word, due):
        self.session.must(i.GiveVerdict(commitment=label, verdict=word, when=due.isoformat() if due else ""))
        self.again.verdict(label, word.value, due, self.day)

    def _new_step(self, ident, intent=i.CloseOut):
        due = self.day + timedelta(days=self.luck.randrange(0, 16))
        who = self.luck.choice(("@Dana ", "@Kim ", ""))
        agreed = "! " if who and self.luck.random() < 0.5 else ""
        rep = self.session.meeting.record(ident).rep
        whose = "" if rep else " ah"
        self.session.must(intent(deal=ident, line=f"Walk {who}through {self.world.word()} {agreed}{due}{whose}"))
        step = self.session.meeting.step(ident)
        assert step is not None
        self.again.step(ident, step.id, rep or "ada-hall", due)

    # Inspection

    def _inspect(self, ident):
        session = self.session
        if session.meeting.is_gone(ident):
            return
        session.must(i.EnterSection(section="inspection"), i.OpenDeal(deal=ident))
        self.again.open(ident)
        session.clock.on(self.luck.randrange(15, 90))
        self._change(ident)
        if session.meeting.effective(ident).category is Category.COMMIT:
            self._commit(ident)
        if self.luck.random() < 0.1:
            # What is taken back has not been: the recount never hears of it.
            session.must(i.EndDeal(deal=ident, kind=Ending.LOST, reason=EndReason.PRICE), i.Undo())
        self._leave(ident)

    def _change(self, ident):
        deal, luck = self.session.meeting.effective(ident), self.luck
        changes: list[Any] = []
        if luck.random() < 0.15:
            later = max(deal.close_date or self.day, self.day) + timedelta(days=luck.choice((2, 8, 15)))
            changes.append(("close_date", later.isoformat(), later))
        if luck.random() < 0.1:
            category = luck.choice(("commit", "best case", "pipeline"))
            changes.append(("category", category, category))
        if luck.random() < 0.07:
            amount = luck.randrange(5, 90)
            changes.append(("amount", f"{amount}k", Decimal(amount * 1000)))
        if luck.random() < 0.07:
            stage = luck.choice(STAGES)
            changes.append(("stage", stage, stage))
        for field, text, value in changes:
            if getattr(deal, field) == value:
                continue
            self.session.must(i.Change(deal=ident, field=field, text=text, cause=Cause.LEGAL))
            self.again.change(ident, field, value)
            self._decided(ident, field, value)

    def _commit(self, ident):
        deal, luck, day = self.session.meeting.effective(ident), self.luck, self.day
        if luck.random() < 0.12:
            self.session.must(i.GrantException(deal=ident, reason="the order form is signed"))
            self.again.excepted(ident)
        clauses, confirmed, paper = [], None, None
        if luck.random() < 0.55 and deal.close_date:
            said, word = day - timedelta(days=luck.randrange(0, 6)), luck.choice(("confirmed", "confirmed", "signed"))
            clauses.append(f"Dana {word} on {said}")
            confirmed = (deal.close_date, said, word == "signed")
        if luck.random() < 0.6:
            on = day + timedelta(days=luck.randrange(-13, 9))
            clauses.append(f"legal {on}")
            paper = (on, None) if on <= day else (None, on)
        if clauses:
            self.session.must(i.GiveEvidence(deal=ident, line=", ".join(clauses)))
            self.again.evidence(ident, confirmed, paper)

    def _leave(self, ident):
        session, luck, meeting = self.session, self.luck, self.session.meeting
        how = luck.choices(("step", "keep", "redate", "end", "offline", "park", "drop"), (34, 20, 18, 11, 6, 8, 8))[0]
        step: Any = meeting.step(ident)
        if how in ("keep", "redate") and step is None:
            how = "step"
        if how == "keep" and step.due < self.day:
            how = "step"
        if how == "park" and meeting.record(ident).parks:
            how = "drop"
        self.happened.add(how)
        if how == "step":
            self._new_step(ident)
        elif how == "keep":
            session.must(i.CloseOut(deal=ident, line=""))
        elif how == "redate":
            due = self.day + timedelta(days=luck.randrange(1, 12))
            session.must(i.CloseOut(deal=ident, line=due.isoformat()))
            self.again.redated(step.id, due)
        elif how == "end":
            kind = luck.choice(list(Ending))
            session.must(i.EndDeal(deal=ident, kind=kind, reason=EndReason.PRICE, lesson="ask earlier"))
            self._decided(ident, "ended", kind.value)
            return self.again.ended(ident, kind.value)
        elif how in ("offline", "park"):
            self._set_apart(ident, how)
        else:
            session.must(i.Drop(deal=ident))
        ways = {"offline": "offline", "park": "parked", "drop": "dropped"}
        return self.again.left(ident, ways.get(how, "closed out"))

    def _set_apart(self, ident, how):
        known = set(self.session.meeting.ledger.commitments)
        offline = i.TakeOffline(deal=ident, who="Ada Hall", when=(self.day + timedelta(days=3)).isoformat())
        self.session.must(offline if how == "offline" else i.Park(deal=ident))
        (label,) = set(self.session.meeting.ledger.commitments) - known
        made = self.session.meeting.ledger.commitments[label]
        self.again.promised(label, made.owner, made.due, self.day)

    # Creation and actions

    def _creation(self):
        session = self.session
        session.must(i.EnterSection(section="creation"))
        for item in items_of(session.meeting):
            if item.kind is ItemKind.VANISHED and not item.done and self.luck.random() < 0.5:
                answer = self.luck.choice(("won", "lost", "filtered out", "deleted", "later"))
                session.must(i.AnswerVanished(deal=item.id, answer=answer))
                self.again.answered(item.id, answer)
            elif item.kind is ItemKind.NEW and self.luck.random() < 0.3:
                session.must(SettleMarks(deal=item.id))
                self.again.settled(item.id)
            elif item.kind is ItemKind.NUMBER and self.luck.random() < 0.5:
                session.must(i.GiveNumber(person=item.id, text="110k"))
                made = session.meeting.ledger.commitments[session.meeting.numbers[item.id]]
                self.again.numbered(made.id, item.id, self._friday(), self.day)

    def _friday(self):
        friday = self.day + timedelta(days=4)
        return friday - timedelta(days=friday in HOLIDAYS)

    def _actions(self, day):
        self.session.must(i.EnterSection(section="actions"))
        for person in self.luck.sample(SETTINGS.people, 4):
            known = set(self.session.meeting.ledger.commitments)
            self.session.must(i.Promise(line=f"Send {self.world.word()} to @Kim", owner=person.id))
            (label,) = set(self.session.meeting.ledger.commitments) - known
            self.again.promised(label, person.id, self._friday(), day)
