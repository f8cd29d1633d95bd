import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.errors import InUse
from store.lock import WorkspaceLock, holder

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from collections.abc import Iterator
from pathlib import Path
from store.lock import WorkspaceLock
lock = WorkspaceLock(Path(sys.argv[1]), "the review of 23 Nov")
lock.take()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", HOLD, str(tmp_path / ".lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_the_second_program_is_told_who_holds_the_workspace(tmp_path: Path, other: subprocess.Popen[bytes]) -> None:
    with pytest.raises(InUse) as told:
        WorkspaceLock(tmp_path / ".lock").take()
    assert told.value.status == 3
    assert told.value.pid == other.pid
    assert f"in use for the review of 23 Nov by another Closeout (process {other.pid})" in told.value.sentence
    assert "Close it there first, or watch it with “closeout follow”." in told.value.sentence


def test_the_lock_is_free_when_its_holder_is_killed(tmp_path: Path, other: subprocess.Popen[bytes]) -> None:
    other.send_signal(signal.SIGKILL)
    other.wait()
    with WorkspaceLock(tmp_path / ".lock", "an import") as lock:
        assert lock.held
        signed = holder(tmp_path / ".lock")
        assert signed
        assert signed.pid == os.getpid()


def test_one_program_does_not_take_it_twice_and_may_after_releasing(tmp_path: Path) -> None:
    first, second = WorkspaceLock(tmp_path / ".lock"), WorkspaceLock(tmp_path / ".lock")
    first.take()
    first.take()
    with pytest.raises(InUse):
        second.take()
    assert not second.held
    first.release()
    first.release()
    with second:
        assert second.held
    assert holder(tmp_path / ".lock") is None


def test_a_lock_file_with_rubbish_in_it_is_still_a_lock(tmp_path: Path) -> None:
    (tmp_path / ".lock").write_bytes(b"\xff{}")
    with WorkspaceLock(tmp_path / ".lock"):
        (tmp_path / ".lock").write_bytes(b"\xff{}")
        with pytest.raises(InUse, match="in use by another Closeout"):
            WorkspaceLock(tmp_path / ".lock").take()


def test_the_lock_file_is_its_owners_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with WorkspaceLock(tmp_path / "new" / ".lock"):
            assert (tmp_path / "new" / ".lock").stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)
