"""The commands of the second terminals: following the room, and the manager's own."""

from typing import Final

from tui.command import BOTH, KEYS, Command

FOLLOW: Final = (
    Command("close_follow", ("q",), "leave", "Leave; the review goes on.", frozenset({"follow"}), KEYS, 50),
)

_CHAIR: Final = frozenset({"chair"})
CHAIR: Final = (
    Command("private_note", ("n",), "note", "Write down what you saw.", _CHAIR, KEYS, 0),
    Command("their_words", ("w",), "their words", "What the rep undertakes, as the rep says it.", _CHAIR, KEYS, 10),
    Command("private_focus", ("f",), "focus", "The one thing to work on with this rep.", _CHAIR, KEYS, 20),
    Command("private_question", ("a",), "ask next time", "A question for the next talk.", _CHAIR, KEYS, 30),
    Command("settle_entry", ("x",), "settle", "Asked, reached, done – or struck out.", _CHAIR, KEYS, 40),
    Command("other_rep", ("tab",), "next rep", "Look at another rep.", _CHAIR, KEYS, 50, group="rep"),
    Command("rep_before", ("shift+tab",), "rep before", "Look at the rep before.", _CHAIR),
    Command("with_room", (".",), "with the room", "Show whoever the room is on again.", _CHAIR, KEYS, 5),
    Command("call", ("c",), "forecast call", "Read the forecast call.", _CHAIR, KEYS, 60),
    Command("one_to_one", ("s",), "sheet", "Write the one-to-one sheet into the private folder.", _CHAIR),
    Command("blank", ("f9",), "blank", "Show nothing; its key, or a double click, shows it again.", _CHAIR, BOTH, 3, 3),
    Command("close_chair", ("q",), "leave", "Leave your own terminal; the review goes on.", _CHAIR),
)

BESIDE: Final = FOLLOW + CHAIR
"""Both."""
