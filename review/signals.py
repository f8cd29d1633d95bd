"""Signals of a deal, down and up, each with its evidence in words (method, section 5).

What is not known does not fire; ages that began at first sight read "≥ 9 days".
"""

from datetime import date
from typing import Literal

from msgspec import Struct

from review.bearings import Bearings, done_on, take_bearings
from review.born import born_late
from review.calendar import Workdays
from review.deals import Category, Deal, Status
from review.evidence_gaps import gaps, passes_test, say_known
from review.from_exports import FROM_EXPORTS, age_from_exports
from review.learning import CHANGED, Rule
from review.periods import period_of
from review.records import DealRecord, Ledger
from review.settings import Settings
from review.slips import LockFacts, pending
from review.truth import effective
from review.words import ago, counted, day_month

RANK_COMMIT = 4
RANK_SLIP = 3
RANK_PASSES = 2
RANK_OTHER = 1


class Signal(Struct, frozen=True, kw_only=True):
    """One thing that stands out about a deal."""

    id: str
    word: str
    evidence: str
    tone: Literal["watch", "act", "ok", ""] = "watch"
    rank: int = RANK_OTHER
    """What it puts at stake in the queue: commit 4, second slip 3, passes the test 2, any other 1."""
    counts: bool = True
    """Whether it is one of the “other signals” that are counted; one signal told in two lines counts once."""
    short: str = ""
    """The evidence where room is short; empty: as it is."""
    facts: str = ""
    """What the evidence stands on, where there is no room for it beside it."""

    @property
    def whole(self) -> str:
        """The evidence with every fact that it stands on."""
        return f"{self.evidence} · {self.facts}" if self.facts else self.evidence


def signals(
    record: DealRecord,
    ledger: Ledger,
    *,
    day: date,
    settings: Settings,
    workdays: Workdays,
    away: frozenset[str] = frozenset(),
) -> tuple[Signal, ...]:
    """Give everything that stands out about one deal on the review's day, what weighs most first."""
    bearings = take_bearings(ledger, settings, day, workdays)._replace(away=away)
    return read_signals(record, effective(record), bearings)


def read_signals(record: DealRecord, deal: Deal, bearings: Bearings) -> tuple[Signal, ...]:
    """Give the signals of a deal with its effective values; the fast way where many deals are looked at."""
    if deal.status is not Status.OPEN or record.missing_since is not None or record.ended is not None:
        late = _born_late(record, deal, bearings)
        return (late,) if late and deal.status is Status.WON else ()
    found = [*_evidence(record, deal, bearings)]
    found += [signal for look in LOOKS if (signal := look(record, deal, bearings)) is not None]
    return tuple(sorted(found, key=lambda signal: -signal.rank))


def _evidence(record: DealRecord, deal: Deal, bearings: Bearings) -> list[Signal]:
    if deal.category is not Category.COMMIT:
        return []
    grace = f" – {CHANGED}" if Rule.EVIDENCE in bearings.learning else ""
    found = gaps(record, deal, bearings.day, bearings.settings)
    return [
        Signal(
            id=f"{gap.half} evidence",
            word=gap.word,
            evidence=gap.evidence if gap.ahead else f"{gap.evidence}{grace}",
            rank=RANK_OTHER if gap.ahead else RANK_COMMIT,
            counts=gap is found[0] and gap.ahead and all(one.ahead for one in found),
            short=gap.evidence,
        )
        for gap in found
    ]


def _slip(record: DealRecord, deal: Deal, bearings: Bearings) -> Signal | None:
    if deal.category is not Category.COMMIT:
        return None
    facts = LockFacts(
        day=bearings.day,
        review="",
        number=bearings.ledger.held + 1,
        present=frozenset((record.rep,)) - bearings.away,
        learning=bearings.learning,
        settings=bearings.settings,
        workdays=bearings.workdays,
    )
    found = pending(record, facts)
    if found is None:
        return None
    rank = RANK_OTHER if found.word == "slip pending" else RANK_SLIP
    return Signal(
        id="slip pending",
        word=found.word,
        evidence=found.sentence,
        rank=rank,
        counts=False,  # a first slip is no signal of the list; a second is a stake of its own
        short=f"{found.moves}, at stake today",
    )


