"""What else the manager's own terminal opens: the forecast call to read, and nothing at all."""

from typing import Final

from msgspec.structs import replace
from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from review.ports import PrivateDesk
from screens.call import ForecastCall
from screens.call_view import CallView
from tui.registry import STANDARD, Registry

PRIVATE: Final = " PRIVATE "
RECORDS: Final = frozenset({"verify", "pick", "own_call", "gap_plan", "plan_commitment", "factor"})
"""Commands of the forecast call that write something down."""


class Side(Widget):
    """The left or right border, the word in it from top to bottom."""

    DEFAULT_CSS = """
    Side { width: 1; height: 100%; color: $warning; text-style: bold; }
    Side.-left { dock: left; }
    Side.-right { dock: right; }
    """
    ALLOW_SELECT = False

    def render(self) -> Content:
        """Draw the line with the word in its middle."""
        height, word = self.size.height, PRIVATE.strip()
        above = max(0, height - len(word)) // 2
        return Content("\n".join(f"{'┃' * above}{word}{'┃' * height}"[:height]))


def frame(screen: Widget) -> None:
    """Put the word on the border, on all four sides."""
    screen.border_title = Content(PRIVATE)
    screen.border_subtitle = Content(PRIVATE)
    if not screen.query(Side):
        screen.mount(Side(classes="-left"), Side(classes="-right"))


class ReadCall(ForecastCall):
    """The forecast call on the manager's own terminal: a what-if is tried, nothing is recorded."""

    def __init__(self, desk: PrivateDesk, registry: Registry = STANDARD) -> None:
        """Read at `desk`."""
        super().__init__(desk, registry)
        self._desk = desk

    def on_mount(self) -> None:
        """Put the word on the border."""
        frame(self)

    def seen(self, view: CallView) -> CallView:
        """Leave out whoever has not said the number yet while a review runs: first the rep speaks."""
        minutes = self._desk.look().minutes
        running = minutes is not None and minutes.meeting.locked is None and not minutes.meeting.aside
        spoken = minutes.meeting.calls if minutes is not None and running else None
        scored = tuple(one for one in view.scored_people if spoken is None or one.person in spoken)
        return replace(view, read_only=True, scored_people=scored)

    def available(self, command_id: str) -> bool:
        """Say which keys are alive: none that records."""
        return command_id not in RECORDS and super().available(command_id)


class Blank(Screen[None]):
    """Shows nothing, over whatever showed."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        """Leave by the keys that led here."""
        super().__init__()
        for key in keys:
            self._bindings.bind(key, "app.blank", show=False)

    async def on_click(self, event: events.Click) -> None:
        """Show it again by a double click; a single one may be meant for the window alone."""
        if event.chain > 1:
            await self.run_action("app.blank")
