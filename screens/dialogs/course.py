"""The hour as it went: each section with its minutes, and what was decided in it, in order."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content

from review.clock_words import say_seconds
from review.recap import SectionLine
from review.timeline import Passage
from screens.dialogs.scrolled import Scrolled
from tui.widgets.data import plain
from tui.widgets.static import Static


class Course(Scrolled[None]):
    """Show the passages of a review."""

    DEFAULT_CSS = """
    Course .course { padding: 0 2; height: auto; }
    """

    def __init__(self, passages: Sequence[Passage], sections: Sequence[SectionLine]) -> None:
        """Show `passages`; `sections` knows the minutes of each."""
        super().__init__("The hour as it went")
        self._passages = passages
        self._minutes = {one.title: f"{say_seconds(one.actual)} of {say_seconds(one.planned)}" for one in sections}

    def compose_body(self) -> ComposeResult:
        """Yield the passages."""
        yield Static(Content("\n\n").join(self._passage(one) for one in self._passages), classes="course", markup=False)

    def _passage(self, passage: Passage) -> Content:
        # A section that was entered twice has its minutes together, at its first passage.
        minutes = self._minutes.pop(passage.title, "again")
        head = Content.assemble((plain(passage.title), "bold $bright"), (f"   {minutes}", "$dim"))
        lines = [Content.styled(plain(line), "$foreground") for line in passage.decided]
        return Content("\n").join((head, *(lines or [Content.styled("nothing was decided", "$dim")])))

    def leave_line(self) -> Content:
        """Say the keys there are."""
        return Content.assemble(
            ("↑↓", "bold $accent"), (" scroll   ", "$foreground"), ("Esc", "bold $accent"), (" back", "$dim")
        )
