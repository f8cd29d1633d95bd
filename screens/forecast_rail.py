"""Forecast's rail: who has stated what, the time there is for each, the team's line."""

from datetime import datetime

from review.calls import Closing, standing_calls
from review.clock import Reading
from review.clock_words import say_seconds
from review.meeting import Meeting
from review.money import short_money
from review.pacing import beyond_share, seconds_each
from review.people import Person
from review.records import Call
from review.turns import turn_seconds
from screens import forecast_words as say
from screens.strip import FRESH, Notice
from tui.widgets.data import RailGroup, RailLine, Tone


def groups_of(meeting: Meeting, person: Person | None, found: Closing) -> tuple[RailGroup, ...]:
    """Show the place, everybody's number, and the team's line once nobody is missing."""
    reps = [one for one in meeting.turn_order if one.carries]
    done = [say.settled(meeting, one) for one in reps]
    rep = f"rep {reps.index(person) + 1} of {len(reps)}" if person in reps else "the manager first"
    first = RailGroup(
        title=rep if person else "the team",
        right=f"{done.count(False)} to go" if False in done else "all in",
        strip=tuple(
            Tone.NOW if one == person else Tone.PLAIN if ready else Tone.DIM
            for one, ready in zip(reps, done, strict=True)
        ),
        lines=rail_lines(meeting, person.id if person else ""),
    )
    return first, RailGroup(words="The team’s line comes when the last number is in.") if found.missing else team(found)


def team(found: Closing) -> RailGroup:
    """Give the room's closing line."""
    parts = [f"commit {short_money(found.commit)}", f"won {short_money(found.won)}"]
    if found.target is not None and found.gap is not None:
        parts += [f"target {short_money(found.target)}", say.gap_words(found.gap)]
    return RailGroup(title="The team", words=" · ".join(parts))


def rail_lines(meeting: Meeting, now: str) -> tuple[RailLine, ...]:
    """Give one line for everybody's number."""
    order = meeting.turn_order
    calls = standing_calls(meeting)
    lines = [_rail_line(meeting, person, calls.get(person.id), now) for person in order]
    here = {person.id for person in order}
    away = [person for person in meeting.settings.reps if person.id not in here]
    for person in away:
        call = calls.get(person.id)
        stood = "in writing" if call and call.in_writing else "carried" if call else "no number"
        lines.append(
            RailLine(meeting.name(person.id), short_money(call.stands) if call else "", f"away, {stood}", Tone.DIM)
        )
    return tuple(lines)


def _rail_line(meeting: Meeting, person: Person, call: Call | None, now: str) -> RailLine:
    last = say.last_of(meeting, person.id)
    changed = call is not None and last is not None and last.stands != call.commit
    tone = Tone.NOW if person.id == now else Tone.OK if say.settled(meeting, person) else Tone.PLAIN
    following = meeting.next_calls.get(person.id)
    was = f"was {short_money(last.stands)}" if changed and last is not None else ""
    then = f"{say.coming(meeting).label} {short_money(following.commit)}" if following else ""
    written = "in writing" if call is not None and call.in_writing else ""
    return RailLine(
        meeting.name(person.id),
        right=short_money(call.commit) if call else "",
        note=", ".join(part for part in (written or was, then) if part),
        tone=tone,
        to=person.id,
    )


def place_line(meeting: Meeting, person: Person | None) -> str:
    """Say whose turn it is in a few words."""
    order = meeting.turn_order
    if person is None:
        return "the team"
    after = waiting_after(meeting, person)
    following = f" · next: {meeting.name(after[0].id)}" if after else ""
    return f"{order.index(person) + 1} of {len(order)}{following}"


def waiting_after(meeting: Meeting, person: Person) -> list[Person]:
    """List whose turn is still to come after somebody's, in the order in which the turns go on."""
    order = meeting.turn_order
    at = order.index(person)
    return [one for one in (*order[at + 1 :], *order[:at]) if not say.settled(meeting, one)]


def pace_of(meeting: Meeting, reading: Reading) -> tuple[str, str]:
    """Say the time there is for each rep to come, long and short."""
    to_go = sum(not say.settled(meeting, person) for person in meeting.turn_order)
    each = seconds_each(reading.left, to_go)
    return (f"{say_seconds(each)} for each rep", f"{say_seconds(each)} each") if each else ("", "")


def past_share(meeting: Meeting, person: Person | None, reading: Reading, now: datetime) -> Notice | None:
    """Show a rep's seconds once they are past the rep's share of the section."""
    reps = sum(one.carries for one in meeting.turn_order)
    if person is None or not reps:
        return None
    seconds = beyond_share(turn_seconds(meeting, now), reading.length, reps)
    if seconds is None:
        return None
    share = reading.length // reps
    said = f"{say_seconds(seconds)} with {person.first_name}, {say_seconds(share)} for each."
    return Notice(said, fresh=seconds < share + FRESH)
