"""Deals that are due to leave commit, by reason: many are told the same, and it is said once."""

from collections.abc import Iterable

from msgspec import Struct

from review.meeting import Meeting


class Told(Struct, frozen=True):
    """Deals that are due to leave commit for one and the same reason."""

    reason: str
    titles: tuple[str, ...]


def told_by_reason(meeting: Meeting, lines: Iterable[str]) -> tuple[Told, ...]:
    """Put together what was said word for word of several deals, 'Title: reason' each; that of most deals first."""
    titles = {record.crm.title for record in meeting.ledger.current.values()}
    found: dict[str, list[str]] = {}
    for line in lines:
        # A title may have a colon in it, and may be another one since then.
        ends = [at for at in range(len(line)) if line.startswith(": ", at)]
        end = next((at for at in reversed(ends) if line[:at] in titles), ends[0] if ends else len(line))
        found.setdefault(line[end + 2 :], []).append(line[:end])
    by_number = sorted(found.items(), key=lambda one: -len(one[1]))
    return tuple(Told(reason, tuple(named)) for reason, named in by_number)
