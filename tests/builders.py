"""Small deals, exports, meetings and sessions that the tests of the core are made of."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from review.calendar import Workdays
from review.commitments import Commitment, Origin
from review.deals import Category, Deal, Export, Status
from review.desk import at_desk
from review.errors import CloseoutError
from review.events import Batch, Imported, Locked, Started
from review.fold import Minutes, fold
from review.importing import take_in
from review.intents import Lock, TakeCall
from review.people import Person
from review.queue_plan import plan_queue
from review.records import Ledger
from review.session import Session
from review.settings import Settings, Stage, Thresholds
from review.start import start

MONDAY = date(2026, 11, 23)
NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
STAGES = ("Qualify", "Discover", "Propose", "Negotiate", "Sign")
TEAM = (
    Person(id="ada-hall", name="Ada Hall", initials="ah", manager=True, carries=False),
    Person(id="tom-reed", name="Tom Reed", initials="tr", quota=Decimal(500_000)),
    Person(id="wei-lin", name="Wei Lin", initials="wl", quota=Decimal(400_000)),
)
GOOD = "Walk @Dana through the redlines ! thu"
"""A line that closes a deal out; `!` and date are lifted."""


def monday(number):
    """The Monday of review `number`; review 0 is 23 Nov 2026."""
    return MONDAY + timedelta(weeks=number)


def some_settings(*, people=TEAM, thresholds=None, **more):
    return Settings(
        people=people,
        stages=tuple(Stage(name=name, odds=Decimal(20 * place + 10)) for place, name in enumerate(STAGES)),
        thresholds=Thresholds(**(thresholds or {})),
        **more,
    )


def a_deal(ident="d1", *, owner="Tom Reed", category="pipeline", close=date(2026, 12, 18), amount=100_000, **more):
    """One row of an export."""
    return Deal(
        id=ident,
        name=more.pop("name", ident),
        owner=owner,
        category=Category(category),
        close_date=close,
        amount=None if amount is None else Decimal(amount),
        stage=more.pop("stage", "Propose"),
        status=Status(more.pop("status", "open")),
        **more,
    )


def an_export(*deals, day=MONDAY - timedelta(days=1), ident="", source="pipeline.csv"):
    return Export(
        id=ident or f"e{day:%m%d}",
        day=day,
        source=source,
        crm="test",
        deals=deals or (a_deal(),),
        columns=("id", "created", "next_step", "stage", "category", "amount", "close_date"),
    )


def a_ledger(*deals, settings=None, **more):
    """What a first import leaves."""
    return take_in(Ledger(), an_export(*deals, **more), settings or some_settings())


def a_promise(ident="p1", *, owner="tom-reed", due=MONDAY - timedelta(days=1), **more):
    return Commitment(
        **{
            "id": ident,
            "text": "Send @Dana the draft contract",
            "owner": owner,
            "due": due,
            "first_due": due,
            "made": due - timedelta(days=6),
            "review": "before",
            "origin": Origin.ACTION,
            "customers": ("Dana",),
            **more,
        }
    )


def with_promises(ledger, *promises):
    from msgspec.structs import replace

    steps = {p.deal: p.id for p in promises if p.origin is Origin.STEP}
    deals = {key: replace(r, step=steps[key]) if key in steps else r for key, r in ledger.deals.items()}
    return replace(ledger, current=deals, commitments={**ledger.commitments, **{p.id: p for p in promises}})


def started(ledger, *, settings=None, day=MONDAY, present=None, review="", desk=0):
    """The first event of a review, with the queue that the method plans."""
    settings = settings or some_settings()
    present = tuple(p.id for p in settings.people) if present is None else tuple(present)
    plan = plan_queue(ledger, settings=settings, day=day, present=present, workdays=Workdays.of(settings))
    review = review or day.isoformat()
    return start(ledger, settings, review=review, today=day, present=present, planned=plan, desk=desk)


def some_minutes(ledger, **more) -> Minutes:
    event: Started = started(ledger, **more)
    at = datetime.combine(event.day, NINE.timetz())
    return fold(ledger, (Batch(id=f"start-{event.review}", at=at, events=(event,), what="started"),))


def a_meeting(ledger=None, **more):
    return some_minutes(ledger or a_ledger(), **more).meeting


class FakeClock:
    """Time that only a test moves."""

    def __init__(self, at=NINE):
        self.at = at

    def now(self):
        return self.at

    def steady(self):
        return self.at.timestamp()

    def on(self, seconds):
        self.at += timedelta(seconds=seconds)


class NotSaved(CloseoutError):
    """The disk of a test refused."""


class MemoryLog:
    """A log without a disk; it refuses where `broken` is set."""

    def __init__(self, batches=()):
        self.batches = list(batches)
        self.broken = False

    def append(self, batch):
        if self.broken:
            raise NotSaved("Not saved: the disk is full.")
        if all(known.id != batch.id for known in self.batches):
            self.batches.append(batch)


class MemoryFreezer:
    """Keeps snapshots in memory."""

    def __init__(self):
        self.frozen = {}

    def freeze(self, review, ledger):
        self.frozen[review] = ledger
        return f"digest of {review}"


class RunningSession(Session):
    """A session whose log, clock and freezer a test can reach."""

    def __init__(self, minutes):
        self.log = MemoryLog(minutes.batches)
        self.clock = FakeClock(minutes.batches[0].at)
        self.freezer = MemoryFreezer()
        self.number = 0
        super().__init__(minutes, self.log, self.clock, self.freezer, self.next_id)

    def next_id(self):
        self.number += 1
        return f"{self.number:06d}-{self.meeting.review}"

    def must(self, *intents):
        """Carry intents out, ten seconds each; a refusal fails the test."""
        for intent in intents:
            self.clock.on(10)
            refusal = self.do(intent)
            assert refusal is None, f"{intent}: {refusal}"
        return self.meeting

    def lock(self):
        """Take every call that is open, lock, and give the ledger that the next review stands on."""
        from review.calls import open_calls

        for entry in open_calls(self.meeting):
            self.must(TakeCall(person=entry.person, following=entry.period > self.meeting.day))
        self.must(Lock())
        return self.meeting.ledger

    @property
    def locked(self) -> Locked:
        locked = self.meeting.locked
        assert locked is not None
        return locked


def a_session(ledger=None, **more):
    """A running review on a fake clock, its minutes in memory."""
    return RunningSession(some_minutes(ledger or a_ledger(settings=more.get("settings")), **more))


def next_week(ledger, *deals, number=1, settings=None, **more):
    """The session of review `number`, with an export of the day before if deals are given."""
    settings = settings or some_settings()
    if deals:
        ledger = take_in(ledger, an_export(*deals, day=monday(number) - timedelta(days=1)), settings)
    return a_session(ledger, day=monday(number), settings=settings, **more)


def imported(export, ident="b1", at=NINE):
    """The batch that reads an export in at the desk."""
    event = Imported(export=export.id, day=export.day, source=export.source, rows=len(export.deals))
    return Batch(id=ident, at=at, events=(event,), what=f"read in {export.source}")


def desk(ledger, exports, *batches, settings=None):
    return at_desk(ledger, batches, {export.id: export for export in exports}, settings or some_settings())
