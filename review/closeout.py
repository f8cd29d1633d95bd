"""What one typed line would make of a deal: the same reading for the preview under the field and for the decision."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from review.calendar import Workdays
from review.commitments import Commitment, Origin
from review.crm_step import crm_step
from review.gate import Caution, Violation, cautions, check
from review.line import Line, Problem, read_line
from review.meeting import Meeting
from review.people import Person

WITH_WHOM = "Agreed with whom? Name them in the step, like @Dana."


class Proposal(Struct, frozen=True, kw_only=True):
    """The step that stands: today's, last week's, or the CRM's."""

    text: str
    day: date | None
    owner: str
    source: str
    """'this review', 'last review', 'in writing' or 'CRM'."""
    commitment: Commitment | None = None


class Preview(Struct, frozen=True, kw_only=True):
    """A line as understood, with what is missing and what to think about."""

    step: str
    day: date | None
    owner: Person | None
    agreed: bool
    customers: tuple[str, ...]
    violations: tuple[Violation, ...]
    cautions: tuple[Caution, ...]
    keeps: Commitment | None = None
    """The commitment that simply goes on standing."""
    asks: Problem | None = None
    """What the line leaves open without being invalid: 'with whom?'."""

    @property
    def green(self) -> bool:
        """Tell whether Enter closes the deal out."""
        return not self.violations

    def violation(self, field: str) -> Violation | None:
        """Give the first violation of a field."""
        return next((violation for violation in self.violations if violation.field == field), None)


def standing_step(meeting: Meeting, deal: str) -> Proposal | None:
    """Give the step that stands prefilled: the last one agreed, otherwise the CRM's."""
    step, record = meeting.step(deal), meeting.record(deal)
    if step is not None:
        today = step.made == meeting.day
        source = "in writing" if record.step_in_writing else "this review" if today else "last review"
        return Proposal(text=step.text, day=step.due, owner=step.owner, source=source, commitment=step)
    text = crm_step(record, meeting.ledger.commitments)
    return Proposal(text=text, day=record.crm.next_step_date, owner=record.rep, source="CRM") if text else None


def preview(
    meeting: Meeting, deal: str, text: str, *, beside: date | None = None, named: Person | None = None
) -> Preview:
    """Read a line for a deal; an empty one keeps the standing step, a date alone gives it a new day.

    A day `beside` the line and an owner `named` there hold over what the line says.
    """
    record = meeting.record(deal)
    people = meeting.settings.people
    standing = standing_step(meeting, deal)
    line = _read(meeting, text, meeting.person(record.rep))
    if beside is not None:
        line = replace(line, day=beside)
    if named is not None:
        line = replace(line, owner=named, owner_named=True)
    if standing is not None and not line.step:
        line = _on_standing(meeting, line, standing)
    violations = (
        *(Violation(problem.field, problem.sentence) for problem in line.problems if problem.field == "date"),
        *check(
            line.step,
            line.day,
            line.owner,
            today=meeting.day,
            people=people,
            stock=meeting.settings.stock_phrases,
        ),
    )
    kept = standing.commitment if standing is not None and _same(standing, line) else None
    return Preview(
        step=line.step,
        day=line.day,
        owner=line.owner,
        agreed=line.agreed,
        customers=line.customers,
        violations=_one_per_field(violations),
        cautions=() if line.day is None else think_of(meeting, line.day, line.owner, deal),
        keeps=kept,
        asks=next((problem for problem in line.problems if problem.field != "date"), None),
    )


def think_of(meeting: Meeting, day: date, owner: Person | None, deal: str = "") -> tuple[Caution, ...]:
    """Warn of a promised day: nobody works on it, it is far ahead, or past the close date of the step's deal."""
    return cautions(
        day,
        owner,
        today=meeting.day,
        close_date=meeting.effective(deal).close_date if deal in meeting.ledger.deals else None,
        workdays=Workdays.of(meeting.settings),
        far_days=meeting.settings.thresholds.far_days,
    )


def _on_standing(meeting: Meeting, line: Line, standing: Proposal) -> Line:
    """Fill what the line leaves out from the step that stands: ours as it is, the CRM's as it reads."""
    old = standing.commitment
    known = _as_line(old) if old is not None else _read(meeting, standing.text, meeting.person(standing.owner))
    asks = line.agreed and not known.customers
    return Line(
        step=known.step or standing.text,
        day=line.day or standing.day or known.day,
        day_text=line.day_text,
        owner=line.owner if line.owner_named else meeting.person(standing.owner) or line.owner,
        owner_named=line.owner_named,
        agreed=(line.agreed or known.agreed) and bool(known.customers),
        customers=known.customers,
        problems=(*line.problems, Problem("agreed", WITH_WHOM)) if asks else line.problems,
    )


def _as_line(step: Commitment) -> Line:
    return Line(step=step.text, day=step.due, agreed=step.agreed, customers=step.customers)


def _read(meeting: Meeting, text: str, owner: Person | None) -> Line:
    people, order = meeting.settings.people, meeting.settings.date_order
    return read_line(text, today=meeting.day, people=people, owner=owner, order=order)


def _same(standing: Proposal, line: Line) -> bool:
    old = standing.commitment
    return (
        old is not None
        and line.step == old.text
        and line.day == old.due
        and line.owner is not None
        and line.owner.id == old.owner
        and line.agreed == old.agreed
    )


def _one_per_field(violations: tuple[Violation, ...]) -> tuple[Violation, ...]:
    first: dict[str, Violation] = {}
    for violation in violations:
        first.setdefault(violation.field, violation)
    return tuple(first.values())


def as_commitment(meeting: Meeting, deal: str, seen: Preview, ident: str) -> Commitment:
    """Make the next step of a green preview."""
    assert seen.day is not None, "a green preview has a date"
    assert seen.owner is not None, "a green preview has an owner"
    return Commitment(
        id=ident,
        text=seen.step,
        owner=seen.owner.id,
        due=seen.day,
        first_due=seen.day,
        made=meeting.day,
        review=meeting.review,
        origin=Origin.STEP,
        deal=deal,
        customers=seen.customers,
        agreed=seen.agreed,
    )
