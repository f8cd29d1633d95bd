"""The queue as a list: rep, number, deal, amount, and the reason why it stands there."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from textual.content import Content
from textual.reactive import reactive

from tui.widgets.data import LABEL_WIDTH, STYLES, SYMBOLS, Tone, plain, spread
from tui.widgets.drawing import Drawing
from tui.widgets.parts import gist

REP: Final = 10
WIDE: Final = 88
"""Cells from which columns stand further apart and titles get more room."""


class QueueLine(Struct, frozen=True):
    """One deal of the queue."""

    number: int
    rep: str
    title: str
    amount: str = ""
    kind: str = ""
    tone: Tone = Tone.DIM
    reason: str = ""

    @property
    def words(self) -> str:
        """Why it stands there, on one line."""
        return plain(f"{self.kind} – {self.reason}" if self.reason else self.kind)


class QueueView(Struct, frozen=True):
    """The queue; `third` and `beyond` are folded to names."""

    what: str = ""
    """Such as “17 deals”."""
    time: str = ""
    """Such as “27:40 of 28:00”."""
    right: str = ""
    lines: tuple[QueueLine, ...] = ()
    third: tuple[QueueLine, ...] = ()
    beyond: tuple[QueueLine, ...] = ()
    sentence: str = ""
    """What did not fit."""


def cut(text: str, width: int) -> str:
    """Shorten a text to a column with “…”, and fill it up."""
    short = Content(plain(text)).truncate(width, ellipsis=True)
    return short.plain + " " * (width - short.cell_length)


def list_lines(lines: Sequence[QueueLine], width: int) -> list[Content]:
    """Draw the deals in columns; a rep's name stands once."""
    widest = max((Content(plain(line.title)).cell_length for line in lines), default=0)
    wide = width >= WIDE
    amount = max((len(line.amount) for line in lines), default=0) + (3 if wide else 1)
    kind = max((Content(plain(line.kind)).cell_length for line in lines), default=0) + (3 if wide else 2)
    gap = "   " if wide else "  "
    # Where the longest reason leaves room, no title is cut.
    longest = max((Content(plain(line.reason)).cell_length for line in lines), default=0)
    spare = width - LABEL_WIDTH - amount - len(gap) - 2 - kind - longest
    title = max(8, min(widest, max(22 if wide else 18, spare)))
    drawn, before = list[Content](), ""
    for line in lines:
        rep = "" if line.rep == before else line.rep
        before = line.rep
        symbol = SYMBOLS[line.tone] or " "
        left = Content.assemble(
            (cut(rep, REP), "$foreground"),
            (f"{line.number:>3}" + " " * (LABEL_WIDTH - REP - 3), "$dim"),
            (cut(line.title, title), "bold $bright"),
            (f"{line.amount:>{amount}}{gap}", "$foreground"),
            (f"{symbol} {cut(line.kind, kind)}", STYLES[line.tone]),
        )
        reason = gist(line.reason, max(1, width - left.cell_length))
        drawn.append(Content.assemble(left, (reason, "$foreground")).truncate(width, ellipsis=True))
    return drawn


def names(label: str, lines: Sequence[QueueLine], width: int) -> list[Content]:
    """Draw folded deals: number and name, as many on a line as fit."""
    room, rows = width - LABEL_WIDTH, [Content("")]
    for line in lines:
        piece = Content.assemble((f"{line.number} ", "$dim"), (plain(line.title), "$foreground"))
        parted = rows[-1].cell_length + 3 + piece.cell_length <= room if rows[-1] else True
        if not parted:
            rows.append(piece)
        else:
            rows[-1] = Content.assemble(rows[-1], (" · ", "$dim"), piece) if rows[-1] else piece
    return [
        Content.assemble((cut(label if at == 0 else "", LABEL_WIDTH), "$dim"), row).truncate(width, ellipsis=True)
        for at, row in enumerate(rows)
    ]


def queue_content(view: QueueView, width: int) -> Content:
    """Draw the whole queue."""
    head = Content.assemble(
        (cut("Queue", LABEL_WIDTH), "bold $bright"),
        (plain(view.what), "bold $bright"),
        (f", {plain(view.time)}" if view.time else "", "$foreground"),
    )
    right = Content.styled(plain(view.right), "$dim")
    fits = head.cell_length + 2 + right.cell_length <= width
    parts = [spread(head, right, width) if fits else head]
    if view.right and not fits:
        parts += [Content.assemble(" " * LABEL_WIDTH, line) for line in right.wrap(max(8, width - LABEL_WIDTH))]
    if view.sentence:
        said = Content.styled(plain(view.sentence), "$foreground").wrap(max(8, width - LABEL_WIDTH))
        parts += [Content.assemble(" " * LABEL_WIDTH, line) for line in said]
    if view.lines:
        parts += [Content(""), *list_lines(view.lines, width)]
    for label, folded in (("third deals", view.third), ("if time", view.beyond)):
        if folded:
            parts += [Content(""), *names(label, folded, width)]
    return Content("\n").join(parts)


class Queue(Drawing):
    """The queue of the lobby, as long as it is."""

    view: reactive[QueueView] = reactive(QueueView(), init=False)

    def watch_view(self, view: QueueView) -> None:
        """Draw what changed."""
        self.show(lambda width: queue_content(view, width))
