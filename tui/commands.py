"""Every command there is, as one table: bindings, footer, palette, help and the README's key table are made from it.

To add one, add a line to the group of its screen. Lines stand in the order in which the footer shows them.
"""

from typing import Final

from tui.command import BOTH, KEYS, TYPE, Command
from tui.commands_beside import BESIDE
from tui.commands_lists import FORECAST_CALL, HISTORY

LIVE: Final = frozenset({"forecast", "inspection", "creation", "actions"})
"""The sections of the running hour."""
MEETING: Final = LIVE | {"lock"}
SCOPES: Final = {
    "setup": "Setting up",
    "lobby": "Lobby",
    "forecast": "Forecast",
    "inspection": "Inspection",
    "creation": "Creation",
    "actions": "Actions",
    "lock": "Lock",
    "recap": "Recap",
    "call": "Forecast call",
    "history": "History",
    "follow": "Following",
    "chair": "Your own terminal",
}
"""Every scope and how it is called."""
EVERYWHERE: Final = frozenset(SCOPES)


def _on(*scopes: str) -> frozenset[str]:
    return frozenset(scopes)


_SETUP: Final = _on("setup")
SETUP: Final = (
    Command("take", ("enter",), "take it", "Take the line as it stands.", _SETUP, TYPE, typing_rank=0),
    Command("type", ("enter", "i"), "go on", "Go on at the line where you were.", _SETUP, KEYS, 0),
    Command("begin", ("f2", "s"), "start with what is there", "Leave the rest for later.", _SETUP, BOTH, 5, 5),
    Command("line_before", ("up", "k"), "line before", "Go on at the line before.", _SETUP),
    Command("line_after", ("down", "j"), "next line", "Go on at the line after.", _SETUP),
    Command("earlier", ("f6",), "earlier", "Move the stage up in the order.", _SETUP, TYPE, None, 20, "move the stage"),
    Command("later", ("f7",), "later", "Move the stage down in the order.", _SETUP, TYPE, None, 20, "move the stage"),
    Command("put_off", ("q",), "not now", "Leave without taking anything.", _SETUP, KEYS, 50),
)

LOBBY: Final = (
    Command("start", ("enter",), "start the review", "Begin the hour with the first section.", _on("lobby"), KEYS, 0),
    Command("who", ("h",), "who is here", "Say who is in the room.", _on("lobby"), KEYS, 10),
    Command("edit_queue", ("e",), "edit the queue", "Move deals up, down, in or out.", _on("lobby"), KEYS, 20),
    Command("import_file", ("i",), "import", "Read in a newer export from the CRM.", _on("lobby"), KEYS, 30),
    Command("answers", ("a",), "answers", "Read in the sheets that the reps filled in.", _on("lobby"), KEYS, 35),
    Command("set_up", ("s",), "settings", "Change team, stages, figures and times.", _on("lobby"), KEYS, 70),
    Command("call", ("f",), "forecast call", "Open the forecast call, for you alone.", _on("lobby"), KEYS, 80),
    Command("leave_lobby", ("q",), "leave", "Leave the program; nothing is lost.", _on("lobby"), KEYS, 84),
    Command("explain", ("w",), "why", "What is said here rests on these facts.", _on("lobby", "recap")),
    Command("history", ("y",), "history", "Past reviews, the team’s figures, search.", _on("lobby", "recap"), KEYS, 82),
)

_VERDICTS: Final = _on("forecast", "inspection")
VERDICTS: Final = (
    Command("verdict_done", ("d",), "done", "The promise was kept.", _VERDICTS, KEYS, 0, group="verdict"),
    Command(
        "verdict_buyer", ("b",), "the buyer did it", "Kept, and the buyer acted.", _VERDICTS, KEYS, 0, group="verdict"
    ),
    Command("verdict_moved", ("m",), "moved", "Give the promise a new date.", _VERDICTS, KEYS, 0, group="verdict"),
    Command("verdict_missed", ("x",), "not done", "The promise was not kept.", _VERDICTS, KEYS, 0, group="verdict"),
    Command(
        "verdict_void", ("n",), "no longer needed", "It needs no answer any more.", _VERDICTS, KEYS, 0, group="verdict"
    ),
    Command(
        "verdict_keep",
        ("k",),
        "keep",
        "Carried often: it stands until the next review.",
        _on("forecast"),
        KEYS,
        0,
        group="verdict",
    ),
)

FORECAST: Final = (
    Command("commit", ("s",), "commit", "Say the number for the quarter.", _on("forecast"), KEYS, 5),
    Command(
        "forward",
        ("enter",),
        "go on",
        "Keep last week’s number, or go on to the next rep.",
        _on("forecast"),
        KEYS,
        1,
        group="settle",
    ),
    Command("next_call", ("f",), "next period", "Say the number for the next period.", _on("forecast"), KEYS, 13),
    Command("best_case", ("b",), "best case", "Correct the best case.", _on("forecast"), KEYS, 12, unless="verdict"),
    Command(
        "promise_before", ("up",), "promise above", "Go to it.", _on("forecast"), KEYS, 18, group="choose a promise"
    ),
    Command(
        "promise_after", ("down",), "promise below", "Go to it.", _on("forecast"), KEYS, 18, group="choose a promise"
    ),
    Command("next_rep", ("tab",), "next rep", "Go on to the next rep.", _on("forecast"), KEYS, 15),
    Command("previous_rep", ("shift+tab",), "rep before", "Go back to the rep before.", _on("forecast")),
)

