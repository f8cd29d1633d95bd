"""An action from one line, in the room and at the desk alike: text, one owner, one date (method, section 9)."""

from datetime import date, timedelta

from msgspec import Struct

from review.calendar import Workdays
from review.commitments import Commitment, Origin
from review.gate import check_date, check_owner, check_step
from review.line import read_line
from review.people import Person
from review.results import Refusal
from review.settings import Settings


class ActionLine(Struct, frozen=True, kw_only=True):
    """An action's line as understood: complete, whatever was left out filled by default."""

    text: str
    due: date
    owner: Person
    agreed: bool = False
    customers: tuple[str, ...] = ()

    def made(self, ident: str, day: date, review: str, origin: Origin) -> Commitment:
        """Make the commitment of the line; `review` is empty at the desk."""
        return Commitment(
            id=ident,
            text=self.text,
            owner=self.owner.id,
            due=self.due,
            first_due=self.due,
            made=day,
            review=review,
            origin=origin,
            agreed=self.agreed,
            customers=self.customers,
        )


def read_commitment(
    settings: Settings, day: date, text: str, owner: Person | None, due: date | None = None
) -> ActionLine | Refusal:
    """Read an action's line: text, date and initials as in a step; refuses what lacks a text, a date or an owner."""
    line = read_line(text, today=day, people=settings.people, owner=owner, order=settings.date_order)
    # What keeps the date at the end from being read would give the line the day that stands for none.
    unread = next((problem for problem in line.problems if problem.field in ("date", "owner")), None)
    if unread is not None:
        return Refusal(unread.sentence, unread.field)
    when = line.day or due or before_next_review(settings, day)
    wrong = (
        check_step(line.step, settings.stock_phrases)
        or check_date(when, day)
        or check_owner(line.owner, settings.people)
    )
    if wrong is not None or line.owner is None:
        return Refusal(wrong.sentence if wrong else "Whose is it?", wrong.field if wrong else "owner")
    return ActionLine(text=line.step, due=when, owner=line.owner, agreed=line.agreed, customers=line.customers)


def before_next_review(settings: Settings, day: date) -> date:
    """Give the last working day before the next weekly review, the default date of an action."""
    ahead = (settings.weekday - day.weekday()) % 7 or 7
    return max(Workdays.of(settings).previous_working(day + timedelta(days=ahead)), day)
