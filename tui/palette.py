"""The command palette: every command of the screen that is alive, by name."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.at_hand import at_hand
from tui.command import Command
from tui.registry import shown
from tui.room import RoomScreen


class Commands(Provider):
    """Offer what the registry has for the screen under the palette."""

    def _alive(self) -> list[tuple[Command, str, Callable[[], Coroutine[Any, Any, None]]]]:
        room = self.screen
        if not isinstance(room, RoomScreen):
            return []
        return [
            (command, title(command), partial(room.action_command, command.id))
            for command in room.registry.at(room.SCOPE)
            if command.id not in ("palette", "keys_mode") and at_hand(room, command)
        ]

    async def discover(self) -> Hits:
        """List all before anything is typed."""
        for command, name, run in self._alive():
            yield DiscoveryHit(name, run, command.title, help=command.tooltip)

    async def search(self, query: str) -> Hits:
        """Find commands by name."""
        matcher = self.matcher(query)
        for command, name, run in self._alive():
            score = matcher.match(f"{command.title} {command.tooltip}")
            if score > 0:
                yield Hit(score, Content(name), run, text=command.title, help=command.tooltip)


def title(command: Command) -> str:
    """Name a command with its keys."""
    keys = " ".join(shown(key) for key in command.keys)
    return f"{command.title.capitalize()}  {keys}".rstrip()
