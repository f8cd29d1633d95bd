"""What a command is: an id, its keys, what it does in words, and where it works."""

from typing import Final

from msgspec import Struct

from tui.widgets.data import Mode

KEYS: Final = frozenset({Mode.KEYS})
TYPE: Final = frozenset({Mode.TYPE})
BOTH: Final = KEYS | TYPE


class Command(Struct, frozen=True):
    """One thing that can be done."""

    id: str
    """Runs `action_<id>` of the screen, or of the app where the screen has none."""
    keys: tuple[str, ...]
    """Textual's names of the keys; the first is the one that is shown."""
    title: str
    tooltip: str
    where: frozenset[str]
    mode: frozenset[Mode] = KEYS
    footer_rank: int | None = None
    """How much it is wanted in the footer: 0 to 9 is the next key, the highest leaves first; None for help only."""
    typing_rank: int | None = None
    """The same while typing, for commands of both modes."""
    group: str = ""
    """Commands of one group share an entry in the footer, under this name."""
    unless: str = ""
    """Dead while a command of this group is available; may share its keys."""
