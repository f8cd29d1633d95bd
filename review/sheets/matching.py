"""Which line of which sheet an answer belongs to, and why one may belong to none any more (method, section 11)."""

from msgspec import Struct

from review.dates import short_date
from review.deals import Deal
from review.decisions.exits import must_be_here
from review.line import plain_step
from review.look_changes import titles_of
from review.meeting import Meeting
from review.money import short_money
from review.people import Person
from review.sheets.blank import OF_CALL, OF_NEXT, Kind
from review.sheets.codes import PART, changed_since, letters, line_key, person_code, stamp_of_day
from review.sheets.filled import Filled
from review.standing import step_of
from review.truth import effective

OF_DEAL = tuple(kind for kind in Kind if kind not in OF_CALL and kind is not Kind.PROMISE)
MAKE_NEW = "make new ones with closeout prep --sheets DIR"
_MOVED_BY = {"close date": (Kind.CLOSE, Kind.CONFIRMED), "next step": (Kind.STEP,)}
"""Values that an answer itself may have changed since the sheet was made, and by which lines."""


class Line(Struct, frozen=True):
    """An answer that has found its place."""

    kind: Kind
    ident: str
    person: Person
    filled: Filled


class Known(Struct, frozen=True):
    """All that a line may be about."""

    lines: dict[str, tuple[Kind, str]]
    people: dict[str, Person]
    titles: dict[str, str]
    """What each deal is called: by its account, where that is not several deals of one person."""

    @classmethod
    def of(cls, meeting: Meeting) -> "Known":
        """Give the keys of every deal, promise and person there is."""
        found: dict[str, tuple[Kind, str]] = {}
        for ident in meeting.ledger.deals:
            found.update({line_key(kind, ident): (kind, ident) for kind in OF_DEAL})
        for ident in meeting.ledger.commitments:
            found[line_key(Kind.PROMISE, ident)] = (Kind.PROMISE, ident)
        for person in meeting.settings.people:
            found.update({line_key(kind, person.id): (kind, person.id) for kind in OF_CALL})
        people = {person_code(person.id): person for person in meeting.settings.people}
        titles = titles_of((ident, record.crm) for ident, record in meeting.ledger.deals.items())
        return cls(found, people, titles)


def wrong_sheet(filled: Filled, meeting: Meeting, known: Known, workspace: str) -> str:
    """Say why a whole sheet is not taken; empty where it belongs here."""
    sheet = filled.sheet
    if sheet.workspace != letters(workspace, PART):
        return f"this sheet belongs to another workspace: read it in there, or {MAKE_NEW}"
    if sheet.person not in known.people:
        return f"this sheet is nobody’s of the team: add whose it is in the settings, or {MAKE_NEW}"
    last = meeting.ledger.last_lock
    if sheet.lock != letters(last.review if last else "", PART):
        held = f"the review of {short_date(last.day)} is locked" if last else "it was made on a review that is not here"
        return f"this is an older sheet: {held}. M{MAKE_NEW[1:]}"
    return ""


def find(filled: Filled, meeting: Meeting, known: Known) -> Line | str:
    """Find what a line is about, or say why it cannot be taken: not theirs, or gone."""
    person = known.people[filled.sheet.person]
    found = known.lines.get(filled.line.key)
    if found is None:
        return "that is not in the last export any more"
    kind, ident = found
    if kind in OF_CALL:
        return Line(kind, ident, person, filled) if ident == person.id else "that is somebody else’s call"
    if kind is Kind.PROMISE:
        promise = meeting.ledger.commitments[ident]
        owned = promise.owner == person.id
        return Line(kind, ident, person, filled) if owned else f"that promise is {meeting.name(promise.owner)}’s"
    record = meeting.record(ident)
    if record.rep != person.id:
        owner = meeting.name(record.rep) if record.rep else record.crm.owner or "nobody"
        return f"{record.crm.title} is not {person.first_name}’s: {owner} has it"
    refused = must_be_here(meeting, ident)
    return Line(kind, ident, person, filled) if refused is None else refused.sentence


def about_line(line: Line, meeting: Meeting, known: Known) -> str:
    """Say in a few words what a line is about."""
    if line.kind in OF_CALL:
        return "call for the next period" if line.kind in OF_NEXT.values() else "call"
    if line.kind is Kind.PROMISE:
        promise = meeting.ledger.commitments[line.ident]
        of = f" · {known.titles[promise.deal]}" if promise.deal in known.titles else ""
        return f"“{plain_step(promise.text)}”{of}"
    return known.titles[line.ident]


def answered_before(line: Line, meeting: Meeting) -> str | None:
    """Give what was taken from this line before; None where it still is open."""
    written = meeting.ledger.written.get(line.person.id)
    said = written.lines.get(line.filled.line.key) if written else None
    if said is not None:
        return said
    if line.kind is Kind.PROMISE:
        promise = meeting.ledger.commitments[line.ident]
        if not promise.is_open:
            return promise.standing.value
        # The day of a promise that has another one by now is another stamp.
        if stamp_of_day(promise.due) != line.filled.line.stamp:
            return f"moved to {short_date(promise.due, meeting.day)}"
    return None


def stale(line: Line, meeting: Meeting) -> str:
    """Say what of a deal is new since its line was made; empty where nothing is."""
    if line.kind in OF_CALL or line.kind is Kind.PROMISE:
        return ""
    record = meeting.record(line.ident)
    written = meeting.ledger.written.get(line.person.id)
    own = written.lines if written else {}
    names = [
        name
        for name in changed_since(record, meeting.ledger.commitments, line.filled.line.stamp)
        if not (name == "next step" and line.kind is not Kind.STEP)
        and not any(line_key(kind, line.ident) in own for kind in _MOVED_BY.get(name, ()))
    ]
    if not names:
        return ""
    deal = effective(record)
    return "changed since the sheet was made: " + ", ".join(_say(name, deal, meeting, line.ident) for name in names)


def _say(name: str, deal: Deal, meeting: Meeting, ident: str) -> str:
    step = step_of(meeting.record(ident), meeting.ledger.commitments)
    values = {
        "close date": f"closes {short_date(deal.close_date, meeting.day)}" if deal.close_date else "no close date",
        "amount": f"amount {short_money(deal.amount)}" if deal.amount is not None else "no amount",
        "category": f"in {deal.category.value}",
        "stage": f"stage {deal.stage or 'none'}",
        "next step": f"next step “{plain_step(step.text)}”" if step else "no next step",
    }
    return f"now {values[name]}"
