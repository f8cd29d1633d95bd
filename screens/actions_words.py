"""What Actions says: calls after the room, commitments for reading aloud, who reads and who is away."""

from typing import Final

from textual.content import Content

from review.after_room import AfterRoom
from review.calls import say_line
from review.clock_words import say_seconds
from review.closed import how_it_ended
from review.commitment_rows import RED
from review.commitments import Commitment, Origin
from review.dates import short_date
from review.line import plain_step
from review.meeting import Meeting
from review.money import short_money
from review.onscreen import readers, waits
from review.periods import period_of
from review.recap import OwnerList, owner_lists
from review.words import listed
from tui.widgets.data import LABEL_WIDTH, RailGroup, RailLine, Tone, plain

MARK: Final = 2
"""Cells in front of a line for the sign of the chosen one."""
AMOUNTS: Final = 26
"""Cells of 'stated 1,420k → 1,176k'."""
TEXT: Final = 36
"""Cells of a commitment's text where all of it stands in one row."""
TIMES: Final = {1: "once", 2: "twice"}


def marked(now: bool) -> Content:
    """Give the two cells in front of a line."""
    return Content.styled("▸ ", "$accent") if now else Content("  ")


# The call after the room


def room_line(meeting: Meeting, entry: AfterRoom, *, now: bool, width: int) -> Content:
    """Write one rep's line: what was stated, what the room did, what is proposed; all of it for whose turn it is."""
    steps = " · ".join(say_line(line) for line in entry.lines)
    label = "" if meeting.is_present(entry.person) else ", away"
    label += f", {period_of(entry.period, meeting.settings).label}" if entry.period > meeting.day else ""
    name = Content.styled(plain(meeting.name(entry.person)) + label, "bold $bright" if now else "$foreground")
    gap = " " * max(1, LABEL_WIDTH - name.cell_length)
    after = Content.assemble(
        (f"stated {short_money(entry.stated)} → ", "$dim"), (short_money(entry.after), "bold $bright")
    )
    space = " " * max(3, AMOUNTS - after.cell_length)
    front = Content.assemble(marked(now), name, gap, after, space)
    said = Content.styled(plain(steps), "$foreground" if now else "$dim")
    room = width - front.cell_length
    first, *more = said.wrap(room) if now and room >= AMOUNTS else [said]
    under = [Content.assemble(" " * front.cell_length, line) for line in more]
    return Content("\n").join([Content.assemble(front, first), *under])


def pending_words(entry: AfterRoom) -> str:
    """Say how many of the moves the lock has still to make."""
    moving = sum(line.pending for line in entry.lines)
    often = "" if moving == len(entry.lines) else f"{moving} of {len(entry.lines)} "
    return f"{often}at the lock, unless something changes" if moving else ""


# Reading aloud


def detail(meeting: Meeting, commitment: Commitment) -> str:
    """Say under a commitment what it is about, whether it is agreed, and how often it was moved."""
    parts = []
    if commitment.deal in meeting.ledger.deals:
        record = meeting.record(commitment.deal)
        ended = how_it_ended(record) if commitment.origin is not Origin.CRM else ""
        parts.append(f"{record.crm.title}, {ended}" if ended else record.crm.title)
    if commitment.origin not in (Origin.STEP, Origin.ACTION):
        parts.append(commitment.origin.value)
    if commitment.agreed and commitment.customers:
        parts.append(f"agreed with {listed(commitment.customers)}")
    elif commitment.ours_only:
        parts.append("ours only")
    moves = commitment.carried + commitment.early_moves
    if moves:
        often = TIMES.get(moves, f"{moves} times")
        said = f"moved {often}, from {short_date(commitment.first_due)}"
        # What was carried often is what the room is to see, where a narrow screen cuts the rest.
        parts.insert(0 if commitment.carried >= RED else len(parts), said)
    return " · ".join(parts)


