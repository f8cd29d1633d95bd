import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from store.errors import InUse
from store.lock import WorkspaceLock, holder
from store.workspace import Workspace
from tests.faults.driving import CLOSEOUT, REVIEW, facts_in, lives, opened, unsound
from tests.faults.places import office_of, promise, templates

pytestmark = pytest.mark.xdist_group("kills")

HOLD = """
import sys, time
from pathlib import Path
from store.lock import WorkspaceLock
lock = WorkspaceLock(Path(sys.argv[1]), "a review")
lock.take()
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return templates(tmp_path_factory.mktemp("made"))[True]


@pytest.fixture
def workspace(made: Workspace, tmp_path: Path) -> Workspace:
    workspace = Workspace(Path(shutil.copytree(made.root, tmp_path / "reviews")))
    lives(workspace)
    return workspace


def test_a_second_program_is_told_and_harms_nothing_and_the_dead_hold_no_lock(workspace: Workspace) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, workspace.lock], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        office = office_of(workspace)
        with pytest.raises(InUse, match=f"process {other.pid}"):
            office.running()
        with opened(workspace) as terminal:
            assert terminal.wait_end(timeout=60) == 3
            assert "in use" in " ".join(terminal.text().split())
        other.kill()
    # It was killed: its name still stands in the file, and the lock is free.
    who = holder(workspace.lock)
    assert who is not None
    assert who.pid == other.pid
    assert promise(office) is None
    office.finish()
    assert facts_in(workspace) == ["First", "Second"]
    assert unsound(workspace) == []


def test_a_lock_file_that_holds_nonsense_locks_nobody_out(workspace: Workspace) -> None:
    for text in (b"", b"{", b'{"pid":"x"}', b'{"pid":1,"what":"\xff"}', os.urandom(64)):
        workspace.lock.write_bytes(text)
        with WorkspaceLock(workspace.lock):
            pass


@pytest.fixture
def medium(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 4 MB."""
    if os.geteuid() != 0 or not sys.platform.startswith("linux"):
        pytest.skip("only root can mount a disk")
    folder = tmp_path / "medium"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], check=False, timeout=20).returncode:
        pytest.skip("nothing can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=False, timeout=20)


def test_a_disk_that_is_mounted_read_only_can_be_read_and_says_that_it_cannot_be_written(
    workspace: Workspace, medium: Path
) -> None:
    shutil.copytree(workspace.root, medium / "reviews")
    subprocess.run(["mount", "-o", "remount,ro", medium], check=True, timeout=20)
    on = ["--workspace", str(medium / "reviews")]
    read = subprocess.run([CLOSEOUT, *on, "actions"], capture_output=True, text=True, check=False, timeout=60)
    assert read.returncode == 0, read.stderr
    write = subprocess.run([CLOSEOUT, *on, "backup"], capture_output=True, text=True, check=False, timeout=60)
    assert write.returncode == 1
    assert "read-only" in write.stderr
    assert "Traceback" not in write.stderr
    with opened(Workspace(medium / "reviews")) as terminal:
        assert terminal.wait_end(timeout=60) == 1
        assert "read-only" in " ".join(terminal.text().split())


def test_a_disk_that_is_really_full_is_said_and_the_fact_is_saved_when_there_is_room(
    workspace: Workspace, medium: Path
) -> None:
    there = Workspace(Path(shutil.copytree(workspace.root, medium / "reviews")))
    with opened(there) as terminal:
        terminal.wait_for("▸ FORECAST", timeout=60)
        filler = medium / "filler"
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                pass
        terminal.press("f5")
        terminal.wait_for("Who does what")
        terminal.type("Later fri mb")
        terminal.wait_for("✓ Marcus")
        terminal.press("enter")
        terminal.wait_for("the disk is full: free some space")
        assert facts_in(there) == ["First"]
        filler.unlink()
        terminal.press("r")
        terminal.wait_for("Marcus: Later")
    assert facts_in(there) == ["First", "Later"]
    assert stat.S_IMODE(there.minutes(REVIEW).stat().st_mode) == 0o600
