"""Decisions on the course of the hour: sections, turns, clock, presence and queue."""

from review.clock import read_clock
from review.clock_words import say_seconds
from review.decisions.answer import Answer, Context, Decided, course, decides
from review.events import (
    DealOpened,
    Dropped,
    GapAnswered,
    GapFound,
    LengthsSet,
    Paused,
    PersonAdded,
    PresenceSet,
    QueueChanged,
    Resumed,
    SectionEntered,
    TurnTaken,
)
from review.gate import check_owner
from review.intents import (
    AddPerson,
    AddToQueue,
    AnswerGap,
    EnterSection,
    MoveInQueue,
    OpenDeal,
    Pause,
    RemoveFromQueue,
    ReportGap,
    Resume,
    SetLengths,
    SetPresence,
    TakeTurn,
)
from review.meeting import Meeting
from review.people import Person, person_id
from review.presence import FIRST_ROUND, deals_to_move
from review.queue import Slot
from review.results import Refusal
from review.words import in_words


@decides(EnterSection)
def enter_section(meeting: Meeting, intent: EnterSection, context: Context) -> Answer:  # noqa: ARG001
    """Go to a section; a deal that is on the screen stays where it was."""
    if intent.section == meeting.section:
        return course(())
    if not _in_agenda(meeting, intent.section):
        return Refusal("That section is not in the agenda.")
    return course((SectionEntered(section=intent.section),))


def _in_agenda(meeting: Meeting, section: str) -> bool:
    return any(known.id == section for known in meeting.settings.sections)


@decides(TakeTurn)
def take_turn(meeting: Meeting, intent: TakeTurn, context: Context) -> Answer:  # noqa: ARG001
    """Give the turn to somebody known."""
    if not _in_agenda(meeting, intent.section):
        return Refusal("That section is not in the agenda.")
    if meeting.person(intent.person) is None:
        return Refusal("Nobody of that name is on the team.")
    if meeting.turns.get(intent.section) == intent.person:
        return course(())
    return course((TurnTaken(section=intent.section, person=intent.person),))


@decides(OpenDeal)
def open_deal(meeting: Meeting, intent: OpenDeal, context: Context) -> Answer:  # noqa: ARG001
    """Put a deal on the screen."""
    if intent.deal not in meeting.ledger.deals:
        return Refusal("That deal is not in the export.")
    if intent.deal == meeting.deal:
        return course(())
    return course((DealOpened(deal=intent.deal),))


@decides(Pause)
def pause(meeting: Meeting, intent: Pause, context: Context) -> Answer:  # noqa: ARG001
    """Stop the section's clock once."""
    if read_clock(meeting.clock, context.now).paused:
        return Refusal("The clock is paused already.")
    return course((Paused(),))


@decides(Resume)
def resume(meeting: Meeting, intent: Resume, context: Context) -> Answer:  # noqa: ARG001
    """Let the section's clock run again."""
    if not read_clock(meeting.clock, context.now).paused:
        return Refusal("The clock is running.")
    return course((Resumed(),))


@decides(SetLengths)
def set_lengths(meeting: Meeting, intent: SetLengths, context: Context) -> Answer:
    """Take a plan for the rest of the hour; third deals that it sends to next week are dropped with it."""
    known = {section.id for section in meeting.settings.sections}
    if set(intent.lengths) != known or any(seconds < 0 for seconds in intent.lengths.values()):
        return Refusal("That plan does not fit the agenda.")
    waiting = {slot.deal for slot in meeting.to_go if slot.number > FIRST_ROUND}
    if not set(intent.drops) <= waiting:
        return Refusal("Only third deals that are still to go can wait for next week.")
    lengths = LengthsSet(lengths=intent.lengths, end_moves=intent.end_moves, why=intent.why)
    count = len(intent.drops)
    sent = f"sent {in_words(count)} third {'deal' if count == 1 else 'deals'} to next week" if count else ""
    what = sent or _what_changes(meeting, intent, context)
    return Decided((lengths, *(Dropped(deal=deal) for deal in intent.drops)), what)


def _what_changes(meeting: Meeting, intent: SetLengths, context: Context) -> str:
    """Say the lengths that a plan changes, and by how much it moves the end."""
    titles = {section.id: section.title for section in meeting.settings.sections}
    parts = [
        f"{titles[each.section]} {say_seconds(intent.lengths[each.section])}"
        for each in read_clock(meeting.clock, context.now).sections
        if intent.lengths[each.section] != each.adapted
    ]
    if intent.end_moves:
        parts.append(f"end {say_seconds(intent.end_moves)} later")
    return f"changed the time: {', '.join(parts)}" if parts else ""


