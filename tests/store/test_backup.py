import os
import tarfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from review.deals import Export
from review.events import Batch
from review.private_notes import PrivateBatch, Settled
from review.records import Ledger
from store import documents, kinds, swap
from store.backup import backup, restore
from store.check import check, repair
from store.errors import InUse, Refused, TooNew
from store.lock import WorkspaceLock
from store.log import Log
from store.snapshots import boxes_of
from store.workspace import Workspace
from tests.store_faults import fail_once, refusal

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
EXPORT = Export(id="abc", day=NOW.date(), source="deals.csv", crm="CSV", deals=())


def batch(ident: str) -> Batch:
    return Batch(id=ident, at=NOW, events=())


def desk(workspace: Workspace) -> list[str]:
    return [batch.id for batch in Log(workspace.desk, kinds.DESK, Batch).read().batches]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "ws")
    made.make()
    made.settings.write_text("# ours\n", encoding="utf-8")
    made.settings.chmod(0o600)
    for name, kind in (("2026-11-16", kinds.MINUTES), ("2026-11-23", kinds.MINUTES)):
        for number in range(3):
            Log(made.minutes(name), kind, Batch).append(batch(f"b{number}"))
    for number in range(2):
        Log(made.desk, kinds.DESK, Batch).append(batch(f"d{number}"))
    documents.save(made.snapshot("2026-11-16"), kinds.SNAPSHOT, Ledger(), hook=boxes_of)
    documents.save(made.import_file("abc"), kinds.IMPORT, EXPORT)
    documents.save(made.import_file("baseline-2026-09-28-abc"), kinds.BASELINE, EXPORT)
    documents.save(made.kept / "past.json", kinds.PAST_FOLDED, [])
    secret = PrivateBatch(id="secret", at=NOW, event=Settled(entry="x", day=NOW.date(), how="asked"))
    Log(made.private_file("notes"), kinds.PRIVATE, PrivateBatch).append(secret)
    return made


def contents(workspace: Workspace) -> dict[str, bytes]:
    """Every file that a restore brings back, by name; what was worked out is worked out again."""
    inside = (path for part in (*swap.PARTS, "private") if part != "kept" for path in _files(workspace.root / part))
    return {str(path.relative_to(workspace.root)): path.read_bytes() for path in inside if path.name != ".lock"}


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())


def test_a_sound_workspace_has_no_findings(workspace: Workspace) -> None:
    assert check(workspace) == []


def test_damage_is_found_without_being_touched_and_then_repaired(workspace: Workspace) -> None:
    minutes = workspace.minutes("2026-11-16")
    minutes.write_bytes(minutes.read_bytes()[:-20])
    workspace.snapshot("2026-11-16").write_bytes(b"")
    before = contents(workspace)
    found = {finding.file: finding for finding in check(workspace)}
    assert "the last fact of the review of 16 Nov" in found["reviews/2026-11-16.json"].sentence
    assert "no sound copy" in found["reviews/2026-11-16.lock.json"].sentence
    assert contents(workspace) == before
    assert {finding.file for finding in repair(workspace)} == set(found)
    assert check(workspace) == []
    assert [batch.id for batch in Log(minutes, kinds.MINUTES, Batch).read().batches] == ["b0", "b1"]
    assert (workspace.reviews / "2026-11-16.json.damaged-1").exists()
    assert (workspace.reviews / "2026-11-16.lock.json.damaged-1").exists()


def test_what_is_too_new_is_told_and_left_alone(workspace: Workspace) -> None:
    documents.save(workspace.kept / "past.json", kinds.Kind(name="past", version=7), [])
    (finding,) = repair(workspace)
    assert "later Closeout" in finding.sentence
    assert finding.remedy == ""
    assert check(workspace) == [finding]


def test_leftovers_and_open_files_are_put_right(workspace: Workspace) -> None:
    (workspace.reviews / ".2026-11-23.json.999999999.new1.tmp").touch()
    workspace.desk.chmod(0o644)
    workspace.reviews.chmod(0o755)
    assert len(check(workspace)) == 3
    assert all(finding.harmless for finding in repair(workspace))
    assert check(workspace) == []


def test_a_snapshot_without_minutes_is_told(workspace: Workspace) -> None:
    documents.save(workspace.snapshot("2026-11-09"), kinds.SNAPSHOT, Ledger(), hook=boxes_of)
    assert [finding.file for finding in check(workspace)] == ["reviews/2026-11-09.lock.json"]


def test_nothing_is_repaired_beside_a_running_review(workspace: Workspace) -> None:
    with WorkspaceLock(workspace.lock), pytest.raises(InUse):
        repair(workspace)


