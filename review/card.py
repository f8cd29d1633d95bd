"""What the card of a deal shows: what changed, what applies, what is missing – in words, with the evidence."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from msgspec import Struct

from review.calendar import Workdays
from review.closeout import Proposal, standing_step
from review.commitments import Commitment, Standing
from review.dates import short_date
from review.deals import Category, Cause, Deal, Mark, Status
from review.evidence import confirmation_holds, paper_holds, paper_said
from review.from_exports import FROM_EXPORTS, age_from_exports
from review.meeting import Meeting
from review.money import say_money
from review.newcomers import is_new_rep, say_inherited
from review.questions import Question, choose_questions, in_talking_order
from review.records import Change, ChangedField, DealRecord
from review.sheets.answered import answered_of_deal
from review.signals import Signal, signals
from review.truth import decode, effective, encode, not_there

SHOWN: Final[tuple[ChangedField, ...]] = ("close_date", "amount", "stage", "category", "owner")
"""Fields whose changes the card tells."""

NO_SLIP_TODAY = ("one slip", "slips")
"""What the slips of earlier reviews are called: they ask for no cause today."""


class Half(Struct, frozen=True):
    """One half of the commit evidence."""

    name: str
    """'date' or 'paper'."""
    holds: bool
    words: str
    """The evidence where it holds, the question where it does not."""


class Card(Struct, frozen=True, kw_only=True):
    """Everything the card shows of a deal that does not come from typing."""

    deal: Deal
    rep: str
    amount: str
    category: str
    stage: str
    closes: str
    since: str
    """'since 16 Nov', or 'seen 16 Nov'."""
    changes: tuple[str, ...]
    promised: Commitment | None
    verdict: str
    signals: tuple[Signal, ...]
    not_known: tuple[Mark, ...]
    questions: tuple[Question, ...]
    answers: dict[str, str]
    """Question id to what was answered today."""
    evidence: tuple[Half, ...]
    """Empty where the deal is not in commit."""
    standing: Proposal | None
    early: str = ""
    not_in_crm: tuple[str, ...] = ()
    inherited: str = ""
    """Whose deal it was, while its rep is new: 'from Tom Reed, 16 Nov'."""

    def owned_by(self, name: str) -> str:
        """Name the owner, and behind a new one whose deal it was."""
        return f"{name} · {self.inherited}" if self.inherited else name


def card_of(meeting: Meeting, ident: str) -> Card:
    """Gather the card of a deal; raises KeyError for an unknown one."""
    record = meeting.record(ident)
    deal = effective(record)
    shown = signals(
        record,
        meeting.ledger,
        day=meeting.day,
        settings=meeting.settings,
        workdays=Workdays.of(meeting.settings),
        away=frozenset(rep.id for rep in meeting.settings.reps if not meeting.is_present(rep.id)),
    )
    since = record.lock.day if record.lock else None
    promised = _promised(meeting, ident)
    return Card(
        deal=deal,
        rep=meeting.name(record.rep) if record.rep else deal.owner or "nobody",
        amount=say_money(deal.amount, meeting.settings.currency) if deal.amount is not None else "no amount",
        category=deal.category.value.upper(),
        stage=_stage(record, deal, meeting),
        closes=short_date(deal.close_date, meeting.day) if deal.close_date else "no date",
        since=_since(record),
        changes=(*changes_since(record, meeting.settings.currency), *_in_writing(meeting, ident)),
        promised=promised,
        verdict=_verdict(meeting, promised),
        signals=shown,
        not_known=_not_known(record, meeting),
        questions=_questions(meeting, record, deal, shown, since),
        answers={note.question: note.text for note in record.notes if note.on == meeting.day},
        evidence=evidence_halves(meeting, record, deal) if deal.category is Category.COMMIT else (),
        standing=standing_step(meeting, ident),
        early=meeting.early.get(ident, ""),
        not_in_crm=tuple(decision.field.replace("_", " ") for decision in not_there(record, meeting.ledger.columns)),
        inherited=_inherited(meeting, record),
    )


def _inherited(meeting: Meeting, record: DealRecord) -> str:
    rep = meeting.person(record.rep)
    if record.inherited is None or rep is None:
        return ""
    return say_inherited(record) if is_new_rep(rep, meeting.ledger, meeting.settings, meeting.day) else ""


def short_day(day: date) -> str:
    """Write a day without its weekday: '16 Nov'."""
    return f"{day.day} {day:%b}"


def _since(record: DealRecord) -> str:
    if record.lock is None:
        return f"seen {short_day(record.first_seen)}"
    return f"since {short_day(record.lock.day)}{f', {FROM_EXPORTS}' if record.lock.from_exports else ''}"


def _stage(record: DealRecord, deal: Deal, meeting: Meeting) -> str:
    days = (meeting.day - record.stage_since).days
    if days < 0:
        return deal.stage or "no stage"
    age = f"{'' if record.stage_since_known else '≥ '}{days} day{'' if days == 1 else 's'}"
    exports = f", {FROM_EXPORTS}" if age_from_exports(record, meeting.ledger) else ""
    return f"{deal.stage or 'no stage'}, {age}{exports}"


def changes_since(record: DealRecord, currency: str) -> tuple[str, ...]:
    """Say what is different since the last lock, a phrase each: 'close date 4 Dec → 18 Dec, legal'.

    The snapshot of the lock is what counts, not days: an export may be read in on the lock's own day, after it. Of a
    deal that no lock knows, everything that was seen is said; stage and category of a closed one were those of its end.
    """
    before = record.lock
    if before is None:
        return tuple(_say_change(change, currency) for change in record.history if change.field in SHOWN)
    found = []
    deal = effective(record)
    again = before.closed and deal.status is Status.OPEN
    for field in SHOWN[:2] if again else SHOWN[:-1]:
        was, now = getattr(before, field), getattr(deal, field)
        if was != now:
            cause = said_cause(record) if field == "close_date" else None
            found.append(Change(field=field, frm=encode(was), to=encode(now), on=before.day, cause=cause))
    if before.owner != record.rep:
        found += [change for change in record.history if change.field == "owner"][-1:]
    return (*(("open again",) if again else ()), *(_say_change(change, currency) for change in found))


def _in_writing(meeting: Meeting, ident: str) -> tuple[str, ...]:
    """Say what the rep's sheet settled: 'in writing: next step, paper process'."""
    kinds = answered_of_deal(meeting.opening, ident)
    return (f"in writing: {', '.join(kinds)}",) if kinds else ()


