"""Commitments for a calendar (RFC 5545): to-dos or events, never both in one file."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final

from review.commitment_rows import CommitmentRow
from review.plain import plain
from store.exports.outgoing import Outgoing
from store.exports.profile import facts_of, names_deal

DUE: Final = time(17, 0)
"""Of the day, wherever the calendar is: a time without a zone."""
LENGTH: Final = timedelta(minutes=15)
"""Of an event; it ends when the commitment is due."""
EARLY: Final = "-PT8H"
"""How long before an event its alarm sounds: at a quarter to nine."""
COUNTED_FROM: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""A sequence is the seconds since then: whatever is exported later takes the place of what is there."""
OCTETS: Final = 75
"""A line has so many at most, its end not counted."""


def render(outgoing: Outgoing, name: str, own: Path) -> bytes:  # noqa: ARG001 - there are two forms only
    """Write the calendar; what was withdrawn is cancelled."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Closeout//Commitments//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped('Commitments' + (' (DRAFT)' if outgoing.draft else ''))}"]
    for row in outgoing.all_rows:
        lines += _entry(outgoing, name, row)
    for gone in outgoing.withdrawn:
        if gone.row is not None:
            lines += _entry(outgoing, name, gone.row)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _entry(outgoing: Outgoing, name: str, row: CommitmentRow) -> Iterator[str]:
    todo = name == "ics-todo"
    what = "VTODO" if todo else "VEVENT"
    due = datetime.combine(row.due, DUE)
    yield f"BEGIN:{what}"
    yield f"UID:{escaped(plain(row.id))}.{'todo' if todo else 'event'}@closeout"
    yield f"DTSTAMP:{outgoing.now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{max(0, int((outgoing.now - COUNTED_FROM).total_seconds()))}"
    yield from (f"DUE:{_stamp(due)}",) if todo else (f"DTSTART:{_stamp(due - LENGTH)}", f"DTEND:{_stamp(due)}")
    draft = "DRAFT – " if outgoing.draft else ""
    title = plain(row.text if names_deal(row) else f"{row.text} · {row.deal}")
    yield f"SUMMARY:{escaped(f'{draft}{plain(row.short_owner)}: {title}')}"
    yield f"DESCRIPTION:{escaped(facts_of(row, draft=outgoing.draft))}"
    yield f"CATEGORIES:{escaped(row.origin.value)}"
    yield f"PRIORITY:{1 if row.is_red else 5}"
    yield f"STATUS:{_status(row, todo=todo)}"
    if not todo:
        yield "TRANSP:TRANSPARENT"
        if row.is_open:
            yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(title)}", f"TRIGGER:{EARLY}")
            yield "END:VALARM"
    yield f"END:{what}"


def _status(row: CommitmentRow, *, todo: bool) -> str:
    if row.is_open:
        return "NEEDS-ACTION" if todo else "CONFIRMED"
    return "COMPLETED" if todo and row.status in ("done", "the buyer did it") else "CANCELLED"


def _stamp(at: datetime) -> str:
    return f"{at.year:04}{at:%m%dT%H%M%S}"


def escaped(text: str) -> str:
    """Escape a text value."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """Break a line into pieces of at most 75 octets, between characters."""
    pieces: list[bytes] = []
    piece = b""
    for char in line:
        octets = char.encode()
        # A piece that goes on begins with a space, which counts.
        if len(piece) + len(octets) > OCTETS - (1 if pieces else 0):
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join((*pieces, piece)) + b"\r\n"
