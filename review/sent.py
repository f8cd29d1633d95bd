"""What has left for which target, so that nothing leaves twice and what changed since is said (method, section 9)."""

import hashlib
from collections.abc import Iterable, Mapping

from msgspec import Struct

from review.commitment_rows import CommitmentRow
from review.events import Batch, Exported
from review.events_people import Sent


class Withdrawn(Struct, frozen=True, kw_only=True):
    """A commitment that has gone out and binds nobody any more."""

    id: str
    text: str
    why: str
    """How it ended: done, dropped …; “taken back” where it was undone."""
    row: CommitmentRow | None = None
    """None where it was undone, or ended so long ago that it is forgotten."""


class Parcel(Struct, frozen=True, kw_only=True):
    """What goes out to a target that has had something before."""

    fresh: tuple[CommitmentRow, ...]
    changed: tuple[CommitmentRow, ...]
    withdrawn: tuple[Withdrawn, ...]

    @property
    def sent(self) -> tuple[Sent, ...]:
        """What is to be remembered once it is out."""
        there = (Sent(row.id, mark_of(row), row.text) for row in (*self.fresh, *self.changed))
        return (*there, *(Sent(gone.id, "", gone.text) for gone in self.withdrawn))


def sent_to(target: str, batches: Iterable[Batch]) -> dict[str, Sent]:
    """Give what a target has had, by commitment, as it was when it went out last."""
    return {
        sent.id: sent
        for batch in batches
        for event in batch.events
        if isinstance(event, Exported) and event.target == target
        for sent in event.sent
    }


def mark_of(row: CommitmentRow) -> str:
    """Give a mark that differs where somebody would have to mend what was handed on: text, owner, date, deal."""
    words = "\n".join((row.text, row.owner, row.due.isoformat(), row.deal, row.status))
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def parcel(
    wanted: Iterable[CommitmentRow], known: Mapping[str, CommitmentRow], sent: Mapping[str, Sent], *, steps: bool = True
) -> Parcel:
    """Divide into new, changed and withdrawn.

    `wanted` is what may go out for the first time; `known` every commitment that is remembered, open or not. Without
    `steps`, next steps that are still remembered are passed over.
    """
    out = {ident: one for ident, one in sent.items() if one.mark}
    passed = {ident for ident, row in known.items() if not steps and row.is_step}
    changed, withdrawn = [], []
    for ident, before in out.items():
        row = known.get(ident)
        if ident in passed:
            continue
        if row is None or not row.is_open:
            text, why = (row.text, row.status) if row else (before.text, "taken back")
            withdrawn.append(Withdrawn(id=ident, text=text, why=why, row=row))
        elif mark_of(row) != before.mark:
            changed.append(row)
    # An older review knows its commitments as they were then.
    now = (known.get(row.id) for row in wanted if row.id not in out)
    fresh = {row.id: row for row in now if row is not None and row.is_open}
    return Parcel(fresh=tuple(fresh.values()), changed=tuple(changed), withdrawn=tuple(withdrawn))
