"""Two locks side by side: their figures, the bridge between them, and the deals that moved."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content

from review.clock_words import say_seconds
from review.locks_compared import Compared
from review.money import short_money
from review.ports import Office, Standing
from review.progress import with_step
from review.records import LockRow
from review.words import counted, day_month
from screens.history_words import NONE, PastLine, heading, told
from screens.past_page import PastPage
from tui.registry import STANDARD, Registry
from tui.widgets.bridge import Span, waterfall
from tui.widgets.data import ClockView, RailGroup, RailLine, RailView
from tui.widgets.drawing import Drawing
from tui.widgets.headline import Headline
from tui.widgets.listing import Listing
from tui.widgets.parts import packed

SHOWN = 5
"""Deals that a line of the bridge names; the others are counted."""


class Comparing(PastPage):
    """Shows what changed between two locks."""

    DEFAULT_CSS = """
    Comparing Drawing { margin-top: 1; }
    Comparing.-low Drawing { display: none; }
    """

    def __init__(self, found: Compared, office: Office, standing: Standing, registry: Registry = STANDARD) -> None:
        """Show `found`."""
        super().__init__(office, standing, registry)
        self.found = found

    def compose_plane(self) -> ComposeResult:
        """Lay out the difference, the bridge and the deals."""
        yield Headline()
        yield Drawing(id="bridge")
        yield Listing(id="lines")
        yield from self.compose_foot()

    def repaint(self) -> None:
        """Show everything."""
        before, after, bridge = self.found.before, self.found.after, self.found.bridge
        start = bridge.start or bridge.end
        difference = bridge.end - start
        sign = "+" if difference > 0 else ""
        said = f"pipeline of {bridge.period.label}, {short_money(start)} → {short_money(bridge.end)}"
        days = f"{_day(before)} to {_day(after)}"
        since = self.found.since.words if self.found.since else ()
        self.query_one(Headline).show(
            f"{sign}{short_money(difference)}",
            lambda width: _stacked((days, said, *packed(since, width, 1)), width),
            lambda width: _stacked((days, said), width),
        )
        self.query_one("#bridge", Drawing).show(self._bridge)
        lines = tuple(RailLine(name, right=f"{then} → {now}") for name, then, now in _figures(before, after))
        weeks = counted((after.day - before.day).days // 7, "week")
        reviews, what = counted(after.held - before.held, "review").split(" ")
        clock = ClockView(reviews, f"{what} later, {weeks}")
        self.show_rail(RailView(clock, (RailGroup(lines=lines, marked=False),), days))
        self.put(tuple(self._lines()))

    def _bridge(self, width: int) -> Content:
        bridge = self.found.bridge
        lines = [Span(line.kind.value, short_money(line.amount), line.amount) for line in bridge.lines]
        start = bridge.start or bridge.end
        before = Span(day_month(self.found.before.day), short_money(start), start)
        after = Span(day_month(self.found.after.day), short_money(bridge.end), bridge.end)
        return waterfall(before, lines, after, width)

    def _lines(self) -> Iterator[PastLine]:
        if self.size.width < 120:
            yield heading("figures", "The two locks")
            for name, then, now in _figures(self.found.before, self.found.after):
                yield told(f"figure {name}", name, f"{then} → {now}")
        for line in self.found.bridge.lines:
            said = f"{short_money(line.amount)}, {counted(len(line.steps), 'deal')}"
            yield heading(line.kind.value, line.kind.value, said)
            for step in line.steps[:SHOWN]:
                title = self.found.titles.get(step.deal, step.deal)
                yield told(f"{line.kind.value} {step.deal}", "", title, short_money(step.amount), deal=step.deal)
            if len(line.steps) > SHOWN:
                yield told(f"{line.kind.value} more", "", f"and {len(line.steps) - SHOWN} more")
        then = day_month(self.found.before.day)
        if self.found.moved:
            yield heading("moved", f"Open on {then}, and not as they were", counted(len(self.found.moved), "deal"))
        for moved in self.found.moved:
            yield told(f"moved {moved.deal}", moved.title, moved.words, moved.owner, deal=moved.deal)


def _day(row: LockRow) -> str:
    return f"{day_month(row.day)} {row.day.year}"


def _figures(before: LockRow, after: LockRow) -> Iterator[tuple[str, str, str]]:
    """Set the figures of both locks side by side."""
    then, now = _said(before), _said(after)
    for name in then:
        yield name, then[name], now[name]


def _said(row: LockRow) -> dict[str, str]:
    share = with_step(row)
    return {
        "commit": NONE if row.commit_after is None else short_money(row.commit_after),
        "with a step": NONE if share is None else f"{share} %",
        "kept": f"{row.kept} of {row.judged}" if row.judged else NONE,
        "active deals": str(row.active),
        "minutes": say_seconds(row.seconds),
    }


def _stacked(lines: tuple[str, ...], width: int) -> Content:
    first, *rest = (Content(line).truncate(width, ellipsis=True) for line in lines)
    return Content("\n").join([first.stylize("bold $bright"), *(line.stylize("$foreground") for line in rest)])
