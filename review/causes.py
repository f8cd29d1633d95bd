"""One cause, many deals: what holds several people back at once (method, section 5)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct

from review.closed import closed_day
from review.commitments import Judged, Origin
from review.deals import Cause, EndReason, Status
from review.evidence_gaps import gaps_now, paper_moves
from review.line import plain_step
from review.money import say_money, short_money
from review.questions import cause_in
from review.records import DealRecord, Ledger
from review.settings import Settings
from review.slips import in_commit
from review.truth import effective, is_duplicate
from review.words import day_month, in_words

SAME = {
    EndReason.NO_BUDGET: Cause.BUDGET.value,
    EndReason.EXECUTION: Cause.OUR_SIDE.value,
    EndReason.TIMING: Cause.PRIORITY.value,
}
"""Reasons of losses that are a cause of slips under another name."""

NO_CAUSE = frozenset({EndReason.OTHER.value, EndReason.NO_DECISION.value})
"""Reasons that name nothing to be mended."""


class SharedCause(Struct, frozen=True, kw_only=True):
    """A cause that stands on deals of several people; shown without names."""

    cause: str
    deals: tuple[str, ...]
    people: int
    amount: Decimal
    facts: tuple[tuple[str, str], ...]
    """Deal and what the cause did there: 'moved the close date on 16 Nov'; a deal may have several."""
    sentence: str
    """'legal: 5 deals, 4 people, $610k – one fix or four?'"""


def shared_causes(ledger: Ledger, settings: Settings, day: date) -> tuple[SharedCause, ...]:
    """Find causes on three or more deals of two or more people within four locks, most deals first."""
    thresholds = settings.thresholds
    number = ledger.held + 1
    if number < thresholds.shows_more_from:
        return ()
    since = ledger.locks[-thresholds.pace_reviews].day if ledger.held >= thresholds.pace_reviews else date.min
    stands: dict[str, list[tuple[str, str]]] = {}
    for ident, record in ledger.touched(since).items():
        for cause, words in _of_deal(record, settings, since, day):
            stands.setdefault(cause, []).append((ident, words))
    for cause, ident, words in _of_promises(ledger, since):
        stands.setdefault(cause, []).append((ident, words))
    found = [_shared(cause, facts, ledger, settings) for cause, facts in stands.items()]
    enough = [
        one for one in found if len(one.deals) >= thresholds.cause_deals and one.people >= thresholds.cause_people
    ]
    return tuple(sorted(enough, key=lambda one: (-len(one.deals), -one.amount, one.cause)))


def open_causes(ledger: Ledger, settings: Settings, day: date) -> tuple[SharedCause, ...]:
    """Leave out the causes that somebody is mending, or took to mend today."""
    taken = {
        commitment.why
        for commitment in ledger.commitments.values()
        if commitment.origin is Origin.CAUSE and (commitment.is_open or commitment.made == day)
    }
    return tuple(shared for shared in shared_causes(ledger, settings, day) if shared.cause not in taken)


def _of_deal(record: DealRecord, settings: Settings, since: date, day: date) -> Iterator[tuple[str, str]]:
    """Go through the causes on one deal, each with its fact: of its slips, its loss, and its missing evidence."""
    for change in record.history:
        if change.cause is not None and change.on > since:
            yield change.cause.value, f"moved the close date, said {day_month(change.on)}"
    deal = effective(record)
    lost_on = closed_day(record) if deal.status is Status.LOST and not is_duplicate(record) else None
    if lost_on is not None and lost_on > since:
        reason = record.ended.reason if record.ended is not None else record.loss_reason
        if reason is not None and reason.value not in NO_CAUSE:
            yield SAME.get(reason, reason.value), f"lost {day_month(lost_on)}: {reason.value}"
    stuck = record.missing_since is None and in_commit(deal) and not paper_moves(record, deal, day, settings)
    if stuck and record.paper is not None and record.paper.stage:
        gap = next(gap.evidence for gap in gaps_now(record, deal, day, settings) if gap.half == "paper")
        yield record.paper.stage.casefold(), f"commit without an active paper process: {gap}"


def _of_promises(ledger: Ledger, since: date) -> Iterator[tuple[str, str, str]]:
    """Go through the promises on deals that were not kept, where the note says which cause held them back."""
    counted = {row.review: row.day for row in ledger.locks}
    for commitment in ledger.commitments.values():
        why = cause_in(commitment.why)
        # It was not kept at the lock that counted it, whatever day it was carried to since.
        lately = counted.get(commitment.judged_in, date.max) > since
        if commitment.judged is Judged.NOT_KEPT and lately and why is not None and commitment.deal:
            said = f"promise not kept: “{plain_step(commitment.text)}”, due {day_month(commitment.due)}"
            yield why.value, commitment.deal, said


def _shared(cause: str, facts: list[tuple[str, str]], ledger: Ledger, settings: Settings) -> SharedCause:
    deals = tuple(sorted({ident for ident, _ in facts} & ledger.deals.keys()))
    records = [ledger.deals[ident] for ident in deals]
    people = len({record.rep for record in records if record.rep})
    amount = sum((effective(record).amount or Decimal(0) for record in records), Decimal(0))
    sign = say_money(Decimal(0), settings.currency).removesuffix("0")
    said = f"{cause}: {len(records)} deals, {people} people, {sign}{short_money(amount)}"
    return SharedCause(
        cause=cause,
        deals=deals,
        people=people,
        amount=amount,
        facts=tuple(sorted(fact for fact in dict.fromkeys(facts) if fact[0] in ledger.deals)),
        sentence=f"{said} – one fix or {in_words(people)}?",
    )