def test_a_backup_comes_back_and_what_was_there_is_kept(workspace: Workspace) -> None:
    before = contents(workspace)
    packed = backup(workspace, NOW)
    assert packed.name == "closeout-2026-11-23-101500.tar.gz"
    assert packed.stat().st_mode & 0o777 == 0o600
    Log(workspace.desk, kinds.DESK, Batch).append(batch("later"))
    Log(workspace.minutes("2026-11-30"), kinds.MINUTES, Batch).append(batch("later"))
    restored = restore(workspace, packed, NOW)
    assert contents(workspace) == before
    assert restored.count == len(before) - 1
    assert desk(Workspace(restored.aside)) == ["d0", "d1", "later"]
    assert Workspace(restored.aside).review_ids()[-1] == "2026-11-30"
    assert check(workspace) == []
    assert not swap.stage_of(workspace.root).exists()


def test_the_managers_notes_are_packed_only_when_asked_for(workspace: Workspace, tmp_path: Path) -> None:
    for asked, target in ((False, tmp_path / "a.tgz"), (True, tmp_path / "b.tgz")):
        with tarfile.open(backup(workspace, NOW, target, with_private=asked)) as archive:
            assert ("private/notes.json" in archive.getnames()) is asked


def test_a_backup_is_restored_into_a_new_workspace(workspace: Workspace, tmp_path: Path) -> None:
    packed = backup(workspace, NOW, tmp_path / "b.tgz", with_private=True)
    other = Workspace(tmp_path / "other")
    other.make()
    restore(other, packed, NOW)
    assert contents(other) == contents(workspace)


def test_no_backup_is_written_over(workspace: Workspace) -> None:
    backup(workspace, NOW)
    with pytest.raises(Refused, match="there already"):
        backup(workspace, NOW)


def test_nothing_is_restored_beside_a_running_review(workspace: Workspace) -> None:
    packed = backup(workspace, NOW)
    with WorkspaceLock(workspace.lock, "the review of 23 Nov"), pytest.raises(InUse, match="review of 23 Nov"):
        restore(workspace, packed, NOW)


def test_a_backup_cut_anywhere_is_refused_and_nothing_changes(workspace: Workspace) -> None:
    packed = backup(workspace, NOW)
    before, whole = contents(workspace), packed.read_bytes()
    for cut in range(0, len(whole), max(1, len(whole) // 25)):
        packed.write_bytes(whole[:cut])
        with pytest.raises(Refused, match="not a backup"):
            restore(workspace, packed, NOW)
    with pytest.raises(Refused, match="no file"):
        restore(workspace, packed.with_name("none"), NOW)
    assert contents(workspace) == before


@pytest.mark.parametrize(
    "name", ["../evil.json", "/etc/evil", "reviews/../../evil.json", "reviews/a/b.json", ".lock", "reviews"]
)
def test_an_archive_that_reaches_elsewhere_is_refused(workspace: Workspace, tmp_path: Path, name: str) -> None:
    with tarfile.open(tmp_path / "evil.tgz", "w:gz") as archive:
        archive.addfile(tarfile.TarInfo(name))
    with pytest.raises(Refused, match="not a backup"):
        restore(workspace, tmp_path / "evil.tgz", NOW)


def test_a_backup_of_a_later_version_changes_nothing(workspace: Workspace) -> None:
    documents.save(workspace.import_file("abc"), kinds.Kind(name="import", version=7), [])
    packed = backup(workspace, NOW)
    before = contents(workspace)
    with pytest.raises(TooNew):
        restore(workspace, packed, NOW)
    assert contents(workspace) == before
    assert not swap.stage_of(workspace.root).exists()


def test_a_restore_that_stops_at_any_rename_is_finished_or_forgotten_at_the_next_opening(
    workspace: Workspace, tmp_path: Path
) -> None:
    packed = backup(workspace, NOW, tmp_path / "b.tgz")
    wanted = contents(workspace)
    Log(workspace.desk, kinds.DESK, Batch).append(batch("later"))
    outcomes = set()
    for turn in range(60):
        now = NOW.replace(minute=turn % 60)
        with pytest.MonkeyPatch.context() as patch, fail_once(patch, "replace", turn) as failed:
            refusal(partial(restore, workspace, packed, now))
        workspace.make()
        there = contents(workspace)
        outcomes.add(there == wanted)
        assert there == wanted or desk(workspace) == ["d0", "d1", "later"]
        assert check(workspace) == []
        if not failed:
            break
        if there == wanted:
            Log(workspace.desk, kinds.DESK, Batch).append(batch("later"))
    else:
        pytest.fail("every turn failed")
    assert outcomes == {True, False}
    assert os.listdir(workspace.backups) == []
