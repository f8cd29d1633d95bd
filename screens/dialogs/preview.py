"""An export as it will be written: Enter saves it, c copies it too, n leaves what this format has had already."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from review.ports import Saved
from screens.dialogs.scrolled import Scrolled
from tui.widgets.data import plain
from tui.widgets.static import Static


class Preview(Scrolled[str]):
    """Show a text that scrolls; the answer is “save” or “copy”, with “ news” behind it where only that is wanted."""

    DEFAULT_CSS = """
    Preview .text { padding: 0 2; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take('save')", "Save", show=False),
        Binding("c", "take('copy')", "Copy and save", show=False),
        Binding("n", "turn", "Only what is new", show=False),
    ]
    only_news: reactive[bool] = reactive(False, init=False)

    def __init__(self, title: str, whole: Saved, news: Saved) -> None:
        """Show `whole`; `news` is what of it has not gone out yet."""
        super().__init__(title, Content(" "))
        self._whole, self._news = whole, news

    @property
    def _shown(self) -> Saved:
        return self._news if self.only_news else self._whole

    def compose_body(self) -> ComposeResult:
        """Yield the text."""
        yield Static(classes="text", markup=False)

    def on_mount(self) -> None:
        """Show everything first."""
        self.watch_only_news()

    def watch_only_news(self) -> None:
        """Show the text, where it goes, and the keys there are."""
        shown = self._shown
        lines = shown.text.splitlines()
        if shown.said and lines[: len(shown.said)] != list(shown.said):
            lines = [*shown.said, "", *lines]
        text = "nothing is new since the last time" if shown.empty else "\n".join(plain_line(line) for line in lines)
        self.query_one(".text", Static).update(Content.styled(text, "$foreground"))
        where = "" if shown.empty else shown.at(shown.path)
        self.query_one(".dialog-body", Static).update(Content.styled(plain(where), "$dim"))
        self.query_one(".dialog-leave", Static).update(self.leave_line())

    def leave_line(self) -> Content:
        """Say the keys there are."""
        other = "everything" if self.only_news else "what is new"
        save = () if self._shown.empty else (("Enter", "save"), ("c", "copy too"))
        parts = (*save, ("n", other), ("↑↓", "scroll"), ("Esc", "back"))
        return Content("   ").join(
            Content.assemble((key, "bold $accent"), (f" {what}", "$dim" if key == "Esc" else "$foreground"))
            for key, what in parts
        )

    def action_turn(self) -> None:
        """Show only what is new, or everything again."""
        self.only_news = not self.only_news

    def action_take(self, answer: str) -> None:
        """Answer; where nothing is new there is nothing to take."""
        if not self._shown.empty:
            self.dismiss(f"{answer} news" if self.only_news else answer)


def plain_line(line: str) -> str:
    """Show a line of a file as it is, its indent kept, without control codes."""
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + plain(line)
