"""Two slips: who stays in commit (method, section 5, “Two slips”).

A stay in commit is carried from lock to lock in `Stay`; `judge` takes it over one lock and says what that lock does.
"""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from review.calendar import Workdays
from review.deals import Category, Deal, Status
from review.learning import Rule
from review.periods import period_of
from review.records import DealRecord, Ledger
from review.settings import Settings
from review.stays import Slip, Stay
from review.truth import effective, is_duplicate
from review.words import day_month

CALLED_EARLY = "called early, before the lock"
ENOUGH = 2
"""Counted slips that move a deal."""


class LockFacts(Struct, frozen=True, kw_only=True):
    """What the rules that act by themselves need to know of a lock."""

    day: date
    review: str
    number: int
    """1 for the first held review."""
    present: frozenset[str]
    told: frozenset[str] = frozenset()
    """Deals that stood with their reason on a sheet or on a card opened in the room."""
    written: frozenset[str] = frozenset()
    """Absent people who answered in writing; the commit gate acts for them, two slips do not."""
    learning: frozenset[Rule] = frozenset()
    """Rules that rest on a threshold changed since the last lock: they get a week to be learned."""
    settings: Settings
    workdays: Workdays

    @property
    def in_force(self) -> bool:
        """Tell whether rules act at this lock, or only say what they would do."""
        return self.number >= self.settings.thresholds.enforce_from

    def acts(self, rule: Rule) -> bool:
        """Tell whether one rule acts at this lock: it is in force, and no threshold of its was just changed."""
        return self.in_force and rule not in self.learning


class Judgement(Struct, frozen=True, kw_only=True):
    """What one lock does to one deal's stay in commit."""

    stay: Stay | None
    """The stay as the lock leaves it; None where there is none or it ended."""
    slip: Slip | None = None
    """The slip that this lock counts."""
    demotes: bool = False
    waits: bool = False
    """Whether a demotion waits after this lock."""
    early: bool = False
    """Whether the deal left commit by its rep's own word before the lock: no slip, and credit."""
    excepted: str = ""
    """The printed reason, where an exception held the deal in commit."""
    moves: str = ""
    """The counted slips with their dates: '4 Dec → 11 Dec on 16 Nov, 11 Dec → 18 Dec today'."""
    sentence: str = ""
    """What happened, for recap and card; empty where nothing did."""


def in_commit(deal: Deal) -> bool:
    """Tell whether the deal is open and in commit."""
    return deal.status is Status.OPEN and deal.category is Category.COMMIT


def judge_record(record: DealRecord, facts: LockFacts) -> Judgement:
    """Judge one deal at a lock by its effective values."""
    deal = effective(record)
    closed = deal.status is not Status.OPEN
    if record.missing_since is not None and not closed:
        return Judgement(stay=record.stay, waits=record.stay is not None and record.stay.waiting is not None)
    if not in_commit(deal):
        return _outside(record.stay, early=called_early(record))
    return judge(
        record.stay,
        deal.close_date,
        facts,
        here=record.rep in facts.present,
        told=deal.id in facts.told,
        exception=record.exception,
    )


def judge_all(ledger: Ledger, facts: LockFacts) -> dict[str, Judgement]:
    """Judge every deal that is in commit or in a stay; what is missing here has no stay."""
    return {
        ident: judge_record(record, facts)
        for ident, record in ledger.current.items()
        if record.stay is not None or in_commit(effective(record))
    }


def called_early(record: DealRecord) -> bool:
    """Tell whether the deal was in commit after the last lock and its rep took it out or ended it before this one."""
    deal = effective(record)
    before = record.lock
    was = before is not None and before.was_in_commit
    return was and not in_commit(deal) and deal.status is not Status.WON and not is_duplicate(record)


def _outside(stay: Stay | None, *, early: bool) -> Judgement:
    """Take the stay over a lock outside commit: as if it had not been, but the second in a row ends the stay."""
    words = CALLED_EARLY if early else ""
    if stay is None or stay.outside + 1 >= ENOUGH:
        return Judgement(stay=None, early=early, sentence=words)
    after = replace(stay, outside=stay.outside + 1)
    return Judgement(stay=after, early=early, waits=after.waiting is not None, sentence=words)


def judge(
    stay: Stay | None, close: date | None, facts: LockFacts, *, here: bool, told: bool = False, exception: str = ""
) -> Judgement:
    """Judge a deal that is in commit at the lock, with its close date there."""
    anchor = close if stay is None else stay.anchor
    resumed = stay is not None and stay.running_out and close is not None and close >= facts.day
    slip = None
    if not resumed and has_slipped(close, anchor, facts):
        slip = Slip(facts.review, facts.day, stay.last_close if stay else close, close, anchor)
    after = _carry(stay, close, slip, facts, resumed=resumed)
    due = slip is not None and len(after.slips) >= ENOUGH
    waiting = after.waiting
    can = facts.acts(Rule.SLIPS) and here and (told or after.told is not None)
    if exception:
        held = exception if due or waiting else ""
        return _said(replace(after, waiting=None), slip, facts, waited=waiting, excepted=held)
    if not can:
        after = replace(after, waiting=_earlier(waiting, slip if due else None))
        return _said(after, slip, facts, here=here)
    demotes = due or (waiting is not None and not _caught_up(close, waiting))
    return _said(replace(after, waiting=None), slip, facts, waited=waiting if demotes else None, demotes=demotes)


