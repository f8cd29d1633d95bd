"""The facts of the forecast call folded onto the ledger."""

from msgspec.structs import replace

from review.events import Committed, DealVerified, Fact, FactorSet, PicksChosen, PlanWritten, TeamCallStated
from review.records import Call, Ledger
from review.scored import Picks


def fold_call(ledger: Ledger, event: Fact) -> Ledger:
    """Give the ledger after one fact of the forecast call; any other changes nothing."""
    if isinstance(event, DealVerified) and event.deal in ledger.deals:
        record = replace(ledger.deals[event.deal], verified=event.word)
        return ledger.with_deals({event.deal: record})
    if isinstance(event, PicksChosen):
        return replace(ledger, picks=_with_picks(ledger.picks, event.picks))
    if isinstance(event, TeamCallStated):
        return replace(ledger, calls=_with_call(ledger.calls, event.call))
    if isinstance(event, FactorSet):
        return replace(ledger, factor=event.factor)
    if isinstance(event, PlanWritten):
        return replace(ledger, plan=event.plan)
    if isinstance(event, Committed):
        return replace(ledger, commitments={**ledger.commitments, event.commitment.id: event.commitment})
    return ledger


def _with_picks(known: tuple[Picks, ...], fresh: Picks) -> tuple[Picks, ...]:
    """Put a choice in the place of the one of its period that still waits; an empty one only takes it away."""
    kept = tuple(picks for picks in known if picks.hits is not None or picks.period != fresh.period)
    return (*kept, fresh) if fresh.slips or fresh.pull_ins else kept


def _with_call(known: tuple[Call, ...], fresh: Call) -> tuple[Call, ...]:
    """Add the call for the team; one of the same day gives way."""
    kept = (call for call in known if not (call.team and (call.period, call.day) == (fresh.period, fresh.day)))
    return (*kept, fresh)
