"""What a commit deal's evidence lacks, in words: the two halves of the commit gate (method, section 4)."""

from datetime import date, timedelta

from msgspec import Struct

from review.dates import short_date
from review.deals import Deal
from review.evidence import Confirmation, Paper, confirmation_holds, paper_holds, paper_said
from review.records import DealRecord
from review.settings import Settings
from review.words import ago, day_month

NEXT_REVIEW = 7
"""Days to the next review."""


class Gap(Struct, frozen=True, kw_only=True):
    """One half of the evidence that does not hold, or will not at the next review."""

    half: str
    """'date' or 'paper'."""
    word: str
    evidence: str
    ahead: bool = False
    """Whether it holds today and no longer at the next review."""


def date_holds(record: DealRecord, deal: Deal, day: date, settings: Settings) -> bool:
    """Tell whether the buyer-confirmed close date holds on a day."""
    known = record.confirmation
    return known is not None and confirmation_holds(known, deal.close_date, day, settings.thresholds)


def paper_moves(record: DealRecord, deal: Deal, day: date, settings: Settings) -> bool:
    """Tell whether the paper process is active on a day."""
    known = record.paper
    return known is not None and paper_holds(
        known, deal.close_date, day, settings.thresholds, amount=deal.amount, paper_below=settings.paper_below
    )


def passes_test(record: DealRecord, deal: Deal, day: date, settings: Settings) -> bool:
    """Tell whether both halves of the evidence hold on a day."""
    return date_holds(record, deal, day, settings) and paper_moves(record, deal, day, settings)


def say_known(record: DealRecord, day: date) -> str:
    """Say both halves as they are known: 'Dana confirmed 18 Dec on 20 Nov; legal, moved Tue 17 Nov, 6 days ago'."""
    said, paper = record.confirmation, record.paper
    found = []
    if said is not None:
        word = "signed" if said.signed else "confirmed"
        found.append(f"{said.who} {word} {day_month(said.close_date)} on {day_month(said.said_on)}")
    if paper is not None:
        found.append(paper_said(paper.stage, paper.moved_on, paper.appointment, paper.none_needed, day))
    return "; ".join(found)


def gaps_now(record: DealRecord, deal: Deal, day: date, settings: Settings) -> tuple[Gap, ...]:
    """List the halves that do not hold on the day: with one of them the deal cannot stay in commit."""
    found: list[Gap] = []
    if not date_holds(record, deal, day, settings):
        found.append(_date_gap(record.confirmation, deal, day))
    if not paper_moves(record, deal, day, settings):
        found.append(_paper_gap(record.paper, day))
    return tuple(found)


def gaps(record: DealRecord, deal: Deal, day: date, settings: Settings) -> tuple[Gap, ...]:
    """List the halves that do not hold today or will not hold at the next review."""
    missing = {gap.half: gap for gap in gaps_now(record, deal, day, settings)}
    for half, holds in (("date", date_holds), ("paper", paper_moves)):
        if half in missing or holds(record, deal, day + timedelta(days=NEXT_REVIEW), settings):
            continue
        good = [n for n in range(NEXT_REVIEW) if holds(record, deal, day + timedelta(days=n), settings)]
        last = short_date(day + timedelta(days=good[-1]))
        said = f"confirmed date holds until {last}" if half == "date" else f"paper counts until {last}"
        word = "confirmation ends" if half == "date" else "paper ends"
        missing[half] = Gap(half=half, word=word, evidence=said, ahead=True)
    return tuple(missing[half] for half in ("date", "paper") if half in missing)


def _date_gap(known: Confirmation | None, deal: Deal, day: date) -> Gap:
    if known is None:
        return Gap(half="date", word="no confirmed date", evidence="no close date confirmed by the buyer yet")
    if deal.close_date is None or known.close_date != deal.close_date:
        closing = f"closes {day_month(deal.close_date)}" if deal.close_date else "no close date now"
        said = f"{known.who} confirmed {day_month(known.close_date)}, {closing}"
        return Gap(half="date", word="date not confirmed", evidence=said)
    said = f"{known.who} confirmed on {day_month(known.said_on)}, {ago(known.said_on, day)}"
    return Gap(half="date", word="confirmation is old", evidence=said)


def _paper_gap(known: Paper | None, day: date) -> Gap:
    if known is None:
        return Gap(half="paper", word="no paper", evidence="no paper stage yet")
    if known.none_needed:
        return Gap(half="paper", word="paper needed", evidence=f"“{known.none_needed}” does not apply any more")
    dates = [on for on in (known.moved_on, known.appointment) if on is not None and on <= day]
    if not dates:
        return Gap(half="paper", word="no paper", evidence=f"{known.stage or 'paper'}: not known when it last moved")
    last = max(dates)
    words = "appointment was" if last == known.appointment else "last moved"
    said = f"{known.stage or 'paper'} {words} {day_month(last)}, {ago(last, day)}"
    return Gap(half="paper", word="paper is old", evidence=said)
