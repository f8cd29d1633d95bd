"""The hour as header and rail show it, made from a reading of the clock."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from review.clock import Reading
from review.clock_words import Status, say_left, say_pace, say_pause, say_phase, say_seconds
from review.dates import short_date
from review.meeting import Meeting
from review.settings import Settings
from tui.widgets.data import ClockView, HeaderView, Piece, Tone

TONES = {"plain": Tone.PLAIN, "ok": Tone.OK, "watch": Tone.WATCH, "act": Tone.ACT}


def zone_of(settings: Settings) -> tzinfo | None:
    """Give the time zone that the room's clock shows; None is the machine's."""
    return ZoneInfo(settings.timezone) if settings.timezone else None


def wall(at: datetime, settings: Settings) -> str:
    """Write an instant as the room's clock: 10:22."""
    return f"{at.astimezone(zone_of(settings)):%H:%M}"


def header_of(meeting: Meeting, reading: Reading, now: datetime) -> HeaderView:
    """Say what runs, when, and how far the hour is."""
    settings = meeting.settings
    titles = {section.id: section.title for section in settings.sections}
    pace = Status("✓", f"locked {wall(reading.wall, settings)}", "ok") if reading.ended else say_pace(reading.behind)
    pieces = tuple(
        Piece(
            titles.get(section.section, section.section),
            max(1, round(section.adapted / 60)),
            section.state,
            min(1.0, section.actual / section.adapted) if section.adapted else 1.0,
        )
        for section in reading.sections
    )
    return HeaderView(
        what="Weekly pipeline review",
        short_what="Pipeline review",
        date=f"{short_date(meeting.day)} {meeting.day.year}",
        clock=wall(now, settings),
        pieces=pieces,
        note=f"focus: {meeting.focus}" if meeting.focus else "",
        punctual=pace.word,
        punctual_tone=TONES[pace.role],
        ends="" if reading.ended else f"ends {wall(reading.projected_end, settings)}",
    )


def clock_of(meeting: Meeting, reading: Reading, pace: str = "", short_pace: str = "") -> ClockView:
    """Say the time that is left, as large as it can be said."""
    phase = say_phase(reading.phase)
    punctual = say_pace(reading.behind)
    over = reading.left < 0
    tone, word = TONES[phase.role], phase.word if phase.role != "plain" else ""
    of = f"{'after' if over else 'left of'} {say_seconds(reading.length)}"
    if reading.paused:
        paused = say_pause(reading.paused_for)
        tone, word = TONES[paused.role], paused.word
    return ClockView(
        figure=say_left(reading.left),
        of=of,
        tone=tone,
        word=word,
        pace=pace,
        short_pace=short_pace or pace,
        punctual=punctual.word,
        punctual_tone=TONES[punctual.role],
        ends=f"ends {wall(reading.projected_end, meeting.settings)}",
    )
