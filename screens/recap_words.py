"""What the recap says: the commit, the bridge, the hour, and what can still be put right."""

from collections import Counter
from decimal import Decimal

from textual.content import Content

from review.bridge import Bridge, build_bridge
from review.clock import Reading
from review.clock_words import say_seconds
from review.commitments import Commitment
from review.dates import short_date
from review.from_exports import say_compared
from review.line import plain_step
from review.meeting import Meeting
from review.money import short_money
from review.people import Person
from review.recap import Recap, SectionLine, owner_lists
from review.records import Exit
from review.standing import missing_by_rep
from review.words import counted, listed
from screens.dialogs.choose import Choice
from screens.hour import wall
from tui.widgets.bridge import Span, scale_of, waterfall
from tui.widgets.data import ClockView, HeaderView, Piece, RailGroup, RailLine, RailView, Tone, spread
from tui.widgets.headline import bar
from tui.widgets.hours import Spent, hours
from tui.widgets.parts import packed

EXIT_WORDS = (
    (Exit.CLOSED_OUT, "with a step", Tone.OK),
    (Exit.OFFLINE, "taken offline", Tone.PLAIN),
    (Exit.PARKED, "parked", Tone.WATCH),
    (Exit.ENDED, "ended", Tone.PLAIN),
)
TOLD = 3
"""Deals of one reason that are named."""


def figure(recap: Recap) -> str:
    """Give the large figure: the commit after the room."""
    return short_money(recap.row.commit_after) if recap.row.commit_after is not None else "no call"


def beside(recap: Recap, shows_target: bool, width: int) -> Content:
    """Draw what stands beside the figure: stated, why it changed, won – commit – gap as a bar and in words."""
    row = recap.row
    if row.commit_after is None:
        return Content.styled("no commit was stated in this review", "bold $bright")
    stated = f", stated {short_money(row.commit_stated)}" if row.commit_stated is not None else ""
    title = Content.assemble(("commit after the room", "bold $bright"), (stated + _following(recap), "$foreground"))
    lines = [line for call in recap.calls for line in call.lines if not call.period]
    said = packed(lines, width, 1)[0] if lines else "as it was stated"
    why = Content.styled(said, "$foreground" if lines else "$dim")
    parts, words = _shares(recap, shows_target, width)
    return Content("\n").join((title, why, parts, words))


def short(recap: Recap, shows_target: bool, width: int) -> Content:
    """Draw the same in two lines."""
    row = recap.row
    if row.commit_after is None:
        return Content.styled("no commit was stated in this review", "$foreground")
    stated = f", stated {short_money(row.commit_stated)}" if row.commit_stated is not None else ""
    closing = recap.closing
    said = f"won {short_money(closing.won)}"
    if shows_target and closing.target is not None and closing.gap is not None:
        said += f" · {_gap(closing.gap)} to {short_money(closing.target)}"
    title = Content(f"commit after the room{stated}").truncate(width, ellipsis=True)
    return Content.assemble(title, "\n", (said + _following(recap), "$foreground"))


def _following(recap: Recap) -> str:
    """Say the commit for the next period, where it was asked."""
    stands, label = recap.row.next_after, next((call.period for call in recap.calls if call.period), "")
    return f" · {label} {short_money(stands)}" if stands is not None else ""


def _gap(gap: Decimal) -> str:
    return f"gap {short_money(gap)}" if gap > 0 else f"over by {short_money(-gap)}"


def _shares(recap: Recap, shows_target: bool, width: int) -> tuple[Content, Content]:
    """Draw won, the rest of the commit and the gap as one line, with their words under it."""
    closing = recap.closing
    won, commit = max(closing.won, Decimal(0)), recap.row.commit_after or Decimal(0)
    target = closing.target if shows_target else None
    rest, gap = max(commit - won, Decimal(0)), max((target or Decimal(0)) - max(commit, won), Decimal(0))
    drawn = bar(((float(won), "$bright"), (float(rest), "$dim"), (float(gap), "$line")), width)
    at = int(width * won / total) if (total := won + rest + gap) else 0
    left = Content.styled(f"won {short_money(won)}", "bold $bright")
    if rest:
        left = Content.assemble(left, " " * max(2, at - left.cell_length), ("commit", "$dim"))
    right = f"{_gap(target - commit)} to {short_money(target)}" if target is not None else ""
    return drawn, spread(left, Content.styled(right, "$foreground"), width)


def bridge_of(meeting: Meeting) -> Bridge:
    """Build the bridge of the week: from the lock before this one to now."""
    return build_bridge(meeting.since, meeting.settings, meeting.day)


def bridge_content(meeting: Meeting, period: str, width: int, *, airy: bool = True, drawn: bool = True) -> Content:
    """Draw the bridge with its head, an empty row between where it is `airy`; with no lock before the opening state.

    Where it is not `drawn`, it is said in a line or two.
    """
    built = bridge_of(meeting)
    title = Content.styled(f"Pipeline of {period}", "bold $bright")
    if built.start is None:
        said = f"{short_money(built.end)} in {counted(len(built.end_deals), 'deal')}"
        state = Content.assemble(
            (said, "bold $bright"), ("   the opening state; the next review compares with it", "$dim")
        )
        return Content("\n").join((title, Content(""), state))
    since = say_compared(meeting.since)
    lines = [Span(line.kind.value, _signed(line.amount), line.amount) for line in built.lines]
    unexplained = f"{short_money(built.unexplained)} unexplained"
    if not drawn:
        ends = f"{short_money(built.start)} → {short_money(built.end)}"
        moves = packed([f"{line.label} {line.said}" for line in lines] or ["nothing moved"], width, 2, len(ends) + 3)
        told = Content.assemble((ends, "bold $bright"), "   ", "\n".join(moves))
        top = spread(title, Content.styled(f"{since} to now · {unexplained}", "$dim"), width)
        return Content("\n").join((top, told))
    scale = scale_of(built.start, [line.amount for line in lines])
    ends = f"scale {short_money(scale.first)} to {short_money(scale.last)}"
    right = Content.styled(f"{since} to now · {unexplained} · {ends}", "$dim")
    if title.cell_length + right.cell_length + 2 > width:
        right = Content.styled(f"{unexplained} · {ends}", "$dim")
    before = Span(since.partition(",")[0], short_money(built.start), built.start)
    after = Span("now", short_money(built.end), built.end)
    head = (spread(title, right, width), Content("")) if airy else (spread(title, right, width),)
    return Content("\n").join((*head, waterfall(before, lines, after, width)))