@decides(ReportGap)
def report_gap(meeting: Meeting, intent: ReportGap, context: Context) -> Answer:  # noqa: ARG001
    """Record a stretch in which the program or the machine was away, or the jump of a clock that was set back."""
    if intent.last == intent.first:
        return course(())
    return course((GapFound(first=intent.first, last=intent.last),))


@decides(AnswerGap)
def answer_gap(meeting: Meeting, intent: AnswerGap, context: Context) -> Answer:  # noqa: ARG001
    """Say whether a gap counts."""
    return course((GapAnswered(first=intent.first, counts=intent.counts),))


@decides(SetPresence)
def set_presence(meeting: Meeting, intent: SetPresence, context: Context) -> Answer:  # noqa: ARG001
    """Note who came or left; their deals come into the queue or leave it with them."""
    if meeting.person(intent.person) is None:
        return Refusal("Nobody of that name is on the team.")
    if meeting.is_present(intent.person) == intent.present:
        return course(())
    slots = deals_to_move(meeting, intent.person, present=intent.present)
    return course((PresenceSet(person=intent.person, present=intent.present, slots=slots),))


@decides(AddPerson)
def add_person(meeting: Meeting, intent: AddPerson, context: Context) -> Answer:  # noqa: ARG001
    """Add somebody by name, who then can own steps and actions."""
    name = " ".join(intent.name.split())
    if not any(char.isalpha() for char in name):
        return Refusal("Who? Write a name.", "owner")
    if any(name.casefold() in (known.name.casefold(), known.id) for known in meeting.settings.people):
        return Refusal(f"{name} is known already.", "owner")
    ident = person_id(name)
    taken = {person.id for person in meeting.settings.people}
    while ident in taken:
        ident += "-2"
    initials = "".join(part[0] for part in name.split()).lower()
    person = Person(id=ident, name=name, initials=initials, carries=False)
    if check_owner(person, (person,)) is not None:
        return Refusal("One person, please: nobody can ask “team” or “all” next week.", "owner")
    return Decided((PersonAdded(person=person),), f"added {name}")


@decides(AddToQueue)
def add_to_queue(meeting: Meeting, intent: AddToQueue, context: Context) -> Answer:  # noqa: ARG001
    """Put a deal at the end of the queue."""
    record = meeting.ledger.deals.get(intent.deal)
    if record is None or meeting.is_gone(intent.deal):
        return Refusal("Only an open deal of the export can be queued.")
    if any(slot.deal == intent.deal for slot in meeting.queue):
        return Refusal(f"{record.crm.title} is in the queue already.")
    slot = Slot(
        deal=intent.deal,
        rep=record.rep,
        number=3,
        kind="added",
        reason="added by the manager",
        seconds=meeting.settings.thresholds.pace_other,
    )
    return Decided(
        (QueueChanged(queue=(*meeting.queue, slot), what=f"added {record.crm.title}"),), f"queued {record.crm.title}"
    )


@decides(RemoveFromQueue)
def remove_from_queue(meeting: Meeting, intent: RemoveFromQueue, context: Context) -> Answer:  # noqa: ARG001
    """Take a deal out of the queue that has not left inspection."""
    if intent.deal in meeting.left:
        return Refusal("That deal has left inspection already.")
    queue = tuple(slot for slot in meeting.queue if slot.deal != intent.deal)
    if len(queue) == len(meeting.queue):
        return Refusal("That deal is not in the queue.")
    title = meeting.record(intent.deal).crm.title
    return Decided((QueueChanged(queue=queue, what=f"removed {title}"),), f"took {title} out of the queue")


@decides(MoveInQueue)
def move_in_queue(meeting: Meeting, intent: MoveInQueue, context: Context) -> Answer:  # noqa: ARG001
    """Move a deal up or down among those still to come."""
    queue = list(meeting.queue)
    place = next((i for i, slot in enumerate(queue) if slot.deal == intent.deal), None)
    if place is None:
        return Refusal("That deal is not in the queue.")
    target = min(max(place + intent.by, 0), len(queue) - 1)
    if target == place:
        return course(())
    queue.insert(target, queue.pop(place))
    title = meeting.record(intent.deal).crm.title
    return Decided((QueueChanged(queue=tuple(queue), what=f"moved {title}"),), f"moved {title} in the queue")