def has_slipped(close: date | None, anchor: date | None, facts: LockFacts) -> bool:
    """Tell whether a close date is a slip against its anchor on the review's day."""
    if close is None or close < facts.day:
        return True
    if anchor is None or close <= anchor:
        return False
    if period_of(close, facts.settings).first > period_of(anchor, facts.settings).first:
        return True
    return facts.workdays.between(anchor, close) > facts.settings.thresholds.slip_tolerance


def _carry(stay: Stay | None, close: date | None, slip: Slip | None, facts: LockFacts, *, resumed: bool) -> Stay:
    """Take the stay over this lock: anchor, count and quiet reviews; what waits is settled by the caller."""
    if stay is None:
        stay = Stay(since=facts.day, anchor=close, last_close=close)
        later = False
    else:
        later = close is not None and (stay.last_close is None or close > stay.last_close)
    if slip is not None:
        return replace(
            stay,
            anchor=close,
            last_close=close,
            slips=(*stay.slips, slip),
            quiet=0,
            running_out=close is None or close < facts.day,
            outside=0,
        )
    quiet = 0 if later else stay.quiet + 1
    reset = quiet >= facts.settings.thresholds.slip_reset
    return replace(
        stay,
        anchor=close if resumed or stay.anchor is None else stay.anchor,
        last_close=close,
        slips=() if reset else stay.slips,
        quiet=quiet,
        running_out=False,
        outside=0,
        told=None if reset and stay.waiting is None else stay.told,
    )


def _earlier(one: Slip | None, other: Slip | None) -> Slip | None:
    """Of two demotions that wait keep the one that a date pulled in is least likely to cancel."""
    if one is None or other is None:
        return one or other
    return min(one, other, key=lambda slip: slip.anchor or date.min)


def _caught_up(close: date | None, waiting: Slip) -> bool:
    """Tell whether the date is back at what the waiting slip was judged against."""
    return close is not None and waiting.anchor is not None and close <= waiting.anchor


def _said(
    stay: Stay,
    slip: Slip | None,
    facts: LockFacts,
    *,
    waited: Slip | None = None,
    demotes: bool = False,
    excepted: str = "",
    here: bool = True,
) -> Judgement:
    """Put the outcome into words; the recap of this lock tells the rep that one more slip moves the deal."""
    waited = waited or stay.waiting
    moves = say_slips(stay, facts.day) or (say_slip(waited, facts.day) if waited else "")
    sentence = ""
    if demotes:
        sentence = f"{moves}: best case"
    elif excepted:
        sentence = f"{moves}: stays in commit – {excepted}"
    elif stay.waiting is not None:
        sentence = f"{moves}: {_why_waiting(facts, here=here)}"
    elif slip is not None or (stay.slips and stay.told is None):
        sentence = f"{moves}: one more in a row moves it to best case"
    if (stay.slips or stay.waiting is not None) and stay.told is None:
        stay = replace(stay, told=facts.day)
    waits = stay.waiting is not None
    return Judgement(
        stay=stay, slip=slip, demotes=demotes, waits=waits, excepted=excepted, moves=moves, sentence=sentence
    )


def _why_waiting(facts: LockFacts, *, here: bool) -> str:
    if Rule.SLIPS in facts.learning:
        return "its threshold was changed; from next week this moves it to best case"
    if not facts.in_force:
        return "from next week this moves it to best case"
    return "to best case at the next lock" if here else "to best case when its rep is here"


def say_slips(stay: Stay, today: date) -> str:
    """Say the last two counted slips with their dates."""
    return ", ".join(say_slip(slip, today) for slip in stay.slips[-ENOUGH:])


def say_slip(slip: Slip, today: date) -> str:
    """Say one slip: '4 Dec → 11 Dec on 16 Nov', or 'today' where it is this lock's."""
    when = "today" if slip.day == today else f"on {day_month(slip.day)}"
    if slip.to is None:
        return f"no close date {when}"
    if slip.to < slip.day:
        return f"close date {day_month(slip.to)} was past {when}"
    if slip.anchor is None:
        return f"no date → {day_month(slip.to)} {when}"
    return f"{day_month(slip.anchor)} → {day_month(slip.to)} {when}"


class Pending(Struct, frozen=True, kw_only=True):
    """What the two-slip rule would do at this lock as things stand now."""

    word: str
    """'slip pending', 'second slip', 'one slip' or 'slips' of earlier reviews, 'excepted'."""
    sentence: str
    moves: str
    """The counted slips with their dates."""
    demotes: bool = False
    asks: bool = False
    """Whether the manager may be asked for an exception."""


def pending(record: DealRecord, facts: LockFacts) -> Pending | None:
    """Say what would happen at this lock as things stand now; None where the rule has nothing to say."""
    if record.missing_since is not None or not in_commit(effective(record)):
        return None
    found = judge_record(record, facts)
    moves = found.moves
    if found.demotes:
        sentence = f"{moves}: best case at lock. Exception?"
        return Pending(word="second slip", sentence=sentence, moves=moves, demotes=True, asks=True)
    if found.excepted:
        sentence = f"{moves}: stays in commit – {found.excepted}; the next slip moves it"
        return Pending(word="excepted", sentence=sentence, moves=moves)
    if found.waits:
        return Pending(word="second slip", sentence=found.sentence, moves=moves, asks=True)
    if found.slip is not None:
        sentence = f"{moves}; a second in a row moves it to best case"
        return Pending(word="slip pending", sentence=sentence, moves=moves)
    if found.stay is not None and found.stay.slips:
        sentence = f"{moves}; one more in a row moves it to best case"
        return Pending(word="one slip" if len(found.stay.slips) == 1 else "slips", sentence=sentence, moves=moves)
    return None
