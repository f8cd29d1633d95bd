"""What the history says: a line for each lock, the lock that is chosen, and the figures over time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from msgspec import Struct
from textual.content import Content

from review.clock_words import say_seconds
from review.dates import short_date
from review.money import short_money
from review.people import display_names
from review.ports import Standing
from review.progress import progress, with_step
from review.records import LockRow
from review.settings import Settings
from review.trends import Quarter, quarters
from review.words import counted, day_month
from screens.hour import wall
from screens.recap_words import EXIT_WORDS, minutes
from tui.widgets.data import ClockView, HeaderView, RailGroup, RailLine, RailView, Tone, plain
from tui.widgets.headline import bar
from tui.widgets.listing import ListLine
from tui.widgets.parts import packed

NONE: Final = "–"
CELLS: Final = (("time", 7), ("deals", 7), ("step", 8), ("kept", 11), ("commit", 9), ("won", 8))
"""Columns that every width has room for, with their cells."""
MORE: Final = (("lost", 9), ("created", 9))
WIDE: Final = 86
"""Cells of the list from which it has the other columns too."""
NOTHING: Final = Content("")


class PastLine(Struct, frozen=True):
    """A line of a page of the history, with what Enter opens."""

    line: ListLine
    review: str = ""
    deal: str = ""


def heading(ident: str, words: str, right: str = "") -> PastLine:
    """Begin a part."""
    return PastLine(
        ListLine(f"head {ident}", Content(plain(words)), NOTHING, Content.styled(plain(right), "$dim"), True)
    )


def told(ident: str, label: str, text: str, right: str = "", *, review: str = "", deal: str = "") -> PastLine:
    """Say one thing in a line."""
    name, said = Content.styled(plain(label), "$dim"), Content.styled(plain(text), "$foreground")
    return PastLine(ListLine(ident, name, said, Content.styled(plain(right), "$dim")), review, deal)


# The locks


def lock_lines(rows: Sequence[LockRow], settings: Settings, marked: str, width: int) -> tuple[PastLine, ...]:
    """Lay the locks out, the newest first, under the quarters they fell in."""
    found: list[PastLine] = []
    for quarter in reversed(quarters(rows, settings)):
        found.append(_quarter(quarter, width, first=not found))
        those = [row for row in reversed(rows) if row.day in quarter.period]
        found.extend(_lock(row, row.review == marked, width) for row in those)
    return tuple(found)


def _quarter(quarter: Quarter, width: int, *, first: bool) -> PastLine:
    """Begin a quarter; the columns are named once, over the first."""
    columns = (*CELLS, *(MORE if width >= WIDE else ()))
    heads = "".join(name.rjust(cells) for name, cells in columns) if first else ""
    ident, label = f"head {quarter.name}", Content(quarter.name)
    if first:
        # The names stand over their columns: in the place of the words, as in every line below.
        label = Content.assemble((quarter.name.ljust(16), "bold $bright"), (heads, "$dim"))
    return PastLine(ListLine(ident, label, NOTHING, NOTHING, True))


def _lock(row: LockRow, marked: bool, width: int) -> PastLine:
    cells = {
        "time": say_seconds(row.seconds),
        "deals": str(len(row.opened)),
        "step": f"{share} %" if (share := with_step(row)) is not None else NONE,
        "kept": f"{row.kept} of {row.judged}" if row.judged else NONE,
        "commit": _money(row.commit_after),
        "won": short_money(row.won_amount),
        "lost": short_money(row.lost_amount),
        "created": short_money(row.created),
    }
    columns = (*CELLS, *(MORE if width >= WIDE else ()))
    text = Content.styled("".join(cells[name].rjust(size) for name, size in columns), "$foreground")
    mark = Content.styled("  chosen", "$dim") if marked else NOTHING
    label = Content.styled(f"{row.day:%a} {day_month(row.day)}", "$foreground")
    return PastLine(ListLine(row.review, label, text, mark), row.review)


def _money(amount: Decimal | None) -> str:
    return NONE if amount is None else short_money(amount)


def figure(row: LockRow) -> str:
    """Give the large figure: the day of the lock."""
    return day_month(row.day)


def beside(row: LockRow, width: int) -> Content:
    """Say what a review was, in four lines: which, its commit, the share with a step as a bar and in words."""
    title = Content.styled(f"review {row.held}, {short_date(row.day)} {row.day.year}", "bold $bright")
    have = row.active - sum(row.without.values())
    parts = bar(((have, "$bright"), (row.active - have, "$line")), width)
    return Content("\n").join((title, _commit(row, width), parts, _kept(row, width)))


def short(row: LockRow, width: int) -> Content:
    """Say the same in two lines."""
    title = Content(f"review {row.held}, {short_date(row.day)} {row.day.year}").truncate(width, ellipsis=True)
    return Content.assemble(title, "\n", _commit(row, width))


def _commit(row: LockRow, width: int) -> Content:
    if row.commit_after is None:
        return Content.styled("no commit was stated", "$foreground")
    stated = f", stated {short_money(row.commit_stated)}" if row.commit_stated not in (None, row.commit_after) else ""
    parts = [f"commit {short_money(row.commit_after)}{stated}"]
    parts += [f"won {short_money(row.won_by_then)} of it"] if row.won_by_then is not None else []
    return Content.styled(packed(parts, width, 1)[0], "$foreground")


def _kept(row: LockRow, width: int) -> Content:
    parts = [f"{row.active - sum(row.without.values())} of {row.active} with a step"] if row.active else []
    parts += [f"kept {row.kept} of {row.judged}"] if row.judged else []
    parts += [counted(row.commitments, "commitment")]
    return Content.styled(packed(parts, width, 1)[0], "$foreground")


# Around the page


def header_of(standing: Standing, day: str, now: datetime) -> HeaderView:
    """Say what this is and when."""
    return HeaderView(what="History", date=day, clock=wall(now, standing.settings))


def rail_of(row: LockRow, standing: Standing, rows: Sequence[LockRow]) -> RailView:
    """Say of the chosen lock how long it took, how the deals left, and what was worth copying."""
    planned = sum(row.planned.values())
    over = row.seconds - planned
    said = "on time" if not over else f"{say_seconds(abs(over))} {'over' if over > 0 else 'early'}"
    clock = ClockView(minutes(row.seconds), f"of {minutes(planned)}", ends=said)
    ways = Counter(opened.exit for opened in row.opened)
    exits = tuple(RailLine(word, right=str(ways[way]), tone=tone) for way, word, tone in EXIT_WORDS if ways[way])
    since = tuple(
        RailLine(name, right=right)
        for name, right in (
            ("created", short_money(row.created)),
            (f"won, {row.won}", short_money(row.won_amount)),
            (f"lost, {row.lost}", short_money(row.lost_amount)),
        )
    )
    groups = [
        RailGroup(title=f"{counted(len(row.opened), 'deal')} opened", lines=exits),
        RailGroup(lines=since, marked=False),
        *_words(row, standing),
    ]
    changed = progress(rows)
    if changed:
        groups.append(RailGroup(words=changed))
    return RailView(clock, tuple(groups), f"{row.held} of {counted(len(rows), 'review')}")


def _words(row: LockRow, standing: Standing) -> Iterator[RailGroup]:
    names = display_names(standing.settings.people)
    if row.without:
        left = tuple(f"{names.get(rep, 'no owner')} {count}" for rep, count in row.without.items())
        total = RailLine("still without", right=str(sum(row.without.values())), tone=Tone.WATCH)
        yield RailGroup(lines=(total,), parts=left)
    if row.focus:
        yield RailGroup(title="Focus", words=row.focus)
    if row.worth_copying:
        yield RailGroup(title="Worth copying", words=row.worth_copying)


def nothing_yet() -> ClockView:
    """Say that there is no lock yet."""
    return ClockView("0", "reviews held")
