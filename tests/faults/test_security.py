import gzip
import os
import shutil
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from store import backup
from store.errors import Refused
from store.workspace import Workspace
from tests.faults.places import NOON, office_of, promise, templates
from tests.faults.room import app_on, said
from tui.cli.main import closeout

EVERY = (
    ("prep", "--json"), ("prep",), ("actions",), ("history",), ("check",), ("backup",),
    ("export", "2026-11-16", "--to", "csv"), ("export", "2026-11-16", "--to", "markdown"), ("export", "--to", "csv"),
)  # fmt: skip


def run(workspace: Workspace, *arguments: str | Path):
    options = ["--workspace", str(workspace.root), "--as-of", "2026-11-23", *map(str, arguments)]
    return CliRunner().invoke(closeout, options, prog_name="closeout")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Workspace]:
    return templates(tmp_path_factory.mktemp("made"))


@pytest.fixture
def workspace(made, tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(made[True].root, tmp_path / "reviews")))


def modes(root: Path) -> set[tuple[str, str]]:
    """Give who may do what, for everything in the workspace."""
    found = [root, *root.rglob("*")]
    return {("folder" if path.is_dir() else "file", oct(path.stat().st_mode & 0o777)) for path in found}


async def test_every_file_and_folder_is_its_owners_only_also_under_a_loose_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        workspace = templates(tmp_path)[True]
        office = office_of(workspace)
        promise(office)
        office.finish()
        async with app_on(workspace) as (app, pilot, _):
            await pilot.press("s", "1", "2")
            app.drafting.flush()
        for arguments in (*EVERY, ("--verbose", "actions")):
            assert run(workspace, *arguments).exit_code == 0, arguments
        backup.restore(workspace, backup.backup(workspace, NOON), NOON)
    finally:
        os.umask(before)
    assert modes(workspace.root) == {("folder", "0o700"), ("file", "0o600")}


async def test_nothing_opens_a_connection(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def refused(*args, **kwargs):
        tried.append(args)
        raise AssertionError("a connection was tried")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    for name in ("getaddrinfo", "create_connection", "gethostbyname"):
        monkeypatch.setattr(socket, name, refused)
    for arguments in EVERY:
        result = run(workspace, *arguments)
        assert result.exit_code == 0, (arguments, result.output)
    async with app_on(workspace) as (app, pilot, _):
        for _ in range(4):
            await pilot.press(">")
            await pilot.pause()
        assert "Closeout" in said(app)
    assert tried == []


def test_names_of_people_and_reviews_lead_no_file_out_of_its_folder(made, tmp_path: Path) -> None:
    workspace = Workspace(Path(shutil.copytree(made[False].root, tmp_path / "reviews")))
    text = workspace.settings.read_text()
    workspace.settings.write_text(text.replace('name = "Marcus Bell"', 'name = "../../../escaped/Marcus"'))
    before = {path for path in tmp_path.rglob("*") if workspace.root not in path.parents}
    sheets = workspace.root / "sheets"
    assert run(workspace, "prep", "--sheets", sheets).exit_code == 0
    assert {path for path in tmp_path.rglob("*") if workspace.root not in path.parents} == before
    assert all(path.parent == sheets for path in sheets.rglob("*") if path.is_file())
    for bad in ("../../etc", "2026-11-16/../../x", "..", "2026-11-16\0"):
        assert run(workspace, "export", bad, "--to", "csv").exit_code == 1


def test_a_backup_that_unpacks_to_more_than_any_workspace_is_refused(workspace, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(backup, "LARGEST", 1 << 20)
    bomb = tmp_path / "bomb.tar.gz"
    with gzip.open(bomb, "wb", compresslevel=9) as packed:
        for _ in range(64):
            packed.write(bytes(1 << 20))
    assert bomb.stat().st_size < 1 << 17
    with pytest.raises(Refused, match="larger than any backup"):
        backup.restore(workspace, bomb, NOON)
