import shutil
from pathlib import Path

import pytest

from store import check, envelope, kinds
from store.kinds import Kind
from store.reviews import Reviews
from store.workspace import Workspace
from tests.faults.driving import REVIEW, facts_in, unsound
from tests.faults.places import office_of, promise

SCHEMAS = Path(__file__).with_name("schemas")
VERSIONS = sorted(path.name for path in SCHEMAS.iterdir())
KINDS = [kind for kind in vars(kinds).values() if isinstance(kind, Kind)]
LOCKED = "2026-11-16"


@pytest.fixture(params=VERSIONS)
def workspace(request, tmp_path: Path) -> Workspace:
    """A workspace as the program of a version left it, with a review running."""
    return Workspace(Path(shutil.copytree(SCHEMAS / request.param, tmp_path / "reviews")))


def contents(workspace: Workspace) -> dict[Path, bytes]:
    """Every file but what was worked out from them."""
    files = (path for path in sorted(workspace.root.rglob("*")) if path.is_file())
    return {path: path.read_bytes() for path in files if not path.is_relative_to(workspace.kept)}


def test_files_of_every_version_so_far_are_kept_here() -> None:
    assert max(kind.version for kind in KINDS) == int(VERSIONS[-1])
    for kind in KINDS:
        assert sorted(kind.lifts) == list(range(1, kind.version)), kind.name


def test_a_workspace_of_every_version_reads_as_it_did_and_reading_changes_nothing(workspace: Workspace) -> None:
    before = contents(workspace)
    now = Reviews(workspace).now()
    assert len(now.ledger.deals) == 12
    assert now.notes == ()
    assert [each.text for each in now.ledger.commitments.values() if each.is_open] == ["Before"]
    assert facts_in(workspace) == ["First"]
    assert unsound(workspace) == []
    assert contents(workspace) == before


def test_going_on_with_a_workspace_of_every_version_leaves_what_is_locked_as_it_was(workspace: Workspace) -> None:
    frozen = (workspace.minutes(LOCKED), workspace.snapshot(LOCKED), workspace.settled(LOCKED))
    locked = {path: path.read_bytes() for path in frozen if path.exists()}
    office = office_of(workspace)
    assert promise(office) is None
    office.finish()
    assert facts_in(workspace) == ["First", "Second"]
    assert {path: path.read_bytes() for path in locked} == locked


def test_a_file_of_a_later_version_is_refused_and_nothing_is_touched(workspace: Workspace) -> None:
    for path, kind in list(check.known_files(workspace)):
        was = path.read_bytes()
        tables = envelope.tables_of(was)
        later = Kind(name=kind.name, table=kind.table, version=kind.version + 1)
        rest = (envelope.header(later), envelope.body_of(tables, later), envelope.TAIL)
        total = envelope.new_sum()
        for piece in rest:
            total.update(piece)
        path.write_bytes(b"".join(envelope.sealed(total.hexdigest(), rest)))
        before = contents(workspace)
        (found,) = (finding for finding in check.check(workspace) if "later Closeout" in finding.sentence)
        assert found.otherwise == check.LATER
        check.repair(workspace)
        after = contents(workspace)
        after.pop(workspace.lock, None)
        after.pop(workspace.private_lock, None)
        assert after == before, path.name
        workspace.lock.unlink(missing_ok=True)
        workspace.private_lock.unlink(missing_ok=True)
        path.write_bytes(was)


def test_the_running_review_is_named_by_its_day(workspace: Workspace) -> None:
    assert Reviews(workspace).running() == REVIEW
