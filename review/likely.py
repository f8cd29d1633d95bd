"""Likely slips and pull-ins: proposed with their reasons, chosen, scored at the next lock (method, section 7)."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from review.closed import closed_day, is_won
from review.deals import Category
from review.evidence_gaps import passes_test
from review.passage import days_to_won
from review.periods import Period, period_of
from review.pipeline import Item, is_running, pipeline_of, stage_named
from review.records import DealRecord, Ledger
from review.scored import Pick, Picks
from review.settings import Settings
from review.truth import effective

PROPOSED = 3
REACH_DAYS = 30
"""Days after the period's end within which a deal can still be pulled in."""


class LikelySlip(Struct, frozen=True, kw_only=True):
    """A commit or best-case deal that may not close in the period, with what speaks for it."""

    item: Item
    no_evidence: bool
    pushes: int
    days_left: int
    """Days to its close date; negative where it is past."""
    usual_days: Decimal | None
    """Median days from its stage to won; None where no won deal tells."""

    @property
    def short(self) -> bool:
        """Tell whether fewer days are left than deals usually take from its stage; a past date is always short."""
        return self.days_left < (self.usual_days or 0)


class LikelyPullIn(Struct, frozen=True, kw_only=True):
    """A deal closing soon after the period that may come in early."""

    item: Item
    passes: bool
    """Its close date is confirmed and its paper process is active."""
    buyer_moved: date | None


def likely_slips(ledger: Ledger, settings: Settings, day: date) -> tuple[LikelySlip, ...]:
    """Propose three of the period's commit and best-case deals, the likeliest slip first."""
    usual = days_to_won(ledger, settings)
    found = [
        _slip(item, ledger.deals[item.deal], settings, day, usual)
        for item in pipeline_of(ledger, settings, day).open
        if item.category in (Category.COMMIT, Category.BEST_CASE)
    ]
    found.sort(key=lambda s: (not s.no_evidence, -s.pushes, not s.short, -s.item.worth, s.item.deal))
    return tuple(found[:PROPOSED])


def _slip(item: Item, record: DealRecord, settings: Settings, day: date, usual: dict[str, Decimal]) -> LikelySlip:
    stage = stage_named(settings, item.stage)
    assert item.close_date is not None, "deals of a period have a close date"
    return LikelySlip(
        item=item,
        no_evidence=not passes_test(record, effective(record), day, settings),
        pushes=record.pushes,
        days_left=(item.close_date - day).days,
        usual_days=None if stage is None else usual.get(stage.name),
    )


def likely_pull_ins(
    ledger: Ledger, settings: Settings, day: date, most: int | None = PROPOSED
) -> tuple[LikelyPullIn, ...]:
    """Propose three deals that close up to 30 days after the period, the likeliest first; `most` None: all of them."""
    last = period_of(day, settings).last
    reach = Period("", last + timedelta(days=1), last + timedelta(days=REACH_DAYS))
    found = [
        LikelyPullIn(
            item=item,
            passes=passes_test(record := ledger.deals[item.deal], effective(record), day, settings),
            buyer_moved=None if record.buyer_movement is None else record.buyer_movement.on,
        )
        for item in pipeline_of(ledger, settings, day, period=reach).open
    ]
    found.sort(key=lambda p: (not p.passes, -(p.buyer_moved or date.min).toordinal(), -p.item.worth, p.item.deal))
    return tuple(found[:most])


def choose(ledger: Ledger, settings: Settings, day: date, slips: Collection[str], pull_ins: Collection[str]) -> Picks:
    """Keep the deals that the manager chose, with the close dates they have now."""
    return Picks(
        day=day,
        period=period_of(day, settings).first,
        slips=tuple(_pick(ledger, deal) for deal in slips),
        pull_ins=tuple(_pick(ledger, deal) for deal in pull_ins),
    )


def _pick(ledger: Ledger, deal: str) -> Pick:
    return Pick(deal, effective(ledger.deals[deal]).close_date)


class Score(Struct, frozen=True, kw_only=True):
    """Which of the chosen deals did what was expected of them."""

    slips: tuple[str, ...]
    slips_of: int
    pull_ins: tuple[str, ...]
    pull_ins_of: int


def score(picks: Picks, ledger: Ledger, settings: Settings) -> Score:
    """Score the picks of the last forecast call by what a lock shows.

    A slip came true where the deal is still open and closes later than when it was chosen, or without a date. A pull-in
    came true where the deal now closes, or was won, by the end of the period it was chosen for.
    """
    last = period_of(picks.period, settings).last
    slipped = tuple(pick.deal for pick in picks.slips if _slipped(pick, ledger.deals.get(pick.deal)))
    pulled = tuple(pick.deal for pick in picks.pull_ins if _pulled(ledger.deals.get(pick.deal), last))
    return Score(slips=slipped, slips_of=len(picks.slips), pull_ins=pulled, pull_ins_of=len(picks.pull_ins))


def _slipped(pick: Pick, record: DealRecord | None) -> bool:
    if record is None or not is_running(record, effective(record)):
        return False
    close = effective(record).close_date
    return close is None or (pick.close_date is not None and close > pick.close_date)


def _pulled(record: DealRecord | None, last: date) -> bool:
    if record is None:
        return False
    if is_won(record):
        day = closed_day(record)
        return day is not None and day <= last
    deal = effective(record)
    return is_running(record, deal) and deal.close_date is not None and deal.close_date <= last