INSPECTION: Final = (
    Command("step", ("s",), "type the step", "Go straight to the line for the next step.", _on("inspection"), KEYS, 5),
    Command(
        "close_out",
        ("enter",),
        "close out",
        "Take the step and go on.",
        _on("inspection"),
        TYPE,
        typing_rank=0,
        group="close out",
    ),
    Command(
        "add_person",
        ("enter",),
        "add somebody",
        "Add who is meant on the spot.",
        _on("inspection"),
        TYPE,
        unless="close out",
    ),
    Command(
        "take_offer",
        ("tab",),
        "take what is offered",
        "Last week’s step to edit, the owner a name means, a working day.",
        _on("inspection"),
        TYPE,
    ),
    Command(
        "type", ("enter", "i"), "type", "Type in the next empty line.", LIVE - {"actions"}, KEYS, 61, unless="settle"
    ),
    Command(
        "previous_deal", ("up", "k"), "deal before", "Go to the deal before.", _on("inspection"), KEYS, 66, group="deal"
    ),
    Command(
        "next_deal", ("down", "j"), "next deal", "Go to the deal after.", _on("inspection"), KEYS, 66, group="deal"
    ),
    Command("offline", ("o", "f8"), "take offline", "Settle the deal after the meeting.", _on("inspection"), BOTH),
    Command("next_question", ("+",), "next question", "Ask one more question.", _on("inspection")),
    Command("questions", ("q",), "all questions", "Choose any of the questions.", _on("inspection")),
    Command("marks", ("m",), "marks", "Go through the deal’s marks.", _on("inspection"), unless="verdict"),
    Command("verdicts", ("v",), "verdicts", "Say whether last week’s promises were kept.", _on("inspection")),
    Command("why", ("y",), "why", "What is said here rests on these facts.", MEETING - {"creation"}),
    Command("queue", ("a",), "whole queue", "Jump to a deal, put one in, move, take out.", _on("inspection")),
    Command("exception", ("g",), "grant an exception", "Keep it in commit, with a printed reason.", _on("inspection")),
)

_CREATION: Final = _on("creation")
CREATION: Final = (
    Command(
        "settle", ("enter",), "next", "The new deal’s marks were gone through.", _CREATION, KEYS, 0, group="settle"
    ),
    Command("mark_event", ("v",), "event", "Is there a compelling event? Yes, no, not known.", _CREATION, KEYS, 5),
    Command("mark_buyer", ("b",), "economic buyer", "Say whether the economic buyer is named.", _CREATION, KEYS, 6),
    Command(
        "vanish_renamed", ("m",), "renamed", "It goes on as the new deal.", _CREATION, KEYS, 1, group="where it went"
    ),
    Command("vanish_won", ("w",), "won", "The vanished deal was won.", _CREATION, KEYS, 1, group="where it went"),
    Command("vanish_lost", ("l",), "lost", "The vanished deal was lost.", _CREATION, KEYS, 1, group="where it went"),
    Command(
        "vanish_filtered", ("f",), "filtered", "The report leaves it out.", _CREATION, KEYS, 1, group="where it went"
    ),
    Command(
        "vanish_deleted", ("d",), "deleted", "It was deleted in the CRM.", _CREATION, KEYS, 1, group="where it went"
    ),
    Command("vanish_later", ("n",), "ask later", "Nobody knows today.", _CREATION, KEYS, 1, group="where it went"),
    Command("basis", ("x",), "its deals", "Show the deals behind every figure.", _CREATION, KEYS, 20),
    Command("loss_reason", ("a",), "reason", "Choose why the deal was lost.", _CREATION, KEYS, 4),
    Command("item_before", ("up", "k"), "item before", "Go to the item above.", _CREATION, KEYS, 67, group="item"),
    Command("item_after", ("down", "j"), "next item", "Go to the item below.", _CREATION, KEYS, 67, group="item"),
)

ACTIONS: Final = (
    Command("heard", ("enter",), "heard, next owner", "All were read aloud; go on.", _on("actions"), KEYS, 0),
    Command(
        "line_up", ("up", "k"), "line above", "Choose the line above.", _on("actions"), KEYS, 10, group="choose a line"
    ),
    Command("line_down", ("down", "j"), "line below", "Choose it.", _on("actions"), KEYS, 10, group="choose a line"),
    Command("leave_cause", ("n",), "leave it", "Nobody mends the cause this week.", _on("actions"), KEYS, 5),
    Command("mend", ("m",), "mend", "Change the chosen commitment.", _on("actions"), KEYS, 20),
    Command("drop_line", ("x",), "drop", "Drop the chosen commitment, with a note.", _on("actions"), KEYS, 70),
    Command("worth_copying", ("w",), "worth copying", "One behaviour that others can copy.", _on("actions"), KEYS, 71),
    Command("add", ("+",), "add", "Add a line.", _on("actions"), KEYS, 30),
    Command("owner_before", ("backspace",), "owner before", "Go back to the owner before.", _on("actions"), KEYS, 40),
)

