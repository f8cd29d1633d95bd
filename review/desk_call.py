"""What is decided at the forecast call, by the manager alone between reviews (method, section 7)."""

from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from review.action_line import read_commitment
from review.commitments import Origin
from review.deals import Category
from review.events import Committed, DealVerified, Fact, FactorSet, PicksChosen, PlanWritten, TeamCallStated
from review.forecast import implied, is_verified, verify
from review.likely import PROPOSED, choose, likely_pull_ins
from review.money import odd_since, read_call, say_money, short_money
from review.periods import period_of
from review.pipeline import pipeline_of
from review.records import Call, Ledger
from review.results import Refusal
from review.rollup import roll_up
from review.scored import GapPlan, Pick, Picks
from review.settings import Settings
from review.truth import effective

LONGEST_PLAN = 300
"""Letters."""
MOST = Decimal(10)
"""A factor beyond it is a slip of the hand."""


class VerifyDeal(Struct, frozen=True):
    """Verify a commit deal, or take the word back."""

    deal: str


class ChooseDeal(Struct, frozen=True):
    """Choose a likely slip or pull-in, or take it off."""

    deal: str


class StateTeamCall(Struct, frozen=True):
    """State the manager's own call for the team, as it was typed."""

    amount: str
    confirmed: bool = False


class SetFactor(Struct, frozen=True):
    """Set the factor of the historical forecast, as it was typed."""

    factor: str


class WritePlan(Struct, frozen=True):
    """Write down how the gap is to be closed; nothing crosses it out."""

    text: str


class PlanCommitment(Struct, frozen=True):
    """Make a commitment of the plan for the gap from one line, as it was typed; without initials the manager's."""

    line: str


DeskIntent = VerifyDeal | ChooseDeal | StateTeamCall | SetFactor | WritePlan | PlanCommitment


class Recorded(Struct, frozen=True):
    """A fact to be recorded, and what was done in words."""

    fact: Fact
    what: str


Answer = Recorded | Refusal


def decide_call(ledger: Ledger, settings: Settings, day: date, intent: DeskIntent) -> Answer:
    """Answer an intent of the forecast call with the one fact that it makes, or refuse it."""
    match intent:
        case VerifyDeal(deal=deal):
            return _verify(ledger, settings, day, deal)
        case ChooseDeal(deal=deal):
            return _choose(ledger, settings, day, deal)
        case StateTeamCall():
            return _state(ledger, settings, day, intent)
        case SetFactor(factor=text):
            return _factor(text)
        case WritePlan(text=text):
            return _plan(settings, day, text)
        case PlanCommitment(line=line):
            return _commit(ledger, settings, day, line)


def _verify(ledger: Ledger, settings: Settings, day: date, deal: str) -> Answer:
    commit = [item for item in pipeline_of(ledger, settings, day).open if item.category is Category.COMMIT]
    found = next((item for item in commit if item.deal == deal), None)
    if found is None:
        return Refusal("Only commit deals that close in this period are verified.")
    record = ledger.deals[deal]
    if is_verified(record):
        return Recorded(DealVerified(deal=deal, word=None), f"{found.title} is not verified any more")
    return Recorded(DealVerified(deal=deal, word=verify(record, day)), f"{found.title} verified")


def waiting_picks(ledger: Ledger, settings: Settings, day: date) -> Picks | None:
    """Give the choice for the period of `day` that is not scored yet."""
    first = period_of(day, settings).first
    return next((picks for picks in ledger.picks if picks.period == first and picks.hits is None), None)


