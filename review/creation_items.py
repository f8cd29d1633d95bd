"""What Creation goes through: vanished deals, new ones, losses, a number per rep (method, section 8)."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from review.creation import creation
from review.deals import Mark
from review.meeting import Meeting
from review.recap import lost_since
from review.records import DealRecord
from review.renaming import LATER
from review.standing import has_all_three
from review.truth import is_open


class ItemKind(StrEnum):
    """What is asked of an item."""

    VANISHED = "vanished"
    NEW = "new"
    LOSS = "loss"
    NUMBER = "number"


class Item(Struct, frozen=True):
    """One thing to settle in Creation."""

    kind: ItemKind
    id: str
    """The deal, or the person for a number."""
    done: bool
    aloud: bool = True
    """A new deal that is not gone through aloud stands in next week's queue."""

    @property
    def place(self) -> str:
        """Name it among all items: 'kind:id'."""
        return f"{self.kind}:{self.id}"


class Marks(Struct, frozen=True):
    """The three marks of a new deal; None: not known."""

    event: bool | None
    economic_buyer: bool | None
    step: bool

    @property
    def complete(self) -> bool:
        """Tell whether all three are known."""
        return self.event is not None and self.economic_buyer is not None and self.step


def items_of(meeting: Meeting) -> tuple[Item, ...]:
    """List what Creation settles, in the order in which it is asked."""
    return (*_vanished(meeting), *_new(meeting), *_losses(meeting), *_numbers(meeting))


def marks_of(meeting: Meeting, deal: str) -> Marks:
    """Give the three marks of a new deal: event, economic buyer named, step with a date."""
    record = meeting.record(deal)
    event, buyer = record.marks.get(Mark.EVENT), record.marks.get(Mark.ECONOMIC_BUYER)
    return Marks(
        event=event.yes if event else None,
        economic_buyer=buyer.yes if buyer else None,
        step=has_all_three(record, meeting.ledger, meeting.settings, meeting.day),
    )


def _vanished(meeting: Meeting) -> list[Item]:
    return [
        Item(ItemKind.VANISHED, ident, bool(record.vanished) and not _asks_again(record, meeting.day))
        for ident, record in meeting.since.touched(meeting.day).items()
        if record.missing_since is not None and record.ended is None and _is_fresh(record, meeting.day)
    ]


def _is_fresh(record: DealRecord, today: date) -> bool:
    """Tell whether the question is open, or was answered today."""
    return not record.vanished or record.vanished_on == today or _asks_again(record, today)


def _asks_again(record: DealRecord, today: date) -> bool:
    """Tell whether “later” was said on a day before: the question is open again."""
    return record.vanished == LATER and record.vanished_on != today


def _new(meeting: Meeting) -> list[Item]:
    """Give new deals, about one per rep aloud: the larger one; the others wait a week."""
    found = sorted(
        (ident for ident in creation(meeting.since).created.deals if is_open(meeting.record(ident))),
        key=lambda ident: (-(meeting.effective(ident).amount or 0), ident),
    )
    heard: set[str] = set()
    items = []
    for ident in found:
        record = meeting.record(ident)
        settled = record.born_checked or marks_of(meeting, ident).complete
        aloud = record.rep not in heard and meeting.is_present(record.rep)
        heard.add(record.rep)
        items.append(Item(ItemKind.NEW, ident, settled, aloud))
    return items


def _losses(meeting: Meeting) -> list[Item]:
    items = []
    for ident in lost_since(meeting):
        record = meeting.record(ident)
        reason = record.ended.reason if record.ended else record.loss_reason
        said = reason is not None or bool(record.crm.lost_reason)
        items.append(Item(ItemKind.LOSS, ident, said and bool(record.loss_lesson)))
    return items


def _numbers(meeting: Meeting) -> list[Item]:
    return [
        Item(ItemKind.NUMBER, person.id, person.id in meeting.numbers)
        for person in meeting.settings.reps
        if meeting.is_present(person.id)
    ]
