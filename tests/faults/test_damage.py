import shutil
from pathlib import Path

import pytest

from review.ports import Draft
from store import backup, check
from store.drafts import DraftFile
from store.workspace import Workspace
from tests.faults.damage import DRAFTED, damages, every_byte, files_of
from tests.faults.driving import REVIEW, unsound
from tests.faults.places import NOON, batches_in, templates


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = templates(tmp_path_factory.mktemp("made"))[True]
    DraftFile(workspace.draft(REVIEW)).keep(Draft(texts=DRAFTED))
    return workspace


@pytest.fixture
def workspace(made: Workspace, tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(made.root, tmp_path / "reviews")))


def test_no_damage_to_any_file_is_silent_and_repair_mends_it(workspace: Workspace) -> None:
    names = files_of(workspace)
    assert len(names) >= 6
    for name in names:
        tally = damages(workspace, name, cuts=6, flips=4)
        assert tally.lost == ()
        assert tally.runs >= 10
        assert every_byte(workspace, name).lost == ()


def test_what_was_packed_comes_back_whatever_happened_to_the_folder(workspace: Workspace, tmp_path: Path) -> None:
    before = batches_in(workspace)
    packed = backup.backup(workspace, NOON, tmp_path / "backup.tar.gz")
    for name in files_of(workspace):
        (workspace.root / name).write_bytes(b"\0" * 100)
    backup.restore(workspace, packed, NOON)
    assert batches_in(workspace) == before
    assert [finding for finding in check.check(workspace) if finding.file in map(str, files_of(workspace))] == []
    assert unsound(workspace) == []