def _passes(record: DealRecord, deal: Deal, bearings: Bearings) -> Signal | None:
    if deal.category not in (Category.BEST_CASE, Category.PIPELINE) or deal.close_date is None:
        return None
    inside = bearings.period.first <= deal.close_date <= bearings.period.last
    if not inside or not passes_test(record, deal, bearings.day, bearings.settings):
        return None
    said = f"the commit test, from {deal.category.value}"
    asks = f"{said} – what is missing for commit?"
    facts = say_known(record, bearings.day)
    return Signal(id="passes", word="passes", evidence=asks, tone="ok", rank=RANK_PASSES, short=said, facts=facts)


def _closing(_record: DealRecord, deal: Deal, bearings: Bearings) -> Signal | None:
    if deal.close_date is None:
        return Signal(id="close date", word="no close date", evidence="the deal has no close date", tone="act")
    if deal.close_date >= bearings.day:
        return None
    said = f"{day_month(deal.close_date)}, {ago(deal.close_date, bearings.day)}"
    return Signal(id="close date", word="close date past", evidence=said, tone="act")


def _without(record: DealRecord, _deal: Deal, bearings: Bearings) -> Signal | None:
    step = bearings.step(record)
    if step is None:
        return Signal(id="without", word="no next step", evidence="no step, date or owner")
    lacks = bearings.lacks(step)
    if not lacks:
        return None
    said = f"“{step.text}”: {', '.join(dict.fromkeys(f'no valid {field}' for field in lacks))}"
    return Signal(id="without", word="step incomplete", evidence=said)


def _overdue(record: DealRecord, _deal: Deal, bearings: Bearings) -> Signal | None:
    step = bearings.step(record)
    if step is None or step.due is None or step.due >= bearings.day:
        return None
    mark = "~ " if step.from_crm else ""
    said = f"{mark}“{step.text}” was due {day_month(step.due)}, {ago(step.due, bearings.day)}"
    return Signal(id="overdue", word="step overdue", evidence=said, tone="act")


def last_movement(record: DealRecord, deal: Deal, bearings: Bearings) -> tuple[date, str] | None:
    """Give the latest movement that is known, with its words; those from the CRM are marked `~`."""
    found: list[tuple[date, str]] = []
    if record.movement is not None:
        found.append((record.movement.on, f"{'~ ' if record.movement.from_crm else ''}{record.movement.what}"))
    if record.buyer_movement is not None:
        found.append((record.buyer_movement.on, record.buyer_movement.what))
    found += [(done, "step done") for step in bearings.steps.get(deal.id, ()) if (done := done_on(step)) is not None]
    columns = bearings.ledger.columns
    if deal.last_inbound is not None:
        found.append((deal.last_inbound, "~ last inbound"))
    elif deal.last_activity is not None and "last_inbound" not in columns:
        found.append((deal.last_activity, "~ last activity"))
    return max(found, key=lambda one: one[0]) if found else None


def is_stale(record: DealRecord, deal: Deal, bearings: Bearings) -> str:
    """Say that a deal is stale, with the evidence; empty where it is not."""
    limit = bearings.stale_days(deal.stage)
    last = last_movement(record, deal, bearings)
    since = record.first_seen if last is None else last[0]
    if record.stage_since_known and not _went_back(record, bearings):
        since = max(since, record.stage_since)
    days = (bearings.day - since).days
    if days < limit:
        return ""
    if last is None or since != last[0]:
        return f"no movement seen for ≥ {counted(days, 'day')}"
    return f"last moved {day_month(since)}, {ago(since, bearings.day)} ({last[1]})"


def _went_back(record: DealRecord, bearings: Bearings) -> bool:
    """Tell whether the last move between stages that was seen went backward, which is no movement."""
    last = next((change for change in reversed(record.history) if change.field == "stage"), None)
    if last is None:
        return False
    frm, to = (bearings.stages.get(name.casefold()) for name in (last.frm, last.to))
    return frm is not None and to is not None and to[0] < frm[0]


def is_long_in_stage(record: DealRecord, deal: Deal, bearings: Bearings) -> str:
    """Say that a deal is too long in its stage, with the days; empty where it is not."""
    days = (bearings.day - record.stage_since).days
    if not deal.stage or days < bearings.stage_days(deal.stage):
        return ""
    said = f"{deal.stage} for {'' if record.stage_since_known else '≥ '}{counted(days, 'day')}"
    return f"{said}, {FROM_EXPORTS}" if age_from_exports(record, bearings.ledger) else said


