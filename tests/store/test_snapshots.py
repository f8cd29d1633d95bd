"""A lock's snapshot and the deals settled with it: read when asked for, and never lost to one damaged file."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import asdict

from store import documents, files
from store.check import check, repair
from store.demo.build import build
from store.errors import Damaged
from store.kinds import WHOLE
from store.past import DiskArchive
from store.reviews import Reviews
from store.snapshots import save_whole
from store.workspace import Workspace

TODAY = date(2026, 11, 23)
LAST = "2026-11-16"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "demo")
    build(made, TODAY)
    return made


@pytest.fixture
def settled(workspace: Workspace) -> Path:
    return workspace.settled(LAST)


def everything(workspace: Workspace):
    return dict(Reviews(workspace).now().ledger.deals.items())


@pytest.mark.parametrize("harm", ["cut", "gone", "another"])
def test_settled_deals_are_worked_out_from_the_minutes_where_their_file_is_damaged(workspace, settled, harm):
    before = everything(workspace)
    if harm == "cut":
        settled.write_bytes(settled.read_bytes()[:-30])
    elif harm == "gone":
        settled.unlink()
    else:
        settled.write_bytes(workspace.snapshot(LAST).read_bytes())
    reviews = Reviews(workspace)
    assert dict(reviews.now().ledger.deals.items()) == before
    assert [note.file for note in reviews.met] == [settled.name]
    assert "worked out again from the minutes" in reviews.met[0].sentence
    assert [finding.file for finding in check(workspace)] == [f"reviews/{settled.name}"]


@pytest.mark.parametrize("harm", ["cut", "gone"])
def test_a_repair_makes_the_file_again_as_it_was(workspace, settled, harm):
    whole = settled.read_bytes()
    if harm == "cut":
        settled.write_bytes(whole[:-30])
    else:
        settled.unlink()
    repair(workspace)
    assert settled.read_bytes() == whole
    assert check(workspace) == []


def test_where_the_minutes_are_gone_too_it_says_what_to_do(workspace, settled):
    ledger = DiskArchive(workspace).ledger(LAST)
    settled.unlink()
    for path in (workspace.minutes(LAST), files.previous(workspace.minutes(LAST))):
        path.unlink()
    with pytest.raises(Damaged, match=r"settled.json is missing or damaged.*closeout check"):
        list(ledger.deals.items())


def test_a_snapshot_that_holds_every_deal_is_read_as_it_stands(workspace, settled):
    """The first form: it is a locked file, and stays as it is."""
    before, archive = everything(workspace), DiskArchive(workspace)
    ledger = Reviews(workspace).refold(LAST)
    whole = dict(ledger.deals.items())
    digest = locked_digest(workspace, ledger)
    assert save_whole(workspace, LAST, ledger, digest)
    settled.unlink()
    data = workspace.snapshot(LAST).read_bytes()
    assert f'"version":{WHOLE.version}}}'.encode() in data[:120]
    assert dict(archive.ledger(LAST).deals.items()) == whole
    assert not archive.ledger(LAST).settled
    assert everything(workspace) == before
    assert workspace.snapshot(LAST).read_bytes() == data
    # The minutes name the snapshot in its later form, which is told and harmless.
    assert all(finding.harmless for finding in check(workspace))


def locked_digest(workspace, ledger):
    """What the lock of an earlier version would have named."""
    fields = {"deals": dict(ledger.deals.items()), **asdict(ledger)}
    del fields["current"], fields["settled"]
    return documents.digest_of(documents.pieces(WHOLE, fields))


def test_a_digest_that_is_not_of_the_first_form_writes_nothing(workspace):
    data = workspace.snapshot(LAST).read_bytes()
    assert not save_whole(workspace, LAST, Reviews(workspace).refold(LAST), "0" * 32)
    assert workspace.snapshot(LAST).read_bytes() == data
