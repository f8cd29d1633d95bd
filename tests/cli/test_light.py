import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import MONDAY

SCREEN = frozenset({"textual", "rich", "textual_plotext", "plotext", "screens"})
FILES = frozenset({"openpyxl", "python_calamine", "charset_normalizer", "icalendar", "babel", "tomlkit"})
REST = frozenset({"holidays", "jinja2", "markupsafe", "dateutil", "asyncio", "ssl", "xml"})
HEAVY = SCREEN | FILES | REST

COMMANDS = {
    "--version": (),
    "--help": (),
    "prep": (),
    "actions": (),
    "actions --all --json": (),
    "history": (),
    "export --to csv --output -": (),
    "export --to json --output -": (),
    "export --to markdown --output -": ("jinja2", "markupsafe"),
}
"""Command to what it cannot do without."""

PROGRAM = """\
import sys
from tui.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
import json
print(json.dumps([name for name in sys.modules]), file=sys.stderr)
"""


def loaded(arguments, workspace):
    command = [sys.executable, "-c", PROGRAM, *arguments]
    environ = {"CLOSEOUT_WORKSPACE": str(workspace), "PYTHONPATH": ":".join(filter(None, sys.path))}
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environ, check=True)
    return json.loads(ran.stderr.splitlines()[-1])


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_a_command_without_a_screen_loads_nothing_that_only_others_need(command: str, demo_once: Path) -> None:
    arguments = command.split()
    if not command.startswith("--"):
        arguments += ["--as-of", MONDAY.isoformat()]
    tops = {name.split(".")[0] for name in loaded(arguments, demo_once)}
    assert tops & HEAVY <= set(COMMANDS[command])


def test_the_lobby_waits_for_no_other_screen_and_no_reader_of_files() -> None:
    program = "import sys, json, store.office, store.reviews, tui.app; print(json.dumps(list(sys.modules)))"
    environ = {"PYTHONPATH": ":".join(filter(None, sys.path))}
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environ, check=True)
    names = json.loads(ran.stdout)
    assert not {name.split(".")[0] for name in names} & (FILES | REST - {"asyncio", "ssl"})
    others = {
        "forecast",
        "inspection",
        "creation",
        "actions",
        "locking",
        "recap",
        "call",
        "setup",
        "mapping",
        "history",
    }
    assert not {name.removeprefix("screens.") for name in names} & others
    assert not [
        name for name in names if name.startswith(("store.crm", "store.exports", "review.decide", "screens.dialogs"))
    ]
