"""What shows between two reviews."""

from review.errors import CloseoutError
from review.ports import Office
from screens.lobby import Lobby
from tui.registry import Registry
from tui.room import RoomScreen


def between_reviews(office: Office, registry: Registry) -> RoomScreen:
    """Give the lobby of the next review, or setting up where that was never done."""
    try:
        opening = office.opening()
    except CloseoutError:
        # The lobby says what is wrong, and reads again when it is mended.
        return Lobby(office, registry)
    if opening.outlook.export and not opening.set_up:
        from screens.setup import SettingUp

        return SettingUp(office, registry)
    return Lobby(office, registry, opening)
