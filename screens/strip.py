"""The quiet line at the foot of the plane: what was just undone, a prompt of the agenda, what the clock proposes."""

from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive

from tui.widgets.data import Tone, plain, status
from tui.widgets.static import Static


@dataclass(frozen=True, slots=True)
class Notice:
    """One line; it never takes the focus."""

    text: str = ""
    tone: Tone = Tone.DIM
    word: str = ""
    """Symbol and colour stand on this word only."""
    key: str = ""
    """The key that does something about it, and what it does."""
    key_title: str = ""


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
        """Show it in one line: status, words, key."""
        parts: list[Content] = []
        if notice.word:
            parts.append(status(notice.tone, notice.word))
        if notice.text:
            parts.append(Content.styled(plain(notice.text), "$dim" if notice.tone is Tone.DIM else "$foreground"))
        if notice.key:
            parts.append(
                Content.assemble((notice.key, "bold $accent"), (f" {plain(notice.key_title)}", "bold $bright"))
            )
        self.update(Content("   ").join(parts))
