"""What an answer changes, in words."""

from collections.abc import Sequence
from datetime import date

from review.commitments import Verdict
from review.dates import short_date
from review.events import CallStated, CauseGiven, ClosedOut, DealChanged, EvidenceGiven, Fact, MarkGiven, VerdictGiven
from review.evidence import Confirmation, Paper
from review.line import plain_step
from review.meeting import Meeting
from review.money import short_money
from review.sheets.matching import Line
from review.truth import decode


def say_facts(facts: Sequence[Fact], meeting: Meeting, line: Line) -> str:
    """Say what one line, or the lines of one call, come to."""
    return "; ".join(said for fact in facts if (said := _say(fact, meeting))) or f"{line.kind.value} as it was"


def _say(fact: Fact, meeting: Meeting) -> str:
    day = meeting.day
    if isinstance(fact, VerdictGiven):
        moved = f" to {short_date(fact.due, day)}" if fact.due else ""
        return f"{fact.verdict.value}{moved}" if fact.verdict is not Verdict.MOVED or moved else "moved"
    if isinstance(fact, CallStated):
        best = f", best case {short_money(fact.call.best_case)}" if fact.call.best_case is not None else ""
        reason = f": {fact.call.reason}" if fact.call.reason else ""
        return f"commit {short_money(fact.call.commit)}{best}{reason}"
    if isinstance(fact, ClosedOut):
        step = fact.step
        return f"next step “{plain_step(step.text)}”, {short_date(step.due, day)}, {meeting.name(step.owner)}"
    if isinstance(fact, DealChanged) and fact.field == "close_date":
        was, now = (decode("close_date", text) for text in (fact.frm, fact.to))
        because = f", {fact.cause.value}" if fact.cause else ""
        return f"closes {_full(now)}, was {_full(was)}{because}"
    if isinstance(fact, EvidenceGiven):
        parts = [
            _confirmation(fact.confirmation) if fact.confirmation else "",
            _paper(fact.paper) if fact.paper else "",
        ]
        return ", ".join(part for part in parts if part)
    if isinstance(fact, CauseGiven):
        return f"moved because of {fact.cause.value}"
    if isinstance(fact, MarkGiven):
        return f"{fact.mark.value}: {({True: 'yes', False: 'no', None: 'not known'})[fact.yes]}"
    return ""


def _full(value: object) -> str:
    return f"{value.day} {value:%b %Y}" if isinstance(value, date) else "no date"


def _confirmation(found: Confirmation) -> str:
    verb = "signed" if found.signed else "confirmed"
    return f"{found.who} {verb} {short_date(found.close_date)} on {short_date(found.said_on)}"


def _paper(found: Paper) -> str:
    if found.none_needed:
        return f"no paper needed: {found.none_needed}"
    moved = f" moved {short_date(found.moved_on)}" if found.moved_on else ""
    ahead = f" set for {short_date(found.appointment)}" if found.appointment else ""
    return f"{found.stage}{moved}{ahead}"