def _stale(record: DealRecord, deal: Deal, bearings: Bearings) -> Signal | None:
    said = is_stale(record, deal, bearings)
    return Signal(id="stale", word="stale", evidence=said) if said else None


def _stage_age(record: DealRecord, deal: Deal, bearings: Bearings) -> Signal | None:
    said = is_long_in_stage(record, deal, bearings)
    return Signal(id="stage age", word="long in stage", evidence=said) if said else None


def _pushed(record: DealRecord, deal: Deal, bearings: Bearings) -> Signal | None:
    if record.pushes < bearings.settings.thresholds.pushes:
        return None
    dates = [change for change in record.history if change.field == "close_date" and change.frm]
    moves = [change for change in dates if change.to > change.frm]
    said = f"pushed {record.pushes}×" + (f", {record.past_pushes} {FROM_EXPORTS}" if record.past_pushes else "")
    if moves:
        frm, to = _day_of(moves[-1].frm), _day_of(moves[-1].to)
        said = f"close date {frm} → {to}, {said}"
    elif deal.close_date is not None:
        said = f"close date {day_month(deal.close_date)}, {said}"
    facts = ", ".join(f"{_day_of(move.frm)} → {_day_of(move.to)} on {day_month(move.on)}" for move in moves)
    return Signal(id="pushed", word="pushed", evidence=said, facts=facts if len(moves) > 1 else "")


def _day_of(text: str) -> str:
    return day_month(date.fromisoformat(text))


def _own_steps(record: DealRecord, deal: Deal, bearings: Bearings) -> Signal | None:
    if record.own_steps < bearings.settings.thresholds.own_steps:
        return None
    said = f"{record.own_steps} steps in a row with nobody at the customer"
    ours = (step for step in bearings.steps.get(deal.id, ()) if step.ours_only)
    last = sorted(ours, key=lambda step: step.made)[-record.own_steps :]
    facts = ", ".join(f"“{step.text}” of {day_month(step.made)}" for step in last)
    return Signal(id="own steps", word="ours only", evidence=said, facts=facts)


def _not_inspected(record: DealRecord, _deal: Deal, bearings: Bearings) -> Signal | None:
    reviews = record.locks_unopened
    if reviews < bearings.settings.thresholds.not_inspected:
        return None
    last = f"last opened {day_month(record.last_opened)}" if record.last_opened else "never opened"
    return Signal(id="not inspected", word="not inspected", evidence=f"{last}, {reviews} reviews without it")


def _born_late(record: DealRecord, deal: Deal, bearings: Bearings) -> Signal | None:
    if bearings.ledger.held + 1 < bearings.settings.thresholds.shows_more_from:
        return None
    said = born_late(record, deal, bearings)
    return Signal(id="born late", word="born late", evidence=said) if said else None


def _moved_out(record: DealRecord, deal: Deal, bearings: Bearings) -> Signal | None:
    """Find a deal whose date left its period while it passed the commit test at the last lock."""
    before = record.lock
    if before is None or before.close_date is None or deal.close_date is None or not before.open:
        return None
    if before.category not in (Category.BEST_CASE, Category.PIPELINE) or deal.close_date <= before.close_date:
        return None
    period = period_of(before.day, bearings.settings)
    if not period.first <= before.close_date <= period.last or deal.close_date <= period.last:
        return None
    then = Deal(id=deal.id, name=deal.name, amount=before.amount, close_date=before.close_date)
    if not passes_test(record, then, before.day, bearings.settings):
        return None
    moved = f"{day_month(before.close_date)} → {day_month(deal.close_date)}"
    said = f"{moved}, out of {period.label}, while passing the test"
    return Signal(id="moved out", word="moved out", evidence=said, facts=say_known(record, before.day))


LOOKS = (
    _slip,
    _passes,
    _closing,
    _without,
    _overdue,
    _stale,
    _stage_age,
    _pushed,
    _own_steps,
    _not_inspected,
    _born_late,
    _moved_out,
)
"""Every signal but the commit evidence, in the order in which a card shows what weighs the same."""
