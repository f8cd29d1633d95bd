"""Where the room is in the queue, made from the state: strip, counts, now and the next two."""

from review.clock import Reading
from review.clock_words import say_seconds
from review.meeting import Meeting
from review.pacing import seconds_each
from review.queue import Slot
from review.records import Exit
from review.words import counted
from tui.widgets.data import RailGroup, RailLine, Tone

WORDS = {Exit.CLOSED_OUT: "closed out", Exit.OFFLINE: "offline", Exit.ENDED: "ended", Exit.DROPPED: "dropped"}
AHEAD = 2
"""Deals that are named after the one on the screen."""
ELSE_ON_WALL = 33
"""Rows of a screen on the wall that are not left to them."""


def groups_of(meeting: Meeting, ahead: int = AHEAD) -> tuple[RailGroup, ...]:
    """Give the queue's place and counts, and the deals that come next, at most `ahead`."""
    if not meeting.queue and not meeting.beyond:
        return (RailGroup(words="no deal is queued"),)
    return (_place(meeting), _next(meeting, ahead))


def _place(meeting: Meeting) -> RailGroup:
    counts = {way: sum(left.exit is way for left in meeting.left.values()) for way in Exit}
    under = " · ".join(f"{counts[way]} {word}" for way, word in WORDS.items() if counts[way])
    parked = counts[Exit.PARKED]
    return RailGroup(
        title=title_of(meeting),
        right=f"{len(meeting.to_go)} to go" if meeting.to_go else "",
        strip=tuple(_mark(meeting, slot) for slot in meeting.queue),
        under=under,
        watch=f"{parked} parked" if parked else "",
    )


def title_of(meeting: Meeting) -> str:
    """Say which deal of how many stands on the screen."""
    number = place_of(meeting)
    if number:
        return f"deal {number} of {len(meeting.queue)}"
    if any(slot.deal == meeting.deal for slot in meeting.beyond):
        return "if time"
    return counted(len(meeting.queue), "deal")


def place_of(meeting: Meeting) -> int:
    """Give the place in the queue of the deal on the screen, from 1; 0 where it is not queued."""
    return next((at for at, slot in enumerate(meeting.queue, 1) if slot.deal == meeting.deal), 0)


def _mark(meeting: Meeting, slot: Slot) -> Tone:
    if slot.deal == meeting.deal:
        return Tone.NOW
    left = meeting.left.get(slot.deal)
    if left is None or left.exit is Exit.DROPPED:
        return Tone.DIM
    return Tone.WATCH if left.exit is Exit.PARKED else Tone.PLAIN


def following(meeting: Meeting) -> tuple[Slot, ...]:
    """List the deals still to go after the one on the screen, those passed over at the end."""
    at = place_of(meeting)
    ordered = (*meeting.queue[at:], *meeting.queue[:at])
    return tuple(slot for slot in ordered if slot.deal not in meeting.left and slot.deal != meeting.deal)


def if_time(meeting: Meeting) -> tuple[Slot, ...]:
    """List the deals beyond the line that have not left inspection."""
    return tuple(s for s in meeting.beyond if s.deal not in meeting.left and s.deal != meeting.deal)


def _line(meeting: Meeting, deal: str, rep: str, tone: Tone = Tone.PLAIN) -> RailLine:
    away = bool(rep) and not meeting.is_present(rep)
    name = meeting.name(rep) if rep else ""
    return RailLine(meeting.record(deal).crm.title, right=name, note="away" if away else "", tone=tone, to=deal)


def _next(meeting: Meeting, most: int) -> RailGroup:
    lines = []
    if meeting.deal in meeting.ledger.deals:
        lines.append(_line(meeting, meeting.deal, meeting.record(meeting.deal).rep, Tone.NOW))
    ahead = following(meeting)
    lines += [_line(meeting, slot.deal, slot.rep) for slot in ahead[:most]]
    if len(ahead) < most:
        lines.append(RailLine(_then(meeting), tone=Tone.DIM))
    return RailGroup(lines=tuple(lines))


def _then(meeting: Meeting) -> str:
    rest = if_time(meeting)
    if rest:
        return f"then {len(rest)} more, if time"
    section = next((one for one in meeting.settings.sections if one.id == "creation"), None)
    return f"then {section.title}, {section.minutes} min" if section else ""


def place_line(meeting: Meeting) -> str:
    """Say place and next deal in one line, for screens without a rail."""
    number = place_of(meeting)
    place = f"{number} of {len(meeting.queue)}" if number else title_of(meeting)
    ahead = following(meeting)
    if not ahead:
        return f"{place} · {_then(meeting)}"
    rep = f", {meeting.name(ahead[0].rep)}" if ahead[0].rep else ""
    return f"{place} · next: {meeting.record(ahead[0].deal).crm.title}{rep}"


def pace_of(meeting: Meeting, reading: Reading) -> tuple[str, str]:
    """Say the time there is for each deal to go, long and short."""
    each = seconds_each(reading.left, len(meeting.to_go))
    if each is None:
        return "", ""
    return f"{say_seconds(each)} for each deal", f"{say_seconds(each)} each"
