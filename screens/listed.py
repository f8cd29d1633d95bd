"""A screen whose plane is one long list: the current line, and the keys that move it."""

from typing import Generic, Protocol, TypeVar

from tui.room import RoomScreen
from tui.widgets.listing import Listing, ListLine


class Holder(Protocol):
    """What stands behind a line of the list."""

    @property
    def line(self) -> ListLine:
        """The line as it is drawn."""
        ...


L = TypeVar("L", bound=Holder)


class Listed(RoomScreen, Generic[L]):
    """Keeps the lines and which of them is the current one."""

    lines: tuple[L, ...] = ()
    at: str = ""
    """The id of the current line."""

    @property
    def line(self) -> L | None:
        """The line that keys act on."""
        return next((one for one in self.lines if one.line.id == self.at and not one.line.heading), None)

    def put(self, lines: tuple[L, ...]) -> None:
        """Show other lines; the current one stays where it is still there."""
        before = [one.line.id for one in self.lines].index(self.at) if self.line else 0
        self.lines = lines
        if self.line is None:
            following = [one.line.id for one in lines[before:] if not one.line.heading]
            self.at = next(iter(following), next((one.line.id for one in lines if not one.line.heading), ""))
        self.show_lines()

    def show_lines(self) -> None:
        """Draw the lines, and say what the keys do on the current one."""
        self.query_one(Listing).show([one.line for one in self.lines], self.at)

    def available(self, command_id: str) -> bool:
        """Say whether there is a line, or the beginning of a part, on that side."""
        lines = [one.line.id for one in self.lines if not one.line.heading]
        if command_id in ("call_line_before", "call_line_after"):
            return bool(lines) and self.at != lines[0 if command_id == "call_line_before" else -1]
        if command_id in ("part_after", "part_before"):
            starts, here = self._parts()
            return any(at > here if command_id == "part_after" else at < here for at, _ in starts)
        return super().available(command_id)

    def action_call_line_before(self) -> None:
        """Go to the line above."""
        self.move(-1)

    def action_call_line_after(self) -> None:
        """Go to the line below."""
        self.move(1)

    def move(self, by: int) -> None:
        """Go some lines up or down, as far as there are any."""
        lines = [one.line.id for one in self.lines if not one.line.heading]
        if lines:
            at = lines.index(self.at) if self.at in lines else 0
            self.go_to_line(lines[max(0, min(at + by, len(lines) - 1))])

    def action_part_after(self) -> None:
        """Go to the first line of the next part."""
        starts, here = self._parts()
        self.go_to_line(next((ident for at, ident in starts if at > here), self.at))

    def action_part_before(self) -> None:
        """Go to the first line of the part before."""
        starts, here = self._parts()
        self.go_to_line(next((ident for at, ident in reversed(starts) if at < here), self.at))

    def _parts(self) -> tuple[list[tuple[int, str]], int]:
        """Give the first line of each part with its place, and the place of the current line."""
        lines = [one.line for one in self.lines]
        starts = [
            (at, line.id) for at, line in enumerate(lines) if not line.heading and (at == 0 or lines[at - 1].heading)
        ]
        return starts, next((at for at, line in enumerate(lines) if line.id == self.at), 0)

    def follow_line(self, to: str) -> None:
        """Make the line the current one that was clicked."""
        self.go_to_line(to)

    def go_to_line(self, ident: str) -> None:
        """Make another line the current one."""
        if ident != self.at:
            self.at = ident
            self.show_lines()
