"""The log between reviews folded onto the last lock: imports, verdicts and what was answered in writing."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from review.baselines import before_first, between, learned, past_of
from review.call_facts import fold_call
from review.collecting import without_deal
from review.deals import Export, deal_key
from review.earlier_calls import with_calls
from review.events import (
    AnswersTaken,
    Batch,
    CallsRead,
    ClosedOut,
    CommitmentDropped,
    DealJoined,
    Fact,
    Imported,
    ImportTakenBack,
    PersonAdded,
    RosterRead,
    SheetsMade,
    VerdictGiven,
)
from review.folding import deals, promises
from review.importing import take_in
from review.in_force import baselines_in_force, standing_facts, taken_back
from review.people import Person
from review.records import Ledger
from review.renaming import joined
from review.roster import owners_of, rematched, with_roster
from review.settings import Settings
from review.sheets.folding import fold_answers

FoldPast = Callable[[Collection[str], Settings, date | None], Ledger]
"""Gives what the baselines of these names leave that are older than a day; see `review.baselines.past_of`."""


def at_desk(
    ledger: Ledger,
    batches: Iterable[Batch],
    exports: Mapping[str, Export],
    settings: Settings,
    fold_past: FoldPast | None = None,
) -> Ledger:
    """Give the ledger as it stands now: the last lock with everything that happened at the desk since.

    `exports` holds by name also the baselines that were read in since, and with them those that the lock knew;
    `fold_past` takes the place of folding them here.
    """
    every = tuple(batches)
    fold = fold_past or (lambda names, known, until: past_of({name: exports[name] for name in names}, known, until))
    undone = taken_back(every)
    gone = {event.export for batch in every for event in batch.events if isinstance(event, ImportTakenBack)}
    # A list of people that came after an export names the owners in it all the same.
    ledger = replace(ledger, roster=last_roster(every) or ledger.roster)
    settings = with_everybody(settings, ledger) if ledger.roster else settings
    days = {event.name: event.day for event in baselines_in_force(every)}
    told = {**dict.fromkeys(ledger.past.files), **dict.fromkeys(days)}
    past = tuple(told) if len(told) > len(ledger.past.files) else ()
    if past and ledger.locks:
        ledger = learned(ledger, fold(past, settings, ledger.began))
    for batch in every:
        if batch.id in undone:
            continue
        if batch.events and isinstance(batch.events[0], AnswersTaken):
            ledger = fold_answers(ledger, batch, with_everybody(settings, ledger))
            continue
        for event in batch.events:
            if isinstance(event, Imported) and event.export not in gone and past and not ledger.locks:
                day = exports[event.export].day
                if not ledger.export:
                    ledger = before_first(ledger, fold(past, settings, day))
                else:
                    ledger = between(ledger, [name for name in days if days[name] < day], exports, settings)
            ledger = _apply(ledger, event, batch.at.date(), exports, settings, gone)
    return ledger


def _apply(
    ledger: Ledger,
    event: Fact,
    day: date,
    exports: Mapping[str, Export],
    settings: Settings,
    gone: set[str],
) -> Ledger:
    if isinstance(event, Imported) and event.export not in gone:
        return take_in(ledger, exports[event.export], settings)
    if isinstance(event, VerdictGiven):
        return promises.verdict_given(ledger, event, event.on or day)
    if isinstance(event, CommitmentDropped):
        return promises.dropped(ledger, event, event.on or day)
    if isinstance(event, CallsRead):
        return replace(ledger, calls=with_calls(ledger.calls, event.calls, settings))
    if isinstance(event, ClosedOut) and event.deal in ledger.deals:
        ledger = deals.put_step(ledger, event.deal, event.step, event.step.made, in_writing=True)
        return without_deal(ledger, event.deal, event.step.made)
    if isinstance(event, DealJoined):
        return joined(ledger, event.old, event.new, settings)
    if isinstance(event, RosterRead):
        return rematched(ledger, settings.people)
    if isinstance(event, SheetsMade):
        return replace(ledger, told={**dict.fromkeys(event.told, event.day), **ledger.told})
    if isinstance(event, PersonAdded):
        return replace(ledger, added=(*ledger.added, event.person))
    return fold_call(ledger, event)


def last_roster(batches: Iterable[Batch]) -> tuple[Person, ...]:
    """Give the list of people that was read in last; none where no list was."""
    found = [event.people for event in standing_facts(batches) if isinstance(event, RosterRead)]
    return found[-1] if found else ()


def resting_on(ledger: Ledger, batches: Iterable[Batch], export: Export) -> tuple[str, ...]:
    """Name the deals on which the desk decided something and that only this export holds.

    `ledger` is what would stand without the export.
    """
    only_here = {deal_key(deal.id): deal.title for deal in export.deals if deal_key(deal.id) not in ledger.deals}
    every = tuple(batches)
    undone = taken_back(every)
    decided = (
        event.deal
        for batch in every
        if batch.id not in undone
        for event in batch.events
        if isinstance(event, ClosedOut)
    )
    return tuple(dict.fromkeys(only_here[ident] for ident in decided if ident in only_here))


def with_everybody(settings: Settings, ledger: Ledger) -> Settings:
    """Add the people whom reviews added on the spot, and what the list of people knows of a team that is set up."""
    known = {person.id for person in settings.people}
    added = tuple(person for person in ledger.added if person.id not in known)
    everybody = replace(settings, people=(*settings.people, *added))
    return with_roster(everybody, ledger.roster, owners_of(ledger)) if settings.people and ledger.roster else everybody
