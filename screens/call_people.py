"""People on the forecast call: the commitments that are to close the gap, and how near forecasts came."""

from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import Final

from textual.content import Content

from review.accuracy import Accuracy, Scored
from review.commitments import Commitment, Origin
from review.dates import short_date
from review.history_words import percent
from review.money import say_money
from screens.call_deals import FIGURE, CallLine, heading
from screens.call_traces import Trace, TraceRow
from screens.call_view import CallView
from tui.widgets.data import Tone, plain, status
from tui.widgets.listing import ListLine

NONE: Final = "–"


def plan_lines(view: CallView) -> Iterable[CallLine]:
    """Show what was promised to close the gap and is still open."""
    every = view.ledger.commitments.values()
    for one in sorted((c for c in every if c.origin is Origin.PLAN and c.is_open), key=lambda c: (c.due, c.id)):
        label = status(Tone.WATCH, "due") if one.is_due(view.day) else Content.styled("promised", "$dim")
        text = Content.assemble(
            (" " * FIGURE, ""), (f"   {plain(one.text)}, {plain(view.name(one.owner))}", "$foreground")
        )
        right = Content.styled(short_date(one.due, view.day), "$dim")
        yield CallLine(ListLine(f"plan {one.id}", label, text, right), partial(_of_promise, view, one))


def _of_promise(view: CallView, one: Commitment) -> Trace:
    rows = (
        TraceRow("owner", view.name(one.owner)),
        TraceRow("due", short_date(one.due, view.day)),
        TraceRow("made", short_date(one.made, view.day)),
        TraceRow("carried", f"{one.carried}×"),
    )
    return Trace(one.text, rows, "Its owner reads it aloud in Actions; a verdict is given once it is due.")


def people_lines(view: CallView) -> Iterable[CallLine]:
    """Show accuracy, bias and pattern of everybody who forecasts, for the manager alone."""
    if not view.scored_people:
        return
    yield heading("accuracy", "How near the forecasts came", "won ÷ forecast; good is 90 to 110 %")
    for one in view.scored_people:
        label = Content.styled(plain(view.name(one.person)), "$foreground")
        shown = "".join(percent(period.ratio).rjust(8) if _is(period) else NONE.rjust(8) for period in one.periods)
        pattern = one.pattern.value if one.pattern else f"{one.scored} of {len(one.periods)} scored"
        tone = Tone.WATCH if one.pattern else Tone.PLAIN
        right = status(tone, pattern) if one.pattern else Content.styled(pattern, "$dim")
        bias = f"   bias {percent(one.bias)}" if one.scored else ""
        text = Content.assemble((shown, "bold $bright"), (bias, "$foreground"))
        yield CallLine(ListLine(f"accuracy {one.person}", label, text, right), partial(_of_person, view, one))


def _is(period: Scored) -> bool:
    return period.ratio.value is not None


def _of_person(view: CallView, one: Accuracy) -> Trace:
    """Show each period with its forecast, what was won, and why it is not scored."""
    rows = []
    for each in one.periods:
        name = each.period.name
        if not _is(each):
            rows.append(TraceRow(name, each.ratio.why))
            continue
        said = f"forecast {_money(view, each.forecast)} in the review of {each.review}, error {each.error:.0%}"
        rows.append(TraceRow(name, said, _money(view, each.won), percent(each.ratio)))
    note = "The forecast is the first commit after the room up to the 21st day of the period."
    whole = TraceRow("bias", "all won ÷ all forecast", "", percent(one.bias)) if one.scored else None
    return Trace(f"How near {view.name(one.person)} came", tuple(rows), note, whole)


def _money(view: CallView, amount: Decimal | None) -> str:
    return NONE if amount is None else say_money(amount, view.settings.currency)
