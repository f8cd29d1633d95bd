"""What a review, or every open commitment, sends to a target; and what of it is new since the last time.

What only some targets need is imported where it is used: commands that open no screen start fast.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from review.commitment_rows import all_open, of_review, rows_of
from store.exports.outgoing import Outgoing, Recipient

if TYPE_CHECKING:
    from review.events import Batch, Exported
    from review.fold import Minutes
    from review.meeting import Meeting
    from review.people import Person
    from review.recap import Recap
    from review.records import Ledger
    from review.settings import Settings
    from review.timeline import Passage
    from store.exports.targets import Target


def of_one(minutes: "Minutes", target: "Target", now: datetime, *, only_actions: bool = False) -> Outgoing:
    """Gather what a review sends; one that is not locked yet as it stands at `now`, marked as a draft."""
    meeting = minutes.meeting
    with_recap = target.with_recap and not only_actions
    settings = meeting.settings
    return Outgoing(
        day=meeting.day,
        review=meeting.review,
        draft=meeting.locked is None,
        rows=rows_of(of_review(meeting, only_actions=only_actions), meeting.ledger, settings),
        recap=_recap(meeting, now) if with_recap else None,
        shows_target=settings.quota_on_screen != "none",
        now=now,
        recipients=_team(settings, meeting.day),
        sender=_recipient(settings.manager),
        passages=_passages(minutes) if with_recap else (),
        minutes=_handed_on(minutes) if target.kind == "document" else (),
    )


def of_all(
    ledger: "Ledger", settings: "Settings", day: date, now: datetime, *, draft: bool, only_actions: bool = False
) -> Outgoing:
    """Gather every open commitment, whatever review it is from; `draft` while a review is changing them."""
    return Outgoing(
        day=day,
        review="",
        draft=draft,
        rows=rows_of(all_open(ledger, only_actions=only_actions), ledger, settings),
        now=now,
        recipients=_team(settings, day),
        sender=_recipient(settings.manager),
    )


def since_last(
    outgoing: Outgoing,
    target: "Target",
    desk: "Iterable[Batch]",
    ledger: "Ledger",
    settings: "Settings",
    *,
    only_actions: bool = False,
) -> "tuple[Outgoing, Exported]":
    """Leave what the target has had already, and give the fact that is to be recorded once the rest is out."""
    from review.events import Exported
    from review.sent import parcel, sent_to

    known = {row.id: row for row in rows_of(ledger.commitments.values(), ledger, settings)}
    found = parcel(outgoing.rows, known, sent_to(target.name, desk), steps=not only_actions)
    fresh = replace(
        outgoing,
        rows=found.fresh,
        changed=found.changed,
        withdrawn=found.withdrawn,
        news=True,
        recap=None,
        passages=(),
        minutes=(),
    )
    return fresh, Exported(target=target.name, review=outgoing.review, sent=found.sent)


def _recap(meeting: "Meeting", now: datetime) -> "Recap":
    from review.clock import read_clock
    from review.lock_row import row_of
    from review.recap import recap_of

    locked = meeting.locked
    row = locked.row if locked else row_of(meeting, read_clock(meeting.clock, now), ())
    return recap_of(meeting, row, draft=locked is None)


def _passages(minutes: "Minutes") -> "tuple[Passage, ...]":
    from review.timeline import timeline

    return timeline(minutes)


def _handed_on(minutes: "Minutes") -> "tuple[Batch, ...]":
    from review.handing_on import for_everybody

    return for_everybody(minutes.batches)


def _team(settings: "Settings", day: date) -> tuple[Recipient, ...]:
    """List whoever has an address and is still there."""
    there = (person for person in settings.people if person.left is None or person.left >= day)
    return tuple(Recipient(person.name, person.email) for person in there if person.email)


def _recipient(person: "Person | None") -> Recipient | None:
    return Recipient(person.name, person.email) if person and person.email else None
