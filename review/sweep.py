"""The sweep: active deals still without a step, date or owner, one line each, no questions (method, section 11)."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from review.deals import Category, Deal
from review.later import is_first_of_month
from review.meeting import Meeting
from review.records import Exit
from review.standing import has_all_three, missing_by_rep
from review.truth import effective, is_later
from review.words import counted

RANKS = {Category.COMMIT: 0, Category.BEST_CASE: 1}


class Swept(Struct, frozen=True):
    """One deal that is asked for its line."""

    deal: str
    rep: str
    """Person id; empty where its owner is nobody of the team."""
    later: bool = False
    """It closes beyond the active periods and is asked once a month."""


def sweep_of(meeting: Meeting) -> tuple[Swept, ...]:
    """List what the sweep asks now, owner by owner, whoever is nobody's last.

    What was settled in writing is not in it, nor what has left by an exit that settles it, nor the deals of whoever is
    away; while Inspection goes on, queued deals wait for their card. In the first review of a month the later deals
    without their three are asked behind each owner's active ones.
    """
    handled = {deal for deal, left in meeting.left.items() if left.exit is not Exit.DROPPED}
    if meeting.section in ("forecast", "inspection"):
        handled |= {slot.deal for slot in meeting.to_go}
    missing = missing_by_rep(meeting.ledger, meeting.settings, meeting.day)
    active = [ident for deals in missing.values() for ident in deals]
    return tuple(
        Swept(ident, rep, later)
        for rep in _owners(meeting)
        for later, deals in ((False, active), (True, later_without(meeting)))
        for ident in sorted(deals, key=lambda one: _order(effective(meeting.record(one))))
        if _owner(meeting, ident) == rep and ident not in handled
    )


def waits_for_absent(meeting: Meeting) -> bool:
    """Tell whether active deals are without their three whose owner is away and so not asked."""
    missing = missing_by_rep(meeting.ledger, meeting.settings, meeting.day)
    away = {person.id for person in meeting.settings.people if not meeting.is_present(person.id)}
    return any(deals and rep in away for rep, deals in missing.items())


def say_swept(deals: Sequence[Swept]) -> str:
    """Count what the sweep asks, active deals and later ones apart: '59 deals and 29 later ones'."""
    later = sum(one.later for one in deals)
    active = len(deals) - later
    if not active or not later:
        return counted(active, "deal") if active else counted(later, "later deal")
    return f"{counted(active, 'deal')} and {later} later {'one' if later == 1 else 'ones'}"


def later_without(meeting: Meeting) -> tuple[str, ...]:
    """List the deals beyond the active periods that are asked in this review: the first of a month, without a step."""
    if not is_first_of_month(meeting.opening, meeting.day):
        return ()
    ledger, settings, day = meeting.ledger, meeting.settings, meeting.day
    return tuple(
        ident
        for ident, record in ledger.current.items()
        if is_later(record, settings, day) and not has_all_three(record, ledger, settings, day)
    )


def _owners(meeting: Meeting) -> Iterable[str]:
    return (*(person.id for person in meeting.settings.people if meeting.is_present(person.id)), "")


def _owner(meeting: Meeting, ident: str) -> str:
    rep = meeting.record(ident).rep
    return rep if meeting.person(rep) is not None else ""


def _order(deal: Deal) -> tuple[int, bool, object, str]:
    return (RANKS.get(deal.category, 2), deal.amount is None, -(deal.amount or 0), deal.id)
