"""The last row: the mode in reverse, then the keys that work now, most wanted first, each whole or not at all."""

from typing import Final

from msgspec import Struct
from textual import events
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.data import Mode, Tone, plain, status

NARROW: Final = 120
"""Columns below which keys stand two cells apart, margins shrink and the rail folds."""
NEXT_KEY: Final = 9
"""Highest rank of an entry that is the next key, and bold."""


class FooterEntry(Struct, frozen=True):
    """One entry: its keys with the command each runs, and their common word."""

    keys: tuple[tuple[str, str], ...]
    title: str
    rank: int = 50
    tooltip: str = ""

    @property
    def legend(self) -> str:
        """The keys as shown; arrows stand together."""
        labels = [label for label, _ in self.keys]
        return ("" if all(label in "↑↓←→" for label in labels) else " ").join(labels)

    @property
    def helps(self) -> bool:
        """Whether it leads to all the other keys."""
        return any(command == "help" for _, command in self.keys)

    @property
    def width(self) -> int:
        """Cells it takes."""
        return Content(f"{self.legend} {plain(self.title)}").cell_length

    def spans(self) -> tuple[tuple[int, int, str], ...]:
        """Give where each key stands in the entry: start, end, command. The word belongs to the first one."""
        found, at = list[tuple[int, int, str]](), 0
        between = len(self.legend) - sum(len(label) for label, _ in self.keys)
        gap = 1 if between else 0
        for label, command in self.keys:
            found.append((at, at + len(label), command))
            at += len(label) + gap
        return (*found, (at, self.width, self.keys[0][1])) if len(self.keys) == 1 else tuple(found)


def margin(width: int) -> int:
    """Cells left free at either end of header and footer."""
    return 1 if width < NARROW else 2


def fit(
    entries: tuple[FooterEntry, ...], mode: Mode, width: int, beside: int = 0, border: int = 0
) -> tuple[FooterEntry, ...]:
    """Keep what fits into `width` cells beside a text of `beside` cells; the least wanted leaves first, help last.

    `width` is the terminal's; a border round the screen takes `border` cells of it.
    """
    kept = list(entries)
    while kept and _length(kept, mode, width) + (beside + 2 if beside else 0) > width - border:
        leaving = [at for at, entry in enumerate(kept) if mode is Mode.TYPE or not entry.helps] or [0]
        least = max(leaving, key=lambda at: (kept[at].rank, at))
        del kept[least]
    return tuple(kept)


def _gap(width: int) -> int:
    return 2 if width < NARROW else 3


def _badge_start(width: int) -> int:
    """Where the badge begins: its word stands in the column of the text above."""
    return margin(width) - 1 if width < NARROW else margin(width)


def _length(entries: list[FooterEntry], mode: Mode, width: int) -> int:
    badge = _badge_start(width) + len(mode) + 2
    return badge + sum(_gap(width) + entry.width for entry in entries) + margin(width)


class KeyFooter(Widget):
    """The footer; a click on a key does what the key does."""

    DEFAULT_CSS = """
    KeyFooter { dock: bottom; height: 1; background: $surface; text-wrap: nowrap; text-overflow: clip; }
    """

    class Chosen(Message):
        """A key was clicked."""

        def __init__(self, command: str) -> None:
            """Name the command that it is for."""
            super().__init__()
            self.command = command

    ALLOW_SELECT = False
    entries: reactive[tuple[FooterEntry, ...]] = reactive(())
    mode: reactive[Mode] = reactive(Mode.KEYS)
    aside = reactive((Tone.OK, "", ""))
    """A status at the right end: tone, word, text behind it; shown where nothing else is that says it."""

    def __init__(self, *, id: str | None = None) -> None:
        """Start with no keys."""
        super().__init__(id=id)
        self._targets: tuple[tuple[int, int, str, str], ...] = ()

    def render(self) -> Content:
        """Draw badge and keys."""
        # A border round the screen takes from the line, but its margins are those of the terminal's width.
        width = self.app.size.width
        border = width - self.size.width
        tone, word, rest = self.aside
        aside = (
            Content.assemble(status(tone, word), (plain(rest), "$foreground"))
            if word and width >= NARROW
            else Content("")
        )
        shown = fit(self.entries, self.mode, width, aside.cell_length, border)
        style = "bold $on-accent on $accent" if self.mode is Mode.TYPE else "bold $background on $foreground"
        line = Content.assemble(" " * _badge_start(width), (f" {self.mode} ", style))
        targets = list[tuple[int, int, str, str]]()
        for at, entry in enumerate(shown):
            line = Content.assemble(line, " " * _gap(width))
            targets += [
                (line.cell_length + start, line.cell_length + end, command, entry.tooltip)
                for start, end, command in entry.spans()
            ]
            bold = "bold $bright" if at == 0 and entry.rank <= NEXT_KEY else "$foreground"
            line = Content.assemble(
                line, (entry.legend, "bold $footer-key-foreground"), " ", (plain(entry.title), bold)
            )
        self._targets = tuple(targets)
        room = self.size.width - line.cell_length - aside.cell_length - margin(width)
        return Content.assemble(line, " " * room, aside) if aside and room >= 2 else line

    def on_click(self, event: events.Click) -> None:
        """Run the command under the pointer."""
        target = self._under(event.offset)
        if target:
            event.stop()
            self.post_message(self.Chosen(target[2]))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Explain the key under the pointer."""
        target = self._under(event.offset)
        self.tooltip = Content(target[3]) if target and target[3] else None

    def _under(self, offset: Offset) -> tuple[int, int, str, str] | None:
        return next((target for target in self._targets if target[0] <= offset.x < target[1]), None)
