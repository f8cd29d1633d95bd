"""The lines of the forecast call: the methods, what the export implies, and what explains a difference."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

from textual.content import Content

from review.earlier_calls import say_scale
from review.figures import ZERO, Figure
from review.from_exports import FROM_EXPORTS, closed_from_exports
from review.methods import Finding, Method, Side
from review.money import short_money
from review.periods import asked_next, next_period
from review.rollup import roll_up
from review.words import counted, day_month, in_words
from screens import call_traces as traces
from screens.call_deals import FIGURE, CallLine, deal_lines, heading, titled
from screens.call_people import people_lines, plan_lines
from screens.call_traces import Trace
from screens.call_view import CallView
from tui.widgets.data import Tone, plain, status
from tui.widgets.listing import ListLine

SHOWN: Final = 4
"""Deals of a difference that stand in the list; the others are one line, and all of them are one key away."""


def lines_of(view: CallView) -> tuple[CallLine, ...]:
    """Lay everything out."""
    return (
        *_methods(view),
        *_findings(view),
        *deal_lines(view),
        *people_lines(view),
    )


# Methods


def _methods(view: CallView) -> Iterable[CallLine]:
    now, then = view.now, view.then
    period = now.pipeline.period.label
    yield heading("methods", f"Three methods for {period}", "" if now.consistent else "they differ")
    stated = now.roll_up
    without = f", without {', '.join(view.name(person) for person in stated.missing)}" if stated.missing else ""
    said = counted(len(stated.calls), "call") + without if stated.calls else stated.figure.why
    yield _figure(
        view, "Roll-up", stated.figure, then.roll_up.figure, said, lambda: traces.of_roll_up(view), Method.ROLL_UP
    )
    yield _own(view)
    yield from _next(view)
    weighted = now.weighted
    said = f"{len(weighted.weighed)} weighed, {len(weighted.left_out)} left out"
    weighed = (Figure(value=weighted.value), Figure(value=then.weighted.value))
    yield _figure(view, "Weighted", *weighed, said, lambda: traces.of_weighted(view, now), Method.WEIGHTED)
    past = now.historical
    years = f"{counted(len(past.years), 'year')} × factor {past.factor.normalize():f}"
    out = f", left out: {', '.join(year.period.name for year in past.left_out)}" if past.left_out else ""
    out += f", {FROM_EXPORTS}" if closed_from_exports(view.ledger, past.figure.deals) else ""
    said = years + out if past.figure.value is not None else past.figure.why + out
    yield _figure(
        view, "Historical", past.figure, past.figure, said, lambda: traces.of_history(view), Method.HISTORICAL
    )
    yield heading("implied", "What the export implies")
    yield from _implied(view)


def _implied(view: CallView) -> Iterable[CallLine]:
    now, then = view.now, view.then
    won, commit, best = now.implied.won_deals, now.implied.commit_deals, now.implied.best_case_deals
    yield _figure(
        view, "Won", Figure(value=now.implied.won), Figure(value=then.implied.won), counted(len(won), "deal"),
        lambda: traces.by_deals(view, "Won", now.pipeline.won),
    )  # fmt: skip
    yield _figure(
        view, "Commit", Figure(value=now.implied.commit), Figure(value=then.implied.commit),
        f"won and {counted(len(commit), 'commit deal')}",
        lambda: traces.of_category(view, "Implied commit", now, frozenset({"commit"})),
    )  # fmt: skip
    yield _figure(
        view, "Best case", Figure(value=now.implied.best_case), Figure(value=then.implied.best_case),
        f"that and {counted(len(best), 'best-case deal')}",
        lambda: traces.of_category(view, "Implied best case", now, frozenset({"commit", "best case"})),
    )  # fmt: skip
    quota = "quota of the team after ramp" if now.target.value is not None else now.target.why
    yield _figure(view, "Target", now.target, now.target, quota, lambda: traces.of_target(view))
    plan = view.ledger.plan
    keys = "" if view.read_only else "; p writes a plan, c a commitment"
    said = plan.text if plan and plan.period == now.pipeline.period.first else f"target less roll-up{keys}"
    if now.gap.value is None:
        said = now.gap.why
    yield _figure(view, "Gap", now.gap, then.gap, said, lambda: traces.of_gap(view))
    yield from plan_lines(view)


def _figure(
    view: CallView,
    label: str,
    before: Figure,
    after: Figure,
    said: str,
    trace: Callable[[], Trace],
    method: Method | None = None,
) -> CallLine:
    value = _short(before).rjust(FIGURE)
    moved = f" → {_short(after)}" if view.toggled and after.value != before.value else ""
    figure = Content.assemble((value, "bold $bright"), (moved, "bold $bright"))
    # What follows a semicolon is the first to leave.
    whole, brief = (
        Content.assemble(figure, (f"   {plain(one)}", "$foreground")) for one in (said, said.partition("; ")[0])
    )
    right = _judged(view, method) if method and before.value is not None else Content("")
    return CallLine(ListLine(label, Content.styled(label, "$dim"), whole, right, shorter=(brief,)), trace)


def _short(figure: Figure) -> str:
    return short_money(figure.value) if figure.value is not None else "n/a"


def _judged(view: CallView, method: Method) -> Content:
    found = next((one for one in view.then.mentioned if one.method is method), None)
    if found is None:
        return status(Tone.OK, "fits")
    return status(Tone.WATCH, f"{short_money(found.how_far)} {found.side.value}")


def _own(view: CallView) -> CallLine:
    own, stated = view.now.roll_up.own, view.now.roll_up.figure.value
    if own is None:
        keys = "" if view.read_only else "; k states it"
        text = Content.assemble(("–".rjust(FIGURE), "$foreground"), (f"   not stated{keys}", "$dim"))
        beside = Trace("Your own call", (), "You have stated none for this period.")
    else:
        off = "" if stated is None else _beside(own.commit - stated)
        value = (short_money(own.commit).rjust(FIGURE), "bold $bright")
        text = Content.assemble(value, (f"   {off}, stated {day_month(own.day)}".replace("   ,", "  "), "$foreground"))
        beside = Trace(
            "Your own call", (), f"Your word of {day_month(own.day)}; it rests on no deal and moves no figure."
        )
    return CallLine(ListLine("own", Content.styled("Your own call", "$dim"), text), lambda: beside)


def _next(view: CallView) -> Iterable[CallLine]:
    """Show the calls for the next period once they are asked."""
    following = next_period(view.now.pipeline.period, view.settings)
    stated = roll_up(view.ledger.calls, view.settings, following, view.day)
    if not stated.calls and asked_next(view.day, view.settings) is None:
        return
    label = f"{following.label} so far"
    without = f", without {', '.join(view.name(person) for person in stated.missing)}" if stated.missing else ""
    said = f"{counted(len(stated.calls), 'call')}{without}" if stated.calls else "asked in the room from now on"
    yield _figure(
        view,
        label,
        stated.figure,
        stated.figure,
        said,
        lambda: traces.of_calls(view, f"Calls for {following.label}", stated),
    )


def _beside(off: Decimal) -> str:
    if not off:
        return "the same as the roll-up"
    return f"{short_money(abs(off))} {'over' if off > 0 else 'under'} the roll-up"


# Consistency


def _findings(view: CallView) -> Iterable[CallLine]:
    found = view.then.mentioned
    if not found:
        compared = len(view.then.compared)
        words = f"Consistent: the {in_words(compared)} methods fit together"
        yield heading("fit", words if compared > 1 else "Nothing to compare")
        return
    for one in found:
        yield from _finding(view, one)


def _finding(view: CallView, one: Finding) -> Iterable[CallLine]:
    bound = "90 % of implied commit" if one.side is Side.BELOW else "110 % of implied best case"
    if one.method is Method.ROLL_UP and one.side is Side.ABOVE:
        bound = "110 % of implied commit"
    which = traces.which(one)
    name = one.method.value.capitalize()
    yield heading(f"{one.method} why", f"{name} is {short_money(one.how_far)} {one.side.value} {bound}")
    trace = lambda: traces.of_finding(view, one)  # noqa: E731
    if not one.by_deals:
        said = Content.styled("no deal explains it: history stands on earlier years", "$foreground")
        yield CallLine(ListLine(f"{one.method} whole", Content.styled("why", "$dim"), said), trace)
        return
    shown, rest = one.difference.lines[:SHOWN], one.difference.lines[SHOWN:]
    for line in shown:
        words = f"{traces.percent(line.weight)} against {traces.percent(line.other)}"
        ident = f"{one.method} {line.item.deal}"
        yield _part(ident, titled(view, line.item, words), line.amount, one, trace, line.item.deal)
    if rest:
        others = Content.styled(counted(len(rest), "more deal"), "$foreground")
        yield _part(f"{one.method} rest", others, sum((line.amount for line in rest), ZERO), one, trace)
    if one.difference.unexplained:
        alone = Content.styled("no deal explains: stated, not exported", "$foreground")
        yield _part(f"{one.method} unexplained", alone, one.difference.unexplained, one, trace)
    whole = Content.styled(f"{name.lower()} less {which} {short_money(one.against)}", "bold $bright")
    yield _part(f"{one.method} whole", whole, one.difference.amount, one, trace, total=True)
    if one.method is Method.ROLL_UP:
        yield from _scale(view)


def _scale(view: CallView) -> Iterable[CallLine]:
    """Ask for the unit where the stated calls are many times as large or small as the export."""
    asked = say_scale(view.ledger, view.settings, view.ledger.calls, view.day)
    if asked:
        line = ListLine("same unit", status(Tone.WATCH, "same unit?"), Content.styled(plain(asked), "$foreground"))
        yield CallLine(line, lambda: traces.of_roll_up(view))


def _part(
    ident: str,
    text: Content,
    amount: Decimal,
    one: Finding,
    trace: Callable[[], Trace],
    deal: str = "",
    *,
    total: bool = False,
) -> CallLine:
    signed = f"{'−' if amount < 0 else '+'}{short_money(abs(amount))}"
    share = traces.percent(one.difference.share(amount))
    right = Content.styled(f"{signed.rjust(FIGURE)}{share.rjust(8)}", "bold $bright" if total else "$foreground")
    label = Content.styled("together" if total else "", "$dim")
    return CallLine(ListLine(ident, label, text, right), trace, deal, "slip" if deal else "")