LOCK: Final = (
    Command("lock", ("enter",), "lock", "Freeze the forecast and finish the hour.", _on("lock"), KEYS, 0),
    Command("lock_back", ("backspace",), "back to actions", "Go back and mend what is open.", _on("lock"), KEYS, 20),
    Command("set_aside", ("x",), "set it aside", "Keep the review without holding it: no lock, no recap.", _on("lock")),
)

RECAP: Final = (
    Command("copy_line", ("c",), "copy the line", "Copy the line that sums up the hour.", _on("recap"), KEYS, 0),
    Command(
        "preview",
        ("p",),
        "preview an export",
        "Look at an export; save it, or only what is new.",
        _on("recap"),
        KEYS,
        10,
    ),
    Command("timeline", ("t",), "the hour", "What was decided, section by section.", _on("recap"), KEYS, 15),
    Command("amend", ("a",), "amend", "Correct something after the lock.", _on("recap"), KEYS, 20),
    Command("call", ("f",), "forecast call", "Open the forecast call, for you alone.", _on("recap"), KEYS, 30),
    Command("leave", ("q", "escape"), "leave", "Leave the review.", _on("recap"), KEYS, 50),
)

WHILE_TYPING: Final = (
    Command("evidence", ("f2", "e"), "evidence", "Who confirmed the date; the paper.", _on("inspection"), BOTH, 20, 20),
    Command("end_deal", ("f3",), "end", "Won, lost or gone.", _on("inspection"), BOTH, None, 59),
    Command("park", ("f4",), "park", "Its rep completes the step by tomorrow.", _on("inspection"), BOTH, 25, 25),
    Command("commitment", ("f5", "c"), "commitment", "Write down who does what by when.", LIVE, BOTH, 64, 58),
    Command("category", ("f6",), "category", "Move the deal to another category.", _on("inspection"), BOTH, 70, 55),
    Command("change", ("f7",), "change", "Change amount, date or stage.", _on("inspection"), BOTH, 71, 57),
    Command(
        "keys_mode",
        ("escape",),
        "keys",
        "Leave the line; letters are commands again.",
        EVERYWHERE,
        TYPE,
        typing_rank=10,
    ),
)

_SAYING: Final = _on("forecast", "creation", "actions")
WHILE_SAYING: Final = (
    Command("take", ("enter",), "take it", "Take the line as it stands.", _SAYING, TYPE, typing_rank=0),
)

_PAGES: Final = _on("lobby", "lock", "recap", "chair")
GLOBAL: Final = (
    Command("look_up", ("up", "pageup"), "scroll up", "Show what stands above.", _PAGES),
    Command("look_down", ("down", "pagedown"), "scroll down", "Show what stands below.", _PAGES),
    Command("retry", ("r",), "try again", "Save what could not be saved.", MEETING | {"recap", "call"}, KEYS, 1),
    Command("sweep", ("S",), "sweep", "One line for each deal still without a step.", MEETING - {"forecast"}),
    Command("undo", ("u",), "undo", "Take back the last decision.", MEETING, KEYS, 65),
    Command("redo", ("U",), "redo", "Do again what was undone.", MEETING),
    Command("who", ("h",), "who is here", "Somebody came or left; their deals follow.", LIVE),
    Command("import_file", ("I",), "import", "Read in a newer export; decisions and the queue stand.", LIVE),
    Command("pause", ("p",), "pause", "Stop the clock, or let it run again.", LIVE),
    Command("time", ("t",), "time", "More or less time for this section, or catch up.", LIVE),
    Command("next_section", (">",), "next section", "Go on to the next section.", LIVE),
    Command("previous_section", ("<",), "section before", "Go back to the section before.", MEETING),
    Command(
        "back_row",
        ("f9",),
        "back row",
        "The time and the question, very large.",
        LIVE | {"lobby", "follow"},
        BOTH,
        62,
        80,
    ),
    Command("help", ("?", "f1"), "help", "Every key of this screen.", EVERYWHERE, BOTH, 60, 81),
    Command("palette", ("ctrl+p",), "all commands", "Find a command by its name.", EVERYWHERE, BOTH),
    Command("theme", (), "dark or light", "Change between dark and light colours.", EVERYWHERE, BOTH),
    Command("quit", ("ctrl+q",), "quit", "Leave the program; nothing is lost.", EVERYWHERE, BOTH),
)

_HOUR: Final = VERDICTS + FORECAST + INSPECTION + CREATION + ACTIONS + LOCK
COMMANDS: Final = (
    SETUP + LOBBY + _HOUR + RECAP + FORECAST_CALL + HISTORY + BESIDE + WHILE_SAYING + WHILE_TYPING + GLOBAL
)
"""The whole table."""