def said_cause(record: DealRecord) -> Cause | None:
    """Give the cause that was said of the close date's last move; None where nobody said one."""
    last = next((change for change in reversed(record.history) if change.field in ("close_date", "cause")), None)
    return None if last is None else last.cause


def _say_change(change: Change, currency: str) -> str:
    field = change.field.replace("_", " ")
    if change.field == "close_date":
        frm, to = (short_day(date.fromisoformat(text)) if text else "no date" for text in (change.frm, change.to))
        cause = f", {change.cause.value}" if change.cause else ""
        return f"{field} {frm} → {to}{cause}"
    if change.field == "amount":
        amounts = [decode("amount", text) for text in (change.frm, change.to)]
        said = [say_money(a, currency) if isinstance(a, Decimal) else "none" for a in amounts]
        return f"{field} {said[0]} → {said[1]}"
    return f"{field} {change.frm or 'none'} → {change.to or 'none'}"


def _promised(meeting: Meeting, ident: str) -> Commitment | None:
    """Give last week's step, with whatever became of it since the last lock; a new one does not take its place."""
    before = meeting.opening.deals.get(ident)
    step = meeting.ledger.commitments.get(before.step) if before is not None else None
    last = meeting.opening.last_lock
    if step is None or (last is not None and step.closed_on is not None and step.closed_on < last.day):
        return None
    return step


def _verdict(meeting: Meeting, promised: Commitment | None) -> str:
    """Say what became of last week's step: today's verdict, or one that was given before the meeting."""
    if promised is None:
        return ""
    given = "" if promised.is_open or promised.standing is Standing.REPLACED else promised.standing.value
    return meeting.verdicts.get(promised.id, given)


def _not_known(record: DealRecord, meeting: Meeting) -> tuple[Mark, ...]:
    """List the marks that are no, unknown or older than four weeks."""
    old = meeting.day - timedelta(weeks=meeting.settings.thresholds.mark_weeks)
    return tuple(mark for mark in Mark if (known := record.marks.get(mark)) is None or not known.yes or known.on < old)


def _questions(
    meeting: Meeting, record: DealRecord, deal: Deal, shown: tuple[Signal, ...], since: date | None
) -> tuple[Question, ...]:
    ids = {signal.id for signal in shown if signal.word not in NO_SLIP_TODAY}
    slot = next((slot for slot in (*meeting.queue, *meeting.beyond) if slot.deal == deal.id), None)
    chosen = choose_questions(
        deal,
        slipped=_wants_cause(record, deal, bool(ids & {"slip pending", "pushed"})),
        stuck=bool(ids & {"stale", "stage age"}),
        new=slot is not None and slot.kind == "new",
        again="own steps" in ids,
    )
    answered = [note.question for note in record.notes if note.on == meeting.day]
    return in_talking_order((*chosen, *answered), deal, since)


def _wants_cause(record: DealRecord, deal: Deal, slips: bool) -> bool:
    """Tell whether a close date that moved later since the last lock, or a deal that slips, has nobody who says why."""
    before = record.lock
    if before is None or before.close_date is None or deal.close_date is None or deal.close_date <= before.close_date:
        return slips
    return said_cause(record) is None


def evidence_halves(meeting: Meeting, record: DealRecord, deal: Deal) -> tuple[Half, ...]:
    """Say of both halves of the commit evidence whether they hold, and what is missing in words.

    Outside commit nothing is missing, but what was recorded is said.
    """
    if deal.category is not Category.COMMIT and record.confirmation is None and record.paper is None:
        return ()
    thresholds = meeting.settings.thresholds
    confirmation, paper = record.confirmation, record.paper
    date_ok = confirmation is not None and confirmation_holds(confirmation, deal.close_date, meeting.day, thresholds)
    paper_ok = paper is not None and paper_holds(
        paper,
        deal.close_date,
        meeting.day,
        thresholds,
        amount=deal.amount,
        paper_below=meeting.settings.paper_below,
    )
    closing = f"the {short_day(deal.close_date)}" if deal.close_date else "a close date"
    date_words = f"who confirmed {closing}, and when?"
    if confirmation is not None:
        said = f"{confirmation.who}, {short_date(confirmation.said_on)}"
        date_words = said if date_ok else f"{said} – who confirmed {closing}?"
    paper_words = "which stage, last moved when?"
    if paper is not None:
        paper_words = paper_said(paper.stage, paper.moved_on, paper.appointment, paper.none_needed, meeting.day)
        if not paper_ok:
            paper_words = f"{paper_words.replace(', moved ', ', ')} – moved since?"
    return (Half("date", date_ok, date_words), Half("paper", paper_ok, paper_words))
