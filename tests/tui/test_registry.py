import pytest
from msgspec.structs import replace
from textual.app import App
from textual.screen import Screen

from tui.command import Command
from tui.commands import COMMANDS, SCOPES
from tui.registry import STANDARD, TYPED_KEYS, Registry, shown
from tui.widgets.data import Mode

each = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)


def titles(scope: str, mode: Mode, *dead: str) -> list[str]:
    return [entry.title for entry in STANDARD.footer(scope, mode, lambda command: command.id not in dead)]


@each
def test_a_command_has_a_title_and_says_what_it_does(command: Command) -> None:
    assert command.title
    assert command.tooltip.endswith(".")
    assert command.where
    assert command.where <= set(SCOPES)


@each
def test_what_works_while_typing_has_a_key_that_is_no_letter(command: Command) -> None:
    if Mode.TYPE in command.mode and command.keys:
        assert set(command.keys) & (TYPED_KEYS | {"ctrl+p", "ctrl+q"})


@each
def test_a_command_needs_no_chord_that_a_terminal_takes(command: Command) -> None:
    assert not [key for key in command.keys if "alt+" in key or (key.startswith("ctrl+") and key[5:] not in "pq")]


def test_no_key_means_two_things_at_once() -> None:
    assert STANDARD.clashes() == ()


def test_a_clash_would_be_found() -> None:
    twice = Command("again", ("s",), "again", "Once more.", frozenset({"inspection"}))
    assert [clash.key for clash in Registry((*COMMANDS, twice)).clashes()] == ["s"]


@pytest.mark.parametrize("scope", SCOPES)
def test_an_id_stands_once_in_a_scope(scope: str) -> None:
    ids = [command.id for command in STANDARD.at(scope)]
    assert len(set(ids)) == len(ids)


def test_ids_take_no_action_of_textual_by_accident() -> None:
    taken = [c.id for c in COMMANDS if hasattr(App, f"action_{c.id}") or hasattr(Screen, f"action_{c.id}")]
    assert set(taken) <= {"quit"}


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("mode", Mode)
def test_a_footer_has_at_most_seven_entries(scope: str, mode: Mode) -> None:
    assert len(titles(scope, mode)) <= 7


def test_the_footer_of_the_pictures() -> None:
    typing = ["evidence", "park", "commitment", "category", "change", "keys"]
    assert titles("inspection", Mode.TYPE) == ["close out", *typing]
    assert titles("inspection", Mode.TYPE, "close_out") == ["evidence", "end", *typing[1:]]
    lobby = ["start the review", "who is here", "edit the queue", "import", "leave", "back row", "help"]
    assert titles("lobby", Mode.KEYS, "answers", "set_up", "call", "history") == lobby
    actions = ["heard, next owner", "choose a line", "mend", "add", "owner before", "back row", "help"]
    assert titles("actions", Mode.KEYS, "retry", "leave_cause") == actions


def test_the_five_verdicts_are_one_entry() -> None:
    first = STANDARD.footer("forecast", Mode.KEYS, lambda command: command.id != "verdict_keep")[0]
    assert (first.legend, first.title) == ("d b m x n", "verdict")


def test_what_a_state_makes_the_next_key_stands_first() -> None:
    live = {"commit", "next_section"}
    entries = STANDARD.footer("forecast", Mode.KEYS, lambda command: command.id in live, {}, {"next_section": 0})
    assert [entry.legend for entry in entries] == [">", "s"]


def test_while_typing_a_letter_is_never_shown() -> None:
    legends = [entry.legend for scope in SCOPES for entry in STANDARD.footer(scope, Mode.TYPE, lambda _: True)]
    assert not [legend for legend in legends if len(legend) == 1]


def test_a_key_of_ones_own_is_taken() -> None:
    registry, refused = STANDARD.remapped({"offline": "o", "park": "f8, z"})
    park = registry.find("inspection", "park")
    assert refused == ()
    assert park is not None
    assert park.keys == ("f8", "z")
    assert any(binding.key == "f8,z" or binding.key == "f8" for binding in registry.bindings("inspection"))


@pytest.mark.parametrize(
    ("command", "key", "says"),
    [
        ("park", "s", "“type the step”"),
        ("nothing", "z", "There is no command “nothing”"),
        ("close_out", "z", "works while typing"),
        ("park", "", "needs a key"),
        ("park", "f99", "“f99” is no key"),
    ],
)
def test_a_key_that_cannot_be_given_is_named_and_the_old_one_stays(command: str, key: str, says: str) -> None:
    registry, refused = STANDARD.remapped({command: key, "offline": "z"})
    assert [clash.command for clash in refused] == [command]
    assert says in refused[0].sentence
    park = registry.find("inspection", "park")
    assert park is not None
    assert park.keys == ("f4",)
    offline = registry.find("inspection", "offline")
    assert offline is not None
    assert offline.keys == ("z",)


def test_the_key_table_has_a_line_for_every_key() -> None:
    table = STANDARD.key_table()
    assert table.count("\n") == 2 + sum(bool(command.keys) for command in COMMANDS)
    assert "| Inspection, while typing | `Enter` | **close out** – Take the step and go on. |" in table


def test_help_names_every_command_of_a_screen_once() -> None:
    for scope in SCOPES:
        told = [command.id for _, commands in STANDARD.help(scope) for command in commands]
        assert sorted(told) == sorted(command.id for command in STANDARD.at(scope))


@pytest.mark.parametrize(
    ("key", "text"), [("enter", "Enter"), ("escape", "Esc"), ("f2", "F2"), ("ctrl+p", "Ctrl+p"), ("?", "?"), ("U", "U")]
)
def test_keys_are_written_as_on_a_keyboard(key: str, text: str) -> None:
    assert shown(key) == text


def test_a_command_may_share_its_key_with_a_group_it_yields_to() -> None:
    marks = STANDARD.find("inspection", "marks")
    assert marks is not None
    assert marks.unless == "verdict"
    others = [command for command in COMMANDS if command.id != "marks"]
    assert Registry((*others, replace(marks, unless=""))).clashes()
