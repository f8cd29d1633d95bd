"""The quiet line at the foot of the plane: what was just undone, a prompt of the agenda, what the clock proposes."""

from typing import Final

from msgspec import Struct
from textual.content import Content
from textual.reactive import reactive

from tui.widgets.data import Tone, plain, status
from tui.widgets.parts import gist
from tui.widgets.static import Static, own_key_of

GAP: Final = "   "
FRESH: Final = 60
"""Seconds for which something that came up is fresh."""
LEAST: Final = 8
"""Cells under which no words stand between a status and its key."""


class Notice(Struct, frozen=True):
    """One line; it never takes the focus."""

    text: str = ""
    tone: Tone = Tone.DIM
    word: str = ""
    """Symbol and colour stand on this word only."""
    key: str = ""
    """The key that does something about it, and what it does."""
    key_title: str = ""
    key_too: str = ""
    """A second key and what it does, for what can go two ways."""
    key_too_title: str = ""
    fresh: bool = False
    """Whether it came up just now; it stands before what has been proposed for longer then."""


class Strip(Static):
    """Shows one notice, or nothing."""

    DEFAULT_CSS = """
    Strip { dock: bottom; height: 1; padding: 0 2; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    notice: reactive[Notice] = reactive(Notice(), init=False)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(markup=False, id="strip")

    def watch_notice(self, notice: Notice) -> None:
        """Show it in one line."""
        own_key = own_key_of(self)
        keys = [key for key in (notice.key, notice.key_too) if key]
        longer = sum(len(own_key(key)) - len(key) for key in keys) if own_key is not None else 0
        self.update(line(notice, self.content_size.width - longer))

    def on_resize(self) -> None:
        """Shorten the words to the new width."""
        self.watch_notice(self.notice)


def line(notice: Notice, width: int) -> Content:
    """Say status, words and key; where there is too little room the words give way, never the key."""
    word = status(notice.tone, notice.word) if notice.word else Content("")
    named = ((notice.key, notice.key_title), (notice.key_too, notice.key_too_title))
    keys = [
        Content.assemble((key, "bold $accent"), (f" {plain(title)}", "bold $bright")) for key, title in named if key
    ]
    ends = [part for part in (word, *keys) if part]
    room = width - sum(part.cell_length + len(GAP) for part in ends)
    said = gist(notice.text, room) if room >= LEAST or not width else ""
    words = Content.styled(said, "$dim" if notice.tone is Tone.DIM else "$foreground")
    return Content(GAP).join(part for part in (word, words, *keys) if part)
