"""What is known before the hour, in one piece: the coming queue, what is missing, what changed (method, section 11)."""

from datetime import date

from review.from_exports import say_compared
from review.later import later_deals
from review.learning import learning
from review.people import display_names
from review.prepared import MissingOf, Preparation, QueuedDeal
from review.queue import Slot
from review.records import Ledger
from review.settings import Settings
from review.since import since_lock
from review.standing import active_deals, missing_by_rep
from review.start import expected, plan
from review.truth import effective, not_in_crm


def prepare(ledger: Ledger, settings: Settings, today: date) -> Preparation:
    """Gather what is known before a review on a day."""
    present = expected(settings, today)
    names = display_names(settings.people)
    planned = plan(ledger, settings, today, present)
    since = since_lock(ledger, settings)
    return Preparation(
        day=today,
        currency=settings.currency,
        export=ledger.export_source,
        export_day=ledger.export_day,
        deals=ledger.export_rows,
        active=len(active_deals(ledger, settings, today)),
        focus=planned.focus,
        last_lock=ledger.last_lock.day if ledger.last_lock else None,
        compared_with=say_compared(ledger),
        queue=_queued(planned.slots, ledger, names, 1),
        seconds=planned.seconds,
        room=planned.room,
        sentence=planned.sentence,
        cycle_weeks=planned.cycle_weeks,
        if_time=_queued(planned.beyond, ledger, names, len(planned.slots) + 1),
        away=tuple(person.name for person in settings.reps if person.is_away(today)),
        missing=_missing(ledger, settings, today, names),
        due=_due(ledger, today, names),
        since=since.words if since else (),
        not_in_crm=tuple(f"{record.crm.title} {words}" for record, words in not_in_crm(ledger)),
        third_values=ledger.third_values,
        later=later if (later := later_deals(ledger, settings, today)).deals else None,
        learning=learning(ledger, settings, today).words,
    )


def _queued(slots: tuple[Slot, ...], ledger: Ledger, names: dict[str, str], first: int) -> tuple[QueuedDeal, ...]:
    found = []
    for place, slot in enumerate(slots, first):
        deal = effective(ledger.deals[slot.deal])
        found.append(
            QueuedDeal(
                place=place,
                rep=names.get(slot.rep, slot.rep),
                title=deal.title,
                amount=deal.amount,
                kind=slot.kind,
                reason=slot.reason,
                tone=slot.tone,
                deal=slot.deal,
            )
        )
    return tuple(found)


def _missing(ledger: Ledger, settings: Settings, today: date, names: dict[str, str]) -> tuple[MissingOf, ...]:
    return tuple(
        MissingOf(person=names.get(rep, ""), deals=tuple(ledger.deals[ident].crm.title for ident in deals))
        for rep, deals in missing_by_rep(ledger, settings, today).items()
    )


def _due(ledger: Ledger, today: date, names: dict[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for commitment in ledger.commitments.values():
        if commitment.aloud and commitment.is_due(today):
            name = names.get(commitment.owner, commitment.owner)
            found[name] = found.get(name, 0) + 1
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
