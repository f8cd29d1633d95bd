"""What is made from the table of commands: bindings, footer, help, key table – and people's own keys."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from textual.binding import Binding
from textual.keys import Keys

from tui.command import Command
from tui.commands import COMMANDS, EVERYWHERE, LIVE, SCOPES
from tui.widgets.data import Mode
from tui.widgets.footer import FooterEntry

FOOTER_KEYS: Final = 7
"""Entries that a footer has at most; the rest is in help."""
NEXT: Final = 1
"""Ranks up to here stand in front of all others."""
TYPED_KEYS: Final = frozenset(f"f{number}" for number in range(1, 10)) | {
    "enter", "escape", "tab", "shift+tab", "up", "down",
}  # fmt: skip
"""Keys that a line being typed lets through."""
_SHOWN: Final = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "space": "Space",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "comma": ",",
}


class Clash(Struct, frozen=True):
    """A key of somebody's own that cannot be given."""

    command: str
    key: str
    sentence: str


def shown(key: str) -> str:
    """Say how a key is written on screen."""
    if key in _SHOWN:
        return _SHOWN[key]
    if len(key) > 1 and key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return "+".join(part.capitalize() if len(part) > 1 else part for part in key.split("+")) if len(key) > 1 else key


def is_key(name: str) -> bool:
    """Tell whether a terminal can send a key of that name: a character, or one that has a name."""
    last = name.rpartition("+")[2] or name
    named = {key.value for key in Keys} | {key for command in COMMANDS for key in command.keys}
    return len(last) == 1 or name in named


def meet(one: Command, other: Command, key: str) -> bool:
    """Say whether both could answer the same key at the same moment."""
    if one is other or not (one.where & other.where and one.mode & other.mode):
        return False
    if (one.unless and one.unless == other.group) or (other.unless and other.unless == one.group):
        return False
    return key in one.keys and key in other.keys


