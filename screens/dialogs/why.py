"""What stands behind everything that is said of a deal; nothing can be changed here."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from review.why import Reason
from screens.dialogs.scrolled import Scrolled
from tui.widgets.data import Tone, plain, status
from tui.widgets.rows import Row

TONES = {"watch": Tone.WATCH, "act": Tone.ACT, "ok": Tone.OK}


class Why(Scrolled[None]):
    """Lists the rules with their facts."""

    DEFAULT_CSS = """
    Why Row > .label { width: 22; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q,y", "leave", "Back", show=False)]

    def __init__(self, title: str, reasons: tuple[Reason, ...]) -> None:
        """Show why `title` is judged as it is."""
        super().__init__(f"{title}: what it rests on")
        self._reasons = reasons

    def compose_body(self) -> ComposeResult:
        """Yield a row for each rule."""
        for reason in self._reasons:
            tone = TONES.get(reason.tone)
            label = status(tone, reason.name) if tone else Content.styled(plain(reason.name), "$dim")
            yield Row(label, Content.styled(plain(reason.facts), "$foreground"))

    def leave_line(self) -> Content:
        """Say how one moves and leaves."""
        return Content.assemble(
            ("↑↓", "bold $accent"), (" move   ", "$dim"), ("Esc", "bold $accent"), (" back", "$dim")
        )
