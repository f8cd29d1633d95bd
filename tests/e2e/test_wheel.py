import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
ROOMS = ("tui", "screens", "review", "store")

# One worker builds and installs the wheel once for all of them.
pytestmark = pytest.mark.xdist_group("wheel")

DEALS = """\
Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Amount,Stage,Forecast Category,Close Date,Created Date
006A1,Ten new lifts,Nordwind,Ada Blum,120000,Proposal,Commit,2026-12-18,2026-08-03
006A2,Service contract,Halm & Co,Ben Ode,48000.50,Negotiation,Best Case,2026-12-11,2026-07-20
006A3,Pilot,[Ørsted /x],Ada Blum,9000,Discovery,Pipeline,2027-01-29,2026-10-12
"""

LOADED = """\
import sys
from tui.cli.main import main
try:
    main({arguments!r})
except SystemExit as end:
    assert not end.code, end.code
print(sorted({{name.split(".")[0] for name in sys.modules}} & {{"textual", "rich"}}), file=sys.stderr)
"""


def run(*command: str | Path, cwd: Path, workspace: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing of this checkout in its environment, and show its output if it fails."""
    hidden = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CLOSEOUT_WORKSPACE")
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    if workspace:
        env["CLOSEOUT_WORKSPACE"] = str(workspace)
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an empty environment that holds only the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("empty")
    run(sys.executable, "-m", "venv", folder / "env", cwd=folder)
    programs = folder / "env" / "bin"
    constraints = ROOT / "constraints.txt"
    pip = (programs / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--constraint", constraints, wheel, cwd=folder)
    return programs


def test_the_wheel_holds_every_file_of_the_four_rooms_and_nothing_else(wheel: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z", *ROOMS], cwd=ROOT, capture_output=True, check=True).stdout
    tracked = {name for name in listed.decode().split("\0") if name}
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert tracked <= packed
    assert {name.split("/")[0] for name in packed} == set(ROOMS)


def test_the_installed_command_imports_prepares_and_exports(installed: Path, tmp_path: Path) -> None:
    closeout, workspace = installed / "closeout", tmp_path / "workspace"
    (tmp_path / "deals.csv").write_text(DEALS, encoding="utf-8")

    assert VERSION in run(closeout, "--version", cwd=tmp_path).stdout

    run(closeout, "--as-of", "2026-11-23", "import", "deals.csv", cwd=tmp_path, workspace=workspace)
    assert workspace.stat().st_mode & 0o777 == 0o700

    told = run(closeout, "prep", "--as-of", "2026-11-23", cwd=tmp_path, workspace=workspace).stdout
    assert "Nordwind" in told
    prepared = run(closeout, "prep", "--json", "--as-of", "2026-11-23", cwd=tmp_path, workspace=workspace).stdout
    assert "Nordwind" in json.dumps(json.loads(prepared), ensure_ascii=False)

    written = tmp_path / "out.csv"
    run(closeout, "export", "--to", "csv", "--all-open", "--output", written, cwd=tmp_path, workspace=workspace)
    assert written.is_file()


@pytest.mark.parametrize(
    "arguments", [["--version"], ["prep", "--json"], ["export", "--to", "csv", "--all-open", "--output", "-"]]
)
def test_a_command_that_opens_no_screen_does_not_load_textual(
    arguments: list[str], installed: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "workspace"
    (tmp_path / "deals.csv").write_text(DEALS, encoding="utf-8")
    run(installed / "closeout", "--as-of", "2026-11-23", "import", "deals.csv", cwd=tmp_path, workspace=workspace)
    script = LOADED.format(arguments=arguments)
    done = run(installed / "python", "-c", script, cwd=tmp_path, workspace=workspace)
    assert done.stderr.splitlines()[-1] == "[]"
