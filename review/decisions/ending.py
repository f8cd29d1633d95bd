"""The end of the hour: what the lock does to what is open, and the rules that act at it (method, sections 4, 5, 11)."""

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from review.accuracy import won_as_known
from review.calls import Pending, asked_again, pending
from review.clock import read_clock
from review.deals import Category
from review.decisions.answer import Answer, Context, Decided, decides
from review.decisions.collect import collect
from review.events import DealChanged, Dropped, Fact, Locked, SetAside, StayJudged
from review.folding.apply import apply
from review.intents import Lock, SetReviewAside
from review.learning import learning
from review.likely import score
from review.lock_row import row_of
from review.meeting import Meeting
from review.recap import paste_line
from review.results import Refusal
from review.scored import Picks
from review.standing import missing_by_rep
from review.words import listed


@decides(SetReviewAside)
def set_aside(meeting: Meeting, intent: SetReviewAside, context: Context) -> Answer:  # noqa: ARG001
    """Keep a review that went stale, without holding it."""
    return Decided((SetAside(),))


@decides(Lock)
def lock(meeting: Meeting, intent: Lock, context: Context) -> Answer:  # noqa: ARG001
    """End the meeting: apply the rules, name who still lacks what, freeze everything."""
    rules = pending(meeting)
    open_calls = asked_again(meeting, rules)
    if open_calls:
        names = listed([meeting.name(person) for person in open_calls])
        return Refusal(
            f"The call after the room is still open for {names}. Enter takes it in Actions; or state it again.", "call"
        )
    moves = tuple(_moves(meeting, rules))
    dropped = tuple(Dropped(deal=slot.deal) for slot in meeting.to_go if not meeting.is_away(slot.rep))
    moved = _after(meeting, (*dropped, *moves), context.now)
    homework = tuple(collect(moved, context))
    row = row_of(moved, read_clock(meeting.clock, context.now), homework)
    taught = learning(meeting.opening, meeting.settings, meeting.day)
    final = Locked(
        row=row,
        stays=tuple(
            StayJudged(deal=ident, stay=j.stay, slip=j.slip, evidence=j.sentence) for ident, j in rules.slips.items()
        ),
        told_evidence=rules.evidence.told,
        due_to_leave=tuple(f"{one.title}: {one.evidence} – {one.why}" for one in rules.evidence.next_week),
        settled=rules.evidence.settled,
        without=tuple(
            ident for deals in missing_by_rep(moved.ledger, moved.settings, moved.day).values() for ident in deals
        ),
        won=won_as_known(moved.ledger, moved.settings, moved.day),
        picks=tuple(scored(picks, moved) for picks in moved.ledger.picks),
        learning=taught.words,
        learned=bool(taught.rules),
        paste=paste_line(moved, row),
    )
    return Decided((*dropped, *moves, *homework, final))


def _after(meeting: Meeting, events: Iterable[Fact], now: datetime) -> Meeting:
    for event in events:
        meeting = apply(meeting, event, now)
    return meeting


def scored(picks: Picks, meeting: Meeting) -> Picks:
    """Score what was chosen before this lock, on its day or earlier."""
    if picks.hits is not None or picks.day > meeting.day:
        return picks
    found = score(picks, meeting.ledger, meeting.settings)
    return replace(picks, hits=(len(found.slips), len(found.pull_ins)))


def _moves(meeting: Meeting, rules: Pending) -> Iterable[DealChanged]:
    for ident in rules.slipping:
        yield _to_best_case(meeting, ident, f"two slips: {rules.slips[ident].moves}")
    for leaving in rules.evidence.leave:
        yield _to_best_case(meeting, leaving.deal, f"commit evidence: {leaving.evidence}")


def _to_best_case(meeting: Meeting, ident: str, rule: str) -> DealChanged:
    deal = meeting.effective(ident)
    return DealChanged(deal=ident, field="category", frm=deal.category.value, to=Category.BEST_CASE.value, rule=rule)
