"""Which screen shows a part of the hour."""

from typing import TYPE_CHECKING

from tui.registry import Registry
from tui.room import RoomScreen

if TYPE_CHECKING:
    from review.session import Session
    from screens.drafting import Drafting

# Each is imported where it is made: the hour begins with one of them.


def section_screen(place: str, session: "Session", drafting: "Drafting", registry: Registry) -> RoomScreen:
    """Make the screen of a section, or of the lock."""
    if place == "forecast":
        from screens.forecast import Forecast

        return Forecast(session, drafting, registry)
    if place == "inspection":
        from screens.inspection import Inspection

        return Inspection(session, drafting, registry)
    if place == "creation":
        from screens.creation import Creation

        return Creation(session, drafting, registry)
    if place == "actions":
        from screens.actions import Actions

        return Actions(session, drafting, registry)
    from screens.locking import Locking

    return Locking(session, drafting, registry)