def aloud(meeting: Meeting, commitment: Commitment, *, chosen: bool, rows: int) -> Content:
    """Write a commitment for reading aloud, in one row or two."""
    past = commitment.due < meeting.day
    day = f"■ {short_date(commitment.due)}" if past else short_date(commitment.due)
    when = Content.styled(day, "bold $error" if past else "bold $bright" if chosen else "$foreground")
    text = Content.styled(plain(plain_step(commitment.text)), "bold $bright")
    first = Content.assemble(marked(chosen), when.pad_right(max(0, LABEL_WIDTH - when.cell_length)), text)
    about = plain(detail(meeting, commitment))
    gap = (
        " " * max(3, TEXT + LABEL_WIDTH + MARK - first.cell_length) if rows == 1 else "\n" + " " * (LABEL_WIDTH + MARK)
    )
    if commitment.carried >= RED:
        often, dot, rest = about.partition(" · ")
        return Content.assemble(first, gap, (often, "bold $error"), (dot + rest, "$dim"))
    return Content.assemble(first, (gap + about if about or rows > 1 else "", "$dim"))


def counted(count: int) -> str:
    """Count commitments for the eye: '5 commitments'."""
    return f"{count} commitment{'s' * (count != 1)}"


def beside(meeting: Meeting, mine: OwnerList) -> tuple[str, str]:
    """Say how much an owner reads, and whether each line has a date to come."""
    past = sum(c.due < meeting.day for c in mine.commitments)
    dates = f"■ {past} date{'s' * (past != 1)} past: m gives another" if past else "✓ each has a date"
    return f"reads {counted(len(mine.commitments))}", dates


def to_mend(meeting: Meeting, commitment: Commitment) -> str:
    """Write a commitment as the line that makes it."""
    parts = [commitment.text]
    if commitment.agreed:
        parts.append("!")
    if commitment.due >= meeting.day:
        parts.append(f"{commitment.due.day} {commitment.due:%b %Y}".lower())
    return " ".join(parts)


# The rail


def rail_of(meeting: Meeting, now: str) -> RailGroup:
    """Show who reads, who was heard, who is away."""
    lists = readers(meeting)
    place = next((at for at, mine in enumerate(lists) if mine.person == now), None)
    tones = [_tone(meeting, mine, now) for mine in lists]
    heard = sum(len(mine.commitments) for mine in lists if mine.person in meeting.heard)
    total = sum(len(mine.commitments) for mine in lists)
    lines = [
        RailLine(meeting.name(mine.person), str(len(mine.commitments)), tone=tone, to=mine.person)
        for mine, tone in zip(lists, tones, strict=True)
    ]
    away = [mine for mine in owner_lists(meeting) if waits(meeting, mine.person)]
    lines += [RailLine(meeting.name(mine.person), note="away, waits a week", tone=Tone.DIM) for mine in away]
    strip = [
        Tone.PLAIN if tone is Tone.OK else Tone.NOW if tone is Tone.NOW else Tone.DIM
        for mine, tone in zip(lists, tones, strict=True)
        for _ in mine.commitments
    ]
    title = f"owner {place + 1} of {len(lists)}" if place is not None else f"{len(lists)} owners"
    return RailGroup(title=title, right=f"{heard} of {total} heard", strip=tuple(strip), lines=tuple(lines))


def _tone(meeting: Meeting, mine: OwnerList, now: str) -> Tone:
    if mine.person == now:
        return Tone.NOW
    return Tone.OK if mine.person in meeting.heard else Tone.PLAIN


def pace_of(meeting: Meeting) -> tuple[str, str]:
    """Say how many commitments are still to be read, and how long that takes; long and short."""
    each = meeting.settings.thresholds.read_aloud
    left = sum(len(mine.commitments) for mine in readers(meeting) if mine.person not in meeting.heard)
    if not left:
        return "", ""
    return f"{left} to read, {say_seconds(left * each)} at {each} s each", f"{left} to read"
