"""The end of the hour: what the lock does to what is open, and the rules that act at it (method, sections 4, 5, 11)."""

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from review.calendar import Workdays
from review.calls import after_room, lock_facts
from review.clock import read_clock
from review.commitments import Commitment, Origin
from review.deals import Category
from review.decisions.answer import Answer, Context, Decided, decides
from review.demotion import Demotions, demotions
from review.events import CommitmentMended, Committed, DealChanged, Dropped, Fact, Locked, SetAside, StayJudged
from review.folding.apply import apply
from review.intents import Lock, SetReviewAside
from review.lock_row import row_of
from review.meeting import Meeting
from review.people import Person
from review.recap import paste_line
from review.results import Refusal
from review.slips import Judgement, judge_all
from review.standing import missing_by_rep
from review.truth import effective, say_decision


@decides(SetReviewAside)
def set_aside(meeting: Meeting, intent: SetReviewAside, context: Context) -> Answer:  # noqa: ARG001
    """Keep a review that went stale, without holding it."""
    return Decided((SetAside(),))


@decides(Lock)
def lock(meeting: Meeting, intent: Lock, context: Context) -> Answer:  # noqa: ARG001
    """End the meeting: apply the rules, name who still lacks what, freeze everything."""
    open_calls = [person for person, entry in after_room(meeting).items() if entry.asks]
    if open_calls:
        names = ", ".join(meeting.name(person) for person in open_calls)
        return Refusal(
            f"The call after the room is still open for {names}. Take it in Actions, or state it again.", "call"
        )
    slips = judge_all(meeting.ledger, lock_facts(meeting))
    slipping = [ident for ident, judged in slips.items() if judged.demotes]
    evidence = demotions(meeting.ledger, lock_facts(meeting), slipping=slipping)
    moves = tuple(_moves(meeting, slips, evidence))
    dropped = tuple(Dropped(deal=slot.deal) for slot in meeting.to_go if meeting.is_present(slot.rep))
    moved = _after(meeting, (*dropped, *moves), context.now)
    homework = (*_without(moved, context), *_set_in_crm(moved, context))
    row = row_of(moved, read_clock(meeting.clock, context.now), homework)
    final = Locked(
        row=row,
        stays=tuple(
            StayJudged(deal=ident, stay=j.stay, slip=j.slip, evidence=j.sentence) for ident, j in slips.items()
        ),
        told_evidence=evidence.told,
        due_to_leave=tuple(f"{one.title}: {one.evidence} – {one.why}" for one in evidence.next_week),
        without=tuple(
            ident for deals in missing_by_rep(moved.ledger, moved.settings, moved.day).values() for ident in deals
        ),
        paste=paste_line(moved, row),
    )
    return Decided((*dropped, *moves, *homework, final))


def _after(meeting: Meeting, events: Iterable[Fact], now: datetime) -> Meeting:
    for event in events:
        meeting = apply(meeting, event, now)
    return meeting


def _moves(meeting: Meeting, slips: dict[str, Judgement], evidence: Demotions) -> Iterable[DealChanged]:
    for ident, judged in slips.items():
        if judged.demotes:
            yield _to_best_case(meeting, ident, f"two slips: {judged.moves}")
    for leaving in evidence.leave:
        yield _to_best_case(meeting, leaving.deal, f"commit evidence: {leaving.evidence}")


def _to_best_case(meeting: Meeting, ident: str, rule: str) -> DealChanged:
    deal = meeting.effective(ident)
    return DealChanged(deal=ident, field="category", frm=deal.category.value, to=Category.BEST_CASE.value, rule=rule)


def _without(meeting: Meeting, context: Context) -> Iterable[Fact]:
    """From the second held review on: one commitment per owner that names the deals still without."""
    if meeting.ledger.held + 1 < meeting.settings.thresholds.enforce_from:
        return
    today = {ident for ident, left in meeting.left.items() if left.exit.value in ("parked", "offline")}
    number = 100
    for rep, deals in missing_by_rep(meeting.ledger, meeting.settings, meeting.day).items():
        owner = meeting.person(rep)
        named = tuple(ident for ident in deals if ident not in today)
        if owner is None or not named:
            continue
        titles = ", ".join(meeting.record(ident).crm.title for ident in named)
        yield _kept_up(meeting, context, owner, f"Step, date and owner for {titles}", Origin.WITHOUT, named, number)
        number += 1


def _set_in_crm(meeting: Meeting, context: Context) -> Iterable[Fact]:
    """What the review that decided it and the next have passed without reaching the CRM, one commitment per owner."""
    earlier = {row.review for row in meeting.ledger.locks}
    words: dict[str, list[tuple[str, str]]] = {}
    for ident, record in meeting.ledger.deals.items():
        late = [d.field for d in record.decisions if d.review in earlier]
        if late and record.missing_since is None:
            deal = effective(record)
            said = ", ".join(_crm_words(meeting, ident, field) for field in late)
            words.setdefault(record.rep, []).append((ident, f"{deal.title} {said}"))
    number = 200
    for rep, deals in words.items():
        owner = meeting.person(rep) or meeting.settings.manager
        if owner is None:
            continue
        text = "Set in the CRM: " + ", ".join(said for _, said in deals)
        named = tuple(ident for ident, _ in deals)
        yield _kept_up(meeting, context, owner, text, Origin.CRM, named, number)
        number += 1


def _crm_words(meeting: Meeting, ident: str, field: str) -> str:
    return next(say_decision(d) for d in meeting.record(ident).decisions if d.field == field)


def _kept_up(
    meeting: Meeting, context: Context, owner: Person, text: str, origin: Origin, deals: tuple[str, ...], number: int
) -> Fact:
    """Make the owner's collecting commitment, or bring the one that is open up to date."""
    due = Workdays.of(meeting.settings).next_working(meeting.day, owner)
    known = next(
        (
            c
            for c in meeting.ledger.commitments.values()
            if c.is_open and c.origin is origin and c.owner == owner.id and c.deals
        ),
        None,
    )
    if known is not None:
        return CommitmentMended(commitment=replace(known, text=text, deals=deals, due=due))
    return Committed(
        commitment=Commitment(
            id=context.commitment_id(number),
            text=text,
            owner=owner.id,
            due=due,
            first_due=due,
            made=meeting.day,
            review=meeting.review,
            origin=origin,
            deals=deals,
        )
    )