class Registry:
    """The commands in force, by scope."""

    def __init__(self, commands: Iterable[Command] = COMMANDS) -> None:
        """Hold `commands` in their order."""
        self.commands = tuple(commands)

    def at(self, scope: str) -> tuple[Command, ...]:
        """Give the commands of a scope."""
        return tuple(command for command in self.commands if scope in command.where)

    def find(self, scope: str, command_id: str) -> Command | None:
        """Give a command of a scope by its id."""
        return next((command for command in self.at(scope) if command.id == command_id), None)

    def clashes(self) -> tuple[Clash, ...]:
        """Find keys that mean two things in one scope and mode."""
        return tuple(
            Clash(one.id, key, f"{shown(key)} is both “{one.title}” and “{other.title}”.")
            for at, one in enumerate(self.commands)
            for other in self.commands[at + 1 :]
            for key in one.keys
            if meet(one, other, key)
        )

    def remapped(self, keys: Mapping[str, str]) -> tuple["Registry", tuple[Clash, ...]]:
        """Give a registry with people's own keys, and what could not be done; such a command keeps its keys.

        `keys` maps a command's id to its keys, parted by spaces or commas, as in `closeout.toml`.
        """
        registry, refused = self, list[Clash]()
        for command_id, text in keys.items():
            wanted = (key if len(key) == 1 else key.lower() for key in text.replace(",", " ").split())
            tried, clash = registry._remap(command_id, tuple(wanted))
            refused.extend([clash] if clash else [])
            registry = tried if clash is None else registry
        return registry, tuple(refused)

    def _remap(self, command_id: str, keys: tuple[str, ...]) -> tuple["Registry", Clash | None]:
        mine = [command for command in self.commands if command.id == command_id]
        if not mine:
            return self, Clash(command_id, "", f"There is no command “{command_id}”; see the help for their names.")
        if not keys:
            return self, Clash(command_id, "", f"“{command_id}” needs a key.")
        unknown = next((key for key in keys if not is_key(key)), None)
        if unknown is not None:
            said = f"“{command_id}” keeps its keys: “{unknown}” is no key; take a letter, or F2 to F9."
            return self, Clash(command_id, unknown, said)
        if mine[0].mode == frozenset({Mode.TYPE}) and (letter := next((k for k in keys if k not in TYPED_KEYS), None)):
            sentence = f"“{command_id}” works while typing, so it cannot be on {shown(letter)}; take F2 to F9."
            return self, Clash(command_id, letter, sentence)
        tried = Registry(replace(c, keys=keys) if c.id == command_id else c for c in self.commands)
        fresh = next((clash for clash in tried.clashes() if clash not in self.clashes()), None)
        if fresh:
            sentence = f"“{command_id}” keeps its keys: {fresh.sentence}"
            return self, Clash(command_id, fresh.key, sentence)
        return tried, None

    def own_key(self, scope: str, mode: Mode, named: str, live: Callable[[Command], bool]) -> str:
        """Give the key that does here what the key called `named` does as the keys come."""
        for usual in STANDARD.at(scope):
            own = self.find(scope, usual.id)
            if own is None or own.keys == usual.keys or named not in map(shown, usual.keys) or not live(own):
                continue
            return named if named in map(shown, own.keys) else shown(_best(own, mode))
        return named

    def bindings(self, scope: str) -> list[Binding]:
        """Make the bindings of a screen."""
        return [
            Binding(
                "comma" if key == "," else key,
                f"command('{command.id}')",
                command.title,
                show=False,
                tooltip=command.tooltip,
                id=command.id,
            )
            for command in self.at(scope)
            for key in command.keys
        ]

    def footer(
        self,
        scope: str,
        mode: Mode,
        live: Callable[[Command], bool],
        wording: Mapping[str, str] | None = None,
        ranks: Mapping[str, int] | None = None,
    ) -> tuple[FooterEntry, ...]:
        """Choose what the footer shows: the most wanted live commands, in the table's order.

        `wording` and `ranks` say otherwise for a state, by the id of a command or group.
        """
        wording, ranks = wording or {}, ranks or {}
        grouped: dict[str, list[Command]] = {}
        for command in self.at(scope):
            rank = ranks.get(command.group or command.id, _rank(command, mode))
            if rank is not None and mode in command.mode and command.keys and live(command):
                grouped.setdefault(command.group or command.id, []).append(command)
        entries = [
            FooterEntry(
                keys=tuple((shown(_best(command, mode)), command.id) for command in commands),
                title=wording.get(name, name if commands[0].group else commands[0].title),
                rank=ranks.get(name, _rank(commands[0], mode) or 0),
                tooltip=commands[0].tooltip if len(commands) == 1 else "",
            )
            for name, commands in grouped.items()
        ]
        # Letters are text while one types: help is for the other state, and there it always stands.
        wanted = sorted(entries, key=lambda entry: (not (entry.helps and mode is Mode.KEYS), entry.rank))[:FOOTER_KEYS]
        # What a state makes the next key stands first, wherever the table has it.
        return tuple(sorted((entry for entry in entries if entry in wanted), key=lambda entry: entry.rank > NEXT))

    def help(self, scope: str) -> tuple[tuple[str, tuple[Command, ...]], ...]:
        """Give the commands of a scope under headings, the nearest first."""
        parts: dict[str, list[Command]] = {}
        for command in self.at(scope):
            if command.where == EVERYWHERE:
                title = "Everywhere"
            elif command.where >= LIVE:
                title = "During the hour"
            else:
                title = SCOPES[scope] if Mode.KEYS in command.mode else "While typing"
            parts.setdefault(title, []).append(command)
        order = (SCOPES.get(scope, scope), "While typing", "During the hour", "Everywhere")
        return tuple((title, tuple(parts[title])) for title in order if title in parts)

    def key_table(self) -> str:
        """Write the README's key table, in Markdown."""
        lines = ["| Where | Key | What it does |", "| --- | --- | --- |"]
        for command in self.commands:
            if command.keys:
                keys = " ".join(f"`{shown(key)}`" for key in command.keys)
                lines.append(f"| {places(command)} | {keys} | **{command.title}** – {command.tooltip} |")
        return "\n".join(lines) + "\n"


def places(command: Command) -> str:
    """Say where a command works."""
    if command.where == EVERYWHERE:
        where = "Everywhere"
    else:
        where = ", ".join(title for scope, title in SCOPES.items() if scope in command.where)
    return f"{where}, while typing" if command.mode == frozenset({Mode.TYPE}) else where


def _rank(command: Command, mode: Mode) -> int | None:
    """Give how much a command is wanted in the footer of a mode."""
    return command.typing_rank if mode is Mode.TYPE else command.footer_rank


def _best(command: Command, mode: Mode) -> str:
    """Choose the key to show: while typing never a letter."""
    if mode is Mode.TYPE:
        return next((key for key in command.keys if key in TYPED_KEYS), command.keys[0])
    return command.keys[0]


STANDARD: Final = Registry()
"""The keys as they come."""
