import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from store.lock import WorkspaceLock
from store.workspace import Workspace
from tui.cli.main import COMMANDS, closeout, unexpected

ROOT = Path(__file__).resolve().parents[2]


def process(*arguments: str, workspace: Path, script: str = "from tui.cli.main import main; main()"):
    env = {**os.environ, "CLOSEOUT_WORKSPACE": str(workspace), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", script, *arguments], env=env, capture_output=True, text=True, check=False, timeout=60
    )


def test_every_command_is_listed_with_what_it_does(run) -> None:
    text = run("--help").output
    for name in COMMANDS:
        command = closeout.get_command(click.Context(closeout), name)
        assert command is not None
        assert command.get_short_help_str()
        assert f"  {name} " in text


def test_an_unknown_command_is_wrong_usage(run) -> None:
    assert run("dance").exit_code == 2


def test_a_fault_of_the_program_is_one_sentence_and_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    unexpected(KeyError, KeyError("a\nb"), None)
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "What was saved is safe." in said


def test_a_reader_that_goes_away_is_no_fault(demo: Path) -> None:
    script = "import os\nos.close(1)\nr, w = os.pipe()\nos.close(r)\nfrom tui.cli.main import main; main()"
    done = process("prep", "--as-of", "2026-11-23", workspace=demo, script=script)
    assert "Traceback" not in done.stderr


def test_without_a_terminal_the_screen_is_refused_in_a_sentence(run, demo: Path) -> None:
    result = run()
    assert result.exit_code == 1
    assert "run it in a terminal" in result.stderr


def test_a_workspace_that_another_program_holds_ends_with_status_3(run, demo: Path, deals: Path) -> None:
    with WorkspaceLock(Workspace(demo).lock, "an import"):
        done = process("import", str(deals), "--as-of", "2026-11-23", workspace=demo)
    assert done.returncode == 3
    assert "in use for an import" in done.stderr
    assert done.stdout == ""


def test_a_mistake_in_the_settings_is_told_with_its_line(run, demo: Path) -> None:
    settings = demo / "closeout.toml"
    settings.write_text("currency = 7\n")
    result = run("prep", "--as-of", "2026-11-23")
    assert result.exit_code == 1
    assert "closeout.toml, line 1" in result.stderr


def test_check_finds_every_file_of_the_demonstration_sound(run, demo: Path) -> None:
    result = run("check")
    assert (result.exit_code, result.output) == (0, "Every file is sound.\n")


def test_check_tells_of_damage_and_repair_mends_it(run, demo: Path) -> None:
    desk = demo / "desk.json"
    desk.write_bytes(desk.read_bytes()[:-40])
    found = run("check")
    assert found.exit_code == 1
    assert "desk.json" in found.output
    assert run("check", "--repair").exit_code == 0
    assert run("check").output == "Every file is sound.\n"


def test_a_backup_can_be_put_back(run, demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "saved.tar.gz"
    before = run("prep", "--as-of", "2026-11-23").output
    assert run("backup", file).exit_code == 0
    for path in (demo / "reviews").iterdir():
        path.unlink()
    result = run("restore", file)
    assert result.exit_code == 0
    assert "What was there before is in" in result.output
    assert run("prep", "--as-of", "2026-11-23").output == before


def test_verbose_says_where_it_works(run, demo: Path) -> None:
    assert str(demo) in run("prep", "--verbose", "--as-of", "2026-11-23").stderr
