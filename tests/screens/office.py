"""An office in memory with a small team: one review was held on Mon 16 Nov, the next is on Mon 23 Nov at 10:00."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count, cycle
from pathlib import Path

from msgspec.structs import replace

from review.call_facts import fold_call
from review.deals import Category, Deal, Export, Status
from review.desk_call import decide_call
from review.errors import CloseoutError
from review.events import Batch
from review.fold import fold
from review.importing import take_in
from review.intents import CloseOut, EnterSection, Lock, OpenDeal, Promise, StateCall
from review.outlook import Opening, outlook
from review.people import Person
from review.ports import Draft, Incoming, Saved, Standing
from review.records import Ledger
from review.results import Refusal
from review.session import Session
from review.settings import Settings, Stage
from review.start import expected, plan, start

LAST, TODAY = date(2026, 11, 16), date(2026, 11, 23)
STAGES = ("Qualify", "Discover", "Propose", "Negotiate", "Sign")
ACCOUNTS = (
    "Calder Foods", "Larkfield", "Halden Energy", "Kestrel Freight", "Brightwater", "Ostrava Rail", "Pinecrest",
    "Northwind", "Umbrella", "Stark", "Quillon", "Solway Ports", "Vantor", "Tallis Bank", "Moor & Finch", "Amberley",
    "Initech", "Redgate", "Foxglove Clinics", "Harrow Steel", "Ivory Hotels", "Juniper Labs", "Kingsway", "Lindholm",
    "Marlow Print", "Nordlys", "Orchard Pay", "Pelham Air", "Quarry Bay", "Rosewood", "Saltmarsh", "Thornbury",
)  # fmt: skip
TEAM = (
    Person(id="ruth", name="Ruth Adler", initials="ra", manager=True, carries=False),
    *(
        Person(id=name.split()[0].lower(), name=name, initials="".join(part[0] for part in name.split()).lower())
        for name in ("Sofia Diaz", "Nina Roth", "Tom Reed", "Aisha Khan", "Marcus Bell", "Wei Lin", "Diego Paz")
    ),
)
SETTINGS = Settings(
    people=TEAM,
    stages=tuple(Stage(name=name, odds=Decimal(odds)) for name, odds in zip(STAGES, (10, 25, 45, 70, 90), strict=True)),
    team_quota=Decimal(1_600_000),
    start=time(10, 0),
    timezone="UTC",
)


class Clock:
    """A clock that a test sets."""

    def __init__(self, now):
        self.at = now

    def now(self):
        return self.at

    def steady(self):
        return self.at.timestamp()

    def run(self, **span):
        self.at += timedelta(**span)


class Drafts:
    def __init__(self):
        self.draft = Draft()

    def keep(self, draft):
        self.draft = draft

    def read(self):
        return self.draft


class Log(list[Batch]):
    def freeze(self, review, ledger):
        return f"digest of {review}, {len(ledger.deals)} deals"


def deals(week):
    """The export of a week: in the second one things have moved."""
    reps = cycle(person.name for person in TEAM if person.carries)
    found = []
    for at, (account, owner) in enumerate(zip(ACCOUNTS, reps, strict=False)):
        close = date(2026, 12, 4) + timedelta(days=at * 3 % 40)
        deal = Deal(
            id=f"d{at}",
            name=f"{account} platform",
            account=account,
            owner=owner,
            amount=Decimal((at * 37 % 21 + 2) * 11_000),
            stage=STAGES[at % 4],
            category=(Category.PIPELINE, Category.COMMIT, Category.BEST_CASE, Category.PIPELINE)[at % 4],
            close_date=close,
            created=date(2026, 8, 1) + timedelta(days=at),
            next_step="Send the draft contract to Dana" if at % 3 == 0 else "",
            next_step_date=TODAY + timedelta(days=3) if at % 3 == 0 else None,
        )
        found.append(_moved(deal, at) if week else deal)
    if week:
        found = [deal for deal in found if deal.id != "d30"]
        found.append(
            Deal(id="new", name="Zephyr start", account="Zephyr", owner="Tom Reed", amount=Decimal(90_000),
                 stage="Qualify", close_date=date(2026, 12, 20), created=date(2026, 11, 18))
        )  # fmt: skip
    return tuple(found)


def _moved(deal, at):
    if at % 8 == 1:
        return replace(deal, close_date=deal.close_date + timedelta(days=14))
    if at == 6:
        return replace(deal, status=Status.WON, close_date=date(2026, 11, 19))
    if at == 14:
        return replace(deal, status=Status.LOST)
    return replace(deal, stage="Negotiate") if at == 2 else deal


def export(week, *, read="2026-11-23T08:22:00+00:00"):
    day = TODAY if week else LAST
    columns = ("id", "name", "account", "owner", "amount", "stage", "category", "close_date", "created", "next_step")
    return Export(
        id=f"e{week}",
        day=day,
        source=f"pipeline-{day}.csv",
        crm="Salesforce",
        deals=deals(week),
        columns=columns,
        read_at=read,
    )


class Office:
    """What the screens ask of the disk, in memory."""

    notes = ()

    def __init__(self, ledger=None, *, settings=SETTINGS, now=datetime(2026, 11, 23, 9, 52, tzinfo=UTC), set_up=True):
        self.clock = Clock(now)
        self.today = now.date()
        self.stands = Standing(ledger=ledger or Ledger(), settings=settings)
        self.set_up = set_up
        self.fresh = False
        self.files = {}
        self.saved = {}
        self.sent = set()
        self.kept = {}
        self.broken = ""
        self.log = Log()
        self.ended = False
        self._ids = (f"{number:08x}" for number in count(1))

    def standing(self):
        if self.broken:
            raise CloseoutError(self.broken)
        return replace(self.stands, outlook=self.outlook())

    def opening(self):
        if self.broken:
            raise CloseoutError(self.broken)
        self.fresh = False
        return Opening(outlook=self.outlook(), set_up=self.set_up)

    def outlook(self):
        return outlook(self.stands.ledger, self.stands.settings, self.today, plans=self.set_up)

    def changed(self):
        return self.fresh

    def put(self, **changes):
        """Let something change behind the lobby's back."""
        self.stands = replace(self.stands, **changes)
        self.fresh = True

    def running(self):
        return None

    def begin(self, standing, present, planned):
        if self.broken:
            raise CloseoutError(self.broken)
        began = start(
            standing.ledger,
            standing.settings,
            review=f"r{self.today:%m%d}",
            today=self.today,
            present=present,
            planned=planned,
            desk=0,
        )
        batch = Batch(id=next(self._ids), at=self.clock.now(), events=(began,), what="started")
        minutes = fold(standing.ledger, (batch,))
        return Session(minutes, self.log, self.clock, self.log, lambda: next(self._ids))

    def finish(self):
        self.ended = True

    def drafts(self, review):
        return self.kept.setdefault(review, Drafts())

    def keep_settings(self, settings):
        self.put(settings=settings)

    def read_file(self, path, answers=None):
        found = self.files[Path(path).name]
        if isinstance(found, str):
            raise CloseoutError(found)
        if callable(found):
            return found(answers)
        said = (f"{len(found.deals)} deals from {found.source} (Salesforce headers).", "8 owners: Tom Reed 5.")
        return Incoming(export=found, said=said)

    def take_import(self, found):
        self.learned = found.learned
        self.put(ledger=take_in(self.stands.ledger, found.export, self.stands.settings))

    def desk_do(self, intent):
        if self.broken:
            raise CloseoutError(self.broken)
        answer = decide_call(self.stands.ledger, self.stands.settings, self.today, intent)
        if isinstance(answer, Refusal):
            return answer
        self.put(ledger=fold_call(self.stands.ledger, answer.fact))
        return None

    def targets(self):
        return (
            ("markdown", "Recap, Markdown", ""),
            ("csv", "Commitments, CSV", "any spreadsheet"),
            ("jira", "Jira", ""),
        )

    def written(self, minutes, target, *, news=False):
        name = f"exports/{minutes.meeting.review}{'-new' if news else ''}.{'md' if target == 'markdown' else target}"
        if news:
            left = () if target in self.sent else ("Sofia,Only this\n",)
            return Saved("owner,text\n" + "".join(left), Path(name), empty=not left)
        text = "# The hour\n\nNorthwind\n" * 30 if target == "markdown" else "owner,text\nTom,Send it\n"
        return Saved(text, Path(name))

    def save(self, minutes, target, *, news=False):
        if self.broken:
            raise CloseoutError(self.broken)
        saved = self.written(minutes, target, news=news)
        if news:
            self.sent.add(target)
        self.saved[str(saved.path)] = saved.text
        return saved.path