def _choose(ledger: Ledger, settings: Settings, day: date, deal: str) -> Answer:
    """Put a deal among the chosen ones, or take it out.

    What was chosen before keeps its day and its close dates: it is scored at the lock it waits for.
    """
    before = waiting_picks(ledger, settings, day) or choose(ledger, settings, day, (), ())
    title = effective(ledger.deals[deal]).title if deal in ledger.deals else deal
    slips, pull_ins = _without(before.slips, deal), _without(before.pull_ins, deal)
    if len(slips) + len(pull_ins) < len(before.slips) + len(before.pull_ins):
        return Recorded(PicksChosen(picks=replace(before, slips=slips, pull_ins=pull_ins)), f"took {title} off")
    may_slip = {
        item.deal
        for item in pipeline_of(ledger, settings, day).open
        if item.category in (Category.COMMIT, Category.BEST_CASE)
    }
    may_come = {pull.item.deal for pull in likely_pull_ins(ledger, settings, day, most=None)}
    if deal not in may_slip | may_come:
        return Refusal("Choose a commit or best-case deal of the period, or one that closes up to 30 days after it.")
    known = before.slips if deal in may_slip else before.pull_ins
    kind = "likely slips" if deal in may_slip else "likely pull-ins"
    if len(known) >= PROPOSED:
        return Refusal(f"Three {kind} are chosen already. Take one of them off first.")
    (fresh,) = choose(ledger, settings, day, (deal,), ()).slips
    if deal in may_slip:
        picks = replace(before, slips=(*before.slips, fresh))
    else:
        picks = replace(before, pull_ins=(*before.pull_ins, fresh))
    return Recorded(PicksChosen(picks=picks), f"{title} is one of your {kind}")


def _without(picks: tuple[Pick, ...], deal: str) -> tuple[Pick, ...]:
    return tuple(pick for pick in picks if pick.deal != deal)


def _state(ledger: Ledger, settings: Settings, day: date, intent: StateTeamCall) -> Answer:
    manager = settings.manager
    if manager is None:
        return Refusal("Nobody is named as the manager. Name one in the settings.", "call")
    counted = pipeline_of(ledger, settings, day)
    amount = read_call(intent.amount, settings.call_unit, counted.won_amount)
    if amount is None:
        return Refusal("Like 420k, 1.2m, or +80 on top of what is won.", "call")
    last = roll_up(ledger.calls, settings, counted.period, day).own
    against = odd_since(amount, last.commit if last else None, implied(counted).commit)
    if against and not intent.confirmed:
        return Refusal(f"{say_money(amount, settings.currency)}, {against} – is that right?", "call", confirm="yes")
    call = Call(
        person=manager.id,
        period=counted.period.first,
        commit=amount,
        review=ledger.last_lock.review if ledger.last_lock else "",
        day=day,
        team=True,
    )
    return Recorded(TeamCallStated(call=call), f"your own call is {short_money(amount)}")


def _factor(text: str) -> Answer:
    try:
        factor = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        factor = Decimal(0)
    if not factor.is_finite() or not 0 < factor <= MOST:
        return Refusal("A number like 1.0 or 0.9, above 0 and up to 10.", "factor")
    return Recorded(FactorSet(factor=factor), f"the factor is {factor}")


def _plan(settings: Settings, day: date, text: str) -> Answer:
    words = " ".join(text.split())
    if len(words) > LONGEST_PLAN:
        return Refusal(f"The plan has {len(words)} letters; {LONGEST_PLAN} are the most.", "plan")
    plan = GapPlan(period=period_of(day, settings).first, text=words, on=day) if words else None
    return Recorded(PlanWritten(plan=plan), "the plan is written down" if plan else "the plan is crossed out")


def _commit(ledger: Ledger, settings: Settings, day: date, text: str) -> Answer:
    """Promise a part of the plan: anybody's, read aloud and judged like every other commitment."""
    line = read_commitment(settings, day, text, settings.manager)
    if isinstance(line, Refusal):
        return line
    idents = (f"gap{day:%m%d}{number}" for number in count(1))
    ident = next(ident for ident in idents if ident not in ledger.commitments)
    made = line.made(ident, day, "", Origin.PLAN)
    return Recorded(Committed(commitment=made), f"“{made.text}” for {line.owner.name}")
