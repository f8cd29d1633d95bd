"""What help and palette offer: more than the keys of the moment, and nothing that would do nothing."""

from tui.command import Command
from tui.room import RoomScreen
from tui.widgets.data import Mode


def at_hand(room: RoomScreen, command: Command) -> bool:
    """Say whether it can be done now: while one types a letter can be clicked; without a line nothing can be typed."""
    return room.live(command) and bool(command.mode & {Mode.KEYS, room.mode})
