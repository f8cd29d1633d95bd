"""What stands around the lines of the forecast call: the large figure, header and rail."""

from datetime import datetime
from decimal import Decimal

from textual.content import Content

from review.dates import short_date
from review.figures import Figure
from review.methods import Methods
from review.money import short_money
from review.words import counted
from screens.call_view import CallView
from screens.hour import wall
from tui.widgets.data import ClockView, HeaderView, RailGroup, RailLine, RailView, Tone, plain, spread
from tui.widgets.headline import bar

PRIVATE = "for you alone: not for the room, the recap or an export"


def figure(view: CallView) -> str:
    """Give the large figure: the reps' calls added up, as they would be in a what-if."""
    value = view.then.roll_up.figure.value
    return short_money(value) if value is not None else "no call"


def beside(view: CallView, width: int) -> Content:
    """Draw what stands beside it: what it is, won – commit – gap as a bar, and in words."""
    then = view.then
    title = Content.styled(_title(view), "bold $bright")
    own = then.roll_up.own
    said = f"your own call {short_money(own.commit)}" if own is not None else "your own call is not stated"
    parts, words = _shares(then, width)
    return Content("\n").join((title, Content.styled(said, "$foreground"), parts, words))


def short(view: CallView, width: int) -> Content:
    """Draw the same in two lines."""
    own = view.then.roll_up.own
    mine = f", yours {short_money(own.commit)}" if own is not None else ""
    said = f"won {short_money(view.then.implied.won)} · {_gap_words(view.then)}"
    title = Content(f"{_title(view)}{mine}").truncate(width, ellipsis=True)
    return Content.assemble(title, "\n", (said, "$foreground"))


def _title(view: CallView) -> str:
    period = view.now.pipeline.period.label
    if not view.toggled:
        return f"roll-up of {period}, after the room"
    out, came = len(view.supposed.slips), len(view.supposed.pull_ins)
    parts = [f"{counted(out, 'deal')} slipped"] if out else []
    parts += [f"{counted(came, 'deal')} came in"] if came else []
    return f"if {' and '.join(parts)} – nothing is written"


def _gap_words(methods: Methods) -> str:
    gap, quota = methods.gap.value, methods.target.value
    if quota is None or gap is None:
        return methods.target.why if quota is None else f"target {short_money(quota)}"
    return f"{f'gap {short_money(gap)}' if gap > 0 else f'over by {short_money(-gap)}'} to {short_money(quota)}"


def _shares(then: Methods, width: int) -> tuple[Content, Content]:
    """Draw won, the rest of the roll-up and the gap as one line, with their words under it."""
    nothing = Decimal(0)
    won, commit = max(then.implied.won, nothing), then.roll_up.figure.value or nothing
    rest, gap = max(commit - won, nothing), max((then.target.value or nothing) - max(commit, won), nothing)
    drawn = bar(((float(won), "$bright"), (float(rest), "$dim"), (float(gap), "$line")), width)
    left = Content.styled(f"won {short_money(then.implied.won)}", "bold $bright")
    return drawn, spread(left, Content.styled(_gap_words(then), "$foreground"), width)


def header_of(view: CallView, now: datetime) -> HeaderView:
    """Say what this is and when."""
    return HeaderView(
        what="Forecast call",
        date=f"{short_date(view.day)} {view.day.year}",
        clock=wall(now, view.settings),
    )


def rail_of(view: CallView) -> RailView:
    """Say how many commit deals are verified, who called what, and what a what-if moves."""
    done, of = len(view.verified.verified), view.verified.of
    word = f"of {counted(of, 'commit deal')} verified" if of else "verified: no commit deal closes now"
    groups = [RailGroup(title="Roll-up", right=_value(view.now.roll_up.figure), lines=_calls(view), marked=False)]
    if view.toggled:
        groups.insert(0, RailGroup(title="What if", right="not written", lines=_moves(view), marked=False))
    place = f"what if: commit {short_money(view.then.implied.commit)}" if view.toggled else "for you alone"
    return RailView(ClockView(str(done), word), tuple(groups), place=place)


def _calls(view: CallView) -> tuple[RailLine, ...]:
    stated = view.now.roll_up
    lines = [RailLine(view.name(call.person), right=short_money(call.stands)) for call in stated.calls]
    lines += [RailLine(view.name(person), right="no call", tone=Tone.DIM) for person in stated.missing]
    return tuple(lines)


def _moves(view: CallView) -> tuple[RailLine, ...]:
    now, then = view.now, view.then
    pairs = (
        ("commit", Figure(value=now.implied.commit), Figure(value=then.implied.commit)),
        ("roll-up", now.roll_up.figure, then.roll_up.figure),
        ("weighted", Figure(value=now.weighted.value), Figure(value=then.weighted.value)),
        ("gap", now.gap, then.gap),
    )
    return tuple(
        RailLine(plain(name), right=f"{_value(before)} → {_value(after)}" if before != after else _value(after))
        for name, before, after in pairs
        if before.value is not None
    )


def _value(figure: Figure) -> str:
    return short_money(figure.value) if figure.value is not None else "n/a"