def told_lines(recap: Recap) -> tuple[str, ...]:
    """Say who is due to leave commit, the deals of one reason together."""
    named = ((one.titles[:TOLD], len(one.titles) - TOLD, one.reason) for one in recap.told)
    return tuple(
        f"{listed((*first, f'{more} more') if more > 0 else first)} – {reason}" for first, more, reason in named
    )


def _signed(amount: Decimal) -> str:
    return f"+{short_money(amount)}" if amount > 0 else short_money(amount)


def hours_content(recap: Recap, width: int) -> Content:
    """Draw planned against actual minutes."""
    return hours(
        [
            Spent(one.title, one.planned, one.adapted, one.actual, say_seconds(one.actual), _off(one))
            for one in recap.sections
        ],
        width,
    )


def _off(one: SectionLine) -> str:
    if one.adapted != one.planned:
        return f"of {say_seconds(one.adapted)}"
    difference = one.actual - one.planned
    if difference < 0:
        return f"{say_seconds(-difference)} early"
    return f"+{say_seconds(difference)}" if difference else ""


def header_of(meeting: Meeting, recap: Recap, clock: str, reading: Reading) -> HeaderView:
    """Say which review it was, when it was locked, and that every section is over."""
    return HeaderView(
        what="Weekly pipeline review",
        short_what="Pipeline review",
        date=f"{short_date(meeting.day)} {meeting.day.year}",
        clock=clock,
        note=f"locked {wall(reading.wall, meeting.settings)}",
        pieces=tuple(Piece(one.title, max(1, one.planned // 60), "done", 1.0) for one in recap.sections),
    )


def rail_of(meeting: Meeting, recap: Recap, reading: Reading, exports: RailGroup) -> RailView:
    """Say how long it took, how the deals left, what was kept and promised, and the exports."""
    row = recap.row
    early = int((reading.planned_end - reading.wall).total_seconds())
    said = f"{say_seconds(abs(early))} {'early' if early > 0 else 'late'}" if early else "on time"
    clock = ClockView(
        minutes(row.seconds),
        f"of {minutes(sum(row.planned.values()))}",
        punctual="locked",
        ends=f"{wall(reading.wall, meeting.settings)}, {said}",
    )
    ways = Counter(opened.exit for opened in row.opened)
    lines = tuple(RailLine(word, right=str(ways[way]), tone=tone) for way, word, tone in EXIT_WORDS if ways[way])
    total = sum(row.without.values())
    sums = [RailLine("Commitments", right=str(row.commitments), tone=Tone.PLAIN)]
    if row.judged:
        sums.insert(0, RailLine("Promises kept", right=f"{row.kept} of {row.judged}"))
    left = tuple(f"{meeting.name(rep) if rep else 'no owner'} {count}" for rep, count in row.without.items())
    without = RailLine("still without", right=str(total), tone=Tone.ACT)
    sums.append(without if total else RailLine("none without", tone=Tone.OK))
    place = f"{counted(len(row.opened), 'deal')} · {counted(row.commitments, 'commitment')}"
    return RailView(
        clock,
        (
            RailGroup(title=f"{counted(len(row.opened), 'deal')} opened", lines=lines),
            RailGroup(lines=tuple(sums), parts=left),
            exports,
        ),
        place,
    )


def minutes(seconds: int) -> str:
    """Write a length in minutes, past the hour too, so that it compares at a glance: 63:30 of 60:00."""
    return f"{seconds // 60}:{seconds % 60:02}"


# What can be put right


def amendable(meeting: Meeting) -> tuple[Choice, ...]:
    """List the open commitments, and the deals that still lack a step, a date or an owner."""
    commitments = [
        Choice(f"c {c.id}", _title(meeting, c), f"{mine.name}, {short_date(c.due)}")
        for mine in owner_lists(meeting)
        for c in mine.commitments
    ]
    missing = missing_by_rep(meeting.ledger, meeting.settings, meeting.day)
    deals = [
        Choice(f"d {ident}", meeting.record(ident).crm.title, f"still without – {meeting.name(rep) or 'no owner'}")
        for rep, idents in missing.items()
        for ident in idents
    ]
    return (*deals, *commitments)


def _title(meeting: Meeting, commitment: Commitment) -> str:
    deal = meeting.ledger.deals.get(commitment.deal)
    text = plain_step(commitment.text)
    return f"{deal.crm.title}: {text}" if deal else text


def as_line(commitment: Commitment, owner: Person | None) -> str:
    """Write a commitment as the line it would be typed as."""
    day = f"{commitment.due.day} {commitment.due:%b} {commitment.due.year}"
    return " ".join(part for part in (commitment.text, day, owner.initials if owner else "") if part)
