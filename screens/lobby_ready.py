"""How many active deals stand in writing, and who still owes which: the lobby's figure."""

from msgspec import Struct
from textual.content import Content

from review.outlook import Outlook
from review.people import display_names
from tui.widgets.data import Tone, status
from tui.widgets.headline import bar
from tui.widgets.parts import packed


class Ready(Struct, frozen=True):
    """Active deals with step, date and owner, and who still owes which."""

    have: int
    active: int
    missing: tuple[tuple[str, int], ...]
    in_writing: bool
    """Whether a review was held or sheets came back: what is there since was given in writing."""

    @property
    def figure(self) -> str:
        """The large figure."""
        return f"{self.have} of {self.active}" if self.active else "no deals"

    @property
    def title(self) -> str:
        """What it counts."""
        return "in writing" if self.in_writing else "with step, date and owner"

    def beside(self, width: int) -> Content:
        """Draw title, bar and who is missing, in four lines."""
        lines = [Content.styled(self.title, "bold $bright")]
        if self.active:
            parts = ((self.have, "$bright"), (self.active - self.have, "$line"))
            lines += [bar(parts, width), *self._missing(width, 2)]
        return Content("\n").join(lines)

    def short(self, width: int) -> Content:
        """Draw the same in two lines for low screens."""
        return Content("\n").join([Content.styled(self.title, "$foreground"), *self._missing(width, 1)])

    def _missing(self, width: int, most: int) -> list[Content]:
        if not self.missing:
            return [status(Tone.OK, "none is missing")] if self.active else []
        rows = packed([f"{name} {count}" for name, count in self.missing], max(10, width - 9), most)
        return [
            Content.assemble(("missing: " if at == 0 else " " * 9, "$dim"), (row, "$foreground"))
            for at, row in enumerate(rows)
        ]


def ready_of(outlook: Outlook) -> Ready:
    """Count the active deals that have all three."""
    names = display_names(outlook.settings.people)
    number = sum(outlook.active.values())
    return Ready(
        have=number - sum(count for _, count in outlook.missing),
        active=number,
        missing=tuple((names.get(rep, "no owner here"), count) for rep, count in outlook.missing),
        in_writing=outlook.in_writing,
    )
