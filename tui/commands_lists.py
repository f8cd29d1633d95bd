"""The commands of the pages that are one long list: the forecast call and the history."""

from typing import Final

from tui.command import KEYS, TYPE, Command

_CALL: Final = frozenset({"call"})
_LISTS: Final = frozenset({"call", "history"})
FORECAST_CALL: Final = (
    Command("trace", ("enter",), "its deals", "Show what the line rests on.", _CALL, KEYS, 0),
    Command("verify", ("v",), "verify", "You looked at the commit deal, or take that back.", _CALL, KEYS, 5),
    Command("pick", ("space",), "choose", "Choose a likely slip or pull-in, or take it off.", _CALL, KEYS, 10),
    Command("suppose", ("w",), "what if", "Let the deal slip or come in; nothing is written.", _CALL, KEYS, 15),
    Command("suppose_nothing", ("x",), "as it is", "End the what-if.", _CALL, KEYS, 16),
    Command("own_call", ("k",), "your own call", "State your own number beside the roll-up.", _CALL, KEYS, 20),
    Command("gap_plan", ("p",), "plan", "Write down how the gap is to be closed.", _CALL, KEYS, 40),
    Command("plan_commitment", ("c",), "commitment", "Who does what for the gap, by when.", _CALL, KEYS, 41),
    Command("factor", ("h",), "factor", "Set your factor of the historical forecast.", _CALL),
    Command("call_line_before", ("up",), "line above", "Go to the line above.", _LISTS, KEYS, 66, group="line"),
    Command("call_line_after", ("down",), "line below", "Go to the line below.", _LISTS, KEYS, 66, group="line"),
    Command("part_after", ("tab", "pagedown"), "next part", "Go to the next heading.", _LISTS, KEYS, 67),
    Command("part_before", ("shift+tab", "pageup"), "part before", "Go to the heading before.", _LISTS),
    Command("close_call", ("q", "escape"), "back", "Leave the forecast call.", _CALL, KEYS, 18),
)

_HISTORY: Final = frozenset({"history"})
HISTORY: Final = (
    Command("open_line", ("enter",), "open", "Read the recap of the review, or the deal’s story.", _HISTORY, KEYS, 0),
    Command("search", ("/", "s"), "search", "Past steps, actions, recaps and deals.", _HISTORY, KEYS, 10),
    Command("to_found", ("enter",), "to what was found", "Go on in the list below.", _HISTORY, TYPE, typing_rank=0),
    Command("over_time", ("g",), "over time", "The team’s figures at every review.", _HISTORY, KEYS, 12),
    Command("compare", ("c",), "compare", "What changed between two locks.", _HISTORY, KEYS, 14),
    Command("mark_lock", ("space",), "other lock", "Choose the lock to compare with.", _HISTORY, KEYS, 16),
    Command("longer", ("z",), "longer", "A quarter, a year, or every review.", _HISTORY, KEYS, 15),
    Command("quarter_before", ("left",), "earlier", "The quarter before.", _HISTORY, KEYS, 20, group="quarter"),
    Command("quarter_after", ("right",), "later", "The quarter after.", _HISTORY, KEYS, 20, group="quarter"),
    Command("team_figures", ("t",), "team figures", "The health figures of the team.", _HISTORY, KEYS, 30),
    Command("people", ("P",), "people", "What rates people, for you alone; asks first.", _HISTORY),
    Command("close_history", ("q", "escape"), "back", "Go back to where you were.", _HISTORY, KEYS, 18),
)
