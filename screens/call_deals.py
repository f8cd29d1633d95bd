"""The deals of the forecast call: likely slips and pull-ins, verification, what is left out – every deal once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from msgspec import Struct
from textual.content import Content

from review.deals import Category
from review.figures import ZERO
from review.likely import PROPOSED
from review.money import short_money
from review.pipeline import Item
from review.words import day_month
from screens import call_traces as traces
from screens.call_traces import Trace
from screens.call_view import CallView
from tui.widgets.data import Tone, plain, status
from tui.widgets.listing import ListLine

TITLE: Final = 18
WIDE_TITLE: Final = 30
"""Cells of the column of names; beside it two words are to fit at 80 columns."""
FIGURE: Final = 9
"""Cells of a figure."""


class CallLine(Struct, frozen=True):
    """A line with what it rests on, and the deal that keys act on."""

    line: ListLine
    trace: Callable[[], Trace] | None = None
    deal: str = ""
    side: str = ""
    """'slip' or 'in': what a what-if does with the deal."""
    commit: bool = False


def deal_lines(view: CallView) -> Iterable[CallLine]:
    """Lay out every deal."""
    yield from _likely(view)
    yield from _categories(view)
    yield from _apart(view)


def heading(ident: str, words: str, right: str = "") -> CallLine:
    """Begin a part."""
    return CallLine(ListLine(f"head {ident}", Content(plain(words)), Content(""), Content.styled(right, "$dim"), True))


def titled(view: CallView, item: Item, words: str) -> Content:
    """Say a deal by its name and rep, with words behind it."""
    title, rep = Content(plain(item.title)), Content(plain(view.name(item.rep)))
    most = WIDE_TITLE if view.wide else TITLE
    title, rep = title.truncate(most - 1, ellipsis=True), rep.truncate(8, ellipsis=True)
    return Content.assemble(
        (title.pad_right(most - title.cell_length).plain, "$foreground"),
        (rep.pad_right(min(10, view.longest_name + 2) - rep.cell_length).plain, "$dim"),
        (plain(words), "$foreground"),
    )


def _deal(
    view: CallView, part: str, item: Item, label: Content, words: str, side: str, why: Sequence[str] = ()
) -> CallLine:
    supposed = {"slip": "slips · ", "in": "comes in · "}[side] if item.deal in view.toggled else ""
    closes = day_month(item.close_date) if item.close_date else "no date"
    amount = short_money(item.amount) if item.amount is not None else "–"
    right = Content.assemble(
        (supposed, "bold $bright"),
        (closes, "$dim"),
        (amount.rjust(FIGURE), "bold $bright" if supposed else "$foreground"),
    )
    commit = item.category is Category.COMMIT and side == "slip"
    # Of several reasons whole ones leave, the last first.
    fewer = [f"{', '.join(why[:most])} +{len(why) - most}" for most in range(len(why) - 1, 0, -1)]
    fewer += why[:1]
    shorter = tuple(titled(view, item, one) for one in fewer)
    line = ListLine(f"{part} {item.deal}", label, titled(view, item, words), right, shorter=shorter)
    return CallLine(line, lambda: traces.of_deal(view, item, tuple(why)), item.deal, side, commit)


def _likely(view: CallView) -> Iterable[CallLine]:
    picks, scored = view.waiting, view.scored
    last = ""
    if scored is not None and scored.hits is not None:
        last = (
            f"last time {scored.hits[0]} of {len(scored.slips)} slips, "
            f"{scored.hits[1]} of {len(scored.pull_ins)} pull-ins came true"
        )
    yield heading("slips", f"Likely slips: {_chosen(view, len(picks.slips) if picks else 0)}", last)
    for slip in view.slips:
        why = traces.slip_reasons(slip)
        yield _deal(view, "slip", slip.item, _choice(view, slip.item), ", ".join(why), "slip", why)
    yield from _others(view, "slip", [pick.deal for pick in picks.slips] if picks else [], [s.item for s in view.slips])
    yield heading("ins", f"Likely pull-ins: {_chosen(view, len(picks.pull_ins) if picks else 0)}")
    for at, pull in enumerate(view.pull_ins):
        why = traces.pull_reasons(pull)
        if at < PROPOSED or pull.item.deal in view.chosen:
            yield _deal(view, "in", pull.item, _choice(view, pull.item), ", ".join(why), "in", why)


def _chosen(view: CallView, number: int) -> str:
    if number:
        return f"{number} of {PROPOSED} chosen, checked at the next lock"
    return "none chosen" if view.read_only else "Space chooses, the next lock checks"


def _others(view: CallView, part: str, deals: Sequence[str], shown: Sequence[Item]) -> Iterable[CallLine]:
    """Show chosen deals that are not among the proposed ones."""
    known = {item.deal for item in shown}
    for item in view.now.pipeline.open:
        if item.deal in deals and item.deal not in known:
            yield _deal(view, part, item, _choice(view, item), "your own choice", "slip")


def _choice(view: CallView, item: Item) -> Content:
    return status(Tone.OK, "chosen") if item.deal in view.chosen else Content.styled("proposed", "$dim")


def _categories(view: CallView) -> Iterable[CallLine]:
    verified = view.verified
    yield heading("commit", f"Commit deals: {len(verified.verified)} of {verified.of} verified by you")
    for item in view.of(Category.COMMIT):
        done = item.deal in verified.verified
        label = status(Tone.OK, "verified") if done else status(Tone.UNKNOWN, "not verified")
        yield _deal(view, "commit", item, label, item.stage, "slip")
    for category, title in ((Category.BEST_CASE, "Best-case deals"), (Category.PIPELINE, "Pipeline deals")):
        items = view.of(category)
        if items:
            yield heading(category.value, f"{title}: {len(items)}")
        for item in items:
            yield _deal(view, category.value, item, Content(""), item.stage, "slip")


def _apart(view: CallView) -> Iterable[CallLine]:
    weighted = view.now.weighted
    if weighted.left_out:
        yield heading("out", f"Left out of weighted: {len(weighted.left_out)}")
    for out in weighted.left_out:
        yield _deal(view, "out", out.item, Content(""), out.why.value, "slip")
    if weighted.differs:
        yield heading("odds", f"Own probability over 20 points from the stage’s odds: {len(weighted.differs)}")
    for one in weighted.differs:
        own = one.item.probability or ZERO
        words = f"{own.normalize():f} % against {one.odds.normalize():f} %"
        yield _deal(view, "odds", one.item, Content(""), words, "slip")
    later = [pull for at, pull in enumerate(view.pull_ins) if at >= PROPOSED and pull.item.deal not in view.chosen]
    if later:
        yield heading("later", f"More that close up to 30 days after {view.now.pipeline.period.label}: {len(later)}")
    for pull in later:
        yield _deal(view, "later", pull.item, Content(""), ", ".join(traces.pull_reasons(pull)), "in")
    if view.now.pipeline.apart:
        yield heading(
            "apart", f"In no figure, without a date or with one of an earlier period: {len(view.now.pipeline.apart)}"
        )
    for item in view.now.pipeline.apart:
        yield _deal(view, "apart", item, Content(""), item.stage, "in")