def first_lock():
    """The ledger that the first review left."""
    ledger = take_in(Ledger(), export(0), SETTINGS)
    office = Office(ledger, now=datetime(2026, 11, 16, 10, 0, tzinfo=UTC))
    session = a_session(office)
    for person in TEAM[1:]:
        session.do(StateCall(person=person.id, commit="180", confirmed=True))
    session.do(EnterSection(section="inspection"))
    for slot in session.meeting.queue[:14]:
        session.do(OpenDeal(deal=slot.deal))
        office.clock.run(seconds=90)
        session.do(CloseOut(deal=slot.deal, line="Send the draft contract to @Dana thu"))
    session.do(Promise(line="Book the room for the offsite with @Ann fri ra", owner="ruth"))
    session.do(EnterSection(section="actions"))
    office.clock.run(minutes=20)
    assert session.do(Lock()) is None
    return session.meeting.ledger


def a_session(office, *, away=()):
    """A review that has just begun, with everybody but `away` in the room."""
    standing = office.standing()
    present = tuple(p for p in expected(standing.settings, office.today) if p not in away)
    return office.begin(standing, present, plan(standing.ledger, standing.settings, office.today, present))


def second_week():
    """An office on the morning of the second review, its export read in."""
    return Office(take_in(first_lock(), export(1), SETTINGS))


def go_through(session, clock, *, closed=8):
    """Take a review through its sections up to Actions, with some deals closed out."""
    meeting = session.meeting
    for person in meeting.turn_order:
        session.do(StateCall(person=person.id, commit="190", reason="one more deal", confirmed=True))
    clock.run(minutes=10)
    session.do(EnterSection(section="inspection"))
    for slot in session.meeting.queue[:closed]:
        session.do(OpenDeal(deal=slot.deal))
        clock.run(seconds=200)
        session.do(CloseOut(deal=slot.deal, line="Call @Dana about the two open clauses thu"))
    session.do(EnterSection(section="creation"))
    clock.run(minutes=10, seconds=50)
    session.do(EnterSection(section="actions"))
    clock.run(minutes=8)
