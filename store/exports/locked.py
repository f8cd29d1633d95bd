"""What a locked review sends: gathered once and kept beside its minutes, which stay as they are."""

from datetime import date, datetime

import msgspec
from msgspec import Struct

from review.commitment_rows import CommitmentRow
from review.commitments import Origin
from store import files
from store.exports.gather import of_one
from store.exports.outgoing import Outgoing, Recipient
from store.exports.targets import STANDARD, Target
from store.kept import digest_of
from store.kinds import OUTGOING
from store.reviews import Reviews


class _Gathered(Struct, frozen=True, kw_only=True):
    """Everything that any target asks for; what only some do is read where it is asked for."""

    day: date
    review: str
    rows: tuple[CommitmentRow, ...]
    shows_target: bool
    recipients: tuple[Recipient, ...]
    sender: Recipient | None
    recap: msgspec.Raw
    passages: msgspec.Raw
    minutes: msgspec.Raw


def of_locked(reviews: Reviews, review: str, target: Target, now: datetime, *, only_actions: bool = False) -> Outgoing:
    """Gather what a locked review sends.

    The same as `gather.of_one` of its minutes. Raises Damaged, NotReadable, TooNew.
    """
    workspace = reviews.workspace
    rests_on = digest_of(review, files.stamp(workspace.minutes(review)), files.stamp(workspace.snapshot(review)))

    def gathered() -> _Gathered:
        return _gathered(of_one(reviews.minutes(review)[0], STANDARD["json"], now))

    found = reviews.kept(OUTGOING, _Gathered).at(rests_on, gathered)
    return _for(found, target, now, only_actions=only_actions)


def _gathered(outgoing: Outgoing) -> _Gathered:
    return _Gathered(
        day=outgoing.day,
        review=outgoing.review,
        rows=outgoing.rows,
        shows_target=outgoing.shows_target,
        recipients=outgoing.recipients,
        sender=outgoing.sender,
        recap=msgspec.Raw(msgspec.json.encode(outgoing.recap)),
        passages=msgspec.Raw(msgspec.json.encode(outgoing.passages)),
        minutes=msgspec.Raw(msgspec.json.encode(outgoing.minutes)),
    )


def _for(found: _Gathered, target: Target, now: datetime, *, only_actions: bool) -> Outgoing:
    """Leave out what a target does not ask for."""
    outgoing = Outgoing(
        day=found.day,
        review=found.review,
        draft=False,
        rows=tuple(row for row in found.rows if not (only_actions and row.origin is Origin.STEP)),
        shows_target=found.shows_target,
        now=now,
        recipients=found.recipients,
        sender=found.sender,
    )
    if target.with_recap and not only_actions:
        from review.recap import Recap
        from review.timeline import Passage

        outgoing = msgspec.structs.replace(
            outgoing,
            recap=msgspec.json.decode(found.recap, type=Recap),
            passages=msgspec.json.decode(found.passages, type=tuple[Passage, ...]),
        )
    if target.kind == "document":
        from review.events import Batch

        minutes = msgspec.json.decode(found.minutes, type=tuple[Batch, ...])
        outgoing = msgspec.structs.replace(outgoing, minutes=minutes)
    return outgoing
