"""What the lobby says, made from what stands: figures, facts, queue and rail."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from textual.content import Content

from review.clock_words import say_seconds
from review.dates import short_date
from review.export_age import export_age, read_at, say_span
from review.from_exports import FROM_EXPORTS
from review.money import short_money
from review.outlook import Named, Opening, Outlook
from review.people import display_names
from review.queue import Plan, Slot
from review.schedule import Start, agenda, hour
from review.settings import Settings
from review.start import room_of
from review.words import counted, day_month
from screens.hour import TONES, wall, zone_of
from tui.widgets.data import ClockView, HeaderView, Piece, RailGroup, RailLine, RailView, Tone, plain, status
from tui.widgets.parts import Parts
from tui.widgets.queue import QueueLine, QueueView
from tui.widgets.rows import Fit

NEAR = 3600
"""Seconds before the start from which the time counts down."""


Fact = tuple[str, str | Content, Fit | Content | str]
"""A row's id, its label, and what it says."""


def facts_of(opening: Opening) -> Iterator[Fact]:
    """Give what stands between two reviews, but for the export, whose age changes by itself."""
    outlook = opening.outlook
    yield "due", "Promises due", due_words(outlook)
    since = since_words(outlook)
    if since is not None:
        yield "since", *since
    if outlook.not_in_crm:
        said = Parts(str(len(outlook.not_in_crm)), outlook.not_in_crm)
        yield "crm", status(Tone.WATCH, "not in CRM"), said
    if outlook.third_values:
        yield "third", status(Tone.WATCH, "CRM changed"), " · ".join(outlook.third_values)
    if opening.offered is not None:
        from screens.aside import aside_words  # loaded only where a review was set aside

        yield "aside", status(Tone.WATCH, "set aside"), aside_words(opening.offered)
    if opening.notes:
        yield "notes", status(Tone.WATCH, "damage met"), " ".join(opening.notes)


def export_words(outlook: Outlook, today: date, now: datetime) -> Fit:
    """Say how old the export is, and as far as there is room how much is in it, and which file."""
    settings = outlook.settings
    age = export_age(outlook, today, now, zone_of(settings))
    if age is None or outlook.export_day is None:
        return lambda _width, _lines: Content("")
    read = read_at(outlook)
    when = short_date(outlook.export_day) if not age.fresh or read is None else f"read {wall(read, settings)}"
    parts = (when, f"{outlook.export_rows:,} rows", plain(outlook.export_source))
    judged = status(Tone.OK, "fresh") if age.fresh else status(Tone.WATCH, "old")
    said = [Content.assemble((age.words, "bold $bright"), "   ", judged)]
    said += [Content.assemble(said[0], "   ", (", ".join(parts[:most]), "$foreground")) for most in (1, 2, 3)]
    return lambda width, _: next((one for one in reversed(said) if one.cell_length <= width), said[0])


def due_words(outlook: Outlook) -> Parts:
    """Say how many promises fell due, and whose they are; those with as many stand together."""
    names = display_names(outlook.settings.people)
    if not outlook.due:
        return Parts("none", ())
    together: dict[int, list[str]] = {}
    for owner, count in sorted(outlook.due.items(), key=lambda item: (-item[1], item[0])):
        together.setdefault(count, []).append(names.get(owner, owner))
    said = tuple(f"{', '.join(who)} {count}" for count, who in together.items())
    return Parts(str(sum(outlook.due.values())), said, sizes=tuple(map(len, together.values())))


def since_words(outlook: Outlook) -> tuple[str, Parts] | None:
    """Say what changed since the last lock, or the last export of before the first; None where nothing stood before."""
    if outlook.changed is None:
        return None
    first, *rest = outlook.changed or ("nothing changed",)
    # Before the rest: what has no room is counted, and this is to be said.
    exports = [] if outlook.locks else [FROM_EXPORTS]
    label = f"Since {day_month(outlook.since)}" if outlook.since else "Since"
    return label, Parts(first, (*exports, *rest), " · ")


def queue_view(plan: Plan, named: Mapping[str, Named], settings: Settings) -> QueueView:
    """Lay the queue out; the third deals at its end are folded."""
    names = display_names(settings.people)
    slots = list(plan.slots)
    last = len(slots)
    while last and slots[last - 1].number > 2:
        last -= 1
    lines = lines_of((*slots, *plan.beyond), named, settings)
    return QueueView(
        what=counted(len(slots), "deal"),
        time=f"{say_seconds(plan.seconds)} of {say_seconds(plan.room)}",
        right=cycle_words(plan, names),
        lines=lines[:last],
        third=lines[last : len(slots)],
        beyond=lines[len(slots) :],
        sentence=plan.sentence,
    )


