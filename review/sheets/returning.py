"""A line that is asked again: on what stands now, with the question that the answer left open."""

from msgspec.structs import replace

from review.calls import called_period
from review.dates import short_date
from review.line import plain_step
from review.meeting import Meeting
from review.sheets.asking import blank, call_code, deal_blank
from review.sheets.blank import OF_CALL, Blank, Kind
from review.sheets.codes import LineCode, line_key, stamp_of_day
from review.sheets.deciding import is_next
from review.sheets.matching import Line


def again(meeting: Meeting, line: Line, question: str) -> Blank:
    """Make the line of a small sheet."""
    wrote = f"{question} – you wrote “{line.filled.said}”" if line.filled.said not in question else question
    settings = meeting.settings
    if line.kind in OF_CALL:
        about = f"Your call for {called_period(meeting, following=is_next((line,))).label}"
        return blank(settings, line.kind, line.ident, about, wrote, call_code(line.kind, line.ident))
    if line.kind is Kind.PROMISE:
        promise = meeting.ledger.commitments[line.ident]
        code = LineCode(line_key(Kind.PROMISE, promise.id), stamp_of_day(promise.due))
        due = f"due {short_date(promise.due, meeting.day)}: {wrote}"
        return blank(settings, line.kind, line.ident, plain_step(promise.text), due, code)
    # On the values that stood before these answers: what they change by themselves is no change since.
    made = deal_blank(replace(meeting, ledger=meeting.opening), line.ident, line.kind, wrote)
    return made