def cycle_words(plan: Plan, names: Mapping[str, str]) -> str:
    """Say within how many weeks every deal comes up, and for whom that cannot be said."""
    said = []
    if plan.cycle_weeks:
        said.append(f"every deal comes up within {counted(plan.cycle_weeks, 'week')}")
    if plan.left_out:
        said.append(f"no deal by turn: {', '.join(names.get(one, one) for one in plan.left_out)}")
    return " · ".join(said)


def lines_of(slots: Sequence[Slot], named: Mapping[str, Named], settings: Settings) -> tuple[QueueLine, ...]:
    """Say the deals of a queue in their order."""
    names = display_names(settings.people)
    return tuple(line_of(slot, at, named[slot.deal], names) for at, slot in enumerate(slots, 1))


def line_of(slot: Slot, number: int, deal: Named, names: Mapping[str, str]) -> QueueLine:
    """Say one deal of the queue."""
    return QueueLine(
        number=number,
        rep=names.get(slot.rep, slot.rep),
        title=deal.title,
        amount=short_money(deal.amount) if deal.amount is not None else "–",
        kind=slot.kind,
        tone=TONES.get(slot.tone, Tone.DIM),
        reason=slot.reason,
    )


def header_view(settings: Settings, today: date, now: datetime, focus: str) -> HeaderView:
    """Say what comes, when, and the hour as it is planned."""
    return HeaderView(
        what="Weekly pipeline review",
        short_what="Pipeline review",
        date=f"{short_date(today)} {today.year}",
        clock=wall(now, settings),
        pieces=tuple(Piece(section.title, section.minutes) for section in settings.sections),
        note=f"focus: {focus}" if focus else "",
    )


def clock_view(settings: Settings, start: Start | None) -> ClockView:
    """Say how long it is to the start; near it the time counts down, after it it counts up."""
    whole = f"{hour(settings)} minutes"
    at = f"{settings.start:%H:%M}"
    if start is None:
        return ClockView("READY", "to start", pace=whole)
    if start.seconds > NEAR:
        return ClockView(at, "is the start", pace=f"in {say_span(start.seconds)}, {whole}")
    end = start.at + timedelta(minutes=hour(settings))
    ends = f"{whole}, ends {wall(end, settings)}"
    if start.seconds >= 0:
        return ClockView(say_seconds(start.seconds), f"to the start at {at}", pace=ends)
    if start.late:
        left = hour(settings) * 60 + start.seconds
        kept = settings.late_start == "keep end" and left > 0
        ends = f"{whole}, ends {wall(end - timedelta(seconds=start.seconds), settings)}"
        pace = f"{say_seconds(left)} left, ends {wall(end, settings)}" if kept else ends
        return ClockView(f"+{say_seconds(-start.seconds)}", f"start was at {at}", Tone.WATCH, "late", pace=pace)
    return ClockView("READY", "to start", pace=f"planned for {at}, {whole}")


def rail_view(
    outlook: Outlook,
    plan: Plan,
    present: Collection[str],
    today: date,
    now: datetime,
    start: Start | None,
    rows: int,
    *,
    wide: bool,
) -> RailView:
    """Say the time to the start, the agenda with its times, and who is here, in `rows` lines."""
    settings = outlook.settings
    begin = start.at if start is not None and start.seconds > 0 else now
    times = tuple(
        RailLine(f"{wall(part.at, settings)}  {part.title}", right=f"{part.minutes} min")
        for part in agenda(settings, begin)
    )
    here = people_group(outlook, present, today, rows, wide=wide)
    place = f"{here.title} · {counted(len(plan.slots), 'deal')}"
    return RailView(clock_view(settings, start), (RailGroup(lines=times, marked=False), here), place)


def rows_for_people(height: int, settings: Settings) -> int:
    """Count the rows that the rail has left for names; from the screen's, because after a resize the rail is old."""
    return height - (26 if height >= 36 else 19) - len(settings.sections)


def people_group(outlook: Outlook, present: Collection[str], today: date, rows: int, *, wide: bool = True) -> RailGroup:
    """List who is here with their active deals, those who are away last; in `rows` lines."""
    active, names = outlook.active, display_names(outlook.settings.people)
    room = room_of(outlook.settings, today)
    lines = [
        RailLine(
            names[person.id], note=f"{active.get(person.id, 0)} active" if person.carries else "drives", tone=Tone.OK
        )
        for person in room
        if person.id in present
    ]
    away = [
        RailLine(
            names[person.id],
            right=", call carried over" if wide and person.id in outlook.called else "",
            tone=Tone.WATCH,
            word="away",
        )
        for person in room
        if person.id not in present
    ]
    title = f"{len(lines)} of {len(room)} here"
    if len(lines) + len(away) > rows:
        return RailGroup(title=title, lines=tuple(away), words=", ".join(line.text for line in lines))
    return RailGroup(title=title, lines=(*lines, *away))
